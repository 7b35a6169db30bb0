"""A stand-in for the engine behind the Automation API; the real one is for the engine tests."""

from collections import Counter
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

from pulumi import automation
from pulumi.automation.events import (
    DiagnosticEvent,
    EngineEvent,
    OpType,
    PreludeEvent,
    ResourcePreEvent,
    StepEventMetadata,
)

from restore.table.kinds import TABLE

URN = "urn:pulumi:dev::restore-demo::"
TABLE_URN = f"{URN}{TABLE}::restore-demo.original"


def failure(kind: type[automation.CommandError], text: str = "exit 255") -> Exception:
    return kind(automation.CommandResult("", text, 255))


def step(
    op: OpType, urn: str = TABLE_URN, diffs: Any = None, detailed: Any = None, **sides: Any
) -> EngineEvent:
    """A step; `sides` are the states before and after it, `old` and `new`."""
    metadata = StepEventMetadata(
        op=op,
        urn=urn,
        type=TABLE,
        provider="",
        keys=None,
        diffs=diffs,
        detailed_diff=detailed,
        **sides,
    )
    return EngineEvent(1, 1, resource_pre_event=ResourcePreEvent(metadata))


def said(message: str, severity: str = "error") -> EngineEvent:
    return EngineEvent(
        1, 1, diagnostic_event=DiagnosticEvent(message=message, color="", severity=severity)
    )


def asked_of(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options, less the one that hardly a command needs and that says nothing then."""
    return {key: each for key, each in options.items() if (key, each) != ("run_program", None)}


class Engine:
    """Answers as `automation.Stack` does."""

    def __init__(self) -> None:
        self.config: dict[str, str] = {}
        self.deployment: dict[str, Any] | None = {}
        self.events: list[EngineEvent] = []
        self.error: Exception | None = None
        self.asked: list[dict[str, Any]] = []
        self.unseen: Counter[OpType] = Counter()

    def get_all_config(self) -> dict[str, Any]:
        self._fail()
        return {
            key: SimpleNamespace(value=value, secret=False) for key, value in self.config.items()
        }

    def export_stack(self) -> Any:
        self._fail()
        return SimpleNamespace(deployment=self.deployment)

    def preview(self, on_event: Callable[[EngineEvent], None], **options: Any) -> Any:
        self.asked.append(asked_of(options))
        self._work(on_event)
        steps = [each.resource_pre_event for each in self.events if each.resource_pre_event]
        shown = Counter(each.metadata.op for each in steps)
        return SimpleNamespace(change_summary=shown + self.unseen)

    def up(self, on_event: Callable[[EngineEvent], None], **options: Any) -> None:
        self.asked.append(asked_of(options))
        if not isinstance(self.error, automation.ConcurrentUpdateError):
            on_event(EngineEvent(1, 1, prelude_event=PreludeEvent({})))
        self._work(on_event)

    def _work(self, on_event: Callable[[EngineEvent], None]) -> None:
        for event in self.events:
            on_event(event)
        self._fail()

    def _fail(self) -> None:
        if self.error:
            raise self.error


class Workspace:
    """Answers as `automation.LocalWorkspace` does."""

    selected: str | None = "dev"

    def __init__(self, work_dir: str) -> None:
        self.work_dir = work_dir

    def stack(self) -> Any:
        return SimpleNamespace(name=self.selected) if self.selected else None

    def who_am_i(self) -> Any:
        return SimpleNamespace(url="https://api.pulumi.com")
