"""What holds for every test."""

import signal


def pytest_configure() -> None:
    """A shell that starts the tests in the background has Ctrl-C ignored by all that they start."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
