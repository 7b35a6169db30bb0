"""Kinesis and Contributor Insights: two switches of a table that are no part of DescribeTable."""

from typing import Any

from restore.settings.answers import Answer, Answers
from restore.settings.table import ON

PRECISION = "MILLISECOND"
"""ApproximateCreationDateTimePrecision, unless it was said."""
MODE = "ACCESSED_AND_THROTTLED_KEYS"
"""ContributorInsightsMode, unless it was said."""
_FLOWING = frozenset({"ACTIVE", "ENABLING", "UPDATING"})


def kinesis_streaming_destination(answers: Answers) -> dict[str, Any]:
    """`kinesisStreamingDestination`; a destination that was disabled stays listed and is none."""
    for each in flowing(answers):
        precision = each.get("ApproximateCreationDateTimePrecision", PRECISION)
        said = {"approximateCreationDateTimePrecision": precision}
        return {"streamArn": each["StreamArn"], **(said if precision != PRECISION else {})}
    return {}


def flowing(answers: Answers) -> list[Answer]:
    """The destinations that get the table's changes: a table may have two."""
    return [each for each in answers.destinations if each["DestinationStatus"] in _FLOWING]


def contributor_insights(answers: Answers) -> dict[str, Any]:
    """`contributorInsights`, of the table and of the indexes where they are on."""
    on = [each for each in answers.insights if each["ContributorInsightsStatus"] in ON]
    if not on:
        return {}
    indexes = sorted(each["IndexName"] for each in on if each.get("IndexName"))
    said: dict[str, Any] = {"enabled": any(not each.get("IndexName") for each in on)}
    mode = _mode(on)
    if mode != MODE:
        said["mode"] = mode
    return said | ({"indexes": indexes} if indexes else {})


def _mode(on: list[Answer]) -> str:
    """The table's mode where its own insights are on: the config has one for all of them."""
    first = min(on, key=lambda each: each.get("IndexName") or "")
    return str(first.get("ContributorInsightsMode", MODE))
