"""CloudWatch Contributor Insights of a table and of its indexes."""

from collections.abc import Iterator

import pulumi
import pulumi_aws as aws

from stacks.dependants.names import insights_name
from stacks.dependants.settings import DependantSettings


def declare_insights(
    here: str, table: aws.dynamodb.Table, settings: DependantSettings
) -> Iterator[pulumi.Resource]:
    """Insights of the table, and of each index that is named."""
    insights = settings.contributor_insights
    if insights is None or not insights.enabled:
        return
    for index in (None, *insights.indexes):
        yield aws.dynamodb.ContributorInsights(
            f"{here}.{insights_name(index)}",
            table_name=table.name,
            index_name=index,
            mode=insights.mode,
        )
