"""A parameter and a policy that others made are taken over as they are, or not at all."""

import json
from typing import Any

import pytest

from tests.support.engine.world import ORIGINAL, PARAMETER, World

KEY = "tables.restore-demo.adoptPointer"
NAME = "restore-demo-read-policy"
ARN = f"arn:aws:dynamodb:us-east-1:123456789012:table/{ORIGINAL}"
TEAM = f"arn:aws:iam::123456789012:policy/team/{NAME}"
ADOPTING = {"adoptTables": ["original"]}
_OURS = ("dynamodb:GetItem",)


def made_by_others(
    world: World, *, value: str = ORIGINAL, kind: str = "String", actions: tuple[str, ...] = _OURS
) -> None:
    """Table, parameter and policy, with all that the stack config has no key for."""
    world.dynamodb.create_table(
        TableName=ORIGINAL,
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
        SSESpecification={"Enabled": True, "SSEType": "KMS"},
    )
    world.dynamodb.update_continuous_backups(
        TableName=ORIGINAL, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
    )
    tags = [{"Key": "team", "Value": "shop"}]
    world.ssm.put_parameter(
        Name=PARAMETER,
        Value=value,
        Type=kind,
        Description="of the shop",
        Tier="Advanced",
        Tags=tags,
    )
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": [ARN]}
    world.iam.create_policy(
        PolicyName=NAME,
        Path="/team/",
        Description="of the shop",
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [statement]}),
        Tags=tags,
    )
    world.place(**ADOPTING)
    world.configure(KEY, "true")


def everything(world: World) -> dict[str, Any]:
    policy = world.iam.get_policy(PolicyArn=TEAM)["Policy"]
    version = world.iam.get_policy_version(PolicyArn=TEAM, VersionId=policy["DefaultVersionId"])
    return {
        "parameter": world.ssm.describe_parameters()["Parameters"],
        "pointer": world.pointer(),
        "tags": world.ssm.list_tags_for_resource(ResourceType="Parameter", ResourceId=PARAMETER)[
            "TagList"
        ],
        "policy": policy,
        "document": version["PolicyVersion"]["Document"],
    }


def test_what_the_config_cannot_say_is_left_alone(world: World) -> None:
    """Description and tags were removed, another path was not found.

    A description of the policy stopped the update half way.
    """
    made_by_others(world)
    known, since = everything(world), world.last_call()
    world.up()
    assert everything(world) == known
    assert world.writes(since) == []
    world.pulumi("config", "rm", "--path", KEY)
    world.place()
    world.up()
    world.no_drift()
    assert everything(world) == known


@pytest.mark.parametrize(
    ("made", "said"),
    [
        pytest.param(
            {"actions": (*_OURS, "dynamodb:Query")},
            f"taking the policy {NAME} over would take away dynamodb:query on {ARN}",
            id="further actions",
        ),
        pytest.param(
            {"actions": ("dynamodb:Query",)},
            f"would also allow dynamodb:getitem on {ARN}",
            id="other actions",
        ),
        pytest.param({"kind": "SecureString"}, "is a SecureString", id="secure"),
        pytest.param(
            {"value": "restore-demo-restored-table"},
            f"would move every client to {ORIGINAL}",
            id="another table",
        ),
    ],
)
def test_what_a_take_over_would_change_is_rejected_before_anything(
    world: World, made: dict[str, Any], said: str
) -> None:
    """A living policy was narrowed in the importing update: clients were denied at once."""
    made_by_others(world, **made)
    known, since = everything(world), world.last_call()
    assert said in world.up(fails=True).said
    assert world.writes(since) == []
    assert everything(world) == known
    assert world.state() == {} or "Table restore-demo.original" not in world.state()
