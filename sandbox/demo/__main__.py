"""`python -m sandbox.demo`: 0 where every check held, 1 where one did not."""

import sys

from sandbox.demo.stage import DemoError, stage
from sandbox.demo.story import play
from sandbox.engine.errors import EngineError
from sandbox.engine.progress import say
from sandbox.process import SandboxError

if __name__ == "__main__":
    try:
        with stage() as here:
            play(here)
            here.tell(f"\nAll {here.checks} checks held, in {here.seconds:.0f} s.")
    except (DemoError, EngineError, SandboxError) as error:
        say(str(error))
        sys.exit(1)
