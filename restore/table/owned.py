"""What AWS moves by itself and the program leaves alone: scaled capacity, and warm throughput.

Auto scaling owns a capacity once it is declared. Warm throughput grows with the load and cannot be
lowered: a lower one in the program would replace the table (terraform-provider-aws,
`aws_dynamodb_table`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic.alias_generators import to_camel

from restore.table.config.dependents import DependentSettings
from restore.table.config.settings import GlobalSecondaryIndex, OnDemandThroughput

INDEXES = "global_secondary_indexes"


@dataclass(frozen=True)
class Settled:
    """What to declare of a table.

    Attributes:
        wanted: Its properties, as pulumi-aws takes them.
        ignored: Those of them that are left as they are.
    """

    wanted: Mapping[str, Any]
    ignored: tuple[str, ...]


def settle(
    wanted: Mapping[str, Any], dependents: DependentSettings, held: Mapping[str, Any] | None
) -> Settled:
    """`wanted`, with what AWS owns taken from where it stands.

    The indexes are one set to the provider: one property of one index cannot be left alone
    (terraform-aws-dynamodb-table#82). So all of them are, where they differ in nothing else.

    Args:
        wanted: The properties that the config asks for (snake_case).
        dependents: What hangs on the table.
        held: The table's outputs in the state (camelCase), None where the state has none.
    """
    filled, ignored = dict(wanted), []
    for each in dependents.scaled():
        if each.index is None:
            key = f"{each.capacity}_capacity"
            filled[key] = filled.get(key) or each.scaling.min_capacity
            # An on-demand table has none: left alone, a provisioned one would start at 1.
            if held is None or held.get(to_camel(key)):
                ignored.append(key)
    on_demand = filled.get("billing_mode") == "PAY_PER_REQUEST"
    if maximum := _maximum(filled, held if on_demand else None):
        filled["on_demand_throughput"] = maximum
    warm = filled.get("warm_throughput")
    if warm and held and _reaches((held.get("warmThroughput") or {}), warm):
        ignored.append("warm_throughput")
    if INDEXES in filled:
        position = _by_name((held or {}).get("globalSecondaryIndexes") or ())
        filled[INDEXES] = [
            _filled(index, dependents, position.get(index["name"]), on_demand=on_demand)
            for index in filled[INDEXES]
        ]
        scaled = any(each.index for each in dependents.scaled())
        warmed = any("warm_throughput" in index for index in filled[INDEXES])
        same = _same(filled[INDEXES], position)
        if (scaled and held is None) or ((scaled or warmed) and same):
            ignored.append(INDEXES)
    return Settled(filled, tuple(ignored))


def _filled(
    index: Mapping[str, Any],
    dependents: DependentSettings,
    position: Mapping[str, Any] | None,
    *,
    on_demand: bool,
) -> dict[str, Any]:
    """The index, with the capacity that its scaler has given it.

    A maximum that is not said is 0 to the provider's Read, and would differ for ever.
    """
    filled = dict(index)
    if maximum := _maximum(filled, position if on_demand else None):
        filled["on_demand_throughput"] = dict.fromkeys(OnDemandThroughput.model_fields, 0) | maximum
    for each in dependents.scaled():
        if each.index == index["name"]:
            key = f"{each.capacity}_capacity"
            stands = (position or {}).get(to_camel(key))
            filled[key] = stands or filled.get(key) or each.scaling.min_capacity
    return filled


def _maximum(
    wanted: Mapping[str, Any], position: Mapping[str, Any] | None
) -> dict[str, int] | None:
    """The on-demand maximum to declare, None for none.

    What the config no longer says is taken away: "to remove set the value to -1"
    (terraform-provider-aws, `aws_dynamodb_table`). Left out, it would stay, and differ for ever.

    Args:
        wanted: What the config says of the table or index.
        position: Its outputs in the state; None for a provisioned one, which has no maximum and
            which the provider lets say none.
    """
    held = (position or {}).get("onDemandThroughput") or {}
    removed = {key: -1 for key in OnDemandThroughput.model_fields if held.get(to_camel(key))}
    return {**removed, **(wanted.get("on_demand_throughput") or {})} or None


def _same(wanted: Sequence[Mapping[str, Any]], position: Mapping[str, Mapping[str, Any]]) -> bool:
    return {index["name"] for index in wanted} == {*position} and all(
        _alike(index, position[index["name"]]) for index in wanted
    )


def _alike(wanted: Mapping[str, Any], position: Mapping[str, Any]) -> bool:
    """Whether the index that stands is the wanted one, or warmer."""
    warm = position.get("warmThroughput") or {}
    return _reaches(warm, wanted.get("warm_throughput") or {}) and all(
        _comparable(position.get(to_camel(key))) == _comparable(wanted.get(key))
        for key in GlobalSecondaryIndex.model_fields
        if key != "warm_throughput"
    )


def _comparable(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {to_camel(key): inner for key, inner in value.items()}
    # The provider says "", 0 and [] of what is not there.
    return sorted(value) if isinstance(value, list) and value else value or None


def _reaches(position: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return all((position.get(to_camel(key)) or 0) >= value for key, value in wanted.items())


def _by_name(indexes: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {index["name"]: index for index in indexes}
