"""One DynamoDB table."""

from typing import Any

import pulumi
import pulumi_aws as aws

from stacks.copied import base_settings
from stacks.decide import Declaration, PhysicalTable
from stacks.owned import settle
from stacks.past import logical_name


def declare_table(declaration: Declaration, physical: PhysicalTable) -> aws.dynamodb.Table:
    """The DynamoDB table of one label, kept in AWS when it leaves the stack."""
    every = declaration.settings.model_dump(exclude_none=True)
    wanted = every if physical.furnished else base_settings(declaration.settings)
    settled = settle(_with_key_arn(wanted), declaration.dependants, physical.held)
    return aws.dynamodb.Table(
        logical_name(declaration.table, physical.label),
        name=physical.name,
        **settled.wanted,
        opts=pulumi.ResourceOptions(
            import_=physical.name if physical.imported else None,
            ignore_changes=list(settled.ignored),
            retain_on_delete=True,
        ),
    )


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
        return aws.kms.get_key(key_id=key).arn
    except Exception as error:
        # The SDK raises nothing narrower, and its traceback would bury what AWS said.
        raise pulumi.RunError(
            f"The KMS key {key} could not be looked up: {error}\n"
            f"  mend: aws kms describe-key --key-id {key}, until it answers"
        ) from error
