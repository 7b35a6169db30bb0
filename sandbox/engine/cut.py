"""Cut copies of the two upstream modules, small enough to compile in minutes.

The published provider compiles some 250 AWS services: a quarter of an hour, and 8 GB
at the link. Here the services that nothing in the sandbox serves are left out; what
stays is upstream's code, unchanged but for the edges below. Every edit counts its
matches against the pinned version and fails loudly when upstream differs from it.
"""

import re
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from sandbox.engine.errors import EngineError

# Clients that upstream's shared code calls, whatever services are served.
SHARED_CLIENTS = frozenset({"resourcegroupstaggingapi", "s3", "sts"})

SERVICES = "github.com/hashicorp/terraform-provider-aws/internal/service"
CLIENTS = "github.com/aws/aws-sdk-go-v2/service"

_NOT_COMPILED = shutil.ignore_patterns("*_test.go", "testdata", "acctest", "sweep", "sweep.go")


class CutError(EngineError):
    """Upstream's text is not what the cut was written for."""

    def __init__(self, where: str, found: int, expected: int) -> None:
        """Name the edit that failed, with the matches it found and should have found."""
        super().__init__(
            f"The AWS provider's source is not the pinned one: {where} matched {found} times, "
            f"not {expected}. Nothing was built. Bring sandbox/engine/cut.py in line with the "
            "version in sandbox/engine/provider/download/go.mod."
        )


def cut_provider(source: Path, target: Path, services: Iterable[str]) -> None:
    """Copy upstream's provider from `source` to `target` with only `services` in it."""
    kept = frozenset(services)
    _copy(source, target, ["internal", "names", "version", "xpprovider"], _other_services(kept))
    _edit(
        target / "internal/provider/sdkv2/service_packages_gen.go",
        lambda text: keep_services(text, kept),
    )
    if "lambda" in kept:
        _edit(target / "internal/service/lambda/function.go", drop_default_security_group)
    if "meta" in kept:
        (target / "internal/service/meta/regions_data_source.go").unlink()
        _edit(target / "internal/service/meta/service_package_gen.go", drop_regions)
        _edit(target / "internal/service/meta/region_data_source.go", write_out_endpoint)
    clients = SHARED_CLIENTS | clients_of(target / "internal/service")
    _edit(target / "internal/conns/awsclient_gen.go", lambda text: keep_clients(text, clients))
    required = clients_of(target)
    _edit(target / "go.mod", lambda text: keep_requirements(text, required))


def cut_bridge(source: Path, target: Path) -> None:
    """Copy the bridge without its one edge from the runtime to the code generator."""
    _copy(source, target, ["internal", "pkg", "unstable"], _NOT_COMPILED)
    (target / "pkg/pf/tfbridge/provider_mux.go").unlink()


def keep_services(text: str, services: frozenset[str]) -> str:
    """Leave only `services` in the generated list of service packages."""
    imports = rf'\t"{re.escape(SERVICES)}/(\w+)"\n'
    text = _keep(text, imports, services, "the import of a service")
    return _keep(text, r"\t\t(\w+)\.ServicePackage\(ctx\),\n", services, "a service's package")


def keep_clients(text: str, clients: frozenset[str]) -> str:
    """Leave only `clients`, by SDK package, in the generated list of AWS clients."""
    imports = rf'\t(?:\w+ )?"{re.escape(CLIENTS)}/(\w+)"\n'
    getter = r"func \(c \*AWSClient\) \w+\(ctx context\.Context\) \*(\w+)\.Client \{\n.*?\n\}\n\n?"
    text = _keep(text, imports, clients, "the import of a client")
    return _keep(text, getter, clients, "a client's getter")


def keep_requirements(text: str, clients: frozenset[str]) -> str:
    """Leave only `clients` required, so that nothing else of the SDK is downloaded."""
    return _keep(text, rf"\t{re.escape(CLIENTS)}/(\w+) v[^\n]*\n", clients, "a requirement")


def clients_of(folder: Path) -> frozenset[str]:
    """SDK packages that the Go files under `folder` import."""
    pattern = re.compile(rf'"{re.escape(CLIENTS)}/(\w+)(?:/types)?"')
    return frozenset(
        name for path in folder.rglob("*.go") for name in pattern.findall(path.read_text())
    )


def drop_default_security_group(text: str) -> str:
    """Cut Lambda functions off the EC2 service: no function is served, only mappings."""
    text = _replace(text, rf'\ttfec2 "{re.escape(SERVICES)}/ec2"\n', "", "Lambda's import of EC2")
    text = _replace(text, r"\tec2Conn := [^\n]*\n", "", "Lambda's EC2 client")
    return _replace(
        text,
        r"\t\tdefaultSG, err := tfec2\..*?(?=\t\}\n\n\tinput :=)",
        '\t\treturn fmt.Errorf("VPC %s: this build has no EC2 to look up a group in", vpcID)\n',
        "Lambda's look-up of a security group",
    )


def drop_regions(text: str) -> str:
    """Take the list of all regions, which asks EC2, out of the `meta` service."""
    return _replace(
        text, r"\t\t\{\n\t\t\tFactory:  newRegionsDataSource,\n.*?\n\t\t\},\n", "", "aws_regions"
    )


def write_out_endpoint(text: str) -> str:
    """Write out EC2's endpoint, the one thing for which a region's data asks EC2's client.

    That client is the largest of all. The form holds in the commercial regions.
    """
    text = _replace(text, rf'\t"{re.escape(CLIENTS)}/ec2"\n', "", "a region's import of EC2")
    text = _replace(text, r'\t"github.com/aws/aws-sdk-go-v2/aws"\n', "", "a region's import of aws")
    return _replace(
        text,
        r"\tendpoint, err := ec2\.NewDefaultEndpointResolverV2\(\).*?&endpoint\.URI, nil\n",
        '\treturn &url.URL{Host: "ec2." + region.ID() + ".amazonaws.com"}, nil\n',
        "a region's endpoint",
    )


def _keep(text: str, pattern: str, names: frozenset[str], what: str) -> str:
    """Drop every match whose first group is not in `names`; each name must match once."""
    found = re.findall(pattern, text, flags=re.DOTALL)
    for name in sorted(names):
        if found.count(name) != 1:
            raise CutError(f"{what} ({name})", found.count(name), 1)
    return re.sub(
        pattern, lambda m: m.group(0) if m.group(1) in names else "", text, flags=re.DOTALL
    )


def _replace(text: str, pattern: str, replacement: str, what: str) -> str:
    text, count = re.subn(pattern, lambda _: replacement, text, flags=re.DOTALL)
    if count != 1:
        raise CutError(what, count, 1)
    return text


def _edit(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(path.read_text()))


def _other_services(kept: frozenset[str]) -> Callable[[str, list[str]], set[str]]:
    def ignored(folder: str, names: list[str]) -> set[str]:
        dropped = _NOT_COMPILED(folder, names)
        if Path(folder).parts[-2:] == ("internal", "service"):
            dropped |= {n for n in names if n not in kept and n != "smarterr.hcl"}
        return dropped

    return ignored


def _copy(
    source: Path, target: Path, folders: list[str], ignore: Callable[[str, list[str]], set[str]]
) -> None:
    for folder in folders:
        shutil.copytree(source / folder, target / folder, ignore=ignore)
    shutil.copyfile(source / "go.mod", target / "go.mod")
