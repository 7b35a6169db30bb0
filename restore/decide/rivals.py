"""Several restores of one table at once: a verb must be told which one it is about. Pure."""

from restore.model.errors import BlockedError
from restore.model.facts import TableFacts
from restore.model.phase import locate, rivals
from restore.model.when import time_text


def refuse_rivals(facts: TableFacts, chosen: str | None, untouched: str) -> None:
    """Raises BlockedError where several restores are under way and `--as` names none of them.

    The newest one is not always the one that is meant: the second restore is often the one to an
    earlier moment, made to look something up.
    """
    labels = rivals(facts)
    if chosen is not None or not labels:
        return
    each = [f"{label} ({_what(facts, label)})" for label in labels]
    raise BlockedError(
        f"{', '.join(each[:-1])} and {each[-1]} are restores of {facts.config.table}.",
        untouched,
        ", or ".join(f"--as {label}" for label in labels),
    )


def about(facts: TableFacts, verb: str, label: str) -> str:
    """The verb, with `--as` where it could mean another restore."""
    alone = label not in rivals(facts) and locate(facts).other == label
    return verb if alone else f"{verb} --as {label}"


def _what(facts: TableFacts, label: str) -> str:
    live = facts.live[label]
    at = f"to {time_text(live.origin.at)}, " if live.origin else ""
    return f"{live.name}, {at}{live.status}"
