"""What AWS knows things by that the state holds, ours and those of others. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

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

Identity = tuple[str, ...]


@dataclass(frozen=True)
class Holder:
    """A resource in the state that holds a thing of a kind that the program declares.

    Attributes:
        identity: Its kind, and what AWS knows the thing by, such as the table's name.
        region: The region of its ARN, empty where it has none.
    """

    urn: str
    identity: Identity
    region: str = ""

    @property
    def path(self) -> str:
        """Its type, after those of its parents."""
        return self.urn.split("::", 3)[2]

    @property
    def kind(self) -> str:
        return self.identity[0]

    @property
    def name(self) -> str:
        return self.urn.split("::", 3)[3]


def holders_of(resources: Mapping[str, Mapping[str, Any]]) -> tuple[Holder, ...]:
    """Every holder in the state.

    Args:
        resources: URN → outputs of the resource.
    """
    found = []
    for urn, outputs in resources.items():
        kind = urn.split("::", 3)[2].rpartition("$")[2]
        read = _IDENTITIES.get(kind)
        identity = read(outputs) if read else ()
        if identity and all(identity):
            found.append(Holder(urn, (kind, *identity), _part(outputs.get("arn"), 3)))
    return tuple(found)


def _part(arn: Any, index: int) -> str:
    parts = arn.split(":") if isinstance(arn, str) else []
    return parts[index] if len(parts) > index else ""


def _table_of(arn: Any) -> str:
    return str(arn or "").partition(":table/")[2].partition("/")[0]


def _scaled(outputs: Mapping[str, Any]) -> Identity:
    return (str(outputs.get("resourceId") or ""), str(outputs.get("scalableDimension") or ""))


def _named(outputs: Mapping[str, Any]) -> Identity:
    return (str(outputs.get("name") or ""),)


_IDENTITIES: Mapping[str, Callable[[Mapping[str, Any]], Identity]] = {
    TABLE: _named,
    PARAMETER: _named,
    POLICY: _named,
    ALARM: _named,
    SCALING_TARGET: _scaled,
    SCALING_POLICY: _scaled,
    RESOURCE_POLICY: lambda outputs: (_table_of(outputs.get("resourceArn")),),
    DESTINATION: lambda outputs: (
        str(outputs.get("tableName") or ""),
        str(outputs.get("streamArn") or ""),
    ),
    INSIGHTS: lambda outputs: (
        str(outputs.get("tableName") or ""),
        str(outputs.get("indexName") or "-"),
    ),
    MAPPING: lambda outputs: (
        _table_of(outputs.get("eventSourceArn")),
        str(outputs.get("functionArn") or outputs.get("functionName") or "").partition(
            ":function:"
        )[2],
    ),
}
"""Kind → what AWS knows one by. An IAM policy's name is unique in its account, whatever its path
(CreatePolicy in the API Reference)."""
