"""The acts of the walk-through, each with what must hold after it."""

import time
from datetime import UTC, datetime, timedelta

from sandbox.demo import account, application
from sandbox.demo.account import ORIGINAL, RESTORED, Grant, Pointer
from sandbox.demo.pictures import contents, position, side_by_side
from sandbox.demo.stage import Stage

GOOD = {
    "1": {"id": "1", "item": "tea", "price": 4},
    "2": {"id": "2", "item": "coffee", "price": 5},
    "3": {"id": "3", "item": "cake", "price": 7},
}
GARBAGE = {
    "1": {"id": "1", "item": "undefined", "price": 0},
    "2": {"id": "2", "item": "undefined", "price": 0},
    "undefined": {"id": "undefined", "item": "undefined", "price": 0},
}
PITR = "point-in-time recovery"
QUIETLY = ("--yes", "--skip-preview", "--suppress-outputs", "--suppress-progress")


def play(stage: Stage) -> None:
    """All of it, from an empty account to an empty account."""
    first_update(stage)
    before = good_writes(stage)
    bad_deploy(stage)
    restore(stage, before)
    adopt(stage)
    prepare(stage)
    switch(stage)
    drop(stage)
    validate(stage)
    clean_up(stage)


def first_update(stage: Stage) -> None:
    stage.act(
        "1 · A table under Pulumi",
        "The program declares a table, a parameter that names it, and a policy that lets clients"
        " read it.",
    )
    stage.run("pulumi", "stack", "init", "sandbox")
    stage.run("pulumi", "up", *QUIETLY)
    stage.show(position())
    stage.check("the parameter names the original", account.pointer(), Pointer(ORIGINAL, 1))
    stage.check("the policy covers it and no other", account.grant(), Grant("v1", (ORIGINAL,)))


def good_writes(stage: Stage) -> datetime:
    """Writes the good items; returns the first whole second after them."""
    stage.act("2 · An application writes", "It asks the parameter for the table's name.")
    for item in GOOD.values():
        application.write(item)
    moment = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=1)
    stage.show(contents(account.items(ORIGINAL)))
    stage.check("the table holds the good items", account.items(ORIGINAL), GOOD)
    return moment


def bad_deploy(stage: Stage) -> None:
    stage.act("3 · A bad deploy", "It overwrites two items, deletes one and adds one.")
    _next_second()
    for item in GARBAGE.values():
        application.write(item)
    application.erase("3")
    stage.show(contents(account.items(ORIGINAL)))
    stage.check("the table holds garbage", account.items(ORIGINAL), GARBAGE)


def restore(stage: Stage, before: datetime) -> None:
    stage.act(
        "4 · Restore to the second before",
        "DynamoDB restores to a whole second, and always into a new table.",
    )
    stage.run("python", "-m", "restore", "start", "--to", f"{before:%Y-%m-%dT%H:%M:%SZ}")
    stage.run("python", "-m", "restore", "wait")
    stage.show(contents(account.items(RESTORED)))
    stage.check("the restored table holds the good items", account.items(RESTORED), GOOD)
    stage.check("the original is as it was", account.items(ORIGINAL), GARBAGE)
    stage.act("5 · What a restore does not bring", "Both tables' settings, side by side.")
    stage.show(side_by_side((ORIGINAL, RESTORED)))
    stage.check("recovery is on for the original", account.settings(ORIGINAL)[PITR], "ENABLED")
    stage.check("recovery is off on the restored", account.settings(RESTORED)[PITR], "DISABLED")


def adopt(stage: Stage) -> None:
    stage.act(
        "6 · Adopt",
        "The restored table comes into the stack with the settings that a restore copies, so that"
        " the import must match exactly.",
    )
    stage.run("python", "-m", "restore", "adopt")
    stage.check("the parameter is untouched", account.pointer(), Pointer(ORIGINAL, 1))
    stage.check("the policy is untouched", account.grant(), Grant("v1", (ORIGINAL,)))


def prepare(stage: Stage) -> None:
    stage.act(
        "7 · Prepare",
        "The restored table gets what the restore did not bring, and clients may read both.",
    )
    stage.run("python", "-m", "restore", "prepare")
    stage.check("recovery is on for the restored", account.settings(RESTORED)[PITR], "ENABLED")
    both = Grant("v2", (ORIGINAL, RESTORED))
    stage.check("the policy covers both tables", account.grant(), both)
    stage.check("clients still use the original", account.pointer(), Pointer(ORIGINAL, 1))


def switch(stage: Stage) -> None:
    stage.act("8 · Switch", "One resource changes: the parameter.")
    stage.run("python", "-m", "restore", "switch", "--yes")
    stage.check("the parameter names the restored", account.pointer(), Pointer(RESTORED, 2))
    stage.check("clients read good items", account.items(application.table()), GOOD)


def drop(stage: Stage) -> None:
    stage.act(
        "9 · Drop",
        "Once no client holds the old name any more, the original leaves the stack. AWS keeps it.",
    )
    stage.run("python", "-m", "restore", "drop", "--now", "--yes")
    stage.check("the policy covers the restored only", account.grant(), Grant("v3", (RESTORED,)))


def validate(stage: Stage) -> None:
    stage.act("10 · Validate", "As the walk-through ends.")
    stage.run("python", "-m", "restore", "status")
    stage.run("pulumi", "preview", "--refresh", "--expect-no-changes", "--suppress-progress")
    stage.show(position())
    stage.check("the parameter is at version 2", account.pointer(), Pointer(RESTORED, 2))
    stage.check("recovery is on for the restored", account.settings(RESTORED)[PITR], "ENABLED")
    stage.check("the original is retained, with its items", account.items(ORIGINAL), GARBAGE)


def clean_up(stage: Stage) -> None:
    stage.act("11 · Clean up", "Pulumi keeps tables; only `clean` deletes one, by its full name.")
    stage.check("both tables are there", account.tables(), [ORIGINAL, RESTORED])
    stage.run("python", "-m", "restore", "clean", "original", "--confirm", ORIGINAL)
    stage.run("pulumi", "destroy", *QUIETLY)
    stage.run("python", "-m", "restore", "clean", "restored", "--confirm", RESTORED)
    stage.check("no table is left", account.tables(), [])
    stage.check("no parameter is left", account.pointer(), None)
    stage.check("no policy is left", account.grant(), None)


def _next_second() -> None:
    """A restore to a second brings what was written up to its first moment."""
    now = datetime.now(UTC)
    ahead = now.replace(microsecond=0) + timedelta(seconds=1) - now
    time.sleep(ahead.total_seconds() + 0.1)
