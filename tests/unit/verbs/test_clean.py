"""`clean`: the one verb that deletes, and all that it refuses to delete."""

import pytest
from botocore.exceptions import ClientError

from restore.model.errors import BlockedError, RestoreError, UsageError
from restore.model.steps import Step
from restore.perform.transition import update
from restore.verbs.clean import clean
from tests.support.configs.documents import walk_through
from tests.support.configs.positions import TO_DROPPED, TO_PREPARED, TO_ROLLED_BACK, TO_SWITCHED
from tests.support.memory.account_and_stack import Clock, World, world
from tests.support.memory.facts import TO_BESIDE, name, original, restored

Captured = pytest.CaptureFixture[str]


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
            f"Clients use {name('restored')}: the parameter restore-demo-table-name names it.",
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


@pytest.mark.parametrize(
    ("way", "label", "verb"),
    [
        pytest.param(TO_PREPARED, "restored", "rollback", id="never-active"),
        pytest.param(TO_SWITCHED, "original", "drop", id="clients-moved-away"),
        pytest.param(TO_ROLLED_BACK, "restored", "drop", id="clients-moved-back"),
        pytest.param(
            f"{TO_BESIDE} switched-beside", "restored", "rollback --as restored", id="passed-over"
        ),
    ],
)
def test_a_table_leaves_the_stack_before_it_is_deleted(way: str, label: str, verb: str) -> None:
    """Drop waits for the switch of a label that was never active: rollback gives it up."""
    there = world(way)
    pointed = there.past.pointed
    with pytest.raises(BlockedError) as blocked:
        clean(there.session(), label, name(label))
    assert blocked.value.fix == f"python -m restore {verb}"

    row, _, chosen = verb.partition(" --as ")
    update(there.session(label=chosen or None), Step(row))
    assert there.past.pointed == pointed
    clean(there.session(), label, name(label))

    assert name(label) not in there.aws.tables


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


@pytest.mark.parametrize("code", ["ResourceNotFoundException", "ResourceInUseException"])
def test_a_table_that_is_deleted_in_spite_of_an_error_is_deleted(code: str) -> None:
    """Botocore asks again after an InternalServerError, and the second answer is a refusal."""
    there = world(TO_DROPPED, original())
    whole = there.aws.delete

    def delete(wanted: str) -> None:
        whole(wanted)
        raise ClientError({"Error": {"Code": code}}, "DeleteTable")

    there.aws.delete = delete  # type: ignore[method-assign]

    clean(there.session(), "original", name("original"))

    assert name("original") not in there.aws.tables


def test_a_table_that_aws_does_not_delete_is_said() -> None:
    """It would be waited for in vain."""
    there = world(TO_DROPPED, original())

    def delete(wanted: str) -> None:
        assert wanted == name("original")
        raise ClientError({"Error": {"Code": "ResourceInUseException"}}, "DeleteTable")

    there.aws.delete = delete  # type: ignore[method-assign]

    with pytest.raises(ClientError):
        clean(there.session(), "original", name("original"))
