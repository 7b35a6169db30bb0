"""Every fix that the project prints is typed by a test, in the situation that prints it.

A test names the sites whose fixes it types: as texts in `tests/fixes`, or in a line
`# prints: <id>` of any other test that types that very fix.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.fixes.sites import CHECKOUT, sites

HERE = Path(__file__).parent
ID = re.compile(r"(?:restore|stacks)/[\w/]+\.py:\w+(?:#\d+)?")
LEAST = 150


def _named_here() -> Iterator[str]:
    for module in sorted(HERE.rglob("*.py")):
        for node in ast.walk(ast.parse(module.read_text())):
            text = node.value if isinstance(node, ast.Constant) else None
            if isinstance(text, str) and ID.fullmatch(text):
                yield text


def _named_elsewhere() -> Iterator[str]:
    for module in sorted((CHECKOUT / "tests").rglob("test_*.py")):
        if HERE not in module.parents:
            yield from re.findall(
                rf"^\s*# prints: ({ID.pattern})$", module.read_text(), re.MULTILINE
            )


def _not_yet() -> dict[str, str]:
    """Each site that no test covers, with the reason beside it."""
    lines = [
        line.partition(" # ")
        for each in sorted((HERE / "not_yet").glob("*.txt"))
        for line in each.read_text().splitlines()
    ]
    return {site.strip(): reason.strip() for site, _, reason in lines if site.strip()}


def test_every_printed_fix_is_typed_by_a_test_or_is_known_not_to_be() -> None:
    """A fix that was never typed is a guess, made for someone who has a table to lose."""
    assert len(sites()) > LEAST
    covered = {*_named_here(), *_named_elsewhere()}
    missing = _not_yet()
    assert covered - sites().keys() == set(), "named by a test, and printed nowhere"
    assert missing.keys() - sites().keys() == set(), "listed in not_yet, and printed nowhere"
    assert covered & missing.keys() == set(), "covered by now: take it out of not_yet"
    assert sites().keys() - covered - missing.keys() == set(), "no test types these fixes"
