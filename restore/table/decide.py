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

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from restore.table.config.adopted import Adoption
from restore.table.config.dependents import DependentSettings
from restore.table.config.explain import rm_command, set_command
from restore.table.config.labels import ORIGINAL
from restore.table.config.problems import Problem, RefusedError
from restore.table.config.resolved import StackConfig, TableConfig
from restore.table.config.settings import TableSettings
from restore.table.existing import existing, rekeyed, renamed, taken_over
from restore.table.held import held_elsewhere
from restore.table.holders import Holder
from restore.table.past import CONFIGURED, Past, TablePast
from restore.table.tags import ProviderTags
from restore.table.takeover import takeover_problem, unretained

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
        for problem in _refusals(table, past.get(table.table, TablePast()))
    ]
    left = {table: past[table] for table in sorted(set(past) - config.names)}
    problems += [
        problem
        for table in left
        if table in config.forget
        for problem in unretained(table, left[table])
    ]
    forgotten = [table for table in left if table not in config.forget and left[table].ours]
    problems += [
        _forgotten(table, place) for place, table in enumerate(forgotten, len(config.forget))
    ]
    if problems:
        # A stack-wide key may have one problem for several tables: its fix is typed once.
        raise RefusedError(list(dict.fromkeys(problems)))
    return tuple(
        _declaration(table, past.get(table.table, TablePast()), provider) for table in config.tables
    )


def flips(config: TableConfig, past: TablePast) -> tuple[str, ...]:
    """The labels that were active so far, in order; the last one is active now.

    The pointer's value in the state is newer than the exported history where an update was
    killed between the flip and its end.
    """
    now = active_now(config, past)
    if now is None or past.history[-1:] == (now,):
        return past.history
    return (*past.history, now)


def active_now(config: TableConfig, past: TablePast) -> str | None:
    """The label that the pointer names, None where there never was a pointer."""
    names = {config.physical(label): label for label in past.history}
    for known in (past.exported, past.physical):
        names |= {name: label for label, name in known.items()}
    if past.pointed in names:
        return names[past.pointed]
    return past.history[-1] if past.history else None


def rollback_token(history: tuple[str, ...]) -> str:
    """What `rollbackFrom` has to say to leave the label that is active now for an earlier one.

    The label, and from the second time on its number as well: else an old commit of the first
    rollback would move every client again (docs/decisions/0004).
    """
    now = history[-1]
    left = sum(history[n] == now and history[n + 1] in history[:n] for n in range(len(history) - 1))
    return f"{now}:{left + 1}" if left else now


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


def _refusals(config: TableConfig, past: TablePast) -> Iterator[Problem]:
    yield from _renamed(config, past)
    yield from _moved_first(config, past)
    for label in {config.active: None, **dict.fromkeys(config.standby)}:
        yield from renamed(config, past, label)
        yield from rekeyed(config, past, label)
    yield from _demoted(config, past)
    yield from _moved_back(config, past)


def _renamed(config: TableConfig, past: TablePast) -> Iterator[Problem]:
    here = f"tables.{config.table}"
    was_called = {**past.exported, **past.physical}
    for label in config.labels:
        was, name = was_called.get(label), config.physical(label)
        if was not in {None, name}:
            path = f"{here}.names.{label}"
            wrong = f"would replace the table {was} by {name}: a label keeps its table for good"
            yield Problem(path, wrong, set_command(path, str(was)))
    names = (
        ("parameterName", past.parameter, config.parameter),
        ("policyName", past.policy, config.policy),
        ("writePolicyName", past.write_policy, config.write_policy),
    )
    for key, known, wanted in names:
        if not known or not wanted or known == wanted:
            continue
        wrong = f"would delete {known}, which clients use, to make {wanted}"
        fix = set_command(f"{here}.{key}", known)
        if not past.ours:
            # Their own, under the logical name that ours would have: never to be written over.
            wrong = f"would delete {known}, which this stack holds under the same logical name"
            fix = f"another key than {config.table} below tables"
        yield Problem(f"{here}.{key}", wrong, fix)


def _moved_first(config: TableConfig, past: TablePast) -> Iterator[Problem]:
    """A pointer that came into the state from elsewhere is not moved by the first update."""
    wanted = config.physical(config.active)
    if past.pointed in {None, wanted} or active_now(config, past) is not None:
        return
    yield takeover_problem(config, str(past.pointed))


def _demoted(config: TableConfig, past: TablePast) -> Iterator[Problem]:
    demoted = [
        (place, label)
        for place, label in enumerate(config.adopt)
        if label in past.configured and label != config.active
    ]
    # From the last one on: each fix that is typed leaves the places of the others as they are.
    for more, (place, label) in enumerate(reversed(demoted)):
        wrong = f"would take the additional settings of {label!r} away, which had them all"
        key = config.key("adoptTables")
        fix = f"{rm_command(f'{key}[{place}]')}; {_stand_by(config, label, more)}"
        yield Problem(key, wrong, fix)


def _moved_back(config: TableConfig, past: TablePast) -> Iterator[Problem]:
    history = flips(config, past)
    if not history or config.active not in history or config.active == history[-1]:
        return
    now, token = history[-1], rollback_token(history)
    here, path = config.key("activeTable"), config.key("rollbackFrom")
    if config.rollback_from != token:
        keep = "" if now in config.standby else f"{_stand_by(config, now)}; "
        back = (
            f"{_as_it_was(config, past, now)} if this is an older commit; to go back on purpose:"
            f" {keep}{set_command(path, token)}"
        )
        wrong = (
            f"would move every client from {now!r} back to {config.active!r}, which was active"
            f" before, and rollbackFrom does not say {token!r}"
        )
        yield Problem(here, wrong, back)
    elif now not in config.standby:
        wrong = f"would go back to {config.active!r} and drop {now!r} in one update"
        yield Problem(here, wrong, _stand_by(config, now))


def _as_it_was(config: TableConfig, past: TablePast, now: str) -> str:
    """The commands after which clients use what they use now, and the other table stays as well."""
    active, place = set_command(config.key("activeTable"), now), len(config.standby)
    if now in config.standby:
        place = config.standby.index(now)
    standby = f"{config.key('standbyTables')}[{place}]"
    commands = [active]
    if config.active in past.physical:
        commands.append(set_command(standby, config.active))
    elif now in config.standby:
        commands.append(rm_command(standby))
    if (config.rollback_from or "").partition(":")[0] == now:
        commands.append(rm_command(config.key("rollbackFrom")))
    return "; ".join(commands)


def _stand_by(config: TableConfig, label: str, more: int = 0) -> str:
    return set_command(f"{config.key('standbyTables')}[{len(config.standby) + more}]", label)


def _forgotten(table: str, place: int) -> Problem:
    wrong = f"the stack declares table {table!r}, which is no longer in the config"
    fix = (
        f"put tables.{table} back, or, to drop it and keep it in AWS:"
        f" {set_command(f'forgetTables[{place}]', table)}"
    )
    return Problem(f"tables.{table}", wrong, fix)
