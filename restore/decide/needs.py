"""The AWS actions that a run calls, by itself and through the provider, and on what. Pure.

That the list is whole is proven by tests/engine/test_permissions.py, which takes a table with
everything that can hang on it through a run. What a key's or a stream's own policy grants is not
in it: a simulation knows nothing of those.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from restore.decide.planned import Planned
from restore.decide.starting import StartRestore
from stacks.config import TableConfig

_TABLE = (
    "dynamodb:DescribeContinuousBackups",
    "dynamodb:DescribeKinesisStreamingDestination",
    "dynamodb:DescribeTable",
    "dynamodb:DescribeTimeToLive",
    "dynamodb:GetResourcePolicy",
    "dynamodb:ListContributorInsights",
    "dynamodb:ListTagsOfResource",
    "dynamodb:UpdateContinuousBackups",
    "dynamodb:UpdateTable",
)
_ITEMS = (
    "dynamodb:BatchWriteItem",
    "dynamodb:DeleteItem",
    "dynamodb:GetItem",
    "dynamodb:PutItem",
    "dynamodb:Query",
    "dynamodb:Scan",
    "dynamodb:UpdateItem",
)
"""On the target (Developer Guide, 'Using IAM with DynamoDB backup and restore')."""
_ANYWHERE = (
    "application-autoscaling:DescribeScalableTargets",
    "cloudwatch:DescribeAlarms",
    "ssm:DescribeParameters",
)
"""`verify` asks the first two of every table; the provider the third."""
_PARAMETER = ("ssm:GetParameter", "ssm:ListTagsForResource", "ssm:PutParameter")
_POLICY = (
    "iam:CreatePolicyVersion",
    "iam:DeletePolicyVersion",
    "iam:GetPolicy",
    "iam:GetPolicyVersion",
    "iam:ListPolicyVersions",
)
"""A policy has five versions at most: the provider deletes the oldest one for a sixth."""
_SCALING = (
    "application-autoscaling:DeleteScalingPolicy",
    "application-autoscaling:DeregisterScalableTarget",
    "application-autoscaling:DescribeScalingPolicies",
    "application-autoscaling:ListTagsForResource",
    "application-autoscaling:PutScalingPolicy",
    "application-autoscaling:RegisterScalableTarget",
)
_ALARMS = (
    "cloudwatch:DeleteAlarms",
    "cloudwatch:ListTagsForResource",
    "cloudwatch:PutMetricAlarm",
)
_MAPPINGS = (
    "lambda:CreateEventSourceMapping",
    "lambda:DeleteEventSourceMapping",
    "lambda:GetEventSourceMapping",
    "lambda:ListEventSourceMappings",
    "lambda:ListTags",
)


@dataclass(frozen=True)
class Need:
    """Actions on one resource.

    Attributes:
        resource: An ARN, or `*` for what is called on no resource in particular.
    """

    resource: str
    actions: tuple[str, ...]


def needs(plans: Iterable[Planned]) -> tuple[Need, ...]:
    """What the operator must be allowed to do for the run, each resource once."""
    found: dict[str, dict[str, None]] = {}
    for each in plans:
        for need in _of(each):
            found.setdefault(need.resource, {}).update(dict.fromkeys(need.actions))
    return tuple(Need(resource, tuple(sorted(actions))) for resource, actions in found.items())


def _of(plan: Planned) -> Iterator[Need]:
    if plan.sides is None:
        return
    config, past, restore = plan.facts.config, plan.facts.past, plan.restore
    source, target = (side.arn for side in plan.sides)
    for arn in (source, target):
        yield Need(arn, (*_TABLE, *_on_table(config)))
    if isinstance(restore, StartRestore):
        call = "RestoreTableFromBackup" if restore.backup_arn else "RestoreTableToPointInTime"
        yield Need(restore.backup_arn or source, (f"dynamodb:{call}",))
        yield Need(target, _ITEMS)
    _, partition, _, region, account, _ = source.split(":", 5)
    here = f"arn:{partition}:ssm:{region}:{account}:parameter"
    yield Need(f"{here}/{(past.parameter or config.parameter).removeprefix('/')}", _PARAMETER)
    for name in filter(None, (past.policy or config.policy, config.write_policy)):
        yield Need(f"arn:{partition}:iam::{account}:policy/{name}", _POLICY)
    yield Need("*", (*_ANYWHERE, *_hanging(config)))


def _on_table(config: TableConfig) -> Sequence[str]:
    """What the settings of the table, and what hangs on it in DynamoDB itself, ask for."""
    settings, hanging = config.settings, config.dependants
    asked = {
        "TagResource": settings.tags,
        "UpdateTimeToLive": settings.ttl,
        "PutResourcePolicy": hanging.resource_policy,
        "DeleteResourcePolicy": hanging.resource_policy,
        "EnableKinesisStreamingDestination": hanging.kinesis_streaming_destination,
        "DisableKinesisStreamingDestination": hanging.kinesis_streaming_destination,
        "DescribeContributorInsights": hanging.contributor_insights,
        "UpdateContributorInsights": hanging.contributor_insights,
    }
    return [f"dynamodb:{action}" for action, setting in asked.items() if setting]


def _hanging(config: TableConfig) -> Iterator[str]:
    """What hangs on the table in other services."""
    hanging = config.dependants
    asked = (
        (_SCALING, hanging.auto_scaling),
        (_ALARMS, hanging.alarms),
        (_MAPPINGS, hanging.event_source_mappings),
    )
    for actions, setting in asked:
        yield from actions if setting else ()
    if config.settings.stream_enabled:
        yield "lambda:ListEventSourceMappings"
