"""The Automation API's side: events become changes, the state becomes facts, errors sentences.

A stand-in answers in place of the engine; the real one is for the engine tests.
"""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pulumi import automation
from pulumi.automation.events import (
    DiagnosticEvent,
    DiffKind,
    EngineEvent,
    OpType,
    PreludeEvent,
    PropertyDiff,
    ResourcePreEvent,
    StepEventMetadata,
)

from restore.decide.gate import Change
from restore.errors import BlockedError, RestoreError, UsageError
from restore.stack import Stack
from restore.state import STACK
from stacks.kinds import PARAMETER, POLICY, TABLE

URN = "urn:pulumi:dev::restore-demo::"
TABLE_URN = f"{URN}{TABLE}::restore-demo.original"


def failure(kind: type[automation.CommandError], text: str = "exit 255") -> Exception:
    return kind(automation.CommandResult("", text, 255))


def step(op: OpType, urn: str = TABLE_URN, diffs: Any = None, detailed: Any = None) -> EngineEvent:
    metadata = StepEventMetadata(
        op=op, urn=urn, type=TABLE, provider="", keys=None, diffs=diffs, detailed_diff=detailed
    )
    return EngineEvent(1, 1, resource_pre_event=ResourcePreEvent(metadata))


def said(message: str, severity: str = "error") -> EngineEvent:
    return EngineEvent(
        1, 1, diagnostic_event=DiagnosticEvent(message=message, color="", severity=severity)
    )


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
        return {key: SimpleNamespace(value=value) for key, value in self.config.items()}

    def export_stack(self) -> Any:
        self._fail()
        return SimpleNamespace(deployment=self.deployment)

    def preview(self, on_event: Callable[[EngineEvent], None], **options: Any) -> Any:
        self.asked.append(options)
        self._work(on_event)
        steps = [each.resource_pre_event for each in self.events if each.resource_pre_event]
        shown = Counter(each.metadata.op for each in steps)
        return SimpleNamespace(change_summary=shown + self.unseen)

    def up(self, on_event: Callable[[EngineEvent], None], **options: Any) -> None:
        self.asked.append(options)
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

    def project_settings(self) -> Any:
        return SimpleNamespace(name="restore-demo")


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    fake = Engine()
    monkeypatch.setattr("restore.stack.Workspace", Workspace)
    monkeypatch.setattr("pulumi.automation.Stack.select", lambda *_: fake)
    return fake


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "Pulumi.yaml").write_text("name: restore-demo\nruntime: python\n")
    (tmp_path / "Pulumi.dev.yaml").write_text("config:\n  restore-demo:activeTable: original\n")
    return tmp_path


@pytest.fixture
def stack(engine: Engine, project: Path) -> Stack:
    assert engine
    return Stack(project)


def test_the_selected_stack_is_taken_unless_one_is_named(engine: Engine, project: Path) -> None:
    assert engine
    assert Stack(project).name == "dev"
    assert Stack(project, "prod").name == "prod"


@pytest.mark.usefixtures("engine")
def test_how_it_was_named_is_what_the_next_command_says_again(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the selected stack another table would be meant."""
    monkeypatch.chdir(project)
    assert Stack(Path()).named == ""
    assert Stack(Path(), "prod").named == "--stack prod"
    (project / "a folder").symlink_to(project)
    assert Stack(Path("a folder"), "prod").named == "--stack prod --cwd 'a folder'"


def test_a_folder_without_a_project_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        Stack(tmp_path / "nowhere")

    assert refused.value.mend == "--cwd DIR"


def test_without_a_selected_stack_one_has_to_be_named(
    engine: Engine, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert engine
    monkeypatch.setattr(Workspace, "selected", None)

    with pytest.raises(UsageError, match="No stack is selected"):
        Stack(project)


def raising(error: Exception) -> Callable[..., Any]:
    def fail(*_: Any, **__: Any) -> None:
        raise error

    return fail


def test_an_unknown_stack_is_refused(
    engine: Engine, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert engine
    unknown = failure(automation.StackNotFoundError)
    monkeypatch.setattr("pulumi.automation.Stack.select", raising(unknown))

    with pytest.raises(UsageError) as refused:
        Stack(project, "prod")

    assert refused.value.wrong == "There is no stack 'prod' in this backend."
    assert refused.value.mend == "pulumi stack ls"


def test_a_machine_without_pulumi_is_told_so(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("restore.stack.Workspace", raising(FileNotFoundError("pulumi")))

    with pytest.raises(RestoreError, match="There is no pulumi on PATH"):
        Stack(project)


@pytest.mark.parametrize("read", [Stack.written, Stack.state])
def test_a_backend_that_does_not_answer_is_no_bug_of_ours(
    stack: Stack, engine: Engine, read: Callable[[Stack], object]
) -> None:
    """A wrong passphrase is the everyday case."""
    engine.error = failure(automation.CommandError, "incorrect passphrase")

    with pytest.raises(RestoreError, match="incorrect passphrase") as failed:
        read(stack)

    assert failed.value.untouched == "Nothing was touched."


def test_only_the_projects_own_keys_are_read(stack: Stack, engine: Engine) -> None:
    engine.config = {"restore-demo:activeTable": "original", "aws:region": "eu-west-1"}

    assert stack.written() == {"activeTable": "original"}


@pytest.mark.parametrize("deployment", [None, {}, {"resources": None}])
def test_a_stack_that_was_never_deployed_has_no_past(
    stack: Stack, engine: Engine, deployment: dict[str, Any] | None
) -> None:
    engine.deployment = deployment

    assert stack.state().past == {}
    assert stack.state().retained == {}


def secret(value: Any) -> dict[str, str]:
    """As `pulumi stack export --show-secrets` writes one."""
    return {
        "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
        "plaintext": json.dumps(value),
    }


def resource(kind: str, name: str, *, outputs: Any = None, **more: Any) -> dict[str, Any]:
    shown = {} if outputs is None else {"outputs": outputs}
    return {"urn": f"{URN}{kind}::{name}", "type": kind, **shown, **more}


def test_the_state_is_the_last_checkpoint_with_its_secrets_opened(
    stack: Stack, engine: Engine
) -> None:
    policy = {"Statement": [{"Resource": ["arn:aws:dynamodb:r:1:table/orders"]}]}
    tables = {"restore-demo": {"history": ["original"], "labels": {"original": {"name": "orders"}}}}
    engine.deployment = {
        "resources": [
            resource(STACK, "restore-demo-dev", outputs=secret({"tables": tables})),
            resource("pulumi:providers:aws", "default"),
            resource(
                TABLE, "restore-demo.original", outputs={"name": "orders"}, retainOnDelete=True
            ),
            resource(TABLE, "restore-demo.restored", outputs={"name": secret("orders-2")}),
            resource(TABLE, "restore-demo.restored-2", outputs={"name": "gone"}, delete=True),
            resource(
                PARAMETER, "restore-demo", outputs={"name": "pointer", "value": secret("orders")}
            ),
            resource(
                POLICY, "restore-demo", outputs={"name": "grant", "policy": json.dumps(policy)}
            ),
        ]
    }

    state = stack.state()

    past = state.past["restore-demo"]
    assert past.physical == {"original": "orders", "restored": "orders-2"}
    assert (past.pointed, past.parameter, past.policy) == ("orders", "pointer", "grant")
    assert (past.history, past.covered) == (("original",), frozenset({"orders"}))
    assert state.retained == {TABLE_URN: True, f"{URN}{TABLE}::restore-demo.restored": False}


def test_a_secret_within_a_list_is_opened_as_well(stack: Stack, engine: Engine) -> None:
    history = [secret("original"), "restored"]
    tables = {"tables": {"restore-demo": {"history": history}}}
    engine.deployment = {"resources": [resource(STACK, "restore-demo-dev", outputs=tables)]}

    assert stack.state().past["restore-demo"].history == ("original", "restored")


def detailed(kind: DiffKind) -> PropertyDiff:
    return PropertyDiff(diff_kind=kind, input_diff=True)


@pytest.mark.parametrize(
    ("event", "changes"),
    [
        pytest.param(said("a warning", "warning"), [], id="no-step"),
        *(
            pytest.param(step(op), [], id=op.value)
            for op in (OpType.SAME, OpType.READ, OpType.REFRESH)
        ),
        pytest.param(step(OpType.IMPORT), [Change("import", TABLE_URN)], id="pure-import"),
        pytest.param(
            step(OpType.UPDATE, diffs=["ttl.enabled", "tags", "attributes[0].name"]),
            [Change("update", TABLE_URN, frozenset({"ttl", "tags", "attributes"}))],
            id="properties-without-what-is-below",
        ),
        pytest.param(
            step(
                OpType.UPDATE,
                diffs=["hashKey"],
                detailed={"hashKey": detailed(DiffKind.UPDATE_REPLACE)},
            ),
            [Change("update", TABLE_URN, frozenset({"hashKey"}), replaces=True)],
            id="a-replace-that-only-the-provider-speaks-of",
        ),
        pytest.param(
            step(OpType.UPDATE, diffs=["tags"], detailed={"tags": detailed(DiffKind.ADD)}),
            [Change("update", TABLE_URN, frozenset({"tags"}))],
            id="a-change-in-place",
        ),
        pytest.param(
            step(OpType.CREATE_REPLACEMENT),
            [Change("create-replacement", TABLE_URN)],
            id="create-replacement",
        ),
    ],
)
def test_an_event_becomes_a_change(
    stack: Stack, engine: Engine, event: EngineEvent, changes: list[Change]
) -> None:
    engine.events = [event]

    assert stack.preview() == changes


def test_every_preview_asks_aws_and_a_proposal_its_own_file(stack: Stack, engine: Engine) -> None:
    """The state may be behind: a killed update has turned a stream on that it knows nothing of."""
    stack.preview()
    with stack.proposal({("activeTable",): "restored"}) as proposal:
        proposal.preview()

    drift, proposed = engine.asked
    assert drift == {"refresh": True, "config_file": None}
    assert proposed["refresh"] is True
    assert proposed["config_file"].endswith("Pulumi.dev.yaml")


def carry_out(stack: Stack, on_step: Callable[[Change], None] = lambda _: None) -> None:
    with stack.proposal({("activeTable",): "restored"}) as proposal:
        proposal.carry_out(proposal.write, on_step)


def test_a_proposal_becomes_the_config_only_once_the_engine_works(
    stack: Stack, engine: Engine, project: Path
) -> None:
    """The engine works only under the stack's lock: two runs at once do not both write."""
    own = project / "Pulumi.dev.yaml"
    with stack.proposal({("activeTable",): "restored"}) as proposal:
        proposal.preview()
        assert "activeTable: original" in own.read_text()
        proposal.carry_out(proposal.write, lambda _: None)

    assert "activeTable: restored" in own.read_text()
    assert engine.asked[-1]["config_file"].endswith("Pulumi.dev.yaml")


def test_without_the_lock_the_config_stays_as_it_is(
    stack: Stack, engine: Engine, project: Path
) -> None:
    before = (project / "Pulumi.dev.yaml").read_bytes()
    engine.error = failure(automation.ConcurrentUpdateError)

    with pytest.raises(BlockedError):
        carry_out(stack)

    assert (project / "Pulumi.dev.yaml").read_bytes() == before


def test_each_step_of_an_update_is_told_as_it_begins(stack: Stack, engine: Engine) -> None:
    engine.events = [step(OpType.SAME), step(OpType.UPDATE), step(OpType.DELETE)]
    begun: list[Change] = []

    carry_out(stack, begun.append)

    assert [each.op for each in begun] == ["update", "delete"]


def test_a_failed_update_says_what_the_engine_said_once(stack: Stack, engine: Engine) -> None:
    """The engine repeats an error for each resource that hangs on it, and warns besides."""
    engine.events = [
        said("resource 'orders' does not exist\n"),
        said("a warning", "warning"),
        said("resource 'orders' does not exist"),
        said("update failed"),
    ]
    engine.error = failure(automation.CommandError)

    with pytest.raises(RestoreError) as failed:
        carry_out(stack)

    assert failed.value.wrong == "The update failed: resource 'orders' does not exist"
    assert failed.value.untouched == "What it had done before that is in the stack's state."


def test_a_failed_preview_without_a_diagnosis_says_what_the_command_said(
    stack: Stack, engine: Engine
) -> None:
    engine.error = failure(automation.CommandError, "the backend is away")

    with pytest.raises(RestoreError, match=r"The preview failed: (?s:.)*the backend is away"):
        stack.preview()


def test_a_step_that_the_engine_counts_and_does_not_show_is_no_preview(
    stack: Stack, engine: Engine
) -> None:
    """The SDK drops an event that it cannot read, and a gate would let through what it held."""
    engine.events, engine.unseen = [step(OpType.UPDATE)], Counter({OpType.DELETE: 1})

    with pytest.raises(RestoreError, match="counts 2 changes and showed 1"):
        stack.preview()


def test_a_config_that_cannot_be_written_is_said_after_the_update(
    stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The SDK swallows what a callback raises: an exit of 0 would hide an old config."""

    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("restore.configfile.ConfigFile.replace", full)
    with pytest.raises(RestoreError, match="No space left") as failed:
        carry_out(stack)

    assert failed.value.untouched == "The update itself is done."


def test_a_second_update_at_once_is_blocked(stack: Stack, engine: Engine) -> None:
    engine.error = failure(automation.ConcurrentUpdateError)

    with pytest.raises(BlockedError) as blocked:
        carry_out(stack)

    assert blocked.value.exit_code == 3
    assert "pulumi cancel" in blocked.value.mend
