"""One DynamoDB table."""

import pulumi
import pulumi_aws as aws

from stacks.copied import base_settings
from stacks.decide import PhysicalTable
from stacks.past import logical_name
from stacks.settings import TableSettings


def declare_table(
    table: str, physical: PhysicalTable, settings: TableSettings
) -> aws.dynamodb.Table:
    """The DynamoDB table of one label, kept in AWS when it leaves the stack."""
    every = settings.model_dump(exclude_none=True)
    wanted = every if physical.furnished else base_settings(settings)
    return aws.dynamodb.Table(
        logical_name(table, physical.label),
        name=physical.name,
        **wanted,
        opts=pulumi.ResourceOptions(
            import_=physical.name if physical.imported else None,
            retain_on_delete=True,
        ),
    )
