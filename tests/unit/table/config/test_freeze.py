"""A write freeze: the statement in a table's policy, and where the config and the past have it."""

import json
from typing import Any

import pytest

from restore.table.config.dependents import TABLE_ARN, DependentSettings
from restore.table.config.freeze import SID, WRITES, frozen, is_frozen, thawed
from restore.table.config.parse import parse
from restore.table.config.problems import Problem
from restore.table.kinds import RESOURCE_POLICY
from restore.table.past import TablePast
from restore.table.remembered import past_of
from tests.support.configs.documents import TABLE, entry, texts, walk_through
from tests.support.configs.mistakes import in_table, problems_of, stack_wide
from tests.support.configs.transitions import deploy, past_by
from tests.support.memory.monitor import ARN, declared

PARTNER = {"Sid": "Partner", "Effect": "Allow", "Principal": "*", "Resource": TABLE_ARN}
DENY = {
    "Sid": SID,
    "Effect": "Deny",
    "Principal": "*",
    "Action": list(WRITES),
    "Resource": TABLE_ARN,
}
HERE = "in the file where it stands"
VERSION = {"Version": "2012-10-17"}


@pytest.mark.parametrize(
    ("policy", "denied"),
    [
        pytest.param(None, {**VERSION, "Statement": [DENY]}, id="none-before"),
        pytest.param(
            {**VERSION, "Statement": [PARTNER]},
            {**VERSION, "Statement": [PARTNER, DENY]},
            id="beside-another",
        ),
        pytest.param(
            {"Version": "2008-10-17", "Id": "ours", "Statement": PARTNER},
            {"Version": "2008-10-17", "Id": "ours", "Statement": [PARTNER, DENY]},
            id="a-single-statement-without-a-list",
        ),
    ],
)
def test_a_freeze_is_one_statement_more(
    policy: dict[str, Any] | None, denied: dict[str, Any]
) -> None:
    settings = DependentSettings.model_validate({"resourcePolicy": policy})

    assert frozen(settings).resource_policy == denied
    assert settings.resource_policy == policy
    assert is_frozen(json.dumps(denied))
    assert not is_frozen(json.dumps(policy or {}))


@pytest.mark.parametrize(
    ("policy", "left"),
    [
        pytest.param({**VERSION, "Statement": [DENY]}, {}, id="nothing-else"),
        pytest.param(
            {**VERSION, "Statement": [PARTNER, DENY]},
            {**VERSION, "Statement": [PARTNER]},
            id="the-tables-own",
        ),
        pytest.param(
            {**VERSION, "Statement": PARTNER}, {**VERSION, "Statement": PARTNER}, id="no-freeze"
        ),
    ],
)
def test_a_policy_without_the_freeze_is_the_tables_own(
    policy: dict[str, Any], left: dict[str, Any]
) -> None:
    """`verify` would call it a difference, and `describe` make it a setting for ever."""
    assert thawed(policy) == left


def test_no_way_to_write_an_item_is_left_open() -> None:
    """Service Authorization Reference, DynamoDB: every action on items with the level Write."""
    assert {each.partition(":")[2] for each in WRITES} == {
        "BatchWriteItem",
        "DeleteItem",
        "PartiQLDelete",
        "PartiQLInsert",
        "PartiQLUpdate",
        "PutItem",
        "UpdateItem",
    }


@pytest.mark.parametrize(
    ("keys", "own", "labels"),
    [
        pytest.param({}, {}, (), id="not-said"),
        pytest.param({"frozenTables": ["original"]}, {}, ("original",), id="stack-wide"),
        pytest.param({"frozenTables": ["original"]}, {"frozenTables": []}, (), id="not-this-one"),
        pytest.param(
            {"frozenTables": ["original"]},
            {"activeTable": "restored"},
            ("original",),
            id="stack-wide-of-another-table",
        ),
    ],
)
def test_frozen_labels_are_read_like_the_other_lists(
    keys: dict[str, Any], own: dict[str, Any], labels: tuple[str, ...]
) -> None:
    (table,) = parse(texts({"tables": {TABLE: entry(**own)}, **keys})).tables

    assert table.frozen == labels


NOT_IN_USE = "lists 'restored', which is neither active nor standby"


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        stack_wide(
            {"frozenTables": ["restored"]},
            "frozenTables",
            NOT_IN_USE,
            "pulumi config rm --path 'frozenTables[0]'",
            id="not-declared",
        ),
        stack_wide(
            {"adoptTables": ["restored"], "frozenTables": ["original", "restored"]},
            "frozenTables",
            NOT_IN_USE,
            "pulumi config rm --path 'frozenTables[1]'",
            id="with-base-settings-only",
        ),
        in_table(
            {"activeTable": "original", "frozenTables": ["original", "original"]},
            "frozenTables",
            "lists 'original' twice",
            "pulumi config rm --path '{path}[1]'",
            id="twice",
        ),
        in_table(
            {"resourcePolicy": {**VERSION, "Statement": [DENY]}},
            "resourcePolicy",
            f"has a statement {SID}, which frozenTables makes",
            f"take the statement out {HERE}, and list the label in frozenTables",
            id="by-hand",
        ),
        in_table(
            {"resourcePolicy": {**VERSION, "Statement": "Allow"}},
            "resourcePolicy",
            f"names no {TABLE_ARN}, which stands for the ARN of each label's own table",
            f"write {TABLE_ARN} as the Resource of each Statement {HERE}",
            id="no-statement-at-all-is-no-freeze",
        ),
    ],
)
def test_a_freeze_that_cannot_be_is_one_problem(
    document: dict[str, Any], expected: Problem
) -> None:
    assert problems_of(document) == (expected,)


def test_a_frozen_label_has_its_policy_and_no_other_label_has() -> None:
    row = {"standbyTables": ["restored"], "frozenTables": ["original"]}

    registered = declared(deploy(past_by("serving adopted"), row)).registered

    policies = {key: each for key, each in registered.items() if key.startswith(RESOURCE_POLICY)}
    (only,) = policies
    assert only == f"{RESOURCE_POLICY}::{TABLE}.original.policy"
    document = json.loads(policies[only].inputs["policy"])
    assert document["Statement"][0]["Resource"] == f"{ARN}restore-demo-original-table"


def test_a_freeze_is_no_reason_to_refuse_and_moves_no_client() -> None:
    """Any label in use may be frozen or thawed, also by an older commit."""
    before = deploy(past_by("serving adopted prepared"), {"standbyTables": ["restored"]})
    row = {"standbyTables": ["restored"], "frozenTables": ["restored", "original"]}

    after = deploy(past_by("serving adopted prepared"), row)

    assert after.active == before.active
    assert after.history == before.history
    assert {each.label for each in after.physical if each.frozen} == {"original", "restored"}


def resource(label: str, policy: str | None) -> dict[str, dict[str, Any]]:
    urn = f"urn:pulumi:sandbox::restore-demo::{RESOURCE_POLICY}::{TABLE}.{label}.policy"
    return {urn: {} if policy is None else {"policy": policy}}


def test_the_past_knows_which_labels_are_frozen() -> None:
    """From the state: the config says what is wanted, which may be deployed or not."""
    plain = json.dumps({**VERSION, "Statement": [PARTNER]})
    resources = {
        f"urn:pulumi:sandbox::restore-demo::aws:dynamodb/table:Table::{TABLE}.original": {
            "name": "restore-demo-original-table"
        },
        **resource("original", json.dumps({**VERSION, "Statement": [DENY]})),
        **resource("restored", plain),
        **resource("restored-2", None),
    }

    past = past_of(resources, {})[TABLE]

    assert past.frozen == {"original"}
    assert (RESOURCE_POLICY, f"{TABLE}.original.policy") in past.hanging
    assert TablePast().frozen == frozenset()


def test_the_walk_throughs_config_freezes_nothing() -> None:
    assert parse(walk_through()).tables[0].frozen == ()
