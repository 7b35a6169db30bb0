"""`python -m sandbox.demo.capture [FILE]`: a run of the runbook, as a terminal shows it, as an SVG.

It is the walk-through's incident on a sandbox of its own; a person says yes where the run asks. The
picture is taken while clients' caches run out: the way back is still one step.
"""

import io
import os
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

from sandbox.demo.stage import DemoError, Stage, stage
from sandbox.demo.story import bad_deploy, first_update, good_writes
from sandbox.demo.terminal import Terminal, TerminalError, terminal
from sandbox.engine.errors import EngineError
from sandbox.engine.progress import say
from sandbox.process import CHECKOUT, SandboxError

PICTURE = CHECKOUT / "docs/images/run.svg"
_COLUMNS, _LINES = 100, 60
_PATIENCE = 120.0
_DRAIN = "5"
_ASKED = "Go on? [y/N]"


def capture(here: Stage) -> Text:
    """The terminal in the middle of a run, which is then seen to end well."""
    first_update(here)
    moment = good_writes(here)
    bad_deploy(here)
    to = ("--to", f"{moment:%Y-%m-%dT%H:%M:%SZ}")
    typed = ("python", "-m", "restore", "run", *to, "--drain", _DRAIN)
    here.tell("\nA run, in a terminal of its own.")
    with terminal(typed, here.project, os.environ, (_COLUMNS, _LINES)) as shown:
        _say_yes(shown, 1)
        shown.until(lambda seen: "0:00:02" in seen and "drain:" in seen, _PATIENCE)
        picture = shown.screen.drawn()
        _say_yes(shown, 2)
        code = shown.ended()
        here.show(shown.screen.drawn())
    here.check("the run ended well", code, 0)
    return Text.assemble((f"$ {' '.join(typed)}\n", "bold cyan"), picture)


def _say_yes(shown: Terminal, times: int) -> None:
    shown.until(lambda seen: seen.count(_ASKED) == times, _PATIENCE)
    shown.type("y\n")


def drawn(page: Text) -> str:
    """The page as an SVG."""
    console = Console(record=True, width=_COLUMNS, file=io.StringIO(), force_terminal=True)
    console.print(page)
    return console.export_svg(title="python -m restore run", unique_id="run")


if __name__ == "__main__":
    to = Path(*sys.argv[1:2]) if sys.argv[1:] else PICTURE
    try:
        with stage() as here:
            to.write_text(drawn(capture(here)))
            here.tell(f"The picture is {to.name}.")
    except (DemoError, EngineError, SandboxError, TerminalError) as error:
        say(str(error))
        sys.exit(1)
