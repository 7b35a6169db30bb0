"""`verify` over an emulator: a table is restored, and its settings are compared for real.

Not tested here: which label is verified when, which `tests/unit/decide/test_subject.py` has. The
stack is in memory.
"""

import json
import re
from typing import Any, cast

import pytest
from click.testing import CliRunner, Result

from restore.cli.commands import cli
from tests.support.configs.documents import TABLE, texts
from tests.support.emulator.process import Emulator, restore
from tests.support.made import build, make
from tests.support.memory.account_and_stack import FakeAws, FakeStack
from tests.support.memory.facts import WAYS, name, past_by
from tests.support.random_tables import random_entry

ORIGINAL, RESTORED = name("original"), name("restored")
RECOVERABLE = {"pointInTimeRecovery": {"enabled": True}}
PREPARED = "serving adopted prepared"


@pytest.fixture
def verify(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Verifies the restored table where the stack holds `entry` and has come `way`."""

    def call(way: str, entry: Any, *arguments: str) -> Result:
        config = texts({"tables": {TABLE: entry}, **WAYS[way.rsplit(maxsplit=1)[-1]]})
        stack = FakeStack(cast("FakeAws", None), config, {TABLE: past_by(way)})
        monkeypatch.setattr("restore.cli.calls.Stack", lambda *_: stack)
        return CliRunner().invoke(cli, ["verify", *arguments])

    assert emulator
    return call


def restored(emulator: Emulator, entry: dict[str, Any]) -> dict[str, Any]:
    made = make(emulator, ORIGINAL, entry | RECOVERABLE)
    restore(emulator.client("dynamodb"), source=ORIGINAL, target=RESTORED)
    return made


@pytest.mark.parametrize("seed", range(10))
def test_a_fresh_restore_has_all_that_a_restore_copies(
    emulator: Emulator, verify: Any, seed: int
) -> None:
    """It lacks the rest, and that is not its fault: a false alarm here would stop every run."""
    made = restored(emulator, random_entry(seed))

    result = verify("serving", made, "--json")

    assert result.exit_code == 0, result.stderr
    said = json.loads(result.stdout)
    assert said["differences"] == []
    assert said["compared"] >= 3


@pytest.mark.parametrize("seed", range(10))
def test_once_configured_all_that_a_restore_does_not_copy_is_missed(
    emulator: Emulator, verify: Any, seed: int
) -> None:
    """The configuring of the table failed half-way: nothing else would say so."""
    made = restored(emulator, random_entry(seed))

    result = verify(PREPARED, made, "--json")

    assert result.exit_code == 4
    paths = [each["path"] for each in json.loads(result.stdout)["differences"]]
    differing = {re.split(r"\W", path.removeprefix(f"tables.{TABLE}."))[0] for path in paths}
    lost = made.keys() & {
        "alarms",
        "autoScaling",
        "contributorInsights",
        "deletionProtectionEnabled",
        "eventSourceMappings",
        "kinesisStreamingDestination",
        "onDemandThroughput",
        "pointInTimeRecovery",
        "resourcePolicy",
        "streamEnabled",
        "streamViewType",
        "tableClass",
        "tags",
        "ttl",
        "warmThroughput",
    }
    assert differing - {"globalSecondaryIndexes"} == lost


@pytest.mark.parametrize("seed", range(10))
def test_a_table_as_the_config_says_has_no_difference(
    emulator: Emulator, verify: Any, seed: int
) -> None:
    """Names, ARNs and dates of the two are not the same, and must not be."""
    made = make(emulator, ORIGINAL, random_entry(seed))
    build(emulator, RESTORED, made)

    result = verify(PREPARED, made)

    assert result.exit_code == 0, result.stderr
    assert result.stdout.endswith("The data was not compared.\n")


def test_a_hand_edit_is_found_against_config_and_source(emulator: Emulator, verify: Any) -> None:
    """One tag that is wrong, out of everything, and both sides say what it should be."""
    entry = {
        "hashKey": "id",
        "attributes": [{"name": "id", "type": "S"}],
        "billingMode": "PAY_PER_REQUEST",
        "tags": {"team": "shop"},
    }
    made = restored(emulator, entry)
    dynamodb = emulator.client("dynamodb")
    recovery = {"PointInTimeRecoveryEnabled": True}
    dynamodb.update_continuous_backups(
        TableName=RESTORED, PointInTimeRecoverySpecification=recovery
    )
    there = dynamodb.describe_table(TableName=RESTORED)["Table"]["TableArn"]
    dynamodb.tag_resource(ResourceArn=there, Tags=[{"Key": "team", "Value": "payments"}])

    result = verify(PREPARED, made)

    path = f"tables.{TABLE}.tags.team"
    assert result.exit_code == 4
    assert result.stdout == (
        f"{RESTORED}: settings compared: 5 with the config, and 7 with {ORIGINAL}\n"
    )
    assert result.stderr == (
        "2 settings differ:\n"
        f'  - {path}: "payments" here, "shop" in the config\n'
        f'  - {path}: "payments" here, "shop" in the source\n'
        "Nothing was touched, and the data was not compared.\n"
        f"  fix: python -m restore describe {RESTORED}, and set right the table or the config\n"
    )


def test_a_key_by_its_alias_is_the_key(emulator: Emulator, verify: Any) -> None:
    """DescribeTable knows only the ARN: an alias would differ for ever (pulumi-aws#1802)."""
    kms = emulator.client("kms")
    key = kms.create_key()["KeyMetadata"]
    kms.create_alias(AliasName="alias/orders", TargetKeyId=key["KeyId"])
    encryption = {"enabled": True, "kmsKeyArn": key["Arn"]}
    made = restored(emulator, random_entry(0) | {"serverSideEncryption": encryption})

    for named in ("alias/orders", key["KeyId"], key["Arn"]):
        entry = made | {"serverSideEncryption": {"enabled": True, "kmsKeyArn": named}}
        assert verify("serving", entry).exit_code == 0

    managed = made | {"serverSideEncryption": {"enabled": True}}
    assert verify("serving", managed).exit_code == 4
    nowhere = {"enabled": True, "kmsKeyArn": "alias/nowhere"}
    refused = verify("serving", made | {"serverSideEncryption": nowhere})
    assert refused.exit_code == 2
    assert "names 'alias/nowhere', and there is no such key." in refused.stderr


def test_without_its_source_the_config_alone_is_compared(emulator: Emulator, verify: Any) -> None:
    """The original was deleted: there is nothing else left to compare with."""
    made = restored(emulator, random_entry(3) | {"deletionProtectionEnabled": False})
    emulator.client("dynamodb").delete_table(TableName=ORIGINAL)

    result = verify(PREPARED, made, "--json")

    differences = json.loads(result.stdout)["differences"]
    assert {each["than"] for each in differences} == {"config"}
    assert "its source is gone" in result.stderr
