"""The CLI and the AWS provider, built from published Go modules by their pinned versions.

cache/parts/<name>-<version>-<key>/   a finished binary; the key is a hash of what goes in
cache/work/<same>/                    where it is built, kept when that is interrupted
cache/go/                             Go's own caches, removed once both binaries are there
"""

import json
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from sandbox.engine import cut, versions
from sandbox.engine.cache import fingerprint, made_whole
from sandbox.engine.go import Go, find_go, go_version
from sandbox.engine.progress import Progress, Task, say

HERE = Path(__file__).parent
CLI = HERE / "cli"
PROVIDER = HERE / "provider"
DOWNLOAD = PROVIDER / "download"
SERVED = PROVIDER / "resources.json"

CLI_PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
CLI_VERSION = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version"
UPSTREAM = "github.com/hashicorp/terraform-provider-aws"
BRIDGE = "github.com/pulumi/pulumi-terraform-bridge/v3"


@dataclass(frozen=True)
class Part:
    """One binary, where it is kept and how it is made."""

    title: str
    binary: str
    folder: str
    make: Callable[[Go, Path, Path, Task], None]

    def path(self, cache: Path) -> Path:
        return cache / "parts" / self.folder / self.binary


@dataclass(frozen=True)
class Pair:
    """Both binaries, named once: a source edited during a build must not rename them."""

    cli: Part
    provider: Part

    def missing(self, cache: Path) -> list[Part]:
        return [part for part in (self.cli, self.provider) if not part.path(cache).exists()]


def pair() -> Pair:
    """The binaries for the versions and sources of this checkout."""
    return Pair(_cli(), _provider())


def _cli() -> Part:
    key = fingerprint(_module(CLI), versions.PULUMI)
    return Part(f"pulumi {versions.PULUMI}", "pulumi", f"pulumi-{versions.PULUMI}-{key}", _make_cli)


def _provider() -> Part:
    sources = [*_module(PROVIDER), *_module(DOWNLOAD), SERVED, Path(cut.__file__)]
    key = fingerprint(sources, versions.AWS)
    return Part(
        f"AWS provider {versions.AWS}",
        "pulumi-resource-aws",
        f"aws-{versions.AWS}-{key}",
        _make_provider,
    )


def build(pair: Pair, cache: Path) -> None:
    """Build what is missing of the two, side by side. The caller holds the cache's lock."""
    missing = pair.missing(cache)
    if not missing:
        return
    needed = max(go_version((folder / "go.mod").read_text()) for folder in (CLI, PROVIDER))
    go = find_go(cache / "go", needed)
    say(
        f"Building {' and '.join(part.title for part in missing)} from source with {go.command}: "
        "6 minutes on 2 idle cores, once; an interrupted build carries on where it stopped."
    )
    progress = Progress(*(part.title for part in missing))
    with progress.shown(), ThreadPoolExecutor() as pool:
        running = [
            pool.submit(_build_part, part, cache, go, task)
            for part, task in zip(missing, progress.tasks, strict=True)
        ]
    for result in running:
        result.result()
    # Gigabytes that nothing needs again until a version changes.
    shutil.rmtree(go.caches)


def _build_part(part: Part, cache: Path, go: Go, task: Task) -> None:
    work = cache / "work" / part.folder
    work.mkdir(parents=True, exist_ok=True)
    part.make(go, work, cache / "logs" / f"{part.folder}.log", task)
    with made_whole(part.path(cache).parent) as draft:
        (work / part.binary).rename(draft / part.binary)
    shutil.rmtree(work)
    task.finish("done")


def _make_cli(go: Go, work: Path, log: Path, task: Task) -> None:
    for source in _module(CLI):
        shutil.copyfile(source, work / source.name)
    stamp = f"{CLI_VERSION}=v{versions.PULUMI}"
    go.run(_compilation("pulumi", CLI_PACKAGE, stamp), work, task, log)


def _make_provider(go: Go, work: Path, log: Path, task: Task) -> None:
    # The cut copies are made again each time: it takes half a second, and go compiles by content.
    shutil.rmtree(work)
    shutil.copytree(DOWNLOAD, work / "download")
    answer = go.run(["mod", "download", "-json", UPSTREAM, BRIDGE], work / "download", task, log)
    upstream, bridge = (Path(module["Dir"]) for module in _objects(answer))
    services = json.loads(SERVED.read_text())["services"]
    cut.cut_provider(upstream, work / "upstream", services)
    cut.cut_bridge(bridge, work / "bridge")
    for source in (*_module(PROVIDER), SERVED):
        shutil.copyfile(source, work / source.name)
    stamp = f"main.version={versions.AWS}"
    go.run(_compilation("pulumi-resource-aws", ".", stamp), work, task, log)


def _compilation(binary: str, package: str, stamp: str) -> list[str]:
    """Arguments of go that compile `package`, with one string variable set at the link."""
    flags = ["-v", "-trimpath", "-ldflags", f"-s -w -X {stamp}"]
    return ["build", *flags, "-o", binary, package]


def _module(folder: Path) -> list[Path]:
    """The files of a Go module of this repository."""
    return [folder / "go.mod", folder / "go.sum", *sorted(folder.glob("*.go"))]


def _objects(text: str) -> list[dict[str, str]]:
    """The JSON objects of go's output, which stand one after the other."""
    decoder = json.JSONDecoder()
    found = []
    while text := text.strip():
        value, end = decoder.raw_decode(text)
        found.append(value)
        text = text[end:]
    return found
