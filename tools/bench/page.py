"""The pages' figures, put there by the run that measured them. Pure."""

import re

_FIGURES = re.compile(
    r"(?P<head><!-- bench -->\n```text\n).*?(?P<tail>```\n<!-- end of bench -->)", flags=re.DOTALL
)
_RATIOS = re.compile(
    r"(?P<head><!-- bench: ratios -->\n\n).*?(?P<tail>\n<!-- end of bench -->)", flags=re.DOTALL
)


def with_figures(page: str, text: str) -> str:
    """The page with this text as its figures.

    Raises:
        ValueError: it has no place for them.
    """
    return _with(page, _FIGURES, text)


def with_ratios(page: str, text: str) -> str:
    """The page with these lines as its ratios.

    Raises:
        ValueError: it has no place for them.
    """
    return _with(page, _RATIOS, text)


def _with(page: str, place: re.Pattern[str], text: str) -> str:
    found = place.search(page)
    if found is None:
        raise ValueError("The page has no place for the bench's figures.")
    return f"{page[: found.start()]}{found['head']}{text}\n{found['tail']}{page[found.end() :]}"
