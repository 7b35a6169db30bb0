"""The SSM parameter that holds the active table's name: what a switch changes, and nothing else."""

from collections.abc import Sequence

import pulumi
import pulumi_aws as aws

from restore.table.decide import Declaration

_LEFT_ALONE = ("allowedPattern", "dataType", "description", "tags", "tier")
"""What a parameter that is taken over may carry, and the config cannot say."""


def declare_pointer(
    declaration: Declaration, active: aws.dynamodb.Table, grants: Sequence[aws.iam.Policy]
) -> aws.ssm.Parameter:
    """The pointer, moved only after the grants allow what it names."""
    return aws.ssm.Parameter(
        declaration.table,
        name=declaration.parameter,
        type=aws.ssm.ParameterType.STRING,
        value=active.name,
        opts=pulumi.ResourceOptions(
            depends_on=list(grants),
            import_=declaration.adopted.get("parameter"),
            ignore_changes=list(_LEFT_ALONE),
        ),
    )
