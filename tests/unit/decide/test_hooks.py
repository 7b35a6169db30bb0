"""What a hook is told, what it prints, and what is shown of it."""

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from restore.decide.hooks import Placed, Subject, environment
from restore.engine.stack import Stack
from restore.model.errors import BlockedError, RestoreError
from restore.model.steps import Step
from restore.perform.transition import update
from restore.report.audit import Audit
from restore.report.report import Report
from restore.table.config.hooks import Hook
from tests.support.configs.documents import TABLE as DEMO
from tests.support.configs.positions import TO_DROPPED, TO_PREPARED
from tests.support.memory.account_and_stack import world
from tests.support.memory.facts import name
from tests.support.memory.hooks import POINTER, VERBS, Hooked, Hooks, switch


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
        "PULUMI_STACK": "prod",
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

    update(hooked.session(), Step.ROLLBACK)

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
    """It must not wait for people whom a pipeline does not have."""
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
    monkeypatch.setattr("restore.engine.stack.Workspace", Workspace)
    monkeypatch.setattr("pulumi.automation.Stack.select", lambda *_: None)

    assert Stack(tmp_path, "dev").folder == tmp_path


class Workspace:
    def __init__(self, work_dir: str) -> None:
        self.work_dir = work_dir

    @staticmethod
    def project_settings() -> Any:
        return type("Settings", (), {"name": "restore-demo"})
