"""What the program says of a config over what the stack holds: the fix is typed, and it goes on."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from restore.table.adoption import Live, LiveParameter, LivePolicy, adoption_problems
from restore.table.config.parse import parse
from restore.table.config.problems import RefusedError
from restore.table.decide import decide
from restore.table.kinds import ALARM, MAPPING
from restore.table.past import Past, TablePast
from restore.table.place import (
    ProviderConfig,
    refuse_account,
    refuse_region,
    refuse_without_provider,
)
from tests.fixes.by_hand import done
from tests.fixes.folder import TABLE, Folder, over
from tests.fixes.sites import printed
from tests.support.configs.documents import entry
from tests.support.configs.parts import ALARM as SLOW
from tests.support.configs.parts import READER, STREAM
from tests.support.configs.transitions import past_by

NOW = past_by("serving")
PREPARED = past_by("serving adopted prepared")
SWITCHED = past_by("serving adopted prepared switched")
HERE = f"{TABLE}.original"
INDEXING = {(MAPPING, f"{HERE}.mapping.search"): "arn:aws:lambda:eu-west-1:1:function:indexer"}


def table(**keys: Any) -> dict[str, Any]:
    return {"tables": {TABLE: entry(**keys)}}


def on_purpose(fix: str) -> str:
    return fix.partition("on purpose: ")[2]


def if_older(fix: str) -> str:
    return fix.partition(" if this is an older commit")[0]


def forgetting(fix: str) -> str:
    return fix.partition("keep it in AWS: ")[2]


def whole(fix: str) -> str:
    return fix


CASES: dict[str, tuple[str, dict[str, Any], Past, Callable[[str], str]]] = {
    "another name of a table": (
        "restore/table/rejections.py:_renamed",
        table(names={"original": "orders"}),
        {TABLE: NOW},
        whole,
    ),
    "another name of the parameter": (
        "restore/table/rejections.py:_renamed#2",
        table(parameterName="orders"),
        {TABLE: NOW},
        whole,
    ),
    "fewer settings": (
        "restore/table/rejections.py:_demoted",
        {**table(), "adoptTables": ["restored-2", "restored"]},
        {TABLE: PREPARED},
        whole,
    ),
    "an older commit": (
        "restore/table/rejections.py:_moved_back",
        table(),
        {TABLE: SWITCHED},
        if_older,
    ),
    "back on purpose": (
        "restore/table/rejections.py:_moved_back",
        table(),
        {TABLE: SWITCHED},
        on_purpose,
    ),
    "back and dropped": (
        "restore/table/rejections.py:_moved_back#2",
        {**table(), "rollbackFrom": "restored"},
        {TABLE: SWITCHED},
        whole,
    ),
    "another name of an alarm": (
        "restore/table/existing.py:renamed",
        table(alarms={"slow": SLOW}),
        {TABLE: replace(NOW, called={(ALARM, f"{HERE}.alarm.slow"): "too slow"})},
        whole,
    ),
    "another key of a mapping": (
        "restore/table/existing.py:rekeyed",
        table(**STREAM, eventSourceMappings={"index": READER}),
        {TABLE: replace(NOW, called=INDEXING)},
        whole,
    ),
    "another table in the parameter": (
        "restore/table/takeover.py:takeover_problem",
        table(),
        {TABLE: TablePast(parameter=f"{TABLE}-table-name", pointed="orders")},
        whole,
    ),
}


@pytest.mark.parametrize("name", [*CASES])
def test_the_fix_of_a_refused_config_lets_the_update_go_on(folder: Folder, name: str) -> None:
    """Refused at the wrong hour: the line below the message is all that a user reads."""
    site, keys, past, way = CASES[name]
    folder.write(keys)
    done(folder, way(printed(folder.judged(over(past)), site)))
    assert folder.judged(over(past)) == ""


@pytest.mark.parametrize("shared", [False, True])
def test_tables_that_are_forgotten_at_once_are_all_forgotten(
    folder: Folder, *, shared: bool
) -> None:
    """Each fix said forgetTables[0]: the second one took the place of the first, for ever."""
    past = {TABLE: NOW, "a": NOW, "b": NOW, "c": NOW}
    keys = {**table(), "forgetTables": ["a"]}
    folder.write({} if shared else keys, shared=keys if shared else None)
    said = folder.judged(over(past))
    fixes = [line for line in said.splitlines() if "fix:" in line]
    for place in range(len(fixes)):
        part = "\n".join(said.splitlines()[2 * place + 1 : 2 * place + 3])
        done(folder, forgetting(printed(part, "restore/table/rejections.py:forgotten")))
    assert json.loads(folder.texts()["forgetTables"]) == ["a", "b", "c"]
    assert folder.judged(over(past)) == ""


def test_two_labels_with_fewer_settings_keep_them_both(folder: Folder) -> None:
    """Both fixes set the same place of standbyTables, and the first label left the stack."""
    past = {
        TABLE: replace(SWITCHED, was_configured=frozenset({"original", "restored", "restored-2"}))
    }
    folder.write({**table(), "activeTable": "restored", "adoptTables": ["original", "restored-2"]})
    said = folder.judged(over(past))
    for part in said.split("  - ")[1:]:
        done(folder, printed(part, "restore/table/rejections.py:_demoted"))
    assert folder.judged(over(past)) == ""
    assert set(json.loads(folder.texts()["standbyTables"])) == {"original", "restored-2"}


def test_two_mappings_that_exchange_their_functions_exchange_their_keys_again(
    folder: Folder,
) -> None:
    """Neither can be changed first: AWS refuses a function that reads the stream already."""
    called = {**INDEXING, (MAPPING, f"{HERE}.mapping.log"): "logger"}
    past = {TABLE: replace(NOW, called=called)}
    mappings = {"log": READER, "search": {**READER, "functionName": "logger"}}
    folder.write(table(**STREAM, eventSourceMappings=mappings))
    fix = printed(folder.judged(over(past)), "restore/table/existing.py:rekeyed")
    assert ", and the other search to log" in fix
    folder.write(
        table(**STREAM, eventSourceMappings={"search": mappings["log"], "log": mappings["search"]})
    )
    assert folder.judged(over(past)) == ""


def test_what_is_held_under_our_name_by_others_gets_another_key(folder: Folder) -> None:
    """Their parameter would be written over by ours."""
    past = {TABLE: TablePast(parameter="of-others")}
    folder.write(table())
    fix = printed(folder.judged(over(past)), "restore/table/rejections.py:_renamed#2")
    assert fix == f"another key than {TABLE} below tables"
    folder.write({"tables": {"orders": entry()}})
    assert folder.judged(over(past)) == ""


def test_a_table_that_may_lack_its_retain_flag_is_declared_before_it_is_forgotten(
    folder: Folder,
) -> None:
    """`pulumi import` brought it in, and without the flag the engine deletes it."""
    imported = TablePast(physical={"original": "orders"})
    past: dict[str, TablePast] = {TABLE: NOW, "orders": imported}
    folder.write({**table(), "forgetTables": ["orders"]})
    fix = printed(folder.judged(over(past)), "restore/table/takeover.py:unretained")
    assert fix == "put tables.orders back, with original in adoptTables, and pulumi up before"
    back = entry(names={"original": "orders"}, adoptTables=["original"])
    folder.write({"tables": {TABLE: entry(), "orders": back}})
    assert folder.judged(over(past)) == ""
    declared = replace(imported, exported={"original": "orders"})
    folder.write({**table(), "forgetTables": ["orders"]})
    assert folder.judged(over({**past, "orders": declared})) == ""


ARNS = "arn:aws:dynamodb:eu-west-1:1:table/"
READ = f"{TABLE}-read-policy"


def policy(**statement: Any) -> LivePolicy:
    allowed = {
        "Effect": "Allow",
        "Action": "dynamodb:GetItem",
        "Resource": f"{ARNS}{TABLE}-original-table",
    }
    return LivePolicy("arn", json.dumps({"Statement": [{**allowed, **statement}]}))


MORE = ["dynamodb:GetItem", "dynamodb:Query"]
ANOTHER = {"<another name>": "orders-read"}
TAKE_OVERS: dict[str, tuple[str, Live, dict[str, str]]] = {
    "nothing there": (
        "restore/table/adoption.py:adoption_problems",
        Live(missing=("the parameter x", "the policy y")),
        {},
    ),
    "a secure parameter": (
        "restore/table/adoption.py:_of_parameter",
        Live(parameter=LiveParameter("SecureString", "?")),
        {"<another name>": "orders-name"},
    ),
    "a policy that denies": (
        "restore/table/adoption.py:_of_policy",
        Live(policies={"read": policy(Effect="Deny")}, tables=ARNS),
        ANOTHER,
    ),
    "a policy that allows more": (
        "restore/table/adoption.py:_of_policy#2",
        Live(policies={"read": policy(Action=MORE)}, tables=ARNS),
        ANOTHER,
    ),
    "a policy that allows less": (
        "restore/table/adoption.py:_of_policy#3",
        Live(policies={"read": policy(Action=[])}, tables=ARNS),
        ANOTHER,
    ),
}


def taking_over(live: Live) -> Callable[[dict[str, str]], None]:
    """What `adoptPointer` says, in an AWS that has these names alone."""

    def judge(texts: dict[str, str]) -> None:
        config = parse(texts)
        (declaration,), (found,) = decide(config, {}), config.tables
        there = Live(
            parameter=live.parameter if found.parameter == f"{TABLE}-table-name" else None,
            policies=live.policies if found.policy == READ else {},
            missing=live.missing,
            tables=live.tables,
        )
        problems = [*adoption_problems(found, declaration, there)] if found.adopt_pointer else []
        if problems:
            raise RefusedError(problems)

    return judge


@pytest.mark.parametrize("name", [*TAKE_OVERS])
def test_the_fix_of_a_take_over_leaves_what_exists_as_it_is(folder: Folder, name: str) -> None:
    """A living policy that is narrowed denies its clients at once."""
    site, live, filled_in = TAKE_OVERS[name]
    folder.write(table(adoptPointer=True))
    fix = printed(folder.judged(taking_over(live)), site)
    way = fix.rpartition("; or ")[2].partition(", ")[0]
    done(folder, way, filled_in)
    assert folder.judged(taking_over(live)) == ""


def test_a_policy_that_allows_more_is_taken_over_with_these_actions(folder: Folder) -> None:
    live = TAKE_OVERS["a policy that allows more"][1]
    folder.write(table(adoptPointer=True))
    fix = printed(folder.judged(taking_over(live)), "restore/table/adoption.py:_of_policy#2")
    assert fix.startswith("add these to readActions: dynamodb:query; or ")
    folder.write(table(adoptPointer=True, readActions=["dynamodb:GetItem", "dynamodb:query"]))
    assert folder.judged(taking_over(live)) == ""


def test_a_stack_without_default_providers_declares_one(folder: Folder) -> None:
    """It was found after the wait, by the first update."""
    folder.write(table())
    none = ProviderConfig(disabled=["aws"])

    def judge(texts: dict[str, str]) -> None:
        refuse_without_provider(parse(texts), none)

    done(folder, printed(folder.judged(judge), "restore/table/place.py:refuse_without_provider"))
    assert folder.judged(judge) == ""


def test_in_another_region_the_fix_leads_back_to_the_tables(folder: Folder) -> None:
    """There every table looks deleted, and would be made again, empty."""
    found = {f"{TABLE}.original": ("1", "eu-west-1")}
    folder.write({**table(), "aws:region": "us-west-2"})

    def judge(_: dict[str, str]) -> None:
        said = folder.run("pulumi", "config", "get", "aws:region")
        refuse_region(found, said.out.strip(), "aws:region")

    done(folder, printed(folder.judged(judge), "restore/table/place.py:refuse_region"))
    assert folder.judged(judge) == ""


def test_with_the_credentials_that_the_fix_names_it_goes_on(folder: Folder) -> None:
    found = {f"{TABLE}.original": ("111111111111", "eu-west-1")}
    said = folder.judged(lambda _: refuse_account(found, "222222222222"))
    fix = printed(said, "restore/table/place.py:refuse_account")
    named = fix.removeprefix("use credentials of account ").partition(" ")[0]
    assert folder.judged(lambda _: refuse_account(found, named)) == ""
