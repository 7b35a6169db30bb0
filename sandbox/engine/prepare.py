"""Puts an engine together for one sandbox: the best that can be had on this machine.

<home>/bin/       the CLI that was built, beside the language host for it
<home>/pulumi/    PULUMI_HOME; its plugins are the cache's, shared by all sandboxes
<home>/engine.json
"""

import json
import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from sandbox.engine import built, official, versions
from sandbox.engine.built import Pair
from sandbox.engine.cache import cache_folder, locked, made_whole
from sandbox.engine.errors import EngineError
from sandbox.engine.progress import say

CHECKOUT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Engine:
    """What runs: the folder with `pulumi`, and what to call the CLI and the provider."""

    bin: str
    cli: str
    provider: str


def prepare(home: Path) -> Engine:
    """Give the sandbox at `home` its engine, and say which one it is."""
    home.mkdir(parents=True, exist_ok=True)
    cache = cache_folder()
    pair = built.pair()
    with locked(cache, say):
        engine, plugins = _official(cache, pair) or _built(cache, pair, home)
    _share_plugins(plugins, home / "pulumi")
    (home / official.MARK).write_text(json.dumps(asdict(engine), indent=2))
    say(f"Engine: {engine.cli}\nProvider: {engine.provider}")
    return engine


def _official(cache: Path, pair: Pair) -> tuple[Engine, Path] | None:
    """The official pair, as an engine and a PULUMI_HOME; None unless both can be had.

    Where a pair was built once, no start waits for the network to say that it is not there.
    """
    online = pair.missing(cache) != [] and official.reachable(official.RELEASES)
    cli = official.installed_cli(os.environ.get("PATH", ""))
    source = "installed"
    if cli is None:
        cli, source = official.downloaded_cli(cache, online=online), "downloaded"
    home = cache / "plugins" / f"official-{versions.AWS}"
    if cli is None or not official.plugin_home(cli, home, online=online):
        return None
    return Engine(
        bin=str(cli.parent),
        cli=f"pulumi {official.cli_version(cli)}, the official release ({source}: {cli})",
        provider=f"pulumi-aws {versions.AWS}, the official plugin",
    ), home


def _built(cache: Path, pair: Pair, home: Path) -> tuple[Engine, Path]:
    """The pair built from source, with our language host beside the CLI."""
    built.build(pair, cache)
    cli, provider = pair.cli.path(cache), pair.provider.path(cache)
    plugins = cache / "plugins" / provider.parent.name
    if not plugins.exists():
        with made_whole(plugins) as draft:
            _install_built(cli, provider.parent, draft)
    _place(cli, home / "bin" / "pulumi")
    _write_host(home / "bin" / official.HOST)
    return Engine(
        bin=str(home / "bin"),
        cli=f"pulumi {versions.PULUMI}, built from its published source",
        provider=(
            f"pulumi-aws {versions.AWS} by its name; built from the source of "
            f"terraform-provider-aws {versions.UPSTREAM}, without Pulumi's patches"
        ),
    ), plugins


def _install_built(cli: Path, folder: Path, home: Path) -> None:
    """Install the plugin as Pulumi itself does, so that no update warns of it."""
    done = subprocess.run(
        [cli, "plugin", "install", "resource", "aws", versions.AWS, "--file", folder],
        env={**os.environ, "PULUMI_HOME": str(home), "PULUMI_SKIP_UPDATE_CHECK": "true"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise EngineError(
            f"The AWS provider that was built could not be installed: {done.stderr.strip()}\n"
            f"The builds are kept. Remove {folder} and run `python -m sandbox start` again."
        )


def _place(binary: Path, target: Path) -> None:
    """Put the CLI into the sandbox without a copy where the file system allows it.

    A symbolic link would not do: the CLI looks for its host beside the file it really is.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists() and target.samefile(binary):
        return
    draft = target.with_suffix(".partial")
    draft.unlink(missing_ok=True)
    try:
        draft.hardlink_to(binary)
    except OSError:
        shutil.copy2(binary, draft)
    draft.replace(target)


def _write_host(script: Path) -> None:
    """Start the host with this Python, and keep this checkout off the program's path."""
    start = (
        f"import sys; sys.path.insert(0, {str(CHECKOUT)!r}); "
        "from sandbox.engine.host import main; sys.path.pop(0); main()"
    )
    command = shlex.join([sys.executable, "-P", "-c", start])
    script.write_text(f'#!/bin/sh\nexec {command} "$@"\n')
    script.chmod(0o755)


def _share_plugins(source: Path, home: Path) -> None:
    home.mkdir(parents=True, exist_ok=True)
    link = home / "plugins"
    if link.is_symlink():
        link.unlink()
    link.symlink_to(source / "plugins", target_is_directory=True)
