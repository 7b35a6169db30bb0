"""A command that is printed for one table moves no client of another one."""

from dataclasses import replace

import pytest

from restore.model.command import Scope, together
from restore.model.when import LATEST
from restore.plan.losses.mention import Survey
from restore.table.past import TablePast
from restore.verbs.plan import plan
from restore.verbs.status import status
from tests.support.answers.bare_table import BARE
from tests.support.configs.documents import TABLE, walk_through
from tests.support.configs.positions import TO_SWITCHED
from tests.support.memory.account_and_stack import World, world
from tests.support.memory.facts import name

ORDERS = Scope("", "--table orders", apart=True)


def two_tables(way: str, gone: tuple[str, ...] = ()) -> World:
    """The walk-through's table after `way`, and `users`, which serves."""
    there = world(way, gone=gone)
    tables = walk_through()["tables"]
    there.stack.texts["tables"] = tables[:-1] + ", " + tables[1:].replace(TABLE, "users")
    serving = world()
    there.stack.past["users"] = _renamed(serving.past)
    found = serving.aws.tables[name("original")]
    users = replace(found, name=found.name.replace(TABLE, "users"))
    there.aws.tables[users.name] = users
    there.aws.parameters["users-table-name"] = users.name
    return there


def _renamed(past: TablePast) -> TablePast:
    def its(text: str | None) -> str | None:
        return text and text.replace(TABLE, "users")

    return replace(
        past,
        physical={label: str(its(each)) for label, each in past.physical.items()},
        covered=frozenset(str(its(each)) for each in past.covered),
        parameter=its(past.parameter),
        policy=its(past.policy),
        pointed=its(past.pointed),
    )


def next_of(there: World, *tables: str) -> dict[str, str]:
    shown = status(there.session(tables=tables))["tables"]
    return {table: each["next"] for table, each in shown.items()}


@pytest.mark.parametrize(
    ("scope", "says"),
    [
        pytest.param(Scope(), "python -m restore drop, or rollback", id="one-table"),
        pytest.param(
            ORDERS,
            "python -m restore drop --table orders, or rollback --table orders",
            id="apart",
        ),
        pytest.param(
            replace(ORDERS, apart=False),
            "python -m restore drop, or rollback --table orders",
            id="all-alike",
        ),
        pytest.param(
            Scope("--stack prod"),
            "python -m restore drop --stack prod, or rollback --stack prod",
            id="a-named-stack",
        ),
    ],
)
def test_a_command_says_what_it_needs_and_no_more(scope: Scope, says: str) -> None:
    assert scope.command("drop", "rollback") == says


def test_pulumis_own_commands_are_about_the_same_stack() -> None:
    assert Scope().pulumi("pulumi up") == "pulumi up"
    assert Scope("--stack prod").pulumi("pulumi up") == "pulumi up --stack prod"


def test_a_verb_that_takes_one_table_is_told_which() -> None:
    alike = replace(ORDERS, apart=False)
    assert alike.command("clean x", alone=True) == "python -m restore clean x --table orders"


def test_several_tables_are_named_together() -> None:
    users = replace(ORDERS, table="--table users")
    assert together([ORDERS, users]).command("rollback") == (
        "python -m restore rollback --table orders --table users"
    )
    assert together([]) == Scope()


def test_the_next_step_of_a_lost_table_restores_no_healthy_one() -> None:
    """`run` without `--table` would restore and switch users too, and leave its writes behind."""
    assert next_of(two_tables("serving", gone=("original",))) == {
        TABLE: f"python -m restore run --to latest --table {TABLE}",
        "users": "nothing; to restore: python -m restore run --to WHEN --table users",
    }


def test_tables_that_stand_alike_go_on_together() -> None:
    alike = replace(ORDERS, apart=False)
    assert alike.command("adopt") == "python -m restore adopt"


def test_of_tables_that_all_serve_the_wrong_one_is_restored_alone() -> None:
    """Garbage in one of them is no phase: the others look the same."""
    assert next_of(two_tables("serving")) == {
        table: f"nothing; to restore: python -m restore run --to WHEN --table {table}"
        for table in (TABLE, "users")
    }


def test_anyone_who_looks_at_one_table_is_told_of_that_one() -> None:
    """How the others stand was not looked at."""
    assert next_of(two_tables(TO_SWITCHED), TABLE) == {
        TABLE: f"python -m restore drop --table {TABLE}, or rollback --table {TABLE}"
    }


def test_a_plan_ends_with_the_command_for_what_was_planned(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("restore.verbs.plan.survey", lambda *_: Survey(BARE))
    plan(two_tables("serving").session(tables=(TABLE,)), LATEST)
    assert capsys.readouterr().err.rstrip().endswith(f"--table {TABLE}")

    plan(two_tables("serving").session(), LATEST)
    assert "--table" not in capsys.readouterr().err
