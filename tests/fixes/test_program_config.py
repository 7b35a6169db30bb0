"""What the program says of a config that is wrong in itself: the fix is typed, and it is right."""

from typing import Any

import pytest

from stacks.parse import parse
from tests.fixes.folder import TABLE, Folder
from tests.fixes.sites import printed
from tests.fixes.typed import typed
from tests.unit.stacks.documents import entry

CASES = [
    pytest.param(
        "stacks/parse.py:_both_kept_and_forgotten",
        {"tables": {TABLE: entry()}, "forgetTables": [TABLE]},
        {},
        id="forgotten and declared",
    ),
    pytest.param(
        "stacks/rules.py:_ttl_names_its_attribute",
        {"tables": {TABLE: entry(ttl={"enabled": True})}},
        {"<attribute>": "expires"},
        id="ttl without an attribute",
    ),
]


@pytest.mark.parametrize(("site", "keys", "filled_in"), CASES)
def test_the_fix_of_a_wrong_config_makes_it_right(
    folder: Folder, site: str, keys: dict[str, Any], filled_in: dict[str, str]
) -> None:
    """A user copies the line at 3 a.m. and expects the next `pulumi up` to begin."""
    folder.write(keys)
    fix = printed(folder.judged(parse), site)
    typed(folder, fix, filled_in)
    assert folder.judged(parse) == ""
