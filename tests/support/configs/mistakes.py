"""How a case of a mistaken stack config is written: one mistake, and the one problem it gives."""

from typing import Any

import pytest

from restore.table.config.parse import parse
from restore.table.config.problems import ConfigError, Problem
from tests.support.configs.documents import TABLE, entry, texts

AT = f"tables.{TABLE}"


def problems_of(document: dict[str, Any]) -> tuple[Problem, ...]:
    with pytest.raises(ConfigError) as caught:
        parse(texts(document))
    return caught.value.problems


def in_table(
    keys: dict[str, Any],
    path: str,
    wrong: str,
    fix: str,
    id: str,  # noqa: A002
) -> Any:
    """A mistake inside `tables.restore-demo`; `path` and `fix` are below it, {} is its path."""
    where = f"{AT}.{path}"
    return pytest.param(
        {"tables": {TABLE: entry(**keys)}},
        Problem(where, wrong, fix.replace("{path}", where).replace("{at}", AT)),
        id=id,
    )


def stack_wide(
    keys: dict[str, Any],
    path: str,
    wrong: str,
    fix: str,
    id: str,  # noqa: A002
) -> Any:
    """A mistake in a key beside `tables`."""
    return pytest.param({"tables": {TABLE: entry()}, **keys}, Problem(path, wrong, fix), id=id)
