"""`status`: where each table stands, from AWS and the stack alone, and the next step."""

from collections.abc import Iterator
from typing import Any

from rich.table import Table

from restore.decide.grants import broken_grant
from restore.decide.next import next_step
from restore.decide.stripped import refuse_stripped
from restore.decide.undeployed import undeployed
from restore.decide.way_back import way_back
from restore.git import warning
from restore.model.errors import BlockedError
from restore.model.facts import TableFacts
from restore.model.phase import Phase, locate
from restore.model.when import time_text
from restore.perform.locked import told
from restore.perform.session import Session
from restore.report.outcome import label_facts, labels_of, positions
from restore.table.config.explain import rm_command

_UNDER_WAY = {Phase.UNDEPLOYED, Phase.ADOPTED, Phase.PREPARED, Phase.LOST}
"""Where `drop` is refused, over the table that is under way or over the lost one."""

_WIDE = 110
"""Columns that the picture of a table needs; in fewer its names would break."""


def status(session: Session) -> dict[str, Any]:
    """Shows every table; returns what `--json` prints."""
    facts = session.observe()
    session.report.say(f"stack {facts.stack}, account {facts.account}, {facts.region}")
    for table in facts.tables:
        position = locate(table, session.label)
        phase = position.phase
        narrow = session.report.width < _WIDE
        session.report.show((_narrow if narrow else _picture)(table, phase))
        session.report.say(f"{table.config.table}: {phase}; next: {next_step(table, position)}")
        session.report.say(f"  back: {way_back(table, position)}")
        for line in _unlike(table):
            session.report.say(line)
        if table.pointer != table.past.pointed:
            session.report.say(
                f"the parameter holds {table.pointer!r}, the state says {table.past.pointed!r}"
            )
    locks = session.stack.locks()
    if locks:
        session.report.say(
            f"the stack is locked: {told(locks)}. A verb that changes it waits for an engine that"
            " works; one that died has left its lock, and the verb says what to do about it"
        )
    committed = session.committed()
    file = session.stack.file.shown
    warns = undeployed(file, facts.tables) or warning(file, committed)
    if warns:
        session.report.say(warns)
    if facts.state.unfinished:
        where = ", ".join(facts.state.unfinished)
        session.report.say(
            f"the last update did not end well at {where}, or is not over: what the state says of"
            " it may be wrong, and the next verb that changes something reads AWS again first"
        )
    return {
        "stack": facts.stack,
        "config": {"file": session.stack.file.shown, "git": committed.git, "warning": warns},
        "account": facts.account,
        "region": facts.region,
        "locks": [
            {"id": each.id, "by": f"{each.user}@{each.host}", "pid": each.pid, "since": each.since}
            for each in locks
        ],
        "tables": positions(facts.tables, session.label),
    }


def _unlike(table: TableFacts) -> Iterator[str]:
    """Where AWS is not what the stack holds, each with what to do about it."""
    if lost := table.predecessor:
        name = table.physical(str(table.active))
        yield (
            f"{name} was deleted at {time_text(lost.at)} and made again since: what the stack's"
            " table held is in its system backup\n"
            f"  fix: {table.command('run --to predecessor')}, which restores it"
        )
    try:
        refuse_stripped(table, "")
    except BlockedError as error:
        yield f"{error.wrong}\n  fix: {error.fix}"
    if broken := broken_grant(table):
        wrong, fix = broken
        yield f"{wrong}\n  fix: {fix}"
    elif table.granted.keys() != table.past.grants.keys():
        yield (
            "whether clients may still use the tables was not looked at: iam:GetPolicy and"
            " iam:GetPolicyVersion are denied"
        )
    for label, name in sorted(table.past.physical.items()):
        if label not in table.live and label != table.active:
            yield (
                f"the stack holds {label} ({name}), which does not exist in AWS any more; the next"
                " update of the runbook lets it leave the stack"
            )
            if locate(table).phase not in _UNDER_WAY:
                yield f"  fix: {table.command('drop')}"
    for key, label in _declared_for_nothing(table):
        yield (
            f"the stack config declares {label} ({table.physical(label)}), which does not exist in"
            " AWS and is not in the stack: every pulumi up fails over it\n"
            f"  fix: {table.scope.pulumi(rm_command(key))}"
        )


def _declared_for_nothing(table: TableFacts) -> Iterator[tuple[str, str]]:
    """The path of each label in the config that neither AWS nor the stack has, and the label."""
    if table.active is None:
        return
    config = table.config
    for key, labels in (("standbyTables", config.standby), ("adoptTables", config.adopt)):
        for place, label in enumerate(labels):
            if label not in table.live and label not in table.past.physical:
                yield f"{config.key(key)}[{place}]", label


def _narrow(table: TableFacts, phase: Phase) -> Table:
    """The same with names that stay whole, and in one column what else there is to a label."""
    picture = Table(title=f"{table.config.table}: {phase}", title_justify="left")
    picture.add_column("label", no_wrap=True)
    picture.add_column("DynamoDB table", no_wrap=True)
    picture.add_column("", overflow="fold")
    for label in labels_of(table):
        facts = label_facts(table, label)
        says = (
            facts["status"] or "does not exist",
            "active" if label == table.active else "",
            "writes denied" if facts["writesDenied"] else "",
            f"restored to {facts['restoredTo']}" if facts["restoredTo"] else "",
            "in the stack" if facts["inStack"] else "not in the stack",
            "readable" if facts["readable"] else "not readable",
        )
        picture.add_row(label, facts["name"], "\n".join(filter(None, says)))
    return picture


def _picture(table: TableFacts, phase: Phase) -> Table:
    picture = Table(title=f"{table.config.table}: {phase}", title_justify="left")
    for column in ("label", "DynamoDB table", "status", "restored to", "in the stack", "readable"):
        picture.add_column(column, overflow="fold")
    for label in labels_of(table):
        facts = label_facts(table, label)
        mark = " (active)" if label == table.active else ""
        yes_no = ["yes" if facts[key] else "no" for key in ("inStack", "readable")]
        status = facts["status"] or "does not exist"
        status += ", writes denied" if facts["writesDenied"] else ""
        picture.add_row(label + mark, facts["name"], status, facts["restoredTo"] or "", *yes_no)
    return picture
