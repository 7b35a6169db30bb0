"""Whole configs through the program: who may use which table, and what waits for what."""

import json
from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import Any

from restore.table.decide import Declaration
from restore.table.kinds import DEPENDENTS, PARAMETER, POLICY, TABLE
from restore.table.past import write_grant_name
from tests.support.configs.programs import SEEDS, each_seed, names_of, program
from tests.support.memory.monitor import ARN, Deployed

OF_INDEXES = ("Query", "Scan", "PartiQLSelect")


def covered(deployed: Deployed, policy: str) -> Any:
    document = json.loads(deployed.registered[f"{POLICY}::{policy}"].inputs["policy"])
    (statement,) = document["Statement"]
    return statement["Resource"]


def expected_cover(declaration: Declaration, actions: Iterable[str]) -> list[str]:
    arns = [ARN + each.name for each in declaration.physical if each.configured]
    settings = declaration.settings
    if not (settings.local_secondary_indexes or settings.global_secondary_indexes):
        return sorted(arns)
    asked = [
        action
        for action in actions
        for each in OF_INDEXES
        if fnmatchcase(f"dynamodb:{each}".lower(), action.lower())
    ]
    return sorted(arns + [f"{arn}/index/*" for arn in arns if asked])


@each_seed
def test_a_grant_covers_the_labels_in_use_with_their_indexes_where_it_reads_them(seed: int) -> None:
    declarations, deployed = program(seed)
    for each in declarations:
        assert covered(deployed, each.table) == expected_cover(each, each.read_actions)
        if each.write_policy:
            name = write_grant_name(each.table)
            assert covered(deployed, name) == expected_cover(each, each.write_actions)


@each_seed
def test_a_grant_waits_for_all_that_hangs_on_a_table_and_the_pointer_for_the_grants(
    seed: int,
) -> None:
    """Anyone who can read a table has its alarms and its readers as well."""
    declarations, deployed = program(seed)
    for each in declarations:
        grant = deployed.registered[f"{POLICY}::{each.table}"]
        hanging = {
            f"{kind}::{name}"
            for kind, name in names_of(deployed, {*DEPENDENTS, TABLE})
            if name.startswith(f"{each.table}.")
        }
        assert hanging == {*grant.depends_on}
        assert f"{POLICY}::{each.table}" in (
            deployed.registered[f"{PARAMETER}::{each.table}"].depends_on
        )


@each_seed
def test_no_two_things_of_one_kind_have_one_name(seed: int) -> None:
    """The engine refuses one logical name twice, and so does this one (see monitor)."""
    _, deployed = program(seed)
    named = [
        (key.partition("::")[0], each.inputs.get("name"))
        for key, each in deployed.registered.items()
    ]
    named = [pair for pair in named if pair[1]]
    assert len({*named}) == len(named)


def test_these_configs_have_something_of_every_kind() -> None:
    """What no config has would be proven of none."""
    kinds = {key.partition("::")[0] for seed in SEEDS for key in program(seed)[1].registered}
    assert kinds == {*DEPENDENTS, TABLE, POLICY, PARAMETER}
