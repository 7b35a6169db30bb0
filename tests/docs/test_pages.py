"""What the pages say of the house: help texts, links, paths, make targets, and where each runs."""

import re
from pathlib import Path

import pytest

from tests.support.pages.links import LINK, anchors, broken
from tests.support.pages.page import CHECKOUT, CLI, PAGES, README, RUNBOOK, steps
from tests.support.pages.runs import FROM_TOP_TO_BOTTOM, IN_SCENES
from tools.helptext import refreshed

INDEX = CHECKOUT / "docs/README.md"
DOCS = [page for page in PAGES if page.is_relative_to(INDEX.parent)]
DECISIONS = [page for page in DOCS if page.parent.name == "decisions"]
PATH = re.compile(r"`((?:stacks|restore|sandbox|tests|docs|tools|examples)/[\w./-]*)`")
FUNCTION = re.compile(r"`((?:stacks|restore)(?:\.\w+)+)\.(\w+)`")
LONGEST_README = 150


def name_of(page: Path) -> str:
    return str(page.relative_to(CHECKOUT))


def test_the_page_of_the_command_line_prints_the_help_that_the_commands_print() -> None:
    """Options that are described but not there; run `python -m tools.helptext`."""
    assert refreshed(CLI.read_text()) == CLI.read_text()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_within_the_project_leads_somewhere(page: Path) -> None:
    """To a file that is there, and to a heading that it has."""
    assert broken(page) == []


def test_there_are_links_to_follow() -> None:
    """A pattern that finds nothing would let every page pass."""
    assert len([link for page in PAGES for link in LINK.findall(page.read_text())]) > 5


def test_a_link_to_a_heading_that_is_not_there_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A page\n## It's `here`: 1\n[a](#its-here-1) [b](#there) [c](no.md)\n")
    assert broken(page) == ["#there", "no.md"]


def test_a_heading_in_a_block_of_code_is_none(tmp_path: Path) -> None:
    """A comment of the shell begins as a heading does."""
    page = tmp_path / "page.md"
    page.write_text("# A page\n```sh\n# a comment\n```\n")
    assert anchors(page) == {"a-page"}


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


def test_the_index_leads_to_every_page() -> None:
    """A page that nothing points to is not found when it is needed."""
    led = {(INDEX.parent / target).resolve() for target, _ in LINK.findall(INDEX.read_text())}
    assert [name_of(page) for page in DOCS if page not in {INDEX, *DECISIONS, *led}] == []


def test_the_readme_is_short() -> None:
    """It is read to the end by those who decide whether to go on."""
    assert len(README.read_text().splitlines()) <= LONGEST_README


def test_every_page_that_shows_commands_is_run() -> None:
    """Else the commands of a new page are checked by nobody."""
    shown = {page for page in PAGES if steps(page.read_text())}
    assert shown == {*FROM_TOP_TO_BOTTOM, *IN_SCENES}


@pytest.mark.parametrize("page", [README, RUNBOOK], ids=name_of)
def test_each_command_of_a_card_is_run_below_it_or_on_the_runbook_page(page: Path) -> None:
    """What is to be typed in an incident, in a block without outputs."""
    cards = re.findall(r"^```sh\n(.*?)^```$", page.read_text(), re.MULTILINE | re.DOTALL)
    lines = [re.sub(r"\s+#.*", "", line) for card in cards for line in card.splitlines()]
    verbs = [line for line in lines if line.startswith("python -m restore ")]
    run = [step.command for step in steps(RUNBOOK.read_text())]
    assert len(verbs) >= 9
    assert [verb for verb in verbs if not any(each.startswith(verb) for each in run)] == []


def test_every_decision_has_the_next_number() -> None:
    """Two branches each write number 8: a page that others refer to would be found twice."""
    numbers = [int(page.name[:4]) for page in DECISIONS]
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_decision_fits_a_page() -> None:
    assert [page.name for page in DECISIONS if len(page.read_text().split()) > 500] == []


def test_every_make_command_that_a_page_names_is_a_target() -> None:
    targets = set(re.findall(r"^(\w+):", (CHECKOUT / "Makefile").read_text(), re.MULTILINE))
    named = {
        name
        for page in PAGES
        for name in re.findall(r"(?:^|`)make (\w+)", page.read_text(), re.MULTILINE)
    }
    assert {"setup", "demo", "test"} <= named
    assert named <= targets
