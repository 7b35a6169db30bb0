"""The list of actions that a run needs, held beside what a run calls.

A table with everything that can hang on it, on the real engine and provider.
"""

import json
from collections.abc import Callable

from restore.decide.preflight import preflight
from restore.model.facts import Facts, LiveTable, StackState, TableFacts, Window
from restore.model.when import LATEST
from restore.plan.outline import planned
from restore.plan.permissions import needs
from restore.table.config.parse import parse
from restore.table.past import TablePast
from tests.support.engine.everything import table
from tests.support.engine.iam_actions import action_of
from tests.support.engine.world import ORIGINAL, PARAMETER, World
from tests.support.memory.facts import NOW, WINDOW

At = Callable[[str], World]
NAME = "restore-demo"
_ELSEWHERE = {"kms:DescribeKey", "sts:GetCallerIdentity"}
"""The first one a key's own policy allows, and the second one nobody can be denied."""

_BEFOREHAND = {
    "dynamodb:ListTables",
    "iam:GetRole",
    "iam:GetUser",
    "iam:SimulatePrincipalPolicy",
    "lambda:GetFunctionConfiguration",
}
"""What is only looked at before the restore: where one of these is denied, that is a note."""


def listed(region: str) -> set[str]:
    """Every action that the list has for a restore of the table from its beginning."""
    config = parse({"tables": json.dumps({NAME: table(region)})})
    arn = f"arn:aws:dynamodb:{region}:123456789012:table/{ORIGINAL}"
    window: Window = WINDOW
    facts = TableFacts(
        config.tables[0],
        TablePast(
            physical={"original": ORIGINAL},
            pointed=ORIGINAL,
            parameter=PARAMETER,
            history=("original",),
        ),
        {"original": LiveTable(ORIGINAL, arn, "ACTIVE", window=window)},
        ORIGINAL,
    )
    (restore,) = preflight(Facts("dev", config, StackState(), (facts,)), LATEST, NOW, None)
    return {action for need in needs([planned(facts, restore, None)]) for action in need.actions}


def test_a_whole_run_calls_no_action_that_the_plan_does_not_ask_for(at: At) -> None:
    """One that is missing from the list is denied after the restore, in the middle of a row."""
    world = at("everything serving")
    since = world.last_call()

    world.restore("run", "--to", "latest", "--drain", "0", "--yes")

    called = {action_of(call) for call in world.calls(since)}
    assert called - _ELSEWHERE - _BEFOREHAND <= listed(world.env["AWS_REGION"])
    assert len(called) > 40
