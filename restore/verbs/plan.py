"""`plan`: what a run would do, step by step, and what it would not bring back. Changes nothing."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from rich.text import Text

from restore.aws.mentions import survey
from restore.decide.restore import StartRestore
from restore.model.command import Scope
from restore.model.when import When, time_text
from restore.perform.obstacles import obstacles, tell
from restore.perform.session import Session
from restore.plan.losses.loss import Loss
from restore.plan.losses.lost import losses
from restore.plan.losses.mention import Survey, Unseen
from restore.plan.losses.picture import picture, remedies
from restore.plan.outline import Planned
from restore.report.report import Report
from restore.report.steps import in_words
from restore.table.place import refuse_without_provider
from restore.table.tags import ProviderTags


def plan(session: Session, when: When) -> dict[str, Any]:
    """Shows the plan of every table.

    Returns:
        What `--json` prints: `{findings: [{level, about, says, fix}], tables: {<name>:
        {restore: {source, target, at, backup} | null, steps: [text], losses: [{kind, name,
        detail, config, todo}], notLookedAt: [{what, action}]}}, updates: [{row, tables,
        previewed, steps: [text]}]}`. The findings are there however it ends; what is lost is shown
        to a person however it ends.

    Raises:
        BlockedError: something stands against the run; all of it is said.
        UsageError: the point in time lies outside the restore window.
    """
    facts = session.observe()
    refuse_without_provider(facts.config, session.stack.providers())
    found = obstacles(session, facts, when, datetime.now(UTC))
    tell(session, found, whole=True)
    plans, updates = found.plans, found.updates
    shown = {each.facts.config.table: _table(session, each) for each in plans}
    # Anyone who is blocked decides with it whether this restore is worth the repair.
    found.refuse()
    for update in updates:
        session.report.show(Text(str(update)))
    session.report.say(f"next: {_next(plans, session.label, session.tables)}")
    return {"tables": shown, "updates": [update.as_json() for update in updates]}


def _table(session: Session, each: Planned) -> dict[str, Any]:
    name = each.facts.config.table
    with session.report.working(f"looking at all that names {name}"):
        found = survey(session.account, *each.sides) if each.sides else Survey()
    project, provider = session.stack.file.namespace, session.stack.provider()
    lost = losses(found, each.facts.config, project, ProviderTags.of(provider))
    session.decided(each.restore.says, name)
    _show(session.report, each, lost, found)
    return _as_json(each, lost, found.unseen)


def _show(report: Report, each: Planned, lost: Sequence[Loss], found: Survey) -> None:
    name = each.facts.config.table
    for step in in_words(each.steps):
        report.say(f"then {name}: {step}")
    if each.sides is None:
        return
    source, target = each.sides
    if lost:
        report.show(picture(name, lost))
        report.show(Text(remedies(name, lost)))
    elif found.answers and not found.unseen:
        report.say(f"{target.name} will have all that {source.name} has.")
    if found.answers is None and not found.unseen:
        report.say(f"{source.name} is gone: what it carried can no longer be looked at.")
    for hidden in found.unseen:
        report.say(f"{name}: {hidden.what} could not be looked at: {hidden.action}")


def _next(plans: Sequence[Planned], chosen: str | None, tables: Sequence[str]) -> str:
    """The command that does it, with a point in time that is the same for every table.

    It is about the same tables as the plan, however they stand.
    """
    starts = [each.restore for each in plans if isinstance(each.restore, StartRestore)]
    if not any(each.steps for each in plans):
        return "nothing"
    point = "--to latest" if any(each.backup_arn for each in starts) else ""
    if starts and not point:
        point = f"--to {time_text(min(each.at for each in starts))}"
    label = f"--as {chosen}" if chosen else ""
    scope = Scope(plans[0].facts.scope.stack, " ".join(f"--table {name}" for name in tables))
    return scope.command(" ".join(filter(None, ("run", point, label))), alone=True)


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
        "steps": in_words(each.steps),
        "losses": [asdict(loss) for loss in lost],
        "notLookedAt": [asdict(hidden) for hidden in unseen],
    }
