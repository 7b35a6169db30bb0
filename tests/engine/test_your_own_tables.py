"""The page's commands hand a table over from a stack that holds it: nothing is written to it."""

import re
import sys
from pathlib import Path

from tests.support.engine.identity import identity
from tests.support.engine.world import ORIGINAL, World
from tests.support.pages.page import OWN_TABLES

PROGRAM = """
import pulumi, pulumi_aws as aws

class Shop(pulumi.ComponentResource):
    def __init__(self):
        super().__init__("shop:index:Data", "shop")
        aws.dynamodb.Table(
            "orders",
            name="{name}",
            hash_key="id",
            attributes=[{{"name": "id", "type": "S"}}],
            billing_mode="PAY_PER_REQUEST",
            server_side_encryption={{"enabled": True}},
            point_in_time_recovery={{"enabled": True}},
            opts=pulumi.ResourceOptions(parent=self, {options}),
        )

Shop()
"""
PROJECT = """
name: shop
runtime:
  name: python
  options:
    toolchain: pip
    virtualenv: .venv
"""


def commands(mark: str) -> str:
    """The commands below a mark of the page, as they stand."""
    page = OWN_TABLES.read_text()
    (block,) = re.findall(rf"^<!-- {mark} -->\n```sh\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    return str(block)


def typed(world: World, block: str) -> str:
    """Types them; where a person would be asked, the answer is yes."""
    block = block.replace("pulumi up", "pulumi up --yes --skip-preview")
    done = world.run("bash", "-ec", block)
    assert done.code == 0, done.said
    return done.out


def old_stack(world: World, options: str) -> Path:
    """A stack of another project that holds the table below a component."""
    folder = world.project / "old"
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text(PROJECT)
    (folder / ".venv").symlink_to(Path(sys.prefix))
    program(folder, options)
    world.pulumi("-C", str(folder), "stack", "init", "prod")
    deploy(world, folder)
    return folder


def program(folder: Path, options: str) -> None:
    (folder / "__main__.py").write_text(PROGRAM.format(name=ORIGINAL, options=options))


def deploy(world: World, folder: Path, *, fails: bool = False) -> str:
    return world.pulumi("-C", str(folder), "up", "--yes", "--skip-preview", fails=fails).said


def table_writes(world: World, since: int) -> list[str]:
    """What was written to DynamoDB; the rest is the new parameter and policy."""
    known = {"PutParameter", "CreatePolicy", "AddTagsToResource"}
    return [each for each in world.writes(since) if each not in known]


def test_a_table_is_handed_over_by_moving_the_state(world: World) -> None:
    """Done to the letter of the page before, the old program deleted the live table."""
    folder = old_stack(world, "protect=True")
    world.put(ORIGINAL, id="kept", value="good")
    known, since = identity(world), world.last_call()

    typed(world, commands("move"))

    assert table_writes(world, since) == []
    assert identity(world) == known
    held = world.state()["Table restore-demo.original"]
    assert held["retainOnDelete"] is True
    assert not held.get("protect", False)
    world.no_drift()
    # The old program too early: the safe way to fail.
    assert "already exists" in deploy(world, folder, fails=True).lower()
    assert identity(world) == known
    assert world.items(ORIGINAL) == {"kept": {"id": "kept", "value": "good"}}


def test_a_table_is_handed_over_by_adoption_once_its_state_says_retain(world: World) -> None:
    folder = old_stack(world, "retain_on_delete=True")
    known, since = identity(world), world.last_call()
    assert "retainOnDelete" in typed(world, commands("flag"))

    world.place(adoptTables=["original"])
    world.up()
    (folder / "__main__.py").write_text("")
    assert "[retain]" in deploy(world, folder)

    assert table_writes(world, since) == []
    assert identity(world) == known
    world.no_drift()
