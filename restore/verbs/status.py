"""`status`: where each table stands, from AWS and the stack alone, and the next step."""

from typing import Any

from rich.table import Table

from restore.decide.backward import earlier_label
from restore.decide.committed import warning
from restore.facts import TableFacts
from restore.phase import Phase, Standing, stand
from restore.session import Session
from restore.when import time_text

NEXT = {
    Phase.UNDEPLOYED: "pulumi up",
    Phase.SERVING: "nothing; to restore: python -m restore run --to WHEN",
    Phase.LOST: "python -m restore run --to latest",
    Phase.RESTORING: "python -m restore wait",
    Phase.RESTORED: "python -m restore adopt",
    Phase.ADOPTED: "python -m restore prepare",
    Phase.PREPARED: "python -m restore switch",
    Phase.SWITCHED: "python -m restore drop, or rollback",
    Phase.ROLLED_BACK: "python -m restore drop, or switch",
    Phase.DROPPED: "nothing; to go back: python -m restore rollback",
}


def status(session: Session) -> dict[str, Any]:
    """Shows every table; returns what `--json` prints."""
    facts = session.observe()
    for table in facts.tables:
        standing = stand(table, session.label)
        phase = standing.phase
        session.report.show(_picture(table, phase))
        session.report.say(f"{table.config.table}: {phase}; next: {_next(table, standing)}")
        if table.pointer != table.past.pointed:
            session.report.say(
                f"the parameter holds {table.pointer!r}, the state says {table.past.pointed!r}"
            )
    committed = session.committed()
    warns = warning(session.stack.file.shown, committed)
    if warns:
        session.report.say(warns)
    if facts.state.unfinished:
        where = ", ".join(facts.state.unfinished)
        session.report.say(
            f"the last update did not end well at {where}, or is not over: what the state says of"
            " it may be wrong, and the next verb that changes something reads AWS anew first"
        )
    return {
        "stack": facts.stack,
        "config": {"file": session.stack.file.shown, "git": committed.git, "warning": warns},
        "account": facts.account,
        "region": facts.region,
        "tables": {table.config.table: as_json(table, session.label) for table in facts.tables},
    }


def as_json(table: TableFacts, chosen: str | None) -> dict[str, Any]:
    """`{phase, next, facts: {active, pointer, history, labels: {<label>: {…}}}}`."""
    standing = stand(table, chosen)
    return {
        "phase": standing.phase,
        "next": _next(table, standing),
        "facts": {
            "active": table.active,
            "pointer": table.pointer,
            "pointerInState": table.past.pointed,
            "history": table.history,
            "labels": {label: _label(table, label) for label in _labels(table)},
        },
    }


def _next(table: TableFacts, standing: Standing) -> str:
    phase = standing.phase
    earlier = earlier_label(table)
    if phase is Phase.DROPPED and earlier is None:
        return NEXT[Phase.SERVING]
    if phase is Phase.DROPPED and earlier not in table.live:
        return "nothing; the table that was active before is gone"
    in_stack = {earlier, table.active} <= {*table.past.physical}
    if phase is Phase.LOST and in_stack and earlier in table.live:
        return f"{NEXT[phase]}, or python -m restore rollback"
    if phase is Phase.SWITCHED and earlier not in table.live:
        return "python -m restore drop"
    if phase in {Phase.RESTORING, Phase.RESTORED}:
        return _from_restored(table, str(standing.other))
    return NEXT[phase]


def _from_restored(table: TableFacts, label: str) -> str:
    restored = table.live[label]
    if restored.failed:
        return f"python -m restore clean {label} --confirm {restored.name}, then start"
    if not restored.ready:
        return NEXT[Phase.RESTORING]
    if table.active not in table.live:
        return NEXT[Phase.PREPARED]
    return NEXT[Phase.ADOPTED if table.was_furnished(label) else Phase.RESTORED]


def _labels(table: TableFacts) -> list[str]:
    return list(dict.fromkeys((*table.past.physical, *table.live)))


def _label(table: TableFacts, label: str) -> dict[str, Any]:
    live = table.live.get(label)
    return {
        "name": table.physical(label),
        "status": live.status if live else None,
        "restoredTo": time_text(live.origin.at) if live and live.origin else None,
        "inStack": label in table.past.physical,
        "readable": label in table.furnished,
    }


def _picture(table: TableFacts, phase: Phase) -> Table:
    picture = Table(title=f"{table.config.table}: {phase}", title_justify="left")
    for column in ("label", "DynamoDB table", "status", "restored to", "in the stack", "readable"):
        picture.add_column(column, overflow="fold")
    for label in _labels(table):
        facts = _label(table, label)
        mark = " (active)" if label == table.active else ""
        yes_no = ["yes" if facts[key] else "no" for key in ("inStack", "readable")]
        status = facts["status"] or "does not exist"
        picture.add_row(label + mark, facts["name"], status, facts["restoredTo"] or "", *yes_no)
    return picture
