"""Whether clients may use a table: what the policy in AWS says counts, not what the state holds."""

import json
from dataclasses import replace
from typing import Any

import pytest

from restore.decide.grants import broken_grant
from restore.decide.next import next_step
from restore.decide.transition import next_move
from restore.decide.update import Nothing, Update
from restore.model.errors import BlockedError
from restore.model.facts import TableFacts
from restore.model.granted import still_allows
from restore.model.phase import Phase, locate
from restore.model.steps import Step
from restore.report.outcome import label_facts
from restore.table.kinds import POLICY
from restore.table.past import Grant
from restore.verbs.status import status
from tests.support.memory.account_and_stack import world
from tests.support.memory.facts import arn, facts, name

GRANT, WRITE = "arn:aws:iam::123456789012:policy/read", "arn:aws:iam::123456789012:policy/write"


def document(*labels: str, action: Any = "dynamodb:GetItem", **more: Any) -> str:
    statement = {"Effect": "Allow", "Action": action, "Resource": [*map(arn, labels)], **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


BOTH = document("original", "restored")


@pytest.mark.parametrize(
    ("living", "allowed"),
    [
        pytest.param(BOTH, True, id="as-declared"),
        pytest.param(None, False, id="deleted"),
        pytest.param(document("original"), False, id="another-version"),
        pytest.param(document("restored", action=["dynamodb:Get*"]), True, id="by-a-wildcard"),
        pytest.param(document("restored", action="DYNAMODB:getitem"), True, id="in-capitals"),
        pytest.param(document("restored", action="dynamodb:Query"), False, id="other-actions"),
        pytest.param(document("restored", Resource="*"), True, id="everything"),
        pytest.param(document("restored", Effect="Deny"), False, id="denied"),
        pytest.param(document("restored", Condition={"Bool": {}}), False, id="on-a-condition"),
        pytest.param('{"Statement": {"Effect": "Allow"}}', False, id="one-statement"),
        pytest.param("", False, id="empty"),
    ],
)
def test_a_policy_in_aws_still_allows_what_was_declared(
    living: str | None, *, allowed: bool
) -> None:
    """`status` said "readable" of a table that every client was denied."""
    assert still_allows(BOTH, living, name("restored")) is allowed


def test_a_statement_that_denies_goes_before_one_that_allows() -> None:
    both = [
        json.loads(each)["Statement"][0] for each in (BOTH, document("restored", Effect="Deny"))
    ]
    living = json.dumps({"Statement": both})
    assert not still_allows(BOTH, living, name("restored"))
    assert still_allows(BOTH, living, name("original"))


def granted(where: str, read: str | None, write: str | None = BOTH) -> TableFacts:
    there = facts(where)
    grants = {"restore-demo": Grant(GRANT, BOTH), "restore-demo.write": Grant(WRITE, BOTH)}
    past = replace(there.past, grants=grants)
    return replace(there, past=past, granted={"restore-demo": read, "restore-demo.write": write})


@pytest.mark.parametrize(
    "there",
    [
        granted("prepared", document("original")),
        granted("prepared", BOTH, document("original")),
        granted("prepared", BOTH, None),
    ],
)
def test_a_table_that_clients_are_denied_is_not_prepared(there: TableFacts) -> None:
    """`prepare` said "already", and `switch` was refused at its gate."""
    assert locate(there).phase is Phase.ADOPTED
    assert not label_facts(there, "restored")["readable"]
    assert isinstance(next_move(Step.PREPARE, there), Update)
    with pytest.raises(BlockedError, match="not prepared yet"):
        next_move(Step.SWITCH, there)


def test_as_declared_nothing_is_to_be_done() -> None:
    there = granted("prepared", BOTH)
    assert broken_grant(there) is None
    assert isinstance(next_move(Step.PREPARE, there), Nothing)


def test_where_only_the_restored_table_is_denied_prepare_is_the_fix() -> None:
    wrong, fix = broken_grant(granted("prepared", document("original"))) or ("", "")
    assert wrong == (
        f"clients cannot use {name('restored')}: the default version of {GRANT} or {WRITE} no"
        " longer allows what the stack made it allow"
    )
    assert fix == "python -m restore prepare"


def test_a_deleted_policy_is_made_again_by_prepare_and_has_to_be_attached_again() -> None:
    there = granted("prepared", None)
    wrong, fix = broken_grant(there) or ("", "")
    assert wrong.endswith(f"{GRANT} was deleted")
    assert fix.startswith("pulumi up --refresh, which puts it back; then attach")
    move = next_move(Step.PREPARE, there)
    assert isinstance(move, Update)
    assert {(each.name, *each.ops) for each in move.allowed if each.kind == POLICY} == {
        ("restore-demo", "create"),
    }


def test_a_changed_config_is_taken_back_before_the_grant_is_put_back() -> None:
    """The update would else move clients, or let the restored table leave the stack."""
    there = granted("prepared", None)
    there = replace(there, config=replace(there.config, standby=()))
    _, fix = broken_grant(there) or ("", "")
    assert fix.startswith("take the changes of activeTable and the labels in the stack config back")


def test_the_next_step_of_clients_that_are_denied_is_the_fix() -> None:
    there = granted("serving", None)
    assert next_step(there, locate(there)) == "pulumi up --refresh, which puts it back"


@pytest.mark.parametrize(
    ("grants", "says"),
    [
        ({GRANT: document("original")}, None),
        ({GRANT: None}, f"clients cannot use {name('original')}: {GRANT} was deleted"),
        ({}, "was not looked at: iam:GetPolicy and iam:GetPolicyVersion are denied"),
    ],
)
def test_a_status_says_what_of_it_is_wrong_or_was_not_looked_at(
    capsys: pytest.CaptureFixture[str], grants: dict[str, str | None], says: str | None
) -> None:
    """Without the right to look it must neither end there nor claim what it does not know."""
    there = world("serving")
    declared = {"restore-demo": Grant(GRANT, document("original"))}
    there.stack.past["restore-demo"] = replace(there.past, grants=declared)
    there.aws.grants = grants
    status(there.session())
    said = " ".join(capsys.readouterr().err.split())
    assert ("iam" not in said) if says is None else (says in said)
