"""`plan`: for people a picture and what to type, for a script one object; changes nothing."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from restore.aws.account import Account
from restore.model.change import Change
from restore.model.errors import BlockedError, UsageError
from restore.model.when import LATEST, When
from restore.plan.losses.mention import Kind, Mention, Side, Survey, Unseen
from restore.plan.surroundings import Permissions
from restore.report.report import Report
from restore.table.kinds import TABLE
from restore.verbs.plan import plan
from restore.verbs.status import status
from tests.support.answers.bare_table import BARE
from tests.support.answers.dependents import alarm
from tests.support.configs.positions import TO_DROPPED, TO_PREPARED
from tests.support.memory.account_and_stack import URN, World, world
from tests.support.memory.facts import POINT, arn, name, original, restored
from tests.unit.conftest import NOTHING

Captured = pytest.CaptureFixture[str]
AT = When(at=POINT)
ACTION = Mention(Kind.SCHEDULED_ACTION, "sale", "at 8", "put it again")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Side, Side]]:
    """What is looked at; nothing is found."""
    return looks(monkeypatch, Survey(BARE))


def looks(monkeypatch: pytest.MonkeyPatch, found: Survey) -> list[tuple[Side, Side]]:
    asked: list[tuple[Side, Side]] = []

    def survey(_: Account, source: Side, target: Side) -> Survey:
        asked.append((source, target))
        return found

    monkeypatch.setattr("restore.verbs.plan.survey", survey)
    return asked


class Told(Report):
    """A report that keeps what a script gets."""

    def __init__(self) -> None:
        super().__init__(as_json=False)
        self.fields: dict[str, Any] = {}

    def tell(self, fields: Mapping[str, Any]) -> None:
        self.fields.update(fields)


def planned(there: World, when: When = AT, **chosen: Any) -> dict[str, Any]:
    found: dict[str, Any] = plan(there.session(**chosen), when)["tables"]["restore-demo"]
    return found


def test_a_plan_is_whole_for_a_script(asked: list[tuple[Side, Side]]) -> None:
    there = world()

    assert planned(there) == {
        "restore": {
            "source": name("original"),
            "target": name("restored"),
            "at": "2026-01-31T14:02:00Z",
            "backup": None,
        },
        "steps": (
            "wait for the restore",
            "adopt",
            "prepare",
            "verify",
            "switch",
            "drain, then drop",
        ),
        "losses": [],
        "notLookedAt": [],
    }
    assert asked == [
        (Side(name("original"), arn("original")), Side(name("restored"), arn("restored")))
    ]
    assert there.effects == []


@pytest.mark.usefixtures("asked")
def test_a_plan_says_every_step_and_the_command_that_takes_them(capsys: Captured) -> None:
    planned(world())

    said = capsys.readouterr().err
    assert f"restore {name('original')} as of 2026-01-31T14:02:00Z into {name('restored')}" in said
    assert "then restore-demo: drain, then drop" in said
    assert f"{name('restored')} will have all that {name('original')} has." in said
    assert said.endswith("next: python -m restore run --to 2026-01-31T14:02:00Z\n")


def test_a_plan_names_what_is_lost_with_what_to_type_to_write_and_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    answers = replace(BARE, tags={"team": "shop"}, alarms=[alarm("too-many")])
    looks(monkeypatch, Survey(answers, (ACTION,)))

    shown = planned(world())

    assert [(each["kind"], each["name"]) for each in shown["losses"]] == [
        ("tag", "team"),
        ("alarm", "too-many"),
        ("scheduled action", "sale"),
    ]
    said = capsys.readouterr().err
    assert "  pulumi config set --path tables.restore-demo.tags.team shop" in said
    assert "\n      alarms:\n        too-many:\n" in said
    assert "  pulumi up --refresh" in said
    assert "  sale: put it again" in said
    assert "will have all" not in said


def test_what_could_not_be_looked_at_is_never_told_as_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    hidden = Unseen("alarms", "cloudwatch:DescribeAlarms")
    looks(monkeypatch, Survey(BARE, unseen=(hidden,)))

    shown = planned(world())

    assert shown["notLookedAt"] == [{"what": "alarms", "action": "cloudwatch:DescribeAlarms"}]
    said = capsys.readouterr().err
    assert "alarms could not be looked at: cloudwatch:DescribeAlarms" in said
    assert "will have all" not in said


def test_settings_that_nobody_can_read_any_more_are_not_told_as_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """Of a deleted table only what others say of it is left."""
    looks(monkeypatch, Survey(None))

    planned(world(gone=("original",)), LATEST)

    said = capsys.readouterr().err
    assert f"{name('original')} is gone: what it carried can no longer be looked at" in said
    assert "will have all" not in said
    assert said.endswith("next: python -m restore run --to latest\n")


@pytest.mark.parametrize(
    ("there", "when", "chosen", "command"),
    [
        pytest.param(world(TO_PREPARED), LATEST, {}, "python -m restore run", id="under-way"),
        pytest.param(
            world("serving"),
            AT,
            {"label": "restored-2"},
            "python -m restore run --to 2026-01-31T14:02:00Z --as restored-2",
            id="another-label",
        ),
        pytest.param(world(TO_DROPPED), AT, {}, "nothing", id="dropped"),
    ],
)
@pytest.mark.usefixtures("asked")
def test_the_next_command_goes_on_from_where_things_stand(
    capsys: Captured, there: World, when: When, chosen: dict[str, Any], command: str
) -> None:
    planned(there, when, **chosen)

    assert capsys.readouterr().err.endswith(f"next: {command}\n")


def test_what_is_done_already_is_not_looked_at(asked: list[tuple[Side, Side]]) -> None:
    shown = planned(world(TO_DROPPED))

    assert (shown["restore"], shown["steps"], shown["losses"]) == (None, (), [])
    assert asked == []


@pytest.mark.parametrize(
    ("there", "when", "error"),
    [
        pytest.param(
            world("serving", original(replicas=("us-east-1",))), AT, BlockedError, id="global"
        ),
        pytest.param(world("serving", original(window=None)), AT, BlockedError, id="no-recovery"),
        pytest.param(world("serving", restored(source="carts")), AT, BlockedError, id="taken"),
        pytest.param(world(), When(at=POINT.replace(year=2020)), UsageError, id="outside"),
    ],
)
def test_a_run_that_could_not_start_has_no_plan(
    asked: list[tuple[Side, Side]], there: World, when: When, error: type[Exception]
) -> None:
    with pytest.raises(error):
        planned(there, when, label="restored")

    assert asked == []
    assert there.effects == []


# What is around the tables, and the updates ahead.


def around(monkeypatch: pytest.MonkeyPatch, **changed: Any) -> None:
    found = replace(NOTHING, **changed)
    monkeypatch.setattr("restore.perform.obstacles.surroundings", lambda *_: found)


def test_every_finding_and_every_update_is_there_for_a_script(
    asked: list[tuple[Side, Side]],
) -> None:
    shown = plan((there := world()).session(report=(told := Told())), AT)

    assert {each["about"]: each["level"] for each in told.fields["findings"]} == {
        "identity": "ok",
        "engine": "ok",
        "stack": "ok",
        "window": "ok",
        "quota": "ok",
        "permissions": "ok",
    }
    assert set(told.fields["findings"][0]) == {"level", "about", "says", "fix"}
    assert [(each["row"], each["previewed"]) for each in shown["updates"]] == [
        ("adopt", False),
        ("prepare", False),
        ("switch", False),
        ("drop", False),
    ]
    assert shown["updates"][2]["steps"] == ("update Parameter restore-demo (value, version)",)
    assert there.effects == []
    assert asked


@pytest.mark.usefixtures("asked")
def test_every_finding_and_every_update_is_said_to_a_person(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    around(monkeypatch, permissions=Permissions(unseen="iam:SimulatePrincipalPolicy (Denied)"))

    plan(world("serving", restored()).session(), LATEST)

    said = capsys.readouterr().err
    assert "✓ Pulumi 3.259.0" in said
    assert "! the operator's permissions were not looked at: iam:SimulatePrincipalPolicy" in said
    assert "adopt, as previewed now:\n  ~ import Table restore-demo.restored\n" in said
    assert "prepare, not to be previewed yet; its gate will let through no more than:\n  ? " in said


def test_all_that_stands_against_a_run_is_said_at_once(
    monkeypatch: pytest.MonkeyPatch, asked: list[tuple[Side, Side]]
) -> None:
    """The table's own and what is around it, together: at 3 a.m. each round costs minutes."""
    denied = (("ssm:PutParameter", "*"),)
    around(monkeypatch, engine="3.200.0", permissions=Permissions(missing=denied))
    there = world("serving", original(window=None))

    with pytest.raises(BlockedError) as refused:
        plan(there.session(report=(told := Told())), AT)

    assert refused.value.wrong.startswith("3 things stand against it:")
    for part in ("recovery is off", "Pulumi 3.200.0 is older", "ssm:PutParameter on * is not"):
        assert part in refused.value.wrong
    levels = [each["level"] for each in told.fields["findings"]]
    assert levels.count("blocked") == 3
    assert asked == []


def test_a_refused_step_of_the_next_update_blocks_the_plan(
    asked: list[tuple[Side, Side]],
) -> None:
    there = world(TO_PREPARED)
    there.stack.extra = [Change("update", f"{URN}{TABLE}::carts.original", frozenset({"ttl"}))]

    with pytest.raises(BlockedError) as refused:
        plan(there.session(report=(told := Told())), LATEST)

    assert "switch would be refused: update Table carts.original (ttl)" in refused.value.wrong
    assert told.fields["findings"][-1]["level"] == "blocked"
    assert told.fields["findings"][0]["about"] == "identity"
    assert asked


@pytest.mark.usefixtures("asked")
def test_in_another_account_nothing_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even by status: every table would look lost there."""
    there = world()
    state = replace(there.stack.state(), arns={"restore-demo.original": arn("original")})
    monkeypatch.setattr(there.stack, "state", lambda: state)
    there.aws.region = "us-east-1"

    for verb in (status, lambda session: plan(session, AT)):
        with pytest.raises(BlockedError, match="looks in region us-east-1"):
            verb(there.session())
