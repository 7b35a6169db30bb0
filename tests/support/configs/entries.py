"""Whole stack configs by chance: any setting, anything that hangs on a table, nothing to fix."""

from collections.abc import Mapping
from typing import Any

from tests.support.configs import dependents as hanging
from tests.support.configs.chance import Dice

LABELS = ("original", "restored", *(f"restored-{n}" for n in range(2, 12)))
_INDEXES = ("by-owner", "by.town", "all")
_ATTRIBUTES = ("id", "at", "owner", "a.b", "région", "kind of thing", "#")
_ACTIONS = ("GetItem", "BatchGetItem", "Query", "Scan", "Q*", "PartiQL?elect", "*", "query")
_KEYS = ("alias/shop", "0b5e-1f", f"arn:aws:kms:eu-west-1:{hanging.ACCOUNT}:key/0b5e-1f")
_VIEWS = ("KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES")


def document(dice: Dice) -> dict[str, Any]:
    """A stack config of one or two tables."""
    names = dice.choice((("orders",), ("A_1",), ("orders", "users-2")))
    return {
        "tables": {name: entry(dice) | _placed(dice) | _named(dice, name) for name in names},
        **placement(dice),
        **dice.maybe(forgetTables=dice.one([], ["gone"])),
    }


def placement(dice: Dice) -> dict[str, Any]:
    """Where labels stand."""
    active, left, *others = dice.sample(LABELS, dice.randint(2, 5))
    middle = dice.randint(0, len(others))
    return {
        "activeTable": active,
        "standbyTables": others[:middle],
        "adoptTables": others[middle:] + dice.choice(([], [active])),
        **dice.maybe(rollbackFrom=dice.one(left, f"{left}:2")),
    }


def _placed(dice: Dice) -> dict[str, Any]:
    return placement(dice) if dice.flag() else {}


def _named(dice: Dice, name: str) -> dict[str, Any]:
    return dice.maybe(
        names={"original": f"{name}.now", "restored": f"{name}.restored"},
        parameterName=f"/shop/{name}",
        policyName=f"{name}@read",
        writePolicyName=f"{name}@write",
        adoptPointer=dice.flag,
    )


def entry(dice: Dice) -> dict[str, Any]:
    """One entry of `tables`, without its names and labels."""
    on_demand, indexes = dice.flag(), dice.some(_INDEXES)
    scaling = {} if on_demand or dice.flag() else hanging.auto_scaling(dice, indexes)
    said = _keys_and_indexes(dice, indexes, scaling, on_demand=on_demand)
    said |= _settings(dice)
    said |= {"autoScaling": scaling} if scaling else {}
    said |= {"billingMode": "PAY_PER_REQUEST"} if on_demand else {}
    said |= hanging.dependents(dice, indexes, streamed=bool(said.get("streamEnabled")))
    # In the order of a person who does not know that there is one.
    return {key: said[key] for key in dice.sample(sorted(said), len(said))}


def _keys_and_indexes(
    dice: Dice, indexes: list[str], scaling: Mapping[str, Any], *, on_demand: bool
) -> dict[str, Any]:
    hash_key, range_key, *others = dice.sample(_ATTRIBUTES, len(_ATTRIBUTES))
    by_index = scaling.get("indexes", {})
    table = {
        "hashKey": hash_key,
        **dice.maybe(rangeKey=range_key),
        **_capacity(dice, scaling, on_demand=on_demand),
    }
    keyed = [
        {
            "name": name,
            "hashKey": dice.choice((hash_key, *others)),
            **dice.maybe(rangeKey=range_key, warmThroughput=lambda: _warm(dice)),
            **_projection(dice),
            **_capacity(dice, by_index.get(name, {}), on_demand=on_demand),
        }
        for name in indexes
    ]
    local = [
        {"name": f"local.{n}", "rangeKey": key, **_projection(dice)}
        for n, key in enumerate(dice.some(others[:2]) if "rangeKey" in table else [])
    ]
    owners = [table, *keyed, *local]
    used = {owner[key]: 0 for owner in owners for key in ("hashKey", "rangeKey") if key in owner}
    return {
        **table,
        "attributes": [{"name": name, "type": dice.choice("SNB")} for name in used],
        **({"globalSecondaryIndexes": keyed} if keyed else {}),
        **({"localSecondaryIndexes": local} if local else {}),
    }


def _capacity(dice: Dice, scaling: Mapping[str, Any], *, on_demand: bool) -> dict[str, Any]:
    """How a table or an index is paid for; capacity that is scaled need not be said."""
    units = dice.number(1, 40_000)
    if on_demand:
        maximum = {"maxReadRequestUnits": units(), "maxWriteRequestUnits": units()}
        return dice.maybe(onDemandThroughput=_part_of(dice, maximum))
    kinds = [kind for kind in ("read", "write") if kind not in scaling or dice.flag()]
    return {f"{kind}Capacity": units() for kind in kinds}


def _projection(dice: Dice) -> dict[str, Any]:
    kind = dice.choice(("ALL", "KEYS_ONLY", "INCLUDE"))
    return {
        "projectionType": kind,
        **({"nonKeyAttributes": ["total"]} if kind == "INCLUDE" else {}),
    }


def _warm(dice: Dice) -> dict[str, Any]:
    read, write = dice.number(12_000, 40_000), dice.number(4_000, 40_000)
    return _part_of(dice, {"readUnitsPerSecond": read(), "writeUnitsPerSecond": write()})


def _part_of(dice: Dice, said: Mapping[str, int]) -> dict[str, int]:
    return {key: said[key] for key in dice.some([*said], 1)}


def _settings(dice: Dice) -> dict[str, Any]:
    stream = dice.choice(({}, {"streamEnabled": True, "streamViewType": dice.choice(_VIEWS)}))
    actions = [f"dynamodb:{action}" for action in _ACTIONS]
    return stream | dice.maybe(
        tableClass=dice.one("STANDARD", "STANDARD_INFREQUENT_ACCESS"),
        serverSideEncryption=lambda: dice.choice(
            ({"enabled": False}, {"enabled": True, **dice.maybe(kmsKeyArn=dice.one(*_KEYS))})
        ),
        pointInTimeRecovery=lambda: {
            "enabled": dice.flag(),
            **dice.maybe(recoveryPeriodInDays=dice.number(1, 35)),
        },
        ttl=dice.one({"enabled": False}, {"enabled": True, "attributeName": "expires"}),
        deletionProtectionEnabled=dice.flag,
        tags=dice.one({}, {"team": "shop", "Cost-Centre": "7", "a:b": ""}),
        warmThroughput=lambda: _warm(dice),
        readActions=lambda: dice.some(actions, 1),
        writeActions=lambda: dice.some(actions, 1),
    )
