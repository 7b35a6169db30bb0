"""Settings that do not fit each other, illegal and doubled names, missing tables."""

from typing import Any

import pytest

from restore.table.config.parse import parse
from restore.table.config.problems import ConfigError, Problem
from tests.support.configs.documents import TABLE, entry, texts
from tests.support.configs.mistakes import AT, in_table, problems_of, stack_wide

GLOBAL = {"name": "by-owner", "hashKey": "owner", "projectionType": "ALL"}
TWO_ATTRIBUTES = [{"name": "id", "type": "S"}, {"name": "owner", "type": "S"}]

RULES = [
    in_table(
        {"attributes": TWO_ATTRIBUTES},
        "attributes[1]",
        "attribute 'owner' is used by no key and no index, which AWS refuses",
        "pulumi config rm --path '{path}'",
        id="attribute-of-no-index",
    ),
    in_table(
        {"globalSecondaryIndexes": [GLOBAL]},
        "globalSecondaryIndexes[0].hashKey",
        "names attribute 'owner', which is not in attributes",
        "pulumi config set --path '{at}.attributes[1].name' owner;"
        " pulumi config set --path '{at}.attributes[1].type' <S, N or B>",
        id="index-without-attribute",
    ),
    in_table(
        {"readCapacity": 5},
        "readCapacity",
        "capacity does not go with billingMode PAY_PER_REQUEST",
        "pulumi config rm --path {path}",
        id="capacity-on-demand",
    ),
    in_table(
        {"billingMode": "PROVISIONED", "readCapacity": 5},
        "writeCapacity",
        "is missing, and billingMode PROVISIONED needs it",
        "pulumi config set --path {path} 5",
        id="provisioned-without-capacity",
    ),
    in_table(
        {"hashKey": None},
        "hashKey",
        "is missing or empty",
        "pulumi config set --path {path} <value>",
        id="no-hash-key",
    ),
    in_table(
        {"attributes": None},
        "attributes",
        "is missing or empty",
        "pulumi config set --path '{path}[0].name' <attribute>;"
        " pulumi config set --path '{path}[0].type' <S, N or B>",
        id="no-attributes",
    ),
    in_table(
        {"attributes": []},
        "attributes",
        "is missing or empty",
        "pulumi config set --path '{path}[0].name' <attribute>;"
        " pulumi config set --path '{path}[0].type' <S, N or B>",
        id="empty-attributes",
    ),
]

NAMES = [
    pytest.param(
        {"tables": {"my.orders": entry()}},
        Problem(
            'tables["my.orders"]',
            "'my.orders' is no key for a table: letters, digits, - and _ only",
            'rename tables["my.orders"] to <another name> in the file where it stands',
        ),
        id="table-key",
    ),
    in_table(
        {"names": {"original": "my table"}},
        "names.original",
        "'my table' is no legal name: 3 to 255 letters, digits, ., - and _",
        "pulumi config set --path {path} <name>",
        id="physical-name",
    ),
    in_table(
        {"parameterName": "my parameter"},
        "parameterName",
        "'my parameter' is no legal parameter name: letters, digits, ., -, _ and /",
        "pulumi config set --path {path} <name>",
        id="parameter-name",
    ),
    in_table(
        {"policyName": "my/policy"},
        "policyName",
        "'my/policy' is no legal policy name: letters, digits and _+=,.@-",
        "pulumi config set --path {path} <name>",
        id="policy-name",
    ),
    in_table(
        {"globalSecondaryIndexes": [{**GLOBAL, "name": "x"}]},
        "globalSecondaryIndexes[0].name",
        "'x' is no legal name: 3 to 255 letters, digits, ., - and _",
        "pulumi config set --path '{path}' <name>",
        id="index-name",
    ),
    in_table(
        {"names": {"restored": f"{TABLE}-original-table"}},
        "names.restored",
        f"'{TABLE}-original-table' is the name of a second DynamoDB table, see {AT}.names.original",
        "pulumi config set --path {path} <another name>",
        id="one-name-for-two-labels",
    ),
    *(
        pytest.param(
            {"tables": {TABLE: entry(), "orders": entry(**{key: value})}},
            Problem(
                f"tables.orders.{path}",
                f"'{name}' is the name of a second {kind}, see {AT}.{path}",
                f"pulumi config set --path tables.orders.{path} <another name>",
            ),
            id=f"two-tables-with-one-{kind}",
        )
        for key, value, path, name, kind in (
            (
                "names",
                {"original": f"{TABLE}-original-table"},
                "names.original",
                f"{TABLE}-original-table",
                "DynamoDB table",
            ),
            (
                "parameterName",
                f"{TABLE}-table-name",
                "parameterName",
                f"{TABLE}-table-name",
                "parameter",
            ),
            ("policyName", f"{TABLE}-read-policy", "policyName", f"{TABLE}-read-policy", "policy"),
        )
    ),
    pytest.param(
        {"tables": {"t" * 120: entry()}},
        Problem(
            f"tables.{'t' * 120}.policyName",
            f"'{'t' * 120}-read-policy' is longer than the 128 characters that AWS allows",
            f"pulumi config set --path tables.{'t' * 120}.policyName <a shorter name>",
        ),
        id="default-policy-name-too-long",
    ),
]

NO_TABLE = Problem(
    "tables",
    "is missing or empty",
    "put Pulumi.<stack>.yaml back as it was (git restore); only for a stack that never had a"
    " table: pulumi config set --path 'tables.<name>.hashKey' <value>",
)
TABLES = [
    pytest.param({}, NO_TABLE, id="no-config-at-all"),
    pytest.param({"tables": {}}, NO_TABLE, id="no-table"),
    stack_wide(
        {"forgetTables": [TABLE]},
        "forgetTables",
        f"lists '{TABLE}', which tables declares",
        "pulumi config rm forgetTables",
        id="kept-and-forgotten",
    ),
]


@pytest.mark.parametrize(("document", "expected"), [*RULES, *NAMES, *TABLES])
def test_a_mistake_is_one_problem_with_path_sentence_and_fix(
    document: dict[str, Any], expected: Problem
) -> None:
    """A second problem for the same mistake would send the user after a ghost."""
    assert problems_of(document) == (expected,)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("ssm-orders", "begins with aws or ssm"),
        ("/AWS/orders", "begins with aws or ssm"),
        ("/a" * 16, "has 16 levels, and AWS allows 15"),
        ("shop/orders", "has levels and does not begin with a slash"),
    ],
)
def test_a_parameter_name_that_aws_refuses_is_rejected_by_the_config(name: str, wrong: str) -> None:
    """AWS refused it in the middle of the update, with table and policy made."""
    with pytest.raises(ConfigError, match=wrong):
        parse(texts({"tables": {"orders": entry(parameterName=name)}}))


def test_a_parameter_name_of_fifteen_levels_is_accepted() -> None:
    assert parse(texts({"tables": {"orders": entry(parameterName="/a" * 15)}}))
