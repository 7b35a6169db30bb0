"""Tables of every kind: made with boto3, read, written as config, and read from there again.

Not tested here: that an import of them shows no difference. That takes an engine.
"""

import json
from typing import Any

import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML

from restore.aws.account import Account
from restore.aws.settings import SettingsReader
from restore.cli.commands import cli
from restore.settings.document import document
from restore.settings.throughput import declared
from restore.table.config.document import TableEntry
from restore.table.config.parse import parse
from tests.support.emulator.process import Emulator
from tests.support.made import make
from tests.support.random_tables import random_entry

PROJECT = "restore-demo"
SEEDS = range(20)
NAME = "shop.orders"


def described(*arguments: str) -> str:
    result = CliRunner().invoke(cli, ["describe", NAME, *arguments])
    assert result.exit_code == 0, result.stderr
    return result.stdout


def texts(config: dict[str, Any]) -> dict[str, str]:
    """The config as the engine hands it to the program."""
    return {key.removeprefix(f"{PROJECT}:"): json.dumps(value) for key, value in config.items()}


@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_made_is_what_is_read(emulator: Emulator, seed: int) -> None:
    """A setting that is read wrong is applied wrong to the table that takes over."""
    made = make(emulator, NAME, random_entry(seed))

    answers = SettingsReader(Account()).read(NAME)

    assert answers
    entry = document(answers)
    assert TableEntry.model_validate(entry)
    assert declared(entry) == made


@pytest.mark.parametrize("seed", SEEDS)
def test_the_page_is_a_config_that_the_program_takes(emulator: Emulator, seed: int) -> None:
    """Someone pastes it in the middle of an incident."""
    make(emulator, NAME, random_entry(seed))

    page = described()
    printed = json.loads(described("--json"))

    loaded = YAML(typ="safe").load("config:\n" + page)["config"]
    assert loaded == printed["config"]
    [table] = parse(texts(loaded)).tables
    assert (table.table, table.adopt) == ("shop-orders", ("original",))
    assert table.physical("original") == NAME


@pytest.mark.parametrize("seed", SEEDS)
def test_uncommented_the_page_is_the_whole_table(emulator: Emulator, seed: int) -> None:
    """What was commented out must not be lost by the way it is brought back."""
    made = make(emulator, NAME, random_entry(seed))

    lines = described().splitlines()

    plain = [line.replace("# ", "", 1) for line in lines if not line.endswith(".")]
    entry = YAML(typ="safe").load("\n".join(plain))[f"{PROJECT}:tables"]["shop-orders"]
    entry.pop("adoptDependents", None)
    assert entry == {"names": {"original": NAME}, **made}
