"""`freeze` and `thaw`: which update they are, when they are none, and what the other rows do."""

import json
from dataclasses import replace

import boto3
import pytest
from moto import mock_aws

from restore.aws.tables import Aws
from restore.decide.backward import rollback
from restore.decide.freeze import to_freeze
from restore.decide.move import Nothing, Row, Update
from restore.decide.moves import next_move
from restore.decide.needs import needs
from restore.decide.next_step import next_step
from restore.decide.placement import Placement
from restore.decide.planned import Planned
from restore.errors import BlockedError, RestoreError, UsageError
from restore.facts import TableFacts
from restore.losses.mention import Side
from restore.phase import stand
from restore.settings.access import resource_policy
from restore.settings.answers import Answers
from restore.verbs.freeze import freeze_before
from restore.verbs.run import run
from restore.verbs.status import status
from restore.verbs.update import update
from restore.when import LATEST
from stacks.freeze import frozen
from stacks.kinds import RESOURCE_POLICY
from tests.unit.restore.fakes import World, world
from tests.unit.restore.test_moves import FLIP, GRANT, furnish, leave, permits_of
from tests.unit.restore.test_update import Asked
from tests.unit.restore.worlds import arn, facts, name, original, restored, restoring
from tests.unit.stacks.stands import TO_DROPPED, TO_PREPARED, TO_ROLLED_BACK, TO_SWITCHED

O, R, R2 = "original", "restored", "restored-2"  # noqa: E741
ADOPTED = "serving frozen adopted-frozen"
PREPARED = f"{ADOPTED} prepared-frozen"
SWITCHED = f"{PREPARED} switched-frozen"


def its_policy(label: str) -> str:
    resource = f"ResourcePolicy restore-demo.{label}.policy"
    return f"create/delete/update {resource} (policy, revisionId)"


@pytest.mark.parametrize(
    ("row", "way", "chosen", "wanted", "permits", "says"),
    [
        pytest.param(
            Row.FREEZE,
            "serving",
            None,
            Placement(O, frozen=(O,)),
            [its_policy(O)],
            f"deny writes to original ({name(O)})",
            id="freeze",
        ),
        pytest.param(
            Row.FREEZE,
            TO_SWITCHED,
            None,
            Placement(R, (O,), frozen=(R,)),
            [its_policy(R)],
            f"deny writes to restored ({name(R)})",
            id="freeze-the-one-that-is-active-now",
        ),
        pytest.param(
            Row.FREEZE,
            PREPARED,
            R,
            Placement(O, (R,), frozen=(O, R)),
            [its_policy(R)],
            f"deny writes to restored ({name(R)})",
            id="freeze-another-one-beside",
        ),
        pytest.param(
            Row.THAW,
            SWITCHED,
            None,
            Placement(R, (O,)),
            [its_policy(O)],
            "allow writes to original again",
            id="thaw",
        ),
        pytest.param(
            Row.THAW,
            PREPARED,
            O,
            Placement(O, (R,)),
            [its_policy(O)],
            "allow writes to original again",
            id="thaw-by-name",
        ),
        pytest.param(
            Row.DROP,
            SWITCHED,
            None,
            Placement(R),
            [leave(O), f"delete ResourcePolicy restore-demo.{O}.policy (any)", GRANT],
            "let original leave the stack, kept in AWS",
            id="drop-takes-the-policy-with-it",
        ),
        pytest.param(
            Row.SWITCH,
            PREPARED,
            None,
            Placement(R, (O,), frozen=(O,)),
            [FLIP],
            "point clients from original to restored",
            id="switch-leaves-the-old-one-frozen",
        ),
    ],
)
def test_each_is_one_update_of_one_policy(  # noqa: PLR0913 - the columns of the table
    *, row: Row, way: str, chosen: str | None, wanted: Placement, permits: list[str], says: str
) -> None:
    """Where the other rows go on under a freeze, they are what they are without one."""
    move = next_move(row, facts(way), chosen)

    assert isinstance(move, Update)
    assert move.wanted == wanted
    assert permits_of(move) == permits
    assert move.says == says
    assert not move.more


@pytest.mark.parametrize(
    ("row", "way", "chosen", "says"),
    [
        (Row.FREEZE, "serving frozen", None, f"Writes to {name(O)} are denied already."),
        (Row.THAW, "serving", None, "Writes to any table of restore-demo are not denied."),
        (Row.THAW, PREPARED, R, "Writes to restored of restore-demo are not denied."),
    ],
)
def test_what_is_so_already_is_nothing_to_do(
    row: Row, way: str, chosen: str | None, says: str
) -> None:
    assert next_move(row, facts(way), chosen) == Nothing(says)


@pytest.mark.parametrize(
    ("way", "chosen", "gone", "wrong"),
    [
        pytest.param("serving", None, (O,), "does not exist", id="lost"),
        pytest.param("serving", R2, (), "does not exist", id="never-there"),
        pytest.param("serving adopted", R, (), "is not in the stack with all", id="only-adopted"),
    ],
)
def test_what_carries_no_policy_of_the_stack_cannot_be_frozen(
    way: str, chosen: str | None, gone: tuple[str, ...], wrong: str
) -> None:
    with pytest.raises(BlockedError, match=wrong):
        next_move(Row.FREEZE, facts(way, gone=gone), chosen)


@pytest.mark.parametrize(
    ("row", "way", "back"),
    [
        pytest.param(Row.ROLLBACK, SWITCHED, O, id="back"),
        pytest.param(Row.SWITCH, f"{TO_ROLLED_BACK}", R, id="forward-again"),
    ],
)
def test_no_client_is_moved_to_a_table_that_it_could_not_write_to(
    row: Row, way: str, back: str
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

    move = next_move(Row.SWITCH, there)

    assert isinstance(move, Update)
    assert move.wanted == Placement(R)
    assert its_policy(R) in permits_of(move)
    assert furnish(R) in permits_of(move)


def test_giving_a_restore_up_leaves_the_freeze_to_a_person() -> None:
    """Whoever froze the table may be about to start another restore of it."""
    there = facts(PREPARED)

    move = rollback(there, stand(there))

    assert isinstance(move, Update)
    assert move.wanted == Placement(O, frozen=(O,))


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


@pytest.mark.parametrize(
    ("row", "way", "questions"), [(Row.FREEZE, "serving", 1), (Row.THAW, "frozen", 0)]
)
def test_whoever_takes_writes_away_is_asked(row: Row, way: str, questions: int) -> None:
    there, report = world(way), Asked(answer=True)

    update(there.session(report=report), row)

    assert report.questions == questions
    assert there.past.frozen == ({O} if row is Row.FREEZE else set())


def foreign() -> World:
    there = world()
    there.aws.policies = frozenset({arn(O)})
    return there


def test_a_policy_that_the_stack_does_not_know_is_not_written_over() -> None:
    """A thaw would then delete it, and nobody would know what it said."""
    there = foreign()

    with pytest.raises(BlockedError, match="has a resource policy that the stack does not know"):
        update(there.session(sure=True), Row.FREEZE)

    assert there.effects == []


def test_a_policy_that_the_stack_has_itself_is_no_hindrance() -> None:
    there = foreign()
    ours = frozenset({(RESOURCE_POLICY, "restore-demo.original.policy")})
    there.stack.past["restore-demo"] = replace(there.past, hanging=ours)

    update(there.session(sure=True), Row.FREEZE)

    assert there.past.frozen == {O}


def test_a_rollback_from_a_frozen_table_is_two_updates_in_one_verb() -> None:
    there = world(SWITCHED)

    update(there.session(sure=True), Row.ROLLBACK)

    assert there.effects.count("write the config") == 2
    assert there.past.history == (O, R, O)
    assert there.past.frozen == frozenset()


def test_status_says_which_tables_nobody_may_write_to(capsys: pytest.CaptureFixture[str]) -> None:
    there = world(PREPARED)

    told = status(there.session())

    labels = told["tables"]["restore-demo"]["facts"]["labels"]
    assert {label: each["writesDenied"] for label, each in labels.items()} == {O: True, R: False}
    assert "ACTIVE, writes denied" in capsys.readouterr().err


def test_a_freeze_is_no_setting_of_the_source() -> None:
    """`verify` compares the restored table with it: a freeze would stop the run at the switch."""
    its = frozen(facts("serving").config.dependants).resource_policy
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


def test_a_policy_is_there_or_it_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """What AWS answers where there is none is an error (GetResourcePolicy)."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    for key in ("AWS_ENDPOINT_URL", "AWS_PROFILE", "AWS_REGION"):
        monkeypatch.delenv(key, raising=False)
    with mock_aws():
        client = boto3.client("dynamodb")
        its_arn = client.create_table(
            TableName="orders",
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )["TableDescription"]["TableArn"]
        before = Aws().has_policy(its_arn)
        client.put_resource_policy(ResourceArn=its_arn, Policy="{}")

        assert (before, Aws().has_policy(its_arn)) == (False, True)


def test_whoever_freezes_and_takes_the_latest_point_is_told_what_lies_between(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A freeze looks as if nothing more could get lost."""
    freeze_before(world().session(dry_run=True), LATEST)

    assert "The latest restore point lies behind the freeze" in capsys.readouterr().err


def test_giving_up_a_restored_table_that_is_frozen_takes_the_freeze_with_it() -> None:
    """A label that leaves the stack can be frozen no more: the config would be refused."""
    there = facts(PREPARED)
    there = replace(there, past=replace(there.past, frozen=frozenset({O, R})))

    move = next_move(Row.ROLLBACK, there)

    assert isinstance(move, Update)
    assert move.wanted == Placement(O, frozen=(O,))


def test_a_table_that_is_frozen_for_no_restore_is_to_be_thawed() -> None:
    """`nothing` would leave every write denied until somebody complains."""
    there = facts("serving frozen")

    assert next_step(there, stand(there)) == "python -m restore thaw"


def test_no_client_goes_back_by_hand_to_a_table_that_is_frozen() -> None:
    there = facts(SWITCHED, gone=(R,))

    with pytest.raises(BlockedError) as refused:
        next_move(Row.ROLLBACK, there)

    assert refused.value.mend.startswith("pulumi config rm frozenTables; pulumi config set")
