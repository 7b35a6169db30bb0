"""The operator's document of a table with everything: enough, and nothing in it idle.

It takes minutes, and so stands apart from the tests: `make policies`.
"""

from collections.abc import Callable

import pytest

from tests.support.engine.everything import surround, table
from tests.support.engine.iam_actions import action_of
from tests.support.engine.operators import CLEAN, RUN, Removal, acting, printed
from tests.support.engine.removals import REMOVALS
from tests.support.engine.world import World

At = Callable[[str], World]
ADOPT, PREPARE, VERIFY = ("adopt",), ("prepare",), ("verify",)
START = ("start", "--to", "latest")
RESTORED, ADOPTED = "everything restored", "everything adopted"
MORE = {
    "ChangeMappings": Removal(RESTORED, ADOPT, "lambda:GetEventSourceMapping"),
    "Insights": Removal(RESTORED, ADOPT, "dynamodb:DescribeContributorInsights"),
    "LookAtAwsKey": Removal(RESTORED, VERIFY, "kms:DescribeKey"),
    "LookAtKey": Removal(RESTORED, ADOPT, "kms:DescribeKey"),
    "LookAtMappings": Removal(RESTORED, VERIFY, "lambda:ListTags"),
    "MakeAlarms": Removal(ADOPTED, PREPARE, "cloudwatch:PutMetricAlarm"),
    "MapFunctions": Removal(ADOPTED, PREPARE, "lambda:CreateEventSourceMapping"),
    "PlanFunctions": Removal("everything serving", ("plan",), "lambda:GetFunctionConfiguration", 0),
    "PlanStreams": Removal("everything serving", ("plan",), "dynamodb:GetResourcePolicy", 0),
    "Scale": Removal(RESTORED, ADOPT, "application-autoscaling:ListTagsForResource"),
    "StreamTo": Removal(ADOPTED, PREPARE, "kinesis:DescribeStream"),
    "UseKey": Removal("everything serving", START, "kms:CreateGrant"),
}
BY_AWS = {
    *(f"dynamodb:{each}Item" for each in ("BatchWrite", "Delete", "Get", "Put", "Update")),
    "dynamodb:Query",
    "dynamodb:Scan",
    "kinesis:DescribeStream",
    "kinesis:ListStreams",
    "kinesis:PutRecords",
    *(f"kms:{each}" for each in ("CreateGrant", "Decrypt", "Encrypt")),
    "kms:GenerateDataKey*",
    "kms:ReEncrypt*",
}
"""What DynamoDB does for its caller: the operator needs the right and makes no such call."""
AT_OTHER_TIMES = {
    "backup:GetBackupSelection",
    "backup:ListBackupPlans",
    "backup:ListBackupSelections",
    "dynamodb:RestoreTableFromBackup",
    "iam:DeletePolicyVersion",
    "iam:GetRole",
    "iam:GetUser",
}
"""After a loss, at a sixth version, by a role, for a user in a resource policy; the calls of AWS
Backup are known by their paths."""


def test_it_is_enough_from_the_first_update_to_the_last_delete_and_nothing_is_idle(
    world: World,
) -> None:
    """A right that no call needs is one that someone else may use."""
    surround(world)
    with world.config() as config:
        config["restore-demo:tables"] = {"restore-demo": table(world.env["AWS_REGION"])}
    document = printed(world)
    since = world.last_call()
    with acting(world, document):
        world.up()
        world.restore("freeze")
        world.restore("thaw")
        world.restore("plan")
        world.restore(*RUN)
        world.restore(*CLEAN)
        world.no_drift()
    called = {action_of(call) for call in world.calls(since)}
    allowed = {action for each in document["Statement"] for action in each["Action"]}
    unused, expected = allowed - called, BY_AWS | AT_OTHER_TIMES
    assert (unused - expected, expected - unused) == (set(), set())


def test_every_statement_is_taken_away_once(at: At) -> None:
    sids = {each["Sid"] for each in printed(at("everything serving"))["Statement"]}

    # A table with a resource policy of its own is frozen by the rights that its policy needs.
    assert sids == {*REMOVALS, *MORE} - {"Freeze"}


@pytest.mark.parametrize("sid", MORE)
def test_without_one_statement_what_needs_it_names_the_action(at: At, sid: str) -> None:
    MORE[sid].prove(at, sid)
