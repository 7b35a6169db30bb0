"""What a verb can turn out to be: one more engine update, or nothing to do."""

from dataclasses import dataclass, replace
from enum import StrEnum

from restore.decide import permits
from restore.decide.gate import Permit
from restore.decide.placement import Placement, switched
from restore.model.errors import BlockedError
from restore.model.facts import TableFacts
from restore.model.phase import locate
from restore.model.unusable import until_usable

UNCHANGED = "Nothing was changed."


class Row(StrEnum):
    """The updates of the stack, as the design's table of phases names them."""

    ADOPT = "adopt"
    PREPARE = "prepare"
    SWITCH = "switch"
    ROLLBACK = "rollback"
    DROP = "drop"
    FREEZE = "freeze"
    THAW = "thaw"


@dataclass(frozen=True)
class Update:
    """One engine update.

    Attributes:
        table: The table that it is about.
        wanted: The placement to deploy.
        allowed: The only changes that it may make.
        says: What it does, one sentence.
        configures: The label that gets all its settings, and what hangs on it.
        more: Whether the row needs another update after this one.
    """

    table: str
    wanted: Placement
    allowed: tuple[Permit, ...]
    says: str
    configures: str | None = None
    more: bool = False


@dataclass(frozen=True)
class Nothing:
    """There is nothing to do, and why."""

    says: str


Move = Update | Nothing


def observed(facts: TableFacts) -> Placement:
    """The placement that the state holds, whatever the config says.

    A label whose table someone deleted has no place in it: nothing could be proven beside it.
    One that had all its settings once keeps them, though the grant may not cover it any more.
    """
    active = facts.active or facts.config.active
    others = sorted(label for label in facts.past.physical if label in {*facts.live} - {active})
    keep = facts.config.rollback_from
    return Placement(
        active=active,
        standby=tuple(label for label in others if label in facts.past.configured),
        adopt=tuple(label for label in others if label not in facts.past.configured),
        rollback_from=keep if keep and keep.partition(":")[0] != active else None,
        frozen=tuple(label for label in (active, *others) if label in facts.past.frozen),
    )


def update_of(
    facts: TableFacts, wanted: Placement, allowed: tuple[Permit, ...], says: str
) -> Update:
    """An update of the table that `facts` is about.

    Labels whose table is gone leave with it. A grant that names one of these, or not the table that
    clients use, is put right, and so is one that says something else than the other grant.
    """
    gone = {*facts.past.physical} - {*facts.live, *wanted.labels}
    leaving = [permit for label in sorted(gone) for permit in permits.leave(facts, label)]
    here = observed(facts)
    readable = {facts.physical(label) for label in (here.active, *here.standby)}
    if leaving or facts.past.half_covered or readable != facts.past.covered:
        allowed = tuple(dict.fromkeys((*allowed, *leaving, *permits.grants(facts))))
    return Update(facts.config.table, wanted, allowed, says)


def as_it_is(facts: TableFacts) -> Update:
    """No transition: the placement that the state holds, with nothing to change."""
    allowed = () if facts.active in facts.live else permits.lost(facts)
    return update_of(facts, observed(facts), allowed, "leave it as it is")


def label_of(facts: TableFacts, update: Update, chosen: str | None) -> str | None:
    """The label beside the active one that the update is about.

    Args:
        facts: The table of the update.
        update: The update.
        chosen: The label that `--as` names.
    """
    return update.configures or locate(facts, chosen).other


def flip_to(facts: TableFacts, label: str, says: str) -> Update:
    """The pointer to `label`, and nothing else.

    No client is moved to a table that it could not write to: writes are allowed again before, in an
    update of their own.

    Raises:
        BlockedError: the table of `label` serves nobody.
    """
    refuse_unusable(facts, label)
    here = observed(facts)
    if label in here.frozen:
        wanted = replace(here, frozen=tuple(each for each in here.frozen if each != label))
        first = f"allow writes to {label} again, before clients use it"
        thaw = update_of(facts, wanted, (permits.policy(facts, label),), first)
        return replace(thaw, more=True)
    allowed = (permits.flip(facts),)
    return update_of(facts, switched(here, label, facts.history), allowed, says)


def refuse_unusable(facts: TableFacts, label: str) -> None:
    """Raises BlockedError where the table of `label` is there and yet serves nobody.

    It is being deleted, or was archived since its key cannot be used (TableStatus).
    """
    live = facts.live[label]
    if live.failed:
        raise BlockedError(
            f"{label} ({live.name}) is {live.status}: clients could not use it.",
            UNCHANGED,
            until_usable(live.name, live.status),
        )
