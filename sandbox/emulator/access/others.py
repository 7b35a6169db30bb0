"""Which actions on which resources the calls of further services need.

From the service authorization reference of CloudWatch, Application Auto Scaling, Lambda (event
source mappings only), AWS Backup (plans and their selections only), KMS and Kinesis. What is not
worked out here has no resource: nobody knows which it is.
"""

from collections.abc import Callable
from typing import Any

from sandbox.emulator.access.keys import key_arn

#: An action and the ARN of what it touches, None where nobody knows which it is.
Found = tuple[str, str | None]
Get = Callable[[str], Any]

#: Actions for which AWS knows no resource.
ON_NOTHING = frozenset(
    {
        "application-autoscaling:DescribeScalableTargets",
        "application-autoscaling:DescribeScalingPolicies",
        "application-autoscaling:DescribeScheduledActions",
        "backup:ListBackupPlans",
        "kinesis:ListStreams",
        "kms:ListAliases",
        "lambda:CreateEventSourceMapping",
        "lambda:ListEventSourceMappings",
    }
)


#: What a service's ARNs begin with after the account, and the members that hold the rest.
NAMED_BY = {
    "backup": ("backup-plan:", ("BackupPlanId", "backupPlanId")),
    "cloudwatch": ("alarm:", ("AlarmNames", "AlarmName")),
    "kinesis": ("stream/", ("StreamName",)),
    "lambda": ("event-source-mapping:", ("UUID",)),
}
WHOLE_ARNS = {
    "application-autoscaling": "ResourceARN",
    "cloudwatch": "ResourceARN",
    "kinesis": "StreamARN",
    "lambda": "Resource",
}


def other_needs(service: str, action: str, get: Get, region: str, account: str) -> list[Found]:
    """Return what a call needs; `get` reads one of its request's members."""
    named = f"{service}:{action}"
    if named in ON_NOTHING:
        return [(named, "*")]
    if service in WHOLE_ARNS and (whole := get(WHOLE_ARNS[service])):
        return [(named, str(whole))]
    if service == "kms" and (key := get("KeyId")):
        return [(named, key_arn(key, region, account))]
    prefix = f"arn:aws:{service}:{region}:{account}:"
    resources = [f"{prefix}{resource}" for resource in _resources(service, action, get)]
    return [(named, resource) for resource in resources] or [(named, None)]


def _resources(service: str, action: str, get: Get) -> list[str]:
    if action == "DescribeAlarms":
        return ["alarm:*"]
    if service == "application-autoscaling":
        return ["scalable-target/*"]  # AWS gives a target its id
    kind, members = NAMED_BY.get(service, ("", ()))
    return [f"{kind}{name}" for member in members for name in _values(get, member)]


def _values(get: Get, name: str) -> list[str]:
    """Return a member's value or values, of a JSON request or of a query."""
    if value := get(name):
        return value if isinstance(value, list) else [value]
    members: list[str] = []
    while more := get(f"{name}.member.{len(members) + 1}"):
        members.append(more)
    return members
