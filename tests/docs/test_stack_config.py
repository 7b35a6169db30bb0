"""What is said of the stack config outside of the program: the schema, and the page of its keys.

Both are written by `python -m tools.configtext`.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft7Validator
from ruamel.yaml import YAML

from restore.table.config.dependents import DependentSettings
from restore.table.config.parse import parse
from tests.support.configs.documents import texts
from tests.support.pages.page import CHECKOUT, CONFIG, PAGES
from tools.configtext import SCHEMA, refreshed, schema_text
from tools.reference import reference

SAMPLE = CHECKOUT / "stacks/Pulumi.sandbox.yaml"
PARTS = ("stack", "runbook", "clients", "table", "dependents")


def loaded(text: str) -> Any:
    return YAML(typ="safe").load(text)


def wrong_paths(stack: Any) -> list[str]:
    """Where the committed schema finds something wrong."""
    validator = Draft7Validator(json.loads(SCHEMA.read_text()))
    return [error.json_path for error in validator.iter_errors(stack)]


def own_config(stack: Any) -> dict[str, str]:
    """The project's own keys, as the engine hands them to the program."""
    return texts({key.removeprefix("restore-demo:"): v for key, v in stack["config"].items()})


def test_the_committed_schema_is_that_of_the_models() -> None:
    """An editor would refuse a key that the program takes; `python -m tools.configtext`."""
    assert SCHEMA.read_text() == schema_text()


def test_the_schema_is_one() -> None:
    Draft7Validator.check_schema(json.loads(SCHEMA.read_text()))


def test_the_sample_stack_is_right_by_the_schema() -> None:
    assert wrong_paths(loaded(SAMPLE.read_text())) == []


def test_the_sample_stack_tells_an_editor_where_its_schema_is() -> None:
    """It is copied for a stack of one's own, which then has it too."""
    line = SAMPLE.read_text().splitlines()[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=(.+)", line)
    assert found
    assert (SAMPLE.parent / found[1]).resolve() == SCHEMA


@pytest.mark.parametrize(
    ("written", "meant", "path"),
    [
        ("hashKey: id", "hashKye: id", "$.config['restore-demo:tables']['restore-demo']"),
        ("type: S", "type: String", ".attributes[0].type"),
        ("enabled: true", 'enabled: "yes"', ".serverSideEncryption.enabled"),
        ("enabled: true", "enable: true", ".serverSideEncryption"),
        ("restore-demo:tables:", "restore-demo:table:", "$.config"),
        ("restore-demo:tables:", "tables:", "$.config"),
        ("    restore-demo:\n", "    restore demo:\n", "$.config['restore-demo:tables']"),
    ],
)
def test_a_slip_of_the_finger_is_marked_where_it_is(written: str, meant: str, path: str) -> None:
    slipped = SAMPLE.read_text().replace(written, meant, 1)
    assert slipped != SAMPLE.read_text()
    assert {each[-len(path) :] for each in wrong_paths(loaded(slipped))} == {path}


def test_what_other_programs_keep_in_the_file_is_none_of_the_schemas_business() -> None:
    """The provider's region stands there in most stacks, and secrets of Pulumi's own beside it."""
    stack = loaded(SAMPLE.read_text())
    stack["config"]["aws:region"] = "eu-central-1"
    stack["config"]["other:key"] = {"secure": "v1:x"}
    stack["secretsprovider"] = "awskms://alias/pulumi"
    assert wrong_paths(stack) == []


def test_the_page_prints_the_keys_that_the_models_have() -> None:
    """Keys that are described but not there; run `python -m tools.configtext`."""
    assert refreshed(CONFIG.read_text()) == CONFIG.read_text()


def test_every_part_of_the_reference_stands_on_the_page() -> None:
    assert re.findall(r"<!-- config: (\w+) -->", CONFIG.read_text()) == list(PARTS)


def keys_of(schema: Any) -> Iterator[str]:
    for name, model in schema["definitions"].items():
        if name != "TableEntry":
            yield from model["properties"]


def test_every_key_of_the_schema_is_in_the_reference_with_what_it_means() -> None:
    """A key that nobody explains is one that nobody dares to set."""
    lines = [line.split(" | ") for part in PARTS for line in reference(part) if line[:3] == "| `"]
    explained = {
        step.removesuffix("[]")
        for key, *_, meaning in lines
        for step in key.strip("| `").split(".")
        if meaning.strip(" |")
    }
    schema = json.loads(SCHEMA.read_text())
    entry = {*schema["definitions"]["TableEntry"]["properties"]}
    stack = {key.partition(":")[2] for key in schema["properties"]["config"]["properties"]}
    assert explained == {*keys_of(schema)} | entry | stack


def examples() -> list[Any]:
    """The stack configs that the pages show; one that has no table goes with the sample's."""
    pages = "".join(page.read_text() for page in PAGES if page.parent.name != "decisions")
    blocks = re.findall(r"^```yaml\n(.*?)^```$", pages, re.MULTILINE | re.DOTALL)
    tables = {key: loaded(SAMPLE.read_text())["config"][key] for key in ["restore-demo:tables"]}
    return [{"config": {**tables, **loaded(block)["config"]}} for block in blocks]


def name_of(stack: Any) -> str:
    return str(*stack["config"]["restore-demo:tables"])


@pytest.mark.parametrize("stack", examples(), ids=name_of)
def test_an_example_on_a_page_is_a_config(stack: Any) -> None:
    """It is copied before it is understood."""
    assert wrong_paths(stack) == []
    assert parse(own_config(stack)).tables


def test_an_example_has_hooks_on_both_sides_of_a_step() -> None:
    every = [parse(own_config(each)).runbook.hooks for each in examples()]
    assert [hook.where for hooks in every for hook in hooks] == ["before switch", "after drop"]


def test_an_example_has_all_that_can_hang_on_a_table() -> None:
    """Anyone who has an alarm or a scaler looks for the lines to copy."""
    (carts,) = parse(own_config(*(each for each in examples() if name_of(each) == "carts"))).tables
    assert [
        key for key in DependentSettings.model_fields if not getattr(carts.dependents, key)
    ] == []
    assert carts.write_policy == "carts-write"
