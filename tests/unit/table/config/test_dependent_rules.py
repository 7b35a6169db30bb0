"""AWS's own rules for capacity and for what hangs on a table: what breaks each, and what is right.

A case that breaks nothing has no findings; it shows where a rule ends. Not here: the rules of the
table itself (test_rules.py).
"""

from typing import Any

import pytest

from restore.table.config.dependent_rules import DEPENDENT_RULES
from restore.table.config.document import TableEntry
from restore.table.config.rules import broken_rules
from tests.support.configs.documents import entry

HERE = "in the file where it stands"
ARN = "arn:aws:lambda:eu-west-1:123456789012:function"
PROVISIONED = {"billingMode": "PROVISIONED", "readCapacity": 5, "writeCapacity": 5}
SCALING = {"minCapacity": 5, "maxCapacity": 50, "targetValue": 70}
UPSIDE_DOWN = {**SCALING, "minCapacity": 51}
STREAM = {"streamEnabled": True, "streamViewType": "NEW_IMAGE"}
INDEXED = {
    "attributes": [{"name": "id", "type": "S"}, {"name": "owner", "type": "S"}],
    "globalSecondaryIndexes": [{"name": "by.owner", "hashKey": "owner", "projectionType": "ALL"}],
}


def alarm(**keys: Any) -> dict[str, Any]:
    said = {
        "metricName": "SystemErrors",
        "comparisonOperator": "GreaterThanThreshold",
        "threshold": 0,
        "evaluationPeriods": 3,
        "period": 60,
        "statistic": "Sum",
    }
    return {"alarms": {"a": {k: v for k, v in {**said, **keys}.items() if v is not None}}}


def readers(*functions: str) -> dict[str, Any]:
    return {
        **STREAM,
        "eventSourceMappings": {
            f"r{n}": {"functionName": each, "startingPosition": "LATEST"}
            for n, each in enumerate(functions)
        },
    }


def policy(**keys: Any) -> dict[str, Any]:
    return {"resourcePolicy": {"Version": "2012-10-17", **keys}}


CASES: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    # Capacity that is scaled need not be said; all other capacity of PROVISIONED has to be.
    "scaled-reads-and-said-writes": (
        {**PROVISIONED, "readCapacity": None, "autoScaling": {"read": SCALING}},
        {},
    ),
    "scaled-reads-and-forgotten-writes": (
        {"billingMode": "PROVISIONED", "autoScaling": {"read": SCALING}},
        {"writeCapacity": "is missing, and billingMode PROVISIONED needs it"},
    ),
    "scaled-index": (
        {
            **PROVISIONED,
            **INDEXED,
            "autoScaling": {"indexes": {"by.owner": {"read": SCALING, "write": SCALING}}},
        },
        {},
    ),
    "scaled-table-does-not-scale-its-index": (
        {**PROVISIONED, **INDEXED, "autoScaling": {"read": SCALING, "write": SCALING}},
        dict.fromkeys(
            ("globalSecondaryIndexes[0].readCapacity", "globalSecondaryIndexes[0].writeCapacity"),
            "is missing, and billingMode PROVISIONED needs it",
        ),
    ),
    "maximum-of-provisioned": (
        {**PROVISIONED, "onDemandThroughput": {"maxReadRequestUnits": 5}},
        {"onDemandThroughput": "a maximum goes with billingMode PAY_PER_REQUEST only"},
    ),
    # Scaling is about capacity that there is, of indexes that there are.
    "scaling-on-demand": (
        {"autoScaling": {"read": SCALING}},
        {"autoScaling": "an on-demand table has no capacity to scale"},
    ),
    "scaling-of-no-index": (
        {**PROVISIONED, "autoScaling": {"indexes": {"by.town": {"read": SCALING}}}},
        {'autoScaling.indexes["by.town"]': "there is no global index 'by.town'"},
    ),
    "scaling-upside-down": (
        {**PROVISIONED, "autoScaling": {"write": UPSIDE_DOWN}},
        {"autoScaling.write.minCapacity": "is more than maxCapacity"},
    ),
    "scaling-of-an-index-upside-down": (
        {
            **PROVISIONED,
            **INDEXED,
            "autoScaling": {"indexes": {"by.owner": {"read": UPSIDE_DOWN, "write": SCALING}}},
        },
        {'autoScaling.indexes["by.owner"].read.minCapacity': "is more than maxCapacity"},
    ),
    "scaling-between-equal-bounds": (
        {**PROVISIONED, "autoScaling": {"read": {**SCALING, "maxCapacity": 5}}},
        {},
    ),
    # An alarm has one statistic, no more datapoints than periods, and the table of its label.
    "alarm": (alarm(datapointsToAlarm=3, dimensions={"Operation": "GetItem"}), {}),
    "alarm-by-percentile": (alarm(statistic=None, extendedStatistic="p99"), {}),
    "alarm-without-statistic": (
        alarm(statistic=None),
        {"alarms.a.statistic": "either statistic or extendedStatistic, and one of them"},
    ),
    "alarm-with-both-statistics": (
        alarm(extendedStatistic="p99"),
        {"alarms.a.statistic": "either statistic or extendedStatistic, and one of them"},
    ),
    "alarm-after-more-datapoints-than-periods": (
        alarm(datapointsToAlarm=4),
        {"alarms.a.datapointsToAlarm": "is more than evaluationPeriods"},
    ),
    "alarm-on-a-table-by-name": (
        alarm(dimensions={"TableName": "orders"}),
        {"alarms.a.dimensions.TableName": "is the program's to fill in"},
    ),
    # Contributor Insights watch indexes that there are, each once.
    "insights": (
        {**INDEXED, "contributorInsights": {"enabled": True, "indexes": ["by.owner"]}},
        {},
    ),
    "insights-of-no-index": (
        {"contributorInsights": {"enabled": True, "indexes": ["by.town"]}},
        {"contributorInsights.indexes[0]": "there is no global index 'by.town'"},
    ),
    "insights-of-an-index-twice": (
        {**INDEXED, "contributorInsights": {"enabled": True, "indexes": ["by.owner"] * 2}},
        {"contributorInsights.indexes[1]": "lists 'by.owner' twice"},
    ),
    # A function reads a stream that there is, and reads it once. An alias is a reader of its own.
    "readers": (readers("index", f"{ARN}:search", "123456789012:function:mail"), {}),
    "readers-behind-aliases-of-one-name": (readers(f"{ARN}:a:live", f"{ARN}:b:live", "a"), {}),
    "no-readers-of-no-stream": ({"eventSourceMappings": {}}, {}),
    "readers-of-no-stream": (
        {"eventSourceMappings": readers("index")["eventSourceMappings"]},
        {"streamEnabled": "is not true, and eventSourceMappings need a stream"},
    ),
    "one-reader-by-name-and-by-arn": (
        readers("index", f"{ARN}:index"),
        {
            "eventSourceMappings.r1": (
                "'index' reads the stream already, see r0: AWS refuses a second time"
            )
        },
    ),
    # A resource policy is a policy, and about the table that carries it.
    "policy": (policy(Statement=[{"Resource": "${table}"}]), {}),
    "policy-on-an-index": (policy(Statement={"Resource": "${table}/index/by-owner"}), {}),
    "policy-without-statement": (
        policy(Statements=[]),
        {"resourcePolicy": "is no policy document: it has no Statement"},
    ),
    "policy-on-a-table-by-name": (
        policy(Statement=[{"Resource": "arn:aws:dynamodb:eu-west-1:123456789012:table/orders"}]),
        {
            "resourcePolicy": (
                "names no ${table}, which stands for the ARN of each label's own table"
            )
        },
    ),
}
AT = "pulumi config {} --path {}tables.orders.{}"
MENDS = {
    "scaled-reads-and-forgotten-writes": AT.format("set", "", "writeCapacity 5"),
    "maximum-of-provisioned": AT.format("rm", "", "onDemandThroughput"),
    "scaling-of-no-index": AT.format("rm", "'", """autoScaling.indexes["by.town"]'"""),
    "scaling-upside-down": AT.format("set", "", "autoScaling.write.minCapacity 50"),
    "alarm-without-statistic": AT.format("set", "", "alarms.a.statistic Sum"),
    "alarm-after-more-datapoints-than-periods": AT.format(
        "set", "", "alarms.a.datapointsToAlarm 3"
    ),
    "insights-of-no-index": AT.format("rm", "'", "contributorInsights.indexes[0]'"),
    "readers-of-no-stream": AT.format("set", "", "streamEnabled true"),
    "one-reader-by-name-and-by-arn": AT.format("rm", "", "eventSourceMappings.r1"),
    "policy-without-statement": f"write its Statement {HERE}; only where no table has a policy: "
    + AT.format("rm", "", "resourcePolicy"),
    "policy-on-a-table-by-name": f"write ${{table}} as the Resource of each Statement {HERE}",
}


def found(keys: dict[str, Any]) -> list[Any]:
    judged = TableEntry.model_validate(entry(**keys))
    return broken_rules(DEPENDENT_RULES, "tables.orders", judged, set())


@pytest.mark.parametrize(("keys", "expected"), CASES.values(), ids=CASES)
def test_a_rule_that_is_broken_is_a_problem(keys: dict[str, Any], expected: dict[str, str]) -> None:
    """AWS would say so in the middle of an update, with the table already made."""
    problems = found(keys)
    assert {problem.path: problem.wrong for problem in problems} == {
        f"tables.orders.{path}": wrong for path, wrong in expected.items()
    }
    assert len(problems) == len(expected)


@pytest.mark.parametrize(("case", "fix"), MENDS.items(), ids=MENDS)
def test_a_broken_rule_offers_what_fixes_it(case: str, fix: str) -> None:
    (problem,) = found(CASES[case][0])
    assert problem.fix == fix
