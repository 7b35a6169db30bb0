"""`status`: where each table stands, for people and for a script."""

from dataclasses import replace

import pytest
from rich.console import Console

from restore.model.errors import UsageError
from restore.model.phase import Phase
from restore.report.report import Report
from restore.verbs.status import status
from tests.support.configs.documents import walk_through
from tests.support.configs.positions import TO_DROPPED, TO_PREPARED, TO_ROLLED_BACK, TO_SWITCHED
from tests.support.memory.account_and_stack import World, world
from tests.support.memory.facts import TO_BESIDE, arn, name, original, restored, restoring

Captured = pytest.CaptureFixture[str]


def edited(there: World) -> World:
    """Someone moved the clients by hand."""
    there.aws.parameters["restore-demo-table-name"] = name("original")
    return there


@pytest.mark.parametrize(
    ("there", "phase", "after"),
    [
        pytest.param(world(""), Phase.UNDEPLOYED, "pulumi up", id="undeployed"),
        pytest.param(
            world(),
            Phase.SERVING,
            "nothing; to restore: python -m restore run --to WHEN",
            id="serving",
        ),
        pytest.param(
            world(gone=("original",)),
            Phase.LOST,
            "python -m restore run --to latest",
            id="lost",
        ),
        pytest.param(
            world("serving", restoring()), Phase.RESTORING, "python -m restore wait", id="restoring"
        ),
        pytest.param(
            world(TO_SWITCHED), Phase.SWITCHED, "python -m restore drop, or rollback", id="switched"
        ),
        pytest.param(
            world(TO_ROLLED_BACK),
            Phase.ROLLED_BACK,
            "python -m restore drop, or switch",
            id="rolled-back",
        ),
        pytest.param(
            world(TO_DROPPED),
            Phase.DROPPED,
            "nothing; to go back: python -m restore rollback",
            id="dropped",
        ),
        pytest.param(
            world(TO_DROPPED, original(status="DELETING")),
            Phase.DROPPED,
            "nothing; the table that was active before is DELETING",
            id="dropped-and-being-deleted",
        ),
        pytest.param(
            edited(world(TO_DROPPED)),
            Phase.DROPPED,
            f"if clients are to stay with {name('original')}: pulumi config set --path"
            " 'standbyTables[0]' restored; pulumi config set activeTable original; pulumi config"
            " set rollbackFrom restored; pulumi up; to take them back: aws ssm put-parameter"
            f" --overwrite --type String --name restore-demo-table-name --value {name('restored')}",
            id="clients-are-elsewhere",
        ),
    ],
)
def test_status_says_the_phase_and_the_next_step(
    there: World, phase: Phase, after: str, capsys: Captured
) -> None:
    shown = status(there.session())

    assert shown["tables"]["restore-demo"]["phase"] == phase
    assert f"restore-demo: {phase}; next: {after}\n  back: " in capsys.readouterr().err
    assert there.effects == []


def test_status_is_whole_for_a_script() -> None:
    there = world(TO_BESIDE, restored(window=None))

    assert status(there.session()) == {
        "stack": "dev",
        "config": {"file": "stacks/Pulumi.dev.yaml", "git": "committed", "warning": None},
        "account": "123456789012",
        "region": "eu-west-1",
        "locks": [],
        "tables": {
            "restore-demo": {
                "phase": "adopted",
                "next": "python -m restore prepare --as restored-2, or switch --as restored",
                "back": (
                    "python -m restore rollback (let restored-2 leave the stack, kept in AWS)"
                ),
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
                            "writesDenied": False,
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


def test_a_restore_that_failed_is_not_waited_for(capsys: Captured) -> None:
    """`wait` would only say so, and `start` would carry on with what will never be there."""
    broken = replace(restoring(), status="INACCESSIBLE_ENCRYPTION_CREDENTIALS")

    status(world("serving", broken).session())

    clean = f"python -m restore clean restored --confirm {name('restored')}, then start"
    assert f"next: {clean}" in capsys.readouterr().err


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
    assert refused.value.fix == (
        "the same command with one of these in its place: --table restore-demo"
    )


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


def test_a_config_that_is_not_deployed_is_named_and_not_offered_for_a_commit(
    capsys: Captured,
) -> None:
    """An older commit on disk, committed again, lets a pipeline drop the restored table."""
    there = world(TO_PREPARED)
    there.stack.texts = walk_through()

    shown = status(there.session())

    assert shown["config"]["warning"] == (
        "stacks/Pulumi.dev.yaml is not what the stack holds; a pulumi up would change this:"
        "\n  - standbyTables: restored → nothing"
        "\n  fix: pulumi preview --diff, and deploy it or take the change back; do not commit it"
        " before that"
    )
    assert "git add" not in capsys.readouterr().err


@pytest.mark.parametrize("width", [80, 100])
def test_in_a_narrow_terminal_every_name_and_time_stays_whole(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], width: int
) -> None:
    """A name that is broken in two can be neither read nor copied."""
    report = Report(as_json=False)
    console = Console(stderr=True, width=width, highlight=False, soft_wrap=True)
    monkeypatch.setattr(report, "_console", console)

    status(world(TO_PREPARED).session(report=report))

    lines = capsys.readouterr().err.splitlines()
    shown = [line for line in lines if "│" in line]
    assert max(map(len, shown)) <= width
    for whole in (name("original"), name("restored"), "restored to 2026-01-31T14:02:00Z", "active"):
        assert any(whole in line for line in shown), whole
