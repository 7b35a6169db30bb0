"""Config × past → which dependents exist already, and which names may not change. Pure."""

import shlex
from collections.abc import Iterator

from restore.table.config.adopted import Adoption, adoption
from restore.table.config.explain import path_of, rename, set_command
from restore.table.config.mapping import function_of
from restore.table.config.problems import Problem
from restore.table.config.resolved import TableConfig
from restore.table.kinds import MAPPING
from restore.table.past import TablePast, logical_name
from restore.table.resource_names import own_names

_KEYS = {"alarm": "alarms", "scaling": "autoScaling"}


def existing(config: TableConfig, past: TablePast, label: str) -> Adoption:
    """Which of a label's dependents exist already, and which of these an update imports."""
    here = f"{logical_name(config.table, label)}."
    held = {name.removeprefix(here) for _, name in past.hanging if name.startswith(here)}
    known = held | past.adopted.get(label, frozenset())
    adopts = config.adopt_dependents.get(label)
    return adoption(config.table, label, config.dependents, adopts, known)


def taken_over(config: TableConfig, past: TablePast, label: str) -> tuple[str, ...]:
    """Names of the label's dependents that were ever taken over, with those of this config."""
    declared = label == config.active or label in config.standby
    now = existing(config, past, label).ids if declared else ()
    return tuple(sorted({*past.adopted.get(label, ()), *now}))


def renamed(config: TableConfig, past: TablePast, label: str) -> Iterator[Problem]:
    """Every dependent of the label that the stack holds under another name than the config's.

    AWS cannot rename an alarm or a scaling policy: it would be another one, without its history.
    """
    here, adopts = logical_name(config.table, label), existing(config, past, label)
    for (kind, name), own in own_names(config.physical(label), config.dependents).items():
        was, wanted = past.called.get((kind, f"{here}.{name}")), adopts.called(name, own)
        if was not in {None, wanted}:
            path = path_of(("tables", config.table, "adoptDependents", label, *_steps(name)))
            wrong = f"would replace {was!r} by {wanted!r}: a dependent keeps its name for good"
            yield Problem(path, wrong, set_command(path, shlex.quote(str(was))))


def rekeyed(config: TableConfig, past: TablePast, label: str) -> Iterator[Problem]:
    """Every function that reads the label's stream under another key in the stack.

    The new mapping would be created before the old one is deleted, and AWS refuses a second one of
    a function on one stream.
    """
    here = f"{logical_name(config.table, label)}.mapping."
    held = {
        name.removeprefix(here): function_of(function)
        for (kind, name), function in past.called.items()
        if kind == MAPPING and name.startswith(here)
    }
    declared = config.dependents.event_source_mappings or {}
    for key, mapping in declared.items():
        function = function_of(mapping.function_name)
        was = next((each for each, held_by in held.items() if held_by == function), key)
        if key == was or held.get(key) == function:
            continue
        path = path_of(("tables", config.table, "eventSourceMappings", key))
        wrong = (
            f"{function!r} reads the stream of {config.physical(label)} as {was!r} already:"
            " AWS refuses a second time, and a mapping keeps its key for good"
        )
        fix = rename(path, was)
        if was in declared:
            fix = f"{rename(path, was)}, and the other {was} to {key}"
        yield Problem(path, wrong, fix)


def _steps(name: str) -> tuple[str, ...]:
    """`scaling.read.by-owner` → `autoScaling`, `indexes`, `by-owner`, `read`."""
    kind, _, rest = name.partition(".")
    key, _, index = rest.partition(".") if kind == "scaling" else (rest, "", "")
    return (_KEYS[kind], *(("indexes", index) if index else ()), key)
