"""A table as AWS answers, with nothing on it, and what a restore loses of it beside a config."""

from dataclasses import replace
from typing import Any

from restore.plan.losses.loss import Loss
from restore.plan.losses.lost import losses
from restore.plan.losses.mention import Mention, Survey
from restore.settings.answers import Answers
from restore.table.config.parse import parse
from restore.table.config.resolved import TableConfig
from tests.support.configs.documents import TABLE, entry, texts

NAME = f"{TABLE}-original-table"
ARN = f"arn:aws:dynamodb:eu-west-1:123456789012:table/{NAME}"
BARE = Answers(
    table={
        "TableName": NAME,
        "TableArn": ARN,
        "TableStatus": "ACTIVE",
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "BillingModeSummary": {"BillingMode": "PAY_PER_REQUEST"},
        "WarmThroughput": {"ReadUnitsPerSecond": 12_000, "WriteUnitsPerSecond": 4_000},
    },
    recovery={"PointInTimeRecoveryStatus": "ENABLED", "RecoveryPeriodInDays": 35},
)
BY_CUSTOMER: dict[str, Any] = {
    "name": "by-customer",
    "hashKey": "customer",
    "projectionType": "ALL",
}

INDEXED: dict[str, Any] = {
    "attributes": [{"name": name, "type": "S"} for name in ("id", "customer")],
    "globalSecondaryIndexes": [BY_CUSTOMER],
}


def described(**table: Any) -> Answers:
    return replace(BARE, table={**BARE.table, **table})


def declared(**changed: Any) -> TableConfig:
    (config,) = parse(texts({"tables": {TABLE: entry(**changed)}})).tables
    return config


def lost(answers: Answers | None, config: TableConfig | None = None, *found: Mention) -> list[Loss]:
    return losses(Survey(answers, found), config or declared(), "restore-demo")


def only(answers: Answers, config: TableConfig | None = None) -> Loss:
    (loss,) = lost(answers, config)
    return loss


def set_(path: str, value: str) -> str:
    return f"pulumi config set --path {path} {value}"
