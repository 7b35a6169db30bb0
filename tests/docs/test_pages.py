"""What the pages say of the house: help texts, links, paths, make targets."""

import re
from pathlib import Path

import pytest

from tests.support.pages.page import CHECKOUT, README
from tools.helptext import refreshed

PAGES = [
    README,
    CHECKOUT / "CONTRIBUTING.md",
    CHECKOUT / "CHANGELOG.md",
    *sorted((CHECKOUT / "docs").rglob("*.md")),
]
LINK = re.compile(r"\[[^\]]+\]\((?!https?://)([^)#]+)\)")
PATH = re.compile(r"`((?:stacks|restore|sandbox|tests|docs)/[\w./-]*)`")
FUNCTION = re.compile(r"`((?:stacks|restore)\.\w+)\.(\w+)`")


def name_of(page: Path) -> str:
    return str(page.relative_to(CHECKOUT))


def test_the_readme_prints_the_help_that_the_commands_print() -> None:
    """Options that are described but not there; run `python -m tools.helptext`."""
    assert refreshed(README.read_text()) == README.read_text()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_within_the_project_leads_somewhere(page: Path) -> None:
    targets = LINK.findall(page.read_text())
    assert [each for each in targets if not (page.parent / each).exists()] == []


def test_there_are_links_to_follow() -> None:
    """A pattern that finds nothing would let every page pass."""
    assert len([link for page in PAGES for link in LINK.findall(page.read_text())]) > 5


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    """Decisions name the code that carries them out; a rename would leave them pointing nowhere."""
    named = PATH.findall(page.read_text())
    assert [each for each in named if not (CHECKOUT / each).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_function_that_a_page_names_is_there(page: Path) -> None:
    for module, function in FUNCTION.findall(page.read_text()):
        source = (CHECKOUT / module.replace(".", "/")).with_suffix(".py").read_text()
        assert re.search(rf"^(def|class) {function}\b", source, flags=re.MULTILINE), function


def test_every_decision_has_the_next_number() -> None:
    """Two branches each write number 8: a page that others refer to would be found twice."""
    numbers = [int(page.name[:4]) for page in PAGES if page.parent.name == "decisions"]
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_decision_fits_a_page() -> None:
    pages = [page for page in PAGES if page.parent.name == "decisions"]
    assert [page.name for page in pages if len(page.read_text().split()) > 500] == []


def test_every_make_command_that_a_page_names_is_a_target() -> None:
    targets = set(re.findall(r"^(\w+):", (CHECKOUT / "Makefile").read_text(), re.MULTILINE))
    named = {
        name
        for page in PAGES
        for name in re.findall(r"(?:^|`)make (\w+)", page.read_text(), re.MULTILINE)
    }
    assert {"setup", "demo", "test"} <= named
    assert named <= targets
