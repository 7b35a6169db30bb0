"""Ctrl-C while an engine works: it is waited for, and then everything stops."""

import os
import signal
import sys
import threading
from collections.abc import Iterator

import pytest
from pulumi import automation

from restore.engine import interrupt
from restore.engine.events import diagnosed
from restore.engine.interrupt import after_the_engine, stoppable

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def as_usual() -> Iterator[None]:
    """Whatever a test leaves behind, pytest can be stopped."""
    yield
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for each in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_DFL)


def press() -> None:
    signal.raise_signal(signal.SIGINT)


def test_the_engine_is_waited_for_and_then_all_stops(capsys: Captured) -> None:
    done: list[str] = []

    def work() -> None:
        with after_the_engine():
            press()
            press()
            done.append("the engine has ended")

    with pytest.raises(KeyboardInterrupt):
        work()

    assert done == ["the engine has ended"]
    assert capsys.readouterr().err == (
        "Ctrl-C: Pulumi finishes its current operation. Press Ctrl-C once more to stop it at once,"
        " half way.\n"
    )
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_what_the_engine_says_of_being_stopped_is_no_failure() -> None:
    """It ends with an error, whose fix would send a person to look for one."""
    stopped = automation.CommandError(automation.CommandResult("", "update canceled", 255))

    def work() -> None:
        with diagnosed("The update", "Nothing was touched.", ""):
            press()
            raise stopped

    with pytest.raises(KeyboardInterrupt):
        work()


def test_without_ctrl_c_nothing_happens(capsys: Captured) -> None:
    with after_the_engine():
        pass

    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert capsys.readouterr().err == ""


def test_a_process_that_ignores_ctrl_c_still_does() -> None:
    """`nohup` and a shell's background jobs: the terminal's Ctrl-C is meant for someone else."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    with after_the_engine():
        press()

    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def test_beside_the_main_thread_nothing_is_taken_over() -> None:
    """Python lets no other thread do it, and raises."""
    seen: list[object] = []

    def work() -> None:
        with after_the_engine():
            seen.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()

    assert seen == [signal.default_int_handler]


ENDING = pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])


@ENDING
def test_a_runner_that_ends_a_job_ends_the_verb_and_is_heard_once(number: signal.Signals) -> None:
    """What is still to be noted would else be lost to the second signal."""
    with stoppable():
        with pytest.raises(KeyboardInterrupt, match=number.name):
            signal.raise_signal(number)
        signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGHUP)
    assert signal.getsignal(number) is signal.SIG_DFL


@ENDING
def test_the_engine_is_told_once_by_a_runner_and_again_by_ctrl_c_alone(
    number: signal.Signals, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """For the engine a second signal means to stop half way."""
    told: list[str] = []
    monkeypatch.setattr(interrupt, "interrupt_engines", lambda: told.append("interrupt"))

    def work() -> None:
        with after_the_engine():
            signal.raise_signal(number)
            signal.raise_signal(signal.SIGTERM)
            assert told == ["interrupt"]
            press()
            assert told == ["interrupt"] * 2

    with stoppable(), pytest.raises(KeyboardInterrupt, match=number.name):
        work()
    assert f"{number.name}: Pulumi finishes its current operation." in capsys.readouterr().err


@ENDING
def test_what_a_process_ignores_it_still_ignores(number: signal.Signals) -> None:
    """`nohup` is there so that a run outlives its terminal."""
    signal.signal(number, signal.SIG_IGN)
    with stoppable(), after_the_engine():
        signal.raise_signal(number)
    assert signal.getsignal(number) is signal.SIG_IGN


def test_a_closed_terminal_is_written_to_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """It refuses, and the verb would end in an error of its own instead of what it did."""
    master, slave = os.openpty()
    with os.fdopen(slave, "w") as closed:
        monkeypatch.setattr(sys, "stderr", closed)
        os.close(master)
        with pytest.raises(OSError, match="Input/output error"):
            os.write(slave, b"lost")
        with stoppable(), pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGHUP)
        assert os.write(slave, b"said") == 4
