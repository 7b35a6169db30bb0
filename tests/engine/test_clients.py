"""Clients at work during a whole run: what they notice of it, and what the probe says of them.

A small case of what `make load` does ten times.
"""

import configparser
import json
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.engine.scenes import Scenes, next_second
from tests.support.engine.world import ORIGINAL, RESTORED, Done, World
from tools.load.application import policy, serve
from tools.load.clients import Load

TABLE_ARN = "arn:aws:dynamodb:*:123456789012:table/"


class Served:
    """A table with an application that reads and writes it.

    Attributes:
        key: The access key of its IAM user.
    """

    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.key = world, serve(world)
        self._profiles = folder / "credentials"
        file = configparser.ConfigParser()
        key, secret = self.key
        file["application"] = {"aws_access_key_id": key, "aws_secret_access_key": secret}
        with self._profiles.open("w") as lines:
            file.write(lines)
        with world.config() as config:
            config["restore-demo:runbook"] = {"probeProfile": "application"}

    def probed(self, *, code: int) -> dict[str, Any]:
        """What `run --probe` says of the table, by the user's own credentials."""
        done = self._run("--to", next_second(), "--drain", "6", "--probe", "--yes", "--json")
        assert done.code == code, done.said
        answer: dict[str, Any] = json.loads(done.out)
        return answer

    def _run(self, *arguments: str) -> Done:
        profiles = {"AWS_SHARED_CREDENTIALS_FILE": str(self._profiles)}
        return self.world.run(sys.executable, "-m", "restore", "run", *arguments, **profiles)


@pytest.fixture
def served(scenes: Scenes, tmp_path: Path) -> Served:
    return Served(scenes.begin(), tmp_path)


def test_no_request_fails_from_the_restore_to_the_drop(served: Served) -> None:
    """Reading and writing, with caches of 0, 1 and 5 s, as a user that has only the grants."""
    load = Load(served.world, served.key)
    with load.at_work():
        answer = served.probed(code=0)
        load.until(600)

    assert dict(load.errors) == {}
    assert load.failures == 0
    assert all(client.tally.requests > 20 for client in load.clients)
    assert served.world.phase() == "dropped"
    probe = answer["probe"]
    assert (probe["profile"], probe["caches"]) == ("application", [0, 6])
    seen = probe["tables"]["restore-demo"]
    assert seen["requests"] > 40
    assert (seen["failures"], seen["firstFailure"]) == (0, None)
    old, new = (datetime.fromisoformat(seen[each]) for each in ("lastOld", "firstNew"))
    # A reader that keeps the name reads the old table on, for as long as it keeps it.
    assert old - new < timedelta(seconds=6 + 2)


def test_a_client_that_cannot_read_the_new_table_stops_the_run_before_the_drop(
    served: Served,
) -> None:
    """A policy of the team's own that knows one name alone: no preview shows it."""
    policy(
        served.world, "of-their-own", Effect="Deny", Action="*", Resource=f"{TABLE_ARN}{RESTORED}"
    )

    answer = served.probed(code=3)

    assert "Nothing was dropped" in answer["message"]
    failure = answer["probe"]["tables"]["restore-demo"]["firstFailure"]
    assert failure["name"] == RESTORED
    assert "AccessDenied" in failure["error"]
    assert served.world.phase() == "switched"
    served.world.restore("rollback", "--yes")
    assert served.world.pointer()[0] == ORIGINAL
