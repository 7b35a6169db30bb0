"""The CLI and the AWS plugin as Pulumi publishes them: installed here, or downloaded."""

import os
import shutil
import subprocess
import urllib.request
from pathlib import Path

from pulumi.automation import PulumiCommand
from semver import VersionInfo

from sandbox.engine import versions
from sandbox.engine.cache import made_whole
from sandbox.engine.progress import say

HOST = "pulumi-language-python"
MARK = "engine.json"
"""Stands beside the `bin` folder of an engine that a sandbox has put together."""

RELEASES = "https://get.pulumi.com/install.sh"
SECONDS_TO_ANSWER = 5


def installed_cli(path: str) -> Path | None:
    """The first `pulumi` on `path` that is recent enough, with its own language host."""
    for folder in (Path(entry) for entry in path.split(os.pathsep) if entry):
        command = folder / "pulumi"
        if (folder.parent / MARK).exists() or not os.access(command, os.X_OK):
            continue
        found = cli_version(command)
        if found is not None and found >= versions.OLDEST and shutil.which(HOST, path=path):
            return command
        # What a shell would run is this one; a later one on PATH is not what the user means.
        return None
    return None


def cli_version(command: Path) -> VersionInfo | None:
    """What `pulumi version` answers; None where that is no version or it fails."""
    said = subprocess.run(
        [command, "version"],
        env={**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "true"},
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    try:
        return VersionInfo.parse(said.removeprefix("v"))
    except ValueError:
        return None


def downloaded_cli(cache: Path, *, online: bool) -> Path | None:
    """The official release in the cache, downloaded if need be; None where it cannot be had."""
    root = cache / "official" / f"pulumi-{versions.PULUMI}"
    command = root / "bin" / "pulumi"
    if command.exists():
        return command
    if not online:
        return None
    say(f"Downloading pulumi {versions.PULUMI}.")
    try:
        with made_whole(root) as draft:
            PulumiCommand.install(root=str(draft))
    except (OSError, subprocess.CalledProcessError) as reason:
        say(f"Pulumi's release could not be downloaded: {reason}")
        return None
    return command


def plugin_home(cli: Path, home: Path, *, online: bool) -> bool:
    """Make `home` a PULUMI_HOME with the AWS plugin in it; False where that cannot be had."""
    if home.exists():
        return True
    if not online:
        return False
    say(f"Downloading pulumi's AWS plugin {versions.AWS}.")
    try:
        with made_whole(home) as draft:
            subprocess.run(
                [cli, "plugin", "install", "resource", "aws", versions.AWS],
                env={**os.environ, "PULUMI_HOME": str(draft), "PULUMI_SKIP_UPDATE_CHECK": "true"},
                capture_output=True,
                text=True,
                check=True,
            )
    except subprocess.CalledProcessError as error:
        say(f"The AWS plugin could not be downloaded: {error.stderr.strip()}")
        return False
    return True


def reachable(address: str) -> bool:
    """Whether the address answers soon: the SDK's installer itself would wait without an end."""
    try:
        with urllib.request.urlopen(address, timeout=SECONDS_TO_ANSWER):  # noqa: S310 - a constant
            return True
    except OSError:
        return False
