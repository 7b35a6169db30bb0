"""Where the stack config on disk places labels otherwise than the stack holds them. Pure.

An older commit that was checked out, or an edit that nobody deployed: a `pulumi up` would deploy
it, and to commit it would let a pipeline do so.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from restore.decide.placement import Placement
from restore.decide.update import observed
from restore.model.facts import TableFacts


def undeployed(file: str, tables: Iterable[TableFacts]) -> str | None:
    """What a `pulumi up` would change about the placement; None where it would change nothing.

    Args:
        file: The stack's config file, as it is shown.
        tables: What was observed; a table that was never deployed has nothing to differ from.
    """
    known = [table for table in tables if table.active is not None]
    lines = [line for table in known for line in _changes(table)]
    if not lines:
        return None
    listed = "".join(f"\n  - {line}" for line in lines)
    return (
        f"{file} is not what the stack holds; a pulumi up would change this:{listed}\n"
        f"  fix: {known[0].scope.pulumi('pulumi preview --diff')}, and deploy it or take the change"
        " back; do not commit it before that"
    )


def _changes(table: TableFacts) -> Iterator[str]:
    here, there = observed(table).values(), Placement.of(table.config).values()
    for key in here:
        if here[key] != there[key]:
            yield f"{table.config.key(key)}: {_text(here[key])} → {_text(there[key])}"


def _text(value: Any) -> str:
    labels = value if isinstance(value, list) else [value]
    return ", ".join(labels) if value else "nothing"
