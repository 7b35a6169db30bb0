"""Which stack is taken, of which project, and what is said where there is none."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pulumi import automation

from restore.engine.stack import Stack
from restore.model.errors import RestoreError, UsageError
from tests.support.memory.engine import Engine, Workspace, failure


def test_the_selected_stack_is_taken_unless_one_is_named(engine: Engine, project: Path) -> None:
    assert engine
    assert Stack(project).name == "dev"
    assert Stack(project, "prod").name == "prod"


@pytest.mark.usefixtures("engine")
def test_how_it_was_named_is_what_the_next_command_says_again(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the selected stack another table would be meant."""
    monkeypatch.chdir(project)
    assert Stack(Path()).named == ""
    assert Stack(Path(), "prod").named == "--stack prod"
    (project / "a folder").symlink_to(project)
    assert Stack(Path("a folder"), "prod").named == "--stack prod --cwd 'a folder'"


def test_a_folder_without_a_project_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        Stack(tmp_path / "nowhere")

    assert refused.value.fix == "--cwd DIR"


def test_without_a_selected_stack_one_has_to_be_named(
    engine: Engine, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert engine
    monkeypatch.setattr(Workspace, "selected", None)

    with pytest.raises(UsageError, match="No stack is selected"):
        Stack(project)


def raising(error: Exception) -> Callable[..., Any]:
    def fail(*_: Any, **__: Any) -> None:
        raise error

    return fail


def test_an_unknown_stack_is_refused(
    engine: Engine, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert engine
    unknown = failure(automation.StackNotFoundError)
    monkeypatch.setattr("pulumi.automation.Stack.select", raising(unknown))

    with pytest.raises(UsageError) as refused:
        Stack(project, "prod")

    assert refused.value.wrong == "There is no stack 'prod' in this backend."
    assert refused.value.fix.startswith("--stack NAME, or pulumi stack select NAME")


def test_a_machine_without_pulumi_is_told_so(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("restore.engine.stack.Workspace", raising(FileNotFoundError("pulumi")))

    with pytest.raises(RestoreError, match="There is no pulumi command on PATH"):
        Stack(project)
