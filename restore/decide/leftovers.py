"""What hangs on a table in AWS though the stack does not know it, and so stands in its way. Pure.

AWS refuses a second Kinesis destination to one stream, and a second event source mapping of one
function. An update that was killed leaves the first one behind. Alarms, scalers, policies and
Insights are written over instead.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from restore.model.facts import TableFacts
from restore.table.existing import existing
from restore.table.kinds import DESTINATION, MAPPING
from restore.table.past import logical_name


@dataclass(frozen=True)
class Hanging:
    """What AWS says hangs on a table and reads its changes.

    Attributes:
        destinations: ARNs of the Kinesis streams that it feeds.
        mappings: (UUID, function ARN) of each event source mapping on its stream.
    """

    destinations: Sequence[str] = ()
    mappings: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Leftover:
    """One thing that has to go before the stack can make its own.

    Attributes:
        kind: Its Pulumi type.
        table: The DynamoDB table that it hangs on.
        id: The stream's ARN, or the mapping's UUID.
        says: What it is, for people.
    """

    kind: str
    table: str
    id: str
    says: str


def may_be_left_over(facts: TableFacts) -> bool:
    """Whether the config hangs anything on the table that could be in its own way."""
    dependents = facts.config.dependents
    return bool(dependents.kinesis_streaming_destination or dependents.event_source_mappings)


def leftovers(facts: TableFacts, label: str, found: Hanging) -> tuple[Leftover, ...]:
    """What is in the way of configuring `label`.

    Args:
        facts: What was observed.
        label: The label to configure.
        found: What hangs on its table in AWS.
    """
    return (*_destinations(facts, label, found), *_mappings(facts, label, found))


def _destinations(facts: TableFacts, label: str, found: Hanging) -> Iterator[Leftover]:
    wanted = facts.config.dependents.kinesis_streaming_destination
    name = f"{logical_name(facts.config.table, label)}.kinesis"
    imported = "kinesis" in existing(facts.config, facts.past, label).imports
    if wanted is None or imported or (DESTINATION, name) in facts.past.hanging:
        return
    if wanted.stream_arn in found.destinations:
        table = facts.physical(label)
        says = f"the Kinesis destination of {table} to {wanted.stream_arn}"
        yield Leftover(DESTINATION, table, wanted.stream_arn, says)


def _mappings(facts: TableFacts, label: str, found: Hanging) -> Iterator[Leftover]:
    here, table = logical_name(facts.config.table, label), facts.physical(label)
    imports = existing(facts.config, facts.past, label).imports
    for key, wanted in (facts.config.dependents.event_source_mappings or {}).items():
        imported = f"mapping.{key}" in imports
        if imported or (MAPPING, f"{here}.mapping.{key}") in facts.past.hanging:
            continue
        for uuid, function in _of(found.mappings, wanted.function_name):
            yield Leftover(
                MAPPING, table, uuid, f"the event source mapping of {function} on {table}"
            )


def _of(mappings: Iterable[tuple[str, str]], function: str) -> Iterator[tuple[str, str]]:
    short = function.rpartition(":")[2]
    for uuid, arn in mappings:
        name = arn.rpartition(":")[2]
        if name == short:
            yield uuid, name
