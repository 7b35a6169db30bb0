"""Dependents that exist already: what is imported, what it is called, and what may not change."""

from typing import Any

import pytest

from restore.table.config.parse import parse
from restore.table.config.problems import ConfigError, RefusedError
from restore.table.config.resolved import TableConfig
from restore.table.decide import decide
from restore.table.existing import existing, renamed, taken_over
from restore.table.kinds import ALARM, MAPPING, SCALING_POLICY
from restore.table.past import TablePast
from tests.support.configs.documents import TABLE, entry, texts

UUID = "8f0c3c52-4f0e-4f6e-9f07-0a8ec0a1f3d1"
HOT = {
    "metricName": "SystemErrors",
    "comparisonOperator": "GreaterThanThreshold",
    "threshold": 0,
    "evaluationPeriods": 3,
    "period": 60,
    "statistic": "Sum",
}
SCALING = {"read": {"minCapacity": 5, "maxCapacity": 50, "targetValue": 70}}
DEPENDENTS: dict[str, Any] = {
    "billingMode": "PROVISIONED",
    "readCapacity": 5,
    "writeCapacity": 5,
    "streamEnabled": True,
    "streamViewType": "NEW_IMAGE",
    "alarms": {"hot": HOT},
    "autoScaling": SCALING,
    "eventSourceMappings": {"indexer": {"functionName": "f", "startingPosition": "LATEST"}},
}
ADOPTS = {
    "alarms": {"hot": "too hot!"},
    "autoScaling": {"read": "ours"},
    "eventSourceMappings": {"indexer": UUID},
}
IDS = {"alarm.hot": "too hot!", "scaling.read": "ours", "mapping.indexer": UUID}


def config(adopts: dict[str, Any] | None = None, **stack_wide: Any) -> TableConfig:
    adopted = ADOPTS if adopts is None else adopts
    table = entry(**DEPENDENTS, adoptDependents={"original": adopted})
    (found,) = parse(texts({"tables": {TABLE: table}, **stack_wide})).tables
    return found


def test_what_exists_is_imported_where_the_stack_has_never_held_it() -> None:
    found = existing(config(), TablePast(), "original")

    assert found.ids == IDS
    assert found.imports == {*IDS}


def test_another_label_has_none_of_it() -> None:
    """A restored table's alarms are the program's own, under its own names."""
    found = existing(config(standbyTables=["restored"]), TablePast(), "restored")

    assert (found.ids, found.imports) == ({}, frozenset())


@pytest.mark.parametrize(
    "past",
    [
        pytest.param(
            TablePast(hanging=frozenset({(MAPPING, f"{TABLE}.original.mapping.indexer")})),
            id="in-the-state",
        ),
        pytest.param(
            TablePast(adopted={"original": frozenset({"mapping.indexer"})}), id="taken-over-once"
        ),
    ],
)
def test_what_the_stack_holds_or_held_is_not_imported_again(past: TablePast) -> None:
    """A drop deletes it; the import of what no longer exists would stop every rollback."""
    found = existing(config(), past, "original")

    assert found.imports == {"alarm.hot", "scaling.read"}
    assert found.ids == IDS


def test_what_was_taken_over_is_remembered_by_the_stacks_output() -> None:
    (declared,) = decide(parse_all(), {})
    known = {label: each.exported() for label, each in declared.known.items()}

    assert known["original"]["adopted"] == tuple(sorted(IDS))
    assert taken_over(config(), TablePast(), "restored") == ()


def test_a_stack_without_any_exports_what_it_always_did() -> None:
    (declared,) = decide(parse(texts({"tables": {TABLE: entry()}})), {})

    (known,) = declared.known.values()
    assert "adopted" not in known.exported()


def parse_all() -> Any:
    table = entry(**DEPENDENTS, adoptDependents={"original": ADOPTS})
    return parse(texts({"tables": {TABLE: table}}))


@pytest.mark.parametrize(
    ("kind", "name", "was", "path"),
    [
        (ALARM, "alarm.hot", "too hot!", "alarms.hot"),
        (SCALING_POLICY, "scaling.read", "ours", "autoScaling.read"),
    ],
)
def test_a_dependent_is_never_renamed(kind: str, name: str, was: str, path: str) -> None:
    """It would be deleted for another one: its history goes, and for a while nobody is woken."""
    past = TablePast(called={(kind, f"{TABLE}.original.{name}"): was})

    assert [*renamed(config(), past, "original")] == []
    (problem,) = renamed(config({}), past, "original")
    assert problem.path == f"tables.{TABLE}.adoptDependents.original.{path}"
    assert was in problem.fix
    with pytest.raises(RefusedError):
        decide(parse(texts({"tables": {TABLE: entry(**DEPENDENTS)}})), {TABLE: past})


def test_an_id_of_what_is_not_declared_is_a_slip() -> None:
    adopts = {"alarms": {"hot": "a", "cold": "b"}, "contributorInsights": True}

    with pytest.raises(ConfigError) as refused:
        config(adopts)

    assert {each.path.partition("original.")[2] for each in refused.value.problems} == {
        "alarms.cold",
        "contributorInsights",
    }
