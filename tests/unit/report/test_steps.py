"""What follows on the step that is being done."""

import pytest

from restore.model.facts import TableFacts
from restore.model.steps import Step
from restore.report.steps import then
from tests.support.configs.positions import TO_PREPARED, TO_SWITCHED
from tests.support.memory.facts import facts, restored, restoring

LOST = facts("serving", gone=("original",))
FOUND = facts("serving", restored(), gone=("original",))
ALL = "adopt, prepare, verify, switch, drain, drop"


@pytest.mark.parametrize(
    ("table", "step", "says"),
    [
        (facts("serving"), "start", f"wait for the restore, {ALL}"),
        (facts("serving", restoring()), "wait", ALL),
        (facts("serving", restored()), "adopt", "prepare, verify, switch, drain, drop"),
        (facts("serving adopted"), "prepare", "verify, switch, drain, drop"),
        (facts(TO_PREPARED), "verify", "switch, drain, drop"),
        (facts(TO_PREPARED), "switch", "drain, drop"),
        (facts(TO_SWITCHED), "drain", "drop"),
        (facts(TO_SWITCHED), "drop", "nothing"),
        (LOST, "start", "wait for the restore, switch"),
        (FOUND, "switch", "nothing"),
    ],
)  # fmt: skip
def test_a_run_says_all_that_it_will_do_by_itself(table: TableFacts, step: str, says: str) -> None:
    assert then("run", Step(step), [table], None) == says


@pytest.mark.parametrize(
    ("table", "verb", "says"),
    [
        (facts("serving"), "start", "python -m restore wait"),
        (facts("serving", restoring()), "wait", "python -m restore adopt"),
        (FOUND, "wait", "python -m restore switch"),
        (facts("serving", restored()), "adopt", "python -m restore prepare"),
        (facts("serving adopted"), "prepare", "python -m restore verify"),
        (facts(TO_PREPARED), "switch", "python -m restore drop"),
        (facts(TO_SWITCHED), "drop", "nothing"),
        (facts(TO_SWITCHED), "rollback", "python -m restore status"),
    ],
)
def test_a_verb_says_the_command_that_follows(table: TableFacts, verb: str, says: str) -> None:
    assert then(verb, Step(verb), [table], None) == says


def test_a_step_that_is_behind_already_has_everything_left_before_it() -> None:
    """`adopt` of a table that is prepared does nothing."""
    assert then("run", Step.ADOPT, [facts(TO_PREPARED)], None) == "verify, switch, drain, drop"


def test_the_table_that_has_most_before_it_says_what_follows() -> None:
    tables = [facts(TO_SWITCHED), facts("serving", restored()), facts(TO_PREPARED)]
    assert then("run", Step.ADOPT, tables, None) == "prepare, verify, switch, drain, drop"


def test_before_anything_is_observed_nothing_follows() -> None:
    assert then("run", Step.START, [], None) == "nothing"
