"""One DynamoDB table."""

import pulumi
import pulumi_aws as aws

from stacks.decide import PhysicalTable
from stacks.past import logical_name
from stacks.settings import COPIED_BY_A_RESTORE, TableSettings


def declare_table(
    table: str, physical: PhysicalTable, settings: TableSettings
) -> aws.dynamodb.Table:
    """The DynamoDB table of one label, kept in AWS when it leaves the stack."""
    fields = TableSettings.model_fields if physical.furnished else COPIED_BY_A_RESTORE
    wanted = settings.model_dump(include=set(fields), exclude_none=True)
    return aws.dynamodb.Table(
        logical_name(table, physical.label),
        name=physical.name,
        **wanted,
        opts=pulumi.ResourceOptions(
            import_=physical.name if physical.imported else None,
            retain_on_delete=True,
        ),
    )
