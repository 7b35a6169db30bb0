"""`freeze` and `thaw`: which update they are, when they are none, and who is asked."""

import pytest

from restore.decide.placement import Placement
from restore.decide.transition import next_move
from restore.decide.update import Nothing, Update
from restore.model.errors import BlockedError
from restore.model.steps import Step
from restore.perform.transition import update
from tests.support.configs.positions import R2, TO_SWITCHED, O, R
from tests.support.memory.account_and_stack import world
from tests.support.memory.facts import facts, name
from tests.support.memory.frozen_tables import PREPARED, SWITCHED, its_policy
from tests.support.memory.permit_lines import FLIP, GRANT, leave, permits_of
from tests.support.memory.questions import Asked


@pytest.mark.parametrize(
    ("row", "way", "chosen", "wanted", "permits", "says"),
    [
        pytest.param(
            Step.FREEZE,
            "serving",
            None,
            Placement(O, frozen=(O,)),
            [its_policy(O)],
            f"deny writes to original ({name(O)})",
            id="freeze",
        ),
        pytest.param(
            Step.FREEZE,
            TO_SWITCHED,
            None,
            Placement(R, (O,), frozen=(R,)),
            [its_policy(R)],
            f"deny writes to restored ({name(R)})",
            id="freeze-the-one-that-is-active-now",
        ),
        pytest.param(
            Step.FREEZE,
            PREPARED,
            R,
            Placement(O, (R,), frozen=(O, R)),
            [its_policy(R)],
            f"deny writes to restored ({name(R)})",
            id="freeze-another-one-beside",
        ),
        pytest.param(
            Step.THAW,
            SWITCHED,
            None,
            Placement(R, (O,)),
            [its_policy(O)],
            "allow writes to original again",
            id="thaw",
        ),
        pytest.param(
            Step.THAW,
            PREPARED,
            O,
            Placement(O, (R,)),
            [its_policy(O)],
            "allow writes to original again",
            id="thaw-by-name",
        ),
        pytest.param(
            Step.DROP,
            SWITCHED,
            None,
            Placement(R),
            [leave(O), f"delete ResourcePolicy restore-demo.{O}.policy (any)", GRANT],
            "let original leave the stack, kept in AWS",
            id="drop-takes-the-policy-with-it",
        ),
        pytest.param(
            Step.SWITCH,
            PREPARED,
            None,
            Placement(R, (O,), frozen=(O,)),
            [FLIP],
            "point clients from original to restored",
            id="switch-leaves-the-old-one-frozen",
        ),
    ],
)
def test_each_is_one_update_of_one_policy(  # noqa: PLR0913 - the columns of the table
    *, row: Step, way: str, chosen: str | None, wanted: Placement, permits: list[str], says: str
) -> None:
    """Where the other rows go on under a freeze, they are what they are without one."""
    move = next_move(row, facts(way), chosen)

    assert isinstance(move, Update)
    assert move.wanted == wanted
    assert permits_of(move) == permits
    assert move.says == says
    assert not move.more


@pytest.mark.parametrize(
    ("row", "way", "chosen", "says"),
    [
        (Step.FREEZE, "serving frozen", None, f"Writes to {name(O)} are denied already."),
        (Step.THAW, "serving", None, "Writes to any table of restore-demo are not denied."),
        (Step.THAW, PREPARED, R, "Writes to restored of restore-demo are not denied."),
    ],
)
def test_what_is_so_already_is_nothing_to_do(
    row: Step, way: str, chosen: str | None, says: str
) -> None:
    assert next_move(row, facts(way), chosen) == Nothing(says)


@pytest.mark.parametrize(
    ("way", "chosen", "gone", "wrong"),
    [
        pytest.param("serving", None, (O,), "does not exist", id="lost"),
        pytest.param("serving", R2, (), "does not exist", id="never-there"),
        pytest.param("serving adopted", R, (), "is not in the stack with all", id="only-adopted"),
    ],
)
def test_what_carries_no_policy_of_the_stack_cannot_be_frozen(
    way: str, chosen: str | None, gone: tuple[str, ...], wrong: str
) -> None:
    with pytest.raises(BlockedError, match=wrong):
        next_move(Step.FREEZE, facts(way, gone=gone), chosen)


@pytest.mark.parametrize(
    ("row", "way", "questions"), [(Step.FREEZE, "serving", 1), (Step.THAW, "frozen", 0)]
)
def test_anyone_who_takes_writes_away_is_asked(row: Step, way: str, questions: int) -> None:
    there, report = world(way), Asked(answer=True)

    update(there.session(report=report), row)

    assert report.questions == questions
    assert there.past.frozen == ({O} if row is Step.FREEZE else set())
