"""`python -m sandbox.engine`: prepare the engine and nothing else, ahead of tests or a start."""

import sys

from sandbox.engine.errors import EngineError
from sandbox.engine.prepare import prepare
from sandbox.engine.progress import say
from sandbox.home import default_home

if __name__ == "__main__":
    try:
        prepare(default_home().absolute())
    except EngineError as error:
        say(str(error))
        sys.exit(1)
