"""`wait`: as long as it takes, and no longer than it can end well."""

import pytest

from restore.model.errors import BlockedError, RestoreError
from restore.verbs.wait import wait
from tests.support.configs.positions import TO_DROPPED, TO_ROLLED_BACK, TO_SWITCHED
from tests.support.memory.account_and_stack import Clock, World, world
from tests.support.memory.facts import name, restored, restoring

Captured = pytest.CaptureFixture[str]


def waited(there: World, **chosen: object) -> None:
    wait(there.session(**chosen))


def test_a_wait_has_no_end_of_its_own(clock: Clock, capsys: Captured) -> None:
    """The provider gives up at 500 s; a restore of a large table takes hours."""
    there = world("serving", restoring())
    there.aws.looks = 10_000

    waited(there)

    assert clock.now > 4_000
    said = capsys.readouterr().err
    assert "restore-demo-restored-table: CREATING, 16 s" in said
    assert said.rstrip().endswith("restore-demo-restored-table is there.")


@pytest.mark.parametrize(
    ("there", "label"),
    [
        pytest.param(world("serving", restored()), "restored", id="over-already"),
        pytest.param(world(TO_SWITCHED), "restored", id="switched"),
        pytest.param(world(TO_DROPPED), "restored", id="dropped"),
        pytest.param(world(TO_ROLLED_BACK), "restored", id="rolled-back"),
    ],
)
def test_a_restore_that_is_over_is_not_waited_for(
    there: World, label: str, clock: Clock, capsys: Captured
) -> None:
    waited(there)

    assert clock.now == 0
    assert capsys.readouterr().err == f"{name(label)} is there.\n"


@pytest.mark.parametrize("status", ["DELETING", "ARCHIVED", "INACCESSIBLE_ENCRYPTION_CREDENTIALS"])
def test_a_restore_that_failed_is_said_with_its_status(status: str) -> None:
    there = world("serving", restored(status=status))

    with pytest.raises(RestoreError) as failed:
        waited(there)

    assert failed.value.exit_code == 1
    assert (
        failed.value.wrong
        == f"The restore into {name('restored')} ended as {status} instead of ACTIVE."
    )
    assert failed.value.fix == (
        f"python -m restore clean restored --confirm {name('restored')},"
        " then python -m restore start --to WHEN"
    )
    assert "denied" not in failed.value.untouched


def test_a_restore_that_failed_leaves_nobody_frozen_unawares() -> None:
    """`run --freeze` came no further: what it denied, the next command may never lift."""
    there = world("serving frozen", restored(status="DELETING"))

    with pytest.raises(RestoreError) as failed:
        waited(there)

    assert failed.value.untouched == (
        "The stack and the table that clients use were not touched."
        f" Writes to {name('original')} stay denied; to allow them: python -m restore thaw"
    )


def test_a_table_that_is_being_updated_is_no_failed_restore() -> None:
    there = world("serving", restored(status="UPDATING"))
    looks = 0
    whole = there.aws.table

    def table(wanted: str) -> object:
        nonlocal looks
        looks += wanted == name("restored")
        if looks == 5:
            there.aws.tables[wanted] = restored()
        return whole(wanted)

    there.aws.table = table  # type: ignore[assignment,method-assign]

    waited(there)

    assert looks == 5


@pytest.mark.parametrize(
    ("missed", "ends"), [pytest.param(20, False, id="late"), pytest.param(500, True, id="gone")]
)
def test_a_table_may_be_unknown_for_a_moment_but_not_for_long(
    *, missed: int, ends: bool, clock: Clock
) -> None:
    there = world("serving", restoring())
    facts = there.session().observe()
    there.aws.hidden = missed
    session = there.session()
    object.__setattr__(session, "observe", lambda: facts)

    if not ends:
        wait(session)
        return
    with pytest.raises(RestoreError) as failed:
        wait(session)
    assert failed.value.wrong.endswith("ended as gone instead of ACTIVE.")
    assert failed.value.fix == "python -m restore start --to WHEN"
    assert clock.now == pytest.approx(30, abs=1)


def test_a_table_that_was_seen_and_is_gone_is_waited_for_no_longer(clock: Clock) -> None:
    """Someone deleted it, or AWS gave the restore up: half a minute more brings nothing."""
    there = world("serving", restoring())
    whole = there.aws.table

    def table(wanted: str) -> object:
        return None if wanted == name("restored") and clock.now > 2 else whole(wanted)

    there.aws.looks = 10_000
    there.aws.table = table  # type: ignore[assignment,method-assign]

    with pytest.raises(RestoreError, match="ended as gone instead of ACTIVE"):
        waited(there)

    assert clock.now == pytest.approx(7, abs=1)


@pytest.mark.parametrize("there", [world(""), world(), world(gone=("original",))])
def test_there_must_be_a_restore_to_wait_for(there: World) -> None:
    with pytest.raises(BlockedError, match="No restore of restore-demo is under way"):
        waited(there)


def test_a_dry_wait_does_not_wait(clock: Clock, capsys: Captured) -> None:
    waited(world("serving", restoring()), dry_run=True)

    assert clock.now == 0
    assert capsys.readouterr().err == f"would wait for {name('restored')}\n"
