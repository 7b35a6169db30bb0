"""Dependents that exist in AWS before the stack does: which ones, and what AWS calls them. Pure.

A label that was made by hand has alarms, policies and mappings under names of its own. They are
taken over by import, once; what they are called stays for good.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field, StringConstraints

from restore.table.config import patterns
from restore.table.config.dependents import DependentSettings, Key
from restore.table.config.settings import IndexName, Model
from restore.table.past import logical_name
from restore.table.resource_names import dependents_of, insights_name, scaling_key

AlarmName = Annotated[str, StringConstraints(min_length=1, max_length=255)]
PolicyName = Annotated[str, StringConstraints(min_length=1, max_length=256)]
Uuid = Annotated[str, StringConstraints(pattern=patterns.UUID)]


class CapacityPolicies(Model):
    """Scaling policies of a table or an index, by their names in AWS."""

    read: PolicyName | None = None
    """The policy that scales read capacity."""
    write: PolicyName | None = None
    """The policy that scales write capacity."""


class ScalingPolicies(CapacityPolicies):
    """Scaling policies of the table and of its indexes, by their names in AWS."""

    indexes: dict[IndexName, CapacityPolicies] = Field(default_factory=dict)
    """Global indexes, by their names."""


class AdoptDependents(Model):
    """Dependents of one label that exist already. Each is imported once, and keeps its name."""

    auto_scaling: ScalingPolicies | None = None
    """Scaling policies, by the keys of autoScaling; their targets come with them."""
    alarms: dict[Key, AlarmName] | None = None
    """Key in alarms → the alarm's name in CloudWatch."""
    event_source_mappings: dict[Key, Uuid] | None = None
    """Key in eventSourceMappings → the mapping's UUID."""
    resource_policy: bool | None = None
    """Whether the table has a resource policy."""
    kinesis_streaming_destination: bool | None = None
    """Whether the table feeds the Kinesis stream already."""
    contributor_insights: bool | None = None
    """Whether Contributor Insights are on already, for the table and its listed indexes."""

    def ids(self, settings: DependentSettings) -> dict[str, str]:
        """Name of a dependent, such as `alarm.slow` → what AWS calls it.

        The text is empty for what a table has once: there the table's name says it all.
        """
        return dict(self._ids(settings))

    def _ids(self, settings: DependentSettings) -> Iterator[tuple[str, str]]:
        scaling = self.auto_scaling or ScalingPolicies()
        for index, owner in ((None, scaling), *scaling.indexes.items()):
            for capacity, name in (("read", owner.read), ("write", owner.write)):
                if name:
                    yield scaling_key(capacity, index), name
        for key, name in (self.alarms or {}).items():
            yield f"alarm.{key}", name
        for key, uuid in (self.event_source_mappings or {}).items():
            yield f"mapping.{key}", uuid
        if self.resource_policy:
            yield "policy", ""
        if self.kinesis_streaming_destination:
            yield "kinesis", ""
        if self.contributor_insights and settings.contributor_insights:
            for watched in (None, *settings.contributor_insights.indexes):
                yield insights_name(watched), ""


@dataclass(frozen=True)
class Adoption:
    """What of one label's dependents exists already.

    Attributes:
        ids: Name of a dependent, such as `alarm.slow` → what AWS calls it, or an empty text.
        imports: Names of those that the next update imports.
    """

    ids: Mapping[str, str] = field(default_factory=dict)
    imports: frozenset[str] = frozenset()

    def called(self, name: str, otherwise: str) -> str:
        """What the dependent is called in AWS: the name that it has, or else the program's own."""
        return self.ids.get(name, otherwise)


def adoption(
    table: str,
    label: str,
    settings: DependentSettings,
    adopts: AdoptDependents | None,
    known: Collection[str],
) -> Adoption:
    """What to import of a label's dependents.

    Args:
        table: The table's key.
        label: The label.
        settings: What the config declares.
        adopts: What the config says exists already.
        known: Names that the stack holds, or held once: these are created again where they are
            missing, since a `drop` deletes them.
    """
    if adopts is None:
        return Adoption()
    here = f"{logical_name(table, label)}."
    declared = {each.name.removeprefix(here) for each in dependents_of(table, label, settings)}
    ids = {name: given for name, given in adopts.ids(settings).items() if name in declared}
    return Adoption(ids, frozenset(ids) - frozenset(known))
