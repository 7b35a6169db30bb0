"""Whatever stands in a stack config, it is read as written or refused in words."""

import json
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from restore.table.config.document import Placement, StackDocument, TableEntry
from restore.table.config.parse import parse
from restore.table.config.problems import ConfigError, Problem
from tests.support.configs.documents import entry, texts

bounded = settings(max_examples=120, deadline=None, derandomize=True, database=None)


def keys_of(model: type[Placement]) -> list[str]:
    return [str(field.alias) for field in model.model_fields.values()]


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["original", "restored", "restored:2", "id", "PROVISIONED"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
any_entry = anything | st.dictionaries(
    st.sampled_from([*keys_of(TableEntry), "hash_key"]), anything, max_size=6
).map(lambda keys: {**entry(), **keys})
any_document = st.fixed_dictionaries(
    {
        "tables": anything
        | st.dictionaries(st.text(max_size=5) | st.just("a"), any_entry, max_size=2)
    }
).flatmap(
    lambda tables: st.dictionaries(
        st.sampled_from([*keys_of(StackDocument), "other"]), anything, max_size=3
    ).map(lambda keys: {**keys, **tables})
)


@given(any_document)
@bounded
def test_whatever_is_written_is_a_config_or_a_list_of_problems(document: dict[str, Any]) -> None:
    """Any other exception would reach the user as a traceback."""
    problems: tuple[Problem, ...] = ()
    try:
        parse(texts(document))
    except ConfigError as error:
        problems = error.problems
        event("problems")
    assert all(problem.path and problem.wrong and problem.fix for problem in problems)


@given(st.dictionaries(st.sampled_from([*keys_of(StackDocument), "other"]), st.text(max_size=30)))
@bounded
def test_whatever_text_stands_at_a_key_is_a_list_of_problems(raw: dict[str, str]) -> None:
    with pytest.raises(ConfigError):
        parse(raw)


labels = st.sampled_from(["original", "restored", *(f"restored-{n}" for n in range(2, 12))])


@st.composite
def sound_documents(draw: st.DrawFn) -> dict[str, Any]:
    """One to three tables, each with labels of its own, with indexes and either billing mode."""
    tables = {}
    for name in draw(
        st.lists(
            st.from_regex(r"[a-zA-Z0-9_-]{1,20}", fullmatch=True),
            min_size=1,
            max_size=3,
            unique_by=str.lower,
        )
    ):
        active, *others = draw(st.lists(labels, min_size=1, max_size=5, unique=True))
        middle = draw(st.integers(0, len(others)))
        provisioned = draw(st.booleans())
        capacity = {"readCapacity": 5, "writeCapacity": 5} if provisioned else {}
        index = {"name": "by-owner", "hashKey": "owner", "projectionType": "ALL", **capacity}
        indexed = draw(st.booleans())
        tables[name] = entry(
            activeTable=active,
            standbyTables=others[:middle],
            adoptTables=others[middle:],
            billingMode="PROVISIONED" if provisioned else "PAY_PER_REQUEST",
            attributes=[{"name": key, "type": "S"} for key in ("id", "owner")[: 1 + indexed]],
            globalSecondaryIndexes=[index] if indexed else None,
            tags=draw(st.none() | st.dictionaries(st.text(max_size=5), st.text(max_size=5))),
            **capacity,
        )
    return {"tables": tables}


@given(sound_documents())
@bounded
def test_a_sound_config_is_read_as_it_is_written(document: dict[str, Any]) -> None:
    raw = texts(document)
    config = parse(raw)
    assert {table.table for table in config.tables} == set(document["tables"])
    for table in config.tables:
        written = document["tables"][table.table]
        assert table.active == written["activeTable"]
        assert [*table.standby, *table.adopt] == written["standbyTables"] + written["adoptTables"]
        settings = table.settings.model_dump(by_alias=True, exclude_none=True)
        assert settings == {key: written[key] for key in settings}
    assert json.loads(raw["tables"]) == document["tables"]
