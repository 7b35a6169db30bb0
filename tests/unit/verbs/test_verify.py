"""Verify around its readings: tables that go meanwhile, and what a script and a person get.

Real tables are compared in `tests/settings/test_verify.py`.
"""

import json
from collections.abc import Mapping
from typing import Any, cast

import pytest

from restore.aws.settings import SettingsReader
from restore.model.errors import BlockedError, DifferencesError
from restore.report.report import Report
from restore.settings.answers import Answers
from restore.verbs.verify import verify
from tests.support.answers.plain_table import PLAIN
from tests.support.configs.documents import TABLE
from tests.support.memory.account_and_stack import world
from tests.support.memory.facts import name, restored

R, ORIGINAL = name("restored"), name("original")
OTHER_KEY = {"AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "N"}]}


class Readings:
    """Changed answers by table; a table that is not among them does not exist."""

    def __init__(self, tables: Mapping[str, dict[str, Any]]) -> None:
        self.tables = tables

    def read(self, wanted: str) -> Answers | None:
        table = self.tables.get(wanted)
        return None if table is None else Answers(PLAIN | {"TableName": wanted} | table)


def verified(tables: Mapping[str, dict[str, Any]], report: Report | None = None) -> dict[str, Any]:
    """Verifies the bare restore of the walk-through's table."""
    session = world("serving", restored()).session(report=report)
    return verify(session, cast("SettingsReader", Readings(tables)))


@pytest.mark.parametrize(
    ("tables", "says"),
    [
        pytest.param(
            {R: {}, ORIGINAL: {}},
            f"{R}: settings compared, of those that a restore copies:"
            f" 3 with the config, and 3 with {ORIGINAL}",
            id="both",
        ),
        pytest.param(
            {R: {}},
            f"{R}: settings compared, of those that a restore copies:"
            " 3 with the config; its source is gone",
            id="source-gone",
        ),
        pytest.param(
            {R: {}, ORIGINAL: {"TableStatus": "DELETING"}},
            f"{R}: settings compared, of those that a restore copies:"
            " 3 with the config; its source is gone",
            id="source-going",
        ),
    ],
)
def test_it_says_what_was_compared_with_what(
    capsys: pytest.CaptureFixture[str], tables: dict[str, Any], says: str
) -> None:
    """That nothing differs, alone, would hide that there was little to differ from."""
    assert verified(tables)["differences"] == []

    assert capsys.readouterr().err == f"{says}\nNo setting differs. The data was not compared.\n"


def test_the_differences_are_in_the_object_although_it_ends_badly(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Exit 4 says that there are some; a script has to know which."""
    report = Report(as_json=True)

    with pytest.raises(DifferencesError) as differ:
        verified({R: OTHER_KEY, ORIGINAL: {}}, report)
    report.result({"verb": "verify"})

    path = f"tables.{TABLE}.attributes.id"
    printed = json.loads(capsys.readouterr().out)
    assert printed["compared"] == 6
    assert printed["differences"] == [
        {"path": path, "here": "N", "there": "S", "than": "config"},
        {"path": path, "here": "N", "there": "S", "than": "source"},
    ]
    assert str(differ.value) == (
        "2 settings differ:\n"
        f'  - {path}: "N" here, "S" in the config\n'
        f'  - {path}: "N" here, "S" in the source\n'
        "Nothing was touched, and the data was not compared.\n"
        f"  fix: python -m restore describe {R}, and set right the table or the config"
    )


def test_one_difference_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(DifferencesError, match=r"^One setting differs:"):
        verified({R: OTHER_KEY})
    assert capsys.readouterr().err


@pytest.mark.parametrize(
    ("tables", "says"),
    [
        pytest.param({ORIGINAL: {}}, f"{R} went away while it was looked at.", id="gone"),
        pytest.param(
            {R: {"TableStatus": "DELETING"}, ORIGINAL: {}},
            f"{R} is DELETING: not all of",
            id="going",
        ),
        pytest.param(
            {R: {}, ORIGINAL: {"Replicas": [{"RegionName": "us-east-1"}]}},
            f"{ORIGINAL} is a global table with replicas in us-east-1.",
            id="global-source",
        ),
    ],
)
def test_what_cannot_be_read_whole_is_not_called_equal(tables: dict[str, Any], says: str) -> None:
    """Whatever could not be looked at might be what was lost."""
    with pytest.raises(BlockedError) as blocked:
        verified(tables)

    assert str(blocked.value).startswith(says)
