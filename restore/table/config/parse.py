"""From the texts of the stack config to its typed form, or every problem of it at once."""

import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic.alias_generators import to_camel

from restore.table.config.dependent_rules import DEPENDENT_RULES
from restore.table.config.dependents import DependentSettings
from restore.table.config.document import Placement, StackDocument, TableEntry
from restore.table.config.explain import explain, rm_command
from restore.table.config.hooks import hook_problems
from restore.table.config.labels import ORIGINAL
from restore.table.config.placement import name_problems, placement_problems
from restore.table.config.problems import ConfigError, Problem
from restore.table.config.resolved import READ_ACTIONS, StackConfig, TableConfig
from restore.table.config.rules import RULES, broken_rules
from restore.table.config.runbook import RunbookSettings
from restore.table.config.settings import TableSettings
from restore.table.config.unknown import is_own

Part = TypeVar("Part", bound=BaseModel)
_NOT_PLACED = {"tables", "placements", "forgetTables", "explicitProvider", "runbook"}
_PLACEMENT = frozenset(to_camel(key) for key in Placement.model_fields)


def parse(raw: Mapping[str, str]) -> StackConfig:
    """The stack config from the texts that the engine hands out; keys of a team's own are ignored.

    Args:
        raw: Key without the project's namespace → text; maps and lists as JSON.

    Raises:
        ConfigError: with every problem, each with its key's path and what fixes it.
    """
    ours = frozenset(map(to_camel, StackDocument.model_fields))
    written = {key: _decoded(key, text) for key, text in raw.items() if not is_own(key, ours, raw)}
    wrong: set[tuple[str, ...]] = set()
    problems: list[Problem] = []
    try:
        StackDocument.model_validate(written)
    except ValidationError as error:
        problems += explain(error, written, StackDocument)
        wrong = {tuple(map(str, details["loc"])) for details in error.errors(include_url=False)}
    document = _without(wrong, written)
    config = _folded(document)
    for table in config.tables:
        keys = {loc[2] for loc in wrong if loc[:2] == ("tables", table.table)}
        entry = document.tables[table.table]
        problems += broken_rules((*RULES, *DEPENDENT_RULES), f"tables.{table.table}", entry, keys)
        keys |= {loc[2] for loc in wrong if loc[:2] == ("placements", table.table) and loc[2:]}
        inherited = {loc[0] for loc in wrong} - table.own_keys
        if not (keys | inherited) & _PLACEMENT:
            problems += placement_problems(table)
    problems += name_problems(config.tables)
    problems += hook_problems(config.runbook.hooks)
    problems += [_placed_nowhere(name) for name in sorted({*document.placements} - config.names)]
    problems += [_both_kept_and_forgotten(name) for name in sorted(config.forget & config.names)]
    if problems:
        raise ConfigError(list(dict.fromkeys(problems)))
    return config


def _decoded(key: str, text: str) -> Any:
    if key in {"activeTable", "rollbackFrom"}:
        return text
    try:
        return json.loads(text)
    except ValueError:  # also Python's own limit on the digits of a number
        return text


_REQUIRED = {"hashKey": "?", "attributes": [{"name": "?", "type": "S"}]}


def _without(wrong: AbstractSet[tuple[str, ...]], written: Mapping[str, Any]) -> StackDocument:
    """The document less its wrong keys, so that what is left can be judged as well."""
    left = {key: value for key, value in written.items() if (key,) not in {w[:1] for w in wrong}}
    tables = written.get("tables")
    left["tables"] = {
        name: _REQUIRED
        | {key: value for key, value in entry.items() if not _is_wrong(wrong, name, key)}
        for name, entry in (tables.items() if isinstance(tables, dict) else ())
        if isinstance(entry, dict) and ("tables", name, "[key]") not in wrong
    }
    placements = written.get("placements")
    left["placements"] = {
        name: {key: value for key, value in entry.items() if key not in _wrong_keys(wrong, name)}
        for name, entry in (placements.items() if isinstance(placements, dict) else ())
        if isinstance(entry, dict) and ("placements", name, "[key]") not in wrong
    }
    return StackDocument.model_construct(
        **Placement.model_validate(
            {key: left[key] for key in left if key not in _NOT_PLACED}
        ).model_dump(),
        tables={name: TableEntry.model_validate(entry) for name, entry in left["tables"].items()},
        placements={
            name: Placement.model_validate(entry) for name, entry in left["placements"].items()
        },
        forget_tables=left.get("forgetTables", []),
        explicit_provider=left.get("explicitProvider", False),
        runbook=RunbookSettings.model_validate(left.get("runbook", {})),
    )


def _wrong_keys(wrong: AbstractSet[tuple[str, ...]], table: str) -> frozenset[str]:
    return frozenset(loc[2] for loc in wrong if loc[:2] == ("placements", table) and loc[2:])


def _is_wrong(wrong: AbstractSet[tuple[str, ...]], table: str, key: str) -> bool:
    return any(loc[:3] == ("tables", table, key) for loc in wrong)


def _folded(document: StackDocument) -> StackConfig:
    """Every table with the stack-wide keys in place of those that it does not have itself."""
    stack_wide = document.model_dump(include=set(Placement.model_fields))
    return StackConfig(
        tables=tuple(
            _table(name, entry, stack_wide, document.placements.get(name))
            for name, entry in document.tables.items()
        ),
        forget=frozenset(document.forget_tables),
        explicit_provider=document.explicit_provider,
        runbook=document.runbook,
    )


def _table(
    name: str, entry: TableEntry, stack_wide: Mapping[str, Any], placement: Placement | None
) -> TableConfig:
    own = {key: value for key, value in entry.model_dump().items() if value is not None}
    placed = {key: own.get(key, stack_wide[key]) for key in Placement.model_fields}
    own_keys = _PLACEMENT & {to_camel(key) for key in own}
    if placement is not None:
        placed, own_keys = placement.model_dump(), _PLACEMENT
    return TableConfig(
        table=name,
        settings=_part(entry, TableSettings),
        dependents=_part(entry, DependentSettings),
        read_actions=tuple(entry.read_actions or READ_ACTIONS),
        write_actions=tuple(entry.write_actions or ()),
        write_policy=_write_policy(name, entry),
        parameter=entry.parameter_name or f"{name}-table-name",
        policy=entry.policy_name or f"{name}-read-policy",
        active=placed["active_table"] or ORIGINAL,
        standby=tuple(placed["standby_tables"] or ()),
        adopt=tuple(placed["adopt_tables"] or ()),
        rollback_from=placed["rollback_from"],
        frozen=tuple(placed["frozen_tables"] or ()),
        names=entry.names,
        adopt_pointer=entry.adopt_pointer,
        adopt_dependents=entry.adopt_dependents,
        own_keys=own_keys,
        placed=placement is not None,
    )


def _part(entry: TableEntry, part: type[Part]) -> Part:
    """Those settings of `entry` that `part` is about, as they were validated."""
    return part.model_construct(**{key: getattr(entry, key) for key in part.model_fields})


def _write_policy(name: str, entry: TableEntry) -> str | None:
    return (entry.write_policy_name or f"{name}-write-policy") if entry.write_actions else None


def _placed_nowhere(table: str) -> Problem:
    path = f"placements.{table}"
    return Problem(path, "is about a table that tables does not declare", rm_command(path))


def _both_kept_and_forgotten(table: str) -> Problem:
    wrong = f"lists {table!r}, which tables declares"
    return Problem("forgetTables", wrong, rm_command("forgetTables"))
