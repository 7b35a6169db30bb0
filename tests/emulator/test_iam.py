"""IAM's own operations: guarded like any, refused in XML, and simulating what a policy allows.

From IAM's service authorization reference and the IAM API reference's common errors and
SimulatePrincipalPolicy, one test a documented statement.
"""

import urllib.error
import urllib.request
from typing import TYPE_CHECKING

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from tests.support.emulator.access import code, refusal
from tests.support.emulator.process import (
    ACCOUNT,
    REGION,
    Emulator,
    allow,
    arn,
    document,
    user_with,
)

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient

USER = f"arn:aws:iam::{ACCOUNT}:user/operator"


def test_policies_are_guarded_by_arn(emulator: Emulator, iam: "IAMClient") -> None:
    """Service authorization reference, IAM. IAM answers in XML, with code AccessDenied."""
    anything = document(allow("iam:Get*", on="*"))
    own, other = (
        iam.create_policy(PolicyName=name, PolicyDocument=anything)["Policy"]["Arn"]
        for name in ("own", "other")
    )
    reader = emulator.client("iam", user_with(iam, "reader", allow("iam:GetPolicy", on=own)))

    assert reader.get_policy(PolicyArn=own)["Policy"]["PolicyName"] == "own"
    assert code(lambda: reader.get_policy(PolicyArn=other)) == "AccessDenied"
    assert code(lambda: reader.get_user(UserName="reader")) == "AccessDenied"


def test_an_answer_in_xml_holds_one_error(emulator: Emulator, iam: "IAMClient") -> None:
    """IAM API reference, common errors: the AWS SDK for Go finds the code nowhere else."""
    key, secret, _ = user_with(iam, "operator")
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    body = b"Action=GetUser&UserName=operator&Version=2010-05-08"
    request = AWSRequest("POST", emulator.url + "/", headers, body)
    SigV4Auth(Credentials(key, secret), "iam", REGION).add_auth(request)
    ready = request.prepare()
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(  # noqa: S310  # our own URL
            urllib.request.Request(ready.url, body, dict(ready.headers), method="POST")  # noqa: S310
        )

    said = refused.value.read().decode()
    assert refused.value.code == 403
    assert said.startswith("<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>")
    assert f"<Message>User: {USER} is not authorized to perform: iam:GetUser" in said


def decisions(iam: "IAMClient", principal: str, *resources: str, **context: str) -> list[str]:
    answer = iam.simulate_principal_policy(
        PolicySourceArn=principal,
        ActionNames=["dynamodb:GetItem"],
        ResourceArns=list(resources),
        ContextEntries=[
            {"ContextKeyName": key, "ContextKeyType": "string", "ContextKeyValues": [value]}
            for key, value in context.items()
        ],
    )
    return [each["EvalDecision"] for each in answer["EvaluationResults"]]


def test_a_simulation_judges_each_resource(iam: "IAMClient") -> None:
    """SimulatePrincipalPolicy: allowed, implicitDeny or explicitDeny, of the user's policies."""
    user_with(
        iam,
        "operator",
        allow("dynamodb:Get*", on=arn("o*")),
        {"Effect": "Deny", "Action": "dynamodb:*", "Resource": arn("others")},
    )

    found = decisions(iam, USER, arn("orders"), arn("others"), arn("carts"))

    assert found == ["allowed", "explicitDeny", "implicitDeny"]


def test_a_simulation_knows_what_it_is_told(iam: "IAMClient") -> None:
    """SimulatePrincipalPolicy: a context key counts only where the call brings it."""
    condition = {"StringEquals": {"aws:RequestedRegion": REGION}}
    user_with(iam, "operator", allow("dynamodb:*", on="*") | {"Condition": condition})

    assert decisions(iam, USER, arn("orders")) == ["implicitDeny"]
    assert decisions(iam, USER, arn("orders"), **{"aws:RequestedRegion": REGION}) == ["allowed"]


def test_a_role_can_be_simulated_and_nobody_else(emulator: Emulator, iam: "IAMClient") -> None:
    """SimulatePrincipalPolicy: a user, a group or a role; to ask needs a right on that one."""
    role = iam.create_role(RoleName="night", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    reads = document(allow("dynamodb:GetItem", on=arn("orders")))
    iam.put_role_policy(RoleName="night", PolicyName="inline", PolicyDocument=reads)
    asks = allow("iam:SimulatePrincipalPolicy", on=role)
    asking = emulator.client("iam", user_with(iam, "operator", asks))

    assert decisions(asking, role, arn("orders")) == ["allowed"]
    assert refusal(lambda: decisions(asking, USER, arn("orders")))[0] == "AccessDenied"
    missing = USER.replace("operator", "nobody")
    assert refusal(lambda: decisions(iam, missing, arn("orders")))[0] == "NoSuchEntity"
