"""What can hang on a table, by chance, as an entry of the stack config holds it."""

from collections.abc import Sequence
from typing import Any

from tests.support.configs.chance import Dice

ACCOUNT = "123456789012"
_TOPIC = f"arn:aws:sns:eu-west-1:{ACCOUNT}:on-call"
_LAMBDA = f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function"
_FUNCTIONS = ("index", f"{_LAMBDA}:search:live", f"{_LAMBDA}:mail:live", "mail:test")
_TAGS = {"team": "shop"}


def dependents(dice: Dice, indexes: Sequence[str], *, streamed: bool) -> dict[str, Any]:
    """Anything but scaling that can hang on a table.

    Args:
        dice: Decides.
        indexes: The names of the table's global indexes.
        streamed: Whether the table has a stream.
    """
    return dice.maybe(
        alarms=lambda: {key: _alarm(dice) for key in dice.some(("slow", "errors"))},
        resourcePolicy=lambda: _policy(dice),
        kinesisStreamingDestination=lambda: _kinesis(dice),
        contributorInsights=lambda: {
            "enabled": dice.flag(),
            **dice.maybe(
                mode=dice.one("ACCESSED_AND_THROTTLED_KEYS", "THROTTLED_KEYS"),
                indexes=lambda: dice.some(indexes),
            ),
        },
        **({"eventSourceMappings": lambda: _mappings(dice)} if streamed else {}),
    )


def auto_scaling(dice: Dice, indexes: Sequence[str]) -> dict[str, Any]:
    """Scaling of the table and of some of its indexes."""
    below = {name: _both(dice) for name in dice.some(indexes)}
    return {**_both(dice), **dice.maybe(indexes=below)}


def _both(dice: Dice) -> dict[str, Any]:
    return dice.maybe(read=lambda: _scaling(dice), write=lambda: _scaling(dice))


def _scaling(dice: Dice) -> dict[str, Any]:
    return {
        "minCapacity": dice.randint(1, 5),
        "maxCapacity": dice.randint(5, 900),
        "targetValue": dice.choice((20, 70, 82.5, 90)),
        **dice.maybe(
            scaleInCooldown=dice.number(0, 60),
            scaleOutCooldown=dice.number(0, 60),
            disableScaleIn=dice.flag,
        ),
    }


def _alarm(dice: Dice) -> dict[str, Any]:
    return {
        "metricName": dice.choice(("ReadThrottleEvents", "ConsumedReadCapacityUnits")),
        "comparisonOperator": dice.choice(("GreaterThanThreshold", "LessThanThreshold")),
        "threshold": dice.choice((0, -5, 1.5, 1e6)),
        "evaluationPeriods": dice.randint(3, 9),
        "period": dice.choice((10, 60, 300)),
        **dice.choice(({"statistic": "Sum"}, {"extendedStatistic": "p99.9"})),
        **dice.maybe(
            namespace="AWS/DynamoDB",
            dimensions=dice.one({}, {"Operation": "GetItem"}),
            datapointsToAlarm=dice.number(1, 3),
            treatMissingData=dice.one("missing", "ignore", "breaching", "notBreaching"),
            unit="Count",
            alarmDescription="wake someone",
            actionsEnabled=dice.flag,
            alarmActions=dice.one([], [_TOPIC]),
            okActions=[_TOPIC],
            insufficientDataActions=[_TOPIC],
            tags=_TAGS,
        ),
    }


def _policy(dice: Dice) -> dict[str, Any]:
    resource = dice.choice(("${table}", ["${table}", "${table}/index/*"]))
    statement = {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": resource}
    return {"Version": "2012-10-17", "Statement": [statement]}


def _kinesis(dice: Dice) -> dict[str, Any]:
    precision = dice.one("MILLISECOND", "MICROSECOND")
    return {
        "streamArn": f"arn:aws:kinesis:eu-west-1:{ACCOUNT}:stream/changes",
        **dice.maybe(approximateCreationDateTimePrecision=precision),
    }


def _mappings(dice: Dice) -> dict[str, Any]:
    return {f"reader-{n}": _mapping(dice, name) for n, name in enumerate(dice.some(_FUNCTIONS))}


def _mapping(dice: Dice, function: str) -> dict[str, Any]:
    lost = {"onFailure": {"destinationArn": f"arn:aws:sqs:eu-west-1:{ACCOUNT}:lost"}}
    return {
        "functionName": function,
        "startingPosition": dice.choice(("LATEST", "TRIM_HORIZON")),
        **dice.maybe(
            enabled=dice.flag,
            batchSize=dice.number(1, 10_000),
            maximumBatchingWindowInSeconds=dice.number(0, 300),
            parallelizationFactor=dice.number(1, 10),
            maximumRetryAttempts=dice.number(-1, 10_000),
            maximumRecordAgeInSeconds=dice.number(-1, 604_800),
            bisectBatchOnFunctionError=dice.flag,
            tumblingWindowInSeconds=dice.number(0, 900),
            functionResponseTypes=["ReportBatchItemFailures"],
            filterCriteria={"filters": [{"pattern": '{"eventName": ["INSERT"]}'}]},
            destinationConfig=lost,
            tags=_TAGS,
        ),
    }
