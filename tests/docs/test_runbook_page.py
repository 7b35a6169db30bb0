"""The runbook page, typed into a shell as it stands there, one scene at a time.

Each scene runs in one bash, in a copy of the checkout under git, with an incident in a sandbox of
its own.
"""

import re
from pathlib import Path

import pytest

from tests.support.pages.page import RUNBOOK
from tests.support.pages.runs import INCIDENT, all_scenes
from tests.support.pages.shell import assert_shown

SCENES = all_scenes()


@pytest.mark.timeout(900)  # a whole scene, with every drift proof, on a busy machine
@pytest.mark.parametrize("scene", SCENES)
def test_each_command_of_the_runbook_page_shows_what_it_says(scene: str, folder: Path) -> None:
    """At 3 a.m. nobody can tell a wrong page from a wrong step."""
    assert_shown(SCENES[scene], folder)


def test_the_page_has_all_its_scenes() -> None:
    """A scene under a heading that is there already would take the place of the first one."""
    assert len(SCENES) == RUNBOOK.read_text().count(f"$ {INCIDENT}\n") == 5


def test_every_message_that_leads_to_a_section_is_one_that_the_page_shows() -> None:
    """A message that nothing prints any more leads nobody anywhere."""
    table = RUNBOOK.read_text().partition("\n| it says ")[2].partition("\n\n")[0]
    messages = re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)
    shown = "\n".join(line for todo in SCENES.values() for step in todo for line in step.shows)
    found = [each for each in messages if re.search(re.escape(each).replace("…", ".+"), shown)]
    assert len(messages) >= 10
    assert found == messages
