"""Facts → the restored table that is to be verified, and what it was restored from. Pure."""

from dataclasses import dataclass

from restore.decide.rivals import refuse_rivals
from restore.decide.transition import first_up
from restore.model.errors import BlockedError, UsageError
from restore.model.facts import LiveTable, Origin, TableFacts
from restore.model.phase import Phase, locate
from restore.model.unusable import until_usable

_UNTOUCHED = "Nothing was touched."


@dataclass(frozen=True)
class Subject:
    """What is verified.

    Attributes:
        table: Its key in the config.
        label: Which of its tables.
        live: The DynamoDB table.
        configured: Whether it has all its settings, not only those that a restore copies.
        source_configured: The same of the table that it was restored from: one that has left the
            stack keeps its own settings, and nothing hangs on it any more.
    """

    table: str
    label: str
    live: LiveTable
    configured: bool
    source_configured: bool

    @property
    def source(self) -> str | None:
        """The name of the table that it was restored from."""
        return source_of(self.live.origin) if self.live.origin else None


def subject(facts: TableFacts, chosen: str | None = None) -> Subject:
    """The label under way, or the active one once clients use it.

    Args:
        facts: What was observed.
        chosen: The label that `--as` names.

    Raises:
        BlockedError: there is no restored table, or it is not there yet.
        UsageError: the chosen label has no table.
    """
    label = chosen or _under_way(facts)
    live = facts.live.get(label)
    if live is None:
        raise UsageError(
            f"{label} has no table: {facts.physical(label)} does not exist.",
            _UNTOUCHED,
            facts.command("status"),
        )
    if live.failed:
        raise BlockedError(
            f"{live.name} is {live.status}: there is nothing to compare.",
            _UNTOUCHED,
            until_usable(live.name, live.status),
        )
    if not live.ready:
        raise BlockedError(
            f"{live.name} is still being restored.", _UNTOUCHED, facts.command("wait")
        )
    source = source_of(live.origin) if live.origin else None
    return Subject(
        table=facts.config.table,
        label=label,
        live=live,
        configured=label in facts.configured,
        source_configured=source in facts.past.covered,
    )


def source_of(origin: Origin) -> str | None:
    """The table's name in SourceTableArn, None where AWS does not say it."""
    return origin.source_arn.rpartition(":table/")[2] or None


def _under_way(facts: TableFacts) -> str:
    position = locate(facts)
    match position.phase:
        case Phase.UNDEPLOYED:
            raise BlockedError(
                f"{facts.config.table} was never deployed.", _UNTOUCHED, first_up(facts)
            )
        case Phase.SERVING | Phase.LOST:
            raise BlockedError(
                f"{facts.config.table} has no restored table to verify.",
                _UNTOUCHED,
                facts.command("start --to WHEN"),
            )
        case Phase.SWITCHED | Phase.DROPPED:
            return str(facts.active)
        case _:
            refuse_rivals(facts, None, _UNTOUCHED)
            return str(position.other)
