"""Between which two tables a plan compares, wherever the table stands, and what is ahead."""

import pytest

from restore.decide.preflight import preflight
from restore.model.facts import Backup, TableFacts
from restore.model.steps import Step
from restore.model.when import LATEST, When
from restore.plan.outline import planned
from tests.support.configs.positions import TO_DROPPED, TO_PREPARED, TO_SWITCHED
from tests.support.memory.facts import NOW, POINT, arn, facts, name, restored, restoring
from tests.support.memory.stack_facts import observed

ALL = (
    Step.WAIT,
    Step.ADOPT,
    Step.PREPARE,
    Step.VERIFY,
    Step.SWITCH,
    Step.DRAIN,
    Step.DROP,
)


def lost(*more: object) -> TableFacts:
    backup = Backup("arn:backup", arn("original"), POINT)
    return facts("serving", *more, gone=("original",), backup=backup)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("there", "when", "between", "steps"),
    [
        pytest.param(facts("serving"), LATEST, ("original", "restored"), ALL, id="serving"),
        pytest.param(
            facts("serving", restoring()), LATEST, ("original", "restored"), ALL, id="restoring"
        ),
        pytest.param(
            facts("serving", restored()), LATEST, ("original", "restored"), ALL[1:], id="restored"
        ),
        pytest.param(facts(TO_PREPARED), LATEST, ("original", "restored"), ALL[3:], id="prepared"),
        pytest.param(facts(TO_SWITCHED), LATEST, ("original", "restored"), ALL[5:], id="switched"),
        pytest.param(facts(TO_DROPPED), When(at=POINT), None, (), id="dropped"),
        pytest.param(lost(), LATEST, ("original", "restored"), (ALL[0], ALL[4]), id="lost"),
        pytest.param(
            lost(restored(backup="arn:backup")),
            LATEST,
            ("original", "restored"),
            (ALL[4],),
            id="lost-and-restored",
        ),
    ],
)
def test_a_plan_knows_both_tables_and_the_steps_that_are_left(
    there: TableFacts, when: When, between: tuple[str, str] | None, steps: tuple[Step, ...]
) -> None:
    (restore,) = preflight(observed(there), when, NOW, None)

    plan = planned(there, restore, None)

    assert plan.steps == steps
    if between is None:
        assert plan.sides is None
    else:
        assert plan.sides
        assert [(side.name, side.arn) for side in plan.sides] == [
            (name(label), arn(label)) for label in between
        ]
