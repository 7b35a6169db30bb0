"""The runbook page, typed into a shell as it stands there.

Each scene runs in one bash, in a copy of the checkout under git, with an incident in a sandbox of
its own. The page's times stand for that sandbox's good second.
"""

from pathlib import Path

import pytest

from tests.support.pages.page import RUNBOOK, scenes
from tests.support.pages.shell import assert_shown

INCIDENT = ". tests/docs/incident.sh"
SCENES = scenes(RUNBOOK, INCIDENT)


@pytest.mark.timeout(900)  # a whole scene, with every drift proof, on a busy machine
@pytest.mark.parametrize("scene", SCENES)
def test_each_command_of_the_runbook_page_shows_what_it_says(scene: str, folder: Path) -> None:
    """At 3 a.m. nobody can tell a wrong page from a wrong step."""
    assert_shown([step.at("${moment}") for step in SCENES[scene]], folder)


def test_the_page_has_all_its_scenes() -> None:
    """A scene under a heading that is there already would take the place of the first one."""
    assert len(SCENES) == RUNBOOK.read_text().count(f"$ {INCIDENT}\n") == 5
