"""Facts × WHEN → the restore to start, or why there is none to start. Pure."""

from dataclasses import dataclass
from datetime import datetime

from restore.decide.rivals import refuse_rivals
from restore.decide.rollback import way_out
from restore.decide.stripped import refuse_stripped
from restore.decide.transition import first_up, refuse_hand_edited_pointer
from restore.decide.update import Nothing
from restore.model.errors import BlockedError, UsageError
from restore.model.facts import Backup, LiveTable, TableFacts
from restore.model.phase import Phase, locate
from restore.model.when import LATEST, UNSAID, When, resolve, time_text
from restore.table.config.explain import set_command
from restore.table.config.labels import LONGEST_GAP, rank

_NOTHING_STARTED = "Nothing was started."


@dataclass(frozen=True)
class StartRestore:
    """One restore call.

    Attributes:
        source: The DynamoDB table to restore from.
        target: The DynamoDB table that it makes.
        at: The restore point.
        backup_arn: Set where the source is gone and its system backup serves instead.
    """

    table: str
    label: str
    source: str
    target: str
    at: datetime
    backup_arn: str | None = None

    @property
    def says(self) -> str:
        what = f"the system backup of {self.source}" if self.backup_arn else self.source
        return f"restore {what} as of {time_text(self.at)} into {self.target}"


def next_restore(
    facts: TableFacts, when: When, now: datetime, chosen: str | None = None
) -> StartRestore | Nothing:
    """The restore that is still to be started.

    Args:
        facts: What was observed.
        when: The point in time that is asked for.
        now: The time now, to resolve an age.
        chosen: The label that `--as` names.

    Raises:
        BlockedError: someone has to decide.
        UsageError: the time lies outside the restore window.
    """
    position = locate(facts, chosen)
    if position.phase is Phase.UNDEPLOYED:
        raise BlockedError(
            f"{facts.config.table} was never deployed.", _NOTHING_STARTED, first_up(facts)
        )
    refuse_hand_edited_pointer(facts)
    refuse_stripped(facts, _NOTHING_STARTED)
    if facts.predecessor and position.phase in {Phase.SERVING, Phase.DROPPED}:
        label = chosen or facts.fresh_label
        return _of_a_younger_table(facts, facts.predecessor, when, now, label)
    match position.phase:
        case Phase.SERVING:
            return _fresh(facts, when, now, chosen or facts.fresh_label)
        case Phase.LOST:
            return _from_backup(facts, when, chosen or facts.fresh_label)
        case Phase.ROLLED_BACK:
            raise BlockedError(
                f"Clients were taken back from {position.other} to {facts.active}.",
                _NOTHING_STARTED,
                f"the same command with --as {facts.fresh_label} makes another restore; to move"
                f" clients to {position.other} again: {facts.command('switch')}",
            )
        case Phase.SWITCHED:
            again = f"the same command with --as {facts.fresh_label}"
            back = facts.command("rollback")
            another = f"{back}, which takes clients back to {position.other}; then {again}"
            return _carry_on(facts, str(facts.active), when, another)
        case Phase.DROPPED:
            return _after_the_last(facts, when, now, chosen)
        case _:
            refuse_rivals(facts, chosen, _NOTHING_STARTED)
            label = str(position.other)
            return _carry_on(facts, label, when, _another(facts, label))


def _another(facts: TableFacts, label: str) -> str:
    """How to have a restore of another time beside `label`, or in its place."""
    if label not in facts.past.physical:
        return f"--as {facts.fresh_label} for one more, or {facts.clean(label)}"
    first = way_out(facts, label)
    if facts.active not in facts.live:
        return first
    return f"--as {facts.fresh_label} for one more, or {first}, then {facts.clean(label)}"


def _carry_on(facts: TableFacts, label: str, when: When, another: str) -> Nothing:
    """A restore is started once: the one that is there serves, if it is of the asked time.

    Args:
        facts: What was observed.
        label: The restore that is there.
        when: The point in time that is asked for.
        another: How to have one of another time.
    """
    live = facts.live[label]
    if live.origin is None:
        return Nothing(f"{label} ({live.name}) is there already.")
    if when.names_another_time(live.origin.at):
        raise BlockedError(
            f"{live.name} is a restore to {time_text(live.origin.at)},"
            f" not to {time_text(when.at or live.origin.at)}.",
            _NOTHING_STARTED,
            another,
        )
    return Nothing(f"{live.name} is the restore to {time_text(live.origin.at)}: carrying on.")


def _after_the_last(
    facts: TableFacts, when: When, now: datetime, chosen: str | None
) -> StartRestore | Nothing:
    """After a whole run the same command again is no reason for a second restore."""
    active = facts.live[str(facts.active)]
    if chosen in {None, facts.active} and active.origin is not None:
        if when.at is not None and not when.names_another_time(active.origin.at):
            return Nothing(f"{active.name} is the restore to {time_text(when.at)}, and active.")
        if when.at is None:
            raise BlockedError(
                f"{active.name} is active and is itself the restore to"
                f" {time_text(active.origin.at)}.",
                _NOTHING_STARTED,
                f"--as {facts.fresh_label}, if it is to be restored once more",
            )
    return _fresh(facts, when, now, chosen or facts.fresh_label)


def _fresh(facts: TableFacts, when: When, now: datetime, label: str) -> StartRestore:
    source = facts.live[str(facts.active)]
    target = facts.physical(label)
    _refuse_taken(facts, label, target)
    if source.window is None:
        raise BlockedError(
            f"Point-in-time recovery is off on {source.name}.",
            _NOTHING_STARTED,
            f"{_by_a_backup(source.name, target)}; so that the next restore needs none:"
            f" {_recoverable(facts, source.name)}",
        )
    at = resolve(when, source.window, now)
    return StartRestore(facts.config.table, label, source.name, target, at)


def _of_a_younger_table(
    facts: TableFacts, lost: Backup, when: When, now: datetime, label: str
) -> StartRestore:
    """The table was deleted and made again: what it held is in its predecessor's system backup.

    A time is an explicit word for the table that exists now, whose window begins after it was made.
    """
    young = facts.live[str(facts.active)]
    if when.at is not None or when.age is not None:
        return _fresh(facts, when, now, label)
    if not when.predecessor:
        raise BlockedError(
            f"{young.name} was deleted at {time_text(lost.at)} and made again since: it is not the"
            " table that the stack knew, and what that one held is in its system backup.",
            _NOTHING_STARTED,
            "--to predecessor restores what was deleted; --to TIME restores the table that exists"
            " now",
        )
    target = facts.physical(label)
    _refuse_taken(facts, label, target)
    return StartRestore(facts.config.table, label, young.name, target, lost.at, lost.arn)


def _from_backup(facts: TableFacts, when: When, label: str) -> StartRestore:
    """The table is gone, and its restore window with it: only its last moment is left."""
    gone = facts.physical(str(facts.active))
    if facts.backup is None:
        raise BlockedError(
            f"{gone} no longer exists and left no system backup.",
            _NOTHING_STARTED,
            _by_a_backup(gone, facts.physical(label)),
        )
    if when not in {LATEST, UNSAID, When(predecessor=True)}:
        raise UsageError(
            f"{gone} no longer exists: its system backup holds only the moment of its deletion.",
            _NOTHING_STARTED,
            "--to latest",
        )
    target = facts.physical(label)
    _refuse_taken(facts, label, target)
    return StartRestore(facts.config.table, label, gone, target, facts.backup.at, facts.backup.arn)


def _by_a_backup(source: str, target: str) -> str:
    """How to restore by hand: the verbs take what comes of it for the restore that it is."""
    return (
        f"aws dynamodb list-backups --table-name {source} shows what else there is; to restore one"
        f" of these: aws dynamodb restore-table-from-backup --target-table-name {target}"
        " --backup-arn <arn>, then the same command"
    )


def _recoverable(facts: TableFacts, name: str) -> str:
    """What turns point-in-time recovery on, on the side that has it off."""
    wanted = facts.config.settings.point_in_time_recovery
    if wanted is None or not wanted.enabled:
        key = f"tables.{facts.config.table}.pointInTimeRecovery.enabled"
        return "; ".join(map(facts.scope.pulumi, (set_command(key, "true"), "pulumi up")))
    return (
        f"aws dynamodb update-continuous-backups --table-name {name}"
        " --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true"
    )


def _refuse_taken(facts: TableFacts, label: str, target: str) -> None:
    taken: LiveTable | None = facts.live.get(label)
    if rank(label) <= max(map(rank, facts.history)):
        wrong = f"{label} was used before, or passed over; labels only go up."
    elif rank(label) >= rank(facts.fresh_label) + LONGEST_GAP:
        wrong = f"{label} leaves out so many labels that nobody would look for it."
    elif taken is not None:
        wrong = f"{target} exists and is no restore of {facts.physical(str(facts.active))}."
    else:
        return
    raise BlockedError(wrong, _NOTHING_STARTED, f"--as {facts.fresh_label}")
