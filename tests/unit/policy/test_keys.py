"""The KMS keys in the operator's document, by whatever name the config has for one."""

from typing import Any

import pytest

from tests.support.configs.documents import entry
from tests.support.policy_statements import ACCOUNT, statements

KEY_ID = "00000000-1111-2222-3333-444444444444"
KEYS = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key"
ANY_KEY = [f"{KEYS}/*"]


def by_alias(alias: str) -> dict[str, Any]:
    return {"ForAnyValue:StringEquals": {"kms:ResourceAliases": [alias]}}


@pytest.mark.parametrize(
    ("key", "resource", "condition"),
    [
        ("alias/shop", ANY_KEY, by_alias("alias/shop")),
        (
            "arn:aws:kms:eu-west-1:999999999999:alias/theirs",
            ["arn:aws:kms:eu-west-1:999999999999:key/*"],
            by_alias("alias/theirs"),
        ),
        (KEY_ID, [f"{KEYS}/{KEY_ID}"], {}),
        (f"{KEYS}/{KEY_ID}", [f"{KEYS}/{KEY_ID}"], {}),
    ],
)
def test_a_key_is_meant_by_whatever_name_the_config_has_for_it(
    key: str, resource: list[str], condition: dict[str, Any]
) -> None:
    """A policy that names an alias as its resource allows nothing on the key behind it."""
    encryption = {"enabled": True, "kmsKeyArn": key}
    found = statements(entry(serverSideEncryption=encryption))

    assert found["LookAtKey"]["Resource"] == found["UseKey"]["Resource"] == resource
    assert found["LookAtKey"].get("Condition", {}) == condition
    via = {"StringEquals": {"kms:ViaService": ["dynamodb.eu-west-1.amazonaws.com"]}}
    assert found["UseKey"]["Condition"] == {**condition, **via}
    assert found["LookAtAwsKey"]["Condition"] == by_alias("alias/aws/dynamodb")


def test_the_key_that_aws_manages_is_looked_at_and_needs_no_right_to_use_it() -> None:
    found = statements(entry(serverSideEncryption={"enabled": True}))

    assert [sid for sid in found if "Key" in sid] == ["LookAtAwsKey"]


def test_encryption_with_the_key_that_aws_owns_asks_for_no_key() -> None:
    found = statements(entry(serverSideEncryption={"enabled": False}))

    assert not [sid for sid in found if "Key" in sid]
