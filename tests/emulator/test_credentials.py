"""Whose right a key is: a user's, a role's for a session, and everything for a key never issued.

From the IAM user guide's "Policy evaluation logic" and its pages on temporary credentials, one test
a documented statement.
"""

from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError

from tests.support.emulator.access import ITEM, USER, code
from tests.support.emulator.process import ACCOUNT, Emulator, allow, arn, document, user_with

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient


@pytest.mark.usefixtures("tables")
def test_a_session_has_its_roles_policies(emulator: Emulator, iam: "IAMClient") -> None:
    """Evaluation logic: a role session is judged by the role's policies."""
    trust = {"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole"}
    role = iam.create_role(
        RoleName="reading",
        AssumeRolePolicyDocument=document(trust),
    )["Role"]
    statement = allow("dynamodb:GetItem", on=arn("orders"))
    iam.put_role_policy(
        RoleName="reading",
        PolicyName="inline",
        PolicyDocument=document(statement),
    )
    session = emulator.client("sts").assume_role(RoleArn=role["Arn"], RoleSessionName="me")
    key = session["Credentials"]
    reader = emulator.client(
        "dynamodb", (key["AccessKeyId"], key["SecretAccessKey"], key["SessionToken"])
    )

    assert code(lambda: reader.get_item(TableName="orders", Key=ITEM)) == ""
    with pytest.raises(ClientError, match="assumed-role/reading/me is not authorized"):
        reader.get_item(TableName="others", Key=ITEM)


@pytest.mark.usefixtures("tables")
def test_a_dummy_key_may_do_everything(emulator: Emulator) -> None:
    """Ours, not AWS's: the sandbox's dummy key needs no set-up."""
    anyone = emulator.client("dynamodb", ("dummy", "secret", None))

    assert anyone.get_item(TableName="orders", Key=ITEM)["Item"] == ITEM


@pytest.mark.usefixtures("tables")
def test_a_key_that_was_never_issued_is_no_key(emulator: Emulator) -> None:
    """DynamoDB guide, error handling: UnrecognizedClientException; STS: InvalidClientTokenId."""
    unknown = ("AKIAIOSFODNN7EXAMPLE", "secret", None)

    dynamodb, sts = (emulator.client(each, unknown) for each in ("dynamodb", "sts"))

    assert code(lambda: dynamodb.get_item(TableName="orders", Key=ITEM)) == (
        "UnrecognizedClientException"
    )
    assert code(sts.get_caller_identity) == "InvalidClientTokenId"


@pytest.mark.usefixtures("tables")
def test_a_role_is_assumed_by_anyone_who_may_assume_it(
    emulator: Emulator, iam: "IAMClient"
) -> None:
    """API reference, AssumeRole: the caller needs sts:AssumeRole on the role."""
    role = iam.create_role(RoleName="reading", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    able = emulator.client("sts", user_with(iam, "able", allow("sts:AssumeRole", on=role)))
    unable = emulator.client("sts", user_with(iam, "unable", allow("sts:GetSessionToken", on="*")))

    session = able.assume_role(RoleArn=role, RoleSessionName="me")
    assert session["AssumedRoleUser"]["Arn"].endswith(":assumed-role/reading/me")
    assert code(lambda: unable.assume_role(RoleArn=role, RoleSessionName="me")) == "AccessDenied"


@pytest.mark.usefixtures("tables")
def test_an_issued_session_key_needs_its_token(emulator: Emulator, iam: "IAMClient") -> None:
    """IAM guide, temporary credentials: the session token is part of them."""
    iam.create_role(RoleName="reading", AssumeRolePolicyDocument="{}")
    role = iam.get_role(RoleName="reading")["Role"]
    session = emulator.client("sts").assume_role(RoleArn=role["Arn"], RoleSessionName="me")
    key = session["Credentials"]
    reader = emulator.client("dynamodb", (key["AccessKeyId"], key["SecretAccessKey"], "wrong"))

    assert code(reader.list_tables) == "UnrecognizedClientException"


def test_everyone_may_ask_who_they_are(emulator: Emulator, iam: "IAMClient") -> None:
    """API reference, GetCallerIdentity: no permissions are required."""
    sts = emulator.client("sts", user_with(iam, "reader"))

    assert sts.get_caller_identity()["Arn"] == USER
