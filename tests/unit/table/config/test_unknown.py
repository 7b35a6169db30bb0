"""Keys that nobody knows: which are a team's own, and fixes that delete no value."""

import json
from typing import Any

import pytest

from restore.table.config.document import StackDocument
from restore.table.config.parse import parse
from restore.table.config.problems import ConfigError
from restore.table.config.unknown import is_own, keys_at, near, set_value
from tests.support.configs.documents import walk_through

RENAMED = (
    "pulumi config set --path tables.restore-demo.pointInTimeRecovery.enabled true &&"
    " pulumi config set --path"
    " tables.restore-demo.pointInTimeRecovery.recoveryPeriodInDays 7 && pulumi config rm"
    " --path tables.restore-demo.pointInTimeRecovry"
)
OURS = keys_at(StackDocument, ())


@pytest.mark.parametrize(
    "key",
    ["token", "tableName", "table", "runbooks", "our.owner", "activeUsers", "vpcId", "a", "shop"],
)
def test_a_key_that_resembles_nothing_of_ours_is_the_teams_own(key: str) -> None:
    """A team has its own config under its project's name, secrets among it."""
    assert is_own(key, OURS, {key, "tables"})
    assert parse(walk_through() | {key: "a secret"}) == parse(walk_through())


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("activeTabel", "activeTable"),
        ("ActiveTable", "activeTable"),
        ("active-table", "activeTable"),
        ("standbyTable", "standbyTables"),
        ("adoptTabels", "adoptTables"),
        ("tabels", "tables"),
        ("rollbackForm", "rollbackFrom"),
        ("placement.s", "placements"),
    ],
)
def test_a_slip_of_a_key_of_ours_is_found(key: str, meant: str) -> None:
    """Taken for the team's own, `activeTabel` would be a switch that never happens."""
    assert near(key, OURS) == meant
    assert not is_own(key, OURS, {key, "tables"})
    with pytest.raises(ConfigError) as wrong:
        parse(walk_through() | {key: "restored"})
    assert f"did you mean {meant}?" in str(wrong.value)
    assert "a secret" not in str(wrong.value)


def test_a_table_that_is_missing_is_sought_under_its_slip() -> None:
    assert not is_own("table", OURS, {"table"})


@pytest.mark.parametrize(
    ("loc", "key"),
    [
        (("tables", "orders"), "hashKey"),
        (("tables", "orders", "attributes", 0), "type"),
        (("tables", "orders", "ttl"), "attributeName"),
        (("placements", "orders"), "standbyTables"),
        (("runbook",), "drainSeconds"),
        (("runbook", "hooks", 1), "before"),
    ],
)
def test_the_keys_of_a_place_are_those_of_its_model(loc: tuple[int | str, ...], key: str) -> None:
    assert key in keys_at(StackDocument, loc)
    assert "tables" not in keys_at(StackDocument, loc)


def test_a_map_of_names_has_no_keys_of_ours() -> None:
    assert keys_at(StackDocument, ("tables",)) == frozenset()
    assert keys_at(StackDocument, ("tables", "orders", "tags", "team")) == frozenset()


@pytest.mark.parametrize(
    ("value", "command"),
    [
        ("restored", "pulumi config set --path a.b restored"),
        ("5", "pulumi config set --path a.b 5 --type string"),
        ("true", "pulumi config set --path a.b true --type string"),
        ("2026-01-31", "pulumi config set --path a.b 2026-01-31"),
        ("it's me", """pulumi config set --path a.b 'it'"'"'s me'"""),
        (5, "pulumi config set --path a.b 5"),
        (True, "pulumi config set --path a.b true"),
        (1.5, "pulumi config set --path a.b 1.5 --type float"),
    ],
)
def test_a_value_is_set_as_what_it_is(value: Any, command: str) -> None:
    """Pulumi takes `5` and `true` for what they look like, and 1.5 for a text."""
    assert set_value("a.b", value) == command
    assert set_value("activeTable", "5") == "pulumi config set activeTable 5"


@pytest.mark.parametrize(
    ("entry", "fix"),
    [
        (
            {"pointInTimeRecovry": {"enabled": True, "recoveryPeriodInDays": 7}},
            RENAMED,
        ),
        ({"tag": {}}, "rename tables.restore-demo.tag to tags in the file where it stands"),
        (
            {"tag": {str(n): "x" for n in range(9)}},
            "rename tables.restore-demo.tag to tags in the file where it stands",
        ),
    ],
)
def test_a_rename_keeps_the_whole_value(entry: dict[str, Any], fix: str) -> None:
    """The value is written under the right key before the wrong one goes."""
    texts = walk_through()
    tables = json.loads(texts["tables"])
    tables["restore-demo"].pop("pointInTimeRecovery", None)
    tables["restore-demo"] |= entry

    with pytest.raises(ConfigError) as wrong:
        parse(texts | {"tables": json.dumps(tables)})

    assert [each.fix for each in wrong.value.problems] == [fix]
