"""Ctrl-C, and the signals of a terminal that closes (SIGHUP) and of a job that is ended (SIGTERM).

All of them end a verb, and none of them an engine half way: it is told once, ends what it has
begun and gives its lock up. Only a second Ctrl-C stops it at once, as `pulumi up` itself says.
A caller that does not wait for the engine closes its output, and so kills it half way:
`tests/engine/test_terminal.py`, `tests/engine/test_signals.py`.
"""

import os
import signal
import stat
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from restore.engine.running import interrupt_engines

_SAYS = (
    "{}: Pulumi finishes its current operation. Press Ctrl-C once more to stop it at once, half"
    " way.\n"
)
_ENDING = (signal.SIGTERM, signal.SIGHUP)


@contextmanager
def stoppable() -> Iterator[None]:
    """SIGTERM and SIGHUP end the block as Ctrl-C does.

    One that the process ignores (`nohup`), or that someone else takes, is left as it is.
    """
    here = threading.current_thread() is threading.main_thread()
    ours = [each for each in _ENDING if here and signal.getsignal(each) is signal.SIG_DFL]
    for each in ours:
        signal.signal(each, _stop)
    try:
        yield
    finally:
        for each in ours:
            signal.signal(each, signal.SIG_DFL)


def _stop(number: int, _: FrameType | None) -> None:
    # What is still to be said and noted is not to be stopped by the next one.
    for each in _ENDING:
        if signal.getsignal(each) is _stop:
            signal.signal(each, _ignore)
    _leave_a_closed_terminal()
    raise KeyboardInterrupt(signal.Signals(number).name)


def _ignore(*_: object) -> None:
    """Is done: the verb is ending already."""


@contextmanager
def after_the_engine() -> Iterator[None]:
    """Puts KeyboardInterrupt off to the end of the block.

    Someone else's way to take a signal is left as it is, and so is a process that ignores it.
    """
    usual = {signal.SIGINT: signal.default_int_handler, **dict.fromkeys(_ENDING, _stop)}
    here = threading.current_thread() is threading.main_thread()
    ours = {each: how for each, how in usual.items() if here and signal.getsignal(each) is how}
    told: list[int] = []

    def press(number: int, _: FrameType | None) -> None:
        if not told or number == signal.SIGINT:
            interrupt_engines()
        if not told:
            _leave_a_closed_terminal()
            name = "Ctrl-C" if number == signal.SIGINT else signal.Signals(number).name
            sys.stderr.write(_SAYS.format(name))
        told.append(number)

    for each in ours:
        signal.signal(each, press)
    try:
        yield
    finally:
        for each, how in ours.items():
            signal.signal(each, how)
        if told:
            for each in _ENDING:
                if each in ours:
                    signal.signal(each, _ignore)
            # Whatever the engine said of being stopped is not news.
            raise KeyboardInterrupt(signal.Signals(told[0]).name) from None


def _leave_a_closed_terminal() -> None:
    """Writes nowhere instead: a closed terminal refuses it, and the verb's end would fail."""
    for file in (sys.stdout, sys.stderr):
        if file is None or file.closed:
            continue
        try:
            number = file.fileno()
        except OSError:  # none of the system's
            continue
        if stat.S_ISCHR(os.fstat(number).st_mode) and not os.isatty(number):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, number)
            os.close(nowhere)
