"""All that a table is and all that names it, in its account and region.

Not looked at: EventBridge Pipes, AppSync data sources, Glue and S3 exports, service control
policies, the policies of other resources (such as KMS keys), other accounts and regions.
"""

from collections.abc import Callable, Iterator
from typing import Any

from botocore.exceptions import ClientError

from restore.aws.access import policies
from restore.aws.account import Account
from restore.aws.alarms import alarms
from restore.aws.backups import selections
from restore.aws.lenient import LenientReader, denied
from restore.aws.schedules import scheduled_actions
from restore.aws.streams import stream_policies
from restore.plan.losses.mention import Mention, Route, Side, Survey, Unseen
from restore.settings.answers import Answers

Read = Callable[[Any, Route], Iterator[Mention]]
_READS: tuple[tuple[str, str, Read], ...] = (
    ("metric-math and composite alarms", "cloudwatch", alarms),
    ("scheduled actions", "application-autoscaling", scheduled_actions),
    ("the stream's resource policy", "dynamodb", stream_policies),
    ("IAM policies", "iam", policies),
    ("backup selections", "backup", selections),
)
"""What is looked for, the service that is asked (which IAM calls the same), and how."""


def survey(account: Account, source: Side, target: Side) -> Survey:
    """What there is to know about `source`, and what names it and does not name `target`.

    Args:
        account: Where both are.
        source: The table that is restored from. Its tags are looked up.
        target: The table that takes its place, with the tags that the stack declares for it.

    Raises:
        ClientError: AWS refused for another reason than a missing permission.
    """
    reader = LenientReader(account)
    answers = reader.look(source.name)
    route = _route(source, target, answers)
    found, unseen = mentions(account, route)
    return Survey(answers, tuple(found), (*reader.unseen, *unseen))


def mentions(account: Account, route: Route) -> tuple[list[Mention], list[Unseen]]:
    """What names the source, and what of that the caller may not look at."""
    found: list[Mention] = []
    unseen: list[Unseen] = []
    for what, service, read in _READS:
        try:
            for mention in read(account.client(service), route):
                found.append(mention)  # noqa: PERF402 - what was found before a refusal counts
        except ClientError as error:
            unseen.append(denied(error, what, service))
    return found, unseen


def _route(source: Side, target: Side, answers: Answers | None) -> Route:
    if answers is None:
        return Route(source, target)
    table = answers.table
    streaming = table.get("StreamSpecification", {}).get("StreamEnabled")
    return Route(
        source=Side(source.name, source.arn, answers.tags),
        target=target,
        indexes=tuple(each["IndexName"] for each in table.get("GlobalSecondaryIndexes", ())),
        stream=table["LatestStreamArn"] if streaming else None,
    )
