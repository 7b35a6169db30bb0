"""A pipeline deploys what is committed: a config that is not is named, by status and by verbs."""

import json
import subprocess
from pathlib import Path

import pytest

from restore.git import Committed, Git, committed, from_porcelain, reminder, warning
from restore.verbs.status import status
from tests.support.configs.positions import TO_PREPARED
from tests.support.memory.account_and_stack import world
from tests.support.memory.command_line import call
from tests.support.memory.facts import restored

Captured = pytest.CaptureFixture[str]
FILE = "stacks/Pulumi.prod.yaml"
ADD = f"git add {FILE} && git commit --message 'Say where the tables are' -- {FILE}"
NO_GIT = "there is no git on PATH"


@pytest.mark.parametrize(
    ("said", "git"),
    [
        ("", Git.COMMITTED),
        (f" M {FILE}\n", Git.CHANGED),
        (f"M  {FILE}\n", Git.CHANGED),
        (f"A  {FILE}\n", Git.CHANGED),
        (f"?? {FILE}\n", Git.UNTRACKED),
        (f"!! {FILE}\n", Git.IGNORED),
        ("!! stacks/\n", Git.IGNORED),
    ],
)
def test_what_git_says_is_read(said: str, git: Git) -> None:
    assert from_porcelain(said) == Committed(git)


SENTENCES = [
    pytest.param(Committed(Git.COMMITTED), None, None, id="committed"),
    pytest.param(
        Committed(Git.CHANGED),
        f"commit {FILE}: it differs from HEAD, and a pipeline deploys what is committed",
        f"{FILE} is not committed: it differs from HEAD, and a pipeline deploys what is committed",
        id="changed",
    ),
    pytest.param(
        Committed(Git.UNTRACKED),
        f"commit {FILE}: git does not track it, and a pipeline deploys what is committed",
        f"{FILE} is not committed: git does not track it, and a pipeline deploys what is committed",
        id="untracked",
    ),
    pytest.param(
        Committed(Git.IGNORED),
        f"commit {FILE}: git ignores it, and a pipeline deploys what is committed",
        f"{FILE} is not committed: git ignores it, and a pipeline deploys what is committed",
        id="ignored",
    ),
    pytest.param(
        Committed(Git.UNKNOWN, NO_GIT),
        f"commit {FILE}: git could not say whether it is committed ({NO_GIT}), and a pipeline"
        " deploys what is committed",
        f"whether {FILE} is committed cannot be said: {NO_GIT}",
        id="no-git",
    ),
]


@pytest.mark.parametrize(("found", "reminds", "warns"), SENTENCES)
def test_a_config_that_is_not_committed_is_named_with_the_reason(
    found: Committed, reminds: str | None, warns: str | None
) -> None:
    """The next deployment from the older commit takes the row back, or fails at its worst time."""
    for said, wanted in ((reminder(FILE, found), reminds), (warning(FILE, found), warns)):
        if wanted is None:
            assert said is None
        else:
            assert said
            assert said.partition("\n  fix: ")[0] == wanted


@pytest.mark.parametrize(
    ("git", "command"),
    [
        (Git.CHANGED, ADD),
        (Git.UNTRACKED, ADD),
        (Git.IGNORED, ADD.replace("git add", "git add --force")),
    ],
)
def test_the_fix_is_the_command_that_commits_it(git: Git, command: str) -> None:
    assert str(warning(FILE, Committed(git))).endswith(f"\n  fix: {command}")


# git itself, in a folder of its own.


def run(folder: Path, *command: str) -> None:
    author = ("-c", "user.name=nobody", "-c", "user.email=nobody@localhost")
    whole = ("git", *author, *command)
    subprocess.run(whole, cwd=folder, check=True, capture_output=True)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A config file that is committed."""
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    found = tmp_path / FILE
    found.parent.mkdir()
    found.write_text("config: {}\n")
    run(tmp_path, "init", "--quiet")
    run(tmp_path, "add", "--all")
    run(tmp_path, "commit", "--quiet", "--message", "As it is")
    return found


def test_a_committed_file_is_told_so(file: Path) -> None:
    assert committed(file) == Committed(Git.COMMITTED)


def test_a_change_counts_until_it_is_committed(file: Path) -> None:
    """A change that is only staged is in no commit that a pipeline could deploy."""
    file.write_text("config: {a: 1}\n")
    assert committed(file).git is Git.CHANGED

    run(file.parent, "add", file.name)
    assert committed(file).git is Git.CHANGED

    run(file.parent, "commit", "--quiet", "--message", "Say it")
    assert committed(file).git is Git.COMMITTED


def test_a_file_that_git_does_not_know_is_untracked_whatever_its_settings_say(file: Path) -> None:
    """status.showUntrackedFiles=no makes a new file look committed."""
    run(file.parent, "config", "status.showUntrackedFiles", "no")
    new = file.with_name("Pulumi.[new].yaml")
    new.write_text("config: {}\n")

    assert committed(new).git is Git.UNTRACKED


@pytest.mark.parametrize("rule", ["Pulumi.dev.yaml", "secret/"])
def test_an_ignored_file_is_told_so(file: Path, rule: str) -> None:
    (file.parents[1] / ".gitignore").write_text(f"{rule}\n")
    hidden = file.parents[1] / "secret" / "Pulumi.dev.yaml"
    hidden.parent.mkdir()
    hidden.write_text("config: {}\n")

    assert committed(hidden).git is Git.IGNORED


def test_a_repository_without_a_commit_has_nothing_committed(tmp_path: Path, file: Path) -> None:
    fresh = tmp_path / "fresh" / file.name
    fresh.parent.mkdir()
    fresh.write_text("config: {}\n")
    run(fresh.parent, "init", "--quiet")

    assert committed(fresh).git is Git.UNTRACKED


def test_a_folder_without_a_repository_is_said_in_gits_words(tmp_path: Path) -> None:
    found = committed(tmp_path / "Pulumi.dev.yaml")

    assert found.git is Git.UNKNOWN
    assert "not a git repository" in found.why


def test_where_git_is_missing_that_is_said_and_is_no_error(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(file.parent))

    assert committed(file) == Committed(Git.UNKNOWN, NO_GIT)


def test_a_git_that_cannot_be_started_is_no_error(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file.parent / "git").write_text("no program")
    monkeypatch.setenv("PATH", str(file.parent))

    assert committed(file) == Committed(Git.UNKNOWN, "git cannot be started: Permission denied")


def test_a_git_that_does_not_answer_holds_nobody_up(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file system that hangs must not hang the runbook."""
    (file.parent / "git").write_text("#!/bin/sh\nexec sleep 60\n")
    (file.parent / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{file.parent}:/usr/bin:/bin")
    monkeypatch.setattr("restore.git._SECONDS", 0.2)

    assert committed(file) == Committed(Git.UNKNOWN, "git did not answer within 0 s")


def test_asking_writes_nothing_into_the_repository(file: Path) -> None:
    """A second git beside it, a commit under way, would find the index locked."""
    index = file.parents[1] / ".git" / "index"
    file.touch()
    before = index.read_bytes()

    committed(file)

    assert index.read_bytes() == before


# Where it is said.


def changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("restore.perform.session.committed", lambda _: Committed(Git.CHANGED))


def test_status_warns_a_person_and_a_script(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    changed(monkeypatch)

    shown = status(world().session())["config"]

    assert shown["file"] == "stacks/Pulumi.dev.yaml"
    assert shown["git"] == "changed"
    assert shown["warning"].startswith("stacks/Pulumi.dev.yaml is not committed")
    assert shown["warning"] in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "ends"),
    [
        pytest.param(("switch",), True, id="wrote"),
        pytest.param(("switch", "--dry-run"), False, id="dry"),
        pytest.param(("adopt",), False, id="nothing-to-do"),
    ],
)
def test_a_verb_that_wrote_the_config_ends_with_what_to_commit(
    *,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    arguments: tuple[str, ...],
    ends: bool,
) -> None:
    changed(monkeypatch)
    monkeypatch.chdir(tmp_path)

    result = call(monkeypatch, world(TO_PREPARED), *arguments, "--json")

    said = json.loads(result.stdout)["says"][-1]
    assert said.startswith("commit stacks/Pulumi.dev.yaml: ") == ends


def test_a_verb_that_wrote_the_config_and_then_failed_says_it_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Nobody reads on after an error, and the config is written all the same."""
    changed(monkeypatch)
    monkeypatch.chdir(tmp_path)
    there = world("serving", restored())
    there.stack.drift = there.stack.changes({**there.stack.texts, "adoptTables": '["restored"]'})

    result = call(monkeypatch, there, "adopt", "--json")

    assert result.exit_code == 4
    assert json.loads(result.stdout)["says"][-1].startswith("commit stacks/Pulumi.dev.yaml: ")
