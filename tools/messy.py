"""Messy stacks, as real teams have them, on the real engine: `make messy`, `make messy SEED=7`.

A seed draws a stack and what was done to it before the incident (tests/support/engine/messes.py).
Then a restore, begun with `plan` or with `run`: what is blocked is blocked before any restore call,
all at once, with fixes that work when they are typed; and what is let through runs to the end, with
clients served, nothing deleted, and no drift.
"""

import argparse
import json
import re
import shlex
import sys
import tempfile
import time
from pathlib import Path

from sandbox.home import Sandbox
from tests.fixes.by_hand import done as carried_out
from tests.support.configs.chance import Dice
from tests.support.engine.messes import Messes
from tests.support.engine.scenes import next_second
from tests.support.engine.world import World

_AGAIN = "the same command with "
_ALLOW = re.compile(r"allow (\S+) on (.+) in an IAM policy of theirs")
_NOT_BEFORE = "provider_ruled_out"
"""The program can declare nothing without a provider: what else there is takes a second round."""


class Mess:
    """One messy stack.

    Attributes:
        hindered: Whether something was done to it that has to be decided first.
        options: Those that the fixes say.
    """

    def __init__(self, world: World, dice: Dice) -> None:
        self.world, self.dice = world, dice
        self.messes = Messes(world, dice, key=dice.choice(("restore-demo", "Shop_orders-2")))
        self.root = world.env
        self.hindered = False
        self.options: list[str] = []

    @property
    def made(self) -> list[str]:
        return self.messes.made

    def make(self) -> None:
        """Deploys the stack, and then does to it what was drawn."""
        its = self.messes
        its.draw(
            (its.names, its.layouts, its.default_tags, its.ignored_tags, its.explicit_provider)
        )
        its.deploy()
        if self.dice.random() < 0.3:
            its.draw((its.assumed_role,), 1)
        self.world.put(its.table, id="kept", value="good", owner="us")
        its.draw((its.foreign_tags, its.dependents, its.other_parameter), 1)
        serving = len(self.made)
        hard = (
            its.protected_by_hand,
            its.kept_shorter_by_hand,
            its.expiring_by_hand,
            its.grant_by_hand,
            its.tags_undeployed,
            its.protection_undeployed,
            its.alarm_undeployed,
            its.key_type,
            its.alarm_name_taken,
        )
        its.draw(tuple(self.dice.sample(hard, self.dice.randint(0, 3))))
        if self.dice.random() < 0.1:
            its.draw((its.provider_ruled_out,), 1)
        self.hindered = len(self.made) > serving

    def run(self) -> int:
        """The run, after the printed fixes again; returns how often it was blocked."""
        moment = next_second()
        self.world.put(self.messes.table, id="kept", value="garbage", owner="us")
        rounds = 2 if _NOT_BEFORE in self.made else 1
        since = self.world.last_call()
        run = ("run", "--to", moment, "--drain", "0", "--yes")
        # Where nothing hinders it the run begins with what a plan is.
        first = ("plan", "--to", moment) if self.dice.flag() and self.hindered else run
        self.made.append(f"→ {first[0]}")
        for blocked in range(rounds + 1):
            command = first if blocked == 0 else run
            code = self.tried(command, fix=blocked < rounds)
            if code == 0 and command != run:
                assert self.tried(run, fix=False) == 0
            if code == 0:
                self.serves(since)
                return blocked
        raise AssertionError

    def tried(self, command: tuple[str, ...], *, fix: bool) -> int:
        since = self.world.last_call()
        typed = (*command, *self.options, "--json")
        done = self.world.run(sys.executable, "-m", "restore", *typed)
        assert "Traceback" not in done.said, done.said
        if done.code == 0:
            return 0
        assert done.code in {2, 3}, f"{self.made}: {done.said}"
        called = [call["action"] for call in self.world.calls(since)]
        begun = [each for each in called if each.startswith("RestoreTable")]
        assert begun == [], f"{self.made}: blocked after the restore: {done.said}"
        assert fix, f"{self.made}: still blocked after the fixes: {done.said}"
        told = json.loads(done.out)
        found = [each for each in told.get("findings", ()) if each["level"] == "blocked"]
        fixes = {_first(each["fix"]) for each in found}
        fixes = fixes or {_first(told["message"].partition("fix: ")[2])}
        for each in sorted(fixes, key=lambda fix: "pulumi up" in fix):
            self.type(each)
        return done.code

    def type(self, fix: str) -> None:
        """A fix as it is printed; its options are for the next command."""
        if fix.startswith(_AGAIN):
            more, _, _ = fix.removeprefix(_AGAIN).partition(": ")
            options = shlex.split(more)
            self.options += options
            if options[0] == "--as":
                self.messes.restored = f"{self.messes.key}-{options[1]}-table"
        elif allowed := _ALLOW.match(fix):
            self.messes.allow(*allowed.groups())
        else:
            try:
                carried_out(self.world, fix)
            except AssertionError as error:
                raise AssertionError(f"{self.made}: {fix}") from error

    def serves(self, since: int) -> None:
        """Clients read the restored table, with what was good; the old one is still there."""
        its, world = self.messes, self.world
        found = world.ssm.get_parameter(Name=its.parameter)["Parameter"]["Value"]
        assert found == its.restored, self.made
        version = world.iam.get_policy(PolicyArn=its.policy_arn())["Policy"]["DefaultVersionId"]
        granted = world.iam.get_policy_version(PolicyArn=its.policy_arn(), VersionId=version)
        assert found in json.dumps(granted["PolicyVersion"]["Document"]), self.made
        assert world.items(found)["kept"]["value"] == "good", self.made
        assert world.items(its.table)["kept"]["value"] == "garbage", self.made
        actions = {call["action"] for call in world.calls(since)}
        assert "UntagResource" not in actions, self.made
        assert "DeleteTable" not in actions, self.made
        world.no_drift()

    def close(self) -> None:
        """The role is no other stack's; its Pulumi.yaml neither."""
        self.world.env = self.root
        self.world.begin()


def _first(fix: str) -> str:
    """The first way that a fix offers."""
    first = fix.partition("; or ")[0].partition(", which")[0]
    return first.removesuffix(", then the same command")


def tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--seed", type=int)
    chosen = parser.parse_args()
    seeds = range(chosen.seeds) if chosen.seed is None else (chosen.seed,)
    failed = 0
    with tempfile.TemporaryDirectory(prefix="messy-") as folder:
        sandbox = Sandbox(Path(folder) / "home")
        sandbox.start(restore_seconds=0.5)
        with sandbox:
            world = World(sandbox, Path(folder))
            for seed in seeds:
                began = time.monotonic()
                mess = Mess(world, Dice(seed))
                try:
                    mess.make()
                    how = f"{mess.run()} rounds"
                except AssertionError as error:
                    how, failed = f"FAILED: {error}", failed + 1
                finally:
                    mess.close()
                seconds = time.monotonic() - began
                tell(f"SEED={seed} {seconds:4.0f} s, {how}: {', '.join(mess.made)}")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
