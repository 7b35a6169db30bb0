"""The engine's resources and outputs → what the program knows of its past. Pure."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from restore.table.config.freeze import is_frozen
from restore.table.config.labels import is_label
from restore.table.kinds import (
    ALARM,
    DEPENDENTS,
    MAPPING,
    PARAMETER,
    POLICY,
    RESOURCE_POLICY,
    SCALING_POLICY,
    TABLE,
    TAGGED,
)
from restore.table.past import CONFIGURED, HELD, Grant, Past, TablePast, write_grant_name


def past_of(resources: Mapping[str, Mapping[str, Any]], outputs: Mapping[str, Any]) -> Past:
    """Each table that the stack knows, by its key.

    Args:
        resources: URN → outputs of the resource.
        outputs: The stack's outputs.
    """
    exported = _exported(outputs.get("tables"))
    found = [(*_type_and_name(urn), properties) for urn, properties in resources.items()]
    # What else a team declares in the same stack has no label in its name, nor a grant beside it.
    tables = {name.rpartition(".") for kind, name, _ in found if kind == TABLE}
    names = {table for table, _, label in tables if is_label(label)}
    # A team's own parameter or policy may have the logical name that ours would have.
    others = {name for kind, name, _ in found if kind in {PARAMETER, POLICY}}
    pasts = {
        table: _table_past(table, found, exported.get(table) or {})
        for table in sorted(names | others | set(exported))
    }
    return {table: past for table, past in pasts.items() if past != TablePast()}


def _exported(tables: Any) -> dict[str, Mapping[str, Any]]:
    """The entries of the output `tables` that this program made; a team may have one of its own."""
    entries = tables.items() if isinstance(tables, Mapping) else ()
    return {table: entry for table, entry in entries if _is_entry(entry)}


def _is_entry(entry: Any) -> bool:
    if not isinstance(entry, Mapping) or not isinstance(entry.get("history"), list):
        return False
    known = entry.get("known", {})
    return (
        all(isinstance(label, str) and is_label(label) for label in entry["history"])
        and isinstance(known, Mapping)
        and all(
            isinstance(each, Mapping) and isinstance(each.get("name"), str) and CONFIGURED in each
            for each in known.values()
        )
    )


Found = tuple[str, str, Mapping[str, Any]]


def _table_past(table: str, found: Sequence[Found], exported: Mapping[str, Any]) -> TablePast:
    physical: dict[str, str] = {}
    arns = {
        label: each["arn"]
        for label, each in (exported.get("labels") or {}).items()
        if each.get("arn")
    }
    held: dict[str, Mapping[str, Any]] = {}
    texts: dict[str, str] = {}
    pointed = parameter = policy = write_policy = None
    grants: list[frozenset[str]] = []
    known: Mapping[str, Any] = exported.get("known", {})
    for kind, name, properties in found:
        owner, _, label = name.partition(".")
        if owner != table:
            continue
        if kind == TABLE and is_label(label) and "name" in properties:
            physical[label] = properties["name"]
            if "arn" in properties:
                arns[label] = properties["arn"]
            if moved := {key: properties[key] for key in HELD if key in properties}:
                held[label] = moved
        elif kind == RESOURCE_POLICY and is_label(label.removesuffix(".policy")):
            texts[label.removesuffix(".policy")] = properties.get("policy") or "{}"
        elif kind == PARAMETER and name == table:
            parameter, pointed = properties.get("name"), properties.get("value")
        elif kind == POLICY and name == write_grant_name(table):
            write_policy = properties.get("name")
            grants.append(_covered(_text(properties.get("policy"))))
        elif kind == POLICY and name == table:
            policy = properties.get("name")
            grants.append(_covered(_text(properties.get("policy"))))
    covered = frozenset.intersection(*grants) if grants else frozenset()
    return TablePast(
        physical=physical,
        arns=arns,
        exported={label: entry["name"] for label, entry in known.items()},
        pointed=pointed,
        parameter=parameter,
        policy=policy,
        write_policy=write_policy,
        covered=covered,
        half_covered=frozenset[str]().union(*grants) - covered,
        grants={
            name: Grant(properties["arn"], _text(properties.get("policy")))
            for kind, name, properties in found
            if kind == POLICY and name in {table, write_grant_name(table)} and "arn" in properties
        },
        history=tuple(exported.get("history", ())),
        was_configured=frozenset(label for label, entry in known.items() if entry[CONFIGURED]),
        hanging=frozenset(
            (kind, name) for kind, name, _ in found if kind in DEPENDENTS and _hangs_on(table, name)
        ),
        called={
            (kind, name): called
            for kind, name, properties in found
            if _hangs_on(table, name) and (called := _called(kind, properties))
        },
        adopted={
            label: frozenset(entry["adopted"])
            for label, entry in known.items()
            if entry.get("adopted")
        },
        held=held,
        tagged={
            label: frozenset(entry["tags"]) for label, entry in known.items() if "tags" in entry
        },
        frozen=frozenset(label for label, text in texts.items() if is_frozen(text)),
        policies=texts,
        tags={
            (kind, name): properties["tagsAll"]
            for kind, name, properties in found
            if kind in TAGGED and name.partition(".")[0] == table and "tagsAll" in properties
        },
    )


def _called(kind: str, properties: Mapping[str, Any]) -> str | None:
    if kind == MAPPING:
        return properties.get("functionArn") or properties.get("functionName")
    return properties.get("name") if kind in {ALARM, SCALING_POLICY} else None


def _hangs_on(table: str, name: str) -> bool:
    owner, _, rest = name.partition(".")
    label, _, what = rest.partition(".")
    return owner == table and is_label(label) and bool(what)


def _text(document: Any) -> str:
    """An unknown value is no document."""
    return document if isinstance(document, str) else ""


def _covered(document: str) -> frozenset[str]:
    arns: list[str] = []
    statements = (json.loads(document) if document else {}).get("Statement", [])
    # IAM takes one statement without a list, and NotResource: a grant that someone has edited.
    for statement in [statements] if isinstance(statements, dict) else statements:
        resource = statement.get("Resource", [])
        arns += [resource] if isinstance(resource, str) else resource
    return frozenset(arn.partition(":table/")[2].partition("/")[0] for arn in arns) - {""}


def _type_and_name(urn: str) -> tuple[str, str]:
    _, _, kind, name = urn.split("::", 3)
    return kind.rpartition("$")[2], name
