"""Pulumi's language host for Python, for an engine that comes without one.

The engine starts it, reads the port from its first line of output, and asks it to run the
program. All that the program sees is the SDK's own doing: its server for inline programs does
the work, and only what an engine asks beyond that is answered here.
"""

import os
import runpy
import signal
import sys
import threading
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from types import TracebackType
from typing import Any

import grpc  # type: ignore[import-untyped]  # grpcio ships no types
from pulumi import RunError
from pulumi.automation._server import LanguageServer
from pulumi.runtime import resource as registration
from pulumi.runtime.proto import language_pb2, language_pb2_grpc, plugin_pb2, source_pb2

from sandbox.engine import versions

SECONDS_BETWEEN_LOOKS = 2

_HERE = Path(__file__).as_uri()
_whole_stack = registration._get_stack_trace  # noqa: SLF001 - no public way to say less


class Host(LanguageServer):
    """Runs the program of a project folder, once for each request."""

    def __init__(self, engine: str) -> None:
        """Serve the engine at `engine` (host:port); its log takes what a program says."""
        super().__init__(lambda: None)
        self._engine = engine
        self._one_at_a_time = threading.Lock()

    def Run(self, request: Any, context: Any) -> language_pb2.RunResponse:  # noqa: N802
        """Run `__main__.py`; `bail` says that its error has been shown already."""
        folder = Path(request.info.program_directory)
        request.args[:] = [self._engine]
        with self._one_at_a_time, program_scope(folder):
            self.program = lambda: run_program(folder)
            response = super().Run(request, context)  # type: ignore[no-untyped-call]
        return language_pb2.RunResponse(bail=bool(response.error))

    def Handshake(self, request: Any, context: Any) -> language_pb2.LanguageHandshakeResponse:  # noqa: ARG002, N802
        return language_pb2.LanguageHandshakeResponse()

    def GetPluginInfo(self, request: Any, context: Any) -> plugin_pb2.PluginInfo:  # noqa: ARG002, N802
        return plugin_pb2.PluginInfo(version=versions.PULUMI)

    def RuntimeOptionsPrompts(  # noqa: N802
        self,
        request: Any,  # noqa: ARG002
        context: Any,  # noqa: ARG002
    ) -> language_pb2.RuntimeOptionsResponse:
        return language_pb2.RuntimeOptionsResponse()

    def GetProgramDependencies(  # noqa: N802
        self,
        request: Any,  # noqa: ARG002
        context: Any,  # noqa: ARG002
    ) -> language_pb2.GetProgramDependenciesResponse:
        return language_pb2.GetProgramDependenciesResponse()

    def InstallDependencies(  # noqa: N802
        self,
        request: Any,  # noqa: ARG002
        context: Any,  # noqa: ARG002
    ) -> Iterator[language_pb2.InstallDependenciesResponse]:
        """Nothing to install: the host's own Python has what the sandbox's program needs."""
        return iter(())


def run_program(folder: Path) -> None:
    """Run the program; what it did not foresee is shown as the official host shows it."""
    try:
        runpy.run_path(str(folder / "__main__.py"), run_name="__main__")
    except (RunError, grpc.RpcError):
        raise
    except Exception as error:
        trace = own_part(error.__traceback__, folder)
        shown = "".join(traceback.format_exception(error.with_traceback(trace)))
        raise RunError(f"Program failed with an unhandled exception:\n{shown}") from error


def own_part(trace: TracebackType | None, folder: Path) -> TracebackType | None:
    """Leave out how the host got to the program; where it never got there, leave out all."""
    while trace is not None and not Path(trace.tb_frame.f_code.co_filename).is_relative_to(folder):
        trace = trace.tb_next
    return trace


def program_stack() -> source_pb2.StackTrace:
    """Where in the program a resource is registered, without how the host got to the program.

    The engine writes it with each resource into the state, and the whole state around each step.
    The host's own frames would be half of all that, and name folders of this machine.
    """
    frames = takewhile(lambda frame: frame.pc.uri != _HERE, _whole_stack().frames)
    return source_pb2.StackTrace(frames=[frame for frame in frames if frame.HasField("pc")])


@contextmanager
def program_scope(folder: Path) -> Iterator[None]:
    """Give the program its folder, its path and fresh modules of its own, and take them back.

    The engine may ask for two runs (`pulumi up` does: preview, then update). Modules from
    the program's folder are imported again for each; packages installed in a virtual environment
    stay, since the SDK registers itself only once.
    """
    path, arguments, cwd = list(sys.path), list(sys.argv), Path.cwd()
    environment, loaded = dict(os.environ), set(sys.modules)
    sys.path.insert(0, str(folder))
    sys.argv = [str(folder / "__main__.py")]
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(cwd)
        sys.path[:] = path
        sys.argv = arguments
        os.environ.clear()
        os.environ.update(environment)
        for name in [n for n in set(sys.modules) - loaded if is_own(sys.modules[n], folder)]:
            del sys.modules[name]


def is_own(module: object, folder: Path) -> bool:
    """Whether a module is the program's source, not of an environment inside its folder."""
    file = getattr(module, "__file__", None)
    if file is None or not Path(file).is_relative_to(folder):
        return False
    return "site-packages" not in Path(file).relative_to(folder).parts


def main() -> None:
    """Serve until the engine ends this process, or is gone itself."""
    # The engine ends its plugins with SIGINT; that is no error to show.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    registration._get_stack_trace = program_stack  # noqa: SLF001 - no public way to say less
    engine = sys.argv[-1]
    parent = os.getppid()
    server = grpc.server(ThreadPoolExecutor())
    language_pb2_grpc.add_LanguageRuntimeServicer_to_server(Host(engine), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, flush=True)  # noqa: T201 - the engine reads it
    while server.wait_for_termination(timeout=SECONDS_BETWEEN_LOOKS):
        if os.getppid() != parent:
            # Killed engines cannot ask; a program waiting for one would never end by itself.
            os._exit(1)


if __name__ == "__main__":
    main()
