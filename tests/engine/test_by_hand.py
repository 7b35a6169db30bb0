"""The walk-through in plain Pulumi, as a person types it; only the restore itself is the runbook's.

Not here: what is refused (test_refusals), old commits (test_old_commits).
"""

from collections.abc import Callable

from tests.support.engine.scenes import next_second
from tests.support.engine.world import ORIGINAL, RESTORED, World

At = Callable[[str], World]


def operations(said: str) -> set[str]:
    """The counts of an update's summary, such as `+ 1 imported`."""
    lines = said.partition("Resources:")[2].partition("Duration:")[0].splitlines()
    return {" ".join(line.split()) for line in lines if line[:5].strip()}


def test_the_walk_through_ends_at_parameter_version_2_and_policy_version_2(world: World) -> None:
    """The story of docs/getting-started.md, checked where it says what is seen."""
    world.up()
    assert world.pointer() == (ORIGINAL, 1)
    assert world.granted() == ({ORIGINAL}, "v1")
    world.put(ORIGINAL, id="1", value="good")
    moment = next_second()
    world.put(ORIGINAL, id="1", value="garbage")

    world.restore("start", "--to", moment)
    world.restore("wait")
    world.pulumi("config", "set", "--path", "adoptTables[0]", "restored")
    adopted = world.up()
    assert operations(adopted.out) == {"= 1 imported", "4 unchanged"}
    world.no_drift()

    world.pulumi("config", "set", "activeTable", "restored")
    world.pulumi("config", "rm", "adoptTables")
    world.up()
    assert_taken_over(world)

    world.pulumi("destroy", "--yes", "--skip-preview")
    assert world.tables() == {ORIGINAL, RESTORED}
    world.restore("clean", "original", "--confirm", ORIGINAL)
    world.restore("clean", "restored", "--confirm", RESTORED)
    assert world.tables() == set()
    assert world.ssm.describe_parameters()["Parameters"] == []
    assert world.iam.list_policies(Scope="Local")["Policies"] == []


def test_the_short_way_takes_over_in_one_update(at: At) -> None:
    world = at("restored")
    world.pulumi("config", "set", "activeTable", "restored")
    world.up()
    assert_taken_over(world)


def assert_taken_over(world: World) -> None:
    assert world.pointer() == (RESTORED, 2)
    assert world.granted() == ({RESTORED}, "v2")
    backups = world.dynamodb.describe_continuous_backups(TableName=RESTORED)
    recovery = backups["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
    assert recovery["PointInTimeRecoveryStatus"] == "ENABLED"
    assert world.tables() == {ORIGINAL, RESTORED}
    assert world.in_stack() == {"restored"}
    assert {item["value"] for item in world.items(RESTORED).values()} == {"good"}
    assert world.outputs()["restore-demo"]["history"] == ["original", "restored"]
    world.no_drift()


def test_an_active_label_without_a_table_stops_the_update(at: At) -> None:
    """The worst slip of the finger: it must not make an empty table and point clients at it."""
    world = at("serving")
    world.pulumi("config", "set", "activeTable", "restored")
    failed = world.up(fails=True)
    assert "does not exist" in failed.said
    assert world.pointer() == (ORIGINAL, 1)
    assert world.granted() == ({ORIGINAL}, "v1")
    assert world.tables() == {ORIGINAL}
    assert world.in_stack() == {"original"}


def test_every_table_is_retained_from_its_first_update_on(at: At) -> None:
    """RetainOnDelete is read from the state: set too late, a drop would really delete."""
    for scene, labels in (("serving", 1), ("adopted", 2), ("switched", 2)):
        state = at(scene).state()
        flags = [each.get("retainOnDelete") for name, each in state.items() if "Table " in name]
        assert flags == [True] * labels


def test_destroy_leaves_the_tables(at: At) -> None:
    world = at("switched")
    world.pulumi("destroy", "--yes", "--skip-preview")
    assert world.tables() == {ORIGINAL, RESTORED}
    assert world.items(RESTORED)["kept"]["value"] == "good"
