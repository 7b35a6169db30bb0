"""What the engine says while it works: its steps, and why it failed."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from pulumi import automation
from pulumi.automation.events import EngineEvent, OpType, PropertyDiff, StepEventMetadata

from restore.engine.diagnosis import diagnose, engine_fix, essence, words_of
from restore.engine.interrupt import after_the_engine
from restore.engine.running import interrupt_update
from restore.model.change import IDLE, Change
from restore.model.errors import BlockedError, LockedError, RestoreError


def changes_of(event: EngineEvent) -> Iterator[Change]:
    """The step that the event announces, where it changes something."""
    if event.resource_pre_event is None:
        return
    step = event.resource_pre_event.metadata
    if step.op.value in IDLE:
        return
    details = step.detailed_diff or {}
    kinds = {difference.diff_kind.value for difference in details.values()}
    paths = {*(step.diffs or ()), *details}
    yield Change(
        op=step.op.value,
        urn=step.urn,
        properties=frozenset(path.partition(".")[0].partition("[")[0] for path in paths),
        replaces=any("replace" in kind for kind in kinds),
        values={path: _values(step, path, each) for path, each in details.items()},
    )


_STEP = re.compile(r'\["(?P<quoted>(?:[^"\\]|\\.)*)"\]|\[(?P<index>\d+)\]|(?P<plain>[^.\[]+)')
"""One step of a property path: `tags["a.b"]`, `attributes[0]`, `ttl.enabled`."""


def _values(step: StepEventMetadata, path: str, differs: PropertyDiff) -> tuple[Any, Any]:
    """What stands at the path and what would; secrets are masked by the engine."""
    old, new = step.old, step.new
    before = old and (old.inputs if differs.input_diff else old.outputs)
    return _at(before, path), _at(new and new.inputs, path)


def _at(tree: Any, path: str) -> Any:
    for each in _STEP.finditer(path):
        if isinstance(tree, Mapping):
            tree = tree.get(each["quoted"] or each["plain"])
        elif isinstance(tree, Sequence) and not isinstance(tree, str) and each["index"]:
            tree = tree[int(each["index"])] if int(each["index"]) < len(tree) else None
        else:
            return None
    return tree


@contextmanager
def diagnosed(
    what: str,
    untouched: str,
    look: str,
    retained: Callable[[], Collection[str]] = frozenset,
) -> Iterator[Callable[[EngineEvent], None]]:
    """Turns a failed engine call into one error with what the engine said.

    Args:
        what: The call, as the error begins.
        untouched: What it left as it was.
        look: The command that shows more, where nothing better is known; it is none that failed.
        retained: The URNs of the tables that stay in AWS when they leave the stack.
    """
    said: list[str] = []

    def listen(event: EngineEvent) -> None:
        diagnostic = event.diagnostic_event
        if diagnostic is not None and diagnostic.severity == "error":
            said.append(diagnostic.message.strip())

    try:
        with after_the_engine():
            yield listen
    except automation.ConcurrentUpdateError as error:
        raise LockedError(str(error)) from None
    except automation.CommandError as error:
        text = essence(said) or words_of(str(error))
        raise _understood(what, text, untouched, look, retained) from None


def _understood(
    what: str, text: str, untouched: str, look: str, retained: Callable[[], Collection[str]]
) -> RestoreError:
    found = diagnose(text, retained() if "is protected" in text else ())
    if found:
        return RestoreError(f"{what} failed: {found.says}", untouched, found.fix)
    return RestoreError(f"{what} failed: {text}", untouched, engine_fix(text) or look)


class Beginning:
    """What is done once the engine works, and so holds the stack's lock.

    The SDK lets an error in a listener go by with a warning, so it is kept here.

    Args:
        begun: Called once. Where it raises BlockedError the engine is stopped, before the program
            has run.
    """

    def __init__(self, begun: Callable[[], None]) -> None:
        self._begun = begun
        self.failure: Exception | None = None
        self.blocked: BlockedError | None = None

    def hear(self, event: EngineEvent) -> None:
        if event.prelude_event is None:
            return
        try:
            self._begun()
        except OSError as error:
            self.failure = error
        except BlockedError as error:
            self.blocked, self.failure = error, OSError(error.wrong)
            interrupt_update()


def refuse_missing(changes: Sequence[Change], summary: Mapping[Any, int], untouched: str) -> None:
    """The SDK drops an event that it cannot read: a step that nobody saw must not pass a gate."""
    counted = sum(count for op, count in summary.items() if OpType(op).value not in IDLE)
    if counted > len(changes):
        raise RestoreError(
            f"The engine counts {counted} changes and showed {len(changes)} of them.",
            untouched,
            "pulumi preview --diff",
        )
