"""Everything that stands against a restore, found before the first call. Pure."""

import shlex
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from functools import partial

from restore.decide.restore import StartRestore, next_restore
from restore.decide.update import Nothing
from restore.model.command import together
from restore.model.errors import BlockedError, RestoreError, UsageError
from restore.model.facts import Facts, TableFacts
from restore.model.unusable import until_usable
from restore.model.when import When
from restore.table.config.labels import is_label
from restore.table.held import held_elsewhere

_NOTHING_STARTED = "Nothing was started."
_READABLE = frozenset({"ACTIVE", "UPDATING"})
_AGAINST = (BlockedError, UsageError)


def preflight(
    facts: Facts, when: When, now: datetime, chosen: str | None
) -> list[StartRestore | Nothing]:
    """The restore of each table, or why there is none to start.

    Args:
        facts: What was observed.
        when: The point in time that is asked for.
        now: The time now, to resolve an age.
        chosen: The label that `--as` names.

    Raises:
        BlockedError: something stands against it, at one table or at several; all of it is said.
        UsageError: it is only the point in time.
    """
    restores, against = examined(facts, when, now, chosen)
    if against:
        raise as_one(against)
    return [each for each in restores if each is not None]


def examined(
    facts: Facts, when: When, now: datetime, chosen: str | None
) -> tuple[list[StartRestore | Nothing | None], list[RestoreError]]:
    """The same, and everything that stands against it, not raised.

    Returns:
        The restore of each table, None where something stands against it; and what that is.
    """
    restores: list[StartRestore | Nothing | None] = []
    findings = list(_found(partial(refuse_without_retain, facts)))
    for table in facts.tables:
        against = [
            *_found(partial(refuse_global, table)),
            *_found(partial(_refuse_unreadable, table)),
        ]
        if not against:
            try:
                restores.append(next_restore(table, when, now, chosen))
            except _AGAINST as error:
                against.append(error)
        if against:
            restores.append(None)
        findings += against
    return restores, findings


def refuse_global(table: TableFacts) -> None:
    """Raises BlockedError where the active table is a global one.

    A restore brings back one region's table without its replicas (Developer Guide, 'Restoring a
    table to a point in time'), and an imported replica differs for ever (pulumi-aws#1653).
    """
    live = table.live.get(str(table.active))
    if live is None or not live.replicas:
        return
    regions = ", ".join(live.replicas)
    raise BlockedError(
        f"{live.name} is a global table, with replicas in {regions}: a restore would bring back"
        " none of them, and the clients there would stay with the data that is there now.",
        _NOTHING_STARTED,
        "take the replicas away first, once no client needs them, and then the same command; or"
        " restore it without this stack, and make the replicas of the restored table again",
    )


def _refuse_held_elsewhere(facts: Facts) -> None:
    """Raises BlockedError where the state holds a thing of ours under another URN."""
    problems = held_elsewhere(
        facts.config, facts.state.holders, facts.region or None, any_parent=True
    )
    if problems:
        raise as_one(
            [
                BlockedError(f"{each.path}: {each.wrong}.", "Nothing was changed.", each.fix)
                for each in problems
            ]
        )


def refuse_without_retain(facts: Facts) -> None:
    """Raises BlockedError where an update could really delete a table of ours.

    Where the state holds one under another URN, an update would be the one that deletes it.
    What is protected in the state is deleted by no update: so the fix cannot delete a table either,
    where the config has lost it.
    """
    _refuse_held_elsewhere(facts)
    ours = facts.config.names | facts.config.forget
    bare = [
        urn
        for urn, retained in facts.state.retained.items()
        if not retained and _is_ours(urn.rpartition("::")[2], ours)
    ]
    if bare:
        scope = together(table.scope for table in facts.tables)
        protect = (f"pulumi state protect {shlex.quote(urn)} --yes" for urn in bare)
        raise BlockedError(
            "Not every table of this program carries retainOnDelete in the stack's state: "
            + ", ".join(urn.rpartition("::")[2] for urn in bare)
            + ".",
            "Nothing was changed.",
            f"{'; '.join(map(scope.pulumi, protect))}; {scope.pulumi('pulumi up')}, which sets it",
        )


def _is_ours(logical: str, tables: AbstractSet[str]) -> bool:
    table, _, label = logical.partition(".")
    return table in tables and is_label(label)


def _refuse_unreadable(table: TableFacts) -> None:
    """Raises BlockedError where the active table is there and yet cannot be restored from."""
    live = table.live.get(str(table.active))
    if live is not None and live.status not in _READABLE:
        raise BlockedError(
            f"{live.name} is {live.status}.",
            _NOTHING_STARTED,
            until_usable(live.name, live.status),
        )


def _found(check: Callable[[], None]) -> Iterator[RestoreError]:
    try:
        check()
    except _AGAINST as error:
        yield error


def as_one(findings: Sequence[RestoreError]) -> RestoreError:
    """Everything that stands against a restore, in one refusal."""
    if len(findings) == 1:
        return findings[0]
    every = "".join(f"\n  - {each.wrong}\n      fix: {each.fix}" for each in findings)
    blocked = any(isinstance(each, BlockedError) for each in findings)
    kind = BlockedError if blocked else UsageError
    return kind(
        f"{len(findings)} things stand against it:{every}",
        _NOTHING_STARTED,
        "each of these, then the same command",
    )
