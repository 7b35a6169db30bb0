"""What the emulator offers beyond AWS: settings, the log of calls, snapshots, a quiet process.

Nothing here is AWS's; the paths are described in sandbox/emulator/control.py.
"""

import signal
import time
import urllib.error
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from tests.support.emulator.process import (
    ACCOUNT,
    KEYED_BY_ID,
    Emulator,
    allow,
    document,
    items,
    next_second,
    put,
    recoverable_table,
    restore,
    start,
    window,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_iam import IAMClient

LISTENING = "0A"  # /proc/net/tcp's state of a listening socket
LOOPBACK = "0100007F"


def test_nothing_listens_beyond_this_machine(running: Emulator) -> None:
    """A dummy key is admin here: nobody else may reach it."""
    port = int(running.url.rpartition(":")[2])
    listening = [
        local
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]
        for local, state in [(line.split()[1], line.split()[3])]
        if state == LISTENING and int(local.rpartition(":")[2], 16) == port
    ]

    assert [address.partition(":")[0] for address in listening] == [LOOPBACK]


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT])
def test_the_process_ends_cleanly(name: signal.Signals) -> None:
    """`sandbox stop` must not leave a traceback in the log."""
    process, _ = start()
    process.send_signal(name)

    assert process.wait(timeout=30) == 0


def test_it_answers_when_it_is_healthy(running: Emulator) -> None:
    """The sandbox waits for this path."""
    assert "restore_seconds" in running.ask("GET", "/sandbox/settings")


def test_settings_change_while_it_runs(emulator: Emulator) -> None:
    """A demo shows AWS's twenty minutes without a restart."""
    before = emulator.ask("GET", "/sandbox/settings")
    changed = emulator.ask("PUT", "/sandbox/settings", {"restore_seconds": 1200})
    emulator.ask("PUT", "/sandbox/settings", before)

    assert changed == before | {"restore_seconds": 1200}


@pytest.mark.parametrize(
    "wrong", [{"restore_secs": 1}, {"lag_seconds": -1}, {"lag_seconds": "5"}, {"lag_seconds": True}]
)
def test_a_wrong_setting_is_refused(emulator: Emulator, wrong: dict[str, Any]) -> None:
    """A typing error must not leave a test on the old durations unnoticed."""
    before = emulator.ask("GET", "/sandbox/settings")
    with pytest.raises(urllib.error.HTTPError, match="400") as refused:
        emulator.ask("PUT", "/sandbox/settings", wrong)
    refused.value.close()

    assert emulator.ask("GET", "/sandbox/settings") == before


def test_calls_are_counted_since_a_mark(emulator: Emulator, dynamodb: "DynamoDBClient") -> None:
    """A test proves that a restore was started once by counting the calls.

    The bench reads from their times when clients were moved.
    """
    began = time.time()
    dynamodb.create_table(TableName="orders", **KEYED_BY_ID)
    mark = emulator.ask("GET", "/sandbox/calls")["last"]
    dynamodb.describe_table(TableName="orders")
    with pytest.raises(dynamodb.exceptions.ResourceNotFoundException):
        dynamodb.describe_table(TableName="nowhere")
    emulator.client("iam").create_user(UserName="me")

    log = emulator.ask("GET", f"/sandbox/calls?since={mark}")

    assert [
        (call["service"], call["action"], call["params"], call["status"]) for call in log["calls"]
    ] == [
        ("dynamodb", "DescribeTable", {"TableName": "orders"}, 200),
        ("dynamodb", "DescribeTable", {"TableName": "nowhere"}, 400),
        ("iam", "CreateUser", {"UserName": "me", "Version": "2010-05-08"}, 200),
    ]
    assert log["last"] == mark + 3
    times = [call["at"] for call in log["calls"]]
    assert began < times[0] < times[1] < times[2] < time.time()
    assert log["calls"][0]["access_key"] == "sandbox"
    assert log["calls"][0]["user_agent"].startswith("Boto3/")


def test_a_reset_leaves_nothing(emulator: Emulator, dynamodb: "DynamoDBClient") -> None:
    """Each test begins with an empty AWS, backups of deleted tables included."""
    recoverable_table(dynamodb)
    dynamodb.delete_table(TableName="orders")
    emulator.client("iam").create_user(UserName="me")
    emulator.ask("POST", "/moto-api/reset")

    assert dynamodb.list_tables()["TableNames"] == []
    assert dynamodb.list_backups(BackupType="ALL")["BackupSummaries"] == []
    assert emulator.client("iam").list_users()["Users"] == []


def test_a_snapshot_brings_everything_back_again_and_again(
    emulator: Emulator, dynamodb: "DynamoDBClient", iam: "IAMClient"
) -> None:
    """An engine test starts from a row of the truth table without walking there."""
    recoverable_table(dynamodb, SSESpecification={"Enabled": True})
    put(dynamodb, "orders", "one", state="good")
    point = next_second()
    put(dynamodb, "orders", "one", state="bad")
    restore(dynamodb, point)
    ssm = emulator.client("ssm")
    ssm.put_parameter(Name="table", Value="orders", Type="String")
    policy = iam.create_policy(
        PolicyName="read", PolicyDocument=document(allow("iam:Get*", on="*"))
    )["Policy"]
    kms = emulator.client("kms")
    keys = kms.list_keys()["Keys"]
    earliest, _ = window(dynamodb)
    snapshot = emulator.ask("POST", "/sandbox/snapshots")["id"]

    for _ in range(2):
        dynamodb.delete_table(TableName="orders")
        dynamodb.delete_table(TableName="restored")
        ssm.put_parameter(Name="table", Value="restored", Type="String", Overwrite=True)
        iam.delete_policy(PolicyArn=policy["Arn"])
        kms.create_key()
        emulator.client("sqs").create_queue(QueueName="later")
        emulator.ask("PUT", f"/sandbox/snapshots/{snapshot}/load")

        assert items(dynamodb, "orders") == {"one": {"state": "bad"}}
        assert items(dynamodb, "restored") == {"one": {"state": "good"}}
        assert dynamodb.list_backups(BackupType="ALL")["BackupSummaries"] == []
        assert window(dynamodb)[0] == earliest
        assert ssm.get_parameter(Name="table")["Parameter"]["Value"] == "orders"
        assert iam.get_policy(PolicyArn=policy["Arn"])["Policy"]["PolicyName"] == "read"
        assert kms.list_keys()["Keys"] == keys
        assert "QueueUrls" not in emulator.client("sqs").list_queues()
    restore(dynamodb, point, target="restored-2")
    assert items(dynamodb, "restored-2") == {"one": {"state": "good"}}


def test_a_snapshot_holds_the_other_services_of_a_stack(emulator: Emulator) -> None:
    """Alarms, scalers, streams, queues and functions hang on a table; any may lock or lambda."""
    emulator.client("cloudwatch").put_metric_alarm(
        AlarmName="throttled",
        MetricName="ThrottledRequests",
        Namespace="AWS/DynamoDB",
        Period=60,
        EvaluationPeriods=1,
        Threshold=1,
        ComparisonOperator="GreaterThanThreshold",
        Statistic="Sum",
    )
    emulator.client("kinesis").create_stream(StreamName="changes", ShardCount=1)
    queue = emulator.client("sqs").create_queue(QueueName="queue")["QueueUrl"]
    emulator.client("sqs").send_message(QueueUrl=queue, MessageBody="hello")
    emulator.client("sns").create_topic(Name="topic")
    emulator.client("logs").create_log_group(logGroupName="log")
    emulator.client("events").put_rule(Name="rule", ScheduleExpression="rate(1 day)")
    s3 = emulator.client("s3")
    s3.create_bucket(Bucket="a-bucket")
    snapshot = emulator.ask("POST", "/sandbox/snapshots")["id"]
    emulator.ask("POST", "/moto-api/reset")
    emulator.ask("PUT", f"/sandbox/snapshots/{snapshot}/load")

    alarms = emulator.client("cloudwatch").describe_alarms()["MetricAlarms"]
    assert [alarm["AlarmName"] for alarm in alarms] == ["throttled"]
    assert emulator.client("kinesis").list_streams()["StreamNames"] == ["changes"]
    messages = emulator.client("sqs").receive_message(QueueUrl=queue)["Messages"]
    assert [message["Body"] for message in messages] == ["hello"]
    assert [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]] == ["a-bucket"]


def test_an_unknown_snapshot_is_refused(emulator: Emulator) -> None:
    """Loading nothing must not pass for loading something."""
    with pytest.raises(urllib.error.HTTPError, match="404") as refused:
        emulator.ask("PUT", "/sandbox/snapshots/none/load")
    refused.value.close()


def test_regions_are_apart(emulator: Emulator) -> None:
    """A stack may stand in any region."""
    for region in ("eu-west-1", "ap-southeast-2"):
        client = cast("DynamoDBClient", emulator.client("dynamodb", region=region))
        recoverable_table(client, region)
        assert client.list_tables()["TableNames"] == [region]
        table = client.describe_table(TableName=region)["Table"]
        assert table["TableArn"] == f"arn:aws:dynamodb:{region}:{ACCOUNT}:table/{region}"


@pytest.mark.parametrize(("moment", "there"), [("before", []), ("after", ["orders"])])
def test_a_held_call_waits_before_it_is_done_or_before_it_is_answered(
    emulator: Emulator, moment: str, there: list[str]
) -> None:
    """Who is killed meanwhile leaves AWS with or without the table, and never knows which."""
    dynamodb: DynamoDBClient = emulator.client("dynamodb")
    hold = {"action": "CreateTable", "moment": moment}
    assert emulator.ask("PUT", "/sandbox/hold", hold)["held"] == 0
    with ThreadPoolExecutor(1) as beside:
        made = beside.submit(dynamodb.create_table, TableName="orders", **KEYED_BY_ID)
        give_up = time.monotonic() + 30
        while not emulator.ask("GET", "/sandbox/hold")["held"]:
            assert time.monotonic() < give_up
        assert dynamodb.list_tables()["TableNames"] == there
        assert not made.done()
        emulator.ask("DELETE", "/sandbox/hold")
        assert made.result(timeout=30)["TableDescription"]["TableName"] == "orders"


def test_a_hold_at_no_known_moment_is_refused(emulator: Emulator) -> None:
    """A test would wait for a call that nothing holds."""
    with pytest.raises(urllib.error.HTTPError, match="400") as refused:
        emulator.ask("PUT", "/sandbox/hold", {"action": "CreateTable", "moment": "never"})
    refused.value.close()
