"""The picture of a run: made again it holds what the committed one holds."""

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.support.pages.page import CHECKOUT, README, steady

PICTURE = CHECKOUT / "docs/images/run.svg"
_TEXT = "{http://www.w3.org/2000/svg}text"
_CHANGING = (
    (r"[⠁-⣿]", "<spinner>"),  # one of its pictures
    (r"\d:\d\d:\d\d", "<elapsed>"),
    (r"\b\d+ s\b", "<seconds>"),
)


def lines(picture: Path) -> list[str]:
    """What is written in the picture, from above, without what differs from run to run."""
    rows: dict[float, list[tuple[float, str]]] = {}
    for text in ET.parse(picture).getroot().iter(_TEXT):  # noqa: S314 - a file of our own
        at = float(text.get("y", 0))
        rows.setdefault(at, []).append((float(text.get("x", 0)), text.text or ""))
    written = [" ".join(words for _, words in sorted(row)) for _, row in sorted(rows.items())]
    return [_still(steady(line.replace("\xa0", " "))) for line in written if line.strip()]


def _still(line: str) -> str:
    for pattern, name in _CHANGING:
        line = re.sub(pattern, name, line)
    return line


def test_a_picture_made_anew_holds_what_the_committed_one_holds(tmp_path: Path) -> None:
    """`make picture` after each change of what a run says: a stale one promises what is not so."""
    made = tmp_path / "run.svg"
    for _ in range(3):  # a busy machine draws a line late, and the moment is missed
        subprocess.run(
            [sys.executable, "-m", "sandbox.demo.capture", str(made)], cwd=CHECKOUT, check=True
        )
        if lines(made) == lines(PICTURE):
            break
    assert lines(made) == lines(PICTURE)


def test_the_picture_shows_lines_and_the_live_block_below_them() -> None:
    """An empty picture would be equal to an empty one."""
    shown = "\n".join(lines(PICTURE))
    assert "$ python -m restore run --to <time>" in shown
    assert "+ update Parameter restore-demo (value, version)" in shown
    assert re.search(r"now <spinner> drain: letting clients' caches run out", shown)
    assert "● switched" in shown
    assert "python -m restore rollback" in shown


def test_the_picture_is_small_and_says_nothing_of_the_machine() -> None:
    """A page with it is read on a telephone; and whose machine it was is nobody's business."""
    assert PICTURE.stat().st_size < 150_000
    assert [line for line in lines(PICTURE) if re.search(r"(^|\s)/\w|\w@\w", line)] == []


def test_the_readme_shows_the_picture() -> None:
    assert "](docs/images/run.svg)" in README.read_text()
