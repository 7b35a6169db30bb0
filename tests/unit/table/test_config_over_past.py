"""Every row's config deployed over the past of every row, and of every killed update.

The expectations are the table in `pairs`. What is not here: that the engine stops with
`does not exist` where a label that comes in has no table in AWS (tests/engine).
"""

from itertools import product
from typing import Any

import pytest

from restore.table.config.parse import parse
from restore.table.config.problems import RefusedError
from restore.table.history import flips, rollback_token
from tests.support.configs.config_over_past import OUTCOMES, PAIRS, Outcome
from tests.support.configs.documents import walk_through
from tests.support.configs.positions import STANDS, Stand
from tests.support.configs.shell import typed_in
from tests.support.configs.transitions import ROWS, deploy, past_by


def pairs(*, refused: bool) -> list[Any]:
    return [
        pytest.param(row, stand, outcome, id=f"{row}-at-{name}")
        for row, (name, stand) in product(ROWS, STANDS.items())
        if bool((outcome := PAIRS[row, stand.line]).refused) == refused
    ]


over_an_accepting_past = pytest.mark.parametrize(("row", "stand", "outcome"), pairs(refused=False))
over_a_refusing_past = pytest.mark.parametrize(("row", "stand", "outcome"), pairs(refused=True))
at_each_stand = pytest.mark.parametrize(
    "stand", [pytest.param(stand, id=name) for name, stand in STANDS.items()]
)


@at_each_stand
def test_a_stack_stands_where_its_way_leads(stand: Stand) -> None:
    """Else the pairs below would be tried over some other past than they say."""
    (config,) = parse(walk_through()).tables
    history = flips(config, past_by(stand.way))
    assert history == stand.history
    assert not history or rollback_token(history) == stand.token


@over_an_accepting_past
def test_an_accepted_config_moves_what_the_table_says(
    row: str, stand: Stand, outcome: Outcome
) -> None:
    past = past_by(stand.way)
    declared = deploy(past, ROWS[row])
    labels, known = {physical.label for physical in declared.physical}, set(past.physical)
    assert bool(labels - known) == outcome.comes
    assert bool(known - labels) == outcome.goes
    assert (stand.now not in {None, declared.active}) == outcome.moves
    appended = () if declared.active == stand.now else (declared.active,)
    assert declared.history == stand.history + appended


@over_an_accepting_past
def test_nothing_is_created_but_the_original_of_a_new_stack(
    row: str, stand: Stand, outcome: Outcome
) -> None:
    """An empty table that clients are pointed at is the worst that can happen."""
    created = [
        physical.label
        for physical in deploy(past_by(stand.way), ROWS[row]).physical
        if not physical.imported
    ]
    assert created == (["original"] if outcome is OUTCOMES["new"] else [])


@over_an_accepting_past
def test_clients_move_back_only_where_rollback_from_names_the_active_label(
    row: str, stand: Stand, outcome: Outcome
) -> None:
    active = deploy(past_by(stand.way), ROWS[row]).active
    goes_back = active != stand.now and active in stand.history
    assert goes_back == outcome.why.startswith("back on purpose")
    assert not goes_back or ROWS[row]["rollbackFrom"] == stand.token


@over_a_refusing_past
def test_a_refused_config_is_named_key_by_key_with_commands_that_fix_it(
    row: str, stand: Stand, outcome: Outcome
) -> None:
    """The commands are typed in, all of them: the next update is then accepted."""
    past, keys = past_by(stand.way), ROWS[row]
    with pytest.raises(RefusedError) as caught:
        deploy(past, keys)
    problems = caught.value.problems
    assert tuple(problem.path for problem in problems) == outcome.refused
    if "activeTable" in outcome.refused:
        assert f"from {stand.now!r} back to {keys.get('activeTable', 'original')!r}" in str(
            problems
        )
        assert f"pulumi config set activeTable {stand.now}" in str(problems)
    for problem in problems:
        keys = typed_in(problem.fix, keys)
    assert deploy(past, keys).active == ROWS[row].get("activeTable", "original")


@pytest.mark.parametrize(
    ("row", "stand"),
    [
        pytest.param(row, stand, id=f"{row}-at-{stand.line}")
        for (row, line), outcome in PAIRS.items()
        if outcome.refused == ("activeTable",)
        for stand in STANDS.values()
        if stand.line == line
    ],
)
def test_an_older_commit_is_made_to_say_what_clients_use_and_to_keep_the_other_table(
    row: str, stand: Stand
) -> None:
    """Who deployed it by mistake wants nothing to change: no client moves, no table leaves."""
    past, keys = past_by(stand.way), ROWS[row]
    with pytest.raises(RefusedError) as caught:
        deploy(past, keys)
    (problem,) = caught.value.problems
    before, found, _ = problem.fix.partition(" if this is an older commit")
    if not found:
        return  # the config goes back on purpose, and would drop the table that it leaves
    declared = deploy(past, typed_in(before, keys))
    assert declared.active == stand.now
    left = keys.get("activeTable", "original")
    assert left not in past.physical or left in {each.label for each in declared.physical}


@at_each_stand
def test_no_config_of_the_way_moves_a_client_at_its_end(stand: Stand) -> None:
    """A pipeline that deploys an old commit: the reason why the program knows its past."""
    deployed = [step.partition("!")[0] for step in stand.way.split()]
    for row in {*deployed} - {*deployed[-1:]}:
        outcome = PAIRS[row, stand.line]
        assert outcome.refused or not outcome.moves, row


def test_every_outcome_of_the_table_is_in_use() -> None:
    """An outcome that no pair has was never proven."""
    assert {outcome.why for outcome in PAIRS.values()} == {o.why for o in OUTCOMES.values()}
    assert set(PAIRS) == set(product(ROWS, {stand.line for stand in STANDS.values()}))
