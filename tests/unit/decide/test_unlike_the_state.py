"""What AWS has is not what the state says: a policy removed, a table deleted and made again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from restore.decide.restore import StartRestore, next_restore
from restore.decide.transition import next_move
from restore.decide.update import Nothing
from restore.model.errors import BlockedError, UsageError
from restore.model.facts import Backup, Facts, StackState, TableFacts
from restore.model.steps import UPDATES, Step
from restore.model.when import LATEST, UNSAID, When, parse_when
from restore.perform.rehearse import readable
from restore.table.config.resolved import StackConfig
from restore.verbs.status import status
from tests.support.configs.documents import walk_through
from tests.support.memory.account_and_stack import world
from tests.support.memory.facts import NOW, POINT, WAYS, WINDOW, arn, facts, name, original

FROZEN = '{"Statement": [{"Sid": "RestoreWriteFreeze"}]}'
OPEN = '{"Statement": [{"Sid": "Partner"}]}'
DELETED = POINT - timedelta(days=1)
LOST = Backup("arn:backup", arn("original"), DELETED)
PREDECESSOR = When(predecessor=True)


def attached(document: str | None) -> TableFacts:
    there = facts("serving frozen")
    past = replace(there.past, policies={"original": FROZEN})
    return replace(there, past=past, attached={"original": document})


@pytest.mark.parametrize(
    ("document", "denied"), [(FROZEN, {"original"}), (OPEN, set()), (None, set())]
)
def test_writes_are_denied_only_where_aws_says_so(document: str | None, denied: set[str]) -> None:
    """It said "writes denied" while they flowed into what was being restored."""
    assert attached(document).frozen == denied


def test_a_freeze_whose_statement_was_taken_out_is_made_again() -> None:
    move = next_move(Step.FREEZE, attached(OPEN))

    assert not isinstance(move, Nothing)
    assert move.wanted.frozen == ("original",)
    assert isinstance(next_move(Step.FREEZE, attached(FROZEN)), Nothing)


@pytest.mark.parametrize("row", UPDATES)
def test_no_update_begins_over_a_policy_that_was_removed(row: Step) -> None:
    """The refresh of every update fails over it; the fix puts back what the stack declares."""
    with pytest.raises(BlockedError) as blocked:
        next_move(row, attached(None))

    assert f"Writes to {name('original')} are not denied any more." in blocked.value.wrong
    assert blocked.value.fix == (
        f"aws dynamodb put-resource-policy --resource-arn {arn('original')} --policy '{FROZEN}'"
    )


def test_a_restore_does_not_begin_over_a_policy_that_was_removed() -> None:
    with pytest.raises(BlockedError, match="Someone removed the resource policy"):
        next_restore(attached(None), LATEST, NOW)


def test_a_state_with_a_policy_of_a_deleted_table_is_not_read_from_aws() -> None:
    def of(table: TableFacts) -> Facts:
        return Facts("dev", StackConfig((table.config,)), StackState(), (table,))

    there = attached(FROZEN)
    assert readable(of(there))
    assert not readable(of(replace(there, live={})))
    assert readable(of(replace(facts("serving"), live={})))


def younger() -> TableFacts:
    return replace(facts("serving", original(window=WINDOW)), predecessor=LOST)


@pytest.mark.parametrize("when", [LATEST, UNSAID])
def test_the_latest_second_of_a_younger_table_is_not_taken_for_the_one_that_was_lost(
    when: When,
) -> None:
    """`run --to latest` moved clients from an empty table to an empty one, and said done."""
    with pytest.raises(BlockedError) as blocked:
        next_restore(younger(), when, NOW)

    assert "was deleted at 2026-01-30T14:02:00Z and made again since" in blocked.value.wrong
    assert blocked.value.fix.startswith("--to predecessor restores what was deleted")


def test_the_predecessor_is_restored_from_its_own_backup() -> None:
    restore = next_restore(younger(), PREDECESSOR, NOW)

    assert isinstance(restore, StartRestore)
    assert (restore.backup_arn, restore.at) == (LOST.arn, DELETED)
    assert restore.target == name("restored")


def test_a_time_is_a_word_for_the_table_that_exists_now() -> None:
    restore = next_restore(younger(), When(at=POINT), NOW)

    assert isinstance(restore, StartRestore)
    assert restore.backup_arn is None


def test_a_table_that_was_never_deleted_has_no_predecessor() -> None:
    assert parse_when("predecessor") == PREDECESSOR
    with pytest.raises(UsageError, match="has no predecessor"):
        next_restore(facts("serving"), PREDECESSOR, NOW)


def test_status_says_where_aws_is_unlike_the_state(capsys: pytest.CaptureFixture[str]) -> None:
    """A "next: nothing" beside an adopted table that was deleted let the next update fail."""
    there = world("serving adopted", gone=("restored",))

    status(there.session())

    said = capsys.readouterr().err
    assert f"the stack holds restored ({name('restored')}), which does not exist in AWS" in said


@pytest.mark.parametrize(
    ("row", "key"),
    [("adopted", "adoptTables[0]"), ("prepared", "standbyTables[0]")],
)
def test_a_label_in_the_config_that_nothing_has_any_more_is_taken_out_by_the_fix(
    capsys: pytest.CaptureFixture[str], row: str, key: str
) -> None:
    """After a refresh the stack has forgotten it too, and every `pulumi up` fails over it."""
    there = world("serving")
    there.stack.texts = walk_through(**WAYS[row])
    status(there.session())
    said = " ".join(capsys.readouterr().err.split())
    assert f"the stack config declares restored ({name('restored')}), which does not exist" in said
    assert f"fix: pulumi config rm --path '{key}'" in said


def test_a_table_that_left_aws_leaves_the_stack_by_drop_where_nothing_is_under_way(
    capsys: pytest.CaptureFixture[str],
) -> None:
    there = world("serving adopted", gone=("restored",))
    status(there.session())
    assert "fix: python -m restore drop" in capsys.readouterr().err
    lost = world("serving adopted", gone=("original", "restored"))
    status(lost.session())
    assert "fix: python -m restore drop" not in capsys.readouterr().err


def test_the_tables_of_the_last_complete_update_are_not_believed_to_be_elsewhere() -> None:
    """A refresh in another account takes them out of the state: every verb said "lost"."""
    there = world("serving")
    gone = replace(there.past, physical={}, arns={"original": arn("original")})
    there.stack.past["restore-demo"] = gone
    there.aws.region = "us-east-1"
    with pytest.raises(BlockedError, match="looks in region us-east-1"):
        status(there.session())
