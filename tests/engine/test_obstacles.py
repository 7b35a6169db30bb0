"""All obstacles before the wait: what would stop a run is found before its restore is started.

Each case puts one thing in the way of a run that nothing else hinders.
"""

import shlex
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.engine.everything import FUNCTION, STREAM
from tests.support.engine.faults import clients_are_served, restores
from tests.support.engine.world import ORIGINAL, RESTORED, World

At = Callable[[str], World]
RUN = ("run", "--to", "latest", "--drain", "0", "--yes")


def drift(world: World) -> None:
    world.dynamodb.update_table(TableName=ORIGINAL, DeletionProtectionEnabled=True)


def undeployed(world: World) -> None:
    world.configure("tables.restore-demo.ttl.attributeName", "expires")
    world.configure("tables.restore-demo.ttl.enabled", "true")


def both(world: World) -> None:
    """Drift beside an undeployed change of the same table: one update for the two."""
    drift(world)
    undeployed(world)


def key_type(world: World) -> None:
    world.configure("tables.restore-demo.attributes[0].type", "N")


OBSTACLES = [
    pytest.param(drift, "stack", "pulumi up --refresh", id="drift"),
    pytest.param(undeployed, "stack", "pulumi up", id="undeployed"),
    pytest.param(both, "stack", "pulumi up --refresh", id="drift-and-undeployed"),
    pytest.param(
        key_type,
        "settings",
        "pulumi config set --path 'tables.restore-demo.attributes[0].type' S",
        id="key-type",
    ),
]


def blocked(world: World, *command: str) -> list[dict[str, Any]]:
    """What blocks the command; nothing in AWS was changed by it."""
    since = world.last_call()
    told = world.asked(*command, code=3)
    assert world.writes(since) == []
    return [each for each in told["findings"] if each["level"] == "blocked"]


def carry_out(world: World, fix: str) -> None:
    """Types the first way that a fix offers."""
    command = shlex.split(fix)
    if command[:2] == ["pulumi", "up"]:
        command += ["--yes", "--skip-preview"]
    done = world.run(*command)
    assert done.code == 0, done.said


@pytest.mark.parametrize(("obstacle", "about", "fix"), OBSTACLES)
def test_an_obstacle_stops_a_run_before_its_restore_and_the_printed_fix_removes_it(
    at: At, obstacle: Callable[[World], None], about: str, fix: str
) -> None:
    """After the wait it would cost an hour, at the worst moment."""
    # prints: restore/plan/pending.py:pending
    # prints: restore/plan/settings.py:_finding
    world = at("serving")
    obstacle(world)

    found = blocked(world, *RUN)

    assert [each["about"] for each in found] == [about]
    assert found[0]["fix"].split(", which")[0] == fix
    since = world.last_call()
    carry_out(world, fix)
    world.restore(*RUN)
    assert restores(world, since) == 1
    assert world.pointer()[0] == RESTORED
    clients_are_served(world)
    world.no_drift()


def hung(found: list[dict[str, Any]]) -> dict[str, str]:
    """About → the fix, of what a table's config names."""
    return {each["about"]: each["fix"] for each in found}


def test_what_the_config_names_and_nobody_has_any_more_is_found_at_once(at: At) -> None:
    """`prepare` would fail at each of them, one after the other, after the wait."""
    world = at("everything serving")
    world.client("kinesis").delete_stream(StreamName=STREAM)
    world.client("lambda").delete_function(FunctionName=FUNCTION)
    world.client("cloudwatch").put_metric_alarm(
        AlarmName=f"{RESTORED}-slow",
        Namespace="AWS/DynamoDB",
        MetricName="SuccessfulRequestLatency",
        Dimensions=[{"Name": "TableName", "Value": "others"}],
        Statistic="Average",
        Period=60,
        EvaluationPeriods=1,
        Threshold=1,
        ComparisonOperator="GreaterThanThreshold",
    )

    found = hung(blocked(world, "start", "--to", "latest"))

    assert {"stream", "function", "alarm"} <= found.keys()
    assert found["stream"].startswith(f"aws kinesis create-stream --stream-name {STREAM} ")
    assert found == hung(blocked(world, "plan", "--to", "latest"))


def test_beside_a_deleted_table_an_undeployed_change_is_found_and_no_update_is_offered(
    at: At,
) -> None:
    """The rescue is one update, refused over it; and a `pulumi up` beside the lost table fails."""
    world = at("lost")
    world.configure("tables.restore-demo.billingMode", "PROVISIONED")
    world.configure("tables.restore-demo.readCapacity", "5")
    world.configure("tables.restore-demo.writeCapacity", "5")

    (found,) = blocked(world, "start", "--to", "latest")

    assert found["about"] == "stack"
    assert "billingMode" in found["says"]
    assert "pulumi up" not in found["fix"]
    assert "--accept" not in found["fix"]
    world.configure("tables.restore-demo.billingMode", "PAY_PER_REQUEST")
    for key in ("readCapacity", "writeCapacity"):
        world.pulumi("config", "rm", "--path", f"tables.restore-demo.{key}")
    world.restore("start", "--to", "latest", "--dry-run")


INDEXES = {
    "globalSecondaryIndexes": {"name": "by-owner", "hashKey": "owner", "projectionType": "ALL"},
    "localSecondaryIndexes": {"name": "by-owner", "rangeKey": "owner", "projectionType": "ALL"},
}


@pytest.mark.parametrize("key", INDEXES)
def test_an_index_that_the_live_table_does_not_have_is_found_before_the_wait(
    at: At, key: str
) -> None:
    """It was found by the import, after the wait. A local one would replace the table."""
    world = at("serving")
    with world.config() as config:
        entry = config["restore-demo:tables"]["restore-demo"]
        entry["attributes"].append({"name": "owner", "type": "S"})
        entry[key] = [INDEXES[key]]
        if key.startswith("local"):
            entry["rangeKey"] = "at"
            entry["attributes"].append({"name": "at", "type": "S"})

    found = blocked(world, "plan", "--to", "latest")

    assert any(key in each["says"] for each in found)
    if key.startswith("local"):
        assert not any("pulumi up" in each["fix"] for each in found)
        assert "replace" in " ".join(each["says"] for each in found)
    else:
        carry_out(world, found[0]["fix"].partition(", which")[0])
        world.restore("plan", "--to", "latest")
