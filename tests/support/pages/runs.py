"""Which page is run how. A page that shows commands and is not named here fails a test.

Besides these, tests/engine types what is marked in docs/your-own-tables.md
(test_your_own_tables.py) and uses the documents of docs/reference/permissions.md (test_policy.py).
"""

from tests.support.pages.page import CHECKOUT, README, RUNBOOK, Step, scenes, steps

INCIDENT = ". tests/docs/incident.sh"
"""What a scene begins with: a sandbox of its own with an incident in it."""

FROM_TOP_TO_BOTTOM = (README, CHECKOUT / "docs/getting-started.md")
"""Pages that are one story: they begin with a sandbox and leave the checkout as it was."""

IN_SCENES = (RUNBOOK,)
"""Pages whose parts stand by themselves; a page's times stand for the incident's good second."""


def stories() -> dict[str, list[Step]]:
    """Name → its commands."""
    return {page.stem: steps(page.read_text()) for page in FROM_TOP_TO_BOTTOM}


def all_scenes() -> dict[str, list[Step]]:
    """Heading → its commands."""
    return {
        heading: [step.at("${moment}") for step in todo]
        for page in IN_SCENES
        for heading, todo in scenes(page, INCIDENT).items()
    }
