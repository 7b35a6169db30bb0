"""What a probe reads, and what its reads mean for the run around it. Pure."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from restore.decide.probed import Probed, clock
from restore.model.command import Scope
from restore.model.errors import BlockedError, DifferencesError
from restore.model.facts import TableFacts
from restore.model.phase import Phase, locate
from restore.table.config.settings import TableSettings

_VALUES: Mapping[str, Any] = {"S": "restore-probe", "N": "0", "B": b"restore-probe"}


def sides(facts: TableFacts, chosen: str | None) -> tuple[str, str] | None:
    """The tables that clients are taken from and to; None where no switch lies ahead or behind."""
    position, active = locate(facts, chosen), facts.active
    if active is None or position.other is None:
        return None
    here, other = facts.physical(active), facts.physical(position.other)
    known = {Phase.PREPARED: (here, other), Phase.SWITCHED: (other, here)}
    return known.get(position.phase)


def key_of(settings: TableSettings) -> dict[str, dict[str, Any]]:
    """The key of an item that need not exist, in the shape that GetItem takes."""
    types = {attribute.name: attribute.type for attribute in settings.attributes}
    names = [name for name in (settings.hash_key, settings.range_key) if name is not None]
    return {name: {types[name]: _VALUES[types[name]]} for name in names}


def pause(tables: int) -> float:
    """Seconds between two reads: 5 reads a second for each table, 20 in all.

    Every second read asks for the parameter first. GetParameter takes 40 requests a second in an
    account and region unless that was raised, shared with the applications (AWS General
    Reference, 'AWS Systems Manager endpoints and quotas').
    """
    return max(1 / (5 * tables), 1 / 20)


def refuse_to_begin(probed: Probed, moved: AbstractSet[str], scope: Scope) -> None:
    """Raises BlockedError where reads fail before the block moved anybody.

    Args:
        probed: What was seen.
        moved: The tables whose clients an earlier call has moved: there it is the switch that fails
            them. Elsewhere it says nothing of one.
        scope: Of all that are read.
    """
    if any(probed.tables[table].failures for table in moved):
        refuse_failures(probed, scope)
    if probed.failures:
        raise BlockedError(
            f"The probe cannot read before anything moves: {_first(probed)}.",
            "No client was moved.",
            "see that its profile (runbook.probeProfile) may read the parameter and has the grant,"
            " then the same command; or the same command without --probe",
        )


def refuse_failures(probed: Probed, scope: Scope) -> None:
    """Raises BlockedError where the switch failed someone."""
    if probed.failures:
        raise BlockedError(
            f"The probe saw {_figures(probed)}.",
            "Nothing was dropped: clients may use both tables.",
            "correct what the reads say, then the same command; or, to take clients back to the old"
            f" table: {scope.command('rollback')}",
        )


def refuse_to_drop(probed: Probed, scope: Scope) -> None:
    """Raises BlockedError where the switch failed someone, or cannot be seen."""
    refuse_failures(probed, scope)
    unseen = [seen.new for seen in probed.tables.values() if seen.first_new is None]
    if unseen:
        raise BlockedError(
            f"The probe was never led to {', '.join(unseen)}.",
            "Nothing was dropped: clients may use both tables.",
            scope.command("status"),
        )


def refuse_the_end(probed: Probed, scope: Scope) -> None:
    """Raises DifferencesError where requests failed while the old table left the stack."""
    if probed.failures:
        raise DifferencesError(
            f"The probe saw {_figures(probed)}.",
            "The drop is done, and the table that was dropped is kept in AWS.",
            f"{scope.command('status')}; to take clients back to the old table:"
            f" {scope.command('rollback')}",
        )


def _figures(probed: Probed) -> str:
    requests = sum(seen.requests for seen in probed.tables.values())
    return f"{probed.failures} of {requests} requests fail, the first one {_first(probed)}"


def _first(probed: Probed) -> str:
    firsts = [seen.first_failure for seen in probed.tables.values() if seen.first_failure]
    first = min(firsts, key=lambda read: read.at)
    asked = first.name or f"the parameter of {first.table}"
    kept = f"a client that keeps the name for {first.cache_seconds:g} s"
    return f"at {clock(first.at)} on {asked}, by {kept}: {first.error}"
