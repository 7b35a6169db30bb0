"""`python -m sandbox.emulator`: the emulator as a process of its own."""

import argparse

from sandbox.emulator.server import serve
from sandbox.emulator.settings import settings


def _seconds(text: str) -> float:
    seconds = float(text)
    if seconds < 0:
        raise argparse.ArgumentTypeError("must be 0 or more")
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox.emulator", description="AWS on 127.0.0.1, with DynamoDB's PITR"
    )
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument(
        "--restore-seconds",
        type=_seconds,
        default=settings.restore_seconds,
        help="how long a restore takes (default: %(default)s)",
    )
    parser.add_argument(
        "--lag-seconds",
        type=_seconds,
        default=settings.lag_seconds,
        help="how far the latest restorable time lies behind now (default: %(default)s)",
    )
    arguments = parser.parse_args()
    settings.change(
        {"restore_seconds": arguments.restore_seconds, "lag_seconds": arguments.lag_seconds}
    )
    serve(arguments.port)


if __name__ == "__main__":
    main()
