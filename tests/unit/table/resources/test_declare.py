"""What the program registers with the engine, and what it exports.

Not here: what the engine and AWS make of it (tests/engine).
"""

import json
from dataclasses import replace
from typing import Any

import pulumi
import pytest

from restore.table.adoption import Live, LiveParameter, LivePolicy, adopting
from restore.table.config.parse import parse
from restore.table.decide import Declaration, decide
from restore.table.past import TablePast
from restore.table.remembered import past_of
from restore.table.resources.grant import policy_document
from tests.support.configs.documents import TABLE, entry, texts
from tests.support.configs.transitions import ROWS, deploy, past_by
from tests.support.memory.monitor import ACCOUNT, ARN, Deployed, Registered, declared

ORIGINAL, RESTORED = "restore-demo-original-table", "restore-demo-restored-table"
POINTER = f"aws:ssm/parameter:Parameter::{TABLE}"
GRANT = f"aws:iam/policy:Policy::{TABLE}"
EVERYTHING: dict[str, Any] = {
    "hashKey": "id",
    "rangeKey": "at",
    "attributes": [
        {"name": "id", "type": "S"},
        {"name": "at", "type": "N"},
        {"name": "owner", "type": "S"},
    ],
    "billingMode": "PROVISIONED",
    "readCapacity": 5,
    "writeCapacity": 6,
    "localSecondaryIndexes": [
        {
            "name": "by-owner-here",
            "rangeKey": "owner",
            "projectionType": "INCLUDE",
            "nonKeyAttributes": ["total"],
        }
    ],
    "globalSecondaryIndexes": [
        {
            "name": "by-owner",
            "hashKey": "owner",
            "rangeKey": "at",
            "projectionType": "ALL",
            "readCapacity": 1,
            "writeCapacity": 2,
        }
    ],
    "serverSideEncryption": {
        "enabled": True,
        "kmsKeyArn": "arn:aws:kms:us-east-1:123456789012:key/k",
    },
}
LOST: dict[str, Any] = {
    "pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 7},
    "ttl": {"enabled": True, "attributeName": "expires"},
    "streamEnabled": True,
    "streamViewType": "NEW_IMAGE",
    "deletionProtectionEnabled": True,
    "tags": {"Cost-Centre": "7", "in_snake_case": "stays"},
}


def table(deployed: Deployed, label: str) -> Registered:
    return deployed.registered[f"aws:dynamodb/table:Table::{TABLE}.{label}"]


def row(name: str, way: str) -> Deployed:
    return declared(deploy(past_by(way), ROWS[name]))


def declaration(past: TablePast, **keys: Any) -> Declaration:
    config = parse(texts({"tables": {TABLE: entry(**keys)}}))
    (only,) = decide(config, {TABLE: past} if past.known else {})
    return only


def test_the_first_update_registers_table_grant_and_pointer_none_of_them_imported() -> None:
    deployed = row("serving", "")
    assert list(deployed.registered) == [
        f"aws:dynamodb/table:Table::{TABLE}.original",
        GRANT,
        POINTER,
    ]
    assert {each.import_id for each in deployed.registered.values()} == {""}


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("serving", ""),
        ("adopted", "serving"),
        ("prepared", "serving adopted"),
        ("switched", "serving adopted prepared"),
        ("dropped", "serving adopted prepared switched"),
    ],
)
def test_every_table_is_kept_when_it_leaves_the_stack(name: str, way: str) -> None:
    """The flag is read from the state: it has to be there before anybody thinks of dropping.

    `protect` is checked before it, so a protected table could not be dropped at all.
    """
    for kind, each in row(name, way).registered.items():
        assert each.retain_on_delete == kind.startswith("aws:dynamodb/table")
        assert not each.protect


def test_from_the_second_update_on_every_table_is_imported_by_its_name() -> None:
    """On a table that the stack has this is a no-op; from a missing one no empty one is made."""
    deployed = row("switched", "serving adopted prepared")
    assert table(deployed, "original").import_id == ORIGINAL
    assert table(deployed, "restored").import_id == RESTORED


def test_a_label_in_use_has_all_settings_under_the_providers_names() -> None:
    first = declared(declaration(TablePast(), **EVERYTHING, **LOST))
    assert table(first, "original").inputs == {"name": ORIGINAL, **EVERYTHING, **LOST}


def test_an_adopted_label_has_just_what_a_restore_copies() -> None:
    deployed = declared(
        declaration(past_by("serving"), **EVERYTHING, **LOST, adoptTables=["restored"])
    )
    assert table(deployed, "restored").inputs == {"name": RESTORED, **EVERYTHING}
    assert table(deployed, "original").inputs == {"name": ORIGINAL, **EVERYTHING, **LOST}


def test_a_standby_label_has_all_settings() -> None:
    deployed = declared(
        declaration(past_by("serving"), **EVERYTHING, **LOST, standbyTables=["restored"])
    )
    assert table(deployed, "restored").inputs == {"name": RESTORED, **EVERYTHING, **LOST}


@pytest.mark.parametrize(
    ("name", "way", "readable"),
    [
        ("serving", "", [ORIGINAL]),
        ("adopted", "serving", [ORIGINAL]),
        ("prepared", "serving adopted", [ORIGINAL, RESTORED]),
        ("switched", "serving adopted prepared", [ORIGINAL, RESTORED]),
        ("dropped", "serving adopted prepared switched", [RESTORED]),
    ],
)
def test_the_grant_covers_what_is_active_or_standing_by(
    name: str, way: str, readable: list[str]
) -> None:
    """Nothing that was only adopted is readable: nobody has looked at its data yet."""
    inputs = row(name, way).registered[GRANT].inputs
    assert inputs["name"] == "restore-demo-read-policy"
    assert json.loads(inputs["policy"]) == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": ["dynamodb:GetItem"],
                "Resource": [ARN + each for each in readable],
            }
        ],
    }


def test_a_switch_leaves_the_grant_as_it_is() -> None:
    """Else the update would change two resources, and clients could be between them."""
    assert policy_document(["x"], ["b", "a"], indexed=False) == policy_document(
        ["x"], ["a", "b"], indexed=False
    )
    before = row("prepared", "serving adopted").registered[GRANT].inputs
    after = row("switched", "serving adopted prepared").registered[GRANT].inputs
    assert before == after


@pytest.mark.parametrize(
    ("name", "way", "active"),
    [("prepared", "serving adopted", ORIGINAL), ("switched", "serving adopted prepared", RESTORED)],
)
def test_the_pointer_holds_the_name_of_the_active_table(name: str, way: str, active: str) -> None:
    assert row(name, way).registered[POINTER].inputs == {
        "name": "restore-demo-table-name",
        "type": "String",
        "value": active,
    }


def test_the_grant_waits_for_all_tables_and_the_pointer_for_the_grant() -> None:
    """A client must never be pointed at a table that is not ready or that it may not read.

    The adopted table is no part of the grant's document, so only `depends_on` makes it wait.
    """
    deployed = row("adopted", "serving")
    tables = {
        f"aws:dynamodb/table:Table::{TABLE}.original",
        f"aws:dynamodb/table:Table::{TABLE}.restored",
    }
    assert set(deployed.registered[GRANT].depends_on) == tables
    assert GRANT in deployed.registered[POINTER].depends_on


def test_the_output_has_the_shape_of_the_contract() -> None:
    assert row("switched", "serving adopted prepared").outputs == {
        TABLE: {
            "active": "restored",
            "name": RESTORED,
            "arn": ARN + RESTORED,
            "history": ["original", "restored"],
            "labels": {
                "restored": {"name": RESTORED, "arn": ARN + RESTORED},
                "original": {"name": ORIGINAL, "arn": ARN + ORIGINAL},
            },
            "known": {
                "original": {"name": ORIGINAL, "furnished": True, "tags": ()},
                "restored": {"name": RESTORED, "furnished": True, "tags": ()},
            },
            "parameter": "restore-demo-table-name",
            "policyArn": f"arn:aws:iam::{ACCOUNT}:policy/restore-demo-read-policy",
        }
    }


def test_what_is_registered_and_exported_is_read_back_as_the_past() -> None:
    """The next update stands on it: the pairs of test_pairs.py are tried over such pasts."""
    deployed = row("switched", "serving adopted prepared")
    resources = {
        f"urn:pulumi:sandbox::restore-demo::{name}": each.inputs
        for name, each in deployed.registered.items()
    }
    past = past_of(resources, {"tables": deployed.outputs})
    assert past[TABLE].arns == {
        label: each["arn"] for label, each in deployed.outputs[TABLE]["labels"].items()
    }
    assert replace(past[TABLE], arns={}) == past_by("serving adopted prepared switched")


def test_a_parameter_and_a_policy_that_exist_are_taken_over() -> None:
    """The parameter's id is its name, the policy's its ARN in the caller's account."""
    plain = declaration(TablePast(), parameterName="/prod/orders", policyName="read")
    arn = f"arn:aws:iam::{ACCOUNT}:policy/team/read"
    live = Live(LiveParameter("String", "orders"), {"read": LivePolicy(arn, "{}")})
    deployed = declared(adopting(plain, live))
    assert deployed.registered[POINTER].import_id == "/prod/orders"
    assert deployed.registered[GRANT].import_id == arn
    assert table(deployed, "original").import_id == ""


def test_several_tables_are_registered_and_exported_side_by_side() -> None:
    config = parse(texts({"tables": {TABLE: entry(), "orders": entry()}}))
    deployed = declared(*decide(config, {}))
    assert set(deployed.outputs) == {TABLE, "orders"}
    assert deployed.outputs["orders"]["name"] == "orders-original-table"
    assert deployed.registered["aws:ssm/parameter:Parameter::orders"].inputs["value"] == (
        "orders-original-table"
    )


def test_a_key_that_cannot_be_looked_up_is_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDK's traceback would bury what AWS said: that a right is missing, or the key."""

    def denied(**_: str) -> None:
        raise Exception("not authorized to perform: kms:DescribeKey")  # noqa: TRY002 - as the SDK

    monkeypatch.setattr("restore.table.resources.table.aws.kms.get_key", denied)
    encryption = {"enabled": True, "kmsKeyArn": "alias/shop"}

    with pytest.raises(pulumi.RunError, match="alias/shop could not be looked up: not authorized"):
        declared(declaration(TablePast(), serverSideEncryption=encryption))


def test_tags_that_cannot_be_looked_up_stop_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Taken for none, the update would remove what others put on the table."""

    def denied(**_: str) -> None:
        raise Exception("not authorized to perform: dynamodb:DescribeTable")  # noqa: TRY002 - as the SDK

    monkeypatch.setattr("restore.table.resources.table.aws.dynamodb.get_table", denied)

    with pytest.raises(pulumi.RunError, match=f"tags of {ORIGINAL} could not be looked up: not au"):
        row("adopted", "serving")


def test_a_table_that_was_deleted_has_no_tags(monkeypatch: pytest.MonkeyPatch) -> None:
    """The import says that it does not exist, or the state goes on without it."""

    def absent(**_: str) -> None:
        raise Exception("reading Dynamodb Table (t): couldn't find resource")  # noqa: TRY002 - as the SDK

    monkeypatch.setattr("restore.table.resources.table.aws.dynamodb.get_table", absent)

    assert "tags" not in table(row("adopted", "serving"), "original").inputs
