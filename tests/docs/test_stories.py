"""The pages that are one story, typed into a shell from top to bottom as they stand there.

Each runs in one bash, in a copy of the checkout under git, with a sandbox of its own. Blocks of
`sh` are not run: what they show needs a terminal or a real account.
"""

from pathlib import Path

import pytest

from tests.support.pages.runs import stories
from tests.support.pages.shell import assert_shown, clean_for_git, walk

STORIES = stories()


@pytest.mark.timeout(900)  # a whole page, with every drift proof, on a busy machine
@pytest.mark.parametrize("page", STORIES)
def test_each_command_of_a_page_shows_what_the_page_says(page: str, folder: Path) -> None:
    """A newcomer who sees something else does not know whether the page is wrong or the step."""
    assert len(STORIES[page]) > 10
    assert_shown(STORIES[page], folder)
    assert clean_for_git(folder)


def test_the_first_update_leaves_the_sample_config_as_it_is(folder: Path) -> None:
    """`pulumi stack init` writes a salt: into the sample, where it has none, for git to find."""
    sample = folder / "stacks/Pulumi.sandbox.yaml"
    before = sample.read_bytes()
    todo = STORIES["getting-started"]
    end = next(n for n, step in enumerate(todo) if step.command.startswith("pulumi up")) + 1
    assert [each.code for each in walk(todo[:end], folder)] == [0] * end
    assert sample.read_bytes() == before
    assert clean_for_git(folder)
