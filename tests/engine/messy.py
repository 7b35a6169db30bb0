"""Messy stacks, as real teams have them, on the real engine: `make messy`, `make messy SEED=7`.

A seed draws what was done to a serving stack before the incident: tags of the provider's and of
others, drift, a change that nobody deployed, where the config stands, an odd name, what is made by
hand. Then a run: what `plan` blocks was blocked before any restore call, with a fix that works when
it is typed, and what it lets through runs to the end, with clients served.
"""

import argparse
import shlex
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from sandbox.home import Sandbox
from tests.engine.world import ORIGINAL, PARAMETER, World
from tests.unit.stacks.dice import Dice

TABLE = "restore-demo"
RUN = ("run", "--to", "latest", "--drain", "0", "--yes")
ODD = "Shop.orders_2-eu"
"""Every character that a table's name may have."""
_ROUNDS = 4


class Mess:
    """One messy stack.

    Attributes:
        made: What was drawn, in order.
        table: The DynamoDB name of the active table.
    """

    def __init__(self, world: World, dice: Dice) -> None:
        self.world, self.dice = world, dice
        self.made: list[str] = []
        self.table = ORIGINAL

    def make(self) -> None:
        """Deploys the stack, and then does to it what was drawn."""
        self.world.begin()
        before = (self.odd_name, self.default_tags, self.ignored_tags, self.in_the_project)
        after = (self.foreign_tags, self.drift, self.undeployed, self.alarm, self.other_parameter)
        self._some(before)
        self.world.up()
        self.world.put(self.table, id="kept", value="good")
        self._some(after)

    def _some(self, these: tuple[Callable[[], None], ...]) -> None:
        for each in these:
            if self.dice.flag():
                self.made.append(each.__name__)
                each()

    def arn(self) -> str:
        found = self.world.dynamodb.describe_table(TableName=self.table)["Table"]["TableArn"]
        return str(found)

    # Before the first update.

    def odd_name(self) -> None:
        self.table = ODD
        self.world.configure(f"tables.{TABLE}.names.original", ODD)

    def default_tags(self) -> None:
        self.world.configure("aws:defaultTags.tags.Env", "prod")

    def ignored_tags(self) -> None:
        self.world.configure("aws:ignoreTags.keys[0]", "cost-centre")

    def in_the_project(self) -> None:
        """The tables stand in Pulumi.yaml, as teams share them among stacks."""
        yaml, path = YAML(), self.world.project / "Pulumi.yaml"
        with self.world.config() as config:
            tables = config.pop("restore-demo:tables")
        project = yaml.load(path)
        project.setdefault("config", {})["restore-demo:tables"] = {"value": tables}
        yaml.dump(project, path)

    # While it serves.

    def foreign_tags(self) -> None:
        tags = [{"Key": "cost-centre", "Value": "7"}, {"Key": "map-migrated", "Value": "d-1"}]
        self.world.dynamodb.tag_resource(ResourceArn=self.arn(), Tags=tags)

    def drift(self) -> None:
        self.world.dynamodb.update_table(TableName=self.table, DeletionProtectionEnabled=True)

    def undeployed(self) -> None:
        """A key of the whole table is set in the file that holds it."""
        if "in_the_project" in self.made:
            yaml, path = YAML(), self.world.project / "Pulumi.yaml"
            project = yaml.load(path)
            table = project["config"]["restore-demo:tables"]["value"][TABLE]
            table["ttl"] = {"attributeName": "expires", "enabled": True}
            yaml.dump(project, path)
            return
        self.world.configure(f"tables.{TABLE}.ttl.attributeName", "expires")
        self.world.configure(f"tables.{TABLE}.ttl.enabled", "true")

    def alarm(self) -> None:
        self.world.client("cloudwatch").put_metric_alarm(
            AlarmName="by-hand",
            Namespace="AWS/DynamoDB",
            MetricName="ReadThrottleEvents",
            Dimensions=[{"Name": "TableName", "Value": self.table}],
            Statistic="Sum",
            Period=60,
            EvaluationPeriods=1,
            Threshold=1,
            ComparisonOperator="GreaterThanThreshold",
        )

    def other_parameter(self) -> None:
        self.world.ssm.put_parameter(Name="others", Value=self.table, Type="String")

    # What must hold.

    def run(self) -> int:
        """The run, after each printed fix again; returns how often it was blocked."""
        for blocked in range(_ROUNDS):
            since = self.world.last_call()
            done = self.world.run(sys.executable, "-m", "restore", *RUN)
            assert "Traceback" not in done.said, done.said
            if done.code == 0:
                self.serves()
                return blocked
            assert done.code == 3, f"{self.made}: {done.said}"
            called = [call["action"] for call in self.world.calls(since)]
            begun = [each for each in called if each.startswith("RestoreTable")]
            assert begun == [], f"{self.made}: blocked after the restore: {done.said}"
            self.fix()
        raise AssertionError(f"{self.made}: still blocked after {_ROUNDS} fixes")

    def fix(self) -> None:
        """Types the first way of each printed fix."""
        found: list[dict[str, Any]] = self.world.asked("plan", "--to", "latest", code=3)["findings"]
        fixes = {each["mend"].split(", which")[0] for each in found if each["level"] == "blocked"}
        for fix in fixes:
            command = shlex.split(fix)
            assert command[0] == "pulumi", fix
            more = ["--yes", "--skip-preview"] if command[1] == "up" else []
            done = self.world.run(*command, *more)
            assert done.code == 0, f"{self.made}: {fix}: {done.said}"

    def serves(self) -> None:
        """Clients read the restored table, with what was good; the old one is still there."""
        parameter = self.world.ssm.get_parameter(Name=PARAMETER)["Parameter"]["Value"]
        assert parameter == f"{TABLE}-restored-table", self.made
        assert parameter in self.world.granted()[0], self.made
        assert self.world.items(parameter)["kept"]["value"] == "good", self.made
        assert self.table in self.world.tables(), self.made


def tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--seed", type=int)
    chosen = parser.parse_args()
    seeds = range(chosen.seeds) if chosen.seed is None else (chosen.seed,)
    with tempfile.TemporaryDirectory(prefix="messy-") as folder:
        sandbox = Sandbox(Path(folder) / "home")
        sandbox.start(restore_seconds=0.5)
        with sandbox:
            world = World(sandbox, Path(folder))
            for seed in seeds:
                began = time.monotonic()
                mess = Mess(world, Dice(seed))
                mess.make()
                blocked = mess.run()
                seconds = time.monotonic() - began
                tell(f"SEED={seed} {seconds:4.0f} s, blocked {blocked}: {', '.join(mess.made)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
