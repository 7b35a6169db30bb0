"""What one run of one way took. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Call = Mapping[str, Any]
"""One line of the emulator's log of calls."""


class Way(StrEnum):
    """Whose commands."""

    WALK = "a"
    RUN = "b"
    SHORT = "c"
    BARE = "bare"

    @property
    def says(self) -> str:
        return _SAYS[self]


_SAYS = {
    Way.WALK: "the walk-through's steps with the AWS CLI, its waiter, and pulumi",
    Way.RUN: "python -m restore run --drain 0 --yes",
    Way.SHORT: "the short way by hand: restore start and wait, then one pulumi up",
    Way.BARE: "the engine's previews and updates of b, with the same configs, and nothing else",
}


@dataclass(frozen=True)
class Cutover:
    """From the first moment at which the restored table is there to the one that moves clients.

    Attributes:
        late: Seconds from ACTIVE until someone asked and saw it.
        rest: Seconds from there to the pointer's flip.
        proof: Seconds of `rest` that went into comparing AWS with the stack, by hand.
    """

    late: float
    rest: float
    proof: float = 0

    @property
    def seconds(self) -> float:
        return self.late + self.rest


@dataclass(frozen=True)
class Run:
    """One way, once.

    Attributes:
        tables: How many tables are in the stack, all of them restored.
        restore_seconds: How long AWS took for the restore, which no way can shorten.
        seconds: From the first command to the end of the last one.
        engine: The engine's runs in order: `preview` or `up`.
        steps: What the updates did: resources that were imported, updated or dropped.
        switched: How many resources the update changed that moved the clients.
        requests: AWS requests, of the engine and of everything else.
        cutover: With one table only, and where clients were moved by what was measured.
    """

    way: Way
    tables: int
    restore_seconds: float
    seconds: float
    engine: tuple[str, ...]
    steps: int
    switched: int
    requests: int
    cutover: Cutover | None = None

    @property
    def work(self) -> float:
        """Seconds without those that the restore took."""
        return self.seconds - self.restore_seconds


def cutover(
    calls: Iterable[Call], table: str, parameter: str, restore_seconds: float, proof: float = 0
) -> Cutover:
    """Reads the moments from the log of calls.

    Args:
        calls: The calls of one run, in order.
        table: The restored table's DynamoDB name.
        parameter: The pointer's name.
        restore_seconds: How long the emulator's restore took.
        proof: Seconds that are known to have gone into a comparison by hand.
    """
    ours = [call for call in calls if call["status"] == 200]
    asked = _first(ours, "RestoreTableToPointInTime", {"TargetTableName": table}, 0)
    active = asked + restore_seconds
    noticed = _first(ours, "DescribeTable", {"TableName": table}, active)
    flipped = _first(ours, "PutParameter", {"Name": parameter}, active)
    return Cutover(noticed - active, flipped - noticed, proof)


def _first(calls: Iterable[Call], action: str, params: Mapping[str, str], after: float) -> float:
    return next(
        float(call["at"])
        for call in calls
        if call["action"] == action
        and call["at"] >= after
        and params.items() <= call["params"].items()
    )


def engine_runs(commands: Iterable[str]) -> tuple[str, ...]:
    """The engine's runs in so many pulumi commands; `pulumi up` alone previews first."""
    found: list[str] = []
    for command in commands:
        words = command.split()
        if "up" in words:
            found += ["up"] if "--skip-preview" in words else ["preview", "up"]
        elif "preview" in words:
            found.append("preview")
    return tuple(found)


def changed(update: Mapping[str, Any]) -> int:
    """How many resources an update of `pulumi stack history --json` has changed."""
    counted: Mapping[str, int] = update.get("resourceChanges") or {}
    return sum(number for step, number in counted.items() if step != "same")


def switching(updates: Sequence[Mapping[str, Any]], key: str, label: str) -> int:
    """How many resources changed in the first of these updates whose config has made it active."""
    return next(
        changed(update) for update in updates if update["config"].get(key, {}).get("value") == label
    )
