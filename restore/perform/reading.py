"""A probe at work: a thread that reads as clients would, while the run goes on."""

import itertools
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from restore.aws.probe import Reader
from restore.decide.probed import Probed

_LOOK_SECONDS = 0.05


class Probe:
    """Lets each reader read in turn.

    Args:
        readers: The clients.
        pause: Seconds between two reads.
        probed: The tables, with nothing seen of them yet.

    Attributes:
        probed: What was seen so far.
    """

    def __init__(self, readers: Sequence[Reader], pause: float, probed: Probed) -> None:
        self.probed = probed
        self._readers, self._pause = readers, pause
        self._rounds = 0
        self._over = threading.Event()
        self._work = Future[None]()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Reads as long as the block takes."""
        with ThreadPoolExecutor(1, thread_name_prefix="probe") as pool:
            self._work = pool.submit(self._read)
            try:
                yield
            finally:
                self._over.set()

    def look(self) -> Probed:
        """What was seen so far.

        What ended the thread is raised: nothing that it did not see may pass for well.
        """
        if self._work.done():
            self._work.result()
        return self.probed

    def round(self) -> Probed:
        """Waits until every reader has read from now on, or one has failed."""
        enough = self._rounds + 2
        while self._rounds < enough and not self.look().failures:
            time.sleep(_LOOK_SECONDS)
        return self.look()

    def _read(self) -> None:
        turns = itertools.cycle(self._readers)
        while not self._over.wait(self._pause):
            reader = next(turns)
            self.probed = self.probed.after(reader.read())
            if reader is self._readers[-1]:
                self._rounds += 1
