"""Keys that nobody knows and values of the wrong type, in every depth of a stack config."""

from typing import Any

import pytest

from restore.table.config.problems import Problem
from tests.support.configs.documents import TABLE
from tests.support.configs.mistakes import AT, in_table, problems_of, stack_wide

UNKNOWN = "is not a key that this program knows"
BY_STEP = "'start', 'wait', 'adopt', 'prepare', 'switch', 'rollback', 'drop' or 'clean'"
BY_STREAM = "'KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE' or 'NEW_AND_OLD_IMAGES'"

UNKNOWN_KEYS = [
    stack_wide(
        {"activTable": "restored"},
        "activTable",
        f"{UNKNOWN}; did you mean activeTable?",
        "pulumi config set activeTable restored && pulumi config rm activTable",
        id="stack-wide",
    ),
    stack_wide(
        {"standby_tables": ["restored"]},
        "standby_tables",
        f"{UNKNOWN}; did you mean standbyTables?",
        "pulumi config set --path 'standbyTables[0]' restored && pulumi config rm standby_tables",
        id="stack-wide-in-python-spelling",
    ),
    stack_wide(
        {"runbok": {"drainSeconds": 5}},
        "runbok",
        f"{UNKNOWN}; did you mean runbook?",
        "rename runbok to runbook in the file where it stands",
        id="stack-wide-and-perhaps-a-secret",
    ),
    in_table(
        {"hashKye": "id"},
        "hashKye",
        f"{UNKNOWN}; did you mean hashKey?",
        f"{AT}.hashKye and {AT}.hashKey are both set: keep the one that is meant",
        id="in-a-table",
    ),
    in_table(
        {"range_key": "id"},
        "range_key",
        f"{UNKNOWN}; did you mean rangeKey?",
        f"pulumi config set --path {AT}.rangeKey id && pulumi config rm --path {{path}}",
        id="in-a-table-in-python-spelling",
    ),
    in_table(
        {"ttl": {"enabled": False, "zzzzzz": 1}},
        "ttl.zzzzzz",
        UNKNOWN,
        "move {path} to a key of your own, outside of tables",
        id="nested",
    ),
    in_table(
        {"attributes": [{"name": "id", "type": "S", "typ": "S"}]},
        "attributes[0].typ",
        f"{UNKNOWN}; did you mean type?",
        f"{AT}.attributes[0].typ and {AT}.attributes[0].type are both set: keep the one that is"
        " meant",
        id="nested-in-a-list",
    ),
]

WRONG_TYPES = [
    in_table(
        {"hashKey": 5},
        "hashKey",
        "5: input should be a valid string",
        "pulumi config set --path {path} 5 --type string",
        id="text",
    ),
    in_table(
        {"hashKey": ""},
        "hashKey",
        "'': string should have at least 1 character",
        "pulumi config set --path {path} <value>",
        id="empty-text",
    ),
    in_table(
        {"deletionProtectionEnabled": "yes"},
        "deletionProtectionEnabled",
        "'yes': input should be a valid boolean",
        "pulumi config set --path {path} <value>",
        id="yes-or-no",
    ),
    in_table(
        {"billingMode": "PROVISIONED", "readCapacity": "5", "writeCapacity": 5},
        "readCapacity",
        "'5': input should be a valid integer",
        "pulumi config set --path {path} 5",
        id="number",
    ),
    in_table(
        {"billingMode": "PROVISIONED", "readCapacity": 0, "writeCapacity": 5},
        "readCapacity",
        "0: input should be greater than or equal to 1",
        "pulumi config set --path {path} <value>",
        id="number-too-small",
    ),
    in_table(
        {"pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 36}},
        "pointInTimeRecovery.recoveryPeriodInDays",
        "36: input should be less than or equal to 35",
        "pulumi config set --path {path} <value>",
        id="number-too-large",
    ),
    in_table(
        {"attributes": "id"},
        "attributes",
        "'id' is no list",
        "pulumi config rm --path {path}; pulumi config set --path '{path}[0]' <value>",
        id="list",
    ),
    in_table(
        {"tags": ["a"]},
        "tags",
        "['a'] is no map",
        "pulumi config rm --path {path}; pulumi config set --path '{path}.<key>' <value>",
        id="map",
    ),
    in_table(
        {"ttl": "expires"},
        "ttl",
        "'expires' is no map",
        "pulumi config rm --path {path}; pulumi config set --path '{path}.<key>' <value>",
        id="map-of-known-keys",
    ),
    in_table(
        {"tags": {"cost": 5}},
        "tags.cost",
        "5: input should be a valid string",
        "pulumi config set --path {path} 5 --type string",
        id="value-in-a-map",
    ),
    in_table(
        {"billingMode": "ON_DEMAND"},
        "billingMode",
        "'ON_DEMAND' is not 'PAY_PER_REQUEST' or 'PROVISIONED'",
        "pulumi config set --path {path} <'PAY_PER_REQUEST' or 'PROVISIONED'>",
        id="choice",
    ),
    in_table(
        {"streamEnabled": True, "streamViewType": "ALL"},
        "streamViewType",
        f"'ALL' is not {BY_STREAM}",
        f"pulumi config set --path {{path}} <{BY_STREAM}>",
        id="choice-of-four",
    ),
    in_table(
        {"attributes": [{"name": "id", "type": "X"}]},
        "attributes[0].type",
        "'X' is not 'S', 'N' or 'B'",
        "pulumi config set --path '{path}' <'S', 'N' or 'B'>",
        id="choice-in-a-list",
    ),
    stack_wide(
        {"standbyTables": "restored"},
        "standbyTables",
        "'restored' is no list",
        "pulumi config rm standbyTables; pulumi config set --path 'standbyTables[0]' <value>",
        id="list-stack-wide",
    ),
    stack_wide(
        {"forgetTables": "orders"},
        "forgetTables",
        "'orders' is no list",
        "pulumi config rm forgetTables; pulumi config set --path 'forgetTables[0]' <value>",
        id="forget-tables",
    ),
    stack_wide(
        {"runbook": {"drainSeconds": -1}},
        "runbook.drainSeconds",
        "-1: input should be greater than or equal to 0",
        "pulumi config set --path runbook.drainSeconds <value>",
        id="runbook",
    ),
    stack_wide(
        {"runbook": {"hooks": ["curl --header secret"]}},
        "runbook.hooks[0]",
        "a str is no map",
        "pulumi config rm --path 'runbook.hooks[0]';"
        " pulumi config set --path 'runbook.hooks[0].<key>' <value>",
        id="hook-that-is-no-map",
    ),
    stack_wide(
        {"runbook": {"hooks": [{"before": "swtich", "run": ["./announce.sh"]}]}},
        "runbook.hooks[0].before",
        f"'swtich' is not {BY_STEP}",
        f"pulumi config set --path 'runbook.hooks[0].before' <{BY_STEP}>",
        id="hook-around-no-step",
    ),
    stack_wide(
        {"runbook": {"hooks": [{"before": "switch", "run": "./announce.sh secret"}]}},
        "runbook.hooks[0].run",
        "a str is no list",
        "pulumi config rm --path 'runbook.hooks[0].run'; pulumi config set --path"
        " 'runbook.hooks[0].run[0]' <value>",
        id="hook-as-a-shell-would-take-it",
    ),
    stack_wide(
        {"runbook": {"hooks": [{"before": "switch", "run": ["sleep", 5]}]}},
        "runbook.hooks[0].run[1]",
        "a int: input should be a valid string",
        "pulumi config set --path 'runbook.hooks[0].run[1]' <value> --type string",
        id="hook-with-a-number",
    ),
    stack_wide(
        {"runbook": {"hooks": [{"before": "switch"}]}},
        "runbook.hooks[0].run",
        "is missing or empty",
        "pulumi config set --path 'runbook.hooks[0].run[0]' <program>",
        id="hook-without-a-command",
    ),
    pytest.param(
        {"tables": {TABLE: "id"}},
        Problem(
            AT,
            "'id' is no map",
            f"pulumi config rm --path {AT}; pulumi config set --path '{AT}.<key>' <value>",
        ),
        id="a-whole-table",
    ),
]


@pytest.mark.parametrize(("document", "expected"), [*UNKNOWN_KEYS, *WRONG_TYPES])
def test_a_mistake_is_one_problem_with_path_sentence_and_fix(
    document: dict[str, Any], expected: Problem
) -> None:
    """A second problem for the same mistake would send the user after a ghost."""
    assert problems_of(document) == (expected,)
