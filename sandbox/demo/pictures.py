"""What the account holds, as tables that a terminal and a pipe can both show."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Column, Table
from rich.text import Text

from sandbox.demo import account


def position() -> Table:
    """The parameter, the policy and every table, with what the walk-through looks at."""
    picture = _table("what", "name", "version", "says")
    pointer, grant = account.pointer(), account.grant()
    if pointer is not None:
        picture.add_row("parameter", account.PARAMETER, str(pointer.version), pointer.value)
    if grant is not None:
        reads = "\n".join(f"GetItem on {name}" for name in grant.tables)
        picture.add_row("policy", account.POLICY, grant.version, reads)
    for name in account.tables():
        recovery = account.settings(name)["point-in-time recovery"]
        picture.add_row("table", name, "", f"point-in-time recovery {recovery}")
    if not picture.rows:
        picture.add_row("nothing", "", "", "no table, no parameter, no policy")
    return picture


def side_by_side(names: Sequence[str]) -> Table:
    """The tables' settings, one column each, with what differs marked."""
    columns = [account.settings(name) for name in names]
    picture = _table("setting", *names, "")
    for setting in columns[0]:
        values = [column[setting] for column in columns]
        differs = len(set(values)) > 1
        mark = Text("differs", style="bold yellow") if differs else Text("")
        picture.add_row(setting, *values, mark)
    return picture


def contents(items: Mapping[str, Mapping[str, Any]]) -> Table:
    """The items of a table, one row each."""
    attributes = list(dict.fromkeys(key for item in items.values() for key in item))
    picture = _table(*attributes)
    for item in items.values():
        picture.add_row(*(str(item.get(attribute, "")) for attribute in attributes))
    return picture


def _table(*titles: str) -> Table:
    """Names are what people copy: a narrow terminal breaks them and cuts nothing off."""
    return Table(*(Column(title, overflow="fold") for title in titles))
