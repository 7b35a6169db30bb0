"""A verb that is given too early, or for a label or a table that does not exist."""

from collections.abc import Callable

import pytest

from tests.fixes.kept import kept
from tests.fixes.sites import printed
from tests.fixes.typed import typed
from tests.support.engine.world import ORIGINAL, RESTORED, World

At = Callable[[str], World]


def test_a_stack_that_was_never_deployed_is_deployed_first(world: World) -> None:
    """What serves already is another case, in test_teams_own."""
    adopt = printed(world.restore("adopt", code=3).said, "restore/decide/transition.py:next_move")
    start = printed(
        world.restore("start", "--to", "latest", code=3).said,
        "restore/decide/restore.py:next_restore",
    )
    assert adopt == start == "pulumi up"
    typed(world, start)
    world.restore("start", "--to", "latest", "--dry-run")


def test_each_verb_before_its_time_names_the_one_before_it(at: At) -> None:
    """From `wait` to a second label: each fix is typed, and the same command goes on."""
    world = at("serving")
    world.put(ORIGINAL, id="kept", value="good")
    with kept(world):
        start = printed(
            world.restore("adopt", code=3).said, "restore/decide/forward.py:_ready_label"
        )
        waits = printed(world.restore("wait", code=3).said, "restore/verbs/wait.py:_label")
        assert waits == start
        typed(world, start, {"WHEN": "latest"})
        world.restore("wait")
        world.restore("adopt")

        # A label that does not exist is begun under its own name, and waited for under it.
        adopt = ("adopt", "--as", "restored-2")
        start = printed(
            world.restore(*adopt, code=3).said, "restore/decide/transition.py:next_move#2"
        )
        with world.restores_taking(10):
            typed(world, start.partition(", or ")[0], {"TIME": "latest"})
            wait = printed(
                world.restore(*adopt, code=3).said, "restore/decide/forward.py:_ready_label#2"
            )
        typed(world, wait)
        world.restore(*adopt)
    assert world.in_stack() == {"original", "restored", "restored-2"}
    assert world.pointer() == (ORIGINAL, 1)


def test_a_freeze_of_a_table_without_its_settings_begins_with_prepare(at: At) -> None:
    world = at("adopted")
    with kept(world):
        said = world.restore("freeze", "--as", "restored", "--yes", code=3).said
        typed(world, printed(said, "restore/decide/freeze.py:freeze#2"))
        world.restore("freeze", "--as", "restored", "--yes")


def test_a_freeze_of_what_has_left_the_stack_leads_to_no_prepare(at: At) -> None:
    """`prepare` of it led to `start`, and that to a restore that nobody asked for."""
    world = at("dropped")
    said = world.restore("freeze", "--as", "original", "--yes", code=3).said
    fix = printed(said, "restore/decide/freeze.py:freeze#2")
    assert "rollback" in typed(world, fix).said
    world.restore("freeze", "--yes")


@pytest.mark.parametrize("way", [0, 1], ids=["switch", "rollback"])
def test_a_drop_before_the_switch_prints_both_ways_on(at: At, way: int) -> None:
    world = at("prepared")
    with kept(world):
        fix = printed(world.restore("drop", "--yes", code=3).said, "restore/decide/forward.py:drop")
        typed(world, fix.split(", or to give restored up: ")[way])
        world.restore("drop", "--yes")
    assert world.in_stack() == {("restored", "original")[way]}
    assert world.pointer()[0] == (RESTORED, ORIGINAL)[way]


def test_what_does_not_exist_is_answered_with_what_does(at: At) -> None:
    """A wrong name beside a right one must not be refused twice, nor widen what is done."""
    world = at("prepared")
    with kept(world):
        said = world.restore("switch", "--as", "resorted", "--yes", code=2).said
        fix = printed(said, "restore/cli/calls.py:_known")
        shown = typed(world, fix.partition("that ")[2].removesuffix(" shows")).said
        assert "restored" in shown

        said = world.restore("verify", "--table", "restore-dmo", code=2).said
        option = printed(said, "restore/perform/observe.py:tables_of").rpartition(": ")[2]
        world.restore("verify", *option.split())

        said = world.restore("rollback", "--as", "restored-2", "--yes", code=3).said
        fix = printed(said, "restore/decide/transition.py:next_move#3")
        assert "rollback" in typed(world, fix.partition(",")[0]).said
        world.restore("rollback", "--yes")
    assert world.pointer() == (ORIGINAL, 1)


def test_only_the_region_that_is_printed_finds_the_tables(at: At) -> None:
    """In another one every table looks deleted."""
    world = at("serving")
    elsewhere = {"AWS_REGION": "us-west-2", "AWS_DEFAULT_REGION": "us-west-2"}
    refused = world.run("python", "-m", "restore", "status", **elsewhere)
    assert refused.code == 3, refused.said
    fix = printed(refused.said, "restore/decide/elsewhere.py:refuse_elsewhere")
    again = "export AWS_REGION=us-west-2 AWS_DEFAULT_REGION=us-west-2"
    assert "serving" in typed(world, f"{again}; {fix}; python -m restore status").said
