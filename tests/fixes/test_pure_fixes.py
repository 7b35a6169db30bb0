"""Fixes of situations that no engine and no emulator can be brought into: facts → text.

AWS would have to keep a table half deleted, give it a kind that moto has not, or count 50 restores.
What the fix says is done to the facts, and the same decision then goes on.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from pulumi.automation.events import OpType

from restore.aws.hanging import _until
from restore.decide.leftovers import Leftover
from restore.decide.preflight import preflight
from restore.decide.probe import refuse_failures, refuse_the_end, refuse_to_begin, refuse_to_drop
from restore.decide.restore import StartRestore
from restore.engine.events import refuse_missing
from restore.model.command import Scope
from restore.model.errors import RestoreError
from restore.model.when import LATEST
from restore.plan.checks import findings
from restore.plan.findings import Level
from restore.plan.surroundings import Surroundings
from restore.settings.differences import compare
from restore.settings.document import document
from restore.table.kinds import DESTINATION
from tests.fixes.sites import printed
from tests.support.answers.plain_table import ENTRY, INDEX, answers
from tests.support.memory.facts import NOW, facts, original
from tests.support.memory.probes import DENIED, probed
from tests.support.memory.stack_facts import observed
from tests.unit.conftest import NOTHING

Check = Callable[[], object]


def restored_from(status: str) -> Check:
    """A preflight of a table in this status."""
    live = original(status=status, **({} if status == "ACTIVE" else {"window": None}))
    return lambda: preflight(observed(facts("serving", live)), LATEST, NOW, None)


def described(**table: Any) -> Check:
    return lambda: document(answers(table))


def compared(here: Mapping[str, Any]) -> Check:
    return lambda: compare(here, ENTRY, configured=True)


KEY_OF_TWO = {**INDEX, "KeySchema": [{"AttributeName": n, "KeyType": "HASH"} for n in "ab"]}


def taken_away(*, gone: bool) -> Check:
    """The wait for a leftover; two minutes of it are over."""
    leftover = Leftover(DESTINATION, "orders", "arn", "a destination")
    return lambda: _until(lambda: gone, leftover, seconds=-1.0)


REFUSALS = [
    pytest.param(
        "restore/aws/hanging.py:_until",
        taken_away(gone=False),
        "the same command again",
        taken_away(gone=True),
        id="a leftover that AWS takes away slowly",
    ),
    pytest.param(
        "restore/decide/preflight.py:_refuse_unreadable",
        restored_from("CREATING"),
        "aws dynamodb wait table-exists --table-name ",
        restored_from("ACTIVE"),
        id="a table that is being made",
    ),
    pytest.param(
        "restore/decide/preflight.py:_refuse_unreadable",
        restored_from("INACCESSIBLE_ENCRYPTION_CREDENTIALS"),
        "aws dynamodb describe-table --table-name restore-demo-original-table --query Table.SSED",
        restored_from("ACTIVE"),
        id="a table without its key",
    ),
    pytest.param(
        "restore/settings/document.py:_refuse#3",
        described(VectorIndexes=[{}]),
        "keep orders out of this stack",
        described(),  # of another table
        id="vector indexes",
    ),
    pytest.param(
        "restore/settings/indexes.py:key_of",
        described(GlobalSecondaryIndexes=[KEY_OF_TWO]),
        "keep the table of by-date out of the stack",
        described(),  # of another table
        id="a key of several attributes",
    ),
    pytest.param(
        "restore/settings/differences.py:compare",
        compared({}),
        "the same command once more",
        compared(ENTRY),
        id="nothing was read",
    ),
    pytest.param(
        "restore/engine/events.py:refuse_missing",
        lambda: refuse_missing([], {OpType.CREATE: 1}, "Nothing was touched."),
        "pulumi preview --diff",
        lambda: refuse_missing([], {OpType.SAME: 1}, "Nothing was touched."),
        id="a change that the engine counts and does not show",
    ),
    pytest.param(
        "restore/decide/probe.py:refuse_to_begin",
        lambda: refuse_to_begin(probed((None, DENIED)), set(), Scope()),
        "see that its profile (runbook.probeProfile) may read",
        lambda: refuse_to_begin(probed(("old", None)), set(), Scope()),
        id="a probe without the grant",
    ),
    pytest.param(
        "restore/decide/probe.py:refuse_failures",
        lambda: refuse_failures(probed(("new", DENIED)), Scope()),
        "correct what the reads say, then the same command; or, to take clients back",
        lambda: refuse_failures(probed(("new", None)), Scope()),
        id="reads that fail after the switch",
    ),
    pytest.param(
        "restore/decide/probe.py:refuse_to_drop",
        lambda: refuse_to_drop(probed(("old", None)), Scope()),
        "python -m restore status",
        lambda: refuse_to_drop(probed(("old", None), ("new", None)), Scope()),
        id="reads that never came to the new table",
    ),
    pytest.param(
        "restore/decide/probe.py:refuse_the_end",
        lambda: refuse_the_end(probed(("new", None), ("old", DENIED)), Scope()),
        "python -m restore status; to take clients back",
        lambda: refuse_the_end(probed(("new", None)), Scope()),
        id="reads that fail after the drop",
    ),
]


@pytest.mark.parametrize(("site", "refused", "fix", "allowed"), REFUSALS)
def test_what_the_fix_says_lets_the_same_decision_go_on(
    site: str, refused: Check, fix: str, allowed: Check
) -> None:
    """The first fix never moves a client back to the table that it had left."""
    with pytest.raises(RestoreError) as refusal:
        refused()
    said = printed(str(refusal.value), site)
    assert said.startswith(fix)
    assert not said.startswith("python -m restore rollback")
    allowed()


FINDINGS = [
    pytest.param(
        "restore/plan/checks.py:_engine",
        {"engine": "3.251.9"},
        {"engine": "3.259.0"},
        id="an old engine",
    ),
    pytest.param(
        "restore/plan/checks.py:_quota",
        {"restoring": 50},
        {"restoring": 49},
        id="too many restores",
    ),
]


@pytest.mark.parametrize(("site", "wrong", "right"), FINDINGS)
def test_what_is_around_is_put_right_as_the_fix_says(
    site: str, wrong: dict[str, Any], right: dict[str, Any]
) -> None:
    """An update by an old engine can delete a table that it has imported."""
    whole = observed(facts("serving"))

    def blocks(seen: Surroundings) -> list[str]:
        return [str(each) for each in findings(whole, seen, 1) if each.level is Level.BLOCKED]

    (said,) = blocks(replace(NOTHING, **wrong))
    printed(said, site)
    assert blocks(replace(NOTHING, **right)) == []
    assert isinstance(preflight(whole, LATEST, NOW, None)[0], StartRestore)
