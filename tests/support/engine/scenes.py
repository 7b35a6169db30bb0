"""Moments of one story, each played once and then loaded: it saves minutes."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from tests.support.engine.everything import INDEX_SCALED, surround, table
from tests.support.engine.kills import checkpoint, unlock, up_stopped_at
from tests.support.engine.world import ORIGINAL, Scene, World


class Scenes:
    """The moments that were played already."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._saved: dict[str, Scene] = {}

    def load(self, name: str) -> World:
        """The world as it is at `name`."""
        if name not in self._saved:
            STORY[name](self)
            self._saved[name] = self._world.save()
        else:
            self._world.load(self._saved[name])
        return self._world

    def saved(self, name: str) -> Scene:
        """What was saved of a moment, for a test that puts a part of it back."""
        self.load(name)
        return self._saved[name]

    def begin(self) -> World:
        self._world.begin()
        return self._world


def _serving(scenes: Scenes) -> None:
    world = scenes.begin()
    world.up()


def _restored(scenes: Scenes) -> None:
    world = scenes.load("serving")
    world.put(ORIGINAL, id="kept", value="good")
    moment = next_second()
    world.put(ORIGINAL, id="kept", value="garbage")
    world.restore("start", "--to", moment)
    world.restore("wait")


def _lost(scenes: Scenes) -> None:
    """The table was deleted; its system backup is all that is left."""
    scenes.load("serving").dynamodb.delete_table(TableName=ORIGINAL)


def _around(scenes: Scenes) -> None:
    """A serving table among what others have in the account: a table and a backup plan."""
    world = scenes.load("serving")
    world.dynamodb.create_table(
        TableName="others",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
    )
    world.client("backup").create_backup_plan(
        BackupPlan={
            "BackupPlanName": "nightly",
            "Rules": [{"RuleName": "nightly", "TargetBackupVaultName": "Default"}],
        }
    )


def _after(before: str, *verb: str) -> Callable[[Scenes], None]:
    def play(scenes: Scenes) -> None:
        scenes.load(before).restore(*verb)

    return play


def _switched_by_hand(scenes: Scenes) -> None:
    """The row's config in one plain update: where a test needs to stand there, soon."""
    world = scenes.load("restored")
    world.place(activeTable="restored", standbyTables=["original"])
    world.up()


def _everything_serving(scenes: Scenes) -> None:
    """A table with all that a table can have, and a scaler that has been at work."""
    world = scenes.begin()
    surround(world)
    with world.config() as config:
        config["restore-demo:tables"] = {"restore-demo": table(world.env["AWS_REGION"])}
    world.up()


def _everything_restored(scenes: Scenes) -> None:
    world = scenes.load("everything serving")
    capacity = {"ReadCapacityUnits": 9, "WriteCapacityUnits": 10}
    index = {"IndexName": INDEX_SCALED, "ProvisionedThroughput": capacity}
    world.dynamodb.update_table(
        TableName=ORIGINAL,
        ProvisionedThroughput=capacity,
        GlobalSecondaryIndexUpdates=[{"Update": index}],
    )
    item = {"id": {"S": "kept"}, "at": {"N": "1"}}
    world.dynamodb.put_item(TableName=ORIGINAL, Item={**item, "value": {"S": "good"}})
    moment = next_second()
    world.dynamodb.put_item(TableName=ORIGINAL, Item={**item, "value": {"S": "garbage"}})
    world.restore("start", "--to", moment)
    world.restore("wait")


VERSION_AFTER_THE_FLIP = 2


def _killed_after_the_flip(scenes: Scenes) -> None:
    """A real kill -9: the pointer's new value is saved, the outputs are still the old ones."""
    world = scenes.load("prepared")
    world.place(activeTable="restored", standbyTables=["original"])

    def flipped() -> bool:
        pointer = checkpoint(world).get("Parameter restore-demo")
        return pointer is not None and pointer["outputs"]["version"] == VERSION_AFTER_THE_FLIP

    up_stopped_at(world, "PutParameter", flipped)
    stack = checkpoint(world)["Stack restore-demo-sandbox"]
    assert stack["outputs"]["tables"]["restore-demo"]["history"] == ["original"]
    unlock(world)


STORY: dict[str, Callable[[Scenes], None]] = {
    "serving": _serving,
    "restored": _restored,
    "lost": _lost,
    "around": _around,
    "frozen": _after("serving", "freeze", "--yes"),
    "adopted": _after("restored", "adopt"),
    "prepared": _after("adopted", "prepare"),
    "switched": _after("prepared", "switch"),
    "switched by hand": _switched_by_hand,
    "dropped": _after("switched", "drop"),
    "cleaned": _after("dropped", "clean", "original", "--confirm", ORIGINAL),
    "rolled back": _after("switched", "rollback"),
    "switched again": _after("rolled back", "switch"),
    "given up": _after("rolled back", "drop"),
    "killed after the flip": _killed_after_the_flip,
    "dropped again": _after("switched again", "drop"),
    "everything serving": _everything_serving,
    "everything restored": _everything_restored,
    "everything adopted": _after("everything restored", "adopt"),
    "everything prepared": _after("everything adopted", "prepare"),
    "everything switched": _after("everything prepared", "switch", "--yes"),
    "everything dropped": _after("everything switched", "drop", "--yes"),
}


def next_second() -> str:
    """Waits until the present second is over; returns the new one, as WHEN takes it.

    A restore point is a whole second and means its first moment: what was written before this
    call is in, what is written after it is not.
    """
    time.sleep(1 - time.time() % 1 + 0.05)
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
