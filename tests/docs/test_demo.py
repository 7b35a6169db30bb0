"""The demo: that its story holds, and that it ends well when it does not.

It runs as a process of its own, since it takes over the environment that it runs in.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox import process
from sandbox.demo.stage import DemoError, Stage
from tests.support.pages.page import CHECKOUT


@pytest.fixture
def demo(tmp_path: Path) -> "Iterator[subprocess.Popen[str]]":
    """The demo, just started, with an empty temporary folder."""
    with subprocess.Popen(
        [sys.executable, "-m", "sandbox.demo"],
        cwd=CHECKOUT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as started:
        yield started


def test_the_whole_story_holds(demo: "subprocess.Popen[str]", tmp_path: Path) -> None:
    """It is the first thing that a newcomer runs, and the last that anybody else does."""
    said, _ = demo.communicate()
    assert demo.returncode == 0, said
    assert said.count("✓ no drift") == 4
    assert "checks held" in said.splitlines()[-1]
    assert list(tmp_path.iterdir()) == []


def test_a_story_that_is_told_to_end_leaves_no_emulator_behind(
    demo: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    """A terminal that is closed in the middle must not leave a server and a folder for good."""
    assert demo.stdout is not None
    address = next(line for line in demo.stdout if "http://127.0.0.1:" in line)
    port = int(address.partition("127.0.0.1:")[2].split(",")[0])
    assert process.answers(port)
    demo.send_signal(signal.SIGTERM)
    demo.communicate()
    assert demo.returncode == 128 + signal.SIGTERM
    assert not process.answers(port)
    assert list(tmp_path.iterdir()) == []


def test_a_check_that_fails_is_named_with_what_was_seen(tmp_path: Path) -> None:
    with pytest.raises(DemoError, match="failed that tea is hot: saw 'cold', expected 'hot'"):
        Stage(tmp_path).check("tea is hot", "cold", "hot")


def test_a_command_that_fails_is_named_with_its_code(tmp_path: Path) -> None:
    with pytest.raises(DemoError, match="`false` ended with 1"):
        Stage(tmp_path).run("false")


def test_the_checks_that_held_are_counted(tmp_path: Path) -> None:
    """The demo's last line says how many there were: a story without any proves nothing."""
    here = Stage(tmp_path)
    here.check("tea is hot", "hot", "hot")
    assert here.checks == 1
