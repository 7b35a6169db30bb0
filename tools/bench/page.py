"""The README's figures, put there by the run that measured them. Pure."""

import re

_MARKED = re.compile(
    r"(?P<head><!-- bench -->\n```text\n).*?(?P<tail>```\n<!-- end of bench -->)", flags=re.DOTALL
)


def with_figures(page: str, text: str) -> str:
    """The page with this text as its figures.

    Raises:
        ValueError: it has no place for them.
    """
    found = _MARKED.search(page)
    if found is None:
        raise ValueError("The page has no place for the bench's figures.")
    return f"{page[: found.start()]}{found['head']}{text}\n{found['tail']}{page[found.end() :]}"
