"""Whole configs with nothing to fix: each is read as it is written, and can be deployed.

Broken ones are in test_broken_configs.py, what a program registers is in test_declare_anything.py.
"""

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pydantic.alias_generators import to_camel

from restore.table.config.dependents import DependentSettings
from restore.table.config.parse import parse
from restore.table.config.problems import RefusedError
from restore.table.config.resolved import StackConfig, TableConfig
from restore.table.config.schema import schema
from restore.table.config.settings import Model, TableSettings
from restore.table.decide import Declaration, decide
from restore.table.past import Past, TablePast
from tests.support.configs.chance import drawn
from tests.support.configs.documents import texts
from tests.support.configs.entries import document
from tests.support.configs.transitions import STOPS, after

bounded = settings(max_examples=650, deadline=None, derandomize=True, database=None)
VALIDATOR = Draft7Validator(schema("shop"))
Written = dict[str, Any]
MODELS: tuple[type[Model], ...] = (TableSettings, DependentSettings)


def left_by(declared: tuple[Declaration, ...], before: Past, stop: str = "end") -> Past:
    """The past that an update leaves behind, or one that was killed at `stop`."""
    return {each.table: after(before.get(each.table, TablePast()), each, stop) for each in declared}


def switched(written: Written, config: StackConfig, **said: str) -> Written:
    """The config with each table's first standby label active, and the active one position by."""
    return {**written, "tables": {t.table: _switched(written, t, said) for t in config.tables}}


def _switched(written: Written, table: TableConfig, said: dict[str, str]) -> Written:
    entry = written["tables"][table.table]
    return {
        **{key: value for key, value in entry.items() if key != "rollbackFrom"},
        "activeTable": table.standby[0],
        "standbyTables": [table.active, *table.standby[1:]],
        "adoptTables": [label for label in table.adopt if label != table.active],
        **said,
    }


@given(drawn(document))
@bounded
def test_a_config_is_read_as_it_is_written(written: Written) -> None:
    """A setting that got lost on the way would be taken away from the table."""
    config = parse(texts(written))
    assert [table.table for table in config.tables] == [*written["tables"]]
    for table in config.tables:
        entry = written["tables"][table.table]
        for part, model in zip((table.settings, table.dependents), MODELS, strict=True):
            keys = {to_camel(field) for field in model.model_fields}
            dumped = part.model_dump(by_alias=True)
            read = {key: _as_written(dumped[key], entry[key]) for key in keys & {*entry}}
            assert read == {key: entry[key] for key in keys & {*entry}}
        places = {**written, **entry}
        assert (table.active, [*table.standby]) == (places["activeTable"], places["standbyTables"])
        assert [*table.adopt] == places["adoptTables"]


def _as_written(read: Any, written: Any) -> Any:
    """What was read, less what nobody wrote."""
    if isinstance(written, dict):
        return {key: _as_written(read[key], written[key]) for key in written}
    if isinstance(written, list):
        return [_as_written(*pair) for pair in zip(read, written, strict=True)]
    return read


@given(drawn(document))
@bounded
def test_an_editor_finds_nothing_wrong_in_it(written: Written) -> None:
    """A schema that is stricter than the program is one that gets turned off."""
    keys = {f"shop:{key}": value for key, value in written.items()}
    assert [error.message for error in VALIDATOR.iter_errors({"config": keys})] == []


@given(drawn(document), st.sampled_from(STOPS))
@bounded
def test_it_can_be_deployed_once_more_after_an_update_that_ended_or_was_killed(
    written: Written, stop: str
) -> None:
    """To run it again is what everybody tries first."""
    config = parse(texts(written))
    first = decide(config, {})
    again = decide(config, left_by(first, {}, stop))
    for table, one, other in zip(config.tables, first, again, strict=True):
        assert [p.label for p in one.physical] == [*table.labels]
        assert [p.label for p in other.physical] == [*table.labels]
        assert all(p.imported for p in other.physical)
        assert {p.label for p in one.physical if p.configured} == {table.active, *table.standby}


@given(drawn(document))
@bounded
def test_clients_go_to_a_standby_label_freely_and_back_only_where_that_is_said(
    written: Written,
) -> None:
    """What keeps an old commit from moving them holds for any table that there can be."""
    config = parse(texts(written))
    assume(all(table.standby for table in config.tables))
    past = left_by(decide(config, {}), {})
    there = switched(written, config, rollbackFrom="restored-99")
    moved = decide(parse(texts(there)), past)
    assert [each.active for each in moved] == [table.standby[0] for table in config.tables]
    past = left_by(moved, past)

    back = switched(there, parse(texts(there)), rollbackFrom="restored-99")
    with pytest.raises(RefusedError) as refused:
        decide(parse(texts(back)), past)
    assert [problem.path for problem in refused.value.problems] == [
        f"tables.{table.table}.activeTable" for table in config.tables
    ]
    for table in config.tables:
        back["tables"][table.table]["rollbackFrom"] = table.standby[0]
    returned = decide(parse(texts(back)), past)
    assert [each.active for each in returned] == [table.active for table in config.tables]
