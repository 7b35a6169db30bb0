"""The runbook on the real engine: every allowed edge, every gate, killed and run again.

Not here: wrong arguments (test_bad_input), a table that is gone (test_lost_table), old commits
(test_old_commits).
"""

import json
import signal
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.engine.kills import checkpoint
from tests.support.engine.scenes import next_second
from tests.support.engine.world import ORIGINAL, PARAMETER, RESTORED, World

At = Callable[[str], World]
RESTORE_CALL = "RestoreTableToPointInTime"
FLIP = "update Parameter restore-demo (value, version)"
GRANT = "update Policy restore-demo (policy)"
CONFIGURE = "update Table restore-demo.restored (pointInTimeRecovery)"
NARROW_AND_DROP = [GRANT, "delete Table restore-demo.original"]


@pytest.fixture
def poisoned(at: At) -> tuple[World, str]:
    """A serving table whose item was good until the moment that comes with it."""
    world = at("serving")
    world.put(ORIGINAL, id="kept", value="good")
    moment = next_second()
    world.put(ORIGINAL, id="kept", value="garbage")
    world.put(ORIGINAL, id="late", value="garbage")
    return world, moment


def assert_dropped(world: World) -> None:
    """The last row of the design's table."""
    assert world.phase() == "dropped"
    assert world.pointer() == (RESTORED, 2)
    assert world.granted() == ({RESTORED}, "v3")
    assert world.in_stack() == {"restored"}
    assert world.items(RESTORED) == {"kept": {"id": "kept", "value": "good"}}
    assert world.items(ORIGINAL)["kept"]["value"] == "garbage"
    written = world.config_file.read_text()
    assert "restore-demo:activeTable: restored\n" in written
    assert not [key for key in ("standbyTables", "adoptTables", "rollbackFrom") if key in written]
    world.no_drift()


def test_run_that_was_killed_carries_on_and_once_it_is_done_does_nothing(
    poisoned: tuple[World, str],
) -> None:
    """A runbook that is run again, because nobody saw it end, must not restore again."""
    world, moment = poisoned
    since = world.last_call()
    with world.restores_taking(3):
        command = ("run", "--to", moment, "--drain", "0", "--yes")
        runbook = world.spawn(sys.executable, "-m", "restore", *command)
        give_up = time.monotonic() + 60
        while RESTORE_CALL not in world.writes(since):
            assert runbook.poll() is None, "it ended before it started a restore"
            assert time.monotonic() < give_up, "it started no restore"
        runbook.send_signal(signal.SIGKILL)
        runbook.wait()
    assert world.in_stack() == {"original"}
    done = world.asked("run", "--to", "1s", "--drain", "0")
    assert f"{RESTORED} is the restore to {moment}: carrying on." in done["says"]
    imported = "import Table restore-demo.restored"
    assert done["steps"] == [imported, CONFIGURE, GRANT, FLIP, *NARROW_AND_DROP]
    assert_dropped(world)
    assert world.writes(since).count(RESTORE_CALL) == 1

    since = world.last_call()
    assert world.asked("run", "--to", moment, "--drain", "0")["steps"] == []
    assert world.writes(since) == []


def test_a_restore_is_started_once_and_another_only_under_another_label(
    poisoned: tuple[World, str],
) -> None:
    """Each restore costs hours and money; the wrong one adopted by mistake costs the data."""
    world, moment = poisoned
    next_second()  # closer than a second is the same moment
    another = next_second()
    since = world.last_call()
    for when in (moment, moment, "1s", "latest"):
        world.restore("start", "--to", when)
    blocked = world.restore("start", "--to", another, code=3).err
    assert f"is a restore to {moment}, not to {another}" in blocked
    assert "--as restored-2" in blocked
    assert f"clean restored --confirm {RESTORED}" in blocked
    assert world.writes(since) == [RESTORE_CALL]

    world.restore("start", "--to", another, "--as", "restored-2")
    world.restore("wait", "--as", "restored-2")
    assert world.writes(since) == [RESTORE_CALL] * 2
    labels = world.asked("status")["tables"]["restore-demo"]["facts"]["labels"]
    assert labels["restored"]["restoredTo"] == moment
    assert labels["restored-2"]["restoredTo"] == another


DRY_RUNS = [
    ("serving", ("start", "--to", "latest")),
    ("serving", ("run", "--to", "latest")),
    ("restored", ("wait",)),
    ("restored", ("adopt",)),
    ("adopted", ("prepare",)),
    ("prepared", ("switch",)),
    ("switched", ("rollback",)),
    ("switched", ("drop",)),
    ("dropped", ("clean", "original", "--confirm", ORIGINAL)),
]


@pytest.mark.parametrize(("scene", "command"), DRY_RUNS, ids=[verb for _, (verb, *_) in DRY_RUNS])
def test_a_dry_run_changes_nothing(at: At, scene: str, command: tuple[str, ...]) -> None:
    world = at(scene)
    file, state, since = world.config_file.read_bytes(), checkpoint(world), world.last_call()
    shown = world.asked(*command, "--dry-run")
    assert shown["says"]
    assert shown["steps"] == []
    assert world.writes(since) == []
    assert world.config_file.read_bytes() == file
    assert checkpoint(world) == state


def test_switch_changes_exactly_the_pointer(at: At) -> None:
    """The moment in which clients move must hold nothing else that can go wrong."""
    world = at("prepared")
    granted = world.granted()
    assert world.asked("switch")["steps"] == [FLIP]
    assert world.pointer() == (RESTORED, 2)
    assert world.granted() == granted


BACK = [
    pytest.param("adopted", ["delete Table restore-demo.restored"], 1, id="adopted"),
    pytest.param("prepared", [GRANT, "delete Table restore-demo.restored"], 1, id="prepared"),
    pytest.param("switched", [FLIP], 3, id="switched"),
    pytest.param("dropped", ["import Table restore-demo.original", GRANT, FLIP], 3, id="dropped"),
]


@pytest.mark.parametrize(("scene", "steps", "version"), BACK)
def test_there_is_a_way_back_from_every_row(
    at: At, scene: str, steps: list[str], version: int
) -> None:
    """Back is decided in a hurry: it must be one verb from wherever one stands."""
    world = at(scene)
    assert world.asked("rollback")["steps"] == steps
    assert world.pointer() == (ORIGINAL, version)
    assert ORIGINAL in world.granted()[0]
    assert world.tables() == {ORIGINAL, RESTORED}
    assert world.items(RESTORED)["kept"]["value"] == "good"
    assert world.asked("rollback")["steps"] == []


def test_a_parameter_that_someone_edited_stops_the_switch(at: At) -> None:
    """Someone moved the clients by hand: the runbook cannot know why."""
    world = at("prepared")
    world.ssm.put_parameter(Name=PARAMETER, Value="by-hand", Type="String", Overwrite=True)
    file, before = world.config_file.read_bytes(), world.everything()
    blocked = world.asked("switch", code=3)
    assert "holds 'by-hand' in AWS" in blocked["message"]
    assert blocked["outcome"] == "blocked"
    assert world.everything() == before
    assert world.config_file.read_bytes() == file


OFF = {"PointInTimeRecoveryEnabled": False}


def recovery(world: World) -> str:
    backups = world.dynamodb.describe_continuous_backups(TableName=ORIGINAL)
    described = backups["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
    return str(described["PointInTimeRecoveryStatus"])


def test_a_hand_edit_stops_a_row_before_anything_is_touched(at: At) -> None:
    """Someone wanted it so, or did not: the update would undo it without a word."""
    world = at("prepared")
    world.dynamodb.update_continuous_backups(
        TableName=ORIGINAL, PointInTimeRecoverySpecification=OFF
    )
    since, file = world.last_call(), world.config_file.read_bytes()
    found = world.asked("switch", code=3)
    assert found["outcome"] == "blocked"
    assert found["steps"] == []
    edit = "update Table restore-demo.original (pointInTimeRecovery): not part of this step"
    assert edit in found["message"]
    assert world.writes(since) == []
    assert world.config_file.read_bytes() == file
    assert recovery(world) == "DISABLED"


def test_a_hand_edit_during_a_row_is_reported_and_not_overwritten(at: At) -> None:
    """The verb's own update is done; the proof after it says what else is not as declared."""
    world = at("prepared")
    with ThreadPoolExecutor(1) as beside, world.holding("PutParameter", "before") as held:
        switch = beside.submit(world.asked, "switch", code=4)
        while not held():
            assert not switch.done(), switch.result()
        world.dynamodb.update_continuous_backups(
            TableName=ORIGINAL, PointInTimeRecoverySpecification=OFF
        )
        world.release()
        found = switch.result(timeout=120)
    assert found["outcome"] == "differences"
    assert found["steps"] == [FLIP]
    assert "After the update AWS differs from the stack" in found["message"]
    assert "update Table restore-demo.original (pointInTimeRecovery)" in found["message"]
    assert "The update itself is done." in found["message"]
    assert recovery(world) == "DISABLED"


def test_a_table_without_its_retain_flag_stops_everything(at: At) -> None:
    """`pulumi import` leaves none, and the drop would then really delete the table."""
    world = at("restored")
    exported = json.loads(world.pulumi("stack", "export").out)
    for resource in exported["deployment"]["resources"]:
        resource.pop("retainOnDelete", None)
    without = world.project / "without.json"
    without.write_text(json.dumps(exported))
    world.pulumi("stack", "import", "--file", str(without))
    file, state, since = world.config_file.read_bytes(), checkpoint(world), world.last_call()
    blocked = world.restore("adopt", code=3).err
    assert "restore-demo.original" in blocked
    assert "retainOnDelete" in blocked
    assert world.writes(since) == []
    assert world.config_file.read_bytes() == file
    assert checkpoint(world) == state

    world.up()  # as the message says
    world.restore("adopt")


def test_clean_refuses_every_table_that_the_stack_holds(at: At) -> None:
    """It is the one verb that deletes data."""
    world = at("switched")
    since = world.last_call()
    used = f"Clients use {RESTORED}: the parameter {PARAMETER} names it."
    held = f"{ORIGINAL} is in the stack sandbox."
    for label, name, wrong in (("restored", RESTORED, used), ("original", ORIGINAL, held)):
        assert wrong in world.restore("clean", label, "--confirm", name, code=3).err
    assert world.writes(since) == []


def test_clean_deletes_a_protected_table_that_was_dropped(at: At) -> None:
    """Deletion protection guards against others; anyone who typed the name twice means it."""
    world = at("dropped")
    world.dynamodb.update_table(TableName=ORIGINAL, DeletionProtectionEnabled=True)
    said = world.restore("clean", "original", "--confirm", ORIGINAL).err
    assert "AWS keeps a system backup of it for 35 days." in said
    assert world.tables() == {RESTORED}
    assert world.restore("clean", "original", "--confirm", ORIGINAL).err.count("does not exist")
    world.no_drift()
