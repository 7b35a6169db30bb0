"""An engine that answers from memory and writes down what the program registers.

It models no import, no replace and no retain: what the engine makes of the options is proven on
the real one (tests/engine).
"""

import asyncio
import contextvars
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import grpc  # type: ignore[import-untyped]
import pulumi
import pulumi_aws as aws
from pulumi.runtime import mocks, rpc

from restore.table.decide import Declaration
from restore.table.kinds import TABLE
from restore.table.resources.declare import declare
from restore.table.resources.tagging import keep_tags_of_others

with warnings.catch_warnings():
    # pulumi-aws warns of a deprecated resource whenever any of Lambda's is used for the first time.
    warnings.simplefilter("ignore", DeprecationWarning)
    LAMBDA = aws.lambda_.EventSourceMapping

ACCOUNT = "123456789012"
ARN = f"arn:aws:dynamodb:us-east-1:{ACCOUNT}:table/"


IDENTITY = {
    "aws:index/getCallerIdentity:getCallerIdentity": {"accountId": ACCOUNT},
    "aws:index/getPartition:getPartition": {"partition": "aws"},
}

GET_KEY = "aws:kms/getKey:getKey"
GET_TABLE = "aws:dynamodb/getTable:getTable"
KEYS = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/"

Call = Callable[[dict[str, Any]], dict[str, Any]]


class Provider(mocks.Mocks):
    """The provider's part: an id and an ARN for everything, and answers to calls."""

    def __init__(self, calls: Mapping[str, Call]) -> None:
        self.calls = calls

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str, dict[str, Any]]:
        name = args.inputs.get("name", args.name)
        outputs = {**args.inputs, "arn": f"arn:aws:iam::{ACCOUNT}:policy/{name}"}
        if args.typ == TABLE:
            outputs |= {"arn": ARN + name, "streamArn": f"{ARN}{name}/stream/now"}
        return name, outputs

    def call(self, args: mocks.MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        return self.calls[args.token](args.args), []


class EngineError(grpc.RpcError):  # type: ignore[misc]
    """An engine that says no, in the form in which the SDK gets to know it."""

    def code(self) -> grpc.StatusCode:
        return grpc.StatusCode.UNKNOWN

    def details(self) -> str:
        return str(self)


@contextmanager
def event_loop() -> Iterator[None]:
    """A loop for this thread, closed at the end: the SDK's mocks leave theirs open."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        try:
            yield
        finally:
            asyncio.set_event_loop(None)
            loop.close()
    else:
        yield


@dataclass(frozen=True)
class Registered:
    """One resource as the program registered it."""

    inputs: Mapping[str, Any]
    import_id: str
    retain_on_delete: bool
    protect: bool
    depends_on: tuple[str, ...]
    ignored: tuple[str, ...] = ()


class Recorder(mocks.MockMonitor):
    """Keeps every registration: the mocks themselves are told of no retain flag."""

    def __init__(self, provider: mocks.Mocks) -> None:
        super().__init__(provider)
        self.registered: dict[str, Registered] = {}

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802
        with event_loop():
            if request.custom:
                key = f"{request.type}::{request.name}"
                if key in self.registered:
                    raise EngineError(f"Duplicate resource URN {key}")
                self.registered[key] = Registered(
                    inputs=_plain(rpc.deserialize_properties(request.object)),
                    import_id=request.importId,
                    retain_on_delete=request.retainOnDelete,
                    protect=request.protect,
                    depends_on=tuple(urn.rpartition("$")[2] for urn in request.dependencies),
                    ignored=tuple(request.ignoreChanges),
                )
            return super().RegisterResource(request)  # type: ignore[no-untyped-call]

    def Invoke(self, request: Any) -> Any:  # noqa: N802
        with event_loop():
            return super().Invoke(request)  # type: ignore[no-untyped-call]


def _plain(inputs: Any) -> dict[str, Any]:
    """The inputs with secrets in clear: pulumi-aws makes one of a parameter's value."""
    found: dict[str, Any] = rpc.unwrap_rpc_secret(inputs)
    return {key: rpc.unwrap_rpc_secret(value) for key, value in found.items()}


@dataclass
class Deployed:
    """What a program has registered, in order, and what it exports."""

    registered: dict[str, Registered] = field(default_factory=dict)
    outputs: dict[str, Any] = field(default_factory=dict)


def in_engine(program: Callable[[], Any], calls: Mapping[str, Call]) -> Deployed:
    """Runs `program` in an engine of its own; what it returns are its outputs."""
    return contextvars.copy_context().run(_in_engine, program, calls)


def _in_engine(program: Callable[[], Any], calls: Mapping[str, Call]) -> Deployed:
    deployed = Deployed()
    with event_loop():
        provider = Provider(calls)
        recorder = Recorder(provider)
        mocks.set_mocks(
            provider, "restore-demo", "sandbox", monitor=recorder, organization="organization"
        )

        def whole() -> pulumi.Output[None]:
            return pulumi.Output.from_input(program()).apply(deployed.outputs.update)

        mocks.test(whole)()  # type: ignore[no-untyped-call]
    deployed.registered = recorder.registered
    return deployed


def declared(
    *declarations: Declaration, live: Mapping[str, str] | None = None, kept: bool = False
) -> Deployed:
    """Everything that the program registers and exports for `declarations`.

    Args:
        declarations: What is decided.
        live: The tags that every table has in AWS.
        kept: Whether the tags of others are kept on what belongs to the tables, as in the program.
    """
    identity = {token: lambda _, answer=answer: answer for token, answer in IDENTITY.items()}
    answers = {**identity, GET_KEY: _key, GET_TABLE: lambda _: {"tags": dict(live or {})}}

    def program() -> dict[str, Any]:
        if kept:
            keep_tags_of_others(declarations)
        return {each.table: declare(each) for each in declarations}

    return in_engine(program, answers)


def _key(asked: dict[str, Any]) -> dict[str, Any]:
    return {"arn": f"{KEYS}{asked['keyId'].rpartition('/')[2]}"}
