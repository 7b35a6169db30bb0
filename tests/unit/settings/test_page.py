"""The entry as lines to paste, and what of it has to wait."""

import pytest
from ruamel.yaml import YAML

from restore.settings.answers import Answers
from restore.settings.claims import unclaimed
from restore.settings.document import document
from restore.settings.page import claimed, page, table_key
from restore.table.kinds import (
    ALARM,
    DESTINATION,
    INSIGHTS,
    MAPPING,
    RESOURCE_POLICY,
    SCALING_POLICY,
)
from tests.support.answers.plain_table import PROVISIONED, alarm, answers, mapping, scaling

PROJECT = "restore-demo"
KINESIS = "arn:aws:kinesis:eu-west-1:123456789012:stream/changes"
FLOWING = [{"StreamArn": KINESIS, "DestinationStatus": "ACTIVE"}]


def test_the_whole_page() -> None:
    """Indented for its place, and nothing to be filled in."""
    live = answers(alarms=[alarm("orders-errors"), alarm("too hot")])

    assert page(PROJECT, "orders", document(live), unclaimed(live, {})) == (
        """\
  restore-demo:adoptTables:
    - original
  restore-demo:tables:
    orders:
      names:
        original: orders
      hashKey: id
      attributes:
        - name: id
          type: S
      billingMode: PAY_PER_REQUEST
      alarms:
        errors:
          metricName: SystemErrors
          comparisonOperator: GreaterThanThreshold
          threshold: 0.0
          evaluationPeriods: 1
          period: 60
          statistic: Sum
        too-hot:
          metricName: SystemErrors
          comparisonOperator: GreaterThanThreshold
          threshold: 0.0
          evaluationPeriods: 1
          period: 60
          statistic: Sum
"""
    )


TWO_MODES = [
    {"ContributorInsightsStatus": "ENABLED"},
    {
        "ContributorInsightsStatus": "ENABLED",
        "IndexName": "by-date",
        "ContributorInsightsMode": "THROTTLED_KEYS",
    },
]
WAITS = [
    pytest.param(answers(), [], id="nothing"),
    pytest.param(answers(alarms=[alarm("orders-errors")]), [], id="alarm-as-the-program-calls-it"),
    pytest.param(answers(alarms=[alarm("too hot")]), [], id="alarm-of-another-name"),
    pytest.param(answers(mappings=[mapping("index")]), [], id="mapping"),
    pytest.param(answers(destinations=FLOWING), [], id="kinesis"),
    pytest.param(
        answers(destinations=[*FLOWING, {**FLOWING[0], "StreamArn": f"{KINESIS}-2"}]),
        [
            (
                "kinesisStreamingDestination",
                f"The table feeds two streams, {KINESIS}, {KINESIS}-2, and the config has one.",
            )
        ],
        id="two-destinations",
    ),
    pytest.param(answers(PROVISIONED, **scaling()), [], id="scaling-as-the-program-calls-it"),
    pytest.param(answers(PROVISIONED, **scaling(name="mine")), [], id="scaling-of-another-name"),
    pytest.param(
        answers(**scaling()),
        [("autoScaling.read", "It has no effect on a table that is billed on demand.")],
        id="scaling-left-over",
    ),
    pytest.param(
        answers(insights=[{"ContributorInsightsStatus": "ENABLED", "IndexName": "by-date"}]),
        [
            (
                "contributorInsights",
                "The program watches an index beside its table only, and the table's are off.",
            )
        ],
        id="insights-of-an-index-only",
    ),
    pytest.param(
        answers(insights=TWO_MODES),
        [
            (
                "contributorInsights",
                "Table and indexes differ in their mode, and the config has one.",
            )
        ],
        id="insights-of-two-modes",
    ),
    pytest.param(
        answers(insights=[{"ContributorInsightsStatus": "ENABLED"}], policy="{}"), [], id="puts"
    ),
]
HELD = [
    pytest.param(answers(alarms=[alarm("a")]), (ALARM, "a"), ("alarms", "a"), id="alarm"),
    pytest.param(
        answers(mappings=[mapping("index")]),
        (MAPPING, "orders", "index"),
        ("eventSourceMappings", "index"),
        id="mapping",
    ),
    pytest.param(
        answers(destinations=FLOWING),
        (DESTINATION, "orders", KINESIS),
        ("kinesisStreamingDestination",),
        id="kinesis",
    ),
    pytest.param(
        answers(policy="{}"), (RESOURCE_POLICY, "orders"), ("resourcePolicy",), id="policy"
    ),
    pytest.param(
        answers(PROVISIONED, **scaling(name="mine")),
        (SCALING_POLICY, "table/orders", "dynamodb:table:ReadCapacityUnits"),
        ("autoScaling", "read"),
        id="scaling",
    ),
    pytest.param(
        answers(insights=[{"ContributorInsightsStatus": "ENABLED"}]),
        (INSIGHTS, "orders", "-"),
        ("contributorInsights",),
        id="insights",
    ),
]


@pytest.mark.parametrize(("live", "identity", "path"), HELD)
def test_what_another_resource_of_the_stack_holds_is_not_offered(
    live: Answers, identity: tuple[str, ...], path: tuple[str, ...]
) -> None:
    """Two resources would own it, and a drop would delete what the team's own code made."""
    (part,) = unclaimed(live, {identity: "MetricAlarm pager"})

    assert part.path == path
    assert "MetricAlarm pager" in part.why
    assert unclaimed(live, {}) == []


@pytest.mark.parametrize(("live", "waits"), WAITS)
def test_what_cannot_be_imported_as_it_is_waits(
    live: Answers, waits: list[tuple[str, str]]
) -> None:
    """Imported, it would be changed in the same update."""
    assert [(".".join(part.path), part.why) for part in unclaimed(live, {})] == waits


@pytest.mark.parametrize(("live", "waits"), WAITS)
def test_the_page_without_its_comments_is_the_entry_without_what_waits(
    live: Answers, waits: list[tuple[str, str]]
) -> None:
    """A map of which nothing is left must not stay behind empty."""
    entry, parts = document(live), unclaimed(live, {})

    loaded = YAML(typ="safe").load(page(PROJECT, "orders", entry, parts))

    there = {"names": {"original": "orders"}, **claimed(entry, parts)}
    assert loaded[f"{PROJECT}:tables"]["orders"] == there
    assert len(parts) == len(waits)


def test_one_of_two_scalings_waits_alone() -> None:
    """The one that can be taken over stays declared."""
    both = [scaling("Read"), scaling("Write")]
    both[0]["scaling_policies"][0]["TargetTrackingScalingPolicyConfiguration"] = {"TargetValue": 50}
    live = answers(
        PROVISIONED,
        targets=[each["targets"][0] for each in both],
        scaling_policies=[each["scaling_policies"][0] for each in both],
    )

    entry = claimed(document(live), unclaimed(live, {}))

    assert [*entry["autoScaling"]] == ["write"]


def test_a_policy_on_another_metric_waits_though_its_name_is_right() -> None:
    """An update would put the capacity's use in the place of the metric that someone chose."""
    parts = scaling()
    parts["scaling_policies"][0]["TargetTrackingScalingPolicyConfiguration"] = {"TargetValue": 50}

    assert [part.path for part in unclaimed(answers(PROVISIONED, **parts), {})] == [
        ("autoScaling", "read")
    ]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        pytest.param("orders", "orders", id="as-it-is"),
        pytest.param("prod.shop.orders", "prod-shop-orders", id="dots"),
        pytest.param(255 * "o", 115 * "o", id="long"),
    ],
)
def test_every_table_has_a_key(name: str, key: str) -> None:
    """The names that are made of the key have limits of their own: IAM takes 128 letters."""
    assert table_key(name) == key
