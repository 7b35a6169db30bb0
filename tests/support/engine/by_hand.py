"""Tables that someone made by hand, and what `describe` says of them."""

import json
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from ruamel.yaml import YAML

from tests.support.emulator.process import Emulator
from tests.support.engine.everything import KEY, table
from tests.support.engine.world import World
from tests.support.made import build, make
from tests.support.random_tables import random_entry

Config = dict[str, Any]


def emulator(world: World) -> Emulator:
    return Emulator(world.env["AWS_ENDPOINT_URL"])


def make_tables(world: World, seeds: Iterable[int]) -> list[str]:
    """Makes a random table for each seed; returns their DynamoDB names."""
    aws = emulator(world)
    names = [f"shop.orders-{seed}" for seed in seeds]
    for seed, name in zip(seeds, names, strict=True):
        make(aws, name, random_entry(seed))
    return names


def make_everything(world: World, name: str) -> None:
    """Makes the table that has everything, where what it names is there already."""
    key = world.client("kms").describe_key(KeyId=KEY)["KeyMetadata"]["Arn"]
    encryption = {"enabled": True, "kmsKeyArn": key}
    entry = table(world.env["AWS_REGION"]) | {"serverSideEncryption": encryption}
    build(emulator(world), name, entry)


def describe(world: World, names: Iterable[str]) -> dict[str, Config]:
    """DynamoDB name → the object that `describe --json` prints."""
    with ThreadPoolExecutor(2) as pool:
        # A name may begin with a hyphen.
        told = pool.map(lambda name: world.restore("describe", "--json", "--", name).out, names)
        return dict(zip(names, map(json.loads, told), strict=True))


def take_over(world: World, described: Mapping[str, Config]) -> None:
    """Puts all of them into the one config, each with an `adoptTables` of its own."""
    tables: Config = {}
    for each in described.values():
        config = each["config"]
        for key, entry in config["restore-demo:tables"].items():
            tables[key] = {"adoptTables": config["restore-demo:adoptTables"], **entry}
    with world.config() as config:
        config["restore-demo:tables"] = tables


def taken_over(world: World) -> None:
    """Says that it is done: takes `adoptTables` away everywhere."""
    with world.config() as config:
        config.pop("restore-demo:adoptTables", None)
        for entry in config["restore-demo:tables"].values():
            entry.pop("adoptTables", None)


def paste(world: World, page: str) -> None:
    """Makes the printed lines all that is below `config:`, as a person would."""
    text = world.config_file.read_text()
    above = text[: text.index("config:\n")]
    world.config_file.write_text(f"{above}config:\n{page}")
    assert YAML().load(world.config_file)["config"]
