"""What can go wrong while an engine is prepared, as sentences for the user."""


class EngineError(Exception):
    """No engine could be prepared; the message says what to install or to run."""
