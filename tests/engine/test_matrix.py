"""Every two values of two settings in one table, through a restore, on the real engine.

All of them are tables of one stack. The story is told once; each test looks at one part of it.
What hangs on a table: test_every_setting.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from tests.support.engine.matrix import DIMENSIONS, entry, go_together, make_key, matrix
from tests.support.engine.readback import readback
from tests.support.engine.scenes import Scenes, next_second
from tests.support.engine.seen import seen, wanted
from tests.support.engine.steps import Step, previewed
from tests.support.engine.world import World
from tests.support.pairwise import pairs

pytestmark = pytest.mark.timeout(900)

MATRIX = matrix()
READ_BACK = ("DescribeTable", "DescribeTimeToLive", "DescribeContinuousBackups")
SETTINGS_OF_A_RESTORE = {"billingMode", "serverSideEncryption", "localSecondaryIndexes", "hashKey"}


@dataclass(frozen=True)
class Told:
    """What was seen on the way, and the world as it is at the end: prepared.

    Attributes:
        keys: As `make_key` returns them.
        adopting: The preview of the update that takes all of them over.
        adopted: What the runbook then did.
        prepared: What it did after that.
    """

    world: World
    keys: Mapping[str, str]
    adopting: list[Step]
    adopted: list[str]
    prepared: list[str]
    seconds: float


@pytest.fixture(scope="module")
def told(scenes: Scenes) -> Told:
    begun = time.monotonic()
    world = scenes.begin()
    keys = make_key(world)
    with world.config() as config:
        config["restore-demo:tables"] = {key: entry(row, keys) for key, row in MATRIX.items()}
    world.up()
    world.no_drift()
    world.restore("start", "--to", next_second())
    world.restore("wait")
    world.place(adoptTables=["restored"])
    adopting = previewed(world)
    world.place()
    adopted = world.asked("adopt")["steps"]
    prepared = world.asked("prepare")["steps"]
    return Told(world, keys, adopting, adopted, prepared, time.monotonic() - begun)


def original(key: str) -> str:
    return f"{key}-original-table"


def restored(key: str) -> str:
    return f"{key}-restored-table"


def test_all_of_them_come_in_by_imports_in_which_nothing_differs(told: Told) -> None:
    """A difference would be applied to the restored table, and a replacement would empty it."""
    imports = [Step("import", "Table", f"{key}.restored", frozenset()) for key in MATRIX]
    assert told.adopting == imports
    assert sorted(told.adopted) == [f"import Table {key}.restored" for key in MATRIX]


def test_furnishing_changes_nothing_that_a_restore_copies(told: Told) -> None:
    """A change of encryption alone is 30 seconds, and may be refused once the key is gone."""
    changed = [step.partition(" (")[2].rstrip(")").split(", ") for step in told.prepared]
    assert not SETTINGS_OF_A_RESTORE & {each for properties in changed for each in properties}
    tables = {step.split()[2] for step in told.prepared if " Table " in step}
    assert tables == {f"{key}.restored" for key in MATRIX}
    assert {step.split()[0] for step in told.prepared} == {"update"}


def test_every_setting_of_every_one_reads_back_as_the_originals(
    told: Told, capsys: pytest.CaptureFixture[str]
) -> None:
    """Through boto3, not through the runbook's own eyes."""
    differing: dict[str, tuple[Any, Any]] = {}
    for key in MATRIX:
        here, there = readback(told.world, restored(key)), readback(told.world, original(key))
        assert all(there[call] for call in READ_BACK)
        if here != there:
            differing[key] = here, there
    assert differing == {}
    with capsys.disabled():
        number = len(pairs(DIMENSIONS, go_together))
        print(  # noqa: T201 - figures to look at
            f"\n{len(MATRIX)} tables, {number} pairs of settings, {told.seconds:.0f} s to prepared"
        )


def test_each_one_is_what_its_row_says(told: Told) -> None:
    """Else two tables that both lost a setting would look alike."""
    for key, row in MATRIX.items():
        assert seen(told.world, restored(key), told.keys["arn"]) == wanted(row), key


def test_nothing_is_left_to_change(told: Told) -> None:
    """What never settles would be refused by the gate of the next verb, in the incident."""
    told.world.no_drift()
    assert told.world.asked("verify")["differences"] == []
