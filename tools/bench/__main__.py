"""`make bench`: the ways to a restored table that serves, compared on the sandbox.

It prints what it measured and ends with 0 whether or not a bound is met: a machine that is busy
fails nothing. It ends with 1 where a run itself failed.
"""

import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from sandbox.engine.errors import EngineError
from sandbox.engine.progress import say
from sandbox.home import Sandbox
from sandbox.process import SandboxError
from tests.support.engine.world import World
from tests.support.pages.page import BENCHMARKS, README
from tools.bench.awscli import NoAwsCliError, aws_command
from tools.bench.lengths import lengths
from tools.bench.measured import Run, Way
from tools.bench.page import with_figures, with_ratios
from tools.bench.report import report
from tools.bench.shown import as_json, ratios_of, text_of
from tools.bench.stage import Script, Stage
from tools.bench.ways import bare_engine, restored, runbook, short_way, walk_through

SHORT_RESTORE = 1.0
"""Where only costs are counted, nobody has to wait for AWS."""


def bench(  # noqa: PLR0913 - one for each option
    *,
    rounds: Annotated[int, typer.Option(min=1, help="How often each way is played.")] = 5,
    tables: Annotated[
        str, typer.Option(help="Numbers of tables, for b, c and the engine.")
    ] = "1,10,50",
    restores: Annotated[str, typer.Option(help="Seconds that a restore takes.")] = "20,40",
    seed: Annotated[int | None, typer.Option(help="Of the restores' lengths.")] = None,
    pages: Annotated[bool, typer.Option("--pages", help="Write it into the pages.")] = False,
    as_one_object: Annotated[bool, typer.Option("--json", help="One object on stdout.")] = False,
) -> None:
    """Compare the ways to a restored table that serves."""
    seed = int(time.time()) if seed is None else seed
    low, high = map(float, restores.split(","))
    taking = lengths(rounds, low, high, seed)
    try:
        aws = aws_command()
        with _stage() as (stage, facts):
            say(f"Seed {seed}: restores of {', '.join(f'{each:.1f}' for each in taking)} s.")
            played = [run for each in taking for run in _round(stage, aws, each)]
            sized = _sizes(stage, sorted({int(each) for each in tables.split(",")}))
    except (EngineError, SandboxError, NoAwsCliError, AssertionError) as error:
        say(f"A run failed: {error}")
        sys.exit(1)
    folded = report(played, sized)
    facts |= {"seed": seed}
    text = text_of(folded, facts)
    if pages:
        BENCHMARKS.write_text(with_figures(BENCHMARKS.read_text(), text))
        README.write_text(with_ratios(README.read_text(), ratios_of(folded)))
    if as_one_object:
        sys.stdout.write(json.dumps(as_json(folded, facts, [*played, *sized]), indent=2) + "\n")
    else:
        sys.stdout.write(f"{text}\n")


@contextmanager
def _stage() -> Iterator[tuple[Stage, dict[str, Any]]]:
    """A sandbox of its own, gone in the end; and what else a figure depends on."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        sandbox = Sandbox(Path(folder) / "home")
        running = sandbox.start(restore_seconds=SHORT_RESTORE)
        with sandbox:
            yield (
                Stage(World(sandbox, Path(folder)), Path(folder)),
                {
                    "date": datetime.now(UTC).date().isoformat(),
                    "cores": os.cpu_count(),
                    "python": platform.python_version(),
                    "engine": running.engine.cli,
                    "provider": running.engine.provider,
                },
            )


def _round(stage: Stage, aws: Sequence[str], restore_seconds: float) -> Iterator[Run]:
    """Every way with one table, and the engine's part of b."""
    ways: dict[Way, Script] = {
        Way.WALK: lambda world: walk_through(world, aws),
        Way.RUN: runbook,
        Way.SHORT: short_way,
    }
    for way, script in ways.items():
        stage.serving(1)
        yield _told(stage.run(way, 1, restore_seconds, script))
    yield _told(_bare(stage, 1))


def _bare(stage: Stage, tables: int) -> Run:
    restored(stage.serving(tables))
    return stage.run(Way.BARE, tables, 0, bare_engine)


def _sizes(stage: Stage, tables: Sequence[int]) -> list[Run]:
    """Ways b and c, and the engine's part of b, with so many tables each."""
    runs: list[Run] = []
    for number in tables:
        for way, script in ((Way.RUN, runbook), (Way.SHORT, short_way)):
            stage.serving(number)
            runs.append(_told(stage.run(way, number, SHORT_RESTORE, script)))
        runs.append(_told(_bare(stage, number)))
    return runs


def _told(run: Run) -> Run:
    tables = "1 table" if run.tables == 1 else f"{run.tables} tables"
    say(f"{run.way}, {tables}: {run.seconds:.1f} s, restore {run.restore_seconds:.1f} s")
    return run


if __name__ == "__main__":
    typer.run(bench)
