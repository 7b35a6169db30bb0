"""Tables with Pulumi's protect flag: each step says what blocks it before it has done anything."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.support.engine.faults import At, stands
from tests.support.engine.world import ORIGINAL, RESTORED, World

EVERY_TABLE = """
import pulumi


def _protected(args):
    if args.type_ != "aws:dynamodb/table:Table":
        return None
    mine = pulumi.ResourceOptions(protect=True)
    return pulumi.ResourceTransformationResult(
        args.props, pulumi.ResourceOptions.merge(args.opts, mine)
    )


pulumi.runtime.register_stack_transformation(_protected)
"""


@contextmanager
def protecting(world: World) -> Iterator[None]:
    """The program protects every table that it declares, as some teams' programs do."""
    program = world.project / "__main__.py"
    before = program.read_text()
    program.write_text(EVERY_TABLE + before)
    try:
        yield
    finally:
        program.write_text(before)


def unprotected(world: World, label: str, *verb: str) -> None:
    """The verb is blocked by the label's flag; the printed fix is typed, and it goes on."""
    before, since = world.everything(), world.last_call()
    said = world.restore(*verb, "--yes", code=1).err
    assert f"Table restore-demo.{label} is protected, and so cannot be deleted." in said
    assert world.writes(since) == []
    assert world.everything() == before
    fix = said.partition("fix: ")[2].partition(";")[0]
    assert fix.startswith("pulumi state unprotect --yes ")
    assert world.run("sh", "-c", fix).code == 0
    world.restore(*verb, "--yes")
    assert {ORIGINAL, RESTORED} <= world.tables()


def test_a_program_that_protects_its_tables_goes_all_the_way(at: At) -> None:
    """Adopt, prepare, switch and back again are no deletion, and what leaves has to be unprotected.

    It leaves the stack and stays in AWS: its state has the retain flag.
    """
    world = at("restored")
    with protecting(world):
        world.up()
        world.restore("adopt")
        world.restore("prepare")
        world.restore("switch", "--yes")
        world.restore("rollback", "--yes")
        world.restore("switch", "--yes")
        unprotected(world, "original", "drop", "--now")
        stands(world, "dropped")
        assert world.state()["Table restore-demo.restored"]["protect"]


@pytest.mark.parametrize("phase", ["adopted", "prepared"])
def test_a_restore_that_is_given_up_is_unprotected_first(at: At, phase: str) -> None:
    """`rollback` lets the restored table leave the stack."""
    world = at(phase)
    urn = world.state()["Table restore-demo.restored"]["urn"]
    world.pulumi("state", "protect", urn, "--yes")
    unprotected(world, "restored", "rollback")
    stands(world, "restored")


def test_where_nothing_retains_the_table_no_fix_unprotects_it(at: At) -> None:
    """It would be the first half of losing it."""
    world = at("prepared")
    urn = world.state()["Table restore-demo.restored"]["urn"]
    world.pulumi("state", "protect", urn, "--yes")
    file = world.project / "state.json"
    text = world.pulumi("stack", "export").out
    file.write_text(text.replace('"retainOnDelete": true', '"retainOnDelete": false'))
    world.pulumi("stack", "import", "--file", str(file))
    file.unlink()
    refused = world.restore("rollback", "--yes", code=3).err
    assert "Not every table of this program carries retainOnDelete" in refused
    assert "unprotect" not in refused
    world.place()
    refused = world.up(fails=True).said
    assert {ORIGINAL, RESTORED} <= world.tables()
