"""Config × past → what is declared, or the reasons why nothing is.

This is where the program keeps its three promises, for the runbook, for a hand at the keyboard
and for a pipeline that deploys an old commit alike:

1. A table is created once. In every other case each declared label is imported, so that no
   config can make an empty table and point clients at it.
2. There is no way back by accident: a label that was active before becomes active again only
   where `rollbackFrom` names the label that is active now.
3. Nothing is renamed, forgotten or demoted by accident.
4. One table, one resource: what the state holds under another URN is not declared a second time.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from restore.table.config.adopted import Adoption
from restore.table.config.dependents import DependentSettings
from restore.table.config.labels import ORIGINAL
from restore.table.config.problems import RefusedError
from restore.table.config.resolved import StackConfig, TableConfig
from restore.table.config.settings import TableSettings
from restore.table.existing import existing, taken_over
from restore.table.held import held_elsewhere
from restore.table.history import flips
from restore.table.holders import Holder
from restore.table.past import CONFIGURED, Past, TablePast
from restore.table.rejections import forgotten, rejections
from restore.table.tags import ProviderTags
from restore.table.takeover import unretained

NO_TAGS = ProviderTags()


@dataclass(frozen=True)
class PhysicalTable:
    """One DynamoDB table to declare.

    Attributes:
        label: Its label.
        name: Its DynamoDB name.
        imported: Declared with the `import` option, so that it is taken over or the update stops.
        configured: Declared with all settings, not only those that a restore copies.
        frozen: Declared with a policy that denies writes.
        held: Its outputs in the state that AWS moves by itself, None where it is not there.
        tagged: The keys of the tags that the program gave it before.
        adoption: Which of its dependents exist already.
        policy: The text of its resource policy in the state, None where it has none there.
    """

    label: str
    name: str
    imported: bool
    configured: bool
    held: Mapping[str, Any] | None = None
    frozen: bool = False
    tagged: frozenset[str] = frozenset()
    adoption: Adoption = field(default_factory=Adoption)
    policy: str | None = None


@dataclass(frozen=True)
class KnownLabel:
    """What is remembered of a label for good, also after it left the stack.

    Attributes:
        name: Its DynamoDB name.
        configured: Whether it ever had all settings.
        tags: The keys of the tags that the program gave it, sorted.
    """

    name: str
    configured: bool
    tags: tuple[str, ...] = ()
    adopted: tuple[str, ...] = ()

    def exported(self) -> dict[str, Any]:
        """As the stack's output holds it; `adopted` only where there is any."""
        keys = {"configured": CONFIGURED}
        held = {keys.get(key, key): value for key, value in vars(self).items()}
        return {key: value for key, value in held.items() if key != "adopted" or value}


@dataclass(frozen=True)
class Declaration:
    """Everything that the program declares for one table.

    Attributes:
        provider: What the AWS provider does with tags.
        held_tags: (type, logical name) → the tags that the state holds, of what is no table.
        defaults_before: The keys of the provider's default tags at the last update.
    """

    table: str
    settings: TableSettings
    dependents: DependentSettings
    physical: tuple[PhysicalTable, ...]
    active: str
    parameter: str
    policy: str
    read_actions: tuple[str, ...]
    write_policy: str | None
    write_actions: tuple[str, ...]
    history: tuple[str, ...]
    known: Mapping[str, KnownLabel]
    provider: ProviderTags = NO_TAGS
    adopted: Mapping[str, str] = field(default_factory=dict)
    """`parameter`, `read`, `write` → the import id, of what is taken over (see adoption.py)."""
    held_tags: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    defaults_before: frozenset[str] = frozenset()


def decide(
    config: StackConfig,
    past: Past,
    provider: ProviderTags = NO_TAGS,
    *,
    holders: Sequence[Holder] = (),
    region: str | None = None,
) -> tuple[Declaration, ...]:
    """What to declare.

    Args:
        config: The stack config.
        past: What the engine remembers of each table.
        provider: What the AWS provider does with tags.
        holders: The resources in the state, ours and those of others.
        region: The region of the program's tables, where it is known.

    Raises:
        RefusedError: with every reason, where deploying `config` over `past` would do harm.
    """
    problems = held_elsewhere(config, holders, region)
    problems += [
        problem
        for table in config.tables
        for problem in rejections(table, past.get(table.table, TablePast()))
    ]
    left = {table: past[table] for table in sorted(set(past) - config.names)}
    problems += [
        problem
        for table in left
        if table in config.forget
        for problem in unretained(table, left[table])
    ]
    lost = [table for table in left if table not in config.forget and left[table].ours]
    problems += [forgotten(table, place) for place, table in enumerate(lost, len(config.forget))]
    if problems:
        # A stack-wide key may have one problem for several tables: its fix is typed once.
        raise RefusedError(list(dict.fromkeys(problems)))
    return tuple(
        _declaration(table, past.get(table.table, TablePast()), provider) for table in config.tables
    )


def _declaration(config: TableConfig, past: TablePast, provider: ProviderTags) -> Declaration:
    created = config.labels == (ORIGINAL,) and ORIGINAL not in config.adopt and not past.known
    history = flips(config, past)
    return Declaration(
        table=config.table,
        settings=config.settings,
        dependents=config.dependents,
        physical=tuple(
            PhysicalTable(
                label=label,
                name=config.physical(label),
                imported=not created,
                configured=label == config.active or label in config.standby,
                held=past.held.get(label),
                frozen=label in config.frozen,
                tagged=past.tagged.get(label, frozenset()),
                adoption=existing(config, past, label),
                policy=past.policies.get(label),
            )
            for label in config.labels
        ),
        active=config.active,
        parameter=config.parameter,
        policy=config.policy,
        read_actions=config.read_actions,
        write_policy=config.write_policy,
        write_actions=config.write_actions,
        history=history if history[-1:] == (config.active,) else (*history, config.active),
        known=_known(config, past, provider),
        provider=provider,
        held_tags=past.tags,
        defaults_before=frozenset().union(*past.tagged.values())
        - frozenset(config.settings.tags or ()),
    )


def _known(config: TableConfig, past: TablePast, provider: ProviderTags) -> dict[str, KnownLabel]:
    names = {
        **past.exported,
        **past.physical,
        **{each: config.physical(each) for each in config.labels},
    }
    configured = past.configured | {config.active, *config.standby}
    own = config.settings.tags or {}
    tagged = dict[str, Collection[str]](past.tagged)
    for label in config.labels:
        # One with base settings has no tags of its own.
        whole = label == config.active or label in config.standby
        tagged[label] = {*provider.defaults, *(own if whole else ())}
    return {
        label: KnownLabel(
            name,
            label in configured,
            tuple(sorted(tagged.get(label, ()))),
            taken_over(config, past, label),
        )
        for label, name in names.items()
    }
