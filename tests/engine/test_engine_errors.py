"""What keeps the engine from answering: one sentence, and a fix that is not what just failed.

Those whose fix is typed are in tests/fixes.
"""

import os
import subprocess
import sys
from collections.abc import Callable

from tests.support.engine.world import CHECKOUT, Done, World

At = Callable[[str], World]


def said(done: Done, code: int) -> str:
    """What a status said that must not be the engine's raw answer."""
    assert done.code == code, done.said
    assert "Traceback" not in done.said
    assert "stderr:" not in done.said
    assert "fix: python -m restore status" not in done.said
    return done.said


def test_from_a_folder_below_the_project_it_is_found(at: At) -> None:
    """Anyone who edits the config stands in `stacks` when it happens."""
    world = at("serving")
    status = subprocess.run(
        [sys.executable, "-m", "restore", "status"],
        cwd=world.project / "stacks",
        env={**world.env, "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        check=False,
    )
    assert status.returncode == 0, status.stderr


def test_python_without_the_packages_is_one_sentence(world: World) -> None:
    """A new terminal in which nobody has activated the virtual environment."""
    bare = [sys.executable, "-S", "-m", "restore", "status"]
    done = world.run(*bare, PYTHONPATH=str(CHECKOUT), PATH=os.defpath)
    text = said(done, 1)
    assert "has no package" in text
    # prints: restore/__main__.py:module
    fix = text.partition("fix: ")[2].partition(",")[0]
    assert fix == ". .venv/bin/activate"
    again = world.run("sh", "-c", f"{fix} && python -m restore status")
    assert again.code == 0, again.said
