"""What a config names in AWS, and what is said of each thing that is not as it must be."""

import json
from typing import Any

import pytest

from restore.model.facts import Facts, StackState, TableFacts
from restore.plan.declared import Declared, Named, wanted_of
from restore.plan.findings import Finding, Level
from restore.plan.named import ABSENT, named
from restore.plan.settings import settings
from restore.settings.answers import Answers, Key
from restore.table.config.parse import parse
from restore.table.past import TablePast
from tests.support.memory.facts import arn, name, original

ACCOUNT, HERE = "123456789012", "tables.restore-demo"
STREAM = f"arn:aws:kinesis:eu-west-1:{ACCOUNT}:stream/changes"
ENTRY: dict[str, Any] = {
    "hashKey": "id",
    "attributes": [{"name": "id", "type": "S"}],
    "billingMode": "PAY_PER_REQUEST",
    "streamEnabled": True,
    "streamViewType": "NEW_AND_OLD_IMAGES",
    "serverSideEncryption": {"enabled": True, "kmsKeyArn": "alias/shop"},
    "kinesisStreamingDestination": {"streamArn": STREAM},
    "eventSourceMappings": {"indexer": {"functionName": "indexer", "startingPosition": "LATEST"}},
    "alarms": {
        "slow": {
            "metricName": "SuccessfulRequestLatency",
            "comparisonOperator": "GreaterThanThreshold",
            "threshold": 50,
            "evaluationPeriods": 3,
            "period": 60,
            "statistic": "Average",
        }
    },
    "resourcePolicy": {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {
                    "AWS": [
                        f"arn:aws:iam::{ACCOUNT}:role/team/reader",
                        f"arn:aws:iam::{ACCOUNT}:user/ann",
                        "arn:aws:iam::999999999999:role/theirs",
                    ]
                },
                "Action": ["dynamodb:GetItem"],
                "Resource": "${table}",
            }
        ],
    },
}


def observed(**changed: Any) -> Facts:
    """The stack that serves the table of this config."""
    config = parse({"tables": json.dumps({"restore-demo": {**ENTRY, **changed}})})
    past = TablePast(physical={"original": name("original")}, history=("original",))
    table = TableFacts(config.tables[0], past, {"original": original()})
    return Facts("dev", config, StackState(), (table,), ACCOUNT)


def test_everything_that_the_config_names_is_looked_up() -> None:
    wanted = wanted_of(observed(), None)

    assert [each.name for each in wanted.sources] == [name("original")]
    assert [(each.kind, each.name) for each in wanted.named] == [
        ("key", "alias/shop"),
        ("stream", STREAM),
        ("function", "indexer"),
        ("role", "reader"),
        ("user", "ann"),
        ("alarm", f"{name('restored')}-slow"),
    ]


def test_an_alarm_of_others_is_passed_by_under_the_label_after_the_chosen_one() -> None:
    """Another key for the alarm would take the active table's own alarm away."""
    wanted = wanted_of(observed(), "restored-2")
    (alarm,) = (each for each in wanted.named if each.kind == "alarm")

    (finding,) = named(Declared(states={alarm: "others"}))

    assert finding.fix.startswith("the same command with --as restored-3: ")


@pytest.mark.parametrize(
    ("kind", "thing", "state", "level", "says"),
    [
        ("key", "alias/shop", "known", Level.OK, "exists"),
        ("key", "alias/shop", ABSENT, Level.BLOCKED, "does not exist"),
        ("stream", STREAM, "ACTIVE", Level.OK, "is ACTIVE"),
        ("stream", STREAM, "CREATING", Level.BLOCKED, "is CREATING"),
        ("stream", STREAM, "DELETING", Level.BLOCKED, "is being deleted"),
        ("stream", STREAM, ABSENT, Level.BLOCKED, "could not write to it"),
        ("function", "indexer", "Active", Level.OK, "exists"),
        ("function", "indexer", ABSENT, Level.BLOCKED, "nothing could read"),
        ("role", "reader", "reader", Level.OK, "exists"),
        ("user", "ann", ABSENT, Level.BLOCKED, "AWS refuses a policy that names it"),
        ("alarm", "t-slow", ABSENT, Level.OK, "is free"),
        ("alarm", "t-slow", "t", Level.OK, "is free"),
        ("alarm", "t-slow", "other", Level.BLOCKED, "watches other"),
        ("alarm", "t-slow", "", Level.BLOCKED, "watches something else"),
    ],
)
def test_what_does_not_exist_blocks(
    kind: Any, thing: str, state: str, level: Level, says: str
) -> None:
    path = f"{HERE}.alarms.slow" if kind == "alarm" else f"{HERE}.a.b"
    found = Declared(states={Named(kind, thing, "restore-demo", path): state})

    (finding,) = named(found)

    assert (finding.level, finding.about) == (level, kind)
    assert says in finding.says
    assert bool(finding.fix) == (level is Level.BLOCKED)


def test_what_may_not_be_looked_at_is_a_note_with_the_action() -> None:
    """It is neither fine nor does it block: AWS may have it."""
    hidden = Named("stream", STREAM, "restore-demo", HERE)

    (finding,) = named(Declared(unseen={hidden: "kinesis:DescribeStreamSummary"}))

    assert finding.level is Level.NOTE
    assert "kinesis:DescribeStreamSummary" in finding.says


# The live table against the config.

KEY = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/1"
LIVE: dict[str, Any] = {
    "TableName": name("original"),
    "TableArn": arn("original"),
    "TableStatus": "ACTIVE",
    "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
    "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
    "BillingModeSummary": {"BillingMode": "PAY_PER_REQUEST"},
    "SSEDescription": {"Status": "ENABLED", "KMSMasterKeyArn": KEY},
}


def compared(facts: Facts, *complained: tuple[str, str], **live: Any) -> list[Finding]:
    key = Key(KEY, managed=False)
    found = Declared(
        answers={name("original"): Answers({**LIVE, **live}, key=key)}, keys={"alias/shop": key}
    )
    return list(settings(facts.tables, found, complained))


def test_a_table_that_is_as_the_config_says_is_said_to_be() -> None:
    (finding,) = compared(observed())

    assert (finding.level, finding.about) == (Level.OK, "settings")


def test_the_type_of_a_key_is_to_be_changed_in_the_config() -> None:
    """The provider's preview says nothing of it, and no update can change it."""
    (finding,) = compared(observed(attributes=[{"name": "id", "type": "N"}]))

    assert finding.level is Level.BLOCKED
    assert "which no table can change" in finding.says
    assert finding.fix == "pulumi config set --path 'tables.restore-demo.attributes[0].type' S"


def test_what_only_the_table_has_is_shown_to_be_written_down() -> None:
    index = {
        "IndexName": "by-town",
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "Projection": {"ProjectionType": "ALL"},
    }

    (finding,) = compared(observed(), GlobalSecondaryIndexes=[index])

    assert finding.fix.startswith(f"python -m restore describe {name('original')} prints it")


def test_what_only_the_config_has_is_to_be_taken_out() -> None:
    index = {"name": "by-id", "hashKey": "id", "projectionType": "ALL"}

    (finding,) = compared(observed(globalSecondaryIndexes=[index]))

    assert finding.fix == "pulumi config rm --path tables.restore-demo.globalSecondaryIndexes"


def test_what_a_preview_has_complained_of_is_not_said_twice() -> None:
    facts = observed(attributes=[{"name": "id", "type": "N"}])

    assert compared(facts, ("restore-demo.original", "attributes")) == []
