"""The rows as changes to a placement, and what they come to in the stack config."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from restore.decide.placement import (
    Placement,
    adopted,
    document_edits,
    dropped,
    edited,
    prepared,
    switched,
    taken_over,
    unfaithful,
)
from restore.model.places import Places
from restore.table.config.parse import parse
from restore.table.config.problems import ConfigError
from tests.support.configs.documents import entry, texts

O, R, R2 = "original", "restored", "restored-2"  # noqa: E741
SERVING = Placement(O)
ADOPTED = Placement(O, adopt=(R,))
PREPARED = Placement(O, standby=(R,))
SWITCHED = Placement(R, standby=(O,))
FROZEN = Placement(O, frozen=(O,))


@pytest.mark.parametrize(
    ("placement", "row"),
    [
        pytest.param(adopted(SERVING, R), ADOPTED, id="adopt"),
        pytest.param(adopted(ADOPTED, R), ADOPTED, id="adopt-again"),
        pytest.param(adopted(PREPARED, R2), Placement(O, (R,), (R2,)), id="adopt-beside"),
        pytest.param(prepared(ADOPTED, R), PREPARED, id="prepare"),
        pytest.param(prepared(PREPARED, R), PREPARED, id="prepare-again"),
        pytest.param(prepared(SERVING, R), PREPARED, id="prepare-straight-away"),
        pytest.param(
            prepared(Placement(O, (R,), (R2,)), R2), Placement(O, (R, R2)), id="prepare-beside"
        ),
        pytest.param(switched(PREPARED, R, (O,)), SWITCHED, id="switch"),
        pytest.param(
            switched(Placement(O, (R, R2)), R2, (O,)), Placement(R2, (R, O)), id="switch-beside"
        ),
        pytest.param(
            switched(SWITCHED, O, (O, R)), Placement(O, (R,), rollback_from=R), id="roll-back"
        ),
        pytest.param(
            switched(Placement(O, (R,), rollback_from=R), R, (O, R, O)),
            Placement(R, (O,), rollback_from=O),
            id="switch-again",
        ),
        pytest.param(
            switched(Placement(R, (O,), rollback_from=O), O, (O, R, O, R)),
            Placement(O, (R,), rollback_from="restored:2"),
            id="roll-back-again",
        ),
        pytest.param(
            switched(Placement(O, (R2,), rollback_from=R), R2, (O, R, O)),
            Placement(R2, (O,)),
            id="a-new-label-needs-no-token-and-an-old-token-goes",
        ),
        pytest.param(dropped(SWITCHED), Placement(R), id="drop"),
        pytest.param(
            dropped(Placement(O, (R,), (R2,), R)), SERVING, id="drop-takes-the-token-with-it"
        ),
        pytest.param(taken_over(R), Placement(R), id="take-over"),
        pytest.param(adopted(FROZEN, R), replace(ADOPTED, frozen=(O,)), id="adopt-frozen"),
        pytest.param(prepared(FROZEN, R), replace(PREPARED, frozen=(O,)), id="prepare-frozen"),
        pytest.param(
            switched(replace(PREPARED, frozen=(O,)), R, (O,)),
            replace(SWITCHED, frozen=(O,)),
            id="switch-leaves-the-old-one-frozen",
        ),
        pytest.param(
            dropped(replace(SWITCHED, frozen=(O,))), Placement(R), id="drop-ends-the-freeze"
        ),
        pytest.param(
            dropped(replace(SWITCHED, frozen=(O, R))),
            Placement(R, frozen=(R,)),
            id="drop-thaws-nothing-that-stays",
        ),
    ],
)
def test_each_row_is_as_the_designs_table_says(placement: Placement, row: Placement) -> None:
    assert placement == row


def config(*, tables: dict[str, Any] | None = None, **stack_wide: Any) -> dict[str, str]:
    return texts({"tables": tables or {"orders": entry()}, **stack_wide})


def edits(written: dict[str, str], **wanted: Placement) -> dict[tuple[str, ...], Any]:
    return document_edits(parse(written), written, wanted, Places(frozenset(written)))


def test_one_table_is_placed_by_stack_wide_keys() -> None:
    """What `pulumi config set activeTable restored` would write as well."""
    assert edits(config(), orders=Placement(R, (O,), (R2,), O, (R,))) == {
        ("activeTable",): R,
        ("standbyTables",): [O],
        ("adoptTables",): [R2],
        ("rollbackFrom",): O,
        ("frozenTables",): [R],
    }


def test_keys_with_nothing_to_say_are_removed() -> None:
    """A `drop` leaves the config that the design's table shows, with one key."""
    written = config(activeTable=R, standbyTables=[O], rollbackFrom=O)

    assert edited(written, edits(written, orders=Placement(R))) == config(activeTable=R)


def test_several_tables_have_keys_of_their_own() -> None:
    """A stack-wide key would move every table of the stack."""
    written = config(tables={"orders": entry(), "users": entry()})

    assert edits(written, orders=PREPARED) == {
        ("tables", "orders", "activeTable"): O,
        ("tables", "orders", "standbyTables"): [R],
        ("tables", "orders", "adoptTables"): None,
        ("tables", "orders", "rollbackFrom"): None,
        ("tables", "orders", "frozenTables"): None,
    }


def test_a_key_that_a_table_has_itself_is_changed_there() -> None:
    """The table's own key wins: the stack-wide one would be written in vain."""
    written = config(tables={"orders": entry(activeTable=O, standbyTables=[R])})

    assert edits(written, orders=Placement(R, (O,), (R2,))) == {
        ("tables", "orders", "activeTable"): R,
        ("tables", "orders", "standbyTables"): [O],
        ("adoptTables",): [R2],
        ("rollbackFrom",): None,
        ("frozenTables",): None,
    }


def test_an_empty_list_hides_a_stack_wide_one() -> None:
    """With its key removed the table would take the stack's list again."""
    two = {"orders": entry(), "users": entry()}
    written = config(tables=two, standbyTables=[R], adoptTables=[R2])

    changed = edits(written, orders=Placement(R))

    assert changed["tables", "orders", "standbyTables"] == []
    assert changed["tables", "orders", "adoptTables"] == []


def test_a_stack_wide_token_moves_to_the_tables_that_keep_it() -> None:
    """Nothing hides a text: left in place it would name the active table and be refused."""
    two = {"orders": entry(), "users": entry(), "carts": entry(rollbackFrom=R2)}
    written = config(tables=two, standbyTables=[R], rollbackFrom=R)

    after = edited(written, edits(written, orders=Placement(R, (O,))))

    assert "rollbackFrom" not in after
    assert {table.table: table.rollback_from for table in parse(after).tables} == {
        "orders": None,
        "users": R,
        "carts": R2,
    }


def test_nothing_is_written_for_a_table_that_stands_as_wanted() -> None:
    """A file that is not rewritten cannot be rewritten wrongly."""
    written = config(standbyTables=[R])

    assert edits(written, orders=PREPARED) == {}
    assert edits(written) == {}


LABELS = (O, R, R2)


@st.composite
def placements(draw: st.DrawFn) -> Placement:
    active, *others = draw(st.permutations(LABELS))
    first, last = sorted((draw(st.integers(0, 2)), draw(st.integers(0, 2))))
    token = draw(st.none() | st.sampled_from([*others, f"{others[0]}:2"]))
    frozen = draw(st.sets(st.sampled_from([active, *others[:first]])))
    placed = (tuple(others[:first]), tuple(others[first:last]), token, tuple(sorted(frozen)))
    return Placement(active, *placed)


@st.composite
def partly(draw: st.DrawFn) -> dict[str, Any]:
    """Some keys of a placement, as they are written; a list may be written though it is empty."""
    values = draw(placements()).values() | {"ttl": None}
    keys = draw(st.sets(st.sampled_from(sorted(values))))
    lists = {"standbyTables", "adoptTables", "frozenTables"}
    return {
        key: [] if values[key] is None else values[key]
        for key in sorted(keys)
        if values[key] is not None or key in lists
    }


@given(
    stack_wide=partly(),
    own=st.lists(partly(), min_size=1, max_size=3),
    wanted=st.lists(st.none() | placements(), min_size=3, max_size=3),
)
@settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.filter_too_much],
)
def test_an_edit_yields_exactly_what_is_wanted(
    stack_wide: dict[str, Any], own: list[dict[str, Any]], wanted: list[Placement | None]
) -> None:
    """Whatever a person wrote before, stack-wide or table by table; and the others stay."""
    tables = {f"table-{n}": entry(**keys) for n, keys in enumerate(own)}
    written = config(tables=tables, **stack_wide)
    try:
        before = parse(written)
    except ConfigError:
        assume(False)  # noqa: FBT003 - hypothesis takes it so
    asked = {
        table: placement
        for table, placement in zip(tables, wanted, strict=False)
        if placement is not None
    }

    places = Places(frozenset(written))
    changes = document_edits(before, written, asked, places)
    assert unfaithful(before, written, changes, asked, places) is None
    after = parse(edited(written, changes))

    assert {table.table: Placement.of(table) for table in after.tables} == {
        table.table: asked.get(table.table, Placement.of(table)) for table in before.tables
    }
    assert [table.settings for table in after.tables] == [table.settings for table in before.tables]


def test_the_texts_after_an_edit_are_what_pulumi_would_hand_out() -> None:
    written = config()

    after = edited(written, {("standbyTables",): [R], ("tables", "orders", "activeTable"): R})

    assert after["standbyTables"] == '["restored"]'
    assert json.loads(after["tables"])["orders"]["activeTable"] == R
    assert written == config()


TWO = {"orders": entry(), "users": entry()}
ENTRY = {"activeTable": O, "standbyTables": [R]}


@pytest.mark.parametrize(
    ("written", "file", "wanted", "expected"),
    [
        pytest.param(
            config(tables=TWO), set(), PREPARED, {("placements", "orders"): ENTRY}, id="two tables"
        ),
        pytest.param(
            config(),
            set(),
            PREPARED,
            {
                ("activeTable",): O,
                ("standbyTables",): [R],
                ("adoptTables",): None,
                ("rollbackFrom",): None,
                ("frozenTables",): None,
            },
            id="one table: stack-wide keys hide nothing",
        ),
        pytest.param(
            config(tables={"orders": entry(activeTable=O)}),
            set(),
            PREPARED,
            {("placements", "orders"): ENTRY},
            id="a key of the table's own in Pulumi.yaml would win over a stack-wide one",
        ),
        pytest.param(
            config(tables=TWO, placements={"users": {"activeTable": R}}),
            set(),
            PREPARED,
            {("placements",): {"users": {"activeTable": R}, "orders": ENTRY}},
            id="placements of Pulumi.yaml are carried on as a whole",
        ),
        pytest.param(
            config(tables=TWO, placements={"orders": {"activeTable": R}}),
            {"tables", "placements"},
            PREPARED,
            {("placements", "orders"): ENTRY},
            id="an entry that exists is the one that is written",
        ),
        pytest.param(
            config(rollbackFrom=R),
            {"tables"},
            SERVING,
            {("placements", "orders"): {"activeTable": O}},
            id="nothing else hides a text of Pulumi.yaml",
        ),
        pytest.param(
            config(standbyTables=[R]),
            {"tables"},
            SERVING,
            {
                ("activeTable",): O,
                ("standbyTables",): [],
                ("adoptTables",): None,
                ("rollbackFrom",): None,
                ("frozenTables",): None,
            },
            id="an empty list hides a list of Pulumi.yaml",
        ),
    ],
)
def test_what_stands_in_the_projects_file_is_not_hidden(
    written: dict[str, str], file: set[str], wanted: Placement, expected: dict[Any, Any]
) -> None:
    """A part of `tables` in the stack's file would hide the whole of it: refused, or worse."""
    before = parse(written)
    places = Places(frozenset(file), frozenset({*written} - file))

    changes = document_edits(before, written, {"orders": wanted}, places)

    assert changes == expected
    assert unfaithful(before, written, changes, {"orders": wanted}, places) is None
    after = {each.table: each for each in parse(edited(written, changes)).tables}
    assert Placement.of(after["orders"]) == wanted


@pytest.mark.parametrize(
    ("edit", "wanted", "wrong"),
    [
        ({("tables", "orders", "adoptTables"): [R2]}, {}, "tables of Pulumi.yaml would be hidden"),
        ({("standbyTables",): None}, {}, "standbyTables of Pulumi.yaml would count again"),
        ({("frozenTables",): [O]}, {"orders": replace(PREPARED, frozen=(O,))}, "users would stand"),
        ({("tables",): {"orders": entry(tags={"a": "b"}), "users": entry()}}, {}, "setting of ord"),
        ({("standbyTables",): []}, {}, "orders would stand at"),
        ({("activeTable",): R}, {}, "it would be wrong at standbyTables"),
    ],
)
def test_an_edit_that_says_anything_else_is_found(
    edit: dict[Any, Any], wanted: dict[str, Placement], wrong: str
) -> None:
    """Before the restore begins, not at the end of its wait."""
    written = config(tables=TWO, standbyTables=[R])
    places = Places(project=frozenset(written))

    assert wrong in str(unfaithful(parse(written), written, edit, wanted, places))
