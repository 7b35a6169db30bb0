"""What the config names in AWS and nobody has any more: each printed fix is typed, one by one."""

from collections.abc import Callable

from tests.fixes.kept import kept
from tests.fixes.sites import printed
from tests.fixes.typed import typed
from tests.support.engine.everything import FUNCTION, STREAM
from tests.support.engine.world import ORIGINAL, RESTORED, World

At = Callable[[str], World]
PLAN = ("plan", "--to", "latest")
ROLE = "reader"


def test_the_role_the_alarm_and_the_stream_of_a_config_are_put_right_as_the_plan_says(
    at: At,
) -> None:
    """`prepare` would fail at each of them after the wait, one after the other."""
    world = at("everything serving")
    role = world.iam.create_role(RoleName=ROLE, AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    key = "tables.restore-demo.resourcePolicy.Statement[0].Principal.AWS"
    world.configure(key, role)
    world.up()
    world.iam.delete_role(RoleName=ROLE)
    world.client("kinesis").delete_stream(StreamName=STREAM)
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
    said = world.restore(*PLAN, code=3).said

    with kept(world):
        assert printed(said, "restore/plan/named.py:_principal").startswith(
            "create the role; or take it out"
        )
        world.iam.create_role(RoleName=ROLE, AssumeRolePolicyDocument="{}")

        create, without = printed(said, "restore/plan/named.py:_stream").split("; or, without it: ")
        typed(world, create)
        assert "kinesisStreamingDestination" in without

        fix = printed(said, "restore/plan/named.py:_alarm")
        options = fix.removeprefix("the same command with ").partition(":")[0].split()
        assert options == ["--as", "restored-2"]
        world.restore(*PLAN, *options)


def test_a_function_that_is_gone_is_taken_out_of_the_config(at: At) -> None:
    world = at("everything serving")
    lambdas = world.client("lambda")
    (mapping,) = lambdas.list_event_source_mappings()["EventSourceMappings"]
    lambdas.delete_function(FunctionName=FUNCTION)
    with kept(world, f"DELETE /2015-03-31/event-source-mappings/{mapping['UUID']}"):
        said = world.restore(*PLAN, code=3).said
        fix = printed(said, "restore/plan/named.py:_function").partition("without it: ")[2]
        # The key stands in what an anchor shares: a command would write over more than that.
        by_hand, up = fix.split("; ")
        assert by_hand.endswith(f", remove tables.restore-demo.eventSourceMappings.{FUNCTION}")
        with world.config() as config:
            del config["restore-demo:tables"]["restore-demo"]["eventSourceMappings"][FUNCTION]
        typed(world, up)
        world.restore(*PLAN)
    assert world.pointer()[0] == ORIGINAL
