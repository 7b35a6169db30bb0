"""The example application, and the lines of it that its page shows."""

import re

from tests.support.pages.page import CHECKOUT, LEFT_OUT

EXAMPLE = CHECKOUT / "examples/application.py"
PAGE = CHECKOUT / "docs/applications.md"
LINES = 5


def shown() -> list[list[str]]:
    """The lines of the example on the page, in the pieces that stand together there."""
    (block,) = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    pieces = block.split(f"{LEFT_OUT}\n")
    return [piece.splitlines() for piece in pieces]


def test_the_page_shows_lines_of_the_example_in_their_order() -> None:
    """Lines that are copied from a page are never run: these are."""
    left = EXAMPLE.read_text()
    for piece in shown():
        text = "\n".join(piece) + "\n"
        assert f"\n{text}" in left, text
        left = left.partition(f"\n{text}")[2]


def test_they_are_five_and_have_the_pointer_in_them() -> None:
    lines = [line for piece in shown() for line in piece if line]
    assert len(lines) == LINES
    assert any("get_parameter(POINTER, max_age=CACHE_SECONDS)" in line for line in lines)
