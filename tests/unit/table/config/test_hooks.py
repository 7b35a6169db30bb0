"""Hooks in the stack config: each has one place, and names a program."""

from typing import Any

import pytest

from restore.table.config.hooks import Hook
from restore.table.config.parse import parse
from restore.table.config.problems import Problem
from tests.support.configs.documents import walk_through
from tests.support.configs.mistakes import problems_of

AT = "runbook.hooks[0]"


def test_hooks_are_read_in_their_order() -> None:
    hooks = [
        {"before": "switch", "run": ["./announce.sh", "moving", ""]},
        {"after": "drop", "run": ["true"]},
    ]

    read = parse(walk_through(runbook={"hooks": hooks})).runbook.hooks

    assert read == [
        Hook(before="switch", run=["./announce.sh", "moving", ""]),
        Hook(after="drop", run=["true"]),
    ]
    assert [each.where for each in read] == ["before switch", "after drop"]


@pytest.mark.parametrize(
    ("hook", "expected"),
    [
        pytest.param(
            {"before": "switch", "after": "drop", "run": ["true"]},
            Problem(
                AT,
                "is both before switch and after drop",
                f"pulumi config rm --path '{AT}.after'; or the other one",
            ),
            id="two-places",
        ),
        pytest.param(
            {"run": ["true"]},
            Problem(
                AT,
                "is neither before nor after a step",
                f"pulumi config set --path '{AT}.before' switch",
            ),
            id="no-place",
        ),
        pytest.param(
            {"before": "switch", "run": [" "]},
            Problem(
                f"{AT}.run",
                "names no program that could be run",
                f"pulumi config set --path '{AT}.run[0]' <program>",
            ),
            id="no-program",
        ),
        pytest.param(
            {"before": "switch", "run": ["true", "a\0b"]},
            Problem(
                f"{AT}.run",
                "names no program that could be run",
                f"pulumi config set --path '{AT}.run[0]' <program>",
            ),
            id="what-no-process-can-be-given",
        ),
    ],
)
def test_a_hook_that_could_never_run_is_one_problem(
    hook: dict[str, Any], expected: Problem
) -> None:
    """Found at the switch, during an incident, it would cost the switch."""
    assert problems_of(walk_through(runbook={"hooks": [hook]})) == (expected,)
