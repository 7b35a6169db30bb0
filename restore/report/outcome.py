"""Where the tables stand, as a script gets it."""

from collections.abc import Iterable, Iterator
from typing import Any

from restore.decide.next import next_step
from restore.decide.way_back import way_back
from restore.model.facts import TableFacts
from restore.model.phase import locate
from restore.model.when import time_text


def positions(tables: Iterable[TableFacts], chosen: str | None) -> dict[str, dict[str, Any]]:
    """`{<table>: {phase, next, back, facts}}`, see `as_json`."""
    return {table.config.table: as_json(table, chosen) for table in tables}


def interrupted(tables: Iterable[TableFacts], chosen: str | None, file: str) -> Iterator[str]:
    """What someone wants to know of a verb that was interrupted: clients, next step, way back.

    Args:
        tables: What was observed last.
        chosen: The label that `--as` names.
        file: The stack config as it is shown.
    """
    seen = tuple(tables)
    for table in seen:
        position = locate(table, chosen)
        clients = f"clients use {table.pointer}" if table.pointer else "there is no parameter yet"
        yield f"{table.config.table}: {position.phase}; {clients}"
        yield f"  next: {next_step(table, position)}"
        yield f"  back: {way_back(table, position)}"
    for table in ahead_of(seen):
        yield (
            f"{file} is ahead of the stack: the update of {table.config.table} that it belongs to"
            " is not finished. Do not commit it before the same command has carried on."
        )


def ahead_of(tables: Iterable[TableFacts]) -> list[TableFacts]:
    """Those of which the config says what the stack does not hold, or not all of it."""
    return [table for table in tables if table.active is not None and not _is_as_written(table)]


def _is_as_written(table: TableFacts) -> bool:
    config, held = table.config, set(table.past.physical)
    configured = {config.active, *config.standby}
    return (
        table.active == config.active
        and held == set(config.labels)
        and configured <= table.configured
    )


def as_json(table: TableFacts, chosen: str | None) -> dict[str, Any]:
    """`{phase, next, back, facts: {active, pointer, history, labels: {<label>: {…}}}}`."""
    position = locate(table, chosen)
    return {
        "phase": position.phase,
        "next": next_step(table, position),
        "back": way_back(table, position),
        "facts": {
            "active": table.active,
            "pointer": table.pointer,
            "pointerInState": table.past.pointed,
            "history": table.history,
            "labels": {label: label_facts(table, label) for label in labels_of(table)},
        },
    }


def labels_of(table: TableFacts) -> list[str]:
    """Every label that the stack holds or that has a table in AWS, each once."""
    return list(dict.fromkeys((*table.past.physical, *table.live)))


def label_facts(table: TableFacts, label: str) -> dict[str, Any]:
    """`{name, status, restoredTo, inStack, readable, writesDenied}`."""
    live = table.live.get(label)
    return {
        "name": table.physical(label),
        "status": live.status if live else None,
        "restoredTo": time_text(live.origin.at) if live and live.origin else None,
        "inStack": label in table.past.physical,
        "readable": label in table.readable,
        "writesDenied": label in table.frozen,
    }
