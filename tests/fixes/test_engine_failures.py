"""What ends an engine's work half way or before it begins: the fix, and the same command again."""

import os
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from restore.engine.diagnosis import diagnose
from restore.engine.lock import Lock
from restore.engine.stack import Stack
from restore.model.errors import RestoreError
from tests.fixes.kept import kept
from tests.fixes.shells import STATUS
from tests.fixes.sites import printed
from tests.fixes.typed import typed
from tests.support.engine.world import ORIGINAL, RESTORED, World

At = Callable[[str], World]
PLAN = ("plan", "--to", "latest")
_NO_MOUNT = pytest.mark.skipif(
    os.geteuid() != 0 or shutil.which("unshare") is None,
    reason="a mount of its own needs root and unshare (Linux)",
)


@contextmanager
def program(world: World, change: Callable[[str], str]) -> Iterator[None]:
    """The program as someone has changed it, and in the end as it was."""
    main = world.project / "__main__.py"
    right = main.read_text()
    main.write_text(change(right))
    try:
        yield
    finally:
        main.write_text(right)


def test_a_module_that_the_program_lacks_is_installed(at: At) -> None:
    """After a `git pull` that brought a new requirement, in the middle of an incident."""
    world = at("serving")
    with program(world, "import of_the_team\n{}".format):
        fix = printed(world.restore(*PLAN, code=3).said, "restore/engine/diagnosis.py:_KNOWN#10")
        assert fix.startswith("pulumi install (in a checkout of this project: make setup)")
        (world.project / "of_the_team.py").touch()  # as either would, from a registry
        world.restore(*PLAN)


def test_an_environment_that_is_none_is_installed() -> None:
    """The engine of the sandbox finds a Python without it: here are the words of its source."""
    found = diagnose('the "virtualenv" ".venv" doesn\'t appear to be a virtual environment')
    assert found is not None
    fix = printed(f"{found.says}\n  fix: {found.fix}", "restore/engine/diagnosis.py:_KNOWN#11")
    assert fix.startswith("pulumi install (in a checkout of this project: make setup)")


def test_a_program_that_fails_is_seen_by_the_printed_look_and_corrected(at: At) -> None:
    """Its own words are shown; what to do about them only its author knows."""
    world = at("serving")
    with program(world, "raise ValueError('half a merge')\n{}".format):
        failed = world.run(sys.executable, "-m", "restore", *PLAN)
        assert failed.code == 3
        fix = printed(failed.said, "restore/engine/events.py:_understood")
        look, until, _ = fix.partition(", until it passes")
        assert until
        assert "half a merge" in world.run("bash", "-c", look).said
    world.restore(*PLAN)


def test_a_protected_table_that_leaves_is_unprotected_and_kept(at: At) -> None:
    """`drop` would be stopped by it; the engine's own hint is a page long."""
    world = at("switched by hand")
    urn = world.state()["Table restore-demo.original"]["urn"]
    world.pulumi("state", "protect", urn, "--yes")
    with kept(world):
        said = world.restore("drop", "--yes", "--now", code=1).said
        printed(said, "restore/engine/diagnosis.py:diagnose")
        typed(world, printed(said, "restore/engine/diagnosis.py:_protected#2").partition("; ")[0])
        world.restore("drop", "--yes", "--now")


def test_a_protected_parameter_is_not_unprotected_but_kept_in_the_program(at: At) -> None:
    """To unprotect what left the program by mistake is the first half of losing it."""
    world = at("serving")
    world.put(ORIGINAL, id="kept", value="good")
    urn = world.state()["Parameter restore-demo"]["urn"]
    world.pulumi("state", "protect", urn, "--yes")
    with kept(world):
        with program(world, lambda _: ""):
            said = world.restore("freeze", "--yes", code=1).said
            fix = printed(said, "restore/engine/diagnosis.py:_protected")
            assert "unprotect" not in fix
            assert "protected" in world.run("bash", "-c", fix.partition(",")[0]).said
        # The program is changed so that the parameter stays as it is.
        world.restore("freeze", "--yes")


@_NO_MOUNT
def test_a_config_that_a_full_disk_refused_is_written_by_the_printed_commands(at: At) -> None:
    """Clients are moved by then: deployed, the old file would be refused, or move them back."""
    world = at("prepared")
    python = shlex.quote(sys.executable)
    shell = (
        "cp -r stacks ../copy; mount -t tmpfs -o size=4m tmpfs stacks; cp -r ../copy/* stacks\n"
        "dd if=/dev/zero of=stacks/filler bs=1k 2>/dev/null\n"
        f"{python} -m restore switch --yes 2>&1 | tee said; rm stacks/filler\n"
        "fix=$(sed -n 's/^ *fix: //p' said | head -1); eval \"$fix\"\n"
        f"{STATUS} 2>&1; {python} -m restore drop --yes --now 2>&1; cat stacks/Pulumi.sandbox.yaml"
    )
    with kept(world):
        done = world.run("unshare", "--mount", "bash", "-c", shell)
    shutil.rmtree(world.project.parent / "copy")
    said, _, after = done.out.partition("stack sandbox, account")
    fix = printed(said, "restore/engine/stack.py:up")
    assert "pulumi config set activeTable restored" in fix
    assert "is not what the stack holds" not in after
    assert "restore-demo:activeTable: restored" in after
    assert world.phase() == "dropped"
    assert world.pointer() == (RESTORED, 2)


def test_a_lock_that_may_not_be_removed_is_removed_by_who_may(at: At) -> None:
    """`pulumi cancel` would remove whatever lock there is by then, also one that was just made."""
    world = at("serving")
    (folder,) = (world.backend / ".pulumi" / "locks" / "organization").glob("*/*")
    other = folder / "live.json"
    other.mkdir(parents=True)  # a folder: not even root may unlink it
    stack = Stack.__new__(Stack)
    with pytest.raises(RestoreError) as refused:
        stack.break_locks([Lock("me", "here", 1, "now", other.as_uri())])

    fix = printed(str(refused.value), "restore/engine/sight.py:removed")
    words = fix.partition("there: ")[2].partition("; then")[0]
    assert words == f"rm -f -- {other}"
    other.rmdir()
    other.touch()
    typed(world, words)

    assert not other.exists()
    world.up()
