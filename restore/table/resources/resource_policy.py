"""The policy that is attached to the table itself."""

import json
from collections.abc import Iterator

import pulumi
import pulumi_aws as aws

from restore.table.config.dependents import TABLE_ARN, DependentSettings
from restore.table.resources.owner import Owner
from restore.table.resources.provider import asking

_NAME = "policy"
UNKEYED = ("confirmRemoveSelfResourceAccess",)
"""Properties that the config has no key for: hand-set ones are left alone."""


def declare_resource_policy(owner: Owner, settings: DependentSettings) -> Iterator[pulumi.Resource]:
    """The policy, with the table's own ARN where the config says `${table}`."""
    if settings.resource_policy is None:
        return
    document = json.dumps(settings.resource_policy)
    yield aws.dynamodb.ResourcePolicy(
        owner.logical(_NAME),
        resource_arn=owner.table.arn,
        policy=owner.table.arn.apply(
            lambda arn: as_held(document.replace(TABLE_ARN, arn), owner.policy)
        ),
        opts=owner.options(_NAME, _import_id(owner), tuple(_left_alone(owner))),
    )


def as_held(document: str, held: str | None) -> str:
    """The text that the state holds, where it is the same document: a write would change nothing.

    A policy made by hand has its keys in another order, and the provider compares texts.
    """
    same = held is not None and json.loads(held) == json.loads(document)
    return held if held is not None and same else document


def _left_alone(owner: Owner) -> Iterator[str]:
    """Its text too while it is imported: nothing is written then."""
    yield from UNKEYED
    if _NAME in owner.adoption.imports:
        yield "policy"


def _import_id(owner: Owner) -> str:
    """The table's ARN, which is not known from the table itself while a preview imports it."""
    if _NAME not in owner.adoption.imports:
        return ""
    partition, region = (
        aws.get_partition(opts=asking()).partition,
        aws.get_region(opts=asking()).region,
    )
    account = aws.get_caller_identity(opts=asking()).account_id
    return f"arn:{partition}:dynamodb:{region}:{account}:table/{owner.name}"
