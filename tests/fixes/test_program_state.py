"""An engine that does not say what the stack holds: the fix shows whether it can."""

from types import SimpleNamespace
from typing import Any

import pulumi
import pytest

from restore.table import engine
from tests.fixes.folder import Folder
from tests.fixes.sites import printed
from tests.fixes.typed import typed

_LEGACY = "a stack name may only contain alphanumeric, hyphens, underscores, or periods"


def refused(monkeypatch: pytest.MonkeyPatch, said: str) -> str:
    """What the program says where the engine answers just that."""

    def invoke(*_: Any) -> Any:
        raise RuntimeError(said)

    monkeypatch.setattr(engine, "_PATIENCE_SECONDS", 0)
    monkeypatch.setattr(pulumi.runtime, "invoke", invoke)
    with pytest.raises(pulumi.RunError) as error:
        engine.read_past()
    return str(error.value)


def answer(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = SimpleNamespace(value={"outputs": {}})
    monkeypatch.setattr(pulumi.runtime, "invoke", lambda *_: nothing)


def test_an_unreadable_state_is_never_an_empty_one(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taken for empty, every table would be made again."""
    fix = printed(refused(monkeypatch, "it is away"), "restore/table/engine.py:_unanswered#2")
    command, _, rest = fix.partition(", which ")
    assert rest == "shows whether the state can be read; then the same command"
    typed(folder, command)
    answer(monkeypatch)
    assert engine.read_past().past == {}


def test_a_backend_of_the_old_layout_is_upgraded(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command asks, and moves what it finds; a stack of the new layout is left as it is."""
    fix = printed(refused(monkeypatch, _LEGACY), "restore/table/engine.py:_unanswered")
    commands = fix.removesuffix("; then the same command")
    typed(folder, commands, {"<stack>": "sandbox"})
    assert "sandbox" in folder.run("pulumi", "stack", "ls").out
    answer(monkeypatch)
    assert engine.read_past().past == {}
