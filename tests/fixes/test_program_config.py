"""What the program says of a config that is wrong in itself: the fix is typed, and it is right."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from restore.table.config.freeze import SID
from restore.table.config.parse import parse
from tests.fixes.by_hand import done
from tests.fixes.folder import TABLE, Folder
from tests.fixes.sites import printed
from tests.support.configs.documents import entry
from tests.support.configs.parts import ALARM, READER, STREAM

ID = [{"name": "id", "type": "S"}]
AT = [*ID, {"name": "at", "type": "S"}]
OWNED = [*ID, {"name": "owner", "type": "S"}]
INDEX = {"name": "by.owner", "hashKey": "owner", "projectionType": "ALL"}
LOCAL = {"name": "local", "rangeKey": "owner", "projectionType": "ALL"}
PROVISIONED = {"billingMode": "PROVISIONED", "readCapacity": 5, "writeCapacity": 5}
SCALING = {"minCapacity": 5, "maxCapacity": 50, "targetValue": 70}


def table(**keys: Any) -> dict[str, Any]:
    return {"tables": {TABLE: entry(**keys)}}


def placed(**keys: Any) -> dict[str, Any]:
    return {**table(), **keys}


def hook(**keys: Any) -> dict[str, Any]:
    return {**table(), "runbook": {"hooks": [{"before": "switch", "run": ["./tell"], **keys}]}}


def without(keys: dict[str, Any], *names: str) -> dict[str, Any]:
    return {key: value for key, value in keys.items() if key not in names}


def first(fix: str) -> str:
    """The first of several ways."""
    return fix.partition("; or ")[0].partition("; only ")[0]


def other(fix: str) -> str:
    """The second of two ways."""
    return fix.partition(": ")[2]


Case = tuple[str, dict[str, Any], dict[str, str], Callable[[str], str]]


def case(
    site: str,
    keys: dict[str, Any],
    filled_in: dict[str, str] | None = None,
    way: Callable[[str], str] = first,
) -> Case:
    """A mistake, what a user types for the placeholders of its fix, and which way is taken."""
    return site, keys, filled_in or {}, way


TWIN = {
    "tables": {TABLE: entry(), "twin": entry(names={"original": "restore-demo-original-table"})}
}
TWO_ALARMS = {
    "tables": {
        "a": entry(alarms={"c": ALARM}, names={"original": "shop-b"}),
        "b": entry(alarms={"b-c": ALARM}, names={"original": "shop"}),
    }
}
CASES = {
    "unknown key": case("restore/table/config/explain.py:_problem", table(tll={"enabled": False})),
    "no key of ours": case("restore/table/config/explain.py:_problem", table(owner="shop")),
    "no map": case(
        "restore/table/config/explain.py:_problem#2",
        table(ttl="soon"),
        {"<key>": "enabled", "<value>": "false"},
    ),
    "no text": case("restore/table/config/explain.py:_problem#3", table(tags={"cost": 42})),
    "key of a map": case(
        "restore/table/config/explain.py:_problem#4",
        table(names={"new": "orders"}),
        {"<another name>": "restored"},
    ),
    "no such mode": case(
        "restore/table/config/explain.py:_problem#5",
        table(billingMode="SOMETIMES"),
        {"<'PAY_PER_REQUEST' or 'PROVISIONED'>": "PAY_PER_REQUEST"},
    ),
    "no attributes": case(
        "restore/table/config/explain.py:_missing#2",
        table(attributes=None),
        {"<attribute>": "id", "<S, N or B>": "S"},
    ),
    "hook without a program": case(
        "restore/table/config/explain.py:_missing#3", hook(run=[]), {"<program>": "./tell"}
    ),
    "no hash key": case(
        "restore/table/config/explain.py:_missing#4", table(hashKey=None), {"<value>": "id"}
    ),
    "hook of two places": case("restore/table/config/hooks.py:hook_problems", hook(after="switch")),
    "hook of no place": case("restore/table/config/hooks.py:hook_problems#2", hook(before=None)),
    "hook with an empty program": case(
        "restore/table/config/hooks.py:hook_problems#3", hook(run=[" "]), {"<program>": "./tell"}
    ),
    "placed and not declared": case(
        "restore/table/config/parse.py:_placed_nowhere",
        placed(placements={"gone": {"activeTable": "restored"}}),
    ),
    "forgotten and declared": case(
        "restore/table/config/parse.py:_both_kept_and_forgotten", placed(forgetTables=[TABLE])
    ),
    "listed twice": case(
        "restore/table/config/placement.py:placement_problems",
        placed(standbyTables=["restored", "restored"]),
    ),
    "active and standby": case(
        "restore/table/config/placement.py:placement_problems#2",
        placed(standbyTables=["restored", "original"]),
    ),
    "standby and adopted": case(
        "restore/table/config/placement.py:placement_problems#3",
        placed(standbyTables=["restored"], adoptTables=["restored"]),
    ),
    "frozen and not in use": case(
        "restore/table/config/placement.py:placement_problems#4", placed(frozenTables=["restored"])
    ),
    "back from itself": case(
        "restore/table/config/placement.py:placement_problems#5",
        placed(activeTable="restored", rollbackFrom="restored"),
    ),
    "one name for two": case(
        "restore/table/config/placement.py:name_problems", TWIN, {"<another name>": "twin"}
    ),
    "long name": case(
        "restore/table/config/placement.py:name_problems#2",
        {"tables": {"t" * 120: entry()}},
        {"<a shorter name>": "short"},
    ),
    "name of AWS's own": case(
        "restore/table/config/placement.py:_parameter_problems",
        table(parameterName="aws-x"),
        {"<another name>": "x"},
    ),
    "deep name": case(
        "restore/table/config/placement.py:_parameter_problems#2",
        table(parameterName="/a" * 16),
        {"<a name with fewer levels>": "/a/b"},
    ),
    "no slash": case(
        "restore/table/config/placement.py:_parameter_problems#3",
        table(parameterName="shop/orders"),
    ),
    "one alarm for two": case(
        "restore/table/config/placement.py:_alarm_problems", TWO_ALARMS, {"<another key>": "slow"}
    ),
    "long alarm": case(
        "restore/table/config/placement.py:_alarm_problems#2",
        table(alarms={"a" * 60: ALARM}, names={"original": "t" * 240}),
        {"<a shorter key>": "slow"},
    ),
    "attribute not defined": case(
        "restore/table/config/rules.py:_attributes_match_keys",
        table(rangeKey="at"),
        {"<S, N or B>": "N"},
    ),
    "attribute twice": case(
        "restore/table/config/rules.py:_attributes_match_keys#2", table(attributes=[*ID, *ID])
    ),
    "attribute of no key": case(
        "restore/table/config/rules.py:_attributes_match_keys#3", table(attributes=AT)
    ),
    "range key again": case(
        "restore/table/config/rules.py:_range_key_is_another", table(rangeKey="id")
    ),
    "local index without a range key": case(
        "restore/table/config/rules.py:_range_key_is_another#2",
        table(attributes=OWNED, localSecondaryIndexes=[{**LOCAL, "rangeKey": "owner"}]),
        {"<attribute>": "owner"},
    ),
    "two indexes of a name": case(
        "restore/table/config/rules.py:_index_names_differ",
        table(attributes=OWNED, globalSecondaryIndexes=[INDEX, INDEX]),
        {"<another name>": "other"},
    ),
    "include of nothing": case(
        "restore/table/config/rules.py:_index_names_differ#2",
        table(attributes=OWNED, globalSecondaryIndexes=[{**INDEX, "projectionType": "INCLUDE"}]),
    ),
    "stream of no view": case(
        "restore/table/config/rules.py:_streams_say_what_they_carry", table(streamEnabled=True)
    ),
    "view of no stream": case(
        "restore/table/config/rules.py:_streams_say_what_they_carry#2",
        table(streamViewType="NEW_IMAGE"),
    ),
    "ttl of no attribute": case(
        "restore/table/config/rules.py:_ttl_names_its_attribute",
        table(ttl={"enabled": True}),
        {"<attribute>": "expires"},
    ),
    "throughput of nothing": case(
        "restore/table/config/rules.py:_throughput_says_how_much", table(warmThroughput={})
    ),
    "key of no use": case(
        "restore/table/config/rules.py:_keys_are_for_encryption",
        table(serverSideEncryption={"enabled": False, "kmsKeyArn": "alias/shop"}),
    ),
    "key of AWS's own": case(
        "restore/table/config/rules.py:_keys_are_for_encryption#2",
        table(serverSideEncryption={"enabled": True, "kmsKeyArn": "alias/aws/dynamodb"}),
    ),
    "capacity on demand": case(
        "restore/table/config/dependent_rules.py:_capacity_fits_billing", table(readCapacity=5)
    ),
    "no capacity": case(
        "restore/table/config/dependent_rules.py:_capacity_fits_billing#2",
        table(**without(PROVISIONED, "readCapacity")),
    ),
    "maximum of provisioned": case(
        "restore/table/config/dependent_rules.py:_capacity_fits_billing#3",
        table(**PROVISIONED, onDemandThroughput={"maxReadRequestUnits": 5}),
    ),
    "scaled on demand": case(
        "restore/table/config/dependent_rules.py:_scaling_fits_table",
        table(autoScaling={"read": SCALING}),
    ),
    "scaled index that is not": case(
        "restore/table/config/dependent_rules.py:_scaling_fits_table#2",
        table(**PROVISIONED, autoScaling={"indexes": {"by.owner": {"read": SCALING}}}),
    ),
    "scaled upside down": case(
        "restore/table/config/dependent_rules.py:_scaling_fits_table#3",
        table(**PROVISIONED, autoScaling={"read": {**SCALING, "minCapacity": 51}}),
    ),
    "alarm of no statistic": case(
        "restore/table/config/dependent_rules.py:_alarms_name_one_statistic",
        table(alarms={"slow": without(ALARM, "statistic")}),
    ),
    "alarm of too many points": case(
        "restore/table/config/dependent_rules.py:_alarms_name_one_statistic#2",
        table(alarms={"slow": {**ALARM, "datapointsToAlarm": 4}}),
    ),
    "alarm of a table by name": case(
        "restore/table/config/dependent_rules.py:_alarms_name_one_statistic#3",
        table(alarms={"slow": {**ALARM, "dimensions": {"TableName": "orders"}}}),
    ),
    "insights of no index": case(
        "restore/table/config/dependent_rules.py:_insights_name_indexes",
        table(contributorInsights={"enabled": True, "indexes": ["nowhere"]}),
    ),
    "insights twice": case(
        "restore/table/config/dependent_rules.py:_insights_name_indexes#2",
        table(
            attributes=OWNED,
            globalSecondaryIndexes=[INDEX],
            contributorInsights={"enabled": True, "indexes": ["by.owner", "by.owner"]},
        ),
    ),
    "readers of no stream": case(
        "restore/table/config/dependent_rules.py:_mappings_have_a_stream",
        table(streamViewType="NEW_IMAGE", eventSourceMappings={"a": READER}),
    ),
    "one reader twice": case(
        "restore/table/config/dependent_rules.py:_mappings_have_a_stream#2",
        table(**STREAM, eventSourceMappings={"a": READER, "b": READER}),
    ),
    "policy of nothing": case(
        "restore/table/config/dependent_rules.py:_resource_policy_is_about_the_table",
        table(resourcePolicy={}),
        way=other,
    ),
    "dependent that is not": case(
        "restore/table/config/dependent_rules.py:_adopted_dependents_are_declared",
        table(adoptDependents={"original": {"alarms": {"slow": "too slow"}}}),
    ),
}
SENTENCES = {"no key of ours"}


@pytest.mark.parametrize("name", [*CASES])
def test_the_fix_of_a_wrong_config_makes_it_right(folder: Folder, name: str) -> None:
    """A user copies the line at 3 a.m. and expects the next `pulumi up` to begin."""
    site, keys, filled_in, way = CASES[name]
    folder.write(keys)
    fix = printed(folder.judged(parse), site)
    if name in SENTENCES:
        assert fix == f"move tables.{TABLE}.owner to a key of your own, outside of tables"
        folder.write({**table(), "owner": "shop"})
    else:
        done(folder, way(fix), filled_in)
    assert folder.judged(parse) == ""


SHARED = (
    "active and standby",
    "attribute not defined",
    "attribute twice",
    "back from itself",
    "dependent that is not",
    "hook of two places",
    "key of a map",
    "no map",
    "no text",
    "one alarm for two",
    "ttl of no attribute",
    "unknown key",
)
"""One of each form that a fix has: set, remove, rename, several of them, below each key."""


@pytest.mark.parametrize("name", SHARED)
def test_the_fix_of_what_stands_in_the_project_file_hides_nothing_of_it(
    folder: Folder, name: str
) -> None:
    """A part of a key in the stack's file would hide all that Pulumi.yaml says below that key."""
    site, keys, filled_in, way = CASES[name]
    folder.write({}, shared=keys)
    before = folder.texts()
    fix = printed(folder.judged(parse), site)
    done(folder, way(fix), filled_in)
    assert folder.judged(parse) == ""
    assert len(folder.texts().get("tables", "")) > len(before["tables"]) / 2


DENIES: dict[str, Any] = {
    "Version": "2012-10-17",
    "Statement": [{"Sid": SID, "Effect": "Deny", "Principal": "*", "Action": "dynamodb:PutItem"}],
}
NAMED: dict[str, Any] = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Resource": "arn:aws:x"}],
}


def test_a_freeze_written_by_hand_is_a_key_of_its_own(folder: Folder) -> None:
    """A thaw would never end it."""
    folder.write(table(resourcePolicy=DENIES))
    site = "restore/table/config/dependent_rules.py:_resource_policy_is_about_the_table#2"
    fix = printed(folder.judged(parse), site)
    assert re.fullmatch(
        r"take the statement out in stacks/Pulumi\.sandbox\.yaml, line \d+,"
        r" and list the label in frozenTables",
        fix,
    )
    folder.write({**table(), "frozenTables": ["original"]})
    assert folder.judged(parse) == ""


def test_a_policy_of_one_table_is_written_for_each(folder: Folder) -> None:
    """On the restored table it would allow what it names: the old one."""
    folder.write(table(resourcePolicy=NAMED))
    site = "restore/table/config/dependent_rules.py:_resource_policy_is_about_the_table#3"
    fix = printed(folder.judged(parse), site)
    assert fix.startswith("write ${table} as the Resource of each Statement in stacks/")
    statements = [{**each, "Resource": "${table}"} for each in NAMED["Statement"]]
    folder.write(table(resourcePolicy={**NAMED, "Statement": statements}))
    assert folder.judged(parse) == ""


def test_a_file_without_tables_is_put_back_as_it_was(folder: Folder) -> None:
    """Written again by hand it would lack most of what the deployed tables have."""
    folder.write({"activeTable": "original"})
    fix = printed(folder.judged(parse), "restore/table/config/explain.py:_missing")
    assert fix.startswith("put Pulumi.<stack>.yaml back as it was (git restore); only for a stack")
    folder.write(table())
    assert folder.judged(parse) == ""


def test_a_stack_that_never_had_a_table_gets_its_first_one(folder: Folder) -> None:
    """The next message says what else a table needs."""
    folder.write({"activeTable": "original"})
    fix = printed(folder.judged(parse), "restore/table/config/explain.py:_missing").rpartition(
        "a table: "
    )[2]
    done(folder, fix, {"<name>": "orders", "<value>": "id"})
    attributes, read, write = folder.judged(parse).split("  - ")[1:]
    capacity = "restore/table/config/dependent_rules.py:_capacity_fits_billing#2"
    fix = printed(attributes, "restore/table/config/explain.py:_missing#2")
    done(folder, fix, {"<attribute>": "id", "<S, N or B>": "S"})
    done(folder, printed(read, capacity))
    done(folder, printed(write, capacity))
    assert folder.judged(parse) == ""
