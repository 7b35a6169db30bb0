"""Dependents of a live table that a stack cannot take over as they are, and why. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from restore.model.facts import StackState
from restore.settings import alarms, mappings
from restore.settings.answers import Answers
from restore.settings.scaling import scaled
from restore.settings.streaming import MODE, contributor_insights, flowing
from restore.settings.table import ON
from restore.table.holders import Identity
from restore.table.kinds import (
    ALARM,
    DESTINATION,
    INSIGHTS,
    MAPPING,
    RESOURCE_POLICY,
    SCALING_POLICY,
)

Path = tuple[str, ...]
Held = Mapping[Identity, str]
"""What it is (`restore.table.holders`) → the resource of the selected stack that holds it."""


@dataclass(frozen=True)
class Unclaimed:
    """A part of the entry that is not taken over.

    Attributes:
        path: Where it stands, below the table.
        why: The reason: one sentence.
    """

    path: Path
    why: str


def unclaimed(answers: Answers, held: Held) -> list[Unclaimed]:
    """Every part of the entry that an import would change, or that is another resource's.

    Args:
        answers: What AWS said.
        held: What the selected stack holds already.
    """
    return [
        *_scaling(answers, held),
        *_insights(answers, held),
        *_kinesis(answers, held),
        *_policy(answers, held),
        *_alarms(answers, held),
        *_mappings(answers, held),
    ]


def _scaling(answers: Answers, held: Held) -> Iterator[Unclaimed]:
    for each in scaled(answers):
        if answers.on_demand:
            yield Unclaimed(each.path, "It has no effect on a table that is billed on demand.")
        elif not each.predefined:
            yield Unclaimed(
                each.path,
                f"The policy {each.policy!r} tracks a metric of its own, and the config knows only"
                " the predefined one.",
            )
        else:
            yield from _taken(each.path, held, (SCALING_POLICY, each.resource, each.dimension))


def _insights(answers: Answers, held: Held) -> Iterator[Unclaimed]:
    insights, path = contributor_insights(answers), ("contributorInsights",)
    if not insights:
        return
    modes = {
        each.get("ContributorInsightsMode", MODE)
        for each in answers.insights
        if each["ContributorInsightsStatus"] in ON
    }
    if not insights["enabled"]:
        why = "The program watches an index beside its table only, and the table's are off."
        yield Unclaimed(path, why)
    elif len(modes) > 1:
        yield Unclaimed(path, "Table and indexes differ in their mode, and the config has one.")
    else:
        yield from _taken(path, held, (INSIGHTS, answers.name, "-"))


def _kinesis(answers: Answers, held: Held) -> Iterator[Unclaimed]:
    destinations, path = flowing(answers), ("kinesisStreamingDestination",)
    if len(destinations) > 1:
        streams = ", ".join(str(each["StreamArn"]) for each in destinations)
        why = f"The table feeds two streams, {streams}, and the config has one."
        yield Unclaimed(path, why)
    for each in destinations[:1]:
        yield from _taken(path, held, (DESTINATION, answers.name, str(each["StreamArn"])))


def _policy(answers: Answers, held: Held) -> Iterator[Unclaimed]:
    if answers.policy is not None:
        yield from _taken(("resourcePolicy",), held, (RESOURCE_POLICY, answers.name))


def _alarms(answers: Answers, held: Held) -> Iterator[Unclaimed]:
    for key, alarm in alarms.keyed(answers).items():
        yield from _taken(("alarms", key), held, (ALARM, str(alarm["AlarmName"])))


def _mappings(answers: Answers, held: Held) -> Iterator[Unclaimed]:
    for key, mapping in mappings.keyed(answers).items():
        function = mappings.function_name(mapping["FunctionArn"])
        identity = (MAPPING, answers.name, function)
        yield from _taken(("eventSourceMappings", key), held, identity)


def _taken(path: Path, held: Held, identity: Identity) -> Iterator[Unclaimed]:
    if identity in held:
        why = f"It belongs to {held[identity]} of the selected stack already, and stays there."
        yield Unclaimed(path, why)


def held_by_others(state: StackState, region: str | None) -> Held:
    """What the stack holds in this region beside the dependents of its own tables."""
    ours = {each for past in state.past.values() for each in past.hanging}
    return {
        each.identity: f"{each.kind.rpartition(':')[2]} {each.name}"
        for each in state.holders
        if each.region in {"", region} and (each.kind, each.name) not in ours
    }
