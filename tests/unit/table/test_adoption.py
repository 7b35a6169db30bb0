"""What a take-over of a parameter and policies would change is said before anything is done."""

import json
from typing import Any

import pulumi
import pytest

from restore.table.adoption import Live, LiveParameter, LivePolicy, adoption_problems
from restore.table.config.parse import parse
from restore.table.config.problems import Problem, RefusedError
from restore.table.decide import decide
from restore.table.past import TablePast
from restore.table.resources import lookup
from tests.support.configs.documents import TABLE, entry, texts

TABLES = "arn:aws:dynamodb:us-east-1:123456789012:table/"
NAME = f"{TABLE}-original-table"
ARN = f"arn:aws:iam::123456789012:policy/team/{TABLE}-read-policy"
AT = f"tables.{TABLE}"
CONFIG = parse(texts({"tables": {TABLE: entry(adoptPointer=True, writeActions=["dynamodb:*"])}}))


def document(*statements: Any) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [*statements]})


def allow(actions: Any = "dynamodb:GetItem", resource: str = TABLES + NAME, **more: Any) -> Any:
    return {"Effect": "Allow", "Action": actions, "Resource": resource, **more}


def problems(live: Live) -> list[Problem]:
    (declaration,) = decide(CONFIG, {})
    return list(adoption_problems(CONFIG.tables[0], declaration, live))


def over(*statements: Any, which: str = "read") -> list[Problem]:
    policies = {which: LivePolicy(ARN, document(*statements))}
    return problems(Live(policies=policies, tables=TABLES))


def test_what_is_as_the_config_says_is_taken_over() -> None:
    assert over(allow()) == []
    assert over(allow("DynamoDB:GetItem", Sid="Shop")) == []
    assert over(allow("dynamodb:*"), which="write") == []
    assert problems(Live(LiveParameter("String", NAME))) == []


def test_further_actions_can_become_read_actions() -> None:
    """Narrowed by the take-over, clients would be denied at once."""
    (problem,) = over(allow(["dynamodb:GetItem", "dynamodb:Query"]))
    assert problem.wrong.endswith(f"would take away dynamodb:query on {TABLES}{NAME}")
    assert problem.fix.startswith("add these to readActions: dynamodb:query; or pulumi config set")


def test_other_resources_need_a_policy_of_their_own() -> None:
    (problem,) = over(allow(), allow("s3:GetObject", "*"))
    assert problem.wrong.endswith("would take away s3:getobject on *")
    assert problem.fix.startswith(f"pulumi config set --path {AT}.policyName")


def test_no_right_is_added_either() -> None:
    (problem,) = over()
    assert "would also allow dynamodb:getitem" in problem.wrong


@pytest.mark.parametrize(
    "statement", [allow(Condition={}), {**allow(), "Effect": "Deny"}], ids=["condition", "deny"]
)
def test_what_this_program_cannot_write_is_not_taken_over(statement: Any) -> None:
    (problem,) = over(statement)
    assert "says more than a list of actions" in problem.wrong


def test_a_secure_string_is_rejected_with_the_reason() -> None:
    """AWS refuses to change the type, in the middle of the update."""
    (problem,) = problems(Live(LiveParameter("SecureString", "?")))
    assert "is a SecureString, and AWS turns none into a String" in problem.wrong


def test_nothing_to_take_over_is_a_slip_of_the_finger() -> None:
    (problem,) = problems(Live(missing=("the parameter a", "the policy b")))
    assert problem.wrong.endswith("take over: the parameter a and the policy b do not exist")


class Aws:
    """What the provider's look-ups answer; a text is an error."""

    def __init__(self, parameter: Any, policy: Any) -> None:
        self.ssm = self.iam = self
        self._parameter, self._policy = parameter, policy

    def get_parameter(self, **_: Any) -> Any:
        return self._answer(self._parameter)

    def get_policy(self, **_: Any) -> Any:
        return self._answer(self._policy)

    @staticmethod
    def _answer(answer: Any) -> Any:
        if isinstance(answer, str):
            raise Exception(answer)  # noqa: TRY002, TRY004 - as the SDK does
        return answer


def test_what_the_state_holds_is_not_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookup, "aws", Aws("never", "never"))
    past = TablePast(parameter="p", policy="r", write_policy="w")
    declared = decide(CONFIG, {})
    assert lookup.taken_over(CONFIG, {TABLE: past}, declared) == declared


def test_absence_is_told_from_an_answer_that_did_not_come(monkeypatch: pytest.MonkeyPatch) -> None:
    """Taken for absence, a parameter that clients use would be made a second time."""
    monkeypatch.setattr(lookup, "aws", Aws("couldn't find resource", "couldn't find resource"))
    declared = decide(CONFIG, {})
    with pytest.raises(RefusedError, match="there is nothing to take over"):
        lookup.taken_over(CONFIG, {}, declared)
    monkeypatch.setattr(lookup, "aws", Aws("AccessDenied", "AccessDenied"))
    with pytest.raises(pulumi.RunError, match="could not be looked up: AccessDenied"):
        lookup.taken_over(CONFIG, {}, declared)
    without = parse(texts({"tables": {TABLE: entry()}}))
    assert lookup.taken_over(without, {}, declared) == declared
