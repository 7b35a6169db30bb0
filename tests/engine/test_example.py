"""The example application, with nothing but the grants, through a whole run."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.engine.scenes import Scenes, next_second
from tests.support.engine.world import CHECKOUT, ORIGINAL, PARAMETER, RESTORED, World
from tools.load.application import serve

CACHE = timedelta(seconds=5)
ONE_ORDER = timedelta(seconds=2)
"""The most that it takes on a busy machine."""


class Application:
    """The program, from its start on."""

    def __init__(self, world: World, key: tuple[str, str], log: Path) -> None:
        self._log = log
        user = {"AWS_ACCESS_KEY_ID": key[0], "AWS_SECRET_ACCESS_KEY": key[1]}
        with log.open("w") as lines:
            self._process = subprocess.Popen(
                [sys.executable, str(CHECKOUT / "examples/application.py")],
                env={**world.env, **user},
                stdin=subprocess.DEVNULL,
                stdout=lines,
            )

    def orders(self) -> list[dict[str, Any]]:
        return [
            json.loads(line)
            for line in self._log.read_text().splitlines(keepends=True)
            if line.endswith("\n")
        ]

    def until_it_works(self) -> None:
        give_up = time.monotonic() + 60
        while not self.orders():
            assert self._process.poll() is None, "it ended at once"
            assert time.monotonic() < give_up, "it never took an order"
            time.sleep(0.1)

    def stop(self) -> int:
        """As a person does; returns its exit code."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
        return self._process.wait(30)


@pytest.fixture
def world(scenes: Scenes) -> World:
    return scenes.begin()


@pytest.fixture
def application(world: World, tmp_path: Path) -> Iterator[Application]:
    started = Application(world, serve(world), tmp_path / "orders.jsonl")
    try:
        yield started
    finally:
        started.stop()


def test_the_application_follows_the_switch_without_a_failed_request(
    world: World, application: Application
) -> None:
    """Within its cache's age: the drain that is longer than that is long enough."""
    application.until_it_works()

    world.restore("run", "--to", next_second(), "--drain", "6", "--yes")

    time.sleep(1)
    assert application.stop() == 0
    orders = application.orders()
    assert [each for each in orders if "error" in each or not each["found"]] == []
    tables = [each["table"] for each in orders]
    switch = tables.index(RESTORED)
    assert set(tables[:switch]) == {ORIGINAL}
    assert set(tables[switch:]) == {RESTORED}
    flipped = world.ssm.get_parameter(Name=PARAMETER)["Parameter"]["LastModifiedDate"]
    late = datetime.fromisoformat(orders[switch]["at"]) - flipped
    assert late < CACHE + ONE_ORDER
