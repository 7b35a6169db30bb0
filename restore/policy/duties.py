"""Every AWS action that the runbook and the program call, by what it is for.

The one list of them: `policy` prints it, and `plan` asks IAM about the part that a run needs. That
it is whole is proven by tests/engine/test_permissions.py, that nothing in it is idle by
tests/engine/every_policy.py.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from restore.policy.keys import Condition, customers, managed
from restore.policy.scope import Scope
from restore.table.config.dependents import Alarm
from restore.table.config.mapping import EventSourceMapping
from restore.table.config.resolved import TableConfig


class Part(StrEnum):
    """When a duty is asked for."""

    RUN = "run"
    KEY = "key"
    """In a run as well, but a key's own policy may allow it: IAM alone cannot say."""
    FIRST = "first update"
    PLAN = "plan"
    CLEAN = "clean"
    FREEZE = "freeze"


@dataclass(frozen=True)
class Duty:
    """Actions on resources.

    Attributes:
        sid: What it is for, in a word that IAM takes as a statement's Sid.
        resources: ARNs; `*` where AWS knows no resource for these actions.
        condition: As IAM has it: operator → key → values.
    """

    sid: str
    resources: tuple[str, ...]
    actions: tuple[str, ...]
    part: Part = Part.RUN
    condition: Condition = field(default_factory=dict)


_ANYWHERE = ("*",)
_ITEMS = ("BatchWriteItem", "DeleteItem", "GetItem", "PutItem", "Query", "Scan", "UpdateItem")
"""On the target (Developer Guide, 'Using IAM with DynamoDB backup and restore')."""
_USE_OF_A_KEY = ("CreateGrant", "Decrypt", "Encrypt", "GenerateDataKey*", "ReEncrypt*")
"""By DynamoDB, for its caller (Developer Guide, 'Authorizing use of your customer managed
key')."""


def duties(config: TableConfig, scope: Scope) -> tuple[Duty, ...]:
    """All duties of one table that have a resource in the scope."""
    parts = (
        _tables,
        _clients,
        _restores,
        _watched,
        _hanging,
        _keys,
        _first,
        _plan,
        _clean,
        _freeze,
    )
    return tuple(duty for part in parts for duty in part(config, scope) if duty.resources)


def _tables(config: TableConfig, scope: Scope) -> Iterator[Duty]:
    settings, hanging = config.settings, config.dependents
    tables = scope.tables(scope.names)
    read = (
        "DescribeContinuousBackups",
        "DescribeKinesisStreamingDestination",
        "DescribeTable",
        "DescribeTimeToLive",
        "GetResourcePolicy",
        "ListTagsOfResource",
    )
    write = {
        "UpdateContinuousBackups": True,
        "UpdateTable": True,
        "TagResource": settings.tags or scope.tagged,
        "UpdateTimeToLive": settings.ttl,
        "PutResourcePolicy": hanging.resource_policy,
        "DeleteResourcePolicy": hanging.resource_policy,
        "EnableKinesisStreamingDestination": hanging.kinesis_streaming_destination,
        "DisableKinesisStreamingDestination": hanging.kinesis_streaming_destination,
    }
    yield Duty("ReadTables", tables, _of("dynamodb", read))
    asked = (action for action, setting in write.items() if setting)
    yield Duty("FurnishTables", tables, _of("dynamodb", asked))
    if hanging.contributor_insights:
        both = (*tables, *scope.tables(scope.names, "/index/*"))
        insights = ("DescribeContributorInsights", "UpdateContributorInsights")
        yield Duty("Insights", both, _of("dynamodb", insights))


def _clients(_: TableConfig, scope: Scope) -> Iterator[Duty]:
    pointer = _of("ssm", ("GetParameter", "ListTagsForResource", "PutParameter"))
    yield Duty("PointClients", scope.pointer(), pointer)
    # A policy has five versions at most: the provider deletes the oldest one for a sixth.
    versions = ("CreatePolicyVersion", "DeletePolicyVersion", "GetPolicyVersion")
    grants = _of("iam", ("GetPolicy", "ListPolicyVersions", *versions))
    yield Duty("GrantToClients", scope.policies(scope.granted), grants)


def _restores(_: TableConfig, scope: Scope) -> Iterator[Duty]:
    point = ("dynamodb:RestoreTableToPointInTime",)
    yield Duty("RestoreFrom", scope.tables(scope.sources), point)
    yield Duty("RestoreInto", scope.tables(scope.targets), _of("dynamodb", _ITEMS))
    if scope.backups:
        both = (*scope.tables(scope.backups), *scope.tables(scope.targets))
        yield Duty("RestoreDeleted", both, ("dynamodb:RestoreTableFromBackup",))


def _watched(config: TableConfig, scope: Scope) -> Iterator[Duty]:
    """What `verify` looks for on every table, and what the provider lists."""
    where, streaming = scope.where, config.settings.stream_enabled
    listed = (
        "application-autoscaling:DescribeScalableTargets",
        "application-autoscaling:DescribeScalingPolicies",
        "dynamodb:ListBackups",
        "dynamodb:ListContributorInsights",
        "ssm:DescribeParameters",
        *(["kinesis:ListStreams"] if config.dependents.kinesis_streaming_destination else ()),
        *(["lambda:ListEventSourceMappings"] if streaming else ()),
    )
    yield Duty("LookAround", _ANYWHERE, listed)
    alarms = _of("cloudwatch", ("DescribeAlarms", "ListTagsForResource"))
    yield Duty("LookAtAlarms", (where.arn("cloudwatch", "alarm:*"),), alarms)
    if streaming:
        yield Duty("LookAtMappings", _mappings(scope), ("lambda:ListTags",))


def _hanging(config: TableConfig, scope: Scope) -> Iterator[Duty]:
    """What hangs on the table in other services."""
    where, hanging = scope.where, config.dependents
    if hanging.alarms:
        tag = _tag(scope, hanging.alarms.values())
        actions = _of("cloudwatch", ("DeleteAlarms", "PutMetricAlarm", *tag))
        yield Duty("MakeAlarms", scope.alarms(), actions)
    if hanging.auto_scaling:
        actions = (
            "DeleteScalingPolicy",
            "DeregisterScalableTarget",
            "ListTagsForResource",
            "PutScalingPolicy",
            "RegisterScalableTarget",
            *_tag(scope),
        )
        # A target's ARN is an id that AWS gives; its namespace is what there is to know before.
        namespace = {"application-autoscaling:service-namespace": ("dynamodb",)}
        yield Duty(
            "Scale",
            (where.arn("application-autoscaling", "scalable-target/*"),),
            _of("application-autoscaling", actions),
            condition={"StringEqualsIfExists": namespace},
        )
    if hanging.event_source_mappings:
        mappings = hanging.event_source_mappings.values()
        tag = _tag(scope, mappings)
        actions = _of("lambda", ("DeleteEventSourceMapping", "GetEventSourceMapping", *tag))
        yield Duty("ChangeMappings", _mappings(scope), actions)
        functions = tuple(
            sorted(arn for each in mappings for arn in _functions(each.function_name, scope))
        )
        yield Duty(
            "MapFunctions",
            _ANYWHERE,
            ("lambda:CreateEventSourceMapping",),
            condition={"ArnLike": {"lambda:FunctionArn": functions}},
        )
    if hanging.kinesis_streaming_destination:
        # Developer Guide, 'Using IAM policies for Amazon Kinesis Data Streams and DynamoDB'.
        actions = _of("kinesis", ("DescribeStream", "DescribeStreamSummary", "PutRecords"))
        yield Duty("StreamTo", (hanging.kinesis_streaming_destination.stream_arn,), actions)


def _keys(config: TableConfig, scope: Scope) -> Iterator[Duty]:
    encryption = config.settings.server_side_encryption
    if encryption is None or not encryption.enabled:
        return
    look, own = ("kms:DescribeKey",), managed(scope.where)
    yield Duty("LookAtAwsKey", own.arns, look, Part.KEY, own.condition)
    if encryption.kms_key_arn:
        key = customers(encryption, scope.where)
        yield Duty("LookAtKey", key.arns, look, Part.KEY, key.condition)
        via = {"kms:ViaService": (f"dynamodb.{scope.where.region}.amazonaws.com",)}
        condition = {**key.condition, "StringEquals": via}
        yield Duty("UseKey", key.arns, _of("kms", _USE_OF_A_KEY), Part.KEY, condition)


def _first(_: TableConfig, scope: Scope) -> Iterator[Duty]:
    """What the program makes once and the runbook never."""
    created, unmade = scope.tables(scope.created), scope.policies(scope.unmade)
    yield Duty("CreateTable", created, ("dynamodb:CreateTable",), Part.FIRST)
    yield Duty("CreateGrant", unmade, ("iam:CreatePolicy",), Part.FIRST)
    if scope.tagged:
        yield Duty("TagPointer", scope.pointer(), ("ssm:AddTagsToResource",), Part.FIRST)
        yield Duty("TagGrant", scope.policies(scope.granted), ("iam:TagPolicy",), Part.FIRST)


def _plan(config: TableConfig, scope: Scope) -> Iterator[Duty]:
    """What `plan` looks for beyond the table; it says what it may not look at, and goes on."""
    where = scope.where
    listed = (
        "application-autoscaling:DescribeScheduledActions",
        "backup:ListBackupPlans",
        "dynamodb:ListTables",
        "iam:GetAccountAuthorizationDetails",
    )
    yield Duty("PlanAround", _ANYWHERE, listed, Part.PLAN)
    every = (where.arn("dynamodb", "table/*"),)
    yield Duty("PlanQuota", every, ("dynamodb:DescribeTable",), Part.PLAN)
    selections = _of("backup", ("GetBackupSelection", "ListBackupSelections"))
    yield Duty("PlanBackups", (where.arn("backup", "backup-plan:*"),), selections, Part.PLAN)
    if config.settings.stream_enabled:
        streams = scope.tables(scope.names, "/stream/*")
        yield Duty("PlanStreams", streams, ("dynamodb:GetResourcePolicy",), Part.PLAN)
    if mappings := config.dependents.event_source_mappings:
        functions = {
            arn for each in mappings.values() for arn in _functions(each.function_name, scope)
        }
        look = ("lambda:GetFunctionConfiguration",)
        yield Duty("PlanFunctions", tuple(sorted(functions)), look, Part.PLAN)
    operators = (where.iam("role/*"), where.iam("user/*"))
    simulated = _of("iam", ("GetRole", "GetUser", "SimulatePrincipalPolicy"))
    yield Duty("PlanPermissions", operators, simulated, Part.PLAN)


def _clean(_: TableConfig, scope: Scope) -> Iterator[Duty]:
    yield Duty("Clean", scope.tables(scope.names), ("dynamodb:DeleteTable",), Part.CLEAN)


def _freeze(config: TableConfig, scope: Scope) -> Iterator[Duty]:
    """A table that has a resource policy anyway needs no more for a freeze."""
    if not config.dependents.resource_policy:
        actions = _of("dynamodb", ("DeleteResourcePolicy", "PutResourcePolicy"))
        when = Part.RUN if config.frozen else Part.FREEZE
        yield Duty("Freeze", scope.tables(scope.names), actions, when)


def _tag(scope: Scope, tagged: Iterable[Alarm | EventSourceMapping] = ()) -> tuple[str, ...]:
    """Tags come from the config, or from the provider, which puts its default ones on all."""
    return ("TagResource",) if scope.tagged or any(each.tags for each in tagged) else ()


def _mappings(scope: Scope) -> tuple[str, ...]:
    """Every mapping: AWS gives each a UUID, which nobody knows before."""
    return (scope.where.arn("lambda", "event-source-mapping:*"),)


def _functions(name: str, scope: Scope) -> tuple[str, str]:
    """A function by name, `name:qualifier`, partial or whole ARN; with and without a qualifier."""
    whole = name if name.startswith("arn:") else ""
    bare = name.rpartition("function:")[2].partition(":")[0]
    head = whole.partition(":function:")[0] or scope.where.arn("lambda", "").removesuffix(":")
    arn = f"{head}:function:{bare}"
    return arn, f"{arn}:*"


def _of(service: str, actions: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(f"{service}:{action}" for action in actions))


def context(condition: Condition) -> Mapping[str, tuple[str, ...]]:
    """What a call has to bring for a condition of ours to hold."""
    return {key: values for keys in condition.values() for key, values in keys.items()}
