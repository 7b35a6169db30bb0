"""The policy that is attached to the table itself."""

import json
from collections.abc import Iterator

import pulumi
import pulumi_aws as aws

from stacks.dependants.settings import TABLE_ARN, DependantSettings


def declare_resource_policy(
    here: str, table: aws.dynamodb.Table, settings: DependantSettings
) -> Iterator[pulumi.Resource]:
    """The policy, with the table's own ARN where the config says `${table}`."""
    if settings.resource_policy is None:
        return
    document = json.dumps(settings.resource_policy)
    yield aws.dynamodb.ResourcePolicy(
        f"{here}.policy",
        resource_arn=table.arn,
        policy=table.arn.apply(lambda arn: document.replace(TABLE_ARN, arn)),
    )
