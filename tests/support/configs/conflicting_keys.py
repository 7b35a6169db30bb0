"""Keys of a table that do not go together in whichever entry they stand (see `misfits`)."""

from collections.abc import Callable
from typing import Any

Entry = dict[str, Any]
Misfit = Callable[[Entry], list[str]]

_ALARM = {
    "metricName": "SystemErrors",
    "comparisonOperator": "GreaterThanThreshold",
    "threshold": 0,
    "evaluationPeriods": 2,
    "period": 60,
    "statistic": "Sum",
}
_READER = {"functionName": "index", "startingPosition": "LATEST"}
_INDEX = "arn:aws:lambda:eu-west-1:123456789012:function:index"
_STREAM = {"streamEnabled": True, "streamViewType": "NEW_IMAGE"}


def _says(keys: Entry, *wrong: str) -> Misfit:
    """Keys of an entry that are wrong in whichever entry they are."""

    def misfit(entry: Entry) -> list[str]:
        entry |= keys
        return [*wrong]

    return misfit


reader_twice = _says(
    {**_STREAM, "eventSourceMappings": {"a": _READER, "b": {**_READER, "functionName": _INDEX}}},
    "eventSourceMappings.b",
)
odd_alarms = _says(
    {
        "alarms": {
            "two": {**_ALARM, "extendedStatistic": "p99"},
            "none": {key: value for key, value in _ALARM.items() if key != "statistic"},
            "more": {**_ALARM, "datapointsToAlarm": 3},
            "named": {**_ALARM, "dimensions": {"TableName": "orders"}},
        }
    },
    "alarms.two.statistic",
    "alarms.none.statistic",
    "alarms.more.datapointsToAlarm",
    "alarms.named.dimensions.TableName",
)
policy_of_nothing = _says({"resourcePolicy": {"Version": "2012-10-17"}}, "resourcePolicy")
policy_of_another_table = _says(
    {"resourcePolicy": {"Statement": [{"Effect": "Deny", "Resource": "*"}]}}, "resourcePolicy"
)
ttl_of_nothing = _says({"ttl": {"enabled": True}}, "ttl.attributeName")
key_of_no_use = _says(
    {"serverSideEncryption": {"enabled": False, "kmsKeyArn": "alias/shop"}},
    "serverSideEncryption.kmsKeyArn",
)
_ORIGINAL = {"activeTable": "original", "adoptTables": [], "rollbackFrom": "restored-99"}
standby_twice = _says({**_ORIGINAL, "standbyTables": ["restored"] * 2}, "standbyTables")
standby_is_active = _says({**_ORIGINAL, "standbyTables": ["original"]}, "standbyTables")
a_label_in_two_places = _says(
    {**_ORIGINAL, "standbyTables": ["restored"], "adoptTables": ["restored"]}, "adoptTables"
)
back_from_itself = _says(
    {**_ORIGINAL, "standbyTables": [], "rollbackFrom": "original:2"}, "rollbackFrom"
)
one_name_for_two_labels = _says(
    {"names": {"restored-98": "same", "restored-99": "same"}}, "names.restored-99"
)
