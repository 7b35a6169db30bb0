"""`python -m sandbox`: an AWS and an engine on this machine, for trying and testing."""

import json
import os
import shlex
import shutil
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from sandbox import environment, process
from sandbox.engine.errors import EngineError
from sandbox.engine.progress import say
from sandbox.home import Running, Sandbox
from sandbox.process import SandboxError

app = typer.Typer(
    help="An AWS and an engine on this machine. SANDBOX_HOME names the folder of one sandbox.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

THEN = "then pulumi stack init sandbox and pulumi up."


@app.command()
def start(
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="A free port, where none is named.")
    ] = None,
    restore_seconds: Annotated[float, typer.Option(min=0, help="How long a restore takes.")] = 3,
    lag_seconds: Annotated[
        float, typer.Option(min=0, help="How far the latest restorable time lies behind now.")
    ] = 0,
) -> None:
    """Prepare an engine and start an empty AWS on 127.0.0.1, with an empty Pulumi backend."""
    sandbox = Sandbox()
    if (running := sandbox.running()) is not None:
        say(f"A sandbox is running already, with its settings as they were.\n{told(running)}")
        return
    earlier = sandbox.has_backend()
    try:
        running = sandbox.start(port, restore_seconds, lag_seconds)
    except (EngineError, SandboxError) as error:
        fail(error)
    removed = f": what an earlier start left in {sandbox.home} was removed" if earlier else ""
    say(
        f"{told(running)}\nIts AWS is empty, and so is its Pulumi backend{removed}.\n"
        f'Next: eval "$({env_command(os.environ)})", {THEN}'
    )


@app.command()
def env() -> None:
    """Print what a shell must set to use the sandbox; eval "$(python -m sandbox env)"."""
    try:
        ours = Sandbox().settings()
    except SandboxError as error:
        fail(error)
    for line in environment.shell_lines(ours, os.environ):
        typer.echo(line)


@app.command()
def status(
    *, as_json: Annotated[bool, typer.Option("--json", help="One object on stdout.")] = False
) -> None:
    """Say whether the sandbox runs, and with what."""
    sandbox = Sandbox()
    running = sandbox.running()
    if as_json:
        facts = {"running": running is not None, "home": str(sandbox.home)}
        typer.echo(json.dumps(facts | (asdict(running) if running else {})))
    elif running is None:
        typer.echo(f"No sandbox is running in {sandbox.home}.")
    else:
        engine = running.engine
        typer.echo(f"{told(running)}\nEngine: {engine.cli}\nProvider: {engine.provider}")


@app.command()
def stop() -> None:
    """End the emulator; its AWS is forgotten."""
    sandbox = Sandbox()
    if sandbox.stop():
        say("Stopped. The next start begins with an empty AWS and an empty Pulumi backend.")
    else:
        say(f"No sandbox was running in {sandbox.home}.")


def env_command(environment: Mapping[str, str]) -> str:
    """What prints the variables, in words that work in the shell that started the sandbox.

    Its `python` may be none, or one without what the sandbox needs; and another shell may not
    have SANDBOX_HOME.
    """
    home = environment.get("SANDBOX_HOME")
    named = [f"SANDBOX_HOME={shlex.quote(str(Path(home).absolute()))}"] if home else []
    python, here = sys.executable, Path.cwd()
    if here == process.CHECKOUT and Path(python).is_relative_to(here):
        python = str(Path(python).relative_to(here))
    if (found := shutil.which("python")) and Path(found).absolute() == Path(sys.executable):
        python = "python"
    there = str(process.CHECKOUT)
    first = [] if here == process.CHECKOUT else [f"cd {shlex.quote(there)} &&"]
    return " ".join([*first, *named, shlex.quote(python), "-m sandbox env"])


def told(running: Running) -> str:
    """Where the emulator answers, and how it was set."""
    return (
        f"AWS on http://127.0.0.1:{running.port} (process {running.pid}): a restore takes "
        f"{running.restore_seconds:g} s, the latest restorable time lies "
        f"{running.lag_seconds:g} s behind now."
    )


def fail(error: Exception) -> NoReturn:
    say(str(error))
    raise typer.Exit(1)
