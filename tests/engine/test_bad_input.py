"""Config and arguments that make no sense: one clear message, and nothing changed."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.engine.world import ORIGINAL, World

At = Callable[[str], World]
Table = dict[str, Any]
Edit = Callable[[Table], None]


def set_to(path: str, value: Any) -> Edit:
    """Sets a key of the config: `activeTable`, or one of the table as `.hashKey`."""

    def edit(config: Table) -> None:
        if path.startswith("."):
            config["restore-demo:tables"]["restore-demo"][path[1:]] = value
        else:
            config[f"restore-demo:{path}"] = value

    return edit


def with_a_label_in_two_lists(config: Table) -> None:
    set_to("standbyTables", ["restored"])(config)
    set_to("adoptTables", ["restored"])(config)


def with_an_attribute_that_nothing_uses(config: Table) -> None:
    attributes = config["restore-demo:tables"]["restore-demo"]["attributes"]
    attributes.append({"name": "loose", "type": "S"})


def with_two_tables_of_one_name(config: Table) -> None:
    tables = config["restore-demo:tables"]
    tables["twin"] = {**tables["restore-demo"], "names": {"original": ORIGINAL}}


NO_LABEL = "'resorted' is no label"
WRONG_CONFIG = [
    pytest.param(
        set_to(".pointInTimeRecovry", {"enabled": True}),
        "tables.restore-demo.pointInTimeRecovry: is not a key that this program knows;"
        " did you mean pointInTimeRecovery?",
        id="unknown key",
    ),
    pytest.param(
        set_to(".ttl", "soon"),
        "tables.restore-demo.ttl: 'soon' is no map",
        id="wrong type",
    ),
    pytest.param(set_to("activeTable", "resorted"), f"activeTable: {NO_LABEL}", id="active"),
    pytest.param(
        set_to("standbyTables", ["resorted"]), f"standbyTables[0]: {NO_LABEL}", id="standby"
    ),
    pytest.param(set_to("adoptTables", ["resorted"]), f"adoptTables[0]: {NO_LABEL}", id="adopt"),
    pytest.param(
        set_to("rollbackFrom", "resorted"), "rollbackFrom: 'resorted' is neither", id="rollback"
    ),
    pytest.param(
        with_a_label_in_two_lists,
        "adoptTables: lists 'restored', which standbyTables lists too",
        id="two lists",
    ),
    pytest.param(
        with_an_attribute_that_nothing_uses,
        "attribute 'loose' is used by no key and no index",
        id="unused attribute",
    ),
    pytest.param(
        set_to(".readCapacity", 5),
        "tables.restore-demo.readCapacity: capacity does not go with billingMode PAY_PER_REQUEST",
        id="capacity",
    ),
    pytest.param(
        set_to(".names", {"restored": "no/slashes"}),
        "tables.restore-demo.names.restored: 'no/slashes' is no legal name",
        id="illegal name",
    ),
    pytest.param(
        with_two_tables_of_one_name,
        f"{ORIGINAL!r} is the name of a second DynamoDB table",
        id="one name twice",
    ),
]


@pytest.mark.parametrize(("edit", "message"), WRONG_CONFIG)
def test_a_wrong_config_is_one_message_and_touches_nothing(
    at: At, edit: Edit, message: str
) -> None:
    """A slip in a file that a pipeline deploys must stop before the first call."""
    world = at("serving")
    with world.config() as config:
        edit(config)
    since = world.last_call()
    by_pulumi = world.up(fails=True)
    by_the_runbook = world.restore("status", code=2)
    for said in (by_pulumi.said, by_the_runbook.said):
        assert said.count(message) == 1
        assert said.count("fix: ") == 1
        assert "Nothing was touched." in said
    assert world.writes(since) == []


WRONG_USE = [
    pytest.param(("start", "--to", "2999-01-01T00:00:00Z"), "lies in the future", id="future"),
    pytest.param(
        ("start", "--to", "2020-01-01T00:00:00Z"), "is before the restore window", id="too early"
    ),
    pytest.param(("start", "--to", "yesterday"), "'yesterday' is no point in time", id="no time"),
    pytest.param(
        ("start", "--to", "2026-01-31T14:02:00"), "does not say in which time zone", id="no zone"
    ),
    pytest.param(("start", "--to", "latest", "--as", "resorted"), NO_LABEL, id="no label"),
    pytest.param(("run", "--to", "2999-01-01T00:00:00Z"), "lies in the future", id="run, future"),
    pytest.param(("status", "--stack", "nowhere"), "There is no stack 'nowhere'", id="no stack"),
    pytest.param(("status", "--table", "nothing"), "has no table nothing", id="no table"),
    pytest.param(
        ("status", "--cwd", "/"),
        "There is no Pulumi.yaml in the folder / or above it. Nothing",
        id="folder",
    ),
    pytest.param(
        ("clean", "original", "--confirm", "restored"), "--confirm says 'restored'", id="name"
    ),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG_USE)
def test_wrong_use_is_one_message_and_touches_nothing(
    at: At, arguments: tuple[str, ...], message: str
) -> None:
    """No argument may be guessed at: not a time, not a name."""
    world = at("serving")
    file, since = world.config_file.read_bytes(), world.last_call()
    failed = world.restore(*arguments, code=2)
    assert failed.out == ""
    assert failed.err.count(message) == 1
    assert failed.err.count("fix: ") == 1
    assert world.writes(since) == []
    assert world.config_file.read_bytes() == file


def test_the_help_lists_every_verb(world: World) -> None:
    verbs = "status start wait adopt prepare switch rollback drop run clean"
    said = world.restore("--help").out
    assert [verb for verb in verbs.split() if f"  {verb} " not in said] == []
