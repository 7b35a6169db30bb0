"""Whole configs through the program: what is registered for whatever table there can be.

Not here: what the engine and AWS make of it (tests/engine).
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from restore.table.decide import Declaration, PhysicalTable
from restore.table.kinds import DEPENDENTS, PARAMETER, POLICY, TABLE
from restore.table.past import logical_name, write_grant_name
from restore.table.resource_names import dependents_of
from tests.support.configs.programs import each_seed, names_of, pairs, program
from tests.support.memory.monitor import KEYS, Deployed

CAPACITY = ("readCapacity", "writeCapacity")
LOST = {
    "pointInTimeRecovery",
    "ttl",
    "streamEnabled",
    "streamViewType",
    "deletionProtectionEnabled",
    "tableClass",
    "tags",
    "onDemandThroughput",
    "warmThroughput",
}
"""What a restore does not copy of a table itself (see test_copied)."""


def table_of(deployed: Deployed, of: Declaration, physical: PhysicalTable) -> dict[str, Any]:
    return {**deployed.registered[f"{TABLE}::{logical_name(of.table, physical.label)}"].inputs}


def less_capacity(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs without what a scaler may own, and without a maximum that is none."""
    less = {key: value for key, value in inputs.items() if key not in CAPACITY}
    if "onDemandThroughput" in less:
        maximum = less["onDemandThroughput"].items()
        less["onDemandThroughput"] = {key: value for key, value in maximum if value}
    if "globalSecondaryIndexes" in less:
        less["globalSecondaryIndexes"] = [
            less_capacity(index) for index in less["globalSecondaryIndexes"]
        ]
    return less


def with_key_arn(inputs: dict[str, Any]) -> dict[str, Any]:
    """Whatever the key is called in the config, AWS knows it by its ARN."""
    key = inputs.get("serverSideEncryption", {}).get("kmsKeyArn")
    if key and not key.startswith("arn:"):
        inputs["serverSideEncryption"]["kmsKeyArn"] = KEYS + key.rpartition("/")[2]
    return inputs


@each_seed
def test_a_label_in_use_has_all_that_hangs_on_a_table_and_an_adopted_one_has_none_of_it(
    seed: int,
) -> None:
    """The gate lets an update make these and no other; the import must change nothing."""
    declarations, deployed = program(seed)
    named = {
        (each.kind, each.name)
        for declaration in declarations
        for physical in declaration.physical
        if physical.configured
        for each in dependents_of(declaration.table, physical.label, declaration.dependents)
    }
    assert names_of(deployed, DEPENDENTS) == named


@each_seed
def test_nothing_else_is_registered_than_tables_grants_and_pointers(seed: int) -> None:
    declarations, deployed = program(seed)
    wanted = {(PARAMETER, each.table) for each in declarations}
    wanted |= {(POLICY, each.table) for each in declarations}
    wanted |= {(POLICY, write_grant_name(e.table)) for e in declarations if e.write_policy}
    wanted |= {
        (TABLE, logical_name(each.table, physical.label))
        for each in declarations
        for physical in each.physical
    }
    everything = [tuple(key.split("::")) for key in deployed.registered]
    assert {each for each in everything if each[0] not in DEPENDENTS} == wanted


@each_seed
def test_every_table_is_kept_and_nothing_else_is(seed: int) -> None:
    """An alarm that outlived its label would ring for a table that nobody uses."""
    _, deployed = program(seed)
    for key, each in deployed.registered.items():
        assert each.retain_on_delete == key.startswith(TABLE)
        assert not each.protect


@each_seed
def test_an_adopted_table_has_what_a_restore_copies_and_nothing_else(seed: int) -> None:
    """Anything more would be an update within the import, which is to prove that all matches."""
    declarations, deployed = program(seed)
    for declaration, physical in pairs(declarations):
        given = table_of(deployed, declaration, physical)
        wanted = declaration.settings.model_dump(by_alias=True, exclude_none=True)
        if not physical.configured:
            wanted = {key: value for key, value in wanted.items() if key not in LOST}
            for index in wanted.get("globalSecondaryIndexes", ()):
                index.pop("warmThroughput", None)
                index.pop("onDemandThroughput", None)
        assert less_capacity(given) == less_capacity(with_key_arn(wanted)) | {"name": physical.name}


@each_seed
def test_what_is_provisioned_has_a_capacity_though_a_scaler_owns_it(seed: int) -> None:
    """AWS refuses to make a table without one."""
    declarations, deployed = program(seed)
    for declaration, physical in pairs(declarations):
        given = table_of(deployed, declaration, physical)
        for each in (given, *given.get("globalSecondaryIndexes", ())):
            provisioned = declaration.settings.billing_mode == "PROVISIONED"
            assert all(bool(each.get(key)) == provisioned for key in CAPACITY)


@each_seed
def test_what_hangs_on_a_table_names_that_table_and_no_other(seed: int) -> None:
    """An alarm on the restored table that watches the original rings for nobody."""
    declarations, deployed = program(seed)
    for declaration, physical in pairs(declarations):
        here = f"{logical_name(declaration.table, physical.label)}."
        others = {other.name for _, other in pairs(declarations)} - {physical.name}
        for key, each in deployed.registered.items():
            if key.partition("::")[2].startswith(here):
                said = json.dumps(dict(each.inputs))
                assert re.search(rf"(?<![\w.-]){re.escape(physical.name)}(?![\w.])", said), key
                assert not any(f'"{other}"' in said or f"/{other}/" in said for other in others)
