"""`run`, from wherever things stand: to the end, past every kill, and over again."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from restore.model.errors import BlockedError, DifferencesError
from restore.model.facts import TableFacts
from restore.model.when import LATEST, When
from restore.perform.session import Session
from restore.verbs.run import run
from tests.support.configs.positions import TO_DROPPED, TO_PREPARED, TO_ROLLED_BACK, TO_SWITCHED
from tests.support.memory.account_and_stack import Clock, Killed, World, world
from tests.support.memory.facts import POINT, TO_BESIDE, name, original, restored

AT = When(at=POINT)
RESTORE = f"restore {name('original')} to 14:02:00 into {name('restored')}"
UPDATE = [
    "write the config",
    *(f"update restore-demo as far as {stop}" for stop in ("tables", "grant", "pointer", "end")),
]


def proven(_: Session, tables: Sequence[TableFacts]) -> None:
    """Every setting is as the config says: what `verify` finds is tested on its own."""
    assert tables


def moved(there: World) -> None:
    """Served from the restored table, with nothing else in the stack."""
    assert there.aws.parameters == {"restore-demo-table-name": name("restored")}
    assert there.past.history == ("original", "restored")
    assert dict(there.past.physical) == {"restored": name("restored")}
    assert there.past.covered == {name("restored")}
    assert there.aws.tables[name("restored")].configured
    assert not [each for each in there.effects if each.startswith("delete")]


def test_the_whole_run_is_one_restore_and_four_updates(clock: Clock) -> None:
    there = world()

    run(there.session(), AT, 300, proven)

    assert there.effects == [RESTORE, *UPDATE * 4]
    assert clock.now >= 300
    assert name("original") in there.aws.tables
    moved(there)


@pytest.mark.parametrize("before", range(1 + 4 * len(UPDATE)))
def test_a_run_that_is_killed_is_finished_by_the_next_one(before: int) -> None:
    """Killed before any single effect, then given again: the same end, and one restore."""
    there = world()
    there.aws.effects.left = before
    with pytest.raises(Killed):
        run(there.session(), AT, 300, proven)

    there.aws.effects.left = None
    run(there.session(), AT, 300, proven)

    moved(there)
    assert there.effects.count(RESTORE) == 1


@pytest.mark.parametrize(
    "way",
    [
        "serving adopted",
        "serving prepared",
        TO_PREPARED,
        TO_SWITCHED,
        f"{TO_PREPARED} switched!tables",
    ],
)
def test_a_run_carries_on_from_any_row(way: str) -> None:
    there = world(way)

    run(there.session(), LATEST, 0, proven)

    moved(there)
    assert RESTORE not in there.effects


def test_a_run_over_again_does_nothing() -> None:
    """`run --to TIME` is repeated by anyone who did not see its end."""
    there = world()
    run(there.session(), AT, 0, proven)
    done = list(there.effects)

    run(there.session(), AT, 0, proven)

    assert there.effects == done
    moved(there)


def test_a_run_of_a_second_restore_ends_with_it() -> None:
    """The first one, prepared and given up, is beside it all the time and must not come next."""
    there = world(TO_BESIDE)

    run(there.session(label="restored-2"), LATEST, 0, proven)
    there_again = list(there.effects)
    with pytest.raises(BlockedError, match="is itself the restore to"):
        run(there.session(label="restored-2"), LATEST, 0, proven)

    assert there.past.history == ("original", "restored-2")
    assert dict(there.past.physical) == {"restored-2": name("restored-2")}
    assert there.effects == there_again


def test_a_deleted_table_comes_back_from_its_backup_in_one_update() -> None:
    there = world(gone=("original",))

    run(there.session(), LATEST, 300, proven)

    assert there.effects == [f"restore arn:backup into {name('restored')}", *UPDATE]
    moved(there)


@pytest.mark.parametrize("before", range(1 + len(UPDATE)))
def test_a_killed_run_after_a_deletion_is_finished_by_the_next_one(before: int) -> None:
    there = world(gone=("original",))
    there.aws.effects.left = before
    with pytest.raises(Killed):
        run(there.session(), LATEST, 300, proven)

    there.aws.effects.left = None
    run(there.session(), LATEST, 300, proven)

    moved(there)


def test_a_run_after_a_rollback_is_for_a_person_to_decide() -> None:
    there = world(TO_ROLLED_BACK)

    with pytest.raises(BlockedError, match="Clients were taken back from restored"):
        run(there.session(), LATEST, 0, proven)

    assert there.effects == []


def test_a_restore_that_aws_shows_late_is_waited_for(clock: Clock) -> None:
    """DescribeTable may not know a table yet that was just created."""
    there = world()
    there.aws.hidden = 5

    run(there.session(), AT, 0, proven)

    moved(there)
    assert clock.now > 2


def test_a_drained_run_waits_before_it_drops(clock: Clock) -> None:
    """A client that cached the old name may read from it until its cache runs out."""
    there = world(TO_PREPARED)
    began = clock.now

    run(there.session(), LATEST, 120, proven)

    assert clock.now - began == pytest.approx(120, abs=2)


def test_a_run_that_is_not_told_waits_as_long_as_the_config_says(clock: Clock) -> None:
    there = world(TO_PREPARED)
    there.stack.texts["runbook"] = '{"drainSeconds": 42}'
    began = clock.now

    run(there.session(), LATEST, None, proven)

    assert clock.now - began == pytest.approx(42, abs=2)


@pytest.mark.parametrize(
    ("there", "lines"),
    [
        pytest.param(
            world(),
            [
                "then restore-demo: wait for the restore",
                "then restore-demo: adopt",
                "then restore-demo: prepare",
                "then restore-demo: verify",
                "then restore-demo: switch",
                "then restore-demo: drain, then drop",
            ],
            id="from-the-start",
        ),
        pytest.param(
            world(TO_PREPARED),
            [
                "then restore-demo: verify",
                "then restore-demo: switch",
                "then restore-demo: drain, then drop",
            ],
            id="from-prepared",
        ),
    ],
)
def test_a_dry_run_shows_the_steps_ahead_and_does_nothing(
    there: World, lines: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    run(there.session(dry_run=True), AT, 300, proven)

    said = capsys.readouterr().err.splitlines()
    assert [line for line in said if line.startswith("then")] == lines
    assert there.effects == []


def test_a_second_incident_is_restored_from_the_table_that_is_active_now() -> None:
    there = world(TO_DROPPED, original())

    run(there.session(), When(at=POINT + timedelta(minutes=20)), 0, proven)

    assert there.effects[0] == f"restore {name('restored')} to 14:22:00 into {name('restored-2')}"
    assert there.past.history == ("original", "restored", "restored-2")


def test_the_second_of_two_restores_is_seen_when_the_first_is_cleaned() -> None:
    """Labels have gaps after `clean`: the one behind a gap is no less a restore."""
    there = world("serving", restored("restored-2"))

    run(there.session(), AT, 0, proven)

    assert there.past.history == ("original", "restored-2")
    assert RESTORE not in there.effects


def test_no_client_is_moved_to_a_table_that_is_not_what_the_config_says() -> None:
    """A TTL that did not come back shows weeks later; here it stops the run before the switch."""
    there = world()

    def differs(*_: object) -> None:
        raise DifferencesError("ttl differs", "No client was moved.", "describe")

    with pytest.raises(DifferencesError):
        run(there.session(), AT, 0, differs)

    assert there.aws.parameters == {"restore-demo-table-name": name("original")}
    assert there.past.covered == {name("original"), name("restored")}


def test_a_run_that_is_past_the_switch_proves_nothing_again() -> None:
    there, asked = world(TO_SWITCHED), list[object]()

    run(there.session(), AT, 0, lambda *each: asked.append(each))

    assert asked == []
    moved(there)
