"""A random walk on the real engine and the sandbox: `make walk`, `make walk SEED=7 STEPS=200`.

Every step is one thing that happens at night: a verb that goes well, is killed at a call, or finds
AWS failing; an old commit that is deployed, or a new idea; a hand in the console. After each step
the state and AWS are compared with what must hold, and at the end the runbook leads back to where
clients are served and nothing drifts. The same seed takes the same steps.

tests/support/memory/walk.py does the same in memory, some thousand times as fast.
"""

import argparse
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from restore.table.config.labels import next_label
from sandbox.home import Sandbox
from tests.support.configs.chance import Dice
from tests.support.engine.kills import checkpoint, mend_torn, runbook_until, up_until
from tests.support.engine.messes import Messes
from tests.support.engine.world import ORIGINAL, PARAMETER, PLACEMENT, Done, World

LABELS = ("original", "restored", "restored-2", "restored-3", "restored-4", "restored-5")
VERBS = ("start", "wait", "adopt", "prepare", "switch", "rollback", "drop", "run", "clean", "plan")
MOVING = ("switch", "rollback", "run")
CALLS = {
    "start": ["RestoreTableToPointInTime"],
    "adopt": ["ListTagsOfResource"],
    "prepare": ["UpdateContinuousBackups", "CreatePolicyVersion"],
    "switch": ["PutParameter"],
    "rollback": ["PutParameter"],
    "drop": ["CreatePolicyVersion"],
    "run": ["RestoreTableToPointInTime", "CreatePolicyVersion", "PutParameter"],
    "clean": ["DeleteTable"],
}
BLOCKED = 3


def name(label: str) -> str:
    return f"restore-demo-{label}-table"


@dataclass(frozen=True)
class Look:
    """The state and AWS, as they are."""

    items: dict[str, dict[str, dict[str, str]] | None]
    pointer: str
    readable: frozenset[str]
    retained: bool

    @property
    def serves(self) -> bool:
        return self.pointer in self.items and self.pointer in self.readable


@dataclass
class Walk:
    """One walk.

    Attributes:
        placed: Every placement that the config ever had: an old commit is any of these.
        moved_to: Every label that clients were ever moved to.
        may_delete: The tables that this step may delete.
        may_move: Whether this step may move clients.
        cut_short: This step is the short way by hand, killed: see the walk in memory.
        meant: What the parameter held before someone edited it by hand.
    """

    world: World
    dice: Dice
    told: str = ""
    placed: list[dict[str, Any]] = field(default_factory=lambda: [{}])
    moved_to: set[str] = field(default_factory=lambda: {"original"})
    may_delete: frozenset[str] = frozenset()
    may_move: bool = False
    cut_short: bool = False
    meant: str | None = None

    def begin(self) -> str:
        """A messy stack, less what has to be decided before any verb goes on; says what it is."""
        its = Messes(self.world, self.dice)
        its.draw((its.layouts, its.default_tags, its.ignored_tags, its.explicit_provider))
        its.deploy()
        its.draw((its.foreign_tags, its.dependents, its.other_parameter))
        self.world.put(ORIGINAL, id="kept", value="good", owner="us")
        return ", ".join(its.made)

    def look(self) -> Look:
        """Of AWS over its API, of the state on the disk, past the engine."""
        tables = self.world.tables()
        state = checkpoint(self.world)
        held = [each for key, each in state.items() if key.startswith("Table restore-demo.")]
        return Look(
            {table: self.items(table) for table in tables},
            self.world.pointer()[0],
            frozenset(self.world.granted()[0]),
            all(each.get("retainOnDelete") for each in held),
        )

    def items(self, table: str) -> dict[str, dict[str, str]] | None:
        """None while it is being restored."""
        try:
            return self.world.items(table)
        except self.world.dynamodb.exceptions.ResourceNotFoundException:
            return None

    @property
    def edited(self) -> bool:
        """Whether the parameter holds what someone wrote there by hand."""
        return self.meant is not None

    def status(self) -> dict[str, Any]:
        found: dict[str, Any] = self.world.asked("status")["tables"]["restore-demo"]
        return found

    # The steps.

    def step(self) -> str:
        """One step, and what must hold after it; returns what it was."""
        # An edited parameter stops every verb: someone puts it back soon.
        kinds = {self.verb: 8, self.deploy: 2, self.hand: 8 if self.edited else 1}
        kind: Callable[[], None] = self.dice.choices([*kinds], [*kinds.values()])[0]
        before, edited = self.look(), self.edited
        self.may_delete, self.may_move, self.cut_short = frozenset(), edited, False
        kind()
        mend_torn(self.world)
        now = self.look()
        self.remember()
        self.check(before, now, edited=edited or kind == self.hand)
        if now.pointer != before.pointer and kind != self.hand:
            self.meant = None
        self.moved_to |= {label for label in LABELS if name(label) == now.pointer}
        return self.told

    def remember(self) -> None:
        """What the config says now may be deployed again at any time."""
        config = YAML(typ="safe").load(self.world.config_file)["config"]
        keys = {key: f"restore-demo:{key}" for key in PLACEMENT}
        here = {key: config[full] for key, full in keys.items() if full in config}
        if here not in self.placed:
            self.placed.append(here)

    def verb(self) -> None:
        """What status says is next, or anything else."""
        if self.dice.random() < 0.7:
            verb, label = self.next_verb()
        else:
            verb, label = self.dice.choice(VERBS), self.dice.choice((*LABELS, *[None] * 6))
        command = self.command(verb, label)
        trouble = self.dice.choice(("", "", "", "kill", "kill", "failing"))
        if trouble and verb in CALLS:
            action, moment = self.dice.choice(CALLS[verb]), self.dice.choice(("before", "after"))
            self.told = f"{' '.join(command)}, {trouble} {moment} {action}"
            if trouble == "kill":
                engine = self.dice.flag()
                self.told += f", {'runbook and engine' if engine else 'runbook'}"
                self.told += "" if self.killed(action, moment, command, engine=engine) else " –"
                return
            kind = self.dice.choice(("error", "cut"))
            with self.world.failing(
                action, kind=kind, moment=moment, times=self.dice.choice((1, 3))
            ):
                self.done(self.world.run(sys.executable, "-m", "restore", *command))
            return
        self.told = " ".join(command)
        self.done(self.world.run(sys.executable, "-m", "restore", *command))

    def killed(self, action: str, moment: str, command: Sequence[str], *, engine: bool) -> bool:
        with self.world.holding(action, moment) as held:
            return runbook_until(self.world, command, lambda _: held(), engine=engine)

    def command(self, verb: str, label: str | None) -> tuple[str, ...]:
        self.may_move |= verb in MOVING
        chosen = ("--as", label) if label and verb not in {"drop", "clean", "status"} else ()
        match verb:
            case "start" | "plan":
                return verb, "--to", self.dice.choice(("latest", "1s")), *chosen
            case "run":
                return verb, "--to", "latest", "--drain", "0", "--yes", *chosen
            case "clean":
                doomed = label or self.dice.choice(LABELS)
                self.may_delete = frozenset({name(doomed)})
                return verb, doomed, "--confirm", name(doomed)
            case "wait" | "status":
                return verb, *chosen
            case _:
                return verb, "--yes", *chosen

    def next_verb(self) -> tuple[str, str | None]:
        """One that status offers; where there is nothing to do, another incident, or back."""
        status = self.status()
        if str(status["next"]).startswith("nothing"):
            facts = status["facts"]
            fresh = next_label({*facts["labels"], *facts["history"]})
            return self.dice.choice((("start", fresh), ("run", fresh), ("rollback", None)))
        offered = str(status["next"]).replace("python -m restore ", "").split(", or ")
        return said(self.dice.choice(offered))

    def done(self, done: Done) -> None:
        """A person reads one message, with what to do, and no traceback."""
        assert "Traceback" not in done.said, f"{self.told}: {done.said}"
        assert done.code in {0, 1, 2, BLOCKED, 4}, f"{self.told}: {done.code} {done.said}"
        assert done.code == 0 or "fix: " in done.said, f"{self.told}: {done.said}"
        self.told += f" → {done.code}"
        if done.code == BLOCKED and "with --break-lock" in done.said:
            self.world.pulumi("cancel", "--yes", "sandbox")

    def deploy(self) -> None:
        """Plain Pulumi: any placement that the config ever had, or a new one; killed or not."""
        placement = self.dice.choice((self.idea(), *self.placed * 2))
        self.told = f"pulumi up of {placement}"
        active = placement.get("activeTable", "original")
        self.may_move |= active not in self.moved_to or "rollbackFrom" in placement
        self.world.place(**placement)
        if self.dice.random() < 0.25:
            action, moment = (
                self.dice.choice(CALLS["run"][1:]),
                self.dice.choice(("before", "after")),
            )
            self.told += f", killed {moment} {action}"
            self.cut_short = True
            with self.world.holding(action, moment) as held:
                self.told += "" if up_until(self.world, held) else " –"
            return
        self.told += f" → {self.up()}"

    def up(self) -> int:
        """`pulumi up`, past the lock of an engine that died."""
        done = self.world.run("pulumi", "up", "--yes", "--skip-preview", "--non-interactive")
        if "pulumi cancel" in done.said:
            self.world.pulumi("cancel", "--yes", "sandbox")
            done = self.world.run("pulumi", "up", "--yes", "--skip-preview", "--non-interactive")
        assert "Traceback" not in done.said, done.said
        return done.code

    def idea(self) -> dict[str, Any]:
        """Labels in any places that parse, and a token or none."""
        active, *others = self.dice.sample(LABELS[:3], 3)
        standby = self.dice.randint(0, 2)
        found: dict[str, Any] = {"activeTable": active, "standbyTables": others[:standby]}
        found["adoptTables"] = others[standby : self.dice.randint(standby, 2)]
        if self.dice.random() < 0.3:
            found["rollbackFrom"] = self.dice.choice(others)
        return found

    def hand(self) -> None:
        """Someone in the console, who knows nothing of the stack."""
        if self.edited or self.dice.flag():
            here = self.world.pointer()[0]
            value = self.meant or name(self.dice.choice(LABELS))
            self.meant = here if self.meant is None and value != here else None
            self.write(value)
            return
        gone = self.dice.choice(sorted(self.world.tables()))
        self.told = f"by hand: {gone} is deleted"
        if len(self.world.tables()) > 1:
            self.world.dynamodb.delete_table(TableName=gone)
            self.may_delete = frozenset({gone})

    def write(self, value: str) -> None:
        self.told = f"by hand: the parameter says {value}"
        self.world.ssm.put_parameter(Name=PARAMETER, Value=value, Type="String", Overwrite=True)

    # What must hold.

    def check(self, before: Look, now: Look, *, edited: bool) -> None:
        assert now.retained, f"{self.told}: the next update could delete a table"
        gone = before.items.keys() - now.items.keys()
        assert gone <= self.may_delete, f"{self.told}: {gone} was deleted"
        for table in now.items:
            held = before.items.get(table)
            assert held is None or now.items[table] == held, f"{self.told}: items of {table}"
            if table in before.items:
                continue
            made = self.world.dynamodb.describe_table(TableName=table)["Table"]
            assert "RestoreSummary" in made, f"{self.told}: {table} was created empty"
        if now.pointer != before.pointer and not edited:
            assert self.may_move, f"{self.told}: clients moved to {now.pointer}"
            assert now.serves, f"{self.told}: {now.pointer} does not serve"
        if before.serves and not edited and before.pointer not in self.may_delete:
            assert now.serves or self.cut_short, f"{self.told}: {now.pointer} serves no more"

    def converge(self) -> int:
        """Does what status says until nothing is to be done; returns how many verbs that took."""
        facts = self.status()["facts"]
        if facts["pointer"] != facts["pointerInState"]:
            # By hand; or by an update that died there, which a refused one then forgot.
            self.write(facts["pointerInState"])
        for count in range(20):
            table = self.status()
            if table["next"].startswith("nothing"):
                assert self.look().serves, table
                # A config that was never deployed may lie in the file.
                self.world.place(activeTable=table["facts"]["active"])
                assert self.up() == 0
                self.world.no_drift()
                return count
            offered = table["next"].replace("python -m restore ", "").split(", or ")
            before = self.look()
            verb, label = said(offered[0])
            self.told = offered[0]
            self.may_delete, self.may_move = frozenset(), verb in MOVING
            command = self.command(verb, label)
            done = self.world.run(sys.executable, "-m", "restore", *command)
            if done.code == BLOCKED and "--break-lock" in done.said:
                done = self.world.run(sys.executable, "-m", "restore", *command, "--break-lock")
            assert done.code == 0, f"{table} {done.said}"
            self.check(before, self.look(), edited=False)
        raise AssertionError("status never says that nothing is to be done")


def said(command: str) -> tuple[str, str | None]:
    """The verb of an offered command, and the label that it names."""
    verb, *named = command.split()
    return verb, named[1] if named[:1] == ["--as"] else None


def tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10_000))
    parser.add_argument("--seconds", type=float, default=600, help="begin no step after so long")
    chosen = parser.parse_args()
    tell(f"SEED={chosen.seed}, at most {chosen.steps} steps and {chosen.seconds:.0f} s")
    began, taken = time.monotonic(), 0
    with tempfile.TemporaryDirectory(prefix="walk-") as folder:
        sandbox = Sandbox(Path(folder) / "home")
        sandbox.start(restore_seconds=0.5)
        with sandbox:
            walk = Walk(World(sandbox, Path(folder)), Dice(chosen.seed))
            tell(f"a stack with {walk.begin() or 'nothing odd'}")
            try:
                while taken < chosen.steps and time.monotonic() - began < chosen.seconds:
                    told = walk.step()
                    taken += 1
                    tell(f"{taken:3} {time.monotonic() - began:4.0f} s  {told}")
                verbs = walk.converge()
            except BaseException:
                tell(f"SEED={chosen.seed} failed after {taken} steps{walk.world.evidence()}")
                raise
    seconds = time.monotonic() - began
    tell(
        f"{taken} steps of seed {chosen.seed} in {seconds:.0f} s; {verbs} verbs to the end; sound."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
