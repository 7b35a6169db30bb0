"""One place decides the versions: the pinned Python packages. The Go modules must follow."""

import re
from importlib.metadata import version
from pathlib import Path

from sandbox.engine import built, versions


def required(module: Path, path: str) -> str:
    text = (module / "go.mod").read_text()
    found = re.search(rf"^\s*{re.escape(path)} (v\S+)", text, re.MULTILINE)
    assert found is not None, f"{module}/go.mod does not require {path}"
    return found.group(1)


def test_the_cli_is_built_at_the_version_of_the_sdk() -> None:
    """An older engine may not know what a newer SDK asks of it."""
    assert required(built.CLI, "github.com/pulumi/pulumi/pkg/v3") == f"v{version('pulumi')}"


def test_the_cli_is_recent_enough_for_the_program() -> None:
    assert versions.OLDEST.compare(versions.PULUMI) <= 0


def test_the_bridge_that_is_cut_is_the_one_that_is_compiled() -> None:
    """The copy would be compiled under the requirements of another version."""
    assert required(built.DOWNLOAD, built.BRIDGE) == required(built.PROVIDER, built.BRIDGE)


def test_the_fork_is_verified_against_a_hash_in_the_repository() -> None:
    """The checksum database does not know it, so nothing else would notice another content."""
    fork = re.search(r"=> (\S+) (v\S+)", (built.DOWNLOAD / "go.mod").read_text())
    assert fork is not None
    sums = (built.DOWNLOAD / "go.sum").read_text()
    assert f"{fork.group(1)} {fork.group(2)} h1:" in sums
