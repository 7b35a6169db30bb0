"""Ctrl-C while an engine works: it is waited for, and then everything stops."""

import signal
import threading
from collections.abc import Iterator

import pytest
from pulumi import automation

from restore.events import diagnosed
from restore.interrupt import after_the_engine

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def as_usual() -> Iterator[None]:
    """Whatever a test leaves behind, pytest can be stopped."""
    yield
    signal.signal(signal.SIGINT, signal.default_int_handler)


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
        "Ctrl-C: the engine ends what it has begun. Once more stops it at once, half way.\n"
    )
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_what_the_engine_says_of_being_stopped_is_no_failure() -> None:
    """It ends with an error, whose mend would send a person to look for one."""
    stopped = automation.CommandError(automation.CommandResult("", "update canceled", 255))

    def work() -> None:
        with diagnosed("The update", "Nothing was touched."):
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
    """`nohup` and a shell's background jobs: the terminal's Ctrl-C is meant for somebody else."""
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
