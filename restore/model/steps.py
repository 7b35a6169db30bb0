"""The steps of a restore, as data. What they are called is said in `restore/report/steps.py`."""

from enum import StrEnum


class Step(StrEnum):
    """What a verb carries out. The value is the name that config, hooks and JSON have for it."""

    START = "start"
    WAIT = "wait"
    ADOPT = "adopt"
    PREPARE = "prepare"
    VERIFY = "verify"
    SWITCH = "switch"
    DRAIN = "drain"
    DROP = "drop"
    ROLLBACK = "rollback"
    FREEZE = "freeze"
    THAW = "thaw"
    CLEAN = "clean"


UPDATES = (
    Step.ADOPT,
    Step.PREPARE,
    Step.SWITCH,
    Step.ROLLBACK,
    Step.DROP,
    Step.FREEZE,
    Step.THAW,
)
"""The steps that update the stack, as the design's table of phases names them."""
