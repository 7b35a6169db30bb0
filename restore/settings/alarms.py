"""CloudWatch alarms on one metric of the table → `alarms`."""

from typing import Any

from restore.settings.answers import Answer, Answers
from restore.settings.keys import free_key

NAMESPACE = "AWS/DynamoDB"
TABLE = "TableName"
_PLAIN = {
    "MetricName": "metricName",
    "ComparisonOperator": "comparisonOperator",
    "Threshold": "threshold",
    "EvaluationPeriods": "evaluationPeriods",
    "Period": "period",
    "Statistic": "statistic",
    "ExtendedStatistic": "extendedStatistic",
    "DatapointsToAlarm": "datapointsToAlarm",
    "Unit": "unit",
    "AlarmDescription": "alarmDescription",
    "AlarmActions": "alarmActions",
    "OKActions": "okActions",
    "InsufficientDataActions": "insufficientDataActions",
}


def is_about(alarm: Answer, table: str) -> bool:
    """Whether the alarm watches one metric of `table`, and not an expression over several."""
    return "MetricName" in alarm and _dimensions(alarm).get(TABLE) == table


def keyed(answers: Answers) -> dict[str, Answer]:
    """The table's own alarms by their keys: the names, less a leading `<table name>-`.

    Those that auto scaling makes for itself are not among them.
    """
    scalers = {
        alarm["AlarmName"]
        for policy in answers.scaling_policies
        for alarm in policy.get("Alarms", ())
    }
    prefix = f"{answers.name}-"
    # A name as the program gives it comes first, so that no other takes its key.
    ordered = sorted(
        (alarm for alarm in answers.alarms if alarm["AlarmName"] not in scalers),
        key=lambda alarm: (not alarm["AlarmName"].startswith(prefix), alarm["AlarmName"]),
    )
    found: dict[str, Answer] = {}
    for alarm in ordered:
        found[free_key(alarm["AlarmName"].removeprefix(prefix), found)] = alarm
    return found


def alarms(answers: Answers) -> dict[str, dict[str, Any]]:
    """`alarms`: key → its settings, without what CloudWatch takes where nothing is said."""
    return {key: _settings(alarm) for key, alarm in keyed(answers).items()}


def _settings(alarm: Answer) -> dict[str, Any]:
    said = {name: alarm.get(key) for key, name in _PLAIN.items()}
    said |= {
        "namespace": alarm["Namespace"] if alarm["Namespace"] != NAMESPACE else None,
        "dimensions": {key: value for key, value in _dimensions(alarm).items() if key != TABLE},
        "treatMissingData": alarm.get("TreatMissingData", "missing"),
        "tags": dict(alarm.get("Tags", {})),
    }
    if said["treatMissingData"] == "missing":
        del said["treatMissingData"]
    kept = {key: value for key, value in said.items() if value not in (None, "", [], {})}
    return kept | ({} if alarm.get("ActionsEnabled", True) else {"actionsEnabled": False})


def _dimensions(alarm: Answer) -> dict[str, str]:
    return {each["Name"]: each["Value"] for each in alarm.get("Dimensions", ())}
