"""One DynamoDB table."""

from collections.abc import Mapping
from typing import Any

import pulumi
import pulumi_aws as aws

from restore.table.config.copied import base_settings
from restore.table.decide import Declaration, PhysicalTable
from restore.table.owned import settle
from restore.table.past import logical_name
from restore.table.resources.provider import asking

_ABSENT = ("couldn't find resource", "ResourceNotFoundException")
"""The provider's words for a table that does not exist. What happens then, the engine says."""


def declare_table(declaration: Declaration, physical: PhysicalTable) -> aws.dynamodb.Table:
    """The DynamoDB table of one label, kept in AWS when it leaves the stack."""
    every = declaration.settings.model_dump(exclude_none=True)
    wanted = every if physical.configured else base_settings(declaration.settings)
    settled = settle(_with_key_arn(wanted), declaration.dependents, physical.held)
    own = settled.wanted.get("tags") or {}
    left = declaration.provider.leaves_alone(
        own, physical.tagged, (physical.held or {}).get("tagsAll")
    )
    tags = own if left else {**_others(declaration, physical, own), **own}
    return aws.dynamodb.Table(
        logical_name(declaration.table, physical.label),
        name=physical.name,
        **{**settled.wanted, **({"tags": tags} if tags else {})},
        opts=pulumi.ResourceOptions(
            import_=physical.name if physical.imported else None,
            ignore_changes=[*settled.ignored, *(("tags", "tagsAll") if left else ())],
            retain_on_delete=True,
        ),
    )


def _others(
    declaration: Declaration, physical: PhysicalTable, own: Mapping[str, str]
) -> dict[str, str]:
    """The tags that someone else put on the table: declared as they stand, so that they stay.

    They are asked of AWS. The state says those of the last update only, also where the engine
    refreshes it first: a program gets to see that no earlier than after the update.
    """
    if not physical.imported:
        return {}
    try:
        live = aws.dynamodb.get_table(name=physical.name, opts=asking()).tags
    except Exception as error:
        # The SDK raises nothing narrower.
        if any(words in str(error) for words in _ABSENT):
            return {}
        raise pulumi.RunError(
            f"The tags of {physical.name} could not be looked up: {error}\n"
            f"  fix: aws dynamodb describe-table --table-name {physical.name}, until it answers"
        ) from error
    return declaration.provider.others(live, own, physical.tagged)


def _with_key_arn(wanted: dict[str, Any]) -> dict[str, Any]:
    """The ARN of the key in place of its id or alias, which would differ for ever (#1802).

    DescribeTable gives the key's ARN whatever name the table was made with.
    """
    encryption = wanted.get("server_side_encryption") or {}
    key = encryption.get("kms_key_arn")
    if key is None or ":key/" in key:
        return wanted
    return {**wanted, "server_side_encryption": {**encryption, "kms_key_arn": _arn_of(key)}}


def _arn_of(key: str) -> str:
    try:
        return aws.kms.get_key(key_id=key, opts=asking()).arn
    except Exception as error:
        # The SDK raises nothing narrower, and its traceback would bury what AWS said.
        raise pulumi.RunError(
            f"The KMS key {key} could not be looked up: {error}\n"
            f"  fix: aws kms describe-key --key-id {key}, until it answers"
        ) from error
