"""What AWS moves by itself: it is taken as it stands, and asked for only where that is not enough.

A capacity that is set back throttles a table under load; a warm throughput that is lowered would
replace the table; and an index that differs by one figure is deleted and built again.
"""

from typing import Any

import pytest

from restore.table.config.dependents import DependentSettings
from restore.table.owned import INDEXES, Settled, settle

SCALING = {"minCapacity": 5, "maxCapacity": 50, "targetValue": 70}
READS = {"autoScaling": {"read": SCALING}}
BOTH = {"autoScaling": {"read": SCALING, "write": SCALING}}
INDEX_READS = {"autoScaling": {"indexes": {"by-owner": {"read": SCALING}}}}
WARM = {"read_units_per_second": 20_000, "write_units_per_second": 8_000}
BY_OWNER = {"name": "by-owner", "hash_key": "owner", "projection_type": "ALL"}
BY_TOWN = {
    "name": "by-town",
    "hash_key": "town",
    "range_key": "at",
    "projection_type": "INCLUDE",
    "non_key_attributes": ["total", "paid"],
    "read_capacity": 7,
    "write_capacity": 8,
}
OWNER_STANDS = {
    "name": "by-owner",
    "hashKey": "owner",
    "rangeKey": "",
    "projectionType": "ALL",
    "nonKeyAttributes": [],
    "readCapacity": 30,
    "writeCapacity": 6,
    "warmThroughput": {"readUnitsPerSecond": 12_000, "writeUnitsPerSecond": 4_000},
}
TOWN_STANDS = {
    "name": "by-town",
    "hashKey": "town",
    "rangeKey": "at",
    "projectionType": "INCLUDE",
    "nonKeyAttributes": ["paid", "total"],
    "readCapacity": 7,
    "writeCapacity": 8,
}
OWNER = {**BY_OWNER, "write_capacity": 6}
ON_DEMAND_STANDS = {**OWNER_STANDS, "readCapacity": 0, "writeCapacity": 0}


def settled(
    wanted: dict[str, Any], hangs: dict[str, Any], held: dict[str, Any] | None = None
) -> Settled:
    return settle(wanted, DependentSettings.model_validate(hangs), held)


def indexes(*several: dict[str, Any]) -> dict[str, Any]:
    return {INDEXES: list(several)}


def locate(*several: dict[str, Any]) -> dict[str, Any]:
    return {"globalSecondaryIndexes": list(several)}


@pytest.mark.parametrize(
    ("wanted", "hangs", "filled", "ignored"),
    [
        ({"hash_key": "id"}, {}, {"hash_key": "id"}, ()),
        ({"read_capacity": 9}, {}, {"read_capacity": 9}, ()),
        ({}, READS, {"read_capacity": 5}, ("read_capacity",)),
        ({"read_capacity": 9}, READS, {"read_capacity": 9}, ("read_capacity",)),
        (
            {"write_capacity": 9},
            BOTH,
            {"read_capacity": 5, "write_capacity": 9},
            ("read_capacity", "write_capacity"),
        ),
    ],
)
@pytest.mark.parametrize("held", [None, {"readCapacity": 40, "writeCapacity": 40}])
def test_a_tables_capacity_is_left_to_its_scaler_and_begins_with_the_least(
    wanted: dict[str, Any],
    hangs: dict[str, Any],
    filled: dict[str, Any],
    ignored: tuple[str, ...],
    held: dict[str, Any] | None,
) -> None:
    assert settled(wanted, hangs, held) == Settled(filled, ignored)


@pytest.mark.parametrize(
    ("stands", "left"),
    [
        (None, False),
        ({}, False),
        ({"warmThroughput": None}, False),
        ({"warmThroughput": {"readUnitsPerSecond": 12_000, "writeUnitsPerSecond": 4_000}}, False),
        ({"warmThroughput": {"readUnitsPerSecond": 20_000, "writeUnitsPerSecond": 4_000}}, False),
        ({"warmThroughput": {"readUnitsPerSecond": 20_000, "writeUnitsPerSecond": 8_000}}, True),
        ({"warmThroughput": {"readUnitsPerSecond": 90_000, "writeUnitsPerSecond": 9_000}}, True),
    ],
)
def test_warm_throughput_is_left_alone_once_it_is_reached(
    stands: dict[str, Any] | None,
    left: bool,  # noqa: FBT001
) -> None:
    ignored = ("warm_throughput",) if left else ()
    assert settled({"warm_throughput": WARM}, {}, stands) == Settled(
        {"warm_throughput": WARM}, ignored
    )


@pytest.mark.parametrize(
    "stands",
    [
        locate(OWNER_STANDS, TOWN_STANDS),
        locate(TOWN_STANDS, OWNER_STANDS),
        locate(TOWN_STANDS, {**OWNER_STANDS, "readCapacity": 50, "rangeKey": None}),
    ],
    ids=["in-order", "in-another-order", "scaled-out"],
)
@pytest.mark.parametrize("wanted", [indexes(OWNER, BY_TOWN), indexes(BY_TOWN, OWNER)])
def test_indexes_are_left_alone_where_only_a_scaler_has_moved_them(
    stands: dict[str, Any], wanted: dict[str, Any]
) -> None:
    """They are one set to the provider, in whichever order: one that is left alone leaves all."""
    found = settled(wanted, INDEX_READS, stands)
    assert found.ignored == (INDEXES,)
    by_name = {index["name"]: index for index in found.wanted[INDEXES]}
    position = {each["name"]: each["readCapacity"] for each in stands["globalSecondaryIndexes"]}
    assert by_name["by-owner"]["read_capacity"] == position["by-owner"]
    assert by_name["by-town"] == BY_TOWN


@pytest.mark.parametrize(
    ("wanted", "stands"),
    [
        (indexes(OWNER, BY_TOWN), locate(OWNER_STANDS)),
        (indexes(OWNER), locate(OWNER_STANDS, TOWN_STANDS)),
        (indexes(OWNER), {}),
        (indexes({**OWNER, "write_capacity": 9}), locate(OWNER_STANDS)),
        (indexes({**OWNER, "hash_key": "buyer"}), locate(OWNER_STANDS)),
        (indexes({**OWNER, "range_key": "at"}), locate(OWNER_STANDS)),
        (
            indexes({**OWNER, "projection_type": "INCLUDE", "non_key_attributes": ["a"]}),
            locate(OWNER_STANDS),
        ),
        (
            indexes(OWNER, {**BY_TOWN, "non_key_attributes": ["total"]}),
            locate(OWNER_STANDS, TOWN_STANDS),
        ),
    ],
    ids=["one-more", "one-less", "first", "capacity", "hash", "range", "projection", "carries"],
)
def test_indexes_that_are_to_change_do_and_a_scaled_one_keeps_what_it_has(
    wanted: dict[str, Any], stands: dict[str, Any]
) -> None:
    """Else a change of one index would throttle another one."""
    found = settled(wanted, INDEX_READS, stands)
    assert found.ignored == ()
    (owner,) = (index for index in found.wanted[INDEXES] if index["name"] == "by-owner")
    assert owner["read_capacity"] == (30 if stands else 5)


def test_indexes_of_a_table_that_is_not_in_the_state_are_left_as_they_are_imported() -> None:
    """A restored table comes with the capacity that its scaler had given the source's index."""
    found = settled(indexes(OWNER), INDEX_READS, None)
    assert found == Settled(indexes({**OWNER, "read_capacity": 5}), (INDEXES,))


def test_indexes_that_nobody_moves_are_declared_as_they_are_written() -> None:
    assert settled(indexes(OWNER), {}, locate(OWNER_STANDS)) == Settled(indexes(OWNER), ())
    assert settled(indexes(OWNER), READS, None).wanted[INDEXES] == [OWNER]


@pytest.mark.parametrize(
    ("reads", "left"), [(12_000, True), (11_000, True), (12_001, False), (40_000, False)]
)
def test_a_warm_index_is_left_alone_once_it_is_as_warm_as_asked(
    reads: int,
    left: bool,  # noqa: FBT001
) -> None:
    warm = {**BY_OWNER, "warm_throughput": {"read_units_per_second": reads}}
    found = settled(indexes(warm), {}, locate(ON_DEMAND_STANDS))
    assert found == Settled(indexes(warm), (INDEXES,) if left else ())


def test_a_warm_index_of_a_table_that_is_not_in_the_state_is_asked_for() -> None:
    """A restore does not bring it back, so there is nothing to be left as it is."""
    warm = {**BY_OWNER, "warm_throughput": {"read_units_per_second": 20_000}}
    assert settled(indexes(warm), {}, None).ignored == ()


def test_a_maximum_that_is_not_said_is_none_at_all_to_the_provider() -> None:
    """Its Read says 0, which would differ from nothing for ever."""
    index = {
        **BY_OWNER,
        "on_demand_throughput": {"max_read_request_units": 9},
        "warm_throughput": {"read_units_per_second": 12_000},
    }
    maximum = {"max_read_request_units": 9, "max_write_request_units": 0}
    stands = {"maxReadRequestUnits": 9, "maxWriteRequestUnits": 0}
    found = settled(indexes(index), {}, locate({**ON_DEMAND_STANDS, "onDemandThroughput": stands}))
    assert found == Settled(indexes({**index, "on_demand_throughput": maximum}), (INDEXES,))


def test_capacity_that_an_on_demand_table_never_had_is_asked_for() -> None:
    """Left alone, the provisioned table would start at 1, under production load."""
    found = settled({"read_capacity": None}, READS, {"readCapacity": 0, "writeCapacity": 0})

    assert found.wanted["read_capacity"] == 5
    assert found.ignored == ()


@pytest.mark.parametrize(
    ("wanted", "held", "declared"),
    [
        pytest.param({}, {}, None, id="never-had-one"),
        pytest.param(
            {},
            {"maxReadRequestUnits": 9, "maxWriteRequestUnits": 0},
            {"max_read_request_units": -1},
            id="removed",
        ),
        pytest.param(
            {"max_read_request_units": 9},
            {"maxReadRequestUnits": 9, "maxWriteRequestUnits": 7},
            {"max_read_request_units": 9, "max_write_request_units": -1},
            id="one-of-two-removed",
        ),
        pytest.param(
            {"max_read_request_units": 9},
            {"maxReadRequestUnits": 9, "maxWriteRequestUnits": 0},
            {"max_read_request_units": 9},
            id="unchanged",
        ),
    ],
)
def test_a_maximum_that_the_config_no_longer_says_is_removed(
    wanted: dict[str, Any], held: dict[str, Any], declared: dict[str, Any] | None
) -> None:
    """Left out, it would go on throttling, and differ for ever."""
    mode = {"billing_mode": "PAY_PER_REQUEST"}
    said = {"on_demand_throughput": wanted} if wanted else {}

    table = settled({**mode, **said}, {}, {"onDemandThroughput": held}).wanted
    assert table.get("on_demand_throughput") == declared

    index = settled(
        mode | indexes({**BY_OWNER, **said}),
        {},
        {"globalSecondaryIndexes": [{**OWNER_STANDS, "onDemandThroughput": held}]},
    ).wanted[INDEXES][0]
    zeros = {"max_read_request_units": 0, "max_write_request_units": 0}
    assert index.get("on_demand_throughput") == (zeros | declared if declared else None)
