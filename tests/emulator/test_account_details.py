"""Every policy of an account in one answer, so that what names a table can be found.

Written from AWS's documentation, one test a documented statement, each through boto3 over HTTP
against the emulator's process. The page: the IAM API reference's GetAccountAuthorizationDetails,
with ManagedPolicyDetail, RoleDetail, UserDetail and GroupDetail. boto3 decodes the documents.
"""

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.emulator.process import ACCOUNT, allow, arn, document

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient

READS = document(allow("dynamodb:GetItem", on=arn("orders")))
SCANS = document(allow("dynamodb:Scan", on=arn("orders")))
TRUST = document(
    {
        "Effect": "Allow",
        "Principal": {"Service": "lambda.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }
)


@pytest.fixture
def managed(iam: "IAMClient") -> str:
    return iam.create_policy(PolicyName="read", PolicyDocument=READS)["Policy"]["Arn"]


def details(iam: "IAMClient", kind: Any) -> Any:
    return iam.get_account_authorization_details(Filter=[kind])


def test_a_customer_managed_policy_shows_its_default_version(
    iam: "IAMClient", managed: str
) -> None:
    """ManagedPolicyDetail, PolicyVersionList: the versions, the one in force marked."""
    iam.create_policy_version(PolicyArn=managed, PolicyDocument=SCANS, SetAsDefault=True)

    [policy] = details(iam, "LocalManagedPolicy")["Policies"]

    assert (policy["PolicyName"], policy["Arn"]) == ("read", managed)
    assert policy["DefaultVersionId"] == "v2"
    [in_force] = [version for version in policy["PolicyVersionList"] if version["IsDefaultVersion"]]
    assert in_force["VersionId"] == "v2"
    assert in_force["Document"] == json.loads(SCANS)


def test_a_role_shows_its_inline_and_attached_policies(iam: "IAMClient", managed: str) -> None:
    """RoleDetail: RolePolicyList with documents, AttachedManagedPolicies with ARNs."""
    iam.create_role(RoleName="index", Path="/shop/", AssumeRolePolicyDocument=TRUST)
    iam.put_role_policy(RoleName="index", PolicyName="inline", PolicyDocument=READS)
    iam.attach_role_policy(RoleName="index", PolicyArn=managed)

    [role] = details(iam, "Role")["RoleDetailList"]

    assert role["Arn"] == f"arn:aws:iam::{ACCOUNT}:role/shop/index"
    assert role["AssumeRolePolicyDocument"] == json.loads(TRUST)
    assert role["RolePolicyList"] == [{"PolicyName": "inline", "PolicyDocument": json.loads(READS)}]
    assert role["AttachedManagedPolicies"] == [{"PolicyName": "read", "PolicyArn": managed}]


def test_a_user_shows_its_policies_and_groups(iam: "IAMClient", managed: str) -> None:
    """UserDetail: UserPolicyList, AttachedManagedPolicies, GroupList."""
    iam.create_user(UserName="me")
    iam.create_group(GroupName="staff")
    iam.add_user_to_group(UserName="me", GroupName="staff")
    iam.put_user_policy(UserName="me", PolicyName="inline", PolicyDocument=READS)
    iam.attach_user_policy(UserName="me", PolicyArn=managed)

    [user] = details(iam, "User")["UserDetailList"]

    assert user["UserPolicyList"] == [{"PolicyName": "inline", "PolicyDocument": json.loads(READS)}]
    assert user["AttachedManagedPolicies"] == [{"PolicyName": "read", "PolicyArn": managed}]
    assert user["GroupList"] == ["staff"]


def test_a_group_shows_its_policies(iam: "IAMClient", managed: str) -> None:
    """GroupDetail: GroupPolicyList, AttachedManagedPolicies."""
    iam.create_group(GroupName="staff")
    iam.put_group_policy(GroupName="staff", PolicyName="inline", PolicyDocument=READS)
    iam.attach_group_policy(GroupName="staff", PolicyArn=managed)

    [group] = details(iam, "Group")["GroupDetailList"]

    assert group["GroupPolicyList"] == [
        {"PolicyName": "inline", "PolicyDocument": json.loads(READS)}
    ]
    assert group["AttachedManagedPolicies"] == [{"PolicyName": "read", "PolicyArn": managed}]


def test_details_come_in_pages(iam: "IAMClient") -> None:
    """MaxItems, IsTruncated and Marker. A list that stops at the first page misses policies."""
    for number in range(5):
        iam.create_policy(PolicyName=f"read-{number}", PolicyDocument=READS)
    iam.create_user(UserName="me")

    pages = list(
        iam.get_paginator("get_account_authorization_details").paginate(
            PaginationConfig={"PageSize": 4}
        )
    )

    assert [page["IsTruncated"] for page in pages] == [True, False]
    assert [len(page["UserDetailList"]) + len(page["Policies"]) for page in pages] == [4, 2]
    names = {policy["PolicyName"] for page in pages for policy in page["Policies"]}
    assert names == {f"read-{number}" for number in range(5)}


def test_one_answer_shows_all_kinds(iam: "IAMClient", managed: str) -> None:
    """Filter: not required. AWS's own policies are told from the account's by their ARNs."""
    iam.create_role(RoleName="index", AssumeRolePolicyDocument=TRUST)
    iam.create_user(UserName="me")
    iam.create_group(GroupName="staff")

    found = iam.get_account_authorization_details()

    assert [role["RoleName"] for role in found["RoleDetailList"]] == ["index"]
    assert [user["UserName"] for user in found["UserDetailList"]] == ["me"]
    assert [group["GroupName"] for group in found["GroupDetailList"]] == ["staff"]
    assert managed in {policy["Arn"] for policy in found["Policies"]}
