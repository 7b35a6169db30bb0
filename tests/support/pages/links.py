"""The links of a page, and the headings that links lead to."""

import re
from pathlib import Path

LINK = re.compile(r"\[[^\]]+\]\((?!https?://)([^)#]*)(#[^)]+)?\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_CODE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def anchors(page: Path) -> set[str]:
    """The names that GitHub gives to the page's headings."""
    return {_anchor(each) for each in _HEADING.findall(_CODE.sub("", page.read_text()))}


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def broken(page: Path) -> list[str]:
    """The page's links that lead to no file, or to a heading that its file does not have."""
    return [
        f"{target}{heading}"
        for target, heading in LINK.findall(page.read_text())
        if not _leads((page.parent / target) if target else page, heading.removeprefix("#"))
    ]


def _leads(target: Path, heading: str) -> bool:
    return target.exists() and (not heading or heading in anchors(target))
