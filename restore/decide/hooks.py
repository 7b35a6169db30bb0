"""Which hooks a step has, what they are told, and what it means that one fails. Pure.

A hook's arguments are never shown: they may hold a secret of the stack config.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from restore.model.errors import BlockedError, RestoreError, UsageError
from restore.model.facts import Facts, TableFacts
from restore.model.phase import locate
from restore.table.config.explain import rm_command
from restore.table.config.hooks import Hook

Place = Literal["before", "after"]


@dataclass(frozen=True)
class Placed:
    """A hook, and where the stack config has it.

    Attributes:
        shared: Whether it stands in Pulumi.yaml, where `pulumi config` does not reach.
    """

    hook: Hook
    path: str
    shared: bool = False

    def __str__(self) -> str:
        return f"hook {self.hook.where}: {self.hook.run[0]} ({self.path})"

    @property
    def left_out(self) -> str:
        """What takes it out of the stack config."""
        return f"take {self.path} out of Pulumi.yaml" if self.shared else rm_command(self.path)


def placed(facts: Facts, place: Place, step: str) -> list[Placed]:
    """The hooks of one place, in the config's order."""
    hooks, shared = facts.config.runbook.hooks, "runbook" in facts.places.inherited
    every = (Placed(hook, f"runbook.hooks[{n}]", shared) for n, hook in enumerate(hooks))
    return [each for each in every if getattr(each.hook, place) == step]


def around(facts: Facts, steps: Iterable[str]) -> list[Placed]:
    """All the hooks of some steps, in the order in which they run."""
    places: tuple[Place, ...] = ("before", "after")
    return [each for step in steps for place in places for each in placed(facts, place, step)]


@dataclass(frozen=True)
class Subject:
    """One table that a step is about.

    Attributes:
        label: The label beside the active one that it is about, None where there is none.
        json: What `status --json` has of the table.
    """

    facts: TableFacts
    label: str | None
    json: Mapping[str, Any]


def environment(
    stack: str, placed: Placed, subjects: Sequence[Subject], chosen: str | None
) -> dict[str, str]:
    """What a hook finds in its environment beside what the runbook itself has there.

    Args:
        stack: The stack's name.
        placed: The hook.
        subjects: The tables that the step is about.
        chosen: The label that `--as` names.
    """
    place: Place = "before" if placed.hook.before else "after"
    told = {
        "RESTORE_STACK": stack,
        # Its own `pulumi` and `python -m restore` are about this stack, whichever is selected.
        "PULUMI_STACK": stack,
        "RESTORE_HOOK": place,
        "RESTORE_STEP": str(placed.hook.before or placed.hook.after),
        "RESTORE_TABLES": " ".join(each.facts.config.table for each in subjects),
        "RESTORE_FACTS": json.dumps(
            {each.facts.config.table: each.json for each in subjects}, default=str
        ),
    }
    if len(subjects) == 1:
        told |= _of_one(subjects[0], chosen)
    return told


def _of_one(subject: Subject, chosen: str | None) -> dict[str, str]:
    facts, active = subject.facts, subject.facts.active
    told = {
        "RESTORE_PHASE": locate(facts, chosen).phase.value,
        "RESTORE_PARAMETER": facts.past.parameter or facts.config.parameter,
    }
    labels = {"RESTORE_ACTIVE": active, "RESTORE_LABEL": subject.label}
    for key, label in labels.items():
        if label is not None:
            told |= {key: label, f"{key}_NAME": facts.physical(label)}
    return told


def refuse_unrunnable(hooks: Iterable[Placed], runs: Callable[[str], bool]) -> None:
    """Raises UsageError where a step would come to a hook that cannot be run.

    Args:
        hooks: Those of the steps ahead.
        runs: Whether there is such a program, and it may be run.
    """
    wrong = [each for each in hooks if not runs(each.hook.run[0])]
    if wrong:
        lines = "".join(f"\n  {each}" for each in wrong)
        raise UsageError(
            f"What a hook names is not there, or may not be run:{lines}",
            "Nothing was touched.",
            "put it there, and chmod +x it, then the same command; or without it:"
            f" {wrong[0].left_out}",
        )


def failed_before(placed: Placed, ended: str) -> BlockedError:
    """The step is not begun: the author of the hook decides."""
    return BlockedError(
        f"The {placed} {ended}.",
        f"Nothing of {placed.hook.before} was done.",
        f"correct what it says, then the same command; or without it: {placed.left_out}",
    )


def failed_after(placed: Placed, ended: str) -> RestoreError:
    """The step is over: another run has nothing to do, and so runs no hook after it."""
    return RestoreError(
        f"The {placed} {ended}.",
        f"The step {placed.hook.after} is done; the same command does not repeat it, nor this"
        " hook, and goes on from there.",
        f"run {placed.hook.run[0]} by hand, as {placed.path} says",
    )
