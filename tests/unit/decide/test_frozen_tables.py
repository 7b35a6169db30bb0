"""A table that is frozen: what the other rows do with it, and what is said of it."""

import json
from dataclasses import replace

import pytest

from restore.decide.next import next_step
from restore.decide.placement import Placement
from restore.decide.rollback import rollback
from restore.decide.transition import next_move
from restore.decide.update import Nothing, Update
from restore.model.errors import BlockedError
from restore.model.phase import locate
from restore.model.steps import Step
from restore.perform.transition import update
from restore.plan.losses.mention import Side
from restore.plan.outline import Planned
from restore.plan.permissions import needs
from restore.settings.access import resource_policy
from restore.settings.answers import Answers
from restore.table.config.freeze import frozen
from restore.verbs.status import status
from tests.support.configs.positions import TO_PREPARED, TO_ROLLED_BACK, O, R
from tests.support.memory.account_and_stack import world
from tests.support.memory.facts import arn, facts, name
from tests.support.memory.frozen_tables import PREPARED, SWITCHED, its_policy
from tests.support.memory.permit_lines import FLIP, configure, permits_of


@pytest.mark.parametrize(
    ("row", "way", "back"),
    [
        pytest.param(Step.ROLLBACK, SWITCHED, O, id="back"),
        pytest.param(Step.SWITCH, f"{TO_ROLLED_BACK}", R, id="forward-again"),
    ],
)
def test_no_client_is_moved_to_a_table_that_it_could_not_write_to(
    row: Step, way: str, back: str
) -> None:
    """First the thaw, in an update of its own, so that the flip changes one resource as ever."""
    there = facts(way)
    if back == R:
        there = replace(there, past=replace(there.past, frozen=frozenset({R})))

    first = next_move(row, there)
    second = next_move(row, replace(there, past=replace(there.past, frozen=frozenset())))

    assert isinstance(first, Update)
    assert isinstance(second, Update)
    assert (permits_of(first), first.wanted.frozen) == ([its_policy(back)], ())
    assert first.wanted.active == there.active
    assert first.says == f"allow writes to {back} again, before clients use it"
    assert (first.more, second.more) == (True, False)
    assert permits_of(second) == [FLIP]


def test_a_frozen_standby_that_takes_over_from_a_lost_table_is_thawed_with_it() -> None:
    """There is one update only, since nothing can be proven beside a table that is gone."""
    there = facts(TO_PREPARED, gone=(O,))
    there = replace(there, past=replace(there.past, frozen=frozenset({R})))

    move = next_move(Step.SWITCH, there)

    assert isinstance(move, Update)
    assert move.wanted == Placement(R)
    assert its_policy(R) in permits_of(move)
    assert configure(R) in permits_of(move)


def test_giving_a_restore_up_leaves_the_freeze_to_a_person() -> None:
    """Anyone who froze the table may be about to start another restore of it."""
    there = facts(PREPARED)

    move = rollback(there, locate(there))

    assert isinstance(move, Update)
    assert move.wanted == Placement(O, frozen=(O,))


def test_giving_up_a_restored_table_that_is_frozen_takes_the_freeze_with_it() -> None:
    """A label that leaves the stack can be frozen no more: the config would be refused."""
    there = facts(PREPARED)
    there = replace(there, past=replace(there.past, frozen=frozenset({O, R})))

    move = next_move(Step.ROLLBACK, there)

    assert isinstance(move, Update)
    assert move.wanted == Placement(O, frozen=(O,))


def test_no_client_goes_back_by_hand_to_a_table_that_is_frozen() -> None:
    there = facts(SWITCHED, gone=(R,))

    with pytest.raises(BlockedError) as refused:
        next_move(Step.ROLLBACK, there)

    assert refused.value.fix.startswith("pulumi config rm frozenTables; pulumi config set")


def test_a_rollback_from_a_frozen_table_is_two_updates_in_one_verb() -> None:
    there = world(SWITCHED)

    update(there.session(sure=True), Step.ROLLBACK)

    assert there.effects.count("write the config") == 2
    assert there.past.history == (O, R, O)
    assert there.past.frozen == frozenset()


def test_a_table_that_is_frozen_for_no_restore_is_to_be_thawed() -> None:
    """`nothing` would leave every write denied until someone complains."""
    there = facts("serving frozen")

    assert next_step(there, locate(there)) == "python -m restore thaw"


def test_status_says_which_tables_nobody_may_write_to(capsys: pytest.CaptureFixture[str]) -> None:
    there = world(PREPARED)

    told = status(there.session())

    labels = told["tables"]["restore-demo"]["facts"]["labels"]
    assert {label: each["writesDenied"] for label, each in labels.items()} == {O: True, R: False}
    assert "ACTIVE, writes denied" in capsys.readouterr().err


def test_a_freeze_is_no_setting_of_the_source() -> None:
    """`verify` compares the restored table with it: a freeze would stop the run at the switch."""
    its = frozen(facts("serving").config.dependents).resource_policy
    assert its is not None
    text = json.dumps(its).replace("${table}", arn(O))
    answers = Answers({"TableName": name(O), "TableArn": arn(O)}, policy=text)

    assert resource_policy(answers) == {}


def test_the_operator_of_a_frozen_table_needs_to_take_its_policy_away() -> None:
    def asked(way: str) -> set[str]:
        there = facts(way)
        sides = Side(name(O), arn(O)), Side(name(R), arn(R))
        plan = Planned(there, Nothing(""), (), sides)
        return {action for need in needs([plan]) for action in need.actions}

    assert "dynamodb:DeleteResourcePolicy" in asked(PREPARED)
    assert "dynamodb:DeleteResourcePolicy" not in asked(TO_PREPARED)
