"""What AWS refuses in a table's capacity and in what hangs on it, found before AWS is asked.

Sources: the API References of CreateTable, RegisterScalableTarget, PutMetricAlarm,
UpdateContributorInsights and CreateEventSourceMapping.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from restore.table.config.dependents import TABLE_ARN
from restore.table.config.document import TableEntry
from restore.table.config.explain import path_of, rm_command, set_command, where
from restore.table.config.freeze import SID, is_frozen
from restore.table.config.mapping import function_of
from restore.table.config.problems import Problem
from restore.table.config.rules import Rule


def _unset(path: str, wrong: str) -> Problem:
    return Problem(path, wrong, rm_command(path))


def _set(path: str, wrong: str, value: str) -> Problem:
    return Problem(path, wrong, set_command(path, value))


def _capacity_fits_billing(here: str, entry: TableEntry) -> Iterator[Problem]:
    scaled = {(f"{each.capacity}_capacity", each.index) for each in entry.scaled()}
    places = [("", None, entry)] + [
        (f"globalSecondaryIndexes[{n}].", index.name, index)
        for n, index in enumerate(entry.global_secondary_indexes or ())
    ]
    on_demand = entry.billing_mode == "PAY_PER_REQUEST"
    for below, index_name, owner in places:
        for key, name in (("read_capacity", "readCapacity"), ("write_capacity", "writeCapacity")):
            path, capacity = f"{here}.{below}{name}", getattr(owner, key)
            if on_demand and capacity is not None:
                yield _unset(path, "capacity does not go with billingMode PAY_PER_REQUEST")
            if not on_demand and capacity is None and (key, index_name) not in scaled:
                yield _set(path, "is missing, and billingMode PROVISIONED needs it", "5")
        if not on_demand and owner.on_demand_throughput is not None:
            path = f"{here}.{below}onDemandThroughput"
            yield _unset(path, "a maximum goes with billingMode PAY_PER_REQUEST only")


def _scaling_fits_table(here: str, entry: TableEntry) -> Iterator[Problem]:
    if entry.auto_scaling is None:
        return
    path = f"{here}.autoScaling"
    if entry.billing_mode == "PAY_PER_REQUEST":
        yield _unset(path, "an on-demand table has no capacity to scale")
    known = {index.name for index in entry.global_secondary_indexes or ()}
    for name in sorted({*entry.auto_scaling.indexes} - known):
        below = path_of(("tables", here.partition(".")[2], "autoScaling", "indexes", name))
        yield _unset(below, f"there is no global index {name!r}")
    for each in entry.scaled():
        if each.scaling.min_capacity > each.scaling.max_capacity:
            inside = ("indexes", each.index, each.capacity) if each.index else (each.capacity,)
            steps = ("tables", here.partition(".")[2], "autoScaling", *inside, "minCapacity")
            yield _set(path_of(steps), "is more than maxCapacity", str(each.scaling.max_capacity))


def _alarms_name_one_statistic(here: str, entry: TableEntry) -> Iterator[Problem]:
    for key, alarm in (entry.alarms or {}).items():
        path = f"{here}.alarms.{key}"
        if (alarm.statistic is None) == (alarm.extended_statistic is None):
            wrong = "either statistic or extendedStatistic, and one of them"
            yield Problem(f"{path}.statistic", wrong, set_command(f"{path}.statistic", "Sum"))
        if (alarm.datapoints_to_alarm or 0) > alarm.evaluation_periods:
            wrong = "is more than evaluationPeriods"
            yield _set(f"{path}.datapointsToAlarm", wrong, str(alarm.evaluation_periods))
        if "TableName" in alarm.dimensions:
            yield _unset(f"{path}.dimensions.TableName", "is the program's to fill in")


def _insights_name_indexes(here: str, entry: TableEntry) -> Iterator[Problem]:
    if entry.contributor_insights is None:
        return
    known = {index.name for index in entry.global_secondary_indexes or ()}
    indexes = entry.contributor_insights.indexes
    for n, name in enumerate(indexes):
        path = f"{here}.contributorInsights.indexes[{n}]"
        if name not in known:
            yield _unset(path, f"there is no global index {name!r}")
        elif name in indexes[:n]:
            yield _unset(path, f"lists {name!r} twice")


def _mappings_have_a_stream(here: str, entry: TableEntry) -> Iterator[Problem]:
    mappings = entry.event_source_mappings or {}
    if mappings and not entry.stream_enabled:
        wrong = "is not true, and eventSourceMappings need a stream"
        yield _set(f"{here}.streamEnabled", wrong, "true")
    first: dict[str, str] = {}
    for key, mapping in mappings.items():
        function = function_of(mapping.function_name)
        other = first.setdefault(function, key)
        if other != key:
            wrong = f"{function!r} reads the stream already, see {other}: AWS refuses a second time"
            yield _unset(f"{here}.eventSourceMappings.{key}", wrong)


def _resource_policy_is_about_the_table(here: str, entry: TableEntry) -> Iterator[Problem]:
    policy = entry.resource_policy
    if policy is None:
        return
    path = f"{here}.resourcePolicy"
    if "Statement" not in policy:
        wrong = "is no policy document: it has no Statement"
        fix = (
            f"write its Statement {where(path)}; only where no table has a policy:"
            f" {rm_command(path)}"
        )
        yield Problem(path, wrong, fix)
    elif is_frozen(json.dumps(policy)):
        wrong = f"has a statement {SID}, which frozenTables makes"
        yield Problem(
            path, wrong, f"take the statement out {where(path)}, and list the label in frozenTables"
        )
    elif TABLE_ARN not in json.dumps(policy):
        wrong = f"names no {TABLE_ARN}, which stands for the ARN of each label's own table"
        yield Problem(
            path, wrong, f"write {TABLE_ARN} as the Resource of each Statement {where(path)}"
        )


def _adopted_dependents_are_declared(here: str, entry: TableEntry) -> Iterator[Problem]:
    """An id of what the config does not declare would be imported nowhere, and nobody told."""
    declared = entry.model_dump(by_alias=True, exclude_none=True)
    for label, adopts in entry.adopt_dependents.items():
        for steps in _leaves(adopts.model_dump(by_alias=True, exclude_none=True)):
            if not _holds(declared, steps):
                path = ("tables", here.partition(".")[2], "adoptDependents", label, *steps)
                yield _unset(path_of(path), "names what this table does not declare")


def _leaves(tree: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from ((key, *below) for below in _leaves(value))
        else:
            yield (key,)


def _holds(tree: Any, steps: tuple[str, ...]) -> bool:
    for step in steps:
        if not isinstance(tree, Mapping) or step not in tree:
            return False
        tree = tree[step]
    return True


_GLOBAL, _SCALING = "globalSecondaryIndexes", "autoScaling"
DEPENDENT_RULES = (
    Rule(
        _capacity_fits_billing,
        {"billingMode", "readCapacity", "writeCapacity", "onDemandThroughput", _GLOBAL, _SCALING},
    ),
    Rule(_scaling_fits_table, {"billingMode", _GLOBAL, _SCALING}),
    Rule(_alarms_name_one_statistic, {"alarms"}),
    Rule(_insights_name_indexes, {"contributorInsights", _GLOBAL}),
    Rule(_mappings_have_a_stream, {"eventSourceMappings", "streamEnabled"}),
    Rule(_resource_policy_is_about_the_table, {"resourcePolicy"}),
    Rule(
        _adopted_dependents_are_declared,
        {
            "adoptDependents",
            "alarms",
            "contributorInsights",
            "eventSourceMappings",
            "kinesisStreamingDestination",
            "resourcePolicy",
            _SCALING,
        },
    ),
)
