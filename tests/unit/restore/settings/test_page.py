"""The entry as lines to paste, and what of it has to wait."""

import pytest
from ruamel.yaml import YAML

from restore.settings.answers import Answers
from restore.settings.claims import unclaimed
from restore.settings.document import document
from restore.settings.page import PROJECT, claimed, page, table_key
from tests.unit.restore.settings.answered import PROVISIONED, alarm, answers, mapping, scaling

KINESIS = "arn:aws:kinesis:eu-west-1:123456789012:stream/changes"
DESTINATION = [{"StreamArn": KINESIS, "DestinationStatus": "ACTIVE"}]
CAPACITY = "dynamodb:table:ReadCapacityUnits"


def test_the_whole_page() -> None:
    """Indented for its place, and nothing to be filled in."""
    live = answers(alarms=[alarm("orders-errors"), alarm("too hot")])

    assert page("orders", document(live), unclaimed(live)) == (
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
        # 'too hot' would be there a second time, as 'orders-too-hot': aws cloudwatch"""
        """ delete-alarms --alarm-names 'too hot', then uncomment.
        # too-hot:
        #   metricName: SystemErrors
        #   comparisonOperator: GreaterThanThreshold
        #   threshold: 0.0
        #   evaluationPeriods: 1
        #   period: 60
        #   statistic: Sum
"""
    )


WAITS = [
    pytest.param(answers(), [], id="nothing"),
    pytest.param(answers(alarms=[alarm("orders-errors")]), [], id="alarm-as-the-program-calls-it"),
    pytest.param(
        answers(alarms=[alarm("too hot")]),
        [
            (
                "alarms.too-hot",
                (
                    "'too hot' would be there a second time, as 'orders-too-hot':"
                    " aws cloudwatch delete-alarms --alarm-names 'too hot', then uncomment."
                ),
            )
        ],
        id="alarm-of-another-name",
    ),
    pytest.param(
        answers(mappings=[mapping("index")]),
        [
            (
                "eventSourceMappings.index",
                (
                    "Lambda refuses a second mapping of the stream to index:"
                    " aws lambda delete-event-source-mapping --uuid uuid-of-index, then uncomment."
                ),
            )
        ],
        id="mapping",
    ),
    pytest.param(
        answers(destinations=DESTINATION),
        [
            (
                "kinesisStreamingDestination",
                (
                    "AWS refuses to enable a destination twice: aws dynamodb"
                    " disable-kinesis-streaming-destination --table-name orders"
                    f" --stream-arn {KINESIS}, then uncomment."
                ),
            )
        ],
        id="kinesis",
    ),
    pytest.param(answers(PROVISIONED, **scaling()), [], id="scaling-as-the-program-calls-it"),
    pytest.param(
        answers(PROVISIONED, **scaling(name="mine")),
        [
            (
                "autoScaling.read",
                (
                    "A capacity has one policy, and this one is 'mine': aws application-autoscaling"
                    " delete-scaling-policy --service-namespace dynamodb --resource-id table/orders"
                    f" --scalable-dimension {CAPACITY} --policy-name mine, then uncomment."
                ),
            )
        ],
        id="scaling-of-another-name",
    ),
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
                "The program watches an index beside its table only: say true, then uncomment.",
            )
        ],
        id="insights-of-an-index-only",
    ),
    pytest.param(
        answers(insights=[{"ContributorInsightsStatus": "ENABLED"}], policy="{}"), [], id="puts"
    ),
]


@pytest.mark.parametrize(("live", "waits"), WAITS)
def test_what_would_be_made_a_second_time_waits(
    live: Answers, waits: list[tuple[str, str]]
) -> None:
    """Declared as it is, the first update would fail half-way, or alarm twice."""
    assert [(".".join(part.path), part.why) for part in unclaimed(live)] == waits


@pytest.mark.parametrize(("live", "waits"), WAITS)
def test_the_page_without_its_comments_is_the_entry_without_what_waits(
    live: Answers, waits: list[tuple[str, str]]
) -> None:
    """A map of which nothing is left must not stay behind empty."""
    entry, parts = document(live), unclaimed(live)

    loaded = YAML(typ="safe").load(page("orders", entry, parts))

    there = {"names": {"original": "orders"}, **claimed(entry, parts)}
    assert loaded[f"{PROJECT}:tables"]["orders"] == there
    assert len(parts) == len(waits)


def test_one_of_two_scalings_waits_alone() -> None:
    """The one that is as the program makes it stays declared."""
    both = [scaling("Read", name="mine"), scaling("Write")]
    live = answers(
        PROVISIONED,
        targets=[each["targets"][0] for each in both],
        scaling_policies=[each["scaling_policies"][0] for each in both],
    )

    entry = claimed(document(live), unclaimed(live))

    assert [*entry["autoScaling"]] == ["write"]


def test_a_policy_on_another_metric_waits_though_its_name_is_right() -> None:
    """An update would put the capacity's use in the place of the metric that somebody chose."""
    parts = scaling()
    parts["scaling_policies"][0]["TargetTrackingScalingPolicyConfiguration"] = {"TargetValue": 50}

    assert [part.path for part in unclaimed(answers(PROVISIONED, **parts))] == [
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
