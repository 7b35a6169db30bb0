"""What random walks ran into, each in as few steps as it takes (test_walk.py walks on)."""

import json
from dataclasses import replace

import pytest

from restore.model.errors import BlockedError
from restore.model.steps import Step
from restore.model.when import LATEST
from restore.perform.transition import update
from restore.verbs.run import run
from restore.verbs.start import start
from restore.verbs.status import status
from tests.support.configs.documents import TABLE, walk_through
from tests.support.configs.positions import TO_DROPPED, TO_PREPARED, TO_ROLLED_BACK, TO_SWITCHED
from tests.support.memory.account_and_stack import Killed, World, world
from tests.support.memory.facts import TO_SWITCHED_2, arn, name, original, restored
from tests.support.memory.faults import by_hand


def next_step(there: World) -> str:
    return str(status(there.session())["tables"][TABLE]["next"])


def test_a_prepared_label_that_is_gone_does_not_hide_the_restore_that_replaces_it() -> None:
    """Both tables were deleted: the runbook restored, and then said that there was no restore."""
    there = world(TO_PREPARED, gone=("original", "restored"))

    run(there.session(), LATEST, 0, lambda *_: None)

    assert there.past.pointed == name("restored-2")
    assert there.past.covered == {name("restored-2")}


def test_a_restore_behind_a_row_of_cleaned_labels_is_seen() -> None:
    """Years later: the fourth restore, and the first three were cleaned away."""
    there = world(TO_SWITCHED_2, gone=("original", "restored", "restored-2"))
    backup = there.aws.backup
    assert backup
    there.stack.past[TABLE] = replace(
        there.past,
        physical={"restored-3": name("restored-3")},
        pointed=name("restored-3"),
        history=("original", "restored-3"),
    )
    there.aws.backup = replace(backup, source_arn=arn("restored-3"))
    there.aws.parameters["restore-demo-table-name"] = name("restored-3")
    start(there.session(sure=True), LATEST)

    start(there.session(sure=True), LATEST)

    assert there.effects == [f"restore arn:backup into {name('restored-4')}"]


def test_a_label_that_nobody_would_look_for_is_refused() -> None:
    """`--as restored-20` would be restored and never be found again."""
    there = world()

    with pytest.raises(BlockedError, match="nobody would look for it"):
        start(there.session(label="restored-20"), LATEST)

    assert there.effects == []


def test_a_short_way_by_hand_killed_before_the_flip_is_finished_by_the_runbook() -> None:
    """The policy names the new table alone, the parameter still the old one: clients are denied."""
    there = world("serving", restored())
    there.aws.effects.left = 2
    with pytest.raises(Killed):
        by_hand(there.stack, walk_through(activeTable="restored"))
    there.aws.effects.left = None
    assert name("original") not in there.past.covered
    assert next_step(there) == "python -m restore switch"

    update(there.session(sure=True), Step.SWITCH)

    assert there.past.pointed == name("restored")
    assert there.past.covered == {name("original"), name("restored")}


def test_a_grant_that_names_a_table_that_is_gone_stops_no_adoption() -> None:
    """Someone deleted the standby table and refreshed; the policy still names it."""
    there = world(TO_ROLLED_BACK, restored("restored-2"), gone=("restored",))
    there.stack.past[TABLE] = replace(there.past, physical={"original": name("original")})

    update(there.session(sure=True), Step.ADOPT)

    assert set(there.past.physical) == {"original", "restored-2"}
    assert there.past.covered == {name("original")}


def test_a_new_restore_can_be_prepared_after_a_drop_that_was_killed() -> None:
    """The half-dropped label was declared with base settings only, which the program refuses."""
    there = world(TO_ROLLED_BACK, restored("restored-3"))
    there.aws.effects.left = 3
    with pytest.raises(Killed):
        update(there.session(sure=True), Step.DROP)
    there.aws.effects.left = None
    assert set(there.past.physical) == {"original", "restored"}
    assert there.past.covered == {name("original")}

    update(there.session(sure=True, label="restored-3"), Step.PREPARE)

    assert there.past.covered == {name("original"), name("restored"), name("restored-3")}


def test_status_does_not_send_to_an_adoption_that_would_do_nothing() -> None:
    """A table that left the stack with all its settings is imported by prepare."""
    there = world("serving", restored(window=original().window))

    assert next_step(there) == "python -m restore prepare"

    update(there.session(sure=True), Step.PREPARE)
    assert next_step(there) == "python -m restore switch"


def test_status_offers_no_way_back_to_a_table_that_is_gone() -> None:
    assert next_step(world(TO_SWITCHED, gone=("original",))) == "python -m restore drop"


def test_a_rollback_from_a_table_that_is_gone_is_done_as_the_refusal_says() -> None:
    """It ended as `restored does not exist`.

    Every update of the runbook imports what it declares, and the program wants the label that is
    left to stay declared.
    """
    there = world(TO_SWITCHED, gone=("restored",))
    assert next_step(there).endswith("or rollback")

    with pytest.raises(BlockedError) as blocked:
        update(there.session(sure=True), Step.ROLLBACK)

    assert blocked.value.fix == (
        "pulumi config set activeTable original;"
        " pulumi config set --path 'standbyTables[0]' restored;"
        " pulumi config set rollbackFrom restored;"
        " pulumi up --yes --skip-preview; python -m restore drop"
    )
    keys = {"activeTable": "original", "rollbackFrom": "restored"}
    standby = json.dumps(["restored"])
    assert by_hand(there.stack, {**walk_through(), **keys, "standbyTables": standby})
    update(there.session(sure=True), Step.DROP)
    assert there.past.pointed == name("original")
    assert set(there.past.physical) == {"original"}


def test_a_rollback_from_a_table_that_the_stack_forgot_says_what_is_left_to_do() -> None:
    there = world(TO_SWITCHED, gone=("restored",))
    there.stack.past[TABLE] = replace(there.past, physical={"original": name("original")})
    assert next_step(there) == "python -m restore run --to latest"

    with pytest.raises(BlockedError, match="there is no way back to original"):
        update(there.session(sure=True), Step.ROLLBACK)


def test_a_dropped_table_that_is_back_in_aws_only_is_no_reason_to_stop() -> None:
    assert next_step(world(TO_DROPPED, original())).startswith("nothing; to go back")
