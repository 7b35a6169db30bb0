"""The IAM managed policy that allows an application to read the active table."""

import json
from collections.abc import Mapping, Sequence

import pulumi
import pulumi_aws as aws

from stacks.decide import Declaration

ACTIONS = ("dynamodb:GetItem",)


def policy_document(arns: Sequence[str]) -> str:
    """An IAM policy document. Its ARNs are sorted, so that a switch leaves it as it is."""
    statement = {"Effect": "Allow", "Action": list(ACTIONS), "Resource": sorted(arns)}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def declare_grant(
    declaration: Declaration, tables: Mapping[str, aws.dynamodb.Table]
) -> aws.iam.Policy:
    """The grant over every furnished table, declared once all tables are as they should be.

    Args:
        declaration: What the program declares for this table.
        tables: Label → the DynamoDB table.
    """
    readable = [
        tables[physical.label].arn for physical in declaration.physical if physical.furnished
    ]
    return aws.iam.Policy(
        declaration.table,
        name=declaration.policy,
        policy=pulumi.Output.all(*readable).apply(policy_document),
        opts=pulumi.ResourceOptions(
            depends_on=list(tables.values()),
            import_=_arn(declaration.policy) if declaration.adopt_pointer else None,
        ),
    )


def _arn(policy: str) -> str:
    account = aws.get_caller_identity().account_id
    return f"arn:{aws.get_partition().partition}:iam::{account}:policy/{policy}"
