"""A survey × the stack config → what a restore will not bring back. Pure.

A restore brings what `restore.table.config.copied` says, and the update after it what the stack
config says. What is live and in neither is lost. What the config does say is not, even where the
live one has been edited since: that is drift, and `verify` shows it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from restore.plan.losses.loss import Loss, bring
from restore.plan.losses.mention import Kind, Mention, Survey
from restore.plan.losses.unset import unset
from restore.settings.adopted import adopted
from restore.settings.alarms import keyed
from restore.settings.answers import Answers
from restore.settings.claims import unclaimed
from restore.settings.document import document, with_own_dependents
from restore.settings.mappings import function_name
from restore.settings.scaling import scaled
from restore.settings.throughput import declared as without_cold
from restore.table.config.adopted import AdoptDependents
from restore.table.config.labels import ORIGINAL
from restore.table.config.resolved import TableConfig
from restore.table.config.settings import Model
from restore.table.decide import NO_TAGS
from restore.table.tags import ProviderTags

Entry = Mapping[str, Any]
_SCALING = "auto scaling"


def losses(
    survey: Survey, config: TableConfig, project: str, provider: ProviderTags = NO_TAGS
) -> list[Loss]:
    """Everything that is lost, the table's own settings first.

    Args:
        survey: What was found out about the table that is restored from.
        config: What the stack declares for the table that takes its place.
        project: The Pulumi project, whose namespace the keys have.
        provider: What the AWS provider gives every table, and so the restored one too.
    """
    found: list[Loss] = []
    if survey.answers is not None:
        live = with_own_dependents(without_cold(document(survey.answers)), provider)
        live["tags"] = provider.own(live.get("tags", {}))
        found += unset(config.table, live, _entry(config.settings))
        found += _dependents(survey.answers, live, config)
    mentioned = (each for each in survey.mentions if not _own(each, config))
    found += (_mentioned(each, config.table) for each in mentioned)
    return [
        replace(each, todo=f"{project}:{each.todo}") if each.in_lines else each for each in found
    ]


def _entry(part: Model) -> dict[str, Any]:
    return part.model_dump(by_alias=True, exclude_none=True)


def _dependents(answers: Answers, live: Entry, config: TableConfig) -> Iterator[Loss]:
    """What hangs on the table: the same as `stacks.dependents` declares, by the same names."""
    table, wanted = config.table, _entry(config.dependents)
    labels = {config.physical(label): label for label in config.labels}
    label = labels.get(answers.name, ORIGINAL)
    adopts = config.adopt_dependents.get(label, AdoptDependents())
    waiting = unclaimed(answers, {})
    exists = adopted(answers, live, waiting)
    for kind, name, detail, entry in (
        *_alarms(answers, live, wanted, frozenset((adopts.alarms or {}).values())),
        *_mappings(live, wanted),
        *_scaling(answers, wanted),
        *_streaming(live, wanted),
        *_insights(answers.name, live, wanted),
        *_policy(live, wanted),
    ):
        waits = next((each for each in waiting if _at(entry, each.path) is not None), None)
        if waits is None:
            # What exists on the table is imported for the label that carries it, not made twice.
            whole = {**entry, "adoptDependents": {label: _part(exists, entry)}}
            yield Loss(kind, name, detail, whole, bring(table, whole))
        else:
            yield Loss(kind, name, detail, None, waits.why)


def _part(exists: Entry, entry: Entry) -> dict[str, Any]:
    """What of `exists` is about the lines of `entry`."""
    return {
        key: _part(value, entry[key]) if isinstance(value, Mapping) else value
        for key, value in exists.items()
        if key in entry
    }


Lost = Iterator[tuple[str, str, str, dict[str, Any]]]
"""Kind, name, detail, and the lines of config that bring it."""


def _alarms(answers: Answers, live: Entry, wanted: Entry, taken: frozenset[str]) -> Lost:
    made = {f"{answers.name}-{key}" for key in wanted.get("alarms", ())} | taken
    for key, alarm in keyed(answers).items():
        if alarm["AlarmName"] not in made:
            entry = live["alarms"][key]
            detail = f"watches {alarm['MetricName']}"
            yield "alarm", alarm["AlarmName"], detail, {"alarms": {key: entry}}


def _mappings(live: Entry, wanted: Entry) -> Lost:
    kept = {
        function_name(each["functionName"])
        for each in wanted.get("eventSourceMappings", {}).values()
    }
    for key, mapping in live.get("eventSourceMappings", {}).items():
        if mapping["functionName"] not in kept:
            entry = {"eventSourceMappings": {key: mapping}}
            yield "event source mapping", mapping["functionName"], "reads the stream", entry


def _scaling(answers: Answers, wanted: Entry) -> Lost:
    for each in scaled(answers):
        if _at(wanted, each.path) is None:
            name = each.declared.partition(":")[2]
            low, high = each.scaling["minCapacity"], each.scaling["maxCapacity"]
            detail = f"scales {each.path[-1]} capacity from {low} to {high}"
            yield _SCALING, f"{name} {each.path[-1]}", detail, _tree(each.path, each.scaling)


def _streaming(live: Entry, wanted: Entry) -> Lost:
    key = "kinesisStreamingDestination"
    destination = live.get(key)
    if destination and destination["streamArn"] != wanted.get(key, {}).get("streamArn"):
        yield (
            "Kinesis destination",
            destination["streamArn"],
            "takes every change",
            {key: destination},
        )


def _insights(name: str, live: Entry, wanted: Entry) -> Lost:
    kind, key = "Contributor Insights", "contributorInsights"
    here, there = live.get(key, {}), wanted.get(key, {})
    on = there.get("enabled", False)
    mode = {"mode": here["mode"]} if "mode" in here else {}
    if here.get("enabled") and not on:
        yield kind, name, "of the table", {key: {"enabled": True, **mode}}
    for index in here.get("indexes", ()):
        if not on or index not in there.get("indexes", ()):
            entry = {"enabled": True, **mode, "indexes": [index]}
            yield kind, f"{name}/index/{index}", "of an index", {key: entry}


def _policy(live: Entry, wanted: Entry) -> Lost:
    key = "resourcePolicy"
    if key in live and key not in wanted:
        yield "resource policy", "of the table", "says who may use the table", {key: live[key]}


def _own(mention: Mention, config: TableConfig) -> bool:
    """Whether the stack itself made it, and will let it name the restored table."""
    grants = {config.policy, config.write_policy}
    return mention.kind is Kind.IAM_POLICY and mention.name in grants


def _mentioned(mention: Mention, table: str) -> Loss:
    todo = mention.by_hand
    if mention.config is not None:
        todo = f"{bring(table, mention.config)}, or {todo}"
    return Loss(mention.kind, mention.name, mention.detail, mention.config, todo)


def _at(tree: Entry, path: tuple[str, ...]) -> Any:
    for step in path:
        tree = tree.get(step) or {}
    return tree or None


def _tree(path: tuple[str, ...], value: Any) -> dict[str, Any]:
    first, *rest = path
    return {first: _tree(tuple(rest), value) if rest else value}
