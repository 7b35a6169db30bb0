"""KMS keys as IAM sees them: by ARN, with their aliases, and those that tables are under.

Developer guide, "Authorizing use of your customer managed key": anyone who makes such a table, by a
restore too, needs these actions on its key, by way of DynamoDB. Not asked for: the same for
reading or writing items.
"""

from typing import Any

from moto.dynamodb.models import dynamodb_backends
from moto.kms.models import kms_backends

USED = ("CreateGrant", "Decrypt", "DescribeKey", "Encrypt", "GenerateDataKey")
MANAGED = "alias/aws/dynamodb"


def key_arn(name: str, region: str, account: str) -> str:
    """Return the ARN of the key that an id, an ARN or an alias names; of no key, one of that id."""
    kms = kms_backends[account][region]
    alias = kms.get_alias_name(name)
    known = kms.get_key_id_from_alias(alias) if alias.startswith("alias/") else None
    return f"arn:aws:kms:{region}:{account}:key/{kms.get_key_id(known or name)}"


def aliases(arn: str) -> list[str]:
    """Return the aliases of a key, `kms:ResourceAliases`."""
    _, _, _, region, account, resource = arn.split(":", 5)
    key = kms_backends[account][region].keys.get(resource.removeprefix("key/"))
    return sorted(key.aliases) if key else []


def key_needs(request: dict[str, Any], region: str, account: str) -> list[tuple[str, str]]:
    """Return what a DynamoDB call needs of a customer's key."""
    asked = request.get("SSESpecificationOverride") or request.get("SSESpecification")
    source = request.get("SourceTableName")
    if asked is None and source:
        tables = dynamodb_backends[account][region].tables
        asked = tables[source].sse_specification if source in tables else None
    name = (asked or {}).get("KMSMasterKeyId")
    if not name:
        return []
    arn = key_arn(name, region, account)
    return [] if MANAGED in aliases(arn) else [(f"kms:{action}", arn) for action in USED]
