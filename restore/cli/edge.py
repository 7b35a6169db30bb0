"""The edge: whatever ends a verb becomes one message and an exit code."""

import sys
from collections.abc import Callable
from typing import Any

from restore.aws.errors import AWS_ERRORS, trouble
from restore.engine.interrupt import stoppable
from restore.model.errors import AGAIN, BlockedError, Fault, RestoreError
from restore.report.audit import Audit
from restore.report.report import Report
from restore.table.config.problems import ConfigError, ProblemsError, RefusedError

_CODES: dict[type[ProblemsError], int] = {ConfigError: 2, RefusedError: 3}
_INTERRUPTED = 130
"""128 and SIGINT, as shells have it; SIGTERM and SIGHUP end a verb in the same way."""
_OUTCOMES = {
    0: "done",
    1: "failed",
    2: "wrong usage",
    3: "blocked",
    4: "differences",
    _INTERRUPTED: "interrupted",
}

_STOPPED = (
    "Interrupted{}. Completed steps are kept. Pulumi finished its current operation, unless Ctrl-C"
    " was pressed twice.\n"
    f"  fix: {AGAIN}"
)


def guarded(
    verb: str, report: Report, audit: Audit, work: Callable[[], dict[str, Any] | None]
) -> None:
    """Runs a verb and ends the process with its code: see `_OUTCOMES`.

    An error that nobody expected keeps its traceback: it is a bug, and the traceback finds it.
    """
    fields: dict[str, Any] = {}
    message: str | None = None
    code = 0
    with stoppable(), audit.call():
        try:
            with report.watched(verb):
                fields = work() or {}
        except RestoreError as error:
            code, message = error.exit_code, str(error)
        except ProblemsError as error:
            code, message = _CODES[type(error)], str(error)
        except AWS_ERRORS as error:
            code, message = 1, _failed(trouble(error))
        except KeyboardInterrupt as stop:
            by = f" by {stop}" if str(stop) not in {"", "SIGINT"} else ""
            code, message = _INTERRUPTED, _STOPPED.format(by)
        except Exception as error:
            unexpected = f"{type(error).__name__}: {error}"
            report.result({"verb": verb, "outcome": _OUTCOMES[1], "message": unexpected})
            raise
    if message is not None:
        report.fail(message)
        audit.note("decided" if code == BlockedError.exit_code else "failed", message)
        fields = {"message": message}
    audit.note("ended", _OUTCOMES[code], exit=code)
    report.result({"verb": verb, "outcome": _OUTCOMES[code], **fields})
    sys.exit(code)


def _failed(what: Fault) -> str:
    done = "What was done before that is done, and nothing after it."
    return f"{what.says} {done}\n  fix: {what.fix}"
