"""`describe` where there is nothing to print."""

import json

import pytest
from click.testing import CliRunner

from restore.cli.commands import cli
from tests.support.emulator.process import KEYED_BY_ID, Emulator


@pytest.mark.parametrize(
    ("name", "says"),
    [
        pytest.param("orders", "There is no table orders in us-east-1.", id="no-such-table"),
        pytest.param(
            "or ders",
            "'or ders' is no legal name: 3 to 255 letters, digits, ., - and _.",
            id="no-name",
        ),
        pytest.param(
            "arn:aws:dynamodb:us-east-1:123456789012:table/orders",
            "'arn:aws:dynamodb:us-east-1:123456789012:table/orders' is no legal name",
            id="arn",
        ),
    ],
)
def test_a_table_that_is_not_there_is_wrong_usage(emulator: Emulator, name: str, says: str) -> None:
    """An empty config would be pasted just as well."""
    assert emulator

    result = CliRunner().invoke(cli, ["describe", name, "--json"])

    assert result.exit_code == 2
    assert json.loads(result.stdout)["outcome"] == "wrong usage"
    assert says in result.stderr


def test_a_global_table_is_blocked(emulator: Emulator) -> None:
    """Its replicas would not come back, and nobody would have been told."""
    dynamodb = emulator.client("dynamodb")
    stream = {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}
    dynamodb.create_table(TableName="orders", StreamSpecification=stream, **KEYED_BY_ID)
    dynamodb.update_table(
        TableName="orders", ReplicaUpdates=[{"Create": {"RegionName": "eu-west-1"}}]
    )

    result = CliRunner().invoke(cli, ["describe", "orders"])

    assert (result.exit_code, result.stdout) == (3, "")
    assert "orders is a global table with replicas in" in result.stderr


def test_the_object_holds_what_waits_apart(emulator: Emulator) -> None:
    """A script must not declare it by accident."""
    dynamodb = emulator.client("dynamodb")
    made = dynamodb.create_table(TableName="orders", **KEYED_BY_ID)["TableDescription"]
    target = {
        "ServiceNamespace": "dynamodb",
        "ResourceId": f"table/{made['TableName']}",
        "ScalableDimension": "dynamodb:table:ReadCapacityUnits",
    }
    scaling = emulator.client("application-autoscaling")
    scaling.register_scalable_target(**target, MinCapacity=5, MaxCapacity=50)
    scaling.put_scaling_policy(
        **target,
        PolicyName="left over",
        PolicyType="TargetTrackingScaling",
        TargetTrackingScalingPolicyConfiguration={
            "TargetValue": 70.0,
            "PredefinedMetricSpecification": {
                "PredefinedMetricType": "DynamoDBReadCapacityUtilization"
            },
        },
    )

    printed = json.loads(CliRunner().invoke(cli, ["describe", "orders", "--json"]).stdout)

    entry = printed["config"]["restore-demo:tables"]["orders"]
    assert not {"autoScaling", "adoptDependents"} & {*entry}
    [waiting] = printed["unclaimed"]
    assert waiting["path"] == "autoScaling.read"
    assert waiting["settings"]["maxCapacity"] == 50
    assert "billed on demand" in waiting["why"]
