"""One physical thing, one resource: what the state holds under another URN. Pure.

The engine knows a resource by its URN (project, type with all its parents, logical name), AWS by
its name. Where the state holds a table under another URN than the one that the program declares,
the engine imports it under the new one and deletes it under the old one (tests/engine/
test_other_urns.py). So that is rejected before anything is registered.
"""

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from restore.table.config.adopted import AdoptDependents
from restore.table.config.explain import rename, rm_command
from restore.table.config.problems import Problem
from restore.table.config.resolved import StackConfig, TableConfig
from restore.table.holders import Holder, Identity
from restore.table.kinds import (
    ALARM,
    DESTINATION,
    INSIGHTS,
    MAPPING,
    PARAMETER,
    POLICY,
    RESOURCE_POLICY,
    SCALING_POLICY,
    SCALING_TARGET,
    TABLE,
)
from restore.table.past import logical_name, write_grant_name
from restore.table.resource_names import insights_name, scaling_name

_SCRATCH = "handover"
_WORDS = {
    TABLE: "table",
    PARAMETER: "parameter",
    POLICY: "policy",
    ALARM: "alarm",
    DESTINATION: "Kinesis destination",
    INSIGHTS: "Contributor Insights",
    MAPPING: "event source mapping",
    RESOURCE_POLICY: "resource policy",
    SCALING_POLICY: "scaling policy",
    SCALING_TARGET: "scaling target",
}


@dataclass(frozen=True)
class _Wanted:
    """A thing that the program would declare.

    Attributes:
        identity: As a holder's.
        name: The logical name that the program declares it under.
        path: The config key that asks for it.
    """

    identity: Identity
    name: str
    path: str


def held_elsewhere(
    config: StackConfig,
    holders: Sequence[Holder],
    region: str | None = None,
    *,
    any_parent: bool = False,
) -> list[Problem]:
    """What the state holds under another URN than the one that is declared.

    Args:
        config: What would be declared.
        holders: What the state holds.
        region: The region of the program's tables, where it is known.
        any_parent: Whether a resource of ours may have a parent, as in a program of a team's own;
            the tables then have the pointer's.
    """
    problems = []
    for wanted in _wanted(config):
        same = [
            each
            for each in holders
            if each.identity == wanted.identity
            and (not region or each.region in {"", region} or wanted.identity[0] == POLICY)
        ]
        parents = _parents(wanted, holders) if any_parent else ""
        ours = [each for each in same if _is_declared(each, wanted, parents)]
        problems += [
            Problem(wanted.path, _wrong(other, wanted), _fix(other, wanted, ours))
            for other in same
            if other not in ours
        ]
    return problems


def _is_declared(holder: Holder, wanted: _Wanted, parents: str | None) -> bool:
    kind = wanted.identity[0]
    path = holder.kind if parents is None else holder.path
    return (path, holder.name) == ((parents or "") + kind, wanted.name)


def _parents(wanted: _Wanted, holders: Sequence[Holder]) -> str | None:
    """The types of a table's parents; None where nobody knows, and of what hangs on a table."""
    owner = wanted.name.partition(".")[0]
    pointers = (each.path for each in holders if each.name == owner and each.kind == PARAMETER)
    found = next(pointers, None) if wanted.identity[0] == TABLE else None
    return None if found is None else found.removesuffix(PARAMETER)


def _wrong(other: Holder, wanted: _Wanted) -> str:
    kind, *names = wanted.identity
    return (
        f"the {_WORDS[kind]} {' '.join(names)} is in this stack as {other.urn}: a second resource"
        " for it would be created or imported, and the first one deletes it when it leaves"
    )


def _fix(other: Holder, wanted: _Wanted, ours: Sequence[Holder]) -> str:
    """Commands that change the state alone; what is protected in it, no update can delete."""
    kind, urn = wanted.identity[0], shlex.quote(other.urn)
    own = kind in {TABLE, PARAMETER, POLICY}
    if ours and own:
        return (
            f"take it out of the program, then pulumi state delete {urn} --yes, which leaves AWS as"
            " it is"
        )
    if not own:
        leave = f"pulumi state delete {shlex.quote(ours[0].urn)} --yes; " if ours else ""
        if kind == ALARM:
            return f"{leave}{rename(wanted.path, '<another key>')}"
        return f"{leave}{rm_command(wanted.path)}"
    return f"take it out of the program, then {'; '.join(_handed_over(other, wanted))}; pulumi up"


def _handed_over(other: Holder, wanted: _Wanted) -> Iterator[str]:
    """What gives it the URN that the program declares.

    A rename keeps the parents. A move to another stack leaves them behind, and so does the move
    back; one from a stack to itself loses the resource.
    """
    kind = wanted.identity[0]
    yield f"pulumi state protect {shlex.quote(other.urn)} --yes"
    prefix, project = other.urn.split("::", 2)[:2]
    stack = prefix.rpartition(":")[2]
    urn = other.urn
    if other.path != kind:
        away = f"urn:pulumi:{_SCRATCH}::{project}::{kind}::{other.name}"
        urn = f"{prefix}::{project}::{kind}::{other.name}"
        yield f"pulumi stack init {_SCRATCH} --no-select"
        for source, dest, moved in ((stack, _SCRATCH, other.urn), (_SCRATCH, stack, away)):
            options = f"--source {source} --dest {dest} --yes"
            yield f"pulumi state move {shlex.quote(moved)} {options}"
    if other.name != wanted.name:
        yield f"pulumi state rename {shlex.quote(urn)} {shlex.quote(wanted.name)} --yes"


def _wanted(config: StackConfig) -> Iterator[_Wanted]:
    for table in config.tables:
        here, name = f"tables.{table.table}", table.table
        for label in table.labels:
            identity = (TABLE, table.physical(label))
            yield _Wanted(identity, logical_name(name, label), f"{here}.names.{label}")
        yield _Wanted((PARAMETER, table.parameter), name, f"{here}.parameterName")
        yield _Wanted((POLICY, table.policy), name, f"{here}.policyName")
        if table.write_policy:
            identity = (POLICY, table.write_policy)
            yield _Wanted(identity, write_grant_name(name), f"{here}.writePolicyName")
        for label in (table.active, *table.standby):
            yield from _dependents(table, label)


def _dependents(table: TableConfig, label: str) -> Iterator[_Wanted]:
    physical, settings = table.physical(label), table.dependents
    key, name = f"tables.{table.table}", logical_name(table.table, label)
    adopted = table.adopt_dependents.get(label, AdoptDependents()).ids(settings)
    for alarm in settings.alarms or ():
        path = f"{key}.alarms.{alarm}"
        called = adopted.get(f"alarm.{alarm}", f"{physical}-{alarm}")
        yield _Wanted((ALARM, called), f"{name}.alarm.{alarm}", path)
    for each, kind in product(settings.scaled(), (SCALING_TARGET, SCALING_POLICY)):
        dimension = f"dynamodb:{'index' if each.index else 'table'}:{each.capacity.capitalize()}"
        resource = f"table/{physical}" + (f"/index/{each.index}" if each.index else "")
        index = f"indexes.{each.index}." if each.index else ""
        path = f"{key}.autoScaling.{index}{each.capacity}"
        scaled = (kind, resource, f"{dimension}CapacityUnits")
        yield _Wanted(scaled, f"{name}.{scaling_name(each)}", path)
    if settings.resource_policy is not None or label in table.frozen:
        yield _Wanted((RESOURCE_POLICY, physical), f"{name}.policy", f"{key}.resourcePolicy")
    if destination := settings.kinesis_streaming_destination:
        path = f"{key}.kinesisStreamingDestination"
        yield _Wanted((DESTINATION, physical, destination.stream_arn), f"{name}.kinesis", path)
    if settings.contributor_insights and settings.contributor_insights.enabled:
        for watched in (None, *settings.contributor_insights.indexes):
            identity = (INSIGHTS, physical, watched or "-")
            path = f"{key}.contributorInsights"
            yield _Wanted(identity, f"{name}.{insights_name(watched)}", path)
    for each_key, mapping in (settings.event_source_mappings or {}).items():
        function = mapping.function_name.partition(":function:")[2] or mapping.function_name
        path = f"{key}.eventSourceMappings.{each_key}"
        yield _Wanted((MAPPING, physical, function), f"{name}.mapping.{each_key}", path)
