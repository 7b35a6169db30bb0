"""A table with all that a table can have, and what else has to be there for it."""

import io
import zipfile
from typing import Any

from tests.support.engine.world import World

ACCOUNT = "123456789012"
FUNCTION, STREAM, KEY = "indexer", "changes", "alias/shop"
INDEX_SCALED, INDEX_PLAIN = "by-owner", "by-town"


def table(region: str) -> dict[str, Any]:
    """The entry of `tables`: every setting, and everything that can hang on a table."""
    tracking = {"minCapacity": 5, "maxCapacity": 50, "targetValue": 70}
    return {
        "hashKey": "id",
        "rangeKey": "at",
        "attributes": [
            {"name": "id", "type": "S"},
            {"name": "at", "type": "N"},
            {"name": "owner", "type": "S"},
            {"name": "town", "type": "B"},
        ],
        "billingMode": "PROVISIONED",
        "readCapacity": 5,
        "writeCapacity": 6,
        "globalSecondaryIndexes": [
            {
                "name": INDEX_SCALED,
                "hashKey": "owner",
                "projectionType": "ALL",
                "readCapacity": 5,
                "writeCapacity": 6,
            },
            {
                "name": INDEX_PLAIN,
                "hashKey": "town",
                "rangeKey": "at",
                "projectionType": "INCLUDE",
                "nonKeyAttributes": ["total", "paid"],
                "readCapacity": 7,
                "writeCapacity": 8,
            },
        ],
        "localSecondaryIndexes": [
            {"name": "by-owner-here", "rangeKey": "owner", "projectionType": "KEYS_ONLY"}
        ],
        "serverSideEncryption": {"enabled": True, "kmsKeyArn": KEY},
        "pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 7},
        "ttl": {"enabled": True, "attributeName": "expires"},
        "streamEnabled": True,
        "streamViewType": "NEW_AND_OLD_IMAGES",
        "deletionProtectionEnabled": True,
        "tableClass": "STANDARD_INFREQUENT_ACCESS",
        "tags": {"team": "shop", "Cost-Centre": "7"},
        "autoScaling": {
            "read": tracking,
            "write": {**tracking, "scaleInCooldown": 60},
            "indexes": {INDEX_SCALED: {"read": tracking, "write": tracking}},
        },
        "alarms": {
            "throttled": {
                "metricName": "ReadThrottleEvents",
                "comparisonOperator": "GreaterThanThreshold",
                "threshold": 0,
                "evaluationPeriods": 3,
                "period": 60,
                "statistic": "Sum",
                "treatMissingData": "notBreaching",
                "alarmActions": [f"arn:aws:sns:{region}:{ACCOUNT}:pager"],
            },
            "slow": {
                "metricName": "SuccessfulRequestLatency",
                "comparisonOperator": "GreaterThanThreshold",
                "threshold": 50.5,
                "evaluationPeriods": 3,
                "datapointsToAlarm": 2,
                "period": 60,
                "extendedStatistic": "p99",
                "dimensions": {"Operation": "GetItem"},
            },
        },
        "resourcePolicy": {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Sid": "Partner",
                    "Effect": "Allow",
                    "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
                    "Action": ["dynamodb:GetItem"],
                    "Resource": "${table}",
                }
            ],
        },
        "kinesisStreamingDestination": {
            "streamArn": f"arn:aws:kinesis:{region}:{ACCOUNT}:stream/{STREAM}",
            "approximateCreationDateTimePrecision": "MICROSECOND",
        },
        "contributorInsights": {"enabled": True, "indexes": [INDEX_SCALED]},
        "eventSourceMappings": {
            FUNCTION: {
                "functionName": FUNCTION,
                "startingPosition": "TRIM_HORIZON",
                "batchSize": 10,
                "maximumRetryAttempts": 5,
                "bisectBatchOnFunctionError": True,
                "functionResponseTypes": ["ReportBatchItemFailures"],
                "filterCriteria": {"filters": [{"pattern": '{"eventName":["INSERT"]}'}]},
            }
        },
        "readActions": ["dynamodb:GetItem", "dynamodb:Query"],
        "writeActions": ["dynamodb:PutItem"],
    }


def surround(world: World) -> None:
    """The key, the stream and the function that the table names."""
    key = world.client("kms").create_key()["KeyMetadata"]["KeyId"]
    world.client("kms").create_alias(AliasName=KEY, TargetKeyId=key)
    world.client("kinesis").create_stream(StreamName=STREAM, ShardCount=1)
    role = world.iam.create_role(RoleName=FUNCTION, AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as archive:
        archive.writestr("index.py", "def handler(event, context): ...\n")
    world.client("lambda").create_function(
        FunctionName=FUNCTION,
        Runtime="python3.11",
        Role=role,
        Handler="index.handler",
        Code={"ZipFile": code.getvalue()},
    )
