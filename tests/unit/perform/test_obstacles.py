"""Nothing that was known before comes up after the wait: every obstacle, and any set of them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations

import pytest

from restore.decide.acceptance import Accepting
from restore.model.change import Change
from restore.model.errors import BlockedError, LockedError, RestoreError
from restore.model.facts import TableFacts
from restore.model.when import LATEST
from restore.perform.session import Session
from restore.plan.declared import Declared, Named
from restore.plan.losses.mention import Survey
from restore.plan.named import ABSENT
from restore.plan.surroundings import Key, Permissions
from restore.table.kinds import TABLE
from restore.verbs.freeze import freeze_before
from restore.verbs.plan import plan
from restore.verbs.run import run
from tests.support.memory.account_and_stack import URN, FakeProposal, World, world
from tests.support.memory.facts import name, original
from tests.unit.conftest import NOTHING

Patch = pytest.MonkeyPatch
SetUp = Callable[[World, Patch], None]
TTL = Change("update", f"{URN}{TABLE}::restore-demo.original", frozenset({"ttl"}))
STREAM = Named("stream", "arn:stream", "restore-demo", "tables.restore-demo.a.streamArn")


def proven(_: Session, tables: Sequence[TableFacts]) -> None:
    assert tables


def undeployed(there: World, _: Patch) -> None:
    there.stack.extra = [TTL]


def drift(there: World, _: Patch) -> None:
    there.stack.by_hand = [TTL]


def stream(_: World, patch: Patch) -> None:
    patch.setattr(
        "restore.perform.obstacles.declared", lambda *_: Declared(states={STREAM: ABSENT})
    )


def permission(_: World, patch: Patch) -> None:
    denied = Permissions(missing=(("ssm:PutParameter", "*"),))
    _around(patch, permissions=denied)


def key(_: World, patch: Patch) -> None:
    _around(patch, keys=(Key(name("original"), "arn:key", "Disabled"),))


def quota(_: World, patch: Patch) -> None:
    _around(patch, restoring=50)


def no_recovery(there: World, _: Patch) -> None:
    there.aws.tables[name("original")] = original(window=None)


def config(_: World, patch: Patch) -> None:
    def refuse(*_: object) -> None:
        raise BlockedError("it cannot be edited.", "Nothing was changed.", "write it plainly")

    patch.setattr("restore.perform.obstacles.refuse_unwritable", refuse)


def read_only(_: World, patch: Patch) -> None:
    patch.setattr("restore.perform.rehearse.os.access", lambda *_: False)


def provider(_: World, patch: Patch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RestoreError("Default provider disabled.", "Nothing.", "pulumi preview, once more")

    patch.setattr(FakeProposal, "preview", fail)


def _around(patch: Patch, **changed: object) -> None:
    found = replace(NOTHING, **changed)  # type: ignore[arg-type]
    patch.setattr("restore.perform.obstacles.surroundings", lambda *_: found)


OBSTACLES = (
    undeployed,
    drift,
    stream,
    permission,
    key,
    quota,
    no_recovery,
    config,
    read_only,
    provider,
)


def refused(there: World, verb: Callable[[Session], object]) -> BlockedError:
    with pytest.raises(BlockedError) as error:
        verb(there.session())
    assert there.effects == []
    return error.value


def a_run(session: Session) -> None:
    run(session, LATEST, 0, proven)


@pytest.mark.parametrize("obstacle", OBSTACLES)
@pytest.mark.parametrize(
    "verb",
    [a_run, lambda session: plan(session, LATEST), lambda session: freeze_before(session, LATEST)],
    ids=["run", "plan", "freeze"],
)
def test_an_obstacle_stops_everything_before_its_first_effect(
    obstacle: SetUp, verb: Callable[[Session], object], monkeypatch: Patch
) -> None:
    """Found after the wait it costs the time of the restore, in the middle of an incident."""
    monkeypatch.setattr("restore.verbs.plan.survey", lambda *_: Survey(None))
    obstacle(there := world(), monkeypatch)

    error = refused(there, verb)

    assert error.fix
    assert error.fix != "python -m restore status"


@pytest.mark.parametrize("pair", list(combinations(OBSTACLES, 2)))
def test_two_at_once_stop_it_as_well(pair: tuple[SetUp, SetUp], monkeypatch: Patch) -> None:
    there = world()
    for each in pair:
        each(there, monkeypatch)

    refused(there, a_run)


def test_all_of_it_is_said_at_once(monkeypatch: Patch) -> None:
    """At three in the morning each round costs minutes."""
    there = world()
    for each in (undeployed, stream, permission, config, read_only):
        each(there, monkeypatch)

    error = refused(there, a_run)

    parts = ("not deployed", "arn:stream", "ssm:PutParameter", "cannot be edited", "read-only")
    for part in parts:
        assert part in error.wrong


def test_without_an_obstacle_the_run_goes_through_to_its_end() -> None:
    there = world()

    run(there.session(), LATEST, 0, proven)

    assert there.past.history == ("original", "restored")


def test_what_a_simulation_denies_can_be_accepted(
    monkeypatch: Patch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A resource policy, which no simulation knows, may allow it."""
    there = world()
    permission(there, monkeypatch)

    run(there.session(accepting=Accepting(("permissions",))), LATEST, 0, proven)

    assert there.past.history == ("original", "restored")
    assert "ssm:PutParameter on * is not allowed" in capsys.readouterr().err


def test_beside_a_deleted_table_no_update_and_no_acceptance_is_offered() -> None:
    """An update of a deleted table fails, and its settings come with the one that follows it."""
    there = world(gone=("original",))
    change = frozenset({"billingMode"})
    there.stack.extra = [Change("update", f"{URN}{TABLE}::restore-demo.original", change)]

    error = refused(there, a_run)

    assert "pulumi up" not in error.fix
    assert "--accept" not in error.fix


def test_beside_a_deleted_table_what_the_new_one_brings_by_itself_is_no_obstacle(
    monkeypatch: Patch,
) -> None:
    there = world(gone=("original",))
    there.stack.extra = [TTL]
    monkeypatch.setattr("restore.verbs.plan.survey", lambda *_: Survey(None))

    plan(there.session(), LATEST)

    assert there.effects == []


def test_a_preview_beside_another_update_is_made_again(
    monkeypatch: Patch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What it saw was half of that other update, and no obstacle."""
    there = world()
    there.stack.extra = [TTL]
    whole, asked = there.stack.state, []

    def state() -> object:
        asked.append(1)
        if len(asked) == 2:
            there.stack.extra = []
            return None
        return whole()

    monkeypatch.setattr(there.stack, "state", state)

    run(there.session(), LATEST, 0, proven)

    assert "Another update has changed the stack meanwhile" in capsys.readouterr().err


def test_a_lock_that_nobody_may_break_blocks_the_start(monkeypatch: Patch) -> None:
    there = world()

    def locked(*_: object, **__: object) -> None:
        raise LockedError("locked by ann")

    monkeypatch.setattr(FakeProposal, "preview", locked)

    refused(there, a_run)
