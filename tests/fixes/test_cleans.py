"""`clean`, the one verb that deletes: its fixes lead to no table that was not meant."""

from collections.abc import Callable

from tests.fixes.kept import kept
from tests.fixes.sites import printed
from tests.fixes.typed import typed
from tests.support.engine.world import ORIGINAL, RESTORED, World

At = Callable[[str], World]
ITS = ("clean", "original", "--confirm", ORIGINAL)


def test_a_wrong_name_is_answered_with_the_names_and_not_with_the_command(at: At) -> None:
    """Who typed the wrong label would have deleted its table by the printed line."""
    world = at("dropped")
    with kept(world):
        said = world.restore("clean", "original", "--confirm", RESTORED, code=2).said
        fix = printed(said, "restore/verbs/clean.py:_refuse_wrong_name")
        assert "clean " not in fix
        assert ORIGINAL in typed(world, fix.partition(" shows")[0]).said
    world.restore(*ITS)
    assert world.tables() == {RESTORED}


def test_a_table_of_the_stack_leaves_it_first(at: At) -> None:
    """After the switch by `drop`; clients stay where they are."""
    world = at("switched")
    with kept(world):
        fix = printed(world.restore(*ITS, code=3).said, "restore/verbs/clean.py:_refuse_in_use")
        typed(world, f"{fix} --yes")
    world.restore(*ITS)
    assert world.tables() == {RESTORED}
    assert world.pointer()[0] == RESTORED


def test_a_restore_that_was_prepared_leaves_the_stack_by_a_rollback(at: At) -> None:
    world = at("prepared")
    its = ("clean", "restored", "--confirm", RESTORED)
    with kept(world):
        typed(
            world,
            printed(world.restore(*its, code=3).said, "restore/verbs/clean.py:_refuse_in_use"),
        )
        assert world.pointer() == (ORIGINAL, 1)
    world.restore(*its)
    assert world.tables() == {ORIGINAL}


def test_what_clients_use_is_never_cleaned_whatever_is_typed(at: At) -> None:
    """Of two tables one is named; and the one that serves stays."""
    world = at("serving")
    with world.config() as config:
        tables = config["restore-demo:tables"]
        tables["orders"] = {**tables["restore-demo"]}
    world.up()
    with kept(world):
        option = printed(world.restore(*ITS, code=2).said, "restore/verbs/clean.py:_the_one_table")
        its = (*ITS, *option.replace("NAME", "restore-demo").split())
        fix = printed(world.restore(*its, code=3).said, "restore/verbs/clean.py:_refuse_in_use")
        assert "serving" in typed(world, fix).said
        world.restore(*its, code=3)
