"""`plan` over an emulator: what names a table is found in AWS, wherever it is.

The stack is one in memory, with an engine that has nothing to do.
"""

import json
from typing import Any, cast

import pytest

from restore.aws.account import Account
from restore.aws.tables import Aws
from restore.engine.stack import Stack
from restore.model.when import LATEST
from restore.perform.session import Session
from restore.report.report import Report
from restore.verbs.plan import plan
from tests.support.configs.documents import TABLE, walk_through
from tests.support.emulator.process import Emulator, allow, recoverable_table, user_with
from tests.support.memory.account_and_stack import Effects, FakeAws, FakeStack
from tests.support.memory.facts import original, past_by
from tests.support.ten_things import SETTINGS, make_ten_things

ORIGINAL, RESTORED = f"{TABLE}-original-table", f"{TABLE}-restored-table"


@pytest.fixture
def session(emulator: Emulator) -> Session:
    """The walk-through's stack as it serves, and its table, in AWS."""
    encrypted = {"Enabled": True, "SSEType": "KMS"}
    recoverable_table(emulator.client("dynamodb"), ORIGINAL, SSESpecification=encrypted)
    emulator.client("ssm").put_parameter(Name=f"{TABLE}-table-name", Value=ORIGINAL, Type="String")
    texts = walk_through()
    tables = json.loads(texts["tables"])
    tables[TABLE]["serverSideEncryption"] = {"enabled": True}
    texts["tables"] = json.dumps(tables)
    stack = FakeStack(
        FakeAws(Effects(), {ORIGINAL: original()}, {}), texts, {TABLE: past_by("serving")}
    )
    account = Account()
    return Session(cast("Stack", stack), account, Aws(account), Report(as_json=False))


def planned(session: Session) -> dict[str, Any]:
    found: dict[str, Any] = plan(session, LATEST)["tables"][TABLE]
    return found


def test_a_table_as_the_stack_declares_it_loses_nothing(
    session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    assert planned(session)["losses"] == []
    assert f"{RESTORED} will have all that {ORIGINAL} has." in capsys.readouterr().err


def test_ten_things_that_no_stack_manages_are_all_named(
    session: Session, emulator: Emulator, capsys: pytest.CaptureFixture[str]
) -> None:
    """One that is not named is found missing in production, after the switch."""
    things = make_ten_things(emulator, ORIGINAL)

    shown = planned(session)

    found = {(loss["kind"], loss["name"]) for loss in shown["losses"]}
    assert found == {*things.items(), *(("setting", name) for name in SETTINGS)}
    assert shown["notLookedAt"] == []
    said = capsys.readouterr().err
    for name in (*things.values(), *SETTINGS):
        assert name in said.replace("\n", "")


# Lambda and AWS Backup answer a refusal in JSON, the emulator in XML: see the unit tests.
SIMULATE = "iam:SimulatePrincipalPolicy"
"""Where IAM may be asked, a plan is blocked before it looks."""
FORBIDDEN = {
    "cloudwatch:ListTagsForResource",
    "dynamodb:ListContributorInsights",
    "application-autoscaling:DescribeScalableTargets",
    "dynamodb:ListTagsOfResource",
    "dynamodb:GetResourcePolicy",
    "kms:DescribeKey",
    "iam:GetAccountAuthorizationDetails",
}


def test_what_the_caller_may_not_read_is_told_and_hides_nothing_else(
    session: Session,
    emulator: Emulator,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A read that AWS denies looks like a table on which nothing hangs."""
    things = make_ten_things(emulator, ORIGINAL)
    forbid = {"Effect": "Deny", "Action": [*sorted(FORBIDDEN), SIMULATE], "Resource": "*"}
    key, secret, _ = user_with(emulator.client("iam"), "operator", allow("*", on="*"), forbid)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", secret)

    shown = planned(session)

    assert {each["action"] for each in shown["notLookedAt"]} == FORBIDDEN
    found = {loss["kind"]: loss["name"] for loss in shown["losses"]}
    for kind in ("metric-math alarm", "scheduled action", "Kinesis destination"):
        assert found[kind] == things[kind]
    said = capsys.readouterr().err
    assert "IAM policies could not be looked at: iam:GetAccountAuthorizationDetails" in said
