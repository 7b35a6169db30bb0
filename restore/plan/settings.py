"""The live active table against the config, in all that a restore copies. Pure.

What differs there no update of the restored table can put right: `verify` would stop before the
switch. An engine does not see all of it: of a key attribute's type the provider's preview says
nothing.
"""

import json
import shlex
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

from restore.model.errors import BlockedError
from restore.model.facts import TableFacts
from restore.plan.declared import Declared
from restore.plan.findings import Finding, blocked, ok
from restore.settings.answers import Answers, Key
from restore.settings.differences import Difference, compare
from restore.settings.document import document
from restore.settings.normal import Tree, entry_of
from restore.table.config.explain import path_of, rm_command, set_command
from restore.table.config.resolved import TableConfig

_KEYS = frozenset({"hashKey", "rangeKey", "attributes", "localSecondaryIndexes"})
"""What no table can ever change (API Reference, UpdateTable)."""


def settings(
    tables: Iterable[TableFacts], found: Declared, complained: Container[tuple[str, str]]
) -> Iterator[Finding]:
    """A finding for each difference.

    Args:
        tables: What was observed of those that a restore is to be made of.
        found: What AWS answers.
        complained: (logical name, property) of what a preview has found already.
    """
    for table in tables:
        live = table.live.get(str(table.active))
        answers = found.answers.get(live.name) if live else None
        if answers is not None:
            yield from _of(table, answers, found.keys, complained)


def _of(
    table: TableFacts,
    answers: Answers,
    keys: Mapping[str, Key | None],
    complained: Container[tuple[str, str]],
) -> Iterator[Finding]:
    wanted = _with_key_arn(entry_of(table.config), keys)
    try:
        here = document(answers)
    except BlockedError as error:
        yield blocked("settings", error.wrong, error.fix)
        return
    result = compare(here, wanted, configured=False)
    resource = f"{table.config.table}.{table.active}"
    differences = [
        each for each in result.differences if (resource, each.path[0]) not in complained
    ]
    for each in differences:
        yield _finding(table, answers.name, each)
    if not result.differences:
        says = f"{answers.name} is as the config says, in all that a restore copies"
        yield ok("settings", f"{says}: {result.compared} settings")


def _with_key_arn(entry: Tree, keys: Mapping[str, Key | None]) -> Tree:
    """The ARN in the place of the key's id or alias: DescribeTable gives no other name."""
    encryption = entry.get("serverSideEncryption", {})
    key = keys.get(encryption.get("kmsKeyArn"))
    if key is None:
        return entry
    own = {} if key.managed else {"kmsKeyArn": key.arn}
    return {**entry, "serverSideEncryption": {"enabled": encryption["enabled"], **own}}


def _finding(table: TableFacts, name: str, each: Difference) -> Finding:
    config = table.config
    path = path_of(("tables", config.table, *each.path))
    never = ", which no table can change" if each.path[0] in _KEYS else ""
    return blocked(
        "settings",
        f"{path}: {_text(each.there)} in the config, {_text(each.here)} on {name}{never};"
        " a restore copies the table's, and verify would stop over it.",
        _fix(table, name, each),
    )


def _fix(table: TableFacts, name: str, each: Difference) -> str:
    """The config is the side to change: the restored table has what the live one has."""
    config = table.config
    path = _path_in_config(config, each.path)
    shows = f"python -m restore describe {name}"
    top = f"tables.{config.table}.{each.path[0]}"
    if path is None or isinstance(each.here, dict | list):
        return f"{shows} prints it as the table has it: write that into {top}"
    key = path_of(("tables", config.table, *path))
    if each.here is None:
        return table.scope.pulumi(rm_command(key))
    value = each.here if isinstance(each.here, str) else json.dumps(each.here)
    return table.scope.pulumi(set_command(key, shlex.quote(value)))


def _path_in_config(config: TableConfig, path: tuple[str, ...]) -> tuple[int | str, ...] | None:
    """The difference's path with the positions of a list in the place of names.

    None where the config has no such entry.
    """
    lists = {
        "attributes": [each.name for each in config.settings.attributes],
        "localSecondaryIndexes": [e.name for e in config.settings.local_secondary_indexes or ()],
        "globalSecondaryIndexes": [e.name for e in config.settings.global_secondary_indexes or ()],
    }
    top, *below = path
    if top not in lists or not below:
        return path
    if below[0] not in lists[top]:
        return None
    at = (top, lists[top].index(below[0]))
    return (*at, "type") if top == "attributes" and len(below) == 1 else (*at, *below[1:])


def _text(value: Any) -> str:
    return "nothing" if value is None else json.dumps(value, ensure_ascii=False, default=str)
