"""The provider that is built here against pulumi-aws's Python SDK: the same names, everywhere.

The bridge derives property names from upstream's; pulumi-aws changes some by hand. A name that
differs would be dropped or refused, and only when the property is first used.
"""

import importlib
import inspect
import json
import keyword
import subprocess
import typing
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType

import pulumi_aws
import pytest
from pulumi._types import _py_properties, input_type_types, is_input_type

from sandbox.engine import built

SERVED = json.loads(built.SERVED.read_text())

NEWER = {
    "aws:cloudwatch/metricAlarm:MetricAlarm": {
        "evaluationCriteria",
        "evaluationInterval",
        "evaluationWindow",
        "warmUpConfiguration",
    },
    "aws:dynamodb/table:Table": {"restoreBackupArn"},
    "aws:dynamodb/tableItem:TableItem": {"hashKeyValue", "rangeKeyValue"},
    "aws:kinesis/stream:Stream": {"warmThroughputMibPs"},
    "aws:lambda/eventSourceMapping:EventSourceMapping": {"useResourceTimeoutForPropagation"},
}
"""What the SDK has from a newer upstream than the one that can be built."""

ONLY_READ = {"replicas[].arn", "replicas[].streamArn", "replicas[].streamLabel"}
"""Inputs of the SDK that upstream only ever computes."""

DOCUMENTS = ("policy.", "assumeRolePolicy.")
"""Policies are strings to the provider; the SDK spells their form out as well."""


# The SDK's Lambda module warns of one of its own resources as it is imported.
pytestmark = pytest.mark.filterwarnings("ignore:aws.lambda/microvmsimage:DeprecationWarning")


@pytest.fixture(scope="session")
def names(provider: Path) -> dict[str, dict[str, list[str]]]:
    said = subprocess.run([provider, "-dump-names"], capture_output=True, text=True, check=True)
    parsed: dict[str, dict[str, list[str]]] = json.loads(said.stdout)
    return parsed


def test_everything_that_is_listed_is_served(names: dict[str, dict[str, list[str]]]) -> None:
    tokens = [*SERVED["resources"].values(), *SERVED["functions"].values()]
    assert sorted(names) == sorted(tokens)


@pytest.mark.parametrize("token", SERVED["resources"].values())
def test_every_input_has_the_sdks_name(token: str, names: dict[str, dict[str, list[str]]]) -> None:
    sdk = {
        path
        for path in inputs(getattr(sdk_module(token), f"{token.rsplit(':', 1)[1]}Args"))
        if not path.startswith(DOCUMENTS) and path not in ONLY_READ
    }
    newer = {path for path in sdk if path.split(".")[0] in NEWER.get(token, set())}
    # The provider fills `tagsAll` itself; pulumi-aws shows it as an output only.
    assert set(names[token]["inputs"]) - {"tagsAll"} == sdk - newer


@pytest.mark.parametrize("token", SERVED["resources"].values())
def test_every_output_has_the_sdks_name(token: str, names: dict[str, dict[str, list[str]]]) -> None:
    kind = getattr(sdk_module(token), token.rsplit(":", 1)[1])
    getters = [value.fget for value in vars(kind).values() if isinstance(value, property)]
    sdk = {getattr(getter, "_pulumi_name", getter.__name__) for getter in getters if getter}
    # Every resource has an `id` of Pulumi's; upstream's is its own property for some.
    assert set(names[token]["outputs"]) - {"id"} == sdk - NEWER.get(token, set())


@pytest.mark.parametrize("token", SERVED["functions"].values())
def test_every_answer_of_a_function_has_the_sdks_name(
    token: str, names: dict[str, dict[str, list[str]]]
) -> None:
    name = token.rsplit(":", 1)[1]
    result = getattr(sdk_module(token), f"{name[0].upper()}{name[1:]}Result")
    sdk = {pulumi_name for _, pulumi_name, _ in _py_properties(result)}
    assert set(names[token]["outputs"]) | {"id"} == sdk | {"id"}


def sdk_module(token: str) -> ModuleType:
    name = token.split(":")[1].split("/", maxsplit=1)[0]
    if name == "index":
        return pulumi_aws
    return importlib.import_module(f"pulumi_aws.{name}{'_' * keyword.iskeyword(name)}")


def inputs(kind: type, prefix: str = "", inside: tuple[type, ...] = ()) -> set[str]:
    """The inputs of an SDK's class as paths: `ttl.enabled`, `attributes[].name`."""
    found = set()
    for name, annotation in input_type_types(kind).items():
        found.add(prefix + name)
        for nested, dots in nested_kinds([annotation], "."):
            if nested not in inside:
                found |= inputs(nested, prefix + name + dots, (*inside, kind))
    return found


def nested_kinds(annotations: Iterable[typing.Any], dots: str) -> set[tuple[type, str]]:
    """The input classes inside annotations, each with what joins it to its property."""
    found: set[tuple[type, str]] = set()
    for annotation in annotations:
        if inspect.isclass(annotation) and is_input_type(annotation):
            found.add((annotation, dots))
        else:
            listed = typing.get_origin(annotation) in {list, Sequence}
            found |= nested_kinds(typing.get_args(annotation), "[]." if listed else dots)
    return found
