"""What happens while a hook runs, or instead of it: a person, another run, a kill."""

from collections.abc import Callable
from typing import Any

import pytest

from restore.model.errors import BlockedError, LockedError
from restore.model.facts import LiveTable
from restore.model.when import LATEST, When
from restore.verbs.clean import clean
from restore.verbs.start import start
from tests.support.configs.positions import TO_PREPARED
from tests.support.memory.account_and_stack import Killed, world
from tests.support.memory.facts import POINT, name, original, restored
from tests.support.memory.hooks import POINTER, Hooks, switch
from tests.support.memory.questions import Asked


@pytest.mark.parametrize("answer", [True, False])
def test_a_person_is_asked_once_and_before_the_hooks(*, answer: bool, hooks: Hooks) -> None:
    """A hook that ran has told the world; who says no after it comes too late."""
    hooked, report = hooks(world(TO_PREPARED), "before switch"), Asked(answer=answer)

    if answer:
        switch(hooked.session(report=report))
    else:
        with pytest.raises(BlockedError, match="Not confirmed"):
            switch(hooked.session(report=report))

    assert report.questions == 1
    assert hooked.ran == (["before switch"] if answer else [])


def test_what_happened_while_a_hook_ran_is_seen(hooks: Hooks) -> None:
    """A hook takes as long as it takes. The preview of before it proves nothing after it."""
    hooked = hooks(world(TO_PREPARED), "before switch", "after switch")
    plain: Callable[..., Any] = hooked.there.stack.proposal

    def proposal(edits: Any) -> Any:
        if hooked.ran:
            hooked.there.aws.parameters[POINTER] = name("restored")
        return plain(edits)

    stack: Any = hooked.there.stack
    stack.proposal = proposal

    with pytest.raises(BlockedError, match="someone edited it"):
        switch(hooked.session())

    assert hooked.there.effects == []
    assert hooked.ran == ["before switch"]


def test_the_newest_restore_point_is_that_after_the_hooks(
    hooks: Hooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hook that stops the writers has the last writes before it, which must be in the restore."""
    hooked = hooks(world(), "before start")
    later = original().window
    assert later
    plain = hooked.there.aws.table

    def table(wanted: str) -> LiveTable | None:
        if hooked.ran and wanted == name("original"):
            return original(window=type(later)(later.earliest, POINT))
        return plain(wanted)

    monkeypatch.setattr(hooked.there.aws, "table", table)

    start(hooked.session(), LATEST)

    assert hooked.there.effects == [
        f"restore {name('original')} to 14:02:00 into {name('restored')}"
    ]


def test_a_table_that_came_into_use_while_a_hook_ran_is_not_deleted(hooks: Hooks) -> None:
    hooked = hooks(world("serving", restored()), "before clean")
    plain: Callable[..., Any] = hooked.there.stack.state

    def state() -> Any:
        if hooked.ran:
            hooked.there.aws.parameters[POINTER] = name("restored")
        return plain()

    stack: Any = hooked.there.stack
    stack.state = state

    with pytest.raises(BlockedError, match="Clients use"):
        clean(hooked.session(), "restored", name("restored"))

    assert hooked.there.effects == []


def test_an_update_that_waited_for_another_engine_runs_no_hook_twice(
    hooks: Hooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    hooked = hooks(world(TO_PREPARED), "before switch", "after switch")
    waited = list[str]()
    monkeypatch.setattr("restore.perform.transition.get_past", lambda *_: waited.append("waited"))
    plain: Callable[..., Any] = hooked.there.stack.up

    def up(on_step: Any) -> None:
        if not waited:
            raise LockedError("the stack is locked")
        plain(on_step)

    stack: Any = hooked.there.stack
    stack.up = up

    switch(hooked.session())

    assert waited == ["waited"]
    assert hooked.ran == ["before switch", "after switch"]


def test_an_update_that_another_run_did_meanwhile_has_no_hook_after_it(
    hooks: Hooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That run has hooks of its own; two announcements would be one too many."""
    hooked = hooks(world(TO_PREPARED), "before switch", "after switch")
    plain: Callable[..., Any] = hooked.there.stack.up

    def theirs(*_: Any) -> None:
        stack.up = plain
        plain(lambda _: None)

    def up(_on_step: Any) -> None:
        raise LockedError("the stack is locked")

    monkeypatch.setattr("restore.perform.transition.get_past", theirs)
    stack: Any = hooked.there.stack
    stack.up = up

    switch(hooked.session())

    assert hooked.there.past.history == ("original", "restored")
    assert hooked.ran == ["before switch"]


def test_a_run_that_was_killed_in_a_hook_begins_with_it_again(
    hooks: Hooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    hooked = hooks(world(TO_PREPARED), "before switch")
    with monkeypatch.context() as dying:

        def killed(*_: Any) -> None:
            raise Killed

        dying.setattr("restore.perform.program.run", killed)
        with pytest.raises(Killed):
            switch(hooked.session())
    assert hooked.there.effects == []

    switch(hooked.session())

    assert hooked.ran == ["before switch"]
    assert hooked.there.past.history == ("original", "restored")


@pytest.mark.parametrize(
    ("script", "ended"),
    [
        pytest.param("kill -KILL $$", "was killed by signal 9", id="killed"),
        pytest.param("exit 255", "ended with 255", id="highest-code"),
    ],
)
def test_a_hook_says_how_it_ended(script: str, ended: str, hooks: Hooks) -> None:
    hooked = hooks(world(TO_PREPARED))
    hooked.add("before switch", script)

    with pytest.raises(BlockedError, match=ended):
        switch(hooked.session())


def test_a_hook_that_the_system_does_not_start_is_a_failing_one(hooks: Hooks) -> None:
    hooked = hooks(world(TO_PREPARED), "before switch")
    (hooked.folder / "hook-0").write_bytes(b"\0\0\0\0 no program at all")

    with pytest.raises(BlockedError, match="could not be started: Exec format error"):
        switch(hooked.session())

    assert hooked.there.effects == []


def test_start_at_a_time_restores_to_it_however_long_its_hook_took(hooks: Hooks) -> None:
    hooked = hooks(world(), "before start")

    start(hooked.session(), When(at=POINT))

    assert hooked.there.effects == [
        f"restore {name('original')} to 14:02:00 into {name('restored')}"
    ]
