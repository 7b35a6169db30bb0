"""What a restore loses: live, not copied, and not in the stack config."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from restore.losses.loss import Loss, lines, merged
from restore.losses.lost import losses
from restore.losses.mention import Kind, Mention, Survey
from restore.settings.answers import Answers
from stacks.config import TableConfig
from stacks.parse import parse
from tests.unit.stacks.documents import TABLE, entry, texts

NAME = f"{TABLE}-original-table"
ARN = f"arn:aws:dynamodb:eu-west-1:123456789012:table/{NAME}"
STREAM = "arn:aws:kinesis:eu-west-1:123456789012:stream/changes"
BARE = Answers(
    table={
        "TableName": NAME,
        "TableArn": ARN,
        "TableStatus": "ACTIVE",
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "BillingModeSummary": {"BillingMode": "PAY_PER_REQUEST"},
        "WarmThroughput": {"ReadUnitsPerSecond": 12_000, "WriteUnitsPerSecond": 4_000},
    },
    recovery={"PointInTimeRecoveryStatus": "ENABLED", "RecoveryPeriodInDays": 35},
)
BY_CUSTOMER: dict[str, Any] = {
    "name": "by-customer",
    "hashKey": "customer",
    "projectionType": "ALL",
}


def described(**table: Any) -> Answers:
    return replace(BARE, table={**BARE.table, **table})


def declared(**changed: Any) -> TableConfig:
    (config,) = parse(texts({"tables": {TABLE: entry(**changed)}})).tables
    return config


def lost(answers: Answers | None, config: TableConfig | None = None, *found: Mention) -> list[Loss]:
    return losses(Survey(answers, found), config or declared())


def only(answers: Answers, config: TableConfig | None = None) -> Loss:
    (loss,) = lost(answers, config)
    return loss


def set_(path: str, value: str) -> str:
    return f"pulumi config set --path {path} {value}"


def test_a_table_as_it_is_declared_loses_nothing() -> None:
    assert lost(BARE) == []


SETTINGS = [
    pytest.param(
        replace(BARE, ttl={"TimeToLiveStatus": "ENABLED", "AttributeName": "expires"}),
        "ttl",
        "on, expires",
        {"ttl": {"enabled": True, "attributeName": "expires"}},
        id="ttl",
    ),
    pytest.param(
        described(StreamSpecification={"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"}),
        "streamEnabled",
        "on, KEYS_ONLY",
        {"streamEnabled": True, "streamViewType": "KEYS_ONLY"},
        id="stream",
    ),
    pytest.param(
        described(DeletionProtectionEnabled=True),
        "deletionProtectionEnabled",
        "on",
        {"deletionProtectionEnabled": True},
        id="deletion-protection",
    ),
    pytest.param(
        described(TableClassSummary={"TableClass": "STANDARD_INFREQUENT_ACCESS"}),
        "tableClass",
        "STANDARD_INFREQUENT_ACCESS",
        {"tableClass": "STANDARD_INFREQUENT_ACCESS"},
        id="table-class",
    ),
    pytest.param(
        described(OnDemandThroughput={"MaxReadRequestUnits": 50, "MaxWriteRequestUnits": -1}),
        "onDemandThroughput",
        "50",
        {"onDemandThroughput": {"maxReadRequestUnits": 50}},
        id="on-demand-maximum",
    ),
    pytest.param(
        described(WarmThroughput={"ReadUnitsPerSecond": 20_000, "WriteUnitsPerSecond": 4_000}),
        "warmThroughput",
        "20000, 4000",
        {"warmThroughput": {"readUnitsPerSecond": 20_000, "writeUnitsPerSecond": 4_000}},
        id="warm-throughput",
    ),
]


@pytest.mark.parametrize(("answers", "name", "detail", "config"), SETTINGS)
def test_a_setting_that_the_config_does_not_say_is_lost(
    answers: Answers, name: str, detail: str, config: Mapping[str, Any]
) -> None:
    loss = only(answers)

    assert (loss.kind, loss.name, loss.detail, loss.config) == ("setting", name, detail, config)
    assert loss.todo.startswith(f"pulumi config set --path tables.{TABLE}.{name}")


@pytest.mark.parametrize(("answers", "_name", "_detail", "config"), SETTINGS)
def test_the_same_setting_in_the_config_is_not_lost(
    answers: Answers, _name: str, _detail: str, config: Mapping[str, Any]
) -> None:
    """What the plan says to write must be what makes it fall silent."""
    assert lost(answers, declared(**config)) == []


def test_a_period_of_recovery_that_the_config_does_not_say_is_lost() -> None:
    answers = replace(BARE, recovery={**BARE.recovery, "RecoveryPeriodInDays": 7})

    loss = only(answers)

    assert loss.detail == "on, 7; the stack config says on"
    assert set_(f"tables.{TABLE}.pointInTimeRecovery.recoveryPeriodInDays", "7") in loss.todo


def test_recovery_itself_is_lost_where_the_config_leaves_it_out() -> None:
    assert only(BARE, declared(pointInTimeRecovery=None)).name == "pointInTimeRecovery"


def test_a_setting_that_the_config_says_otherwise_is_lost_and_both_are_told() -> None:
    answers = replace(BARE, ttl={"TimeToLiveStatus": "ENABLED", "AttributeName": "expires"})

    loss = only(answers, declared(ttl={"enabled": True, "attributeName": "until"}))

    assert loss.detail == "on, expires; the stack config says on, until"


def test_warm_throughput_may_be_declared_higher_than_it_is() -> None:
    warm = {"readUnitsPerSecond": 30_000, "writeUnitsPerSecond": 4_000}
    answers = described(WarmThroughput={"ReadUnitsPerSecond": 20_000, "WriteUnitsPerSecond": 4_000})

    assert lost(answers, declared(warmThroughput=warm)) == []


@pytest.mark.parametrize(
    ("tag", "value", "todo"),
    [
        pytest.param("team", "shop", set_(f"tables.{TABLE}.tags.team", "shop"), id="plain"),
        pytest.param(
            "cost.center",
            "a b",
            set_(f"""'tables.{TABLE}.tags["cost.center"]'""", "'a b'"),
            id="to-be-quoted",
        ),
        pytest.param(
            "year", "2026", set_(f"tables.{TABLE}.tags.year", "--type string -- 2026"), id="digits"
        ),
        pytest.param(
            "keep", "true", set_(f"tables.{TABLE}.tags.keep", "--type string -- true"), id="true"
        ),
    ],
)
def test_each_tag_is_lost_by_itself(tag: str, value: str, todo: str) -> None:
    """`config set --path` takes `2026` for a number, which no tag may be."""
    answers = replace(BARE, tags={tag: value, "kept": "yes"})

    loss = only(answers, declared(tags={"kept": "yes"}))

    assert loss == Loss("tag", tag, value, {"tags": {tag: value}}, todo)


def test_a_tag_that_was_changed_by_hand_is_told_with_what_the_config_says() -> None:
    loss = only(replace(BARE, tags={"team": "shop"}), declared(tags={"team": "web"}))

    assert loss.detail == "shop; the stack config says web"


def with_index(**more: Any) -> Answers:
    index = {
        "IndexName": "by-customer",
        "KeySchema": [{"AttributeName": "customer", "KeyType": "HASH"}],
        "Projection": {"ProjectionType": "ALL"},
        **more,
    }
    return described(GlobalSecondaryIndexes=[index])


INDEXED: dict[str, Any] = {
    "attributes": [{"name": name, "type": "S"} for name in ("id", "customer")],
    "globalSecondaryIndexes": [BY_CUSTOMER],
}
CAPPED = {"OnDemandThroughput": {"MaxReadRequestUnits": 50}}


def test_an_index_keeps_what_a_restore_copies() -> None:
    assert lost(with_index(), declared(**INDEXED)) == []


def test_a_setting_of_an_index_is_lost_with_its_place_in_the_config() -> None:
    loss = only(with_index(**CAPPED), declared(**INDEXED))

    assert loss.name == "onDemandThroughput of by-customer"
    path = f"tables.{TABLE}.globalSecondaryIndexes[0].onDemandThroughput.maxReadRequestUnits"
    assert loss.todo == set_(f"'{path}'", "50")


def test_a_setting_of_an_index_that_the_config_lacks_has_no_place_there() -> None:
    todo = only(with_index(**CAPPED)).todo

    assert todo.startswith("declare the index by-customer in globalSecondaryIndexes")


def alarm(name: str, **more: Any) -> dict[str, Any]:
    return {
        "AlarmName": name,
        "MetricName": "ThrottledRequests",
        "Namespace": "AWS/DynamoDB",
        "ComparisonOperator": "GreaterThanThreshold",
        "Threshold": 5.0,
        "EvaluationPeriods": 2,
        "Period": 60,
        "Statistic": "Sum",
        "Dimensions": [{"Name": "TableName", "Value": NAME}],
        **more,
    }


MAPPING = {
    "UUID": "1",
    "FunctionArn": "arn:aws:lambda:eu-west-1:123456789012:function:indexer:live",
    "StartingPosition": "LATEST",
    "State": "Enabled",
}
TARGET = {
    "ResourceId": f"table/{NAME}/index/by-customer",
    "ScalableDimension": "dynamodb:index:WriteCapacityUnits",
    "MinCapacity": 5,
    "MaxCapacity": 100,
}
TRACKING = {**TARGET, "PolicyName": "cool"} | {
    "TargetTrackingScalingPolicyConfiguration": {"TargetValue": 70.0}
}
POLICY = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Resource": ARN}]}
ON = {"ContributorInsightsStatus": "ENABLED"}
SCALING = {"minCapacity": 5, "maxCapacity": 100, "targetValue": 70.0}
PROVISIONED = {
    "billingMode": "PROVISIONED",
    "readCapacity": 5,
    "writeCapacity": 5,
    "attributes": INDEXED["attributes"],
    "globalSecondaryIndexes": [BY_CUSTOMER | {"readCapacity": 5}],
}

ON_CAPACITY = described(
    BillingModeSummary={"BillingMode": "PROVISIONED"},
    ProvisionedThroughput={"ReadCapacityUnits": 5, "WriteCapacityUnits": 5},
)

DEPENDANTS = [
    pytest.param(
        replace(BARE, alarms=[alarm("too-many")]),
        ("alarm", "too-many"),
        {"alarms": {"too-many": {}}},
        id="alarm",
    ),
    pytest.param(
        replace(BARE, mappings=[MAPPING]),
        ("event source mapping", "indexer:live"),
        {"eventSourceMappings": {"indexer": {}}},
        id="event-source-mapping",
    ),
    pytest.param(
        replace(ON_CAPACITY, targets=[TARGET], scaling_policies=[TRACKING]),
        ("auto scaling", f"table/{NAME}/index/by-customer write"),
        {"autoScaling": {"indexes": {"by-customer": {"write": SCALING}}}},
        id="auto-scaling",
    ),
    pytest.param(
        replace(BARE, destinations=[{"StreamArn": STREAM, "DestinationStatus": "ACTIVE"}]),
        ("Kinesis destination", STREAM),
        {"kinesisStreamingDestination": {"streamArn": STREAM}},
        id="kinesis",
    ),
    pytest.param(
        replace(BARE, insights=[ON]),
        ("Contributor Insights", NAME),
        {"contributorInsights": {"enabled": True}},
        id="insights",
    ),
    pytest.param(
        replace(BARE, policy=json.dumps(POLICY)),
        ("resource policy", "of the table"),
        {"resourcePolicy": {}},
        id="resource-policy",
    ),
]


@pytest.mark.parametrize(("answers", "which", "config"), DEPENDANTS)
def test_what_hangs_on_the_table_and_is_not_declared_is_lost(
    answers: Answers, which: tuple[str, str], config: Mapping[str, Any]
) -> None:
    loss = only(answers)

    assert (loss.kind, loss.name) == which
    assert loss.config
    assert loss.config == merged([config, loss.config])


@pytest.mark.parametrize(
    ("answers", "config"),
    [
        pytest.param(
            replace(BARE, alarms=[alarm(f"{NAME}-too-many")]),
            {
                "alarms": {
                    "too-many": {
                        "metricName": "ThrottledRequests",
                        "comparisonOperator": "GreaterThanThreshold",
                        "threshold": 9,
                        "evaluationPeriods": 2,
                        "period": 60,
                        "statistic": "Sum",
                    }
                }
            },
            id="alarm-by-its-name",
        ),
        pytest.param(
            replace(BARE, mappings=[MAPPING]),
            {
                "streamEnabled": True,
                "streamViewType": "KEYS_ONLY",
                "eventSourceMappings": {
                    "any": {
                        "functionName": MAPPING["FunctionArn"],
                        "startingPosition": "TRIM_HORIZON",
                    }
                },
            },
            id="mapping-by-its-function",
        ),
        pytest.param(
            replace(BARE, targets=[TARGET], scaling_policies=[TRACKING]),
            {
                **PROVISIONED,
                "autoScaling": {
                    "indexes": {"by-customer": {"write": {**SCALING, "maxCapacity": 9}}}
                },
            },
            id="scaling-by-its-dimension",
        ),
        pytest.param(
            replace(BARE, destinations=[{"StreamArn": STREAM, "DestinationStatus": "ACTIVE"}]),
            {"kinesisStreamingDestination": {"streamArn": STREAM}},
            id="kinesis-by-its-stream",
        ),
        pytest.param(
            replace(BARE, insights=[ON]), {"contributorInsights": {"enabled": True}}, id="insights"
        ),
        pytest.param(
            replace(BARE, policy=json.dumps(POLICY)),
            {"resourcePolicy": {"Statement": [{"Resource": "${table}"}]}},
            id="resource-policy",
        ),
    ],
)
def test_what_the_stack_declares_is_not_lost_even_where_it_drifted(
    answers: Answers, config: Mapping[str, Any]
) -> None:
    """A drift is mended by the stack; named here, it would have been written twice."""
    assert lost(answers, declared(**config)) == []


@pytest.mark.parametrize(
    ("answers", "first"),
    [
        pytest.param(replace(BARE, alarms=[alarm("too-many")]), "aws cloudwatch", id="alarm"),
        pytest.param(replace(BARE, mappings=[MAPPING]), "aws lambda", id="mapping"),
        pytest.param(replace(BARE, insights=[ON]), "", id="nothing-in-the-way"),
    ],
)
def test_what_was_made_by_hand_is_in_the_way_of_the_stacks_own(
    answers: Answers, first: str
) -> None:
    """AWS refuses a second mapping of one function, in the middle of an update."""
    loss = only(answers)

    assert bool(loss.first) is bool(first)
    assert first in loss.first
    assert "uncomment" not in loss.first


def test_auto_scaling_is_of_no_use_to_a_table_on_demand_and_still_named() -> None:
    """The config refuses it there, so to offer it would lead into an error."""
    loss = only(replace(BARE, targets=[TARGET], scaling_policies=[TRACKING]))

    assert (loss.kind, loss.config) == ("auto scaling", None)
    assert "billed on demand" in loss.todo


def test_insights_of_an_index_are_lost_one_by_one() -> None:
    answers = replace(
        BARE,
        insights=[
            ON | {"ContributorInsightsMode": "THROTTLED_KEYS"},
            ON | {"IndexName": "by-customer", "ContributorInsightsMode": "THROTTLED_KEYS"},
        ],
    )

    table, index = lost(answers)

    assert (table.name, index.name) == (NAME, f"{NAME}/index/by-customer")
    assert merged([table.config or {}, index.config or {}]) == {
        "contributorInsights": {
            "enabled": True,
            "mode": "THROTTLED_KEYS",
            "indexes": ["by-customer"],
        }
    }


def test_what_is_long_is_given_as_lines_to_write() -> None:
    loss = only(replace(BARE, alarms=[alarm("too-many")]))

    assert loss.in_lines
    assert loss.todo.splitlines()[:4] == [
        "restore-demo:tables:",
        f"  {TABLE}:",
        "    alarms:",
        "      too-many:",
    ]


BY_HAND = Mention(Kind.SCHEDULED_ACTION, "sale", "at 8", "put it again")


def test_what_has_no_place_in_the_config_is_lost_with_what_to_do_by_hand() -> None:
    (loss,) = lost(None, None, BY_HAND)

    assert loss == Loss("scheduled action", "sale", "at 8", None, "put it again")
    assert not loss.in_lines


def test_a_backup_by_tag_is_brought_back_by_the_tag_or_by_hand() -> None:
    mention = Mention(Kind.BACKUP, "nightly", "by tag", "by hand", {"tags": {"backup": "daily"}})

    (loss,) = lost(None, None, mention)

    assert loss.todo == f"{set_(f'tables.{TABLE}.tags.backup', 'daily')}, or by hand"


@pytest.mark.parametrize(
    ("kind", "name", "count"),
    [
        pytest.param(Kind.IAM_POLICY, f"{TABLE}-read-policy", 0, id="the-grant"),
        pytest.param(Kind.IAM_POLICY, f"{TABLE}-write-policy", 0, id="the-second-grant"),
        pytest.param(Kind.IAM_POLICY, "orders-admin", 1, id="another-policy"),
        pytest.param(Kind.INLINE_POLICY, f"{TABLE}-read-policy", 1, id="an-inline-namesake"),
    ],
)
def test_the_stacks_own_policies_are_no_loss(kind: Kind, name: str, count: int) -> None:
    """The switch itself widens them."""
    config = declared(writeActions=["dynamodb:PutItem"])

    assert len(lost(None, config, Mention(kind, name, "allows", "by hand"))) == count


def test_lists_and_maps_of_several_losses_are_written_once() -> None:
    assert merged([{"a": {"b": [1]}}, {"a": {"b": [1, 2], "c": 3}}]) == {"a": {"b": [1, 2], "c": 3}}
    assert lines(TABLE, {"a": {"b": [1]}}).splitlines()[2:] == ["    a:", "      b:", "        - 1"]
