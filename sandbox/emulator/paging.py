"""Lists that come in pages, as AWS's do. A token is the place in the list; a caller cannot tell."""

from typing import TypeVar

Entry = TypeVar("Entry")


def page(found: list[Entry], token: str | None, size: int) -> tuple[list[Entry], str | None]:
    """Return the page that a token asks for, and the next one's token where there is more."""
    start = int(token or 0)
    end = start + size
    return found[start:end], str(end) if end < len(found) else None
