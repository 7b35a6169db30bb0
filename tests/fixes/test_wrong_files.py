"""Files that are wrong, missing or not committed: the fix is typed, or done where it is an edit."""

import shutil
from collections.abc import Callable

import pytest

from restore.engine.configfile import ConfigFile
from restore.engine.edit import Edits
from restore.model.errors import BlockedError
from tests.fixes.folder import PROJECT, Folder
from tests.fixes.kept import kept
from tests.fixes.shells import STATUS, Shell
from tests.fixes.sites import printed
from tests.fixes.typed import typed
from tests.support.engine.world import STACK, World

At = Callable[[str], World]
_GIT = "git -c init.defaultBranch=main"
_USER = "git config user.name nobody; git config user.email nobody@localhost"


def repository(world: World) -> None:
    """The project's folder as a repository in which all is committed."""
    world.run("rm", "-rf", ".git")
    (world.project / ".gitignore").write_text(".venv\n.restore\n")
    typed(world, f"{_GIT} init --quiet; {_USER}; git add --all; git commit --quiet --message all")


SWITCH: Edits = {("activeTable",): "restored"}
EDITS = [
    ("restore/engine/configfile.py:read_yaml", "stack", "config:\n", "config:\n<<<<<<< HEAD\n"),
    ("restore/engine/configfile.py:_no_yaml", "project", "runtime:", "config: [1\nruntime:"),
    ("restore/engine/diagnosis.py:_KNOWN#8", "project", "", "config:\n  when: 2024-01-01\n"),
    ("restore/engine/diagnosis.py:_KNOWN#9", "project", "name: restore-demo\n", ""),
]


@pytest.mark.parametrize(("site", "which", "old", "new"), EDITS)
def test_a_file_that_an_editor_corrects(at: At, site: str, which: str, old: str, new: str) -> None:
    """The engine names neither the file nor its line; `git diff` shows what was done to it."""
    world = at("serving")
    file = {"stack": world.config_file, "project": world.project / "Pulumi.yaml"}[which]
    repository(world)
    right = file.read_text()
    file.write_text(right.replace(old, new, 1) if old else right + new)

    done = world.run("sh", "-c", STATUS)
    fix = printed(done.said, site)
    if look := fix.partition("git diff")[2]:
        words = f"git diff{look}".partition(";")[0].partition(")")[0]
        assert file.name in typed(world, words).out
    # An editor's work.
    file.write_text(right if "date" not in fix else right + 'config:\n  when: "2024-01-01"\n')

    assert done.code in {1, 2}
    assert "restore-demo: serving" in world.restore("status").said
    file.write_text(right)


def test_a_stack_file_that_is_missing_comes_back_from_git(at: At) -> None:
    """Made again by hand it would lack most of what the deployed table has."""
    world = at("serving")
    repository(world)
    world.config_file.unlink()

    fix = printed(world.restore("status", code=2).said, "restore/engine/stack.py:written")
    typed(world, fix.partition(", or")[0])

    assert "restore-demo: serving" in world.restore("status").said


def test_a_config_that_is_not_committed_is_committed_by_the_printed_command(at: At) -> None:
    """A pipeline deploys the commit: of a file that git ignores it has none at all."""
    world = at("prepared")
    repository(world)
    with (world.project / ".gitignore").open("a") as file:
        file.write("stacks/Pulumi.*\n")
    typed(world, f"git rm --quiet --cached {world.config_file}; git commit --quiet -am ignored")
    ignored = printed(world.restore("status").said, "restore/git.py:warning")
    assert "--force" in ignored
    typed(world, ignored)
    assert "is not committed" not in world.restore("status").said

    changed = printed(world.restore("switch").said, "restore/git.py:reminder")
    assert "--force" not in changed
    below = Shell(world, "cd restore-below", f"cd ../stacks; {STATUS}")
    (world.project / "restore-below").mkdir()
    from_below = printed(below.said(0), "restore/git.py:warning")
    world.run("rmdir", "restore-below")
    typed(world, f"cd stacks; {from_below}")
    assert "is not committed" not in world.restore("status").said
    assert typed(world, "git status --porcelain -- stacks").out == ""
    world.run("rm", "-rf", ".git")


def test_a_log_that_cannot_be_written_is_seen_by_the_printed_look(at: At) -> None:
    """The verb goes on without it, and would so for ever."""
    world = at("serving")
    log = world.project / ".restore"
    shutil.rmtree(log, ignore_errors=True)
    log.write_text("someone's notes")

    fix = printed(world.restore("status").said, "restore/report/audit.py:_append")
    look = fix.partition(": ")[2]
    assert "-rw" in typed(world, look).out  # a file where the folder has to be
    log.unlink()

    assert "cannot be written" not in world.restore("status").said
    assert (log / "audit.jsonl").is_file()


def test_a_config_that_is_another_one_by_now_is_left_as_it_is(folder: Folder) -> None:
    """What a colleague wrote meanwhile must survive, and the same command reads it."""
    folder.write({"activeTable": "original"})
    file = ConfigFile(folder.file, PROJECT)
    with file.edited(SWITCH) as edited:
        typed(folder, "pulumi config set token of-the-team")
        with pytest.raises(BlockedError) as refused:
            file.replace(edited)
    printed(str(refused.value), "restore/engine/configfile.py:refuse_changed")
    with file.edited(SWITCH) as edited:
        file.replace(edited)
    assert folder.texts() == {"activeTable": "restored", "token": "of-the-team"}


def test_a_config_that_cannot_be_edited_is_written_without_its_anchors(folder: Folder) -> None:
    """An edit that changes more than it should could move another table's clients."""
    folder.write({"standbyTables": ["restored"]})
    right = folder.file.read_text()
    folder.file.write_text(f"{right}  {PROJECT}:rollbackFrom: *nothing\n")
    file = ConfigFile(folder.file, PROJECT, shown="stacks/Pulumi.sandbox.yaml")
    with pytest.raises(BlockedError) as refused, file.edited(SWITCH):
        pass
    printed(str(refused.value), "restore/engine/configfile.py:edited")
    folder.file.write_text(right)  # without them, as it says
    with file.edited(SWITCH) as edited:
        file.replace(edited)
    assert folder.texts() == {"activeTable": "restored", "standbyTables": '["restored"]'}


def test_a_missing_checkpoint_comes_back_from_the_engines_copy(at: At) -> None:
    """To the engine the stack is unknown; a new one in its place would know no table."""
    world = at("serving")
    (checkpoint,) = (world.backend / ".pulumi" / "stacks").glob(f"*/{STACK}.json")
    checkpoint.unlink()
    with kept(world):
        fix = printed(
            world.restore("status", code=2).said, "restore/engine/selection.py:no_stack#2"
        )
        copies, _, then = fix.partition(", which may be one step behind; ")
        typed(world, f"{copies}; {then.partition('; then')[0]}")
        assert "restore-demo: serving" in world.restore("status").said


def test_a_damaged_checkpoint_comes_back_from_a_backup(at: At) -> None:
    """The engine's own copy is one step behind; a versioned bucket has the last one."""
    world = at("serving")
    (checkpoint,) = (world.backend / ".pulumi" / "stacks").glob(f"*/{STACK}.json")
    backup = checkpoint.read_bytes()
    checkpoint.write_bytes(b"")
    with kept(world):
        fix = printed(world.restore("status", code=1).said, "restore/engine/diagnosis.py:_KNOWN#7")
        checkpoint.write_bytes(backup)
        typed(world, fix.split("; ")[1].partition(" shows")[0])
        assert "restore-demo: serving" in world.restore("status").said


def test_a_removed_stack_beside_another_one_is_not_brought_back(at: At) -> None:
    """`pulumi stack rm` leaves a copy, too: who has selected no stack is to select one."""
    world = at("serving")
    typed(world, "pulumi stack init removed; pulumi stack rm removed --yes --non-interactive")
    typed(world, "pulumi stack unselect")

    fix = printed(world.restore("status", code=2).said, "restore/engine/selection.py:no_stack#3")
    words = fix.split(", or ")[1].partition(";")[0]
    typed(world, words, {"NAME": STACK})

    assert "restore-demo: serving" in world.restore("status").said
    assert "cp " not in fix


def test_a_backend_of_the_old_layout_is_upgraded_and_selected_again(at: At) -> None:
    """Else every update is refused over a question that the engine cannot answer."""
    world = at("adopted")
    before = world.everything()
    stacks = world.backend / ".pulumi" / "stacks"
    for each in (stacks / "restore-demo").iterdir():
        each.rename(stacks / each.name)
    (stacks / "restore-demo").rmdir()
    (world.backend / ".pulumi" / "meta.yaml").unlink()
    refused = Shell(world, "unset PULUMI_DIY_BACKEND_IGNORE_DEPRECATION_ERROR").said(1)
    # In the shell of anyone who got this far the deprecation is ignored, and stays so.
    shell = Shell(world, "export PULUMI_DIY_BACKEND_IGNORE_DEPRECATION_ERROR=1")

    with kept(world):
        fix = printed(shell.said(2), "restore/engine/selection.py:no_stack")
        assert fix == printed(refused, "restore/engine/diagnosis.py:_KNOWN#4")
        shell.type(fix.replace("upgrade", "upgrade --yes").replace("<stack>", STACK))
        assert "restore-demo: adopted" in shell.said(0)
        # Of the shell's variable nothing is needed any more.
        world.restore("prepare")
    assert world.everything()["items"] == before["items"]
    assert world.phase() == "prepared"
