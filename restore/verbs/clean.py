"""`clean`: the one verb that deletes data."""

import time

from restore.aws.errors import AWS_ERRORS
from restore.decide.rollback import way_out
from restore.model.errors import BlockedError, RestoreError, UsageError
from restore.model.facts import Facts, LiveTable, TableFacts
from restore.perform.hooks import Around
from restore.perform.session import Session
from restore.perform.settle import refuse_without_hooks

_UNTOUCHED = "Nothing was deleted."
_GONE_SECONDS = 600.0


def clean(session: Session, label: str, confirmed: str) -> None:
    """Deletes the table of `label`, where the stack does not hold it and no client uses it."""
    facts, around = session.observe(), Around(session, "clean")
    refuse_without_hooks(session, facts, "clean")
    table = _deletable(facts, label, confirmed)
    name, its = table.physical(label), table.config.table
    live = session.aws.table(name)
    if live is None:
        session.decided(f"{name} does not exist.", its)
        return
    session.decided(f"delete {name}", its)
    ran = around.before(facts, {its: label})
    if session.dry_run:
        return
    if ran:
        _deletable(session.observe(), label, confirmed)
    if live.status != "DELETING":
        with session.audit.effect(f"delete {name}", its):
            _delete(session, name)
    _until_gone(session, table, name)
    around.did()
    session.report.say(f"{name} is deleted.{_kept(live)}")
    around.after()


def _deletable(facts: Facts, label: str, confirmed: str) -> TableFacts:
    """The table of which `label` may be deleted."""
    table = _the_one_table(facts)
    _refuse_wrong_name(table, label, confirmed)
    _refuse_in_use(facts, table, label)
    return table


def _delete(session: Session, name: str) -> None:
    """The call. After an error the table says whether AWS is deleting it all the same."""
    try:
        session.aws.delete(name)
    except AWS_ERRORS:
        now = session.aws.table(name)
        if now is not None and now.status != "DELETING":
            raise


def _kept(live: LiveTable) -> str:
    if live.window:
        return " AWS keeps a system backup of it for 35 days."
    # Of a table that was being deleted already nobody can say any more.
    return " No backup is kept." if live.status == "ACTIVE" else ""


def _the_one_table(facts: Facts) -> TableFacts:
    if len(facts.tables) == 1:
        return facts.tables[0]
    names = ", ".join(table.config.table for table in facts.tables)
    raise UsageError(f"clean takes one table, not {names}.", _UNTOUCHED, "--table NAME")


def _refuse_wrong_name(table: TableFacts, label: str, confirmed: str) -> None:
    name = table.physical(label)
    if confirmed != name:
        raise UsageError(
            f"--confirm says {confirmed!r}, but {label} is {name!r}.",
            _UNTOUCHED,
            f"{table.command('status')} shows the table of each label; then the same command with"
            " the name of the one that is meant",
        )


def _refuse_in_use(facts: Facts, table: TableFacts, label: str) -> None:
    name = table.physical(label)
    held = {each for past in facts.state.past.values() for each in past.physical.values()}
    if name in {table.pointer, table.past.pointed}:
        wrong = f"Clients use {name}: the parameter {table.config.parameter} names it."
        fix = table.command("status")
    elif name in held:
        wrong, fix = f"{name} is in the stack {facts.stack}.", way_out(table, label)
    else:
        return
    raise BlockedError(wrong, _UNTOUCHED, fix)


def _until_gone(session: Session, table: TableFacts, name: str) -> None:
    give_up = time.monotonic() + _GONE_SECONDS
    with session.report.working(f"deleting {name}"):
        while session.aws.table(name) is not None:
            if time.monotonic() > give_up:
                raise RestoreError(
                    f"{name} is still there after {_GONE_SECONDS:.0f} s.",
                    "The stack was not touched.",
                    f"{table.command('status')}; once it is gone there is nothing left to do",
                )
            time.sleep(0.5)
