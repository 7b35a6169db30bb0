"""The actions that a run calls: for the tables, for what hangs on them, and each on what."""

import pytest

from restore.decide.preflight import preflight
from restore.model.facts import Backup, TableFacts
from restore.model.when import LATEST, When
from restore.plan.outline import Planned, planned
from restore.plan.permissions import Need, needs
from restore.table.config.dependents import DependentSettings
from restore.table.config.parse import parse
from tests.support.configs.documents import TABLE, entry, texts
from tests.support.configs.positions import TO_DROPPED
from tests.support.memory.facts import NOW, POINT, arn, facts, restored
from tests.support.memory.stack_facts import observed

ACCOUNT = "123456789012"
POINTER = f"arn:aws:ssm:eu-west-1:{ACCOUNT}:parameter/restore-demo-table-name"
GRANT = f"arn:aws:iam::{ACCOUNT}:policy/restore-demo-read-policy"
ALARMS = f"arn:aws:cloudwatch:eu-west-1:{ACCOUNT}:alarm:*"
RESTORE = "dynamodb:RestoreTableToPointInTime"


def plan(there: TableFacts, when: When = LATEST) -> Planned:
    (restore,) = preflight(observed(there), when, NOW, None)
    return planned(there, restore, None)


def by_resource(there: TableFacts, when: When = LATEST) -> dict[str, tuple[str, ...]]:
    return {need.resource: need.actions for need in needs([plan(there, when)])}


def test_a_restore_needs_its_call_on_the_source_and_the_items_of_the_target() -> None:
    asked = by_resource(facts("serving"))

    assert set(asked) == {arn("original"), arn("restored"), POINTER, GRANT, ALARMS, "*"}
    assert RESTORE in asked[arn("original")]
    assert RESTORE not in asked[arn("restored")]
    assert "dynamodb:BatchWriteItem" in asked[arn("restored")]
    assert "dynamodb:BatchWriteItem" not in asked[arn("original")]


def test_a_restore_that_is_there_needs_no_more_call() -> None:
    asked = by_resource(facts("serving", restored()))

    assert not any(RESTORE in actions for actions in asked.values())


def test_a_lost_table_needs_the_call_on_its_backup() -> None:
    backup = Backup(f"{arn('original')}/backup/1", arn("original"), POINT)
    asked = by_resource(facts("serving", gone=("original",), backup=backup))

    assert asked[backup.arn] == ("dynamodb:RestoreTableFromBackup",)
    assert "dynamodb:RestoreTableFromBackup" in asked[arn("restored")]
    assert not any(RESTORE in actions for actions in asked.values())


def test_what_is_done_already_needs_nothing() -> None:
    assert needs([plan(facts(TO_DROPPED), When(at=POINT))]) == ()


@pytest.mark.parametrize(
    ("setting", "resource", "action"),
    [
        ({"tags": {"a": "b"}}, arn("restored"), "dynamodb:TagResource"),
        (
            {"ttl": {"enabled": True, "attributeName": "at"}},
            arn("restored"),
            "dynamodb:UpdateTimeToLive",
        ),
        (
            {"contributorInsights": {"enabled": True}},
            arn("restored"),
            "dynamodb:UpdateContributorInsights",
        ),
        (
            {"streamEnabled": True, "streamViewType": "KEYS_ONLY"},
            "*",
            "lambda:ListEventSourceMappings",
        ),
    ],
)
def test_a_setting_asks_for_its_own_actions_and_only_then(
    setting: dict[str, object], resource: str, action: str
) -> None:
    """An action that the run never calls would block an operator who may do all of it."""
    bare, whole = (
        facts("serving", config=parse(texts({"tables": {TABLE: settings}})).tables[0])
        for settings in (entry(), entry(**setting))
    )

    assert action not in by_resource(bare).get(resource, ())
    assert action in by_resource(whole)[resource]


def test_everything_that_can_hang_on_a_table_was_thought_of() -> None:
    """A new one would be a permission that nobody looked for."""
    assert set(DependentSettings.model_fields) == {
        "auto_scaling",
        "alarms",
        "resource_policy",
        "kinesis_streaming_destination",
        "contributor_insights",
        "event_source_mappings",
    }


def test_two_tables_of_one_stack_ask_for_each_resource_once() -> None:
    one = plan(facts("serving"))
    resources = [need.resource for need in needs([one, one])]

    assert len(resources) == len(set(resources))
    assert all(isinstance(need, Need) for need in needs([one]))


def test_what_a_condition_asks_for_comes_with_the_need() -> None:
    """Without it a simulation would deny what AWS allows, and block the plan."""
    mapping = {"functionName": "indexer", "startingPosition": "LATEST"}
    settings = entry(
        streamEnabled=True, streamViewType="KEYS_ONLY", eventSourceMappings={"indexer": mapping}
    )
    there = facts("serving", config=parse(texts({"tables": {TABLE: settings}})).tables[0])

    asked = {need.actions: need for need in needs([plan(there)]) if need.context}
    (need,) = asked.values()
    assert need.actions == ("lambda:CreateEventSourceMapping",)
    assert need.context["lambda:FunctionArn"][0].endswith(":function:indexer")


def test_a_key_is_not_asked_about() -> None:
    """A key's own policy may allow it, and no simulation looks there."""
    settings = entry(serverSideEncryption={"enabled": True, "kmsKeyArn": "alias/shop"})
    there = facts("serving", config=parse(texts({"tables": {TABLE: settings}})).tables[0])

    assert not [need for need in needs([plan(there)]) if ":kms:" in need.resource]


def test_default_tags_ask_for_tagging_the_table_and_not_what_a_run_only_updates() -> None:
    """A run makes no parameter and no policy: who may not tag these can restore all the same."""
    plain, tagged = (
        {action for need in needs([plan(facts("serving"))], tagged=each) for action in need.actions}
        for each in (False, True)
    )

    assert tagged - plain == {"dynamodb:TagResource"}
