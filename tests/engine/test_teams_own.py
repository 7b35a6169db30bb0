"""What a team declares beside our tables, in one stack, is not ours, and is not lost."""

import json

from tests.support.engine.faults import At
from tests.support.engine.identity import identity
from tests.support.engine.world import ORIGINAL, PARAMETER, RESTORED, World

ALARM = {
    "metricName": "ReadThrottleEvents",
    "comparisonOperator": "GreaterThanThreshold",
    "threshold": 1,
    "evaluationPeriods": 1,
    "period": 60,
    "statistic": "Sum",
}
THEIRS = f"""
import json
import pulumi_aws as aws

aws.dynamodb.Table(
    "audit",
    name="audit",
    hash_key="id",
    attributes=[{{"name": "id", "type": "S"}}],
    billing_mode="PAY_PER_REQUEST",
)
statement = {{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}
document = json.dumps({{"Version": "2012-10-17", "Statement": [statement]}})
aws.iam.Policy("shop", name="theirs", policy=document)
aws.ssm.Parameter("shop", name="theirs", type="String", value="42")
aws.cloudwatch.MetricAlarm(
    "theirs",
    name="{ORIGINAL}-slow",
    namespace="AWS/DynamoDB",
    metric_name="ReadThrottleEvents",
    comparison_operator="GreaterThanThreshold",
    threshold=1,
    evaluation_periods=1,
    period=60,
    statistic="Sum",
)
"""
OUTPUT = """
import pulumi

pulumi.export("tables", {"audit": "arn:aws:dynamodb:us-east-1:123456789012:table/audit"})
"""


def test_what_a_team_declares_beside_our_tables_is_theirs(world: World) -> None:
    """Refused as forgotten, blocked by a flag that is not ours to set, or deleted with a drop."""
    program = world.project / "__main__.py"
    ours = program.read_text()
    program.write_text(OUTPUT)
    world.up()
    program.write_text(ours + THEIRS)
    world.up()
    world.restore("plan", "--to", "latest")
    world.no_drift()

    since = world.last_call()
    with world.config() as config:
        config["restore-demo:tables"]["restore-demo"]["alarms"] = {"slow": ALARM}
    said = world.up(fails=True).said
    assert f"tables.restore-demo.alarms.slow: the alarm {ORIGINAL}-slow is in this stack as" in said
    assert world.writes(since) == []
    program.write_text(ours)


def test_a_stack_that_was_removed_takes_over_what_clients_use(at: At) -> None:
    """An older config and adoptPointer moved every client back to the garbage, with exit 0."""
    world = at("dropped")
    known, pointer = identity(world), world.pointer()
    assert pointer[0] == RESTORED
    world.pulumi("stack", "rm", "--yes", "--force", "--preserve-config")
    world.pulumi("stack", "init", "sandbox")
    world.place()

    since = world.last_call()
    world.configure("tables.restore-demo.adoptPointer", "true")
    said = world.up(fails=True).said
    assert f"the parameter {PARAMETER} names {RESTORED}" in said
    assert world.writes(since) == []
    world.pulumi("config", "rm", "--path", "tables.restore-demo.adoptPointer")

    told = world.asked("status")["tables"]["restore-demo"]["next"]
    commands = told.partition("to take it over: ")[2].replace("pulumi up", "pulumi up --yes")
    done = world.run("bash", "-ec", commands)
    assert done.code == 0, json.dumps(told) + done.said
    assert world.pointer() == pointer
    assert identity(world) == known
    assert world.writes(since) == []
    world.no_drift()
