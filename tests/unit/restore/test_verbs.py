"""`start`, the rows, `wait`, `clean` and `status` over a stack and an account in memory."""

from dataclasses import replace

import pytest

from restore.errors import BlockedError, RestoreError, UsageError
from restore.gate import Change
from restore.move import Row
from restore.phase import Phase
from restore.report import Report
from restore.verbs.clean import clean
from restore.verbs.start import start
from restore.verbs.status import NEXT, status
from restore.verbs.update import update
from restore.verbs.wait import wait
from restore.when import LATEST
from stacks.past import PARAMETER, TABLE
from stacks.problems import RefusedError
from tests.unit.restore.fakes import URN, Clock, World, world
from tests.unit.restore.worlds import TO_BESIDE, WAYS, arn, name, original, restored, restoring
from tests.unit.stacks.documents import walk_through
from tests.unit.stacks.stands import TO_DROPPED, TO_PREPARED, TO_ROLLED_BACK, TO_SWITCHED

Captured = pytest.CaptureFixture[str]


def test_a_restore_is_started_and_said(capsys: Captured) -> None:
    there = world()

    start(there.session(), LATEST)

    assert there.effects == [f"restore {name('original')} to 14:55:00 into {name('restored')}"]
    assert "✓ restore-demo-restored-table is being restored" in capsys.readouterr().err


def test_a_table_that_never_shows_up_does_not_hold_start_up(clock: Clock) -> None:
    there = world()
    there.aws.hidden = 1_000

    start(there.session(), LATEST)

    assert clock.now == pytest.approx(30, abs=1)


@pytest.mark.parametrize("row", list(Row))
def test_a_dry_row_shows_its_steps_and_does_nothing(row: Row, capsys: Captured) -> None:
    ways = {"adopt": "serving", "prepare": "serving adopted", "switch": TO_PREPARED}
    there = world(ways.get(row, TO_SWITCHED))
    there.aws.tables.setdefault(name("restored"), restored())

    update(there.session(dry_run=True), row)

    assert "  ~ " in capsys.readouterr().err
    assert there.effects == []


def test_going_back_from_dropped_is_two_updates_in_one_verb() -> None:
    there = world(TO_DROPPED)

    update(there.session(), Row.ROLLBACK)

    assert there.effects.count("write the config") == 2
    assert there.past.history == ("original", "restored", "original")
    assert there.aws.parameters["restore-demo-table-name"] == name("original")


def test_a_dry_rollback_from_dropped_shows_its_first_update_only(capsys: Captured) -> None:
    """The second one cannot be previewed before the first is done. It must end all the same."""
    there = world(TO_DROPPED)

    update(there.session(dry_run=True), Row.ROLLBACK)

    assert capsys.readouterr().err.count("take original into the stack again") == 1
    assert there.effects == []


class Asked(Report):
    """A report with somebody at the keyboard."""

    def __init__(self, *, answer: bool) -> None:
        super().__init__(as_json=False)
        self.answer, self.questions = answer, 0

    def ask(self, question: str) -> bool:
        assert question == "Go on?"
        self.questions += 1
        return self.answer


@pytest.mark.parametrize("row", [Row.SWITCH, Row.ROLLBACK, Row.DROP])
def test_a_no_leaves_everything_as_it_is(row: Row) -> None:
    there = world(TO_PREPARED if row is Row.SWITCH else TO_SWITCHED)

    with pytest.raises(BlockedError) as blocked:
        update(there.session(report=Asked(answer=False)), row)

    assert there.effects == []
    assert blocked.value.mend == f"python -m restore {row} --yes"


@pytest.mark.parametrize(
    ("row", "way", "sure", "questions"),
    [
        pytest.param(Row.SWITCH, TO_PREPARED, False, 1, id="switch-asks"),
        pytest.param(Row.SWITCH, TO_PREPARED, True, 0, id="yes-asks-nothing"),
        pytest.param(Row.PREPARE, "serving adopted", False, 0, id="prepare-moves-no-client"),
        pytest.param(Row.SWITCH, TO_SWITCHED, False, 0, id="nothing-to-do-is-no-question"),
    ],
)
def test_whoever_moves_clients_is_asked(*, row: Row, way: str, sure: bool, questions: int) -> None:
    report = Asked(answer=True)

    update(world(way).session(report=report, sure=sure), row)

    assert report.questions == questions


def test_a_step_that_is_not_part_of_the_row_stops_it() -> None:
    """Somebody changed the program meanwhile: the switch would carry that change along."""
    there = world(TO_PREPARED)
    there.stack.extra = [Change("replace", f"{URN}{TABLE}::restore-demo.original")]

    with pytest.raises(BlockedError, match="would replace it") as blocked:
        update(there.session(), Row.SWITCH)

    assert there.effects == []
    assert blocked.value.untouched == "Nothing was changed."


def test_no_row_is_carried_out_while_a_table_lacks_its_retain_flag() -> None:
    there = world(TO_PREPARED)
    there.stack.bare = frozenset({"restored"})

    with pytest.raises(BlockedError, match=r"retainOnDelete: restore-demo\.restored") as blocked:
        update(there.session(), Row.SWITCH)

    assert there.effects == []
    assert blocked.value.mend == "pulumi up, which sets it"


def test_a_config_that_the_program_refuses_is_never_written() -> None:
    """A label's table got another name: the row would carry the rename along."""
    there = world(TO_PREPARED)
    tables = walk_through()["tables"].replace("}}}", '}, "names": {"original": "other"}}}')
    there.stack.texts["tables"] = tables

    with pytest.raises(RefusedError, match="a label keeps its table for good"):
        update(there.session(), Row.SWITCH)

    assert there.effects == []


def test_drift_after_an_update_is_said_with_what_is_done() -> None:
    there = world(TO_PREPARED)
    there.stack.drift = [Change("update", f"{URN}{PARAMETER}::restore-demo", frozenset({"value"}))]

    with pytest.raises(BlockedError, match=r"update Parameter restore-demo \(value\)") as blocked:
        update(there.session(), Row.SWITCH)

    assert blocked.value.untouched == "The update itself is done."
    assert there.past.history == ("original", "restored")


@pytest.mark.parametrize(
    ("way", "row", "config"),
    [(TO_PREPARED, Row.SWITCH, "switched"), (TO_SWITCHED, Row.DROP, "dropped")],
)
def test_a_row_killed_between_config_and_update_is_carried_out_again(
    way: str, row: Row, config: str
) -> None:
    """The config says it is done; the state, which is right, says it is not."""
    there = world(way)
    there.stack.texts = walk_through(**WAYS[config])

    update(there.session(), row)

    assert there.effects[1] == "update restore-demo as far as tables"
    assert there.past.history == ("original", "restored")


# --- wait


def waited(there: World, **chosen: object) -> None:
    wait(there.session(**chosen))


def test_a_wait_has_no_end_of_its_own(clock: Clock, capsys: Captured) -> None:
    """The provider gives up at 500 s; a restore of a large table takes hours."""
    there = world("serving", restoring())
    there.aws.looks = 100_000

    waited(there)

    assert clock.now > 40_000
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
    assert failed.value.mend == (
        f"python -m restore clean restored --confirm {name('restored')},"
        " then python -m restore start --to WHEN"
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
    assert failed.value.mend == "python -m restore start --to WHEN"
    assert clock.now == pytest.approx(30, abs=1)


@pytest.mark.parametrize("there", [world(""), world(), world(gone=("original",))])
def test_there_must_be_a_restore_to_wait_for(there: World) -> None:
    with pytest.raises(BlockedError, match="No restore of restore-demo is under way"):
        waited(there)


def test_a_dry_wait_does_not_wait(clock: Clock) -> None:
    waited(world("serving", restoring()), dry_run=True)

    assert clock.now == 0


# --- clean


def test_a_table_that_left_the_stack_is_deleted(capsys: Captured) -> None:
    there = world(TO_DROPPED)

    clean(there.session(), "original", name("original"))

    assert there.effects == [f"delete {name('original')}"]
    assert capsys.readouterr().err.splitlines()[-1] == (
        f"{name('original')} is deleted. AWS keeps a system backup of it for 35 days."
    )


def test_without_recovery_there_is_no_backup_and_clean_says_so(capsys: Captured) -> None:
    clean(world("serving", restored()).session(), "restored", name("restored"))

    assert "No backup is kept." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("there", "label", "confirmed", "error", "wrong"),
    [
        pytest.param(
            world(TO_DROPPED),
            "original",
            name("restored"),
            UsageError,
            f"--confirm says '{name('restored')}', but original is '{name('original')}'.",
            id="wrong-name",
        ),
        pytest.param(
            world(TO_SWITCHED),
            "original",
            name("original"),
            BlockedError,
            f"{name('original')} is in the stack dev.",
            id="in-the-stack",
        ),
        pytest.param(
            world(TO_DROPPED),
            "restored",
            name("restored"),
            BlockedError,
            f"{name('restored')} is in the stack dev.",
            id="active",
        ),
    ],
)
def test_a_table_in_use_is_not_deleted(
    *, there: World, label: str, confirmed: str, error: type[RestoreError], wrong: str
) -> None:
    with pytest.raises(error) as refused:
        clean(there.session(), label, confirmed)

    assert (refused.value.wrong, refused.value.untouched) == (wrong, "Nothing was deleted.")
    assert there.effects == []


def test_a_table_that_the_parameter_names_is_not_deleted() -> None:
    """The parameter was edited by hand: the stack knows nothing of it, but clients are there."""
    there = world(TO_DROPPED)
    there.aws.parameters["restore-demo-table-name"] = name("original")

    with pytest.raises(BlockedError, match="the parameter restore-demo-table-name names it"):
        clean(there.session(), "original", name("original"))

    assert there.effects == []


def test_a_table_that_is_gone_already_is_no_error(capsys: Captured) -> None:
    there = world(TO_DROPPED, gone=("original",))

    clean(there.session(), "original", name("original"))

    assert there.effects == []
    assert capsys.readouterr().err == f"{name('original')} does not exist.\n"


def test_a_deletion_that_is_under_way_is_waited_for() -> None:
    """The first `clean` was killed while it waited; AWS refuses to delete a table twice."""
    there = world(TO_DROPPED, original(status="DELETING", window=None))
    going = iter([True] * 4)
    whole = there.aws.table

    def table(wanted: str) -> object:
        if wanted == name("original") and not next(going, False):
            there.aws.tables.pop(wanted, None)
        return whole(wanted)

    there.aws.table = table  # type: ignore[assignment,method-assign]

    clean(there.session(), "original", name("original"))

    assert there.effects == []
    assert name("original") not in there.aws.tables


def test_a_table_that_does_not_go_is_an_error_in_the_end(clock: Clock) -> None:
    there = world(TO_DROPPED, original(status="DELETING", window=None))

    with pytest.raises(RestoreError, match="still there after 600 s"):
        clean(there.session(), "original", name("original"))

    assert clock.now == pytest.approx(600, abs=1)


def test_a_dry_clean_deletes_nothing() -> None:
    there = world(TO_DROPPED)

    clean(there.session(dry_run=True), "original", name("original"))

    assert there.effects == []


def test_clean_takes_one_table() -> None:
    there = world()
    tables = walk_through()["tables"]
    there.stack.texts["tables"] = tables[:-1] + ", " + tables[1:].replace("restore-demo", "users")

    with pytest.raises(UsageError, match="clean takes one table, not restore-demo, users"):
        clean(there.session(), "original", name("original"))


# --- status


@pytest.mark.parametrize(
    ("there", "phase"),
    [
        pytest.param(world(""), Phase.UNDEPLOYED, id="undeployed"),
        pytest.param(world(), Phase.SERVING, id="serving"),
        pytest.param(world(gone=("original",)), Phase.LOST, id="lost"),
        pytest.param(world("serving", restoring()), Phase.RESTORING, id="restoring"),
        pytest.param(world(TO_SWITCHED), Phase.SWITCHED, id="switched"),
    ],
)
def test_status_says_the_phase_and_the_next_step(
    there: World, phase: Phase, capsys: Captured
) -> None:
    shown = status(there.session())

    assert shown["tables"]["restore-demo"]["phase"] == phase
    assert f"restore-demo: {phase}; next: {NEXT[phase]}" in capsys.readouterr().err
    assert there.effects == []


def test_every_phase_has_a_next_step() -> None:
    assert set(NEXT) == set(Phase)


def test_status_is_whole_for_a_script() -> None:
    there = world(TO_BESIDE, restored(window=None))

    assert status(there.session()) == {
        "stack": "dev",
        "account": "123456789012",
        "region": "eu-west-1",
        "tables": {
            "restore-demo": {
                "phase": "adopted",
                "next": "python -m restore prepare",
                "facts": {
                    "active": "original",
                    "pointer": name("original"),
                    "pointerInState": name("original"),
                    "history": ("original",),
                    "labels": {
                        label: {
                            "name": name(label),
                            "status": "ACTIVE",
                            "restoredTo": to,
                            "inStack": True,
                            "readable": readable,
                        }
                        for label, to, readable in (
                            ("original", None, True),
                            ("restored", "2026-01-31T14:02:00Z", True),
                            ("restored-2", "2026-01-31T14:02:00Z", False),
                        )
                    },
                },
            }
        },
    }


def test_status_shows_a_table_that_the_stack_holds_and_aws_does_not(capsys: Captured) -> None:
    status(world(gone=("original",)).session())

    assert "does not exist" in capsys.readouterr().err


def test_status_says_where_the_parameter_differs_from_the_state(capsys: Captured) -> None:
    there = world()
    there.aws.parameters["restore-demo-table-name"] = "elsewhere"

    status(there.session())

    said = capsys.readouterr().err
    assert f"the parameter holds 'elsewhere', the state says '{name('original')}'" in said


def test_an_unknown_table_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(UsageError) as refused:
        status(world().session(tables=("carts",)))

    assert refused.value.wrong == "The stack dev has no table carts."
    assert refused.value.mend == "--table restore-demo"


def test_a_restored_table_is_looked_for_under_its_own_name() -> None:
    """`names.<label>` of the state wins: the label's table is the one that was imported."""
    there = world(TO_PREPARED)
    other = replace(restored(), name="imported-once", arn=arn("other"))
    there.aws.tables["imported-once"] = other
    there.stack.past["restore-demo"] = replace(
        there.past, physical={**there.past.physical, "restored": "imported-once"}
    )

    (facts,) = there.session().observe().tables

    assert facts.live["restored"] == other
