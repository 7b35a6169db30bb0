"""Config changes that would rename, forget or replace what a stack serves.

Not here: old commits (test_old_commits), config that is wrong in itself (test_bad_input).
"""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.engine.world import ORIGINAL, PARAMETER, RESTORED, World

At = Callable[[str], World]
Edit = Callable[[dict[str, Any]], None]

PLAIN = {
    "hashKey": "id",
    "attributes": [{"name": "id", "type": "S"}],
    "billingMode": "PAY_PER_REQUEST",
}


def with_key(*path: str, value: Any) -> Edit:
    """Sets one key of the table."""

    def edit(config: dict[str, Any]) -> None:
        tree = config["restore-demo:tables"]["restore-demo"]
        for key in path[:-1]:
            tree = tree.setdefault(key, {})
        tree[path[-1]] = value

    return edit


def with_another_hash_key(config: dict[str, Any]) -> None:
    table = config["restore-demo:tables"]["restore-demo"]
    table["hashKey"] = table["attributes"][0]["name"] = "pk"


def with_another_table_in_its_place(config: dict[str, Any]) -> None:
    config["restore-demo:tables"] = {"other": PLAIN}


CHANGES = [
    pytest.param("serving", with_another_hash_key, "may not be replaced", id="hash key"),
    pytest.param(
        "serving",
        with_key("names", "original", value="another-table"),
        f"would replace the table {ORIGINAL}",
        id="table name",
    ),
    pytest.param(
        "serving",
        with_key("parameterName", value="another-parameter"),
        f"would delete {PARAMETER}",
        id="parameter name",
    ),
    pytest.param(
        "serving",
        with_key("policyName", value="another-policy"),
        "would delete restore-demo-read-policy",
        id="policy name",
    ),
    pytest.param(
        "serving",
        with_another_table_in_its_place,
        "declares table 'restore-demo', which is no longer in the config",
        id="removed",
    ),
    pytest.param(
        "switched by hand", with_another_hash_key, "may not be replaced", id="hash key, switched"
    ),
    pytest.param(
        "switched by hand",
        with_key("names", "restored", value="another-table"),
        f"would replace the table {RESTORED}",
        id="table name, switched",
    ),
]


@pytest.mark.parametrize(("scene", "edit", "reason"), CHANGES)
def test_a_change_that_would_take_something_from_clients_is_refused(
    at: At, scene: str, edit: Edit, reason: str
) -> None:
    """The engine's own way is delete, then create: under a live pointer, with a new empty table."""
    world = at(scene)
    world.put(world.pointer()[0], id="kept", value="good")
    before, file = world.everything(), world.config_file.read_bytes()
    with world.config() as config:
        edit(config)
    since = world.last_call()
    assert reason in world.up(fails=True).said
    assert world.writes(since) == []
    assert world.everything() == before
    world.config_file.write_bytes(file)
    world.no_drift()


def test_a_table_that_is_forgotten_on_purpose_stays_in_aws_and_can_come_back(at: At) -> None:
    """With forgetTables it is meant: parameter and policy go with the table, the data does not."""
    world = at("serving")
    world.put(ORIGINAL, id="kept", value="good")
    file = world.config_file.read_bytes()
    with world.config() as config:
        with_another_table_in_its_place(config)
        config["restore-demo:forgetTables"] = ["restore-demo"]
    world.up()
    assert world.tables() == {ORIGINAL, "other-original-table"}
    assert world.items(ORIGINAL)["kept"]["value"] == "good"
    parameters = world.ssm.describe_parameters()["Parameters"]
    assert [each["Name"] for each in parameters] == ["other-table-name"]
    policies = world.iam.list_policies(Scope="Local")["Policies"]
    assert [each["PolicyName"] for each in policies] == ["other-read-policy"]

    world.config_file.write_bytes(file)
    with world.config() as config:
        config["restore-demo:adoptTables"] = ["original"]
        config["restore-demo:forgetTables"] = ["other"]
    world.up()
    assert world.pointer() == (ORIGINAL, 1)
    assert world.in_stack() == {"original"}
    assert world.items(ORIGINAL)["kept"]["value"] == "good"
    world.no_drift()
