"""The IAM managed policies that allow an application to use the active table."""

import json
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase

import pulumi
import pulumi_aws as aws

from restore.table.decide import Declaration
from restore.table.past import write_grant_name

_ON_INDEXES = ("dynamodb:query", "dynamodb:scan", "dynamodb:partiqlselect")
"""What can be asked of an index (Service Authorization Reference, Amazon DynamoDB)."""

_LEFT_ALONE = ("description", "path", "tags")
"""What a policy that is taken over may carry, and the config cannot say; another path or
description would replace it."""


def policy_document(actions: Sequence[str], arns: Sequence[str], *, indexed: bool) -> str:
    """An IAM policy document. Its ARNs are sorted, so that a switch leaves it as it is.

    Args:
        actions: What is allowed, such as `dynamodb:GetItem`.
        arns: The tables.
        indexed: Whether they have indexes.
    """
    # IAM takes no notice of upper and lower case in an action.
    asked = any(fnmatchcase(each, text.lower()) for text in actions for each in _ON_INDEXES)
    indexes = [f"{arn}/index/*" for arn in arns] if indexed and asked else []
    resources = sorted([*arns, *indexes])
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": resources}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def declare_grants(
    declaration: Declaration,
    tables: Mapping[str, aws.dynamodb.Table],
    hanging: Sequence[pulumi.Resource],
) -> dict[str, aws.iam.Policy]:
    """The grants over every configured table, declared once all tables are as they should be.

    So a grant that covers a table says that all of it is there.

    Args:
        declaration: What the program declares for this table.
        tables: Label → the DynamoDB table.
        hanging: What hangs on the tables.

    Returns:
        `read`, and `write` where the config asks for it.
    """
    settings = declaration.settings
    indexed = bool(settings.global_secondary_indexes or settings.local_secondary_indexes)
    usable = [tables[each.label].arn for each in declaration.physical if each.configured]

    def grant(which: str, logical: str, policy: str, actions: Sequence[str]) -> aws.iam.Policy:
        return aws.iam.Policy(
            logical,
            name=policy,
            policy=pulumi.Output.all(*usable).apply(
                lambda arns: policy_document(actions, arns, indexed=indexed)
            ),
            opts=pulumi.ResourceOptions(
                depends_on=[*tables.values(), *hanging],
                import_=declaration.adopted.get(which),
                ignore_changes=list(_LEFT_ALONE),
            ),
        )

    table = declaration.table
    grants = {"read": grant("read", table, declaration.policy, declaration.read_actions)}
    if declaration.write_policy:
        logical = write_grant_name(table)
        grants["write"] = grant(
            "write", logical, declaration.write_policy, declaration.write_actions
        )
    return grants
