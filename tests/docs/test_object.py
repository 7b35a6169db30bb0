"""The object that `--json` prints, as its page shows it."""

import json
import re
from pathlib import Path

import pytest

from tests.support.configs.positions import TO_PREPARED
from tests.support.memory.account_and_stack import world
from tests.support.memory.command_line import call
from tests.support.pages.page import CHECKOUT

SHOWN = re.compile(r"<!-- object of switch -->\n```json\n(.*?)```", re.DOTALL)


def test_the_object_of_a_switch_is_the_one_that_the_page_shows(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Scripts are written after the page."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("restore.perform.session.Session.remind", lambda _: None)

    printed = call(monkeypatch, world(TO_PREPARED), "switch", "--json").stdout

    (shown,) = SHOWN.findall((CHECKOUT / "docs/reference/json.md").read_text())
    assert json.loads(printed) == json.loads(shown)
    assert list(json.loads(printed)) == list(json.loads(shown))
