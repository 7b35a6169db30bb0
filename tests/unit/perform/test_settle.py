"""A state that the last update left wrong is fixed before anything is decided by it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from restore.engine.state import state_of
from restore.model.errors import BlockedError, LockedError
from restore.model.facts import StackState
from restore.model.steps import Step
from restore.perform.settle import settled
from restore.perform.transition import update
from tests.support.configs.documents import TABLE as DEMO
from tests.support.configs.positions import TO_PREPARED, TO_SWITCHED
from tests.support.memory.account_and_stack import World, world
from tests.support.memory.facts import name

PARAMETER = "restore-demo-table-name"
FLIP = "Parameter restore-demo"


def unfinished(there: World, *where: str, read_again: Callable[[], None]) -> list[str]:
    """The last update did not end well at `where`; returns how often AWS was read again."""
    whole, at, reads = there.stack.state, list(where), list[str]()

    def state() -> StackState:
        return replace(whole(), unfinished=tuple(at))

    def read() -> None:
        reads.append("again")
        read_again()
        at.clear()

    stack: Any = there.stack
    stack.state, stack.read_again = state, read
    return reads


def failed_flip() -> tuple[World, list[str]]:
    """AWS refused the flip, and the state says that it was made."""
    there = world(TO_SWITCHED)
    there.aws.parameters[PARAMETER] = name("original")
    before = world(TO_PREPARED).past

    def read_again() -> None:
        there.stack.past[DEMO] = before

    return there, unfinished(there, FLIP, read_again=read_again)


def test_a_switch_that_aws_refused_is_made_by_the_next_one() -> None:
    """Without it 'someone edited the parameter' would send a person to move clients by hand."""
    there, reads = failed_flip()

    update(there.session(), Step.SWITCH)

    assert there.aws.parameters == {PARAMETER: name("restored")}
    assert reads == ["again"]


def test_nothing_is_read_anew_where_nothing_is_unfinished() -> None:
    """What someone edited by hand must not come into the state as if it had been meant."""
    there = world(TO_PREPARED)
    reads = unfinished(there, read_again=lambda: None)

    assert settled(there.session()) == there.session().observe()
    assert reads == []


def test_a_dry_run_writes_no_state(capsys: pytest.CaptureFixture[str]) -> None:
    there, reads = failed_flip()

    settled(there.session(dry_run=True))

    assert reads == []
    assert (
        f"did not end well at {FLIP}, or is not over: the state may be wrong"
        in capsys.readouterr().err
    )


@pytest.mark.parametrize(
    ("where", "pointer"),
    [
        pytest.param(FLIP, "by-hand", id="to-a-table-of-nobody"),
        pytest.param("Policy restore-demo", name("original"), id="while-the-policy-failed"),
    ],
)
def test_a_parameter_that_no_update_of_ours_can_have_left_so_blocks(
    where: str, pointer: str
) -> None:
    """Read again, a hand edit would look meant, and the next verb would build upon it."""
    there = world(TO_SWITCHED)
    there.aws.parameters[PARAMETER] = pointer
    reads = unfinished(there, where, read_again=lambda: None)

    with pytest.raises(BlockedError, match="someone edited it"):
        update(there.session(), Step.DROP)

    assert reads == []
    assert there.effects == []


def test_an_edit_between_the_question_and_the_update_stops_the_update() -> None:
    """The preview and the person who is asked take a while; the edit would be overwritten."""
    there = world(TO_PREPARED)
    session = there.session()

    def preview(_: object) -> list[Any]:
        there.aws.parameters[PARAMETER] = "by-hand"
        return []

    there.stack.changes = preview  # type: ignore[assignment,method-assign]

    with pytest.raises(BlockedError, match="holds 'by-hand' in AWS"):
        update(session, Step.SWITCH)

    assert there.effects == []
    assert there.aws.parameters == {PARAMETER: "by-hand"}


def test_a_table_that_was_never_deployed_has_no_parameter_of_ours() -> None:
    """A parameter that the first update is to take over is there before it."""
    there = world("")
    there.aws.parameters[PARAMETER] = "orders"
    reads = unfinished(there, "Policy restore-demo", read_again=lambda: None)

    settled(there.session())

    assert reads == ["again"]


def test_a_lock_in_the_way_of_reading_anew_is_dealt_with_like_any_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """`run --break-lock` after a killed switch begins with `start`: it has to break it there."""
    there, reads = failed_flip()
    again, locked = there.stack.read_again, ["an engine that died"]  # type: ignore[attr-defined]

    def read_again() -> None:
        if locked:
            raise LockedError(locked[0])
        again()

    stack: Any = there.stack
    stack.read_again = read_again
    monkeypatch.setattr("restore.perform.settle.get_past", lambda *_: locked.clear())

    settled(there.session())

    assert reads == ["again"]


def test_the_state_tells_what_its_last_update_failed_or_died_at() -> None:
    """The provider saves what was wanted, and beside it that AWS refused it."""
    urn = "urn:pulumi:dev::restore-demo::aws:{}::restore-demo".format
    policy = {"type": "aws:iam/policy:Policy", "urn": urn("iam/policy:Policy"), "outputs": {}}
    flip = {"urn": urn("ssm/parameter:Parameter")}

    state = state_of(
        {
            "resources": [{**policy, "initErrors": ["updating …: 1 error occurred"]}],
            "pending_operations": [
                {"type": "updating", "resource": flip},
                {"type": "creating", "resource": {"urn": urn("kms/key:Key")}},
            ],
        }
    )

    assert state.unfinished == ("Policy restore-demo", "Parameter restore-demo")
