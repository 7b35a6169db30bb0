"""The verb that prints the operator's document, and what is said of one that is too long."""

import json
from dataclasses import replace

import pytest

from restore.model.errors import BlockedError, UsageError
from restore.policy.document import size, too_large
from restore.report.report import Report
from restore.verbs.policy import policy
from tests.support.configs.documents import entry, texts
from tests.support.memory.account_and_stack import world
from tests.support.memory.facts import arn


def test_the_document_alone_is_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    """`policy > operator.json` is what everybody types."""
    there = world("")
    answer = policy(there.session())

    assert json.loads(capsys.readouterr().out) == answer["policy"]
    assert answer["size"] == size(answer["policy"])
    assert there.effects == []


def test_json_has_it_as_one_field(capsys: pytest.CaptureFixture[str]) -> None:
    policy(world().session(report=Report(as_json=True)))

    assert capsys.readouterr().out == ""


def test_one_that_is_too_long_is_printed_all_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    there = world()
    there.stack.texts = texts({"tables": {f"table-{number}": entry() for number in range(20)}})
    policy(there.session())

    printed = capsys.readouterr()
    assert len(json.loads(printed.out)["Statement"]) > 10
    assert "--table NAME" in printed.err

    policy(there.session(tables=("table-7",)))
    assert "table-7-" in (only := capsys.readouterr().out)
    assert "table-8-" not in only


def test_a_table_that_the_config_lacks_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="has no table carts"):
        policy(world().session(tables=("carts",)))


def test_in_another_region_there_is_no_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would allow everything on tables that are not there."""
    there = world()
    state = replace(there.stack.state(), arns={"restore-demo.original": arn("original")})
    monkeypatch.setattr(there.stack, "state", lambda: state)
    monkeypatch.setattr(there.aws, "region", "us-east-1")

    with pytest.raises(BlockedError, match="looks in region us-east-1"):
        policy(there.session())


@pytest.mark.parametrize(
    ("length", "says"),
    [
        (6_144, None),
        (6_145, "inline policy (10,240)"),
        (10_240, "inline policy (10,240)"),
        (10_241, "--table NAME"),
    ],
)
def test_a_document_that_iam_would_not_take_is_told(length: int, says: str | None) -> None:
    said = too_large(length)

    assert said is None if says is None else says in str(said)
