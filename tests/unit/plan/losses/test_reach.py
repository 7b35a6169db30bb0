"""Which IAM policies treat the restored table otherwise than the one that it replaces."""

from typing import Any

import pytest

from restore.plan.losses.mention import Route, Side
from restore.plan.losses.reach import unequal
from restore.plan.losses.wildcards import covers

ARN = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders"
ROUTE = Route(
    Side("orders", ARN),
    Side("orders-restored", f"{ARN}-restored"),
    indexes=("by-customer",),
    stream=f"{ARN}/stream/2026-01-31T14:02:00.000",
)


def statement(effect: str = "Allow", **parts: Any) -> dict[str, Any]:
    return {"Effect": effect, "Action": "dynamodb:GetItem", **parts}


def says(*statements: dict[str, Any]) -> list[str]:
    return unequal({"Version": "2012-10-17", "Statement": list(statements)}, ROUTE.arns())


@pytest.mark.parametrize(
    "resource",
    [
        pytest.param(ARN, id="the-table"),
        pytest.param([ARN, "arn:aws:s3:::exports"], id="one-of-several"),
        pytest.param(f"{ARN}/index/by-customer", id="an-index"),
        pytest.param(f"{ARN}/index/*", id="every-index"),
        pytest.param(f"{ARN}/stream/*", id="its-streams"),
        pytest.param(f"{ARN}/stream/2026-01-31T14:02:00.000", id="this-stream"),
        pytest.param("arn:aws:dynamodb:*:*:table/orders", id="any-region"),
        pytest.param("arn:aws:dynamodb:*:table/order?", id="a-wildcard-past-a-colon"),
    ],
)
def test_a_policy_that_names_the_source_alone_is_found(resource: Any) -> None:
    """After the switch its holder would be denied."""
    assert says(statement(Resource=resource)) == ["allows dynamodb:GetItem"]


@pytest.mark.parametrize(
    "resource",
    [
        pytest.param("*", id="everything"),
        pytest.param("arn:aws:dynamodb:*", id="an-incomplete-arn"),
        pytest.param(f"{ARN}*", id="both-by-their-beginning"),
        pytest.param([ARN, f"{ARN}-restored"], id="both-by-name"),
        pytest.param(
            "arn:aws:dynamodb:eu-west-1:123456789012:table/${aws:username}", id="variable"
        ),
        pytest.param("arn:aws:dynamodb:eu-west-1:123456789012:table/carts", id="another-table"),
        pytest.param("arn:aws:s3:::orders", id="another-service"),
        pytest.param("arn:aws:dynamodb:us-east-1:123456789012:table/orders", id="another-region"),
        pytest.param("arn:aws:dynamodb:eu-west-1:123456789012:table/[o]rders", id="no-glob"),
    ],
)
def test_a_policy_that_treats_both_alike_is_not_named(resource: Any) -> None:
    assert says(statement(Resource=resource)) == []


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        pytest.param(
            [statement(Resource=ARN), statement(Action="dynamodb:*", Resource=f"{ARN}-restored")],
            [],
            id="two-statements-together-allow-both",
        ),
        pytest.param(
            [
                statement(Action=["dynamodb:GetItem", "dynamodb:Query"], Resource=ARN),
                statement(Action="DYNAMODB:getitem", Resource=f"{ARN}-restored"),
            ],
            ["allows dynamodb:Query"],
            id="only-a-part-of-it-is-allowed-on-the-target",
        ),
        pytest.param(
            [statement(Action="s3:GetObject", Resource=ARN)], [], id="an-action-of-another-service"
        ),
        pytest.param([statement(Action="*", Resource=ARN)], ["allows *"], id="every-action"),
        pytest.param(
            [{"Effect": "Allow", "NotAction": "iam:*", "Resource": ARN}],
            ["allows all but iam:*"],
            id="all-actions-but-some",
        ),
        pytest.param(
            [statement("Deny", Action="dynamodb:DeleteTable", Resource=ARN)],
            ["denies dynamodb:DeleteTable"],
            id="a-guard-that-the-target-lacks",
        ),
        pytest.param(
            [statement("Deny", Action="dynamodb:*", NotResource=ARN)],
            ["denies the restored table alone dynamodb:*"],
            id="a-fence-around-the-source",
        ),
        pytest.param([statement(NotResource=ARN)], [], id="more-allowed-on-the-target"),
    ],
)
def test_what_the_policy_says_of_one_of_them_is_told(
    statements: list[dict[str, Any]], expected: list[str]
) -> None:
    assert says(*statements) == expected


def test_a_policy_may_hold_one_statement_without_a_list() -> None:
    document = {"Statement": statement(Resource=ARN)}

    assert unequal(document, ROUTE.arns()) == ["allows dynamodb:GetItem"]


def test_a_question_mark_is_exactly_one_character() -> None:
    assert covers(f"{ARN[:-1]}?", ARN)
    assert not covers(f"{ARN}?", ARN)
