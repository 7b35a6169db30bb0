"""Hooks: commands of a team's own around the steps, run for real, over a world in memory."""

import json
import os
import shlex
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from restore.audit import Audit
from restore.decide.hooks import Placed, Subject, environment
from restore.decide.move import Row
from restore.errors import BlockedError, LockedError, RestoreError, UsageError
from restore.facts import LiveTable
from restore.report import Report
from restore.session import Session
from restore.stack import Stack
from restore.verbs.clean import clean
from restore.verbs.run import run
from restore.verbs.start import start
from restore.verbs.update import update
from restore.verbs.wait import wait
from restore.when import LATEST, When
from stacks.hooks import Hook
from tests.unit.restore.fakes import Killed, World, world
from tests.unit.restore.test_update import Asked
from tests.unit.restore.worlds import POINT, name, original, restored, restoring
from tests.unit.stacks.documents import TABLE as DEMO
from tests.unit.stacks.stands import TO_DROPPED, TO_PREPARED, TO_SWITCHED

Verb = Callable[[Session], object]
POINTER = "restore-demo-table-name"


class Hooked:
    """A world whose stack config has hooks, and the folder that they run in."""

    def __init__(self, folder: Path, there: World) -> None:
        self.folder, self.there, self.hooks = folder, there, list[dict[str, Any]]()
        there.stack.folder = folder

    def add(self, where: str, script: str = "", *arguments: str) -> None:
        """A hook that notes that it ran, and then does `script`."""
        place, step = where.split()
        file = self.folder / f"hook-{len(self.hooks)}"
        log = f"echo {shlex.quote(where)} >> {shlex.quote(str(self.log))}"
        file.write_text(f"#!/bin/sh\n{log}\n{script}\n")
        file.chmod(0o755)
        self.hooks.append({place: step, "run": [f"./{file.name}", *arguments]})
        self.there.stack.texts["runbook"] = json.dumps({"hooks": self.hooks})

    @property
    def log(self) -> Path:
        return self.folder / "ran"

    @property
    def ran(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []

    def session(self, **chosen: Any) -> Session:
        return self.there.session(**chosen)


Hooks = Callable[..., Hooked]


@pytest.fixture
def hooks(tmp_path: Path) -> Hooks:
    """`hooks(world, *where)`: with one hook at each of these places."""

    def hooked(there: World, *where: str) -> Hooked:
        made = Hooked(tmp_path, there)
        for each in where:
            made.add(each)
        return made

    return hooked


def proven(_: Session) -> None:
    """`verify` has tests of its own."""


def switch(session: Session) -> None:
    update(session, Row.SWITCH)


VERBS: dict[str, tuple[Callable[[], World], Verb]] = {
    "start": (world, lambda session: start(session, LATEST)),
    "wait": (lambda: world("serving", restoring()), wait),
    "adopt": (lambda: world("serving", restored()), lambda s: update(s, Row.ADOPT)),
    "prepare": (lambda: world("serving adopted"), lambda s: update(s, Row.PREPARE)),
    "switch": (lambda: world(TO_PREPARED), switch),
    "rollback": (lambda: world(TO_SWITCHED), lambda s: update(s, Row.ROLLBACK)),
    "drop": (lambda: world(TO_SWITCHED), lambda s: update(s, Row.DROP)),
    "clean": (
        lambda: world("serving", restored()),
        lambda session: clean(session, "restored", name("restored")),
    ),
}
"""Each step: a world in which it is the next one, and the verb."""

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
        f" Nothing of {step} was done.\n  mend: mend what it says, then the same command;"
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
    """Exit 1, not 3: something was changed. Whoever reads 'failed' must not do it once more."""
    hooked = hooks(there(), f"before {step}")
    hooked.add(f"after {step}", "exit 1")

    with pytest.raises(RestoreError) as failed:
        verb(hooked.session())

    assert failed.value.exit_code == 1
    assert str(failed.value) == (
        f"The hook after {step}: ./hook-1 (runbook.hooks[1]) ended with 1. The step {step} is"
        " done; the same command does not repeat it, nor this hook, and goes on from there."
        "\n  mend: run ./hook-1 by hand, as runbook.hooks[1] says"
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
        "  mend: put it there, and chmod +x it; or without it:"
        " pulumi config rm --path 'runbook.hooks[1]'"
    )


def test_a_hook_of_another_step_need_not_be_there(hooks: Hooks) -> None:
    """Whoever has to go back now must not be held up by a script that announces a restore."""
    hooked = hooks(world(TO_SWITCHED), "before start", "after switch")
    for file in hooked.folder.iterdir():
        file.unlink()

    update(hooked.session(), Row.ROLLBACK)

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

    update(hooked.session(), Row.ROLLBACK)

    assert hooked.ran == ["before rollback", "after rollback"]
    assert hooked.there.effects.count("write the config") == 2


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

    with pytest.raises(BlockedError, match="somebody edited it"):
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
    monkeypatch.setattr("restore.verbs.update.get_past", lambda *_: waited.append("waited"))
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

    monkeypatch.setattr("restore.verbs.update.get_past", theirs)
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

        dying.setattr("restore.commands.run", killed)
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


def told(hooked: Hooked) -> dict[str, str]:
    lines = (hooked.folder / "told").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line.startswith("RESTORE_"))


TELL = "env | sort > told"


def test_a_hook_is_told_where_its_table_stands(hooks: Hooks) -> None:
    hooked = hooks(world(TO_PREPARED))
    hooked.add("before switch", TELL)

    switch(hooked.session())

    facts = told(hooked)
    assert json.loads(facts.pop("RESTORE_FACTS"))[DEMO]["phase"] == "prepared"
    assert facts == {
        "RESTORE_STACK": "dev",
        "RESTORE_HOOK": "before",
        "RESTORE_STEP": "switch",
        "RESTORE_TABLES": "restore-demo",
        "RESTORE_PHASE": "prepared",
        "RESTORE_PARAMETER": POINTER,
        "RESTORE_ACTIVE": "original",
        "RESTORE_ACTIVE_NAME": name("original"),
        "RESTORE_LABEL": "restored",
        "RESTORE_LABEL_NAME": name("restored"),
    }


def test_of_several_tables_a_hook_is_told_the_facts_and_no_single_name() -> None:
    """A name that stood for the first of them would be announced for all."""
    one = world(TO_PREPARED).session().observe().tables[0]
    two = replace(one, config=replace(one.config, table="orders"))
    subjects = [Subject(each, "restored", {"phase": "prepared"}) for each in (one, two)]
    hook = Placed(Hook(after="switch", run=["true"]), "runbook.hooks[0]")

    facts = environment("prod", hook, subjects, None)

    assert facts == {
        "RESTORE_STACK": "prod",
        "RESTORE_HOOK": "after",
        "RESTORE_STEP": "switch",
        "RESTORE_TABLES": "restore-demo orders",
        "RESTORE_FACTS": json.dumps(
            {"restore-demo": {"phase": "prepared"}, "orders": {"phase": "prepared"}}
        ),
    }


def test_where_there_is_no_other_label_none_is_named() -> None:
    one = world().session().observe().tables[0]
    hook = Placed(Hook(before="drop", run=["true"]), "runbook.hooks[0]")

    facts = environment("prod", hook, [Subject(one, None, {})], None)

    assert facts["RESTORE_ACTIVE"] == "original"
    assert "RESTORE_LABEL" not in facts


def test_a_hook_after_a_step_is_told_what_came_of_it(hooks: Hooks) -> None:
    hooked = hooks(world(TO_PREPARED))
    hooked.add("after switch", TELL)

    switch(hooked.session())

    facts = told(hooked)
    assert facts["RESTORE_PHASE"] == "switched"
    assert facts["RESTORE_ACTIVE"] == facts["RESTORE_LABEL"] == "restored"
    assert json.loads(facts["RESTORE_FACTS"])[DEMO]["facts"]["pointer"] == name("restored")


@pytest.mark.parametrize(
    ("step", "label"),
    [
        ("start", "restored"),
        ("wait", "restored"),
        ("adopt", "restored"),
        ("rollback", "original"),
        ("drop", "original"),
        ("clean", "restored"),
    ],
)
def test_a_hook_is_told_the_label_that_its_step_is_about(
    step: str, label: str, hooks: Hooks
) -> None:
    """Nothing of `start` is in AWS yet, and `clean` may be about any table that is not in use."""
    there, verb = VERBS[step]
    hooked = hooks(there())
    hooked.add(f"before {step}", TELL)

    verb(hooked.session())

    assert told(hooked)["RESTORE_LABEL"] == label


def test_going_back_from_dropped_names_the_label_that_comes_back(hooks: Hooks) -> None:
    hooked = hooks(world(TO_DROPPED))
    hooked.add("before rollback", TELL)

    update(hooked.session(), Row.ROLLBACK)

    assert told(hooked)["RESTORE_LABEL"] == "original"


def test_a_hook_has_the_environment_of_the_runbook(
    hooks: Hooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Credentials and PATH; and nothing of a runbook that this one may itself be a hook of."""
    monkeypatch.setenv("OUR_TEAM", "orders")
    monkeypatch.setenv("RESTORE_TO", "somewhere else")
    hooked = hooks(world(TO_PREPARED))
    hooked.add("before switch", f'test "$OUR_TEAM" = orders && {TELL}')

    switch(hooked.session())

    assert "RESTORE_TO" not in told(hooked)


def test_a_hook_gets_its_arguments_as_they_stand_and_no_shell_reads_them(hooks: Hooks) -> None:
    hooked = hooks(world(TO_PREPARED))
    hooked.add("before switch", 'printf "%s\\n" "$@" > told', "$HOME", "a b", "; rm -r .", "")

    switch(hooked.session())

    assert (hooked.folder / "told").read_text() == "$HOME\na b\n; rm -r .\n\n"


def test_a_hook_may_be_any_program_on_the_path(hooks: Hooks) -> None:
    hooked = hooks(world(TO_PREPARED))
    hooked.there.stack.texts["runbook"] = json.dumps(
        {"hooks": [{"before": "switch", "run": ["touch", "here"]}]}
    )

    switch(hooked.session())

    assert (hooked.folder / "here").exists()


def test_what_a_hook_prints_is_not_in_the_object_for_scripts(
    hooks: Hooks, capfd: pytest.CaptureFixture[str]
) -> None:
    hooked, report = hooks(world(TO_PREPARED)), Report(as_json=True)
    hooked.add("before switch", "echo to stdout; echo to stderr >&2")

    switch(hooked.session(report=report))
    report.result({"verb": "switch"})

    captured = capfd.readouterr()
    assert json.loads(captured.out)["verb"] == "switch"
    assert "to stdout\nto stderr\n" in captured.err


def test_a_hook_that_asks_reads_nothing(hooks: Hooks) -> None:
    """It must not wait for a person whom a pipeline does not have."""
    hooked = hooks(world(TO_PREPARED))
    hooked.add("before switch", "read answer || exit 7")

    with pytest.raises(BlockedError, match="ended with 7"):
        switch(hooked.session())


@pytest.mark.parametrize("script", ["", "exit 1"])
def test_no_argument_of_a_hook_is_shown_anywhere(
    script: str, hooks: Hooks, capfd: pytest.CaptureFixture[str]
) -> None:
    """The config may hold it as a secret (`pulumi config set --secret`), and a log is for ever."""
    hooked = hooks(world(TO_PREPARED))
    hooked.add("before switch", script, "--token", "sesame")
    (hooked.folder / "Pulumi.yaml").touch()
    report = Report(as_json=True)
    audit = Audit(hooked.folder, "switch", {}, report.say)
    says = ""

    switch(hooked.session(dry_run=True, report=report, audit=audit))
    try:
        switch(hooked.session(report=report, audit=audit))
    except BlockedError as error:
        says = str(error)
    report.result({})

    log = (hooked.folder / ".restore" / "audit.jsonl").read_text()
    captured = capfd.readouterr()
    assert "sesame" not in says + log + captured.out + captured.err
    assert "hook before switch: ./hook-0 (runbook.hooks[0])" in log


def test_the_audit_log_has_each_hook_and_how_it_ended(hooks: Hooks) -> None:
    hooked = hooks(world(TO_PREPARED), "before switch")
    hooked.add("after switch", "exit 1")
    (hooked.folder / "Pulumi.yaml").touch()
    audit = Audit(hooked.folder, "switch", {}, print)

    with pytest.raises(RestoreError):
        switch(hooked.session(audit=audit))

    lines = (hooked.folder / ".restore" / "audit.jsonl").read_text().splitlines()
    noted = [json.loads(line) for line in lines]
    hook_lines = [(each["event"], each["what"]) for each in noted if "hook" in each["what"]]
    assert [event for event, _ in hook_lines] == ["began", "did", "began", "failed"]
    assert "ended with 1" in hook_lines[-1][1]
    assert {each["table"] for each in noted if "hook" in each["what"]} == {DEMO}


def test_a_real_stack_runs_its_hooks_where_its_project_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--cwd` is the project's folder, whatever folder the runbook was called from."""
    (tmp_path / "Pulumi.yaml").write_text("name: restore-demo\nruntime: python\n")
    monkeypatch.chdir(os.sep)
    monkeypatch.setattr("restore.stack.Workspace", Workspace)
    monkeypatch.setattr("pulumi.automation.Stack.select", lambda *_: None)

    assert Stack(tmp_path, "dev").folder == tmp_path


class Workspace:
    def __init__(self, work_dir: str) -> None:
        self.work_dir = work_dir

    @staticmethod
    def project_settings() -> Any:
        return type("Settings", (), {"name": "restore-demo"})


def test_start_at_a_time_restores_to_it_however_long_its_hook_took(hooks: Hooks) -> None:
    hooked = hooks(world(), "before start")

    start(hooked.session(), When(at=POINT))

    assert hooked.there.effects == [
        f"restore {name('original')} to 14:02:00 into {name('restored')}"
    ]
