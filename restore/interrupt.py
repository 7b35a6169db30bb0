"""Ctrl-C while an engine works.

A terminal sends it to the engine as well, which ends what it has begun and gives its lock up; a
second one stops it at once, as `pulumi up` itself says. Who does not wait for that closes the
engine's output, and so kills it half way: `tests/engine/test_terminal.py`.
"""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_SAYS = "Ctrl-C: the engine ends what it has begun. Once more stops it at once, half way.\n"


@contextmanager
def after_the_engine() -> Iterator[None]:
    """Puts KeyboardInterrupt off to the end of the block.

    Somebody else's way to take SIGINT is left as it is, and so is a process that ignores it.
    """
    usual = signal.default_int_handler
    here = threading.current_thread() is threading.main_thread()
    if not here or signal.getsignal(signal.SIGINT) is not usual:
        yield
        return
    pressed = False

    def press(*_: object) -> None:
        nonlocal pressed
        if not pressed:
            sys.stderr.write(_SAYS)
        pressed = True

    signal.signal(signal.SIGINT, press)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)
        if pressed:
            # Whatever the engine said of being stopped is not news.
            raise KeyboardInterrupt from None
