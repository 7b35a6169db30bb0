"""The losses as a person reads them: a picture, and what to type, to write and to do."""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from restore.plan.losses.loss import Loss, lines, merged


def picture(name: str, lost: Sequence[Loss]) -> Table:
    """A line for each loss."""
    title = f"{name}: what a restore will not bring back"
    shown = Table(title=title, title_justify="left")
    for column in ("what", "which", "it is", "brought back by"):
        shown.add_column(column, overflow="fold")
    for each in lost:
        how = "the stack config" if each.config is not None else "hand"
        shown.add_row(each.kind, Text(each.name), Text(each.detail), how)
    return shown


def remedies(name: str, lost: Sequence[Loss]) -> str:
    """What to type, what to write and what to do, each under its heading."""
    typed = [each.todo for each in lost if each.config is not None and not each.in_lines]
    written = merged(each.config or {} for each in lost if each.in_lines)
    by_hand = [f"{each.name}: {each.todo}" for each in lost if each.config is None]
    then = ["pulumi up --refresh"] if typed or written else []
    parts = {
        "To bring these back with the restore, first type:": typed,
        "To bring these back with the restore, first write below config: in the stack's file,"
        " beside what is there:": lines(name, written).splitlines() if written else [],
        "Then, so that the stack sees what AWS has already and declares it:": then,
        "To do by hand, once the restored table is prepared and before the switch:": by_hand,
    }
    return "\n".join(
        "\n".join((heading, *(f"  {line}" for line in said)))
        for heading, said in parts.items()
        if said
    )
