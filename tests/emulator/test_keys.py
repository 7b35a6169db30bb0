"""KMS keys under all their names.

Written from AWS's documentation, one test a documented statement, each through boto3 over HTTP
against the emulator's process. The pages: the KMS API reference's DescribeKey; the DynamoDB API
reference's SSESpecification.
"""

from typing import TYPE_CHECKING, cast

import pytest

from tests.support.emulator.process import ACCOUNT, KEYED_BY_ID, REGION, Emulator

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_kms import KMSClient
    from mypy_boto3_kms.type_defs import KeyMetadataTypeDef

NAMES = pytest.mark.parametrize(
    "name",
    ["{id}", "{arn}", "alias/orders", f"arn:aws:kms:{REGION}:{ACCOUNT}:alias/orders"],
    ids=["id", "ARN", "alias", "alias ARN"],
)


@pytest.fixture
def kms(emulator: Emulator) -> "KMSClient":
    return cast("KMSClient", emulator.client("kms"))


@pytest.fixture
def key(kms: "KMSClient") -> "KeyMetadataTypeDef":
    made = kms.create_key()["KeyMetadata"]
    kms.create_alias(AliasName="alias/orders", TargetKeyId=made["KeyId"])
    return made


@NAMES
def test_a_key_is_found_by_each_of_its_names(
    kms: "KMSClient", key: "KeyMetadataTypeDef", name: str
) -> None:
    """DescribeKey, KeyId: key ID, key ARN, alias name or alias ARN; the answer has the ARN."""
    asked = name.format(id=key["KeyId"], arn=key["Arn"])

    assert kms.describe_key(KeyId=asked)["KeyMetadata"]["Arn"] == key["Arn"]


@NAMES
def test_a_table_shows_its_key_by_arn(
    dynamodb: "DynamoDBClient", key: "KeyMetadataTypeDef", name: str
) -> None:
    """SSESpecification, KMSMasterKeyId: each of them; SSEDescription shows the ARN alone.

    A config that names an alias must be compared by what the alias stands for.
    """
    asked = name.format(id=key["KeyId"], arn=key["Arn"])
    dynamodb.create_table(
        TableName="orders",
        SSESpecification={"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": asked},
        **KEYED_BY_ID,
    )

    table = dynamodb.describe_table(TableName="orders")["Table"]
    assert table["SSEDescription"]["KMSMasterKeyArn"] == key["Arn"]


def test_an_alias_of_no_key_is_not_found(kms: "KMSClient") -> None:
    """DescribeKey: NotFoundException."""
    with pytest.raises(kms.exceptions.NotFoundException):
        kms.describe_key(KeyId="alias/nowhere")
