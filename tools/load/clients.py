"""Clients that read and write all the time, each with a cache of the pointer, and count failures.

They try nothing twice: what a retry would hide is a failure here.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from tests.support.engine.world import PARAMETER, World

CACHES = (0.0, 1.0, 5.0)
"""Seconds that a client keeps the pointer's value."""
MOST_A_SECOND = 60
_PATIENCE_SECONDS = 300
_ONCE = Config(retries={"total_max_attempts": 1})


@dataclass
class Tally:
    """What one client did.

    Attributes:
        requests: Reads and writes of items. Reading the parameter is part of them.
        failures: Those that failed, at the parameter or at the table.
        errors: How often each error happened.
    """

    requests: int = 0
    failures: int = 0
    errors: Counter[str] = field(default_factory=Counter)


class Pace:
    """So many requests a second at most, of all clients together; nobody catches up."""

    def __init__(self, a_second: float) -> None:
        self._gap, self._next, self._lock = 1 / a_second, 0.0, threading.Lock()

    def wait(self) -> None:
        with self._lock:
            turn = max(time.monotonic(), self._next)
            self._next = turn + self._gap
        time.sleep(max(0.0, turn - time.monotonic()))


class Client:
    """One client, which either reads or writes."""

    def __init__(
        self, make: Callable[[str], Any], cache_seconds: float, pace: Pace, *, writes: bool
    ) -> None:
        self._ssm, self._dynamodb = make("ssm"), make("dynamodb")
        self._pace, self._writes = pace, writes
        self._name, self._until = "", 0.0
        self.cache_seconds = cache_seconds
        self.tally = Tally()

    def work(self, over: threading.Event) -> None:
        """Until it is over."""
        while not over.is_set():
            try:
                self._request()
            except (ClientError, BotoCoreError) as error:
                self.tally.failures += 1
                self.tally.errors[_what(error)] += 1
            self.tally.requests += 1

    def _request(self) -> None:
        if time.monotonic() >= self._until:
            self._pace.wait()
            self._name = self._ssm.get_parameter(Name=PARAMETER)["Parameter"]["Value"]
            self._until = time.monotonic() + self.cache_seconds
        self._pace.wait()
        number = {"S": f"client-{self.tally.requests % 50}"}
        if self._writes:
            self._dynamodb.put_item(TableName=self._name, Item={"id": number})
        else:
            self._dynamodb.get_item(TableName=self._name, Key={"id": number})


class Load:
    """A reader and a writer for each cache.

    Args:
        world: Where the table is.
        key: The access key of the user that they are.
        caches: Seconds that they keep the pointer's value.
    """

    def __init__(
        self, world: World, key: tuple[str, str], caches: tuple[float, ...] = CACHES
    ) -> None:
        def make(service: str) -> Any:
            url, region = world.env["AWS_ENDPOINT_URL"], world.env["AWS_REGION"]
            session = boto3.Session(*key, region_name=region)
            return session.client(service, endpoint_url=url, config=_ONCE)  # type: ignore[call-overload]  # any service

        pace = Pace(MOST_A_SECOND)
        self.clients = [
            Client(make, seconds, pace, writes=writes)
            for seconds in caches
            for writes in (False, True)
        ]
        self._work: list[Future[None]] = []

    @property
    def requests(self) -> int:
        return sum(client.tally.requests for client in self.clients)

    @property
    def failures(self) -> int:
        return sum(client.tally.failures for client in self.clients)

    @property
    def errors(self) -> Counter[str]:
        return sum((client.tally.errors for client in self.clients), Counter())

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """As long as the block takes, and until every cache has run out once more after it.

        What ended a client otherwise than by an answer of AWS is raised.
        """
        over = threading.Event()
        oldest = max(client.cache_seconds for client in self.clients)
        with ThreadPoolExecutor(len(self.clients)) as pool:
            self._work = [pool.submit(client.work, over) for client in self.clients]
            try:
                time.sleep(oldest + 1)
                yield
                time.sleep(oldest + 1)
            finally:
                over.set()
        for each in self._work:
            each.result()

    def until(self, requests: int) -> None:
        """Waits for so many requests in all."""
        give_up = time.monotonic() + _PATIENCE_SECONDS
        while self.requests < requests:
            assert time.monotonic() < give_up, f"{self.requests} requests, {requests} wanted"
            assert not any(each.done() for each in self._work), "a client has ended"
            time.sleep(0.1)


def _what(error: ClientError | BotoCoreError) -> str:
    if isinstance(error, ClientError):
        return f"{error.operation_name}: {error.response['Error']['Code']}"
    return type(error).__name__
