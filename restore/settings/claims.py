"""What hangs on a table and cannot become the stack's as it is.

The program declares it without an import. Auto scaling under the program's own names, a resource
policy and Contributor Insights are puts that leave the same as they found; a second alarm, mapping
or destination is another one, or refused.
"""

import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from restore.settings import alarms, mappings
from restore.settings.answers import Answers
from restore.settings.scaling import Scaled, scaled
from restore.settings.streaming import contributor_insights, kinesis_streaming_destination

Path = tuple[str, ...]


@dataclass(frozen=True)
class Unclaimed:
    """A part of the entry that has to wait.

    Attributes:
        path: Where it stands, below the table.
        why: What is in the way, and what to do: one sentence.
    """

    path: Path
    why: str


def unclaimed(answers: Answers) -> list[Unclaimed]:
    """Everything of the entry that the stack would make a second time, or cannot make."""
    return [
        *_scaling(answers),
        *_insights(answers),
        *_kinesis(answers),
        *_alarms(answers),
        *_mappings(answers),
    ]


def _scaling(answers: Answers) -> Iterator[Unclaimed]:
    for each in scaled(answers):
        if answers.on_demand:
            yield Unclaimed(each.path, "It has no effect on a table that is billed on demand.")
        elif each.policy != each.declared or not each.predefined:
            yield Unclaimed(each.path, _second_policy(each))


def _second_policy(each: Scaled) -> str:
    return _first(
        f"A capacity has one policy, and this one is {each.policy!r}",
        "application-autoscaling",
        "delete-scaling-policy",
        service_namespace="dynamodb",
        resource_id=each.resource,
        scalable_dimension=each.dimension,
        policy_name=each.policy,
    )


def _insights(answers: Answers) -> Iterator[Unclaimed]:
    insights = contributor_insights(answers)
    if insights and not insights["enabled"]:
        why = "The program watches an index beside its table only: say true, then uncomment."
        yield Unclaimed(("contributorInsights",), why)


def _kinesis(answers: Answers) -> Iterator[Unclaimed]:
    destination = kinesis_streaming_destination(answers)
    if destination:
        why = _first(
            "AWS refuses to enable a destination twice",
            "dynamodb",
            "disable-kinesis-streaming-destination",
            table_name=answers.name,
            stream_arn=destination["streamArn"],
        )
        yield Unclaimed(("kinesisStreamingDestination",), why)


def _alarms(answers: Answers) -> Iterator[Unclaimed]:
    for key, alarm in alarms.keyed(answers).items():
        name, declared = alarm["AlarmName"], f"{answers.name}-{key}"
        if name != declared:
            why = _first(
                f"{name!r} would be there a second time, as {declared!r}",
                "cloudwatch",
                "delete-alarms",
                alarm_names=name,
            )
            yield Unclaimed(("alarms", key), why)


def _mappings(answers: Answers) -> Iterator[Unclaimed]:
    for key, mapping in mappings.keyed(answers).items():
        why = _first(
            f"Lambda refuses a second mapping of the stream to {key}",
            "lambda",
            "delete-event-source-mapping",
            uuid=mapping["UUID"],
        )
        yield Unclaimed(("eventSourceMappings", key), why)


def _first(reason: str, *command: str, **options: str) -> str:
    flags = [
        text
        for option, value in options.items()
        for text in (f"--{option.replace('_', '-')}", value)
    ]
    return f"{reason}: {shlex.join(('aws', *command, *flags))}, then uncomment."
