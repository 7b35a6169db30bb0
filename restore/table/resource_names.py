"""Which resources hang on a label, by type and logical name. Pure.

The runbook's gate reads this as well: it lets an update make or delete these, and no other.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from restore.table.config.dependents import DependentSettings, ScaledCapacity
from restore.table.kinds import (
    ALARM,
    DESTINATION,
    INSIGHTS,
    MAPPING,
    RESOURCE_POLICY,
    SCALING_POLICY,
    SCALING_TARGET,
)
from restore.table.past import logical_name


@dataclass(frozen=True)
class Dependent:
    """One resource that hangs on a table.

    Attributes:
        kind: Its Pulumi type.
        name: Its logical name, which begins with that of the table.
    """

    kind: str
    name: str


def dependents_of(table: str, label: str, settings: DependentSettings) -> tuple[Dependent, ...]:
    """Everything that `settings` hang on the label."""
    here = logical_name(table, label)
    return tuple(Dependent(kind, f"{here}.{name}") for kind, name in _names(settings))


def scaling_name(scaled: ScaledCapacity) -> str:
    return scaling_key(scaled.capacity, scaled.index)


def scaling_key(capacity: str, index: str | None) -> str:
    return f"scaling.{capacity}.{index}" if index else f"scaling.{capacity}"


def own_names(table: str, settings: DependentSettings) -> dict[tuple[str, str], str]:
    """(type, name such as `alarm.slow`) → what the program calls it in AWS by itself.

    Of those that AWS knows by a name: another name is another resource.

    Args:
        table: The DynamoDB name of the table.
        settings: What the config declares.
    """
    alarms = {(ALARM, f"alarm.{key}"): f"{table}-{key}" for key in settings.alarms or ()}
    policies = {
        (SCALING_POLICY, scaling_name(each)): each.policy_name(table) for each in settings.scaled()
    }
    return {**alarms, **policies}


def insights_name(index: str | None) -> str:
    return f"insights.{index}" if index else "insights"


def _names(settings: DependentSettings) -> Iterator[tuple[str, str]]:
    for each in settings.scaled():
        yield SCALING_TARGET, scaling_name(each)
        yield SCALING_POLICY, scaling_name(each)
    for key in settings.alarms or ():
        yield ALARM, f"alarm.{key}"
    if settings.resource_policy is not None:
        yield RESOURCE_POLICY, "policy"
    if settings.kinesis_streaming_destination:
        yield DESTINATION, "kinesis"
    if settings.contributor_insights and settings.contributor_insights.enabled:
        for watched in (None, *settings.contributor_insights.indexes):
            yield INSIGHTS, insights_name(watched)
    for key in settings.event_source_mappings or ():
        yield MAPPING, f"mapping.{key}"
