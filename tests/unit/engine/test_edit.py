"""Edits of a stack config's YAML: anchors, merge keys, and what must stay as it is."""

from typing import Any

import pytest

from restore.engine import edit
from restore.engine.edit import Edits, UnfaithfulEditError, commands, edited_text, plain

SHARED = """\
config:
  shop:tables:
    orders: &base
      hashKey: id # the order
      attributes: &keys
        - name: id
          type: S
      tags: &tags {team: 'shop', cost: '0042'}
      standbyTables: [restored]
    users:
      <<: *base
      tags: {team: users}
    carts: *base
    lines:
      hashKey: id
      attributes: *keys
      tags: *tags
"""
COMMON = """\
config:
  shop:common: &common
    orders: {hashKey: id}
    users: {hashKey: id}
  shop:tables:
    <<: *common
    carts: {hashKey: id}
"""
OWN: Edits = {("shop:tables", "users", "activeTable"): "restored"}


@pytest.mark.parametrize("table", ["orders", "users", "carts", "lines"])
@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("activeTable", "restored"),
        ("adoptTables", ["restored"]),
        ("standbyTables", None),
        ("standbyTables", []),
        ("rollbackFrom", None),
    ],
)
def test_an_edit_changes_one_table_alone(table: str, key: str, value: Any) -> None:
    """An edit that leaks moves the clients of a table that nobody spoke of."""
    before = plain(SHARED)["config"]["shop:tables"]

    after = plain(edited_text(SHARED, {("shop:tables", table, key): value}))["config"]

    other = {name: entry for name, entry in before.items() if name != table}
    assert {name: each for name, each in after["shop:tables"].items() if name != table} == other
    wanted = {**before[table], key: value}
    assert after["shop:tables"][table] == {k: v for k, v in wanted.items() if v is not None}


@pytest.mark.parametrize("table", ["orders", "users", "carts", "lines"])
def test_anchors_and_comments_survive(table: str) -> None:
    text = edited_text(SHARED, {("shop:tables", table, "activeTable"): "restored"})

    assert text.count("&base") == text.count("&keys") == text.count("&tags") == 1
    assert text.count("# the order") >= 1
    assert "cost: '0042'" in text
    assert "<<: *base" in text or "<<: &base" in text


def test_an_anchor_survives_two_edits_of_the_table_that_had_it() -> None:
    """`adopt` moves it to the place that is left; `prepare` must not lose it there."""
    text = SHARED.replace("    carts: *base\n", "")
    for key in ("adoptTables", "standbyTables"):
        text = edited_text(text, {("shop:tables", "orders", key): ["restored"]})

    assert text.count("<<: &base") == 1
    assert "&id0" not in text


def test_a_merge_key_stays_where_nothing_of_it_is_removed() -> None:
    text = edited_text(SHARED, {("shop:tables", "users", "activeTable"): "restored"})

    assert text == SHARED.replace(
        "      tags: {team: users}\n",
        "      tags: {team: users}\n      activeTable: restored\n",
    )


def test_a_table_that_is_merged_in_gets_an_entry_of_its_own() -> None:
    """`common` may be what other tables, or other stacks' tools, are made from."""
    text = edited_text(COMMON, OWN)

    after = plain(text)["config"]
    assert after["shop:common"] == plain(COMMON)["config"]["shop:common"]
    assert after["shop:tables"]["users"] == {"hashKey": "id", "activeTable": "restored"}
    assert after["shop:tables"]["orders"] == {"hashKey": "id"}


def test_a_key_that_is_removed_where_nothing_stands_is_no_change() -> None:
    assert edited_text(COMMON, {("shop:placements", "users", "activeTable"): None}) == COMMON


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "config:\n", "config: {}\n"])
def test_a_first_key_makes_the_maps_that_it_needs(text: str) -> None:
    after = edited_text(text, {("shop:placements", "users"): {"activeTable": "original"}})

    assert plain(after) == {"config": {"shop:placements": {"users": {"activeTable": "original"}}}}


def test_a_result_that_says_something_else_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the YAML library makes of a file that nobody has thought of."""
    monkeypatch.setattr(edit, "_own_map", lambda _, tree, key: tree[key])

    with pytest.raises(UnfaithfulEditError):
        edited_text(SHARED, {("shop:tables", "carts", "activeTable"): "restored"})


def test_an_edit_as_commands_leaves_nothing_of_a_longer_list() -> None:
    """They are typed where the file could not be written and clients are moved by then."""
    edits = {
        ("activeTable",): "restored",
        ("tables", "a.b", "standbyTables"): ["original"],
        ("rollbackFrom",): None,
    }

    assert list(commands(edits)) == [
        "pulumi config set activeTable restored",
        "pulumi config rm --path 'tables[\"a.b\"].standbyTables'",
        "pulumi config set --path 'tables[\"a.b\"].standbyTables[0]' original",
        "pulumi config rm rollbackFrom",
    ]
