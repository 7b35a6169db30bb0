"""Hooks: commands of a team's own around the steps, run for real, over a world in memory."""

from collections.abc import Callable

import pytest

from restore.model.errors import BlockedError, RestoreError, UsageError
from restore.model.steps import Step
from restore.model.when import LATEST
from restore.perform.transition import update
from restore.verbs.run import run
from tests.support.configs.positions import TO_DROPPED, TO_PREPARED, TO_SWITCHED
from tests.support.memory.account_and_stack import World, world
from tests.support.memory.facts import name
from tests.support.memory.hooks import POINTER, VERBS, Hooks, Verb, proven

STEPS = [pytest.param(there, verb, step, id=step) for step, (there, verb) in VERBS.items()]
each_step = pytest.mark.parametrize(("there", "verb", "step"), STEPS)


@each_step
def test_hooks_run_before_and_after_their_step(
    there: Callable[[], World], verb: Verb, step: str, hooks: Hooks
) -> None:
    """Each once, in the order of the config, and none of another step."""
    hooked = hooks(there(), f"after {step}", f"before {step}", f"before {step}")
    for other in set(VERBS) - {step}:
        hooked.add(f"before {other}")
        hooked.add(f"after {other}")

    verb(hooked.session())

    assert hooked.ran == [f"before {step}", f"before {step}", f"after {step}"]


@each_step
def test_a_failing_hook_before_a_step_stops_it(
    there: Callable[[], World], verb: Verb, step: str, hooks: Hooks
) -> None:
    """It is there to say no: nothing may have moved when it does, and the next one is not asked."""
    hooked = hooks(there())
    hooked.add(f"before {step}", "exit 3")
    hooked.add(f"before {step}")

    with pytest.raises(BlockedError) as blocked:
        verb(hooked.session())

    assert hooked.there.effects == []
    assert hooked.ran == [f"before {step}"]
    assert str(blocked.value) == (
        f"The hook before {step}: ./hook-0 (runbook.hooks[0]) ended with 3."
        f" Nothing of {step} was done.\n  fix: correct what it says, then the same command;"
        " or without it: pulumi config rm --path 'runbook.hooks[0]'"
    )


@each_step
def test_a_step_that_its_hook_stopped_is_done_by_the_next_run(
    there: Callable[[], World], verb: Verb, step: str, hooks: Hooks
) -> None:
    hooked = hooks(there())
    hooked.add(f"before {step}", "test -e allowed")
    with pytest.raises(BlockedError):
        verb(hooked.session())

    (hooked.folder / "allowed").touch()
    verb(hooked.session())

    assert hooked.ran == [f"before {step}"] * 2
    if step != "wait":
        assert hooked.there.effects


@each_step
def test_a_failing_hook_after_a_step_says_that_the_step_is_done(
    there: Callable[[], World], verb: Verb, step: str, hooks: Hooks
) -> None:
    """Exit 1, not 3: something was changed. Anyone who reads 'failed' must not do it once more."""
    hooked = hooks(there(), f"before {step}")
    hooked.add(f"after {step}", "exit 1")

    with pytest.raises(RestoreError) as failed:
        verb(hooked.session())

    assert failed.value.exit_code == 1
    assert str(failed.value) == (
        f"The hook after {step}: ./hook-1 (runbook.hooks[1]) ended with 1. The step {step} is"
        " done; the same command does not repeat it, nor this hook, and goes on from there."
        "\n  fix: run ./hook-1 by hand, as runbook.hooks[1] says"
    )


@pytest.mark.parametrize("step", sorted({*VERBS} - {"start", "clean"}))
def test_where_a_step_is_done_already_no_hook_runs(step: str, hooks: Hooks) -> None:
    """Hooks go with the step, not with the verb: a verb is repeated as often as one likes."""
    done = TO_DROPPED if step == "drop" else TO_SWITCHED
    hooked = hooks(world("serving" if step == "rollback" else done), f"before {step}")
    hooked.add(f"after {step}")

    VERBS[step][1](hooked.session())

    assert hooked.ran == []


@each_step
def test_a_dry_run_names_the_hooks_and_runs_none(
    there: Callable[[], World],
    verb: Verb,
    step: str,
    hooks: Hooks,
    capsys: pytest.CaptureFixture[str],
) -> None:
    hooked = hooks(there(), f"before {step}", f"after {step}", "after adopt")

    verb(hooked.session(dry_run=True))

    said = capsys.readouterr().err.splitlines()
    named = [line for line in said if line.startswith("hook")]
    assert named[:2] == [
        f"hook before {step}: ./hook-0 (runbook.hooks[0])",
        f"hook after {step}: ./hook-1 (runbook.hooks[1])",
    ]
    assert hooked.ran == []
    assert hooked.there.effects == []


@each_step
@pytest.mark.parametrize("wrong", ["gone", "plain", "folder"])
def test_a_hook_that_cannot_be_run_is_refused_before_anything(
    there: Callable[[], World], verb: Verb, step: str, wrong: str, hooks: Hooks
) -> None:
    """Also the one after the step: found out then, nobody would hear what was to be announced."""
    hooked = hooks(there(), f"before {step}", f"after {step}")
    file = hooked.folder / "hook-1"
    if wrong == "plain":
        file.chmod(0o644)
    else:
        file.unlink()
    if wrong == "folder":
        file.mkdir()

    with pytest.raises(UsageError) as refused:
        verb(hooked.session())

    assert hooked.ran == []
    assert hooked.there.effects == []
    assert str(refused.value) == (
        "What a hook names is not there, or may not be run:\n"
        f"  hook after {step}: ./hook-1 (runbook.hooks[1])\nNothing was touched.\n"
        "  fix: put it there, and chmod +x it, then the same command; or without it:"
        " pulumi config rm --path 'runbook.hooks[1]'"
    )


def test_a_hook_of_another_step_need_not_be_there(hooks: Hooks) -> None:
    """Anyone who has to go back now must not be held up by a script that announces a restore."""
    hooked = hooks(world(TO_SWITCHED), "before start", "after switch")
    for file in hooked.folder.iterdir():
        file.unlink()

    update(hooked.session(), Step.ROLLBACK)

    assert hooked.there.past.history == ("original", "restored", "original")


def test_a_run_looks_for_the_hooks_of_all_its_steps_before_the_first(hooks: Hooks) -> None:
    hooked = hooks(world(), "after drop")
    (hooked.folder / "hook-0").unlink()

    with pytest.raises(UsageError, match="after drop"):
        run(hooked.session(), LATEST, 0, proven)

    assert hooked.there.effects == []


def test_a_run_has_every_hook_at_its_place(hooks: Hooks) -> None:
    steps = ["start", "wait", "adopt", "prepare", "switch", "drop"]
    places = [f"{place} {step}" for step in steps for place in ("before", "after")]
    there = world()
    there.aws.looks = 20
    hooked = hooks(there, *reversed(places), "before rollback", "after clean")

    run(hooked.session(), LATEST, 0, proven)

    assert hooked.ran == places
    assert hooked.there.past.history == ("original", "restored")


def test_a_run_that_a_hook_stopped_is_as_far_as_before_that_step(hooks: Hooks) -> None:
    hooked = hooks(world(), "before start", "after prepare")
    hooked.add("before switch", "exit 1")

    with pytest.raises(BlockedError, match="Nothing of switch was done"):
        run(hooked.session(), LATEST, 0, proven)

    assert hooked.ran == ["before start", "after prepare", "before switch"]
    assert hooked.there.aws.parameters == {POINTER: name("original")}


def test_a_dry_run_of_the_whole_names_the_hooks_ahead(
    hooks: Hooks, capsys: pytest.CaptureFixture[str]
) -> None:
    hooked = hooks(world(TO_PREPARED), "after drop", "before switch", "before adopt")

    run(hooked.session(dry_run=True), LATEST, 0, proven)

    said = capsys.readouterr().err.splitlines()
    assert [line.partition(":")[0] for line in said if line.startswith("hook")] == [
        "hook before switch",
        "hook after drop",
    ]


def test_going_back_in_two_updates_is_one_step(hooks: Hooks) -> None:
    """A pager that is told twice that clients move is told of something that does not happen."""
    hooked = hooks(world(TO_DROPPED), "before rollback", "after rollback")

    update(hooked.session(), Step.ROLLBACK)

    assert hooked.ran == ["before rollback", "after rollback"]
    assert hooked.there.effects.count("write the config") == 2
