"""What an operator's document allows on the tables of a stack, statement by statement."""

from typing import Any

from restore.policy.document import document
from restore.policy.scope import Where
from restore.table.config.parse import parse
from tests.support.configs.documents import TABLE, entry, texts
from tests.support.memory.facts import past_by

ACCOUNT = "123456789012"
HERE = Where("aws", "eu-west-1", ACCOUNT)
STREAMS = {"streamEnabled": True, "streamViewType": "KEYS_ONLY"}
ALARM = {
    "metricName": "ReadThrottleEvents",
    "comparisonOperator": "GreaterThanThreshold",
    "threshold": 0,
    "evaluationPeriods": 1,
    "period": 60,
    "statistic": "Sum",
}
PARTNER = {
    "Effect": "Allow",
    "Principal": "*",
    "Action": ["dynamodb:GetItem"],
    "Resource": "${table}",
}


def statements(
    *tables: dict[str, Any], way: str = "", where: Where = HERE, tagged: bool = False
) -> dict[str, dict[str, Any]]:
    """Sid → statement of a stack with these entries; the first one is the walk-through's."""
    names = [TABLE, *(f"{TABLE}-{number}" for number in range(2, len(tables) + 1))]
    config = parse(texts({"tables": dict(zip(names, tables, strict=True))}))
    made = document(config.tables, {TABLE: past_by(way)} if way else {}, where, tagged=tagged)
    found = {each["Sid"]: each for each in made["Statement"]}
    assert len(found) == len(made["Statement"])
    return found


def everything() -> dict[str, Any]:
    return entry(
        **STREAMS,
        billingMode="PROVISIONED",
        readCapacity=5,
        writeCapacity=5,
        serverSideEncryption={"enabled": True, "kmsKeyArn": "alias/shop"},
        tags={"team": "shop"},
        ttl={"enabled": True, "attributeName": "expires"},
        autoScaling={"read": {"minCapacity": 5, "maxCapacity": 9, "targetValue": 70}},
        alarms={"throttled": {**ALARM, "tags": {"team": "shop"}}},
        resourcePolicy={"Version": "2012-10-17", "Statement": [PARTNER]},
        kinesisStreamingDestination={
            "streamArn": f"arn:aws:kinesis:eu-west-1:{ACCOUNT}:stream/changes"
        },
        contributorInsights={"enabled": True},
        eventSourceMappings={
            "indexer": {
                "functionName": "indexer",
                "startingPosition": "LATEST",
                "tags": {"team": "shop"},
            }
        },
        writeActions=["dynamodb:PutItem"],
    )
