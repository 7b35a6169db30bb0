"""A run that freezes before it restores: which tables, and when it freezes none."""

import json

import pytest

from restore.decide.freeze import to_freeze
from restore.model.errors import RestoreError, UsageError
from restore.model.facts import TableFacts
from restore.model.when import LATEST
from restore.verbs.freeze import freeze_before
from restore.verbs.run import run
from tests.support.configs.positions import TO_DROPPED, TO_PREPARED, TO_SWITCHED, O, R
from tests.support.memory.account_and_stack import world
from tests.support.memory.facts import facts, name, original, restored, restoring


@pytest.mark.parametrize(
    ("there", "starting", "tables"),
    [
        pytest.param(facts("serving"), ["restore-demo"], ["restore-demo"], id="to-be-restored"),
        pytest.param(facts("serving", restoring()), [], ["restore-demo"], id="being-restored"),
        pytest.param(facts("serving", restored()), [], ["restore-demo"], id="restored"),
        pytest.param(facts("serving adopted"), [], ["restore-demo"], id="adopted"),
        pytest.param(facts(TO_PREPARED), [], ["restore-demo"], id="prepared"),
        pytest.param(facts(TO_SWITCHED), [], [], id="switched"),
        pytest.param(facts(TO_DROPPED), [], [], id="dropped"),
        pytest.param(facts(TO_DROPPED), ["restore-demo"], ["restore-demo"], id="next-incident"),
        pytest.param(facts("serving", gone=(O,)), ["restore-demo"], [], id="lost"),
    ],
)
def test_a_run_freezes_only_what_is_restored_from(
    there: TableFacts, starting: list[str], tables: list[str]
) -> None:
    """Run again after the switch it would deny writes to the table that clients now use."""
    assert to_freeze([there], starting, None) == tables


FREEZE = "update restore-demo as far as end"


def test_a_run_with_a_freeze_restores_drops_and_leaves_nothing_frozen() -> None:
    there = world()

    freeze_before(there.session(sure=True), LATEST)
    assert there.past.frozen == {O}
    run(there.session(sure=True), LATEST, 0, lambda *_: None)

    assert there.effects.index(FREEZE) < there.effects.index(
        f"restore {name(O)} to 14:55:00 into {name(R)}"
    )
    assert there.past.history == (O, R)
    assert there.past.frozen == frozenset()


def test_a_run_that_is_past_the_switch_freezes_nothing() -> None:
    there = world(TO_SWITCHED)

    freeze_before(there.session(sure=True), LATEST)

    assert there.effects == []


def test_where_no_restore_can_be_started_nothing_is_frozen_for_it() -> None:
    """A freeze without a restore is an outage for nothing."""
    there = world()
    there.aws.tables[name(O)] = original(window=None)

    with pytest.raises(RestoreError, match="Point-in-time recovery is off"):
        freeze_before(there.session(sure=True), LATEST)

    assert there.effects == []


def test_where_a_hook_of_the_run_cannot_be_run_nothing_is_frozen_for_it() -> None:
    there = world()
    hooks = [{"after": "drop", "run": ["./not-there"]}]
    there.stack.texts["runbook"] = json.dumps({"hooks": hooks})

    with pytest.raises(UsageError, match="after drop"):
        freeze_before(there.session(sure=True), LATEST)

    assert there.effects == []


def test_anyone_who_freezes_and_takes_the_latest_point_is_told_what_lies_between(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A freeze looks as if nothing more could get lost."""
    freeze_before(world().session(dry_run=True), LATEST)

    assert "The latest restore point lies behind the freeze" in capsys.readouterr().err
