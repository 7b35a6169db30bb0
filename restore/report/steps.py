"""The steps of a run in words."""

from collections.abc import Iterable, Sequence

from restore.decide.road import following
from restore.model.command import together
from restore.model.facts import TableFacts
from restore.model.phase import rivals
from restore.model.steps import Step

_WORDS = {Step.WAIT: "wait for the restore"}


def in_words(steps: Iterable[Step]) -> tuple[str, ...]:
    """Each step in words, and the drain in the same words as the drop that it is for."""
    left = tuple(steps)
    drains = Step.DRAIN in left and Step.DROP in left
    return tuple(
        f"{Step.DRAIN}, then {step}" if drains and step is Step.DROP else _WORDS.get(step, step)
        for step in left
        if not (drains and step is Step.DRAIN)
    )


def then(verb: str, step: Step, tables: Sequence[TableFacts], chosen: str | None) -> str:
    """What follows on the step that is being done: all that a run does by itself, else a command.

    Args:
        verb: The verb that was called.
        step: What it is doing.
        tables: The tables that it is about.
        chosen: The label that `--as` names.
    """
    scope = together(each.scope for each in tables)
    if step is Step.ROLLBACK:
        return scope.command("status")
    left = following(step, tables, chosen)
    if verb == "run":
        return ", ".join(_WORDS.get(each, each) for each in left) or "nothing"
    commands = [each for each in left if each is not Step.DRAIN]
    named = f" --as {chosen}" if any(map(rivals, tables)) else ""
    return scope.command(f"{commands[0]}{named}") if commands else "nothing"
