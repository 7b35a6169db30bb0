"""Tables of every kind, as entries of the stack config, from a seed.

`random_entry` says what a table is to be, `tests.support.made.make` makes it in AWS. An entry
holds no setting that AWS would have by itself, so it is also what reading the table gives.
"""

from random import Random
from typing import Any

ALARM_ACTION = "arn:aws:sns:us-east-1:123456789012:on-call"
LOST = "arn:aws:sqs:us-east-1:123456789012:lost"
CUSTOMER_KEY = "the customer's key"
"""In a random entry: stands for the ARN of a key that is yet to be made."""

_TYPES = ("S", "N", "B")
_WORDS = ("id", "customer", "date", "total", "state", "région", "kind of thing", "a.b", "size", "#")
_VIEWS = ("KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES")
_TAGS = ("team", "cost centre", "true", "Zürich", "a:b", "0123", "null")


def random_entry(seed: int) -> dict[str, Any]:
    """One entry of `tables`; the same for the same seed.

    `${table}` in its policy is the table's ARN; `CUSTOMER_KEY` in its encryption, `stream` in its
    Kinesis destination and the names of its functions are yet to be made.
    """
    return _Dice(seed).entry()


class _Dice(Random):
    def chance(self, of: float = 0.5) -> bool:
        return self.random() < of

    def entry(self) -> dict[str, Any]:
        on_demand = self.chance()
        hash_key, range_key = self.sample(_WORDS, 2)
        keys = {"hashKey": hash_key} | ({"rangeKey": range_key} if self.chance() else {})
        local = self.local_indexes(hash_key) if "rangeKey" in keys and self.chance() else []
        indexes = [self.global_index(n, on_demand) for n in range(self.randint(0, 3))]
        entry: dict[str, Any] = {
            **keys,
            "billingMode": "PAY_PER_REQUEST" if on_demand else "PROVISIONED",
            **({} if on_demand else self.capacity()),
            "onDemandThroughput": self.maximum() if on_demand and self.chance(0.3) else None,
            "warmThroughput": self.warm() if on_demand and self.chance(0.2) else None,
            "localSecondaryIndexes": local,
            "globalSecondaryIndexes": indexes,
            "tableClass": "STANDARD_INFREQUENT_ACCESS" if self.chance(0.3) else None,
            "serverSideEncryption": self.encryption(),
            "pointInTimeRecovery": self.recovery(),
            "ttl": {"enabled": True, "attributeName": "expires"} if self.chance() else None,
            **(
                {"streamEnabled": True, "streamViewType": self.choice(_VIEWS)}
                if self.chance()
                else {}
            ),
            "deletionProtectionEnabled": self.chance(0.3),
            "tags": {key: self.choice(_TAGS) for key in self.sample(_TAGS, self.randint(0, 4))},
        }
        entry["attributes"] = self.attributes(entry)
        entry |= self.dependents(entry)
        return {key: value for key, value in entry.items() if value}

    def attributes(self, entry: dict[str, Any]) -> list[dict[str, str]]:
        owners = [entry, *entry["localSecondaryIndexes"], *entry["globalSecondaryIndexes"]]
        used = [owner[key] for owner in owners for key in ("hashKey", "rangeKey") if key in owner]
        return [{"name": name, "type": self.choice(_TYPES)} for name in dict.fromkeys(used)]

    def capacity(self) -> dict[str, int]:
        # A scaler moves at once what lies outside of its limits, which are 5 to 50 at the tightest.
        return {"readCapacity": self.randint(5, 40), "writeCapacity": self.randint(5, 40)}

    def maximum(self) -> dict[str, int]:
        units = {"maxReadRequestUnits": self.randint(1, 900)}
        return units | ({"maxWriteRequestUnits": self.randint(1, 900)} if self.chance() else {})

    def warm(self) -> dict[str, int]:
        return {
            "readUnitsPerSecond": self.randint(12_000, 20_000),
            "writeUnitsPerSecond": self.randint(4_001, 9_000),
        }

    def projection(self) -> dict[str, Any]:
        kind = self.choice(("ALL", "KEYS_ONLY", "INCLUDE"))
        carried = {"nonKeyAttributes": self.sample(("x", "y", "z"), self.randint(1, 3))}
        return {"projectionType": kind, **(carried if kind == "INCLUDE" else {})}

    def local_indexes(self, hash_key: str) -> list[dict[str, Any]]:
        others = [word for word in _WORDS if word != hash_key]
        return [
            {"name": f"local-{n}", "rangeKey": key, **self.projection()}
            for n, key in enumerate(self.sample(others, self.randint(1, 2)))
        ]

    def global_index(self, number: int, on_demand: bool) -> dict[str, Any]:  # noqa: FBT001
        hash_key, range_key = self.sample(_WORDS, 2)
        index: dict[str, Any] = {
            "name": f"by.{number}",
            "hashKey": hash_key,
            **({"rangeKey": range_key} if self.chance() else {}),
            **self.projection(),
            **({} if on_demand else self.capacity()),
        }
        if on_demand and self.chance(0.2):
            index["onDemandThroughput"] = self.maximum()
        return index

    def encryption(self) -> dict[str, Any] | None:
        own = {"enabled": True, "kmsKeyArn": CUSTOMER_KEY}
        return self.choice((None, {"enabled": True}, own))

    def recovery(self) -> dict[str, Any] | None:
        week = {"enabled": True, "recoveryPeriodInDays": 7}
        return self.choice((None, {"enabled": True}, week))

    def dependents(self, entry: dict[str, Any]) -> dict[str, Any]:
        indexes = [index["name"] for index in entry["globalSecondaryIndexes"]]
        provisioned = entry["billingMode"] == "PROVISIONED"
        insights = {"enabled": True} | self.some("indexes", sorted(self.some_of(indexes)))
        return {
            "autoScaling": self.auto_scaling(indexes) if provisioned and self.chance() else None,
            "resourcePolicy": self.policy() if self.chance(0.3) else None,
            "contributorInsights": insights if self.chance(0.3) else None,
            "kinesisStreamingDestination": self.kinesis() if self.chance(0.3) else None,
            "alarms": {f"a{n}": self.alarm(indexes) for n in range(self.randint(0, 2))},
            "eventSourceMappings": {
                f"reader-{n}": self.mapping(f"reader-{n}")
                for n in range(self.randint(0, 2) if "streamEnabled" in entry else 0)
            },
        }

    def some(self, key: str, value: Any) -> dict[str, Any]:
        return {key: value} if value else {}

    def some_of(self, these: list[str]) -> list[str]:
        return self.sample(these, self.randint(0, len(these)))

    def auto_scaling(self, indexes: list[str]) -> dict[str, Any]:
        kinds = self.sample(("read", "write"), self.randint(1, 2))
        scaled = {name: {"read": self.scaling()} for name in self.some_of(indexes)}
        return {kind: self.scaling() for kind in kinds} | self.some("indexes", scaled)

    def scaling(self) -> dict[str, Any]:
        said: dict[str, Any] = {
            "minCapacity": self.randint(1, 5),
            "maxCapacity": self.randint(50, 90),
            "targetValue": float(self.randint(20, 90)),
        }
        if self.chance():
            said |= {"scaleInCooldown": 60, "scaleOutCooldown": 30}
        return said | ({"disableScaleIn": True} if self.chance(0.2) else {})

    def policy(self) -> dict[str, Any]:
        statement = {
            "Sid": "Read",
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::123456789012:root"},
            "Action": ["dynamodb:GetItem", "dynamodb:Query"],
            "Resource": ["${table}", "${table}/index/*"],
        }
        return {"Version": "2012-10-17", "Statement": [statement]}

    def kinesis(self) -> dict[str, Any]:
        precise = {"approximateCreationDateTimePrecision": "MICROSECOND"}
        return {"streamArn": "stream", **(precise if self.chance() else {})}

    def alarm(self, indexes: list[str]) -> dict[str, Any]:
        said: dict[str, Any] = {
            "metricName": self.choice(("ReadThrottleEvents", "SystemErrors")),
            "comparisonOperator": "GreaterThanThreshold",
            "threshold": float(self.randint(0, 9)),
            "evaluationPeriods": self.randint(2, 5),
            "period": self.choice((60, 300)),
        }
        said |= {"extendedStatistic": "p99"} if self.chance(0.2) else {"statistic": "Sum"}
        if indexes and self.chance():
            said["dimensions"] = {"GlobalSecondaryIndexName": self.choice(indexes)}
        if self.chance():
            said |= {
                "alarmActions": [ALARM_ACTION],
                "alarmDescription": 'wake: "someone" #now\nplease',
                "datapointsToAlarm": 2,
                "treatMissingData": "notBreaching",
                "tags": {"team": "shop"},
            }
        return said | ({"actionsEnabled": False} if self.chance(0.2) else {})

    def mapping(self, function: str) -> dict[str, Any]:
        said: dict[str, Any] = {
            "functionName": function,
            "startingPosition": self.choice(("LATEST", "TRIM_HORIZON")),
        }
        if self.chance():
            said |= {
                "batchSize": self.randint(1, 99),
                "maximumBatchingWindowInSeconds": 5,
                "parallelizationFactor": 2,
                "maximumRetryAttempts": 3,
                "maximumRecordAgeInSeconds": 3600,
                "bisectBatchOnFunctionError": True,
                "functionResponseTypes": ["ReportBatchItemFailures"],
                "filterCriteria": {"filters": [{"pattern": '{"eventName": ["INSERT"]}'}]},
                "destinationConfig": {"onFailure": {"destinationArn": LOST}},
                "tags": {"team": "shop"},
            }
        return said | ({"enabled": False} if self.chance(0.2) else {})
