"""CloudWatch Contributor Insights of a table and of its indexes."""

from collections.abc import Iterator

import pulumi
import pulumi_aws as aws

from restore.table.config.dependents import DependentSettings
from restore.table.resource_names import insights_name
from restore.table.resources.owner import Owner
from restore.table.resources.provider import asking


def declare_insights(owner: Owner, settings: DependentSettings) -> Iterator[pulumi.Resource]:
    """Insights of the table, and of each index that is named."""
    insights = settings.contributor_insights
    if insights is None or not insights.enabled:
        return
    for index in (None, *insights.indexes):
        name = insights_name(index)
        yield aws.dynamodb.ContributorInsights(
            owner.logical(name),
            table_name=owner.table.name,
            index_name=index,
            mode=insights.mode,
            opts=owner.options(name, _import_id(owner, name, index)),
        )


def _import_id(owner: Owner, name: str, index: str | None) -> str:
    """As the provider imports it: `name:<table>/index:<index>/<account>`."""
    if name not in owner.adoption.imports:
        return ""
    account = aws.get_caller_identity(opts=asking()).account_id
    return f"name:{owner.name}/index:{index or ''}/{account}"
