"""An entry of the stack config made in AWS with boto3, call by call, without the program."""

import json
from collections.abc import Mapping
from typing import Any

from tests.support.emulator.functions import make_function
from tests.support.emulator.process import Emulator
from tests.support.random_tables import CUSTOMER_KEY

_THROUGHPUT = {"readCapacity": "ReadCapacityUnits", "writeCapacity": "WriteCapacityUnits"}
_WORDS = {"read": "Read", "write": "Write"}
_ALARM = {"okActions": "OKActions"}


def make(emulator: Emulator, name: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """Makes the table and all that hangs on it.

    Args:
        emulator: Where.
        name: The DynamoDB name.
        entry: As `random_entry` gives it.

    Returns:
        The entry with the key, the Kinesis stream and the functions that were made for it.
    """
    whole = _with_arns(emulator, name, dict(entry))
    build(emulator, name, whole)
    return whole


def build(emulator: Emulator, name: str, whole: Mapping[str, Any]) -> None:
    """Makes the table of an entry for which all else is there."""
    dynamodb = emulator.client("dynamodb")
    table = dynamodb.create_table(TableName=name, **_table(whole))["TableDescription"]
    _switches(dynamodb, name, whole)
    _scaling(emulator.client("application-autoscaling"), name, whole.get("autoScaling", {}))
    if "resourcePolicy" in whole:
        text = json.dumps(whole["resourcePolicy"]).replace("${table}", table["TableArn"])
        dynamodb.put_resource_policy(ResourceArn=table["TableArn"], Policy=text)
    for key, alarm in whole.get("alarms", {}).items():
        _alarm(emulator.client("cloudwatch"), name, key, alarm)
    for mapping in whole.get("eventSourceMappings", {}).values():
        _mapping(emulator.client("lambda"), table["LatestStreamArn"], mapping)


def _with_arns(emulator: Emulator, name: str, entry: dict[str, Any]) -> dict[str, Any]:
    if entry.get("serverSideEncryption", {}).get("kmsKeyArn") == CUSTOMER_KEY:
        key = emulator.client("kms").create_key()["KeyMetadata"]["Arn"]
        entry["serverSideEncryption"] = {"enabled": True, "kmsKeyArn": key}
    if "kinesisStreamingDestination" in entry:
        kinesis = emulator.client("kinesis")
        kinesis.create_stream(StreamName=name, ShardCount=1)
        stream = kinesis.describe_stream_summary(StreamName=name)["StreamDescriptionSummary"]
        entry["kinesisStreamingDestination"] = {
            **entry["kinesisStreamingDestination"],
            "streamArn": stream["StreamARN"],
        }
    if "eventSourceMappings" in entry:
        function = name.replace(".", "-")
        entry["eventSourceMappings"] = {
            f"{function}-{key}": mapping | {"functionName": f"{function}-{key}"}
            for key, mapping in entry["eventSourceMappings"].items()
        }
        for made in entry["eventSourceMappings"]:
            make_function(emulator, made)
    return entry


def _table(entry: Mapping[str, Any]) -> dict[str, Any]:
    request: dict[str, Any] = {
        "AttributeDefinitions": [
            {"AttributeName": each["name"], "AttributeType": each["type"]}
            for each in entry["attributes"]
        ],
        **_subject(entry),
        "BillingMode": entry["billingMode"],
        "TableClass": entry.get("tableClass", "STANDARD"),
        "DeletionProtectionEnabled": entry.get("deletionProtectionEnabled", False),
        "Tags": _tags(entry),
    }
    if "localSecondaryIndexes" in entry:
        hash_key = {"hashKey": entry["hashKey"]}
        request["LocalSecondaryIndexes"] = [
            _index(hash_key | each) for each in entry["localSecondaryIndexes"]
        ]
    if "globalSecondaryIndexes" in entry:
        request["GlobalSecondaryIndexes"] = [
            _index(each) for each in entry["globalSecondaryIndexes"]
        ]
    if encryption := entry.get("serverSideEncryption"):
        named = {"KMSMasterKeyId": encryption["kmsKeyArn"]} if "kmsKeyArn" in encryption else {}
        request["SSESpecification"] = {"Enabled": True, "SSEType": "KMS", **named}
    if "streamEnabled" in entry:
        view = entry["streamViewType"]
        request["StreamSpecification"] = {"StreamEnabled": True, "StreamViewType": view}
    return request


def _index(entry: Mapping[str, Any]) -> dict[str, Any]:
    projection = {"ProjectionType": entry["projectionType"]}
    if "nonKeyAttributes" in entry:
        projection["NonKeyAttributes"] = entry["nonKeyAttributes"]
    return {"IndexName": entry["name"], "Projection": projection, **_subject(entry)}


def _subject(entry: Mapping[str, Any]) -> dict[str, Any]:
    """What a table and an index have in common."""
    kinds = {"hashKey": "HASH", "rangeKey": "RANGE"}
    request: dict[str, Any] = {
        "KeySchema": [
            {"AttributeName": entry[key], "KeyType": kind}
            for key, kind in kinds.items()
            if key in entry
        ]
    }
    if "readCapacity" in entry:
        request["ProvisionedThroughput"] = {aws: entry[key] for key, aws in _THROUGHPUT.items()}
    for key in ("onDemandThroughput", "warmThroughput"):
        if key in entry:
            request[_upper(key)] = _upped(entry[key])
    return request


def _switches(dynamodb: Any, name: str, entry: Mapping[str, Any]) -> None:
    if "ttl" in entry:
        specification = {"Enabled": True, "AttributeName": entry["ttl"]["attributeName"]}
        dynamodb.update_time_to_live(TableName=name, TimeToLiveSpecification=specification)
    if recovery := entry.get("pointInTimeRecovery"):
        period = {"RecoveryPeriodInDays": recovery.get("recoveryPeriodInDays", 35)}
        dynamodb.update_continuous_backups(
            TableName=name,
            PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True, **period},
        )
    if destination := entry.get("kinesisStreamingDestination"):
        configuration = _upped(destination)
        arn = configuration.pop("StreamArn")
        dynamodb.enable_kinesis_streaming_destination(
            TableName=name, StreamArn=arn, EnableKinesisStreamingConfiguration=configuration
        )
    if insights := entry.get("contributorInsights"):
        for index in (None, *insights.get("indexes", ())):
            dynamodb.update_contributor_insights(
                TableName=name,
                ContributorInsightsAction="ENABLE",
                **({"IndexName": index} if index else {}),
            )


def _scaling(scaling: Any, name: str, entry: Mapping[str, Any]) -> None:
    owners = {"": entry} | {f"/index/{key}": each for key, each in entry.get("indexes", {}).items()}
    for below, owner in owners.items():
        for capacity, word in _WORDS.items():
            if capacity in owner:
                said = _upped(owner[capacity])
                limits = {key: said.pop(key) for key in ("MinCapacity", "MaxCapacity")}
                metric = f"DynamoDB{word}CapacityUtilization"
                here = {
                    "ServiceNamespace": "dynamodb",
                    "ResourceId": f"table/{name}{below}",
                    "ScalableDimension": (
                        f"dynamodb:{'index' if below else 'table'}:{word}CapacityUnits"
                    ),
                }
                scaling.register_scalable_target(**here, **limits)
                predefined = {"PredefinedMetricType": metric}
                scaling.put_scaling_policy(
                    PolicyName=f"{metric}:table/{name}{below}",
                    PolicyType="TargetTrackingScaling",
                    TargetTrackingScalingPolicyConfiguration={
                        **said,
                        "PredefinedMetricSpecification": predefined,
                    },
                    **here,
                )


def _alarm(cloudwatch: Any, name: str, key: str, entry: Mapping[str, Any]) -> None:
    request = {_ALARM.get(each, _upper(each)): value for each, value in entry.items()}
    dimensions = {**entry.get("dimensions", {}), "TableName": name}
    request |= {
        "AlarmName": f"{name}-{key}",
        "Namespace": "AWS/DynamoDB",
        "Dimensions": [{"Name": each, "Value": value} for each, value in dimensions.items()],
        "Tags": _tags(entry),
    }
    cloudwatch.put_metric_alarm(**request)


def _mapping(functions: Any, stream: str, entry: Mapping[str, Any]) -> None:
    request = {_upper(key): value for key, value in entry.items()}
    request["EventSourceArn"] = stream
    request["Tags"] = entry.get("tags", {})
    if "filterCriteria" in entry:
        request["FilterCriteria"] = {
            "Filters": [{"Pattern": each["pattern"]} for each in entry["filterCriteria"]["filters"]]
        }
    if "destinationConfig" in entry:
        arn = entry["destinationConfig"]["onFailure"]["destinationArn"]
        request["DestinationConfig"] = {"OnFailure": {"Destination": arn}}
    functions.create_event_source_mapping(**request)


def _tags(entry: Mapping[str, Any]) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in entry.get("tags", {}).items()]


def _upped(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {_upper(key): value for key, value in entry.items()}


def _upper(key: str) -> str:
    return key[0].upper() + key[1:]
