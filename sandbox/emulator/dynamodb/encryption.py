"""Which KMS key encrypts a table.

The AWS-owned key is not shown at all; SSEType KMS with no key named means the account's
AWS-managed key `alias/aws/dynamodb` (API reference, SSESpecification).
"""

from typing import Any

from moto.dynamodb.exceptions import ValidationException
from moto.kms.models import kms_backends

MANAGED_KEY = "alias/aws/dynamodb"


def key_arn(specification: dict[str, Any] | None, account: str, region: str) -> str | None:
    """Return the ARN of the key that an SSESpecification names, None for the AWS-owned one.

    Raises:
        ValidationException: no such key.
    """
    if not specification or not specification.get("Enabled"):
        return None
    kms = kms_backends[account][region]
    name = specification.get("KMSMasterKeyId", MANAGED_KEY)
    if name == MANAGED_KEY and not kms.alias_exists(MANAGED_KEY):
        key = kms.create_key(
            policy="",
            key_usage="ENCRYPT_DECRYPT",
            key_spec="SYMMETRIC_DEFAULT",
            description="Default key that protects my DynamoDB data when no other key is defined",
            tags=None,
        )
        kms.create_alias(key.id, MANAGED_KEY)
    alias = kms.get_alias_name(name)
    identifier = kms.get_key_id_from_alias(alias) if alias.startswith("alias/") else name
    found = kms.keys.get(kms.get_key_id(identifier)) if identifier else None
    if found is None:
        raise ValidationException(f"KMS validation error: Invalid keyId '{name}'")
    return str(found.arn)
