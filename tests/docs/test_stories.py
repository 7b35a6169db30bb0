"""The README's two walk-throughs, typed into a shell as they stand there.

Each section runs in one bash, in a copy of the checkout under git, with a sandbox of its own. Not
run here: `make setup`, blocks of `sh` (the AWS CLI is no dependency of this project), and what the
README says of real accounts.
"""

from pathlib import Path

import pytest

from tests.support.pages.page import README, section, steps
from tests.support.pages.shell import assert_shown, clean_for_git, walk


@pytest.mark.timeout(900)  # a whole page, with every drift proof, on a busy machine
@pytest.mark.parametrize("title", ["By hand, in plain Pulumi", "By the runbook"])
def test_each_command_of_a_walk_through_shows_what_the_readme_says(
    title: str, folder: Path
) -> None:
    """A newcomer who sees something else does not know whether the page is wrong or the step."""
    todo = steps(section(README, title))
    assert len(todo) > 20
    assert_shown(todo, folder)
    assert clean_for_git(folder)


def test_the_first_update_leaves_the_sample_config_as_it_is(folder: Path) -> None:
    """`pulumi stack init` writes a salt: into the sample, where it has none, for git to find."""
    sample = folder / "stacks/Pulumi.sandbox.yaml"
    before = sample.read_bytes()
    todo = steps(section(README, "By hand, in plain Pulumi"))
    end = next(n for n, step in enumerate(todo) if step.command.startswith("pulumi up")) + 1
    assert [each.code for each in walk(todo[:end], folder)] == [0] * end
    assert sample.read_bytes() == before
    assert clean_for_git(folder)
