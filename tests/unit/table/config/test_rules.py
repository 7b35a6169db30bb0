"""AWS's own rules for a table's settings: what breaks each, and what is right next to it.

A case that breaks nothing has no findings; it shows where a rule ends.
"""

from typing import Any

import pytest

from restore.table.config.dependent_rules import DEPENDENT_RULES
from restore.table.config.document import TableEntry
from restore.table.config.rules import RULES, broken_rules
from tests.support.configs.documents import entry

ON_DEMAND, PROVISIONED = {"billingMode": "PAY_PER_REQUEST"}, {"billingMode": "PROVISIONED"}
INDEX = "tables.orders.globalSecondaryIndexes[0]"
LOCAL_INDEX_WITHOUT = (
    "pulumi config set --path tables.orders.rangeKey <attribute>; only where no table has such an"
    " index: pulumi config rm --path tables.orders.localSecondaryIndexes"
)
EVERY_RULE = (*RULES, *DEPENDENT_RULES)
NOT_DEFINED = "which is not in attributes"
CAPACITY: dict[str, Any] = {"readCapacity": 5, "writeCapacity": 5}


def attributes(*names: str) -> list[dict[str, str]]:
    return [{"name": name, "type": "S"} for name in names]


def local(name: str = "local", **keys: Any) -> dict[str, Any]:
    return {"name": name, "rangeKey": "at", "projectionType": "ALL", **keys}


def glob(name: str = "global", **keys: Any) -> dict[str, Any]:
    return {"name": name, "hashKey": "owner", "projectionType": "ALL", **keys}


RANGED = {"rangeKey": "at", "attributes": attributes("id", "at")}
OWNED = {"attributes": attributes("id", "owner")}
BOTH = {"rangeKey": "at", "attributes": attributes("id", "at", "owner")}

CASES: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    # Attributes are defined once, and each is the key of something.
    "hash-key-alone": ({}, {}),
    "range-key": (RANGED, {}),
    "key-of-a-local-index": ({**RANGED, "localSecondaryIndexes": [local()]}, {}),
    "keys-of-a-global-index": (
        {**BOTH, "rangeKey": None, "globalSecondaryIndexes": [glob(rangeKey="at")]},
        {},
    ),
    "attribute-twice": (
        {"attributes": attributes("id", "id")},
        {"attributes[1]": "attribute 'id' is defined twice"},
    ),
    "attribute-of-no-key": (
        {"attributes": attributes("id", "at")},
        {"attributes[1]": "attribute 'at' is used by no key and no index, which AWS refuses"},
    ),
    "range-key-without-attribute": (
        {"rangeKey": "at"},
        {"rangeKey": f"names attribute 'at', {NOT_DEFINED}"},
    ),
    "range-keys-of-indexes-without-attribute": (
        {
            **BOTH,
            "localSecondaryIndexes": [local(rangeKey="size")],
            "globalSecondaryIndexes": [glob(rangeKey="rank")],
        },
        {
            "localSecondaryIndexes[0].rangeKey": f"names attribute 'size', {NOT_DEFINED}",
            "globalSecondaryIndexes[0].rangeKey": f"names attribute 'rank', {NOT_DEFINED}",
        },
    ),
    # The range key is another attribute, and local indexes need one.
    "range-key-is-the-hash-key": ({"rangeKey": "id"}, {"rangeKey": "is the hash key again"}),
    "local-index-without-a-range-key": (
        {"attributes": attributes("id", "at"), "localSecondaryIndexes": [local()]},
        {"localSecondaryIndexes": "a table without a range key cannot have local indexes"},
    ),
    # Index names differ across both kinds; projections say what they carry.
    "local-and-global-index-of-one-name": (
        {
            **BOTH,
            "localSecondaryIndexes": [local("by-it")],
            "globalSecondaryIndexes": [glob("by-it")],
        },
        {"globalSecondaryIndexes[0].name": "a second index is called 'by-it'"},
    ),
    "include-with-attributes": (
        {
            **OWNED,
            "globalSecondaryIndexes": [glob(projectionType="INCLUDE", nonKeyAttributes=["total"])],
        },
        {},
    ),
    "include-without-attributes": (
        {**OWNED, "globalSecondaryIndexes": [glob(projectionType="INCLUDE")]},
        {
            "globalSecondaryIndexes[0].nonKeyAttributes": (
                "goes with projectionType INCLUDE, and INCLUDE needs it"
            )
        },
    ),
    "attributes-without-include": (
        {**RANGED, "localSecondaryIndexes": [local(nonKeyAttributes=["total"])]},
        {
            "localSecondaryIndexes[0].nonKeyAttributes": (
                "goes with projectionType INCLUDE, and INCLUDE needs it"
            )
        },
    ),
    # Capacity belongs to PROVISIONED, for the table and each of its global indexes.
    "provisioned": (
        {**PROVISIONED, **CAPACITY, **OWNED, "globalSecondaryIndexes": [glob(**CAPACITY)]},
        {},
    ),
    "provisioned-without-capacity": (
        {**PROVISIONED, **OWNED, "globalSecondaryIndexes": [glob()]},
        dict.fromkeys(
            (
                "readCapacity",
                "writeCapacity",
                "globalSecondaryIndexes[0].readCapacity",
                "globalSecondaryIndexes[0].writeCapacity",
            ),
            "is missing, and billingMode PROVISIONED needs it",
        ),
    ),
    "provisioned-is-the-default": (
        {"billingMode": None, "writeCapacity": 5},
        {"readCapacity": "is missing, and billingMode PROVISIONED needs it"},
    ),
    "capacity-on-demand": (
        {
            **ON_DEMAND,
            **OWNED,
            "writeCapacity": 5,
            "globalSecondaryIndexes": [glob(readCapacity=5)],
        },
        dict.fromkeys(
            ("writeCapacity", "globalSecondaryIndexes[0].readCapacity"),
            "capacity does not go with billingMode PAY_PER_REQUEST",
        ),
    ),
    # A key is for encryption that is on, and the AWS-managed one is used without being named.
    "customer-key": ({"serverSideEncryption": {"enabled": True, "kmsKeyArn": "alias/shop"}}, {}),
    "key-of-no-encryption": (
        {"serverSideEncryption": {"enabled": False, "kmsKeyArn": "alias/shop"}},
        {
            "serverSideEncryption.kmsKeyArn": (
                "names a key, but serverSideEncryption.enabled is false"
            )
        },
    ),
    "key-that-aws-manages": (
        {"serverSideEncryption": {"enabled": True, "kmsKeyArn": "alias/aws/dynamodb"}},
        {
            "serverSideEncryption.kmsKeyArn": (
                "names the AWS-managed key, which is used without being named"
            )
        },
    ),
    # A maximum or a warm throughput says at least one of its two figures.
    "maximum-of-reads": ({"onDemandThroughput": {"maxReadRequestUnits": 5}}, {}),
    "throughput-of-nothing": (
        {
            **OWNED,
            "onDemandThroughput": {},
            "globalSecondaryIndexes": [glob(warmThroughput={}, onDemandThroughput={})],
        },
        dict.fromkeys(
            (
                "onDemandThroughput",
                "globalSecondaryIndexes[0].onDemandThroughput",
                "globalSecondaryIndexes[0].warmThroughput",
            ),
            "says neither of reads nor of writes",
        ),
    ),
    # A stream says what it carries; TTL names its attribute.
    "stream": ({"streamEnabled": True, "streamViewType": "NEW_IMAGE"}, {}),
    "stream-off": ({"streamEnabled": False}, {}),
    "stream-of-no-view": (
        {"streamEnabled": True},
        {"streamViewType": "is missing, and streamEnabled needs it"},
    ),
    "view-of-no-stream": (
        {"streamEnabled": False, "streamViewType": "NEW_IMAGE"},
        {"streamViewType": "says what a stream carries, but streamEnabled is not true"},
    ),
    "ttl": ({"ttl": {"enabled": True, "attributeName": "expires"}}, {}),
    "ttl-off": ({"ttl": {"enabled": False}}, {}),
    "ttl-of-no-attribute": (
        {"ttl": {"enabled": True}},
        {"ttl.attributeName": "is missing, and ttl.enabled needs it"},
    ),
}


def settings_of(keys: dict[str, Any]) -> TableEntry:
    return TableEntry.model_validate(entry(**keys))


@pytest.mark.parametrize(("keys", "expected"), CASES.values(), ids=CASES)
def test_a_rule_that_is_broken_is_a_problem(keys: dict[str, Any], expected: dict[str, str]) -> None:
    problems = broken_rules(EVERY_RULE, "tables.orders", settings_of(keys), set())
    assert {problem.path: problem.wrong for problem in problems} == {
        f"tables.orders.{path}": wrong for path, wrong in expected.items()
    }
    assert len(problems) == len(expected)


@pytest.mark.parametrize(
    ("case", "fix"),
    [
        ("attribute-twice", "pulumi config rm --path 'tables.orders.attributes[1]'"),
        (
            "range-key-without-attribute",
            (
                "pulumi config set --path 'tables.orders.attributes[1].name' at;"
                " pulumi config set --path 'tables.orders.attributes[1].type' <S, N or B>"
            ),
        ),
        ("range-key-is-the-hash-key", "pulumi config rm --path tables.orders.rangeKey"),
        (
            "local-index-without-a-range-key",
            LOCAL_INDEX_WITHOUT,
        ),
        (
            "local-and-global-index-of-one-name",
            f"pulumi config set --path '{INDEX}.name' <another name>",
        ),
        (
            "attributes-without-include",
            "pulumi config set --path 'tables.orders.localSecondaryIndexes[0].projectionType' ALL",
        ),
        ("provisioned-is-the-default", "pulumi config set --path tables.orders.readCapacity 5"),
        (
            "stream-of-no-view",
            "pulumi config set --path tables.orders.streamViewType NEW_AND_OLD_IMAGES",
        ),
        ("view-of-no-stream", "pulumi config set --path tables.orders.streamEnabled true"),
        (
            "ttl-of-no-attribute",
            "pulumi config set --path tables.orders.ttl.attributeName <attribute>",
        ),
    ],
)
def test_a_broken_rule_offers_the_command_that_fixes_it(case: str, fix: str) -> None:
    (problem,) = broken_rules(EVERY_RULE, "tables.orders", settings_of(CASES[case][0]), set())
    assert problem.fix == fix


def test_a_rule_rests_where_a_key_that_it_reads_is_wrong_already() -> None:
    """`attributes` is no list: to call every key undefined as well would be noise."""
    keys = {"rangeKey": "at", "readCapacity": 5}
    problems = broken_rules(EVERY_RULE, "tables.orders", settings_of(keys), {"attributes"})
    assert [problem.path for problem in problems] == ["tables.orders.readCapacity"]
