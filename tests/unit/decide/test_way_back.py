"""How to go back, from every phase: the command is one that `rollback` would carry out."""

import pytest

from restore.decide.transition import next_move
from restore.decide.way_back import way_back
from restore.model.errors import BlockedError
from restore.model.facts import TableFacts
from restore.model.phase import Phase, locate
from restore.model.steps import Step
from tests.support.configs.positions import TO_DROPPED, TO_PREPARED, TO_ROLLED_BACK, TO_SWITCHED
from tests.support.memory.facts import TO_BESIDE, facts, name, original, restored, restoring

NOTHING_MOVED = "no way back needed: nothing has moved"
ROLLBACK = "python -m restore rollback"
LEAVE = "let restored leave the stack, kept in AWS"

TABLE = [
    pytest.param(facts("", row="serving"), Phase.UNDEPLOYED, NOTHING_MOVED, id="undeployed"),
    pytest.param(facts("serving"), Phase.SERVING, NOTHING_MOVED, id="serving"),
    pytest.param(
        facts("serving frozen"),
        Phase.SERVING,
        "python -m restore thaw (nothing has moved, but writes are denied)",
        id="serving-frozen",
    ),
    pytest.param(facts("serving", restoring()), Phase.RESTORING, NOTHING_MOVED, id="restoring"),
    pytest.param(facts("serving", restored()), Phase.RESTORED, NOTHING_MOVED, id="restored"),
    pytest.param(facts("serving adopted"), Phase.ADOPTED, f"{ROLLBACK} ({LEAVE})", id="adopted"),
    pytest.param(facts(TO_PREPARED), Phase.PREPARED, f"{ROLLBACK} ({LEAVE})", id="prepared"),
    pytest.param(
        facts(TO_SWITCHED),
        Phase.SWITCHED,
        f"{ROLLBACK} (point clients from restored back to original)",
        id="switched",
    ),
    pytest.param(
        facts(TO_ROLLED_BACK),
        Phase.ROLLED_BACK,
        "no way back needed: clients are on original",
        id="rolled-back",
    ),
    pytest.param(
        facts(TO_DROPPED, original()),
        Phase.DROPPED,
        f"{ROLLBACK} (in two updates: take original into the stack again, and let clients read it)",
        id="dropped",
    ),
    pytest.param(
        facts("serving", gone=("original",)),
        Phase.LOST,
        "none: original is gone, and no table was active before it",
        id="lost",
    ),
]


@pytest.mark.parametrize(("table", "phase", "says"), TABLE)
def test_each_phase_has_its_way_back(table: TableFacts, phase: Phase, says: str) -> None:
    """Anyone who sees things go wrong has no time to look for it."""
    position = locate(table)

    assert position.phase is phase
    assert way_back(table, position) == says


def test_no_phase_is_left_out() -> None:
    assert {each.values[1] for each in TABLE} == {*Phase}


OFFERED = [each.values[::2] for each in TABLE if str(each.values[2]).startswith(ROLLBACK)]


@pytest.mark.parametrize(("table", "says"), OFFERED)
def test_a_rollback_does_what_the_way_back_says(table: TableFacts, says: str) -> None:
    """A way back that is then refused is worse than none."""
    move = next_move(Step.ROLLBACK, table)

    assert move.says in says


@pytest.mark.parametrize(
    ("table", "why"),
    [
        pytest.param(facts(TO_DROPPED), "no longer exists", id="the-old-table-is-gone"),
        pytest.param(facts(TO_PREPARED, pointer="else"), "holds 'else'", id="edited-parameter"),
    ],
)
def test_where_a_rollback_would_be_refused_its_reason_is_the_line(
    table: TableFacts, why: str
) -> None:
    with pytest.raises(BlockedError, match=why) as refused:
        next_move(Step.ROLLBACK, table)

    error = refused.value
    said = f"not as it stands: {error.wrong} fix: {error.fix}"
    assert way_back(table, locate(table)) == said


def test_where_the_active_table_is_gone_the_way_is_by_hand() -> None:
    """The runbook's updates begin with AWS as it is: they cannot go back from a table that is not.

    A person gets the commands of plain Pulumi.
    """
    table = facts(TO_SWITCHED, gone=("restored",))

    said = way_back(table, locate(table))

    assert said.startswith(f"not as it stands: restored ({name('restored')}), which clients use")
    assert said.endswith("pulumi up --yes --skip-preview; python -m restore drop")


def test_another_label_than_the_usual_one_is_named() -> None:
    """Without `--as`, `rollback` would take the newer restore out of the stack."""
    table = facts(TO_BESIDE)
    position = locate(table, "restored")

    assert way_back(table, position) == f"{ROLLBACK} --as restored ({LEAVE})"
    assert next_move(Step.ROLLBACK, table, "restored").says == LEAVE
    assert way_back(table, locate(table, "restored-2")).startswith(f"{ROLLBACK} (let restored-2")
