"""Changes of a table in use that AWS takes only in a certain order, on the real engine."""

from typing import Any

import pytest

from tests.support.engine.everything import ACCOUNT, FUNCTION, STREAM, surround
from tests.support.engine.world import ORIGINAL, RESTORED, World

pytestmark = pytest.mark.timeout(600)


def entry(world: World) -> Any:
    """The table's entry, to be changed and written with `world.config`."""
    region = world.env["AWS_REGION"]
    return {
        "hashKey": "id",
        "attributes": [{"name": "id", "type": "S"}],
        "billingMode": "PAY_PER_REQUEST",
        "pointInTimeRecovery": {"enabled": True},
        "streamEnabled": True,
        "streamViewType": "NEW_IMAGE",
        "eventSourceMappings": {FUNCTION: {"functionName": FUNCTION, "startingPosition": "LATEST"}},
        "kinesisStreamingDestination": {
            "streamArn": f"arn:aws:kinesis:{region}:{ACCOUNT}:stream/{STREAM}",
            "approximateCreationDateTimePrecision": "MILLISECOND",
        },
    }


def change(world: World, **keys: Any) -> None:
    with world.config() as config:
        tables = config["restore-demo:tables"]
        tables["restore-demo"] = {**tables["restore-demo"], **keys}


def mappings(world: World, table: str) -> list[tuple[str, str]]:
    """(where it starts, the stream's view) of each mapping of the table's own stream."""
    described = world.dynamodb.describe_table(TableName=table)["Table"]
    found = world.client("lambda").list_event_source_mappings(
        EventSourceArn=described["LatestStreamArn"]
    )["EventSourceMappings"]
    view = described["StreamSpecification"]["StreamViewType"]
    return [(each["StartingPosition"], view) for each in found]


def precisions(world: World, table: str) -> list[str]:
    found = world.dynamodb.describe_kinesis_streaming_destination(TableName=table)
    return [
        each["ApproximateCreationDateTimePrecision"]
        for each in found["KinesisDataStreamDestinations"]
        if each["DestinationStatus"] == "ACTIVE"
    ]


def from_the_start(world: World, view: str, start: str, precision: str) -> None:
    """Changes all three, and deploys them."""
    own = entry(world)
    mapping = {FUNCTION: {**own["eventSourceMappings"][FUNCTION], "startingPosition": start}}
    destination = {
        **own["kinesisStreamingDestination"],
        "approximateCreationDateTimePrecision": precision,
    }
    change(
        world,
        streamViewType=view,
        eventSourceMappings=mapping,
        kinesisStreamingDestination=destination,
    )
    world.up()


def test_what_aws_has_once_is_replaced_in_use_and_between_two_verbs(world: World) -> None:
    """Created before the old one is deleted, AWS refuses it, and every later `up` fails."""
    surround(world)
    with world.config() as config:
        config["restore-demo:tables"] = {"restore-demo": entry(world)}
    world.up()

    from_the_start(world, "NEW_IMAGE", "TRIM_HORIZON", "MICROSECOND")
    assert mappings(world, ORIGINAL) == [("TRIM_HORIZON", "NEW_IMAGE")]
    assert precisions(world, ORIGINAL) == ["MICROSECOND"]

    world.restore("start", "--to", "latest")
    world.restore("wait")
    world.restore("adopt")
    from_the_start(world, "NEW_AND_OLD_IMAGES", "LATEST", "MILLISECOND")
    assert world.phase() == "adopted"
    world.restore("prepare")
    from_the_start(world, "KEYS_ONLY", "TRIM_HORIZON", "MICROSECOND")
    world.restore("switch", "--yes")
    for table in (ORIGINAL, RESTORED):
        assert mappings(world, table) == [("TRIM_HORIZON", "KEYS_ONLY")]
        assert precisions(world, table) == ["MICROSECOND"]
    world.no_drift()


def test_a_table_that_becomes_provisioned_starts_at_its_scalers_minimum(world: World) -> None:
    """At 1 it would throttle every client until the scaler has noticed."""
    index = {"name": "by-owner", "hashKey": "owner", "projectionType": "ALL"}
    maximum = {"maxReadRequestUnits": 90, "maxWriteRequestUnits": 80}
    both = [{"name": each, "type": "S"} for each in ("id", "owner")]
    change(
        world,
        attributes=both,
        onDemandThroughput=maximum,
        globalSecondaryIndexes=[{**index, "onDemandThroughput": maximum}],
    )
    world.up()
    with world.config() as config:
        own = config["restore-demo:tables"]["restore-demo"]
        own["onDemandThroughput"] = {"maxReadRequestUnits": 90}
        own["globalSecondaryIndexes"] = [index]
    world.up()
    described = world.dynamodb.describe_table(TableName=ORIGINAL)["Table"]
    assert described["OnDemandThroughput"].get("MaxWriteRequestUnits", -1) == -1
    assert described["OnDemandThroughput"]["MaxReadRequestUnits"] == 90
    (by_owner,) = described["GlobalSecondaryIndexes"]
    assert {*by_owner.get("OnDemandThroughput", {"none": -1}).values()} == {-1}
    world.no_drift()

    tracking = {"minCapacity": 7, "maxCapacity": 50, "targetValue": 70}
    scaled = {"read": tracking, "write": tracking}
    with world.config() as config:
        own = config["restore-demo:tables"]["restore-demo"]
        del own["onDemandThroughput"]
        own["billingMode"] = "PROVISIONED"
        own["autoScaling"] = {**scaled, "indexes": {"by-owner": scaled}}
    world.up()
    described = world.dynamodb.describe_table(TableName=ORIGINAL)["Table"]
    for owner in (described, *described["GlobalSecondaryIndexes"]):
        assert owner["ProvisionedThroughput"]["ReadCapacityUnits"] == 7
        assert owner["ProvisionedThroughput"]["WriteCapacityUnits"] == 7
    world.no_drift()
