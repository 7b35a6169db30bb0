"""The pulumi command as a process: what it says, how it ends, and which signals reach it."""

import os
import signal
import stat
import threading
from pathlib import Path

import pytest
from pulumi import automation

from restore.engine.running import EngineCommand, interrupt_engines, interrupt_update


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> EngineCommand:
    """A stand-in for the engine that runs a line of shell, its second argument."""
    program = tmp_path / "pulumi"
    program.write_text('#!/bin/sh\neval "$3"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(automation.PulumiCommand, "__init__", lambda *_: None)
    made = EngineCommand()
    made.command = str(program)
    return made


def test_what_it_says_is_told_line_by_line_and_returned(command: EngineCommand) -> None:
    told: list[str] = []
    result = command.run(["up", 'echo a; echo b; echo "$X" >&2'], "/", {"X": "c"}, told.append)
    assert (result.stdout, result.stderr, result.code) == ("a\nb", "c", 0)
    assert told == ["a", "b"]


def test_one_that_fails_says_how(command: EngineCommand) -> None:
    with pytest.raises(automation.ConcurrentUpdateError, match="currently locked by 1 lock"):
        command.run(["up", "echo the stack is currently locked by 1 lock >&2; exit 255"], "/", {})


def test_it_has_a_process_group_of_its_own(command: EngineCommand) -> None:
    """A Ctrl-C in the terminal would reach it beside what the runbook tells it."""
    group = command.run(["up", "ps -o pgid= -p $$ || cut -d' ' -f5 /proc/$$/stat"], "/", {}).stdout
    assert int(group.strip()) != os.getpgrp()


@pytest.mark.parametrize(
    ("tell", "verb", "ended"),
    [
        (interrupt_engines, "up", -signal.SIGINT),
        (interrupt_engines, "preview", -signal.SIGINT),
        (interrupt_update, "up", -signal.SIGINT),
        (interrupt_update, "preview", 0),
    ],
)
def test_it_is_told_to_stop(command: EngineCommand, tell: object, verb: str, ended: int) -> None:
    assert callable(tell)
    begun = threading.Event()

    def stop() -> None:
        assert begun.wait(10)
        tell()

    beside = threading.Thread(target=stop)
    beside.start()
    code = 0
    try:
        command.run([verb, "echo; sleep 2"], "/", {}, lambda _: begun.set())
    except automation.CommandError as error:
        code = -signal.SIGINT if "code: -2" in str(error) else 1
    beside.join()
    assert code == ended
