"""Where the tables stand, as a script gets it."""

from collections.abc import Iterable
from typing import Any

from restore.decide.next_step import next_step
from restore.decide.way_back import way_back
from restore.facts import TableFacts
from restore.phase import stand
from restore.when import time_text


def standings(tables: Iterable[TableFacts], chosen: str | None) -> dict[str, dict[str, Any]]:
    """`{<table>: {phase, next, back, facts}}`, see `as_json`."""
    return {table.config.table: as_json(table, chosen) for table in tables}


def as_json(table: TableFacts, chosen: str | None) -> dict[str, Any]:
    """`{phase, next, back, facts: {active, pointer, history, labels: {<label>: {…}}}}`."""
    standing = stand(table, chosen)
    return {
        "phase": standing.phase,
        "next": next_step(table, standing),
        "back": way_back(table, standing),
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
        "readable": label in table.furnished,
        "writesDenied": label in table.past.frozen,
    }
