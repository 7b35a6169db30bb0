"""`plan`: what a run would do, step by step, and what it would not bring back. Changes nothing."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from rich.table import Table
from rich.text import Text

from restore.aws.mentions import survey
from restore.decide.planned import Planned, planned
from restore.decide.preflight import preflight
from restore.decide.starting import StartRestore
from restore.losses.loss import Loss, lines, merged
from restore.losses.lost import losses
from restore.losses.mention import Survey, Unseen
from restore.report import Report
from restore.session import Session
from restore.when import When, time_text


def plan(session: Session, when: When) -> dict[str, Any]:
    """Shows the plan of every table.

    Returns:
        What `--json` prints: `{tables: {<name>: {restore: {source, target, at, backup} | null,
        steps: [text], losses: [{kind, name, detail, config, todo, first}],
        notLookedAt: [{what, action}]}}}`.

    Raises:
        BlockedError: something stands against the run; all of it is said.
        UsageError: the point in time lies outside the restore window.
    """
    facts = session.observe()
    restores = preflight(facts, when, datetime.now(UTC), session.label)
    plans = [
        planned(table, restore, session.label)
        for table, restore in zip(facts.tables, restores, strict=True)
    ]
    shown: dict[str, Any] = {}
    for each in plans:
        name = each.facts.config.table
        with session.report.working(f"looking at all that names {name}"):
            found = survey(*each.sides) if each.sides else Survey()
        lost = losses(found, each.facts.config)
        _show(session.report, each, lost, found)
        shown[name] = _as_json(each, lost, found.unseen)
    session.report.say(f"next: {_next(plans, session.label)}")
    return {"tables": shown}


def _show(report: Report, each: Planned, lost: Sequence[Loss], found: Survey) -> None:
    name = each.facts.config.table
    report.say(each.restore.says)
    for step in each.steps:
        report.say(f"then {name}: {step}")
    if each.sides is None:
        return
    source, target = each.sides
    if lost:
        report.show(_picture(name, lost))
        report.show(Text(_remedies(name, lost)))
    elif found.answers and not found.unseen:
        report.say(f"{target.name} will have all that {source.name} has.")
    if found.answers is None and not found.unseen:
        report.say(f"{source.name} is gone: what it carried can no longer be looked at.")
    for hidden in found.unseen:
        report.say(f"{name}: {hidden.what} could not be looked at: {hidden.action}")


def _picture(name: str, lost: Sequence[Loss]) -> Table:
    title = f"{name}: what a restore will not bring back"
    picture = Table(title=title, title_justify="left")
    for column in ("what", "which", "it is", "brought back by"):
        picture.add_column(column, overflow="fold")
    for each in lost:
        how = "the stack config" if each.config is not None else "hand"
        picture.add_row(each.kind, Text(each.name), Text(each.detail), how)
    return picture


def _remedies(name: str, lost: Sequence[Loss]) -> str:
    """What to type, what to write and what to do, each under its heading."""
    typed = [each.todo for each in lost if each.config is not None and not each.in_lines]
    written = merged(each.config or {} for each in lost if each.in_lines)
    by_hand = [f"{each.name}: {each.todo}" for each in lost if each.config is None]
    first = [f"{each.name}: {each.first}" for each in lost if each.first]
    then = ["pulumi up --refresh"] if typed or written else []
    parts = {
        "To bring these back with the restore, first type:": typed,
        "To bring these back with the restore, first write below config: in the stack's file,"
        " beside what is there:": lines(name, written).splitlines() if written else [],
        "In the way of the update that follows:": first,
        "Then, so that the stack sees what AWS has already and declares it:": then,
        "To do by hand, once the restored table is prepared and before the switch:": by_hand,
    }
    return "\n".join(
        "\n".join((heading, *(f"  {line}" for line in said)))
        for heading, said in parts.items()
        if said
    )


def _next(plans: Sequence[Planned], chosen: str | None) -> str:
    """The command that does it, with a point in time that is the same for every table."""
    starts = [each.restore for each in plans if isinstance(each.restore, StartRestore)]
    if not any(each.steps for each in plans):
        return "nothing"
    point = "--to latest" if any(each.backup_arn for each in starts) else ""
    if starts and not point:
        point = f"--to {time_text(min(each.at for each in starts))}"
    label = f"--as {chosen}" if chosen else ""
    return " ".join(filter(None, ("python -m restore run", point, label)))


def _as_json(each: Planned, lost: Sequence[Loss], unseen: Sequence[Unseen]) -> dict[str, Any]:
    restore = each.restore
    return {
        "restore": {
            "source": restore.source,
            "target": restore.target,
            "at": time_text(restore.at),
            "backup": restore.backup_arn,
        }
        if isinstance(restore, StartRestore)
        else None,
        "steps": each.steps,
        "losses": [asdict(loss) for loss in lost],
        "notLookedAt": [asdict(hidden) for hidden in unseen],
    }
