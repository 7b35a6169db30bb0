"""The updates ahead: the next one as the engine previews it, the others as their gates allow."""

from dataclasses import replace

import pytest

from restore.decide.preflight import preflight
from restore.model.change import Change
from restore.model.when import LATEST, When
from restore.perform.updates_ahead import UpdateAhead, updates_ahead
from restore.plan.findings import Finding, Level
from restore.plan.outline import planned
from restore.plan.transitions import rows_ahead
from restore.table.kinds import TABLE
from tests.support.configs.positions import TO_DROPPED, TO_PREPARED, TO_SWITCHED
from tests.support.memory.account_and_stack import URN, World, world
from tests.support.memory.facts import NOW, POINT, WINDOW, facts, restored, restoring
from tests.support.memory.stack_facts import observed, other

TTL = Change("update", f"{URN}{TABLE}::restore-demo.original", frozenset({"ttl"}))


def ahead(
    there: World, when: When = LATEST, label: str | None = None
) -> tuple[list[UpdateAhead], list[Finding]]:
    session = there.session(label=label)
    facts = session.observe()
    restores = preflight(facts, when, NOW, label)
    plans = [
        planned(table, each, label) for table, each in zip(facts.tables, restores, strict=True)
    ]
    seen = updates_ahead(session, facts, plans)
    return [*seen.updates], [*seen.findings]


@pytest.mark.parametrize(
    ("there", "when", "rows"),
    [
        pytest.param(
            world(),
            LATEST,
            [("adopt", False), ("prepare", False), ("switch", False), ("drop", False)],
            id="serving",
        ),
        pytest.param(
            world("serving", restoring()),
            LATEST,
            [("adopt", False), ("prepare", False), ("switch", False), ("drop", False)],
            id="restoring",
        ),
        pytest.param(
            world("serving", restored()),
            LATEST,
            [("adopt", True), ("prepare", False), ("switch", False), ("drop", False)],
            id="restored",
        ),
        pytest.param(
            world("serving", restored(window=WINDOW)),
            LATEST,
            [("prepare", True), ("switch", False), ("drop", False)],
            id="configured-before",
        ),
        pytest.param(
            world("serving adopted"),
            LATEST,
            [("prepare", True), ("switch", False), ("drop", False)],
            id="adopted",
        ),
        pytest.param(
            world(TO_PREPARED), LATEST, [("switch", True), ("drop", False)], id="prepared"
        ),
        pytest.param(world(TO_SWITCHED), LATEST, [("drop", True)], id="switched"),
        pytest.param(world(TO_DROPPED), When(at=POINT), [], id="dropped"),
        pytest.param(world(gone=("original",)), LATEST, [("switch", False)], id="lost"),
        pytest.param(
            world("serving", restored(backup="arn:backup"), gone=("original",)),
            LATEST,
            [("switch", True)],
            id="lost-and-restored",
        ),
    ],
)
def test_the_next_update_is_previewed_and_the_later_ones_are_not(
    there: World, when: When, rows: list[tuple[str, bool]]
) -> None:
    """A preview of a later one would be of a stack that will not be there then."""
    shown, found = ahead(there, when)

    assert [(str(each.row), each.previewed) for each in shown] == rows
    assert found == []
    assert there.effects == []


def test_the_steps_are_the_engines_own_or_all_that_the_gate_allows() -> None:
    adopt, prepare, switch, drop = ahead(world("serving", restored()))[0]

    assert adopt.steps == ("import Table restore-demo.restored",)
    assert prepare.steps[0].startswith("import or update Table restore-demo.restored (")
    assert "pointInTimeRecovery" in prepare.steps[0]
    assert switch.steps == ("update Parameter restore-demo (value, version)",)
    assert drop.steps == (
        "update Policy restore-demo (policy)",
        "delete Table restore-demo.original",
    )
    assert str(adopt) == "adopt, as previewed now:\n  ~ import Table restore-demo.restored"
    assert str(switch).startswith("switch, not to be previewed yet; its gate will let through")


def test_the_short_way_is_one_update_with_all_of_it() -> None:
    (switch,) = ahead(world(gone=("original",)))[0]

    assert [each.split(" (")[0] for each in switch.steps] == [
        "import or update Table restore-demo.restored",
        "update Policy restore-demo",
        "update Parameter restore-demo",
        "delete Table restore-demo.original",
    ]


def test_of_a_lost_table_that_the_stack_has_forgotten_nothing_is_previewed() -> None:
    """The program would import it: the preview fails, and kept the rescue from beginning."""
    there = world(TO_SWITCHED, gone=("restored",))
    past = there.stack.past["restore-demo"]
    known = {label: table for label, table in past.physical.items() if label == "original"}
    there.stack.past["restore-demo"] = replace(past, physical=known)
    there.stack.extra = [TTL]  # a preview would find it

    shown, found = ahead(there)

    assert [(str(each.row), each.previewed) for each in shown] == [("switch", False)]
    assert found == []


def test_the_permits_shown_cover_what_the_engine_then_does() -> None:
    """What is shown today as the most must not be less than what comes."""
    early = {each.row: each.steps for each in ahead(world("serving", restored()))[0]}
    for way in ("serving adopted", TO_PREPARED, TO_SWITCHED):
        now = next(each for each in ahead(world(way))[0] if each.previewed)
        for step in now.steps:
            words = step.split(" (")[0].partition(" ")[2]
            assert any(words in each for each in early[now.row]), (way, step)


def test_a_step_that_the_gate_would_refuse_blocks_the_plan() -> None:
    there = world(TO_PREPARED)
    there.stack.extra = [TTL]

    _, (finding,) = ahead(there)

    assert finding.level is Level.BLOCKED
    assert finding.says == (
        "switch would be refused: update Table restore-demo.original (ttl): not part of this step."
    )
    assert finding.fix == "--accept Table/restore-demo.original:ttl"


def test_a_stack_that_is_not_as_declared_blocks_the_restore() -> None:
    """The restore takes its time; found only after that, the first update would be refused."""
    there = world()
    there.stack.extra = [TTL]

    _, (finding,) = ahead(there)

    assert finding.level is Level.BLOCKED
    assert "not deployed; the first update of the run would be refused" in finding.says
    assert finding.fix.startswith("pulumi up, which deploys it; or the same command with --accept")


def test_two_tables_at_different_rows_are_not_previewed_as_one() -> None:
    """The verb updates all tables at once, and blocks while one of them is still restored."""
    tables = (facts("serving", restoring()), other(facts("serving adopted")))
    restores = preflight(observed(*tables), LATEST, NOW, None)
    plans = [planned(*each, None) for each in zip(tables, restores, strict=True)]

    rows = rows_ahead(plans, None)

    assert [(str(each.row), each.tables, bool(each.moves)) for each in rows] == [
        ("adopt", ("restore-demo",), False),
        ("prepare", ("restore-demo", "carts"), False),
        ("switch", ("restore-demo", "carts"), False),
        ("drop", ("restore-demo", "carts"), False),
    ]
