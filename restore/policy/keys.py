"""The KMS keys of a table as IAM names them: by their ARNs, or by the aliases that they have."""

from collections.abc import Mapping
from dataclasses import dataclass

from restore.policy.scope import Where
from restore.table.config.settings import ServerSideEncryption

MANAGED = "alias/aws/dynamodb"
Condition = Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True)
class Keys:
    """Keys, and the condition that they are known by where an ARN does not say it."""

    arns: tuple[str, ...]
    condition: Condition


def managed(where: Where) -> Keys:
    """The key that AWS keeps for DynamoDB: `verify` asks for it to know it from others."""
    return _by_alias(where.arn("kms", "key/*"), MANAGED)


def customers(encryption: ServerSideEncryption, where: Where) -> Keys:
    """The key that the stack config names: by ARN, id, alias or an alias's ARN.

    An alias in a statement's Resource is the alias alone and allows nothing on its key (KMS
    Developer Guide, 'Specifying KMS keys in IAM policy statements').
    """
    name = encryption.kms_key_arn or MANAGED
    head, _, alias = name.rpartition(":alias/")
    if head:
        return _by_alias(f"{head}:key/*", f"alias/{alias}")
    if name.startswith("alias/"):
        return _by_alias(where.arn("kms", "key/*"), name)
    return Keys((name if name.startswith("arn:") else where.arn("kms", f"key/{name}"),), {})


def _by_alias(keys: str, alias: str) -> Keys:
    return Keys((keys,), {"ForAnyValue:StringEquals": {"kms:ResourceAliases": (alias,)}})
