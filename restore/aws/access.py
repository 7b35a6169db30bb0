"""IAM policies that name a table: the account's own, and those inside users, roles and groups."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from restore.plan.losses.mention import Kind, Mention, Route
from restore.plan.losses.reach import unequal

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient
    from mypy_boto3_iam.literals import EntityTypeType

# Policies that AWS manages name nobody's table.
_KINDS: "tuple[EntityTypeType, ...]" = ("User", "Role", "Group", "LocalManagedPolicy")
_HOLDERS = (
    ("user", "UserDetailList", "UserName", "UserPolicyList"),
    ("role", "RoleDetailList", "RoleName", "RolePolicyList"),
    ("group", "GroupDetailList", "GroupName", "GroupPolicyList"),
)


def policies(client: "IAMClient", route: Route) -> Iterator[Mention]:
    """Each policy that treats the two tables unequally (GetAccountAuthorizationDetails)."""
    arns = list(route.arns())
    pages = client.get_paginator("get_account_authorization_details")
    for page in pages.paginate(Filter=list(_KINDS)):
        for kind, name, document in _documents(page):
            says = unequal(document, arns)
            if says:
                yield Mention(
                    kind,
                    name,
                    "; ".join(says),
                    f"name {route.target.arn} in it, wherever it names {route.source.name}",
                )


def _documents(page: Mapping[str, Any]) -> Iterator[tuple[Kind, str, Any]]:
    for policy in page.get("Policies", ()):
        for version in policy.get("PolicyVersionList", ()):
            if version["IsDefaultVersion"]:
                yield Kind.IAM_POLICY, policy["PolicyName"], version["Document"]
    for holder, listed, name, inline in _HOLDERS:
        for each in page.get(listed, ()):
            for policy in each.get(inline, ()):
                here = f"{policy['PolicyName']} of the {holder} {each[name]}"
                yield Kind.INLINE_POLICY, here, policy["PolicyDocument"]
