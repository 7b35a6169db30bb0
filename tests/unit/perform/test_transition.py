"""`start` and the rows, over a stack and an account in memory."""

import json
import sys
from pathlib import Path

import pytest

from restore.decide.acceptance import Accepting
from restore.decide.leftovers import Leftover
from restore.model.change import Change
from restore.model.errors import (
    BlockedError,
    ChangedError,
    DifferencesError,
    EditedError,
    RestoreError,
    UsageError,
)
from restore.model.steps import UPDATES, Step
from restore.model.when import LATEST
from restore.perform.transition import update
from restore.report.audit import LOG, Audit
from restore.report.report import Report
from restore.table.config.problems import RefusedError
from restore.table.kinds import PARAMETER, TABLE
from restore.verbs.start import start
from tests.support.configs.documents import walk_through
from tests.support.configs.positions import TO_DROPPED, TO_PREPARED, TO_SWITCHED
from tests.support.memory.account_and_stack import URN, Clock, FakeProposal, world
from tests.support.memory.facts import WAYS, name, restored
from tests.support.memory.questions import Asked

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


@pytest.mark.parametrize("row", UPDATES)
def test_a_dry_row_shows_its_steps_and_does_nothing(row: Step, capsys: Captured) -> None:
    ways = {"adopt": "serving", "prepare": "serving adopted", "switch": TO_PREPARED}
    ways["thaw"] = "frozen"
    there = world(ways.get(row, TO_SWITCHED))
    there.aws.tables.setdefault(name("restored"), restored())

    update(there.session(dry_run=True), row)

    assert "  ~ " in capsys.readouterr().err
    assert there.effects == []


def test_going_back_from_dropped_is_two_updates_in_one_verb() -> None:
    there = world(TO_DROPPED)

    update(there.session(), Step.ROLLBACK)

    assert there.effects.count("write the config") == 2
    assert there.past.history == ("original", "restored", "original")
    assert there.aws.parameters["restore-demo-table-name"] == name("original")


def test_a_dry_rollback_from_dropped_shows_its_first_update_only(capsys: Captured) -> None:
    """The second one cannot be previewed before the first is done. It must end all the same."""
    there = world(TO_DROPPED)

    update(there.session(dry_run=True), Step.ROLLBACK)

    assert capsys.readouterr().err.count("take original into the stack again") == 1
    assert there.effects == []


@pytest.mark.parametrize("row", [Step.SWITCH, Step.ROLLBACK, Step.DROP])
def test_a_no_leaves_everything_as_it_is(row: Step) -> None:
    there = world(TO_PREPARED if row is Step.SWITCH else TO_SWITCHED)

    with pytest.raises(BlockedError) as blocked:
        update(there.session(report=Asked(answer=False)), row)

    assert there.effects == []
    assert blocked.value.fix == "--yes"


@pytest.mark.parametrize(
    ("row", "way", "sure", "questions"),
    [
        pytest.param(Step.SWITCH, TO_PREPARED, False, 1, id="switch-asks"),
        pytest.param(Step.SWITCH, TO_PREPARED, True, 0, id="yes-asks-nothing"),
        pytest.param(Step.PREPARE, "serving adopted", False, 0, id="prepare-moves-no-client"),
        pytest.param(Step.SWITCH, TO_SWITCHED, False, 0, id="nothing-to-do-is-no-question"),
    ],
)
def test_anyone_who_moves_clients_is_asked(
    *, row: Step, way: str, sure: bool, questions: int
) -> None:
    report = Asked(answer=True)

    update(world(way).session(report=report, sure=sure), row)

    assert report.questions == questions


class Reader(Asked):
    """Someone who says yes, and takes a while for it."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        super().__init__(answer=True)
        self.clock, self.seconds = clock, seconds

    def ask(self, question: str) -> bool:
        self.clock.sleep(self.seconds)
        return super().ask(question)


def test_the_question_comes_after_the_previewed_steps_and_names_what_they_are_about(
    capsys: Captured,
) -> None:
    """A yes to steps that nobody has seen is none."""
    update(world(TO_PREPARED).session(report=Asked(answer=True)), Step.SWITCH)

    said = capsys.readouterr()
    lines = (said.out + said.err).splitlines()
    asked = lines.index(
        "switch of restore-demo in the stack dev, account 123456789012, eu-west-1: the step above"
    )
    assert lines.index("  ~ update Parameter restore-demo (value)") < asked
    assert asked < lines.index("  + update Parameter restore-demo (value)")


@pytest.mark.parametrize(("seconds", "previews"), [(59, 1), (61, 2)])
def test_a_preview_that_was_read_for_more_than_a_minute_is_made_again(
    clock: Clock, capsys: Captured, seconds: float, previews: int
) -> None:
    """Someone went to ask a colleague. What they come back to is applied as it is by then."""
    report = Reader(clock, seconds)
    there = world(TO_PREPARED)

    update(there.session(report=report), Step.SWITCH)

    said = capsys.readouterr()
    assert (said.out + said.err).count("  ~ update Parameter") == previews
    assert report.questions == 1
    assert there.past.history == ("original", "restored")


def test_a_preview_that_is_not_allowed_by_then_is_not_carried_out(clock: Clock) -> None:
    """A yes holds for the steps that were seen, and for no other ones."""
    there = world(TO_PREPARED)

    class Late(Reader):
        def ask(self, question: str) -> bool:
            there.stack.extra = [TTL]
            return super().ask(question)

    with pytest.raises(BlockedError, match="does not allow"):
        update(there.session(report=Late(clock, 61)), Step.SWITCH)
    assert there.effects == []


def test_other_steps_that_are_allowed_are_asked_about_again(clock: Clock) -> None:
    there = world(TO_PREPARED)
    tags = Change("update", TTL.urn, frozenset({"tags"}))

    class Late(Reader):
        def ask(self, question: str) -> bool:
            there.stack.extra = [tags]
            return super().ask(question)

    report = Late(clock, 61)
    update(there.session(report=report), Step.SWITCH)

    assert report.questions == 2


def test_a_step_that_is_not_part_of_the_row_stops_it() -> None:
    """Someone changed the program meanwhile: the switch would carry that change along."""
    there = world(TO_PREPARED)
    there.stack.extra = [Change("replace", f"{URN}{TABLE}::restore-demo.original")]

    with pytest.raises(BlockedError, match="would replace it") as blocked:
        update(there.session(), Step.SWITCH)

    assert there.effects == []
    assert blocked.value.untouched == "Nothing was changed."


def test_no_row_is_carried_out_while_a_table_lacks_its_retain_flag() -> None:
    there = world(TO_PREPARED)
    there.stack.bare = frozenset({"restored"})

    with pytest.raises(BlockedError, match=r"state: restore-demo\.restored") as blocked:
        update(there.session(), Step.SWITCH)

    assert there.effects == []
    urn = f"{URN}{TABLE}::restore-demo.restored"
    fix = f"pulumi state protect {urn} --yes; pulumi up, which sets it"
    assert blocked.value.fix == fix


def test_a_config_that_the_program_refuses_is_never_written() -> None:
    """A label's table got another name: the row would carry the rename along."""
    there = world(TO_PREPARED)
    tables = walk_through()["tables"].replace("}}}", '}, "names": {"original": "other"}}}')
    there.stack.texts["tables"] = tables

    with pytest.raises(RefusedError, match="a label keeps its table for good"):
        update(there.session(), Step.SWITCH)

    assert there.effects == []


def test_drift_after_an_update_is_said_with_what_is_done() -> None:
    there = world(TO_PREPARED)
    there.stack.drift = [Change("update", f"{URN}{PARAMETER}::restore-demo", frozenset({"value"}))]

    with pytest.raises(DifferencesError, match=r"update Parameter restore-demo \(value\)") as found:
        update(there.session(), Step.SWITCH)

    assert found.value.untouched == "The update itself is done."
    assert found.value.exit_code == 4
    assert there.past.history == ("original", "restored")


@pytest.mark.parametrize(
    ("way", "row", "config"),
    [(TO_PREPARED, Step.SWITCH, "switched"), (TO_SWITCHED, Step.DROP, "dropped")],
)
def test_a_row_killed_between_config_and_update_is_carried_out_again(
    way: str, row: Step, config: str
) -> None:
    """The config says it is done; the state, which is right, says it is not."""
    there = world(way)
    there.stack.texts = walk_through(**WAYS[config])

    update(there.session(), row)

    assert there.effects[1] == "update restore-demo as far as tables"
    assert there.past.history == ("original", "restored")


def test_a_preview_that_fails_while_another_run_moves_is_made_again(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """Of two people who type the same command, the slower one is not told of a refused config."""
    there = world(TO_PREPARED)
    before = there.stack.changes

    def meanwhile(_: object) -> list[Change]:
        monkeypatch.setattr(there.stack, "changes", before)
        update(there.session(sure=True), Step.SWITCH)
        raise RestoreError("The preview failed.", "Nothing was touched.", "status")

    monkeypatch.setattr(there.stack, "changes", meanwhile)
    update(there.session(sure=True), Step.SWITCH)

    said = capsys.readouterr().err
    assert "Another update has changed the stack meanwhile: looking again." in said
    assert "restored is the active table already." in said
    assert there.effects.count("write the config") == 1


def test_a_config_that_another_update_wrote_meanwhile_is_read_again(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """Of two runs at once the slower one ended with exit 3, though all that it wanted was done."""
    there = world(TO_PREPARED)
    before = FakeProposal.carry_out

    def meanwhile(*_: object, **__: object) -> None:
        monkeypatch.setattr(FakeProposal, "carry_out", before)
        update(there.session(sure=True), Step.SWITCH)
        raise ChangedError("The file was changed.", "Nothing was changed.", "status")

    monkeypatch.setattr(FakeProposal, "carry_out", meanwhile)
    update(there.session(sure=True), Step.SWITCH)

    said = capsys.readouterr().err
    assert "Another update has changed the stack meanwhile: looking again." in said
    assert there.effects.count("write the config") == 1


def test_a_config_that_someone_edited_meanwhile_is_left_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    there = world(TO_PREPARED)

    def edited(*_: object, **__: object) -> None:
        raise ChangedError("The file was changed.", "Nothing was changed.", "status")

    monkeypatch.setattr(FakeProposal, "carry_out", edited)
    with pytest.raises(ChangedError):
        update(there.session(sure=True), Step.SWITCH)
    assert there.effects == []


def test_a_preview_that_fails_while_nothing_moves_ends_the_verb(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    there = world(TO_PREPARED)

    def failing(_: object) -> list[Change]:
        raise RestoreError("The preview failed.", "Nothing was touched.", "status")

    monkeypatch.setattr(there.stack, "changes", failing)
    with pytest.raises(RestoreError, match="The preview failed"):
        update(there.session(sure=True), Step.SWITCH)
    assert there.effects == []


def test_a_flip_that_the_state_does_not_know_yet_is_no_edit_by_hand(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anyone who is told to put the old name back undoes what another run has just done."""
    there = world(TO_SWITCHED)
    pointed = there.aws.parameter
    seen = iter((name("original"),))
    monkeypatch.setattr(there.aws, "parameter", lambda asked: next(seen, pointed(asked)))

    update(there.session(sure=True), Step.SWITCH)

    assert clock.now > 0
    assert there.effects == []


def test_an_edit_by_hand_is_one_however_long_one_looks() -> None:
    there = world(TO_PREPARED)
    there.aws.parameters["restore-demo-table-name"] = name("restored")

    with pytest.raises(EditedError):
        update(there.session(sure=True), Step.SWITCH)
    assert there.effects == []


def test_a_screen_without_a_keyboard_takes_nothing_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """`prepare < /dev/null`: nobody has seen what hangs on the table, nobody said yes to it."""
    there = world("serving adopted")
    there.stack.texts = walk_through(standbyTables=["restored"])
    leftover = Leftover(TABLE, name("restored"), "arn:stream", "the Kinesis destination")
    monkeypatch.setattr("restore.perform.transition._leftovers", lambda *_: [leftover])
    monkeypatch.setattr(Report, "live", True)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False)

    with pytest.raises(BlockedError, match="Something is in the way") as blocked:
        update(there.session(sure=False), Step.PREPARE)

    assert blocked.value.fix == "--yes"
    assert there.effects == []


TTL = Change(
    "update",
    f"{URN}{TABLE}::restore-demo.original",
    frozenset({"ttl"}),
    values={"ttl.enabled": (True, False)},
)


def test_a_refusal_prints_what_accepts_it_and_that_lets_it_through(
    capsys: Captured, tmp_path: Path
) -> None:
    """Someone turned expiry on by hand before the incident, and the restore is over."""
    (tmp_path / "Pulumi.yaml").touch()
    there = world("serving", restored())
    there.stack.extra = [TTL]

    with pytest.raises(BlockedError) as blocked:
        update(there.session(), Step.ADOPT)
    assert "ttl.enabled: True → False" in blocked.value.wrong
    option, text = blocked.value.fix.split()
    assert option == "--accept"

    audit = Audit(tmp_path, "adopt", {}, print)
    report = Report(as_json=True)
    update(there.session(accepting=Accepting((text,)), audit=audit, report=report), Step.ADOPT)

    report.result({})
    said = capsys.readouterr()
    assert "accepted: update Table restore-demo.original (ttl)" in said.err
    (accepted,) = json.loads(said.out)["accepted"]
    assert accepted["resource"] == "Table/restore-demo.original"
    noted = [json.loads(line) for line in (tmp_path / LOG).read_text().splitlines()]
    assert [each["accepted"] for each in noted if "accepted" in each] == [accepted]


def test_a_slip_in_accept_stops_the_verb_before_anything_is_done() -> None:
    there = world("serving", restored())
    there.stack.extra = [TTL]

    with pytest.raises(UsageError, match="no such difference"):
        update(there.session(accepting=Accepting(("Table/orders.original",))), Step.ADOPT)

    assert there.effects == []


def test_tags_that_differ_after_an_update_are_no_drift() -> None:
    """An auto-tagger was at work between the update and its proof."""
    there = world("serving", restored())
    there.stack.drift = [Change("update", TTL.urn, frozenset({"tags", "tagsAll"}))]

    update(there.session(), Step.ADOPT)

    assert "restored" in there.past.physical
