"""What the operator may do, as IAM simulates it (SimulatePrincipalPolicy)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from restore.aws.account import CONFIG, Account
from restore.plan.permissions import Need
from restore.plan.surroundings import Permissions

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient

# IAM may be out of reach from a private network, where nobody wants to wait for it.
_SOON = CONFIG.merge(Config(connect_timeout=5, read_timeout=20, retries={"total_max_attempts": 2}))
_UNANSWERED = (ClientError, BotoCoreError, ResponseParserError)


def permissions(account: Account, needs: Iterable[Need]) -> Permissions:
    """Which of the needs the caller lacks. A call that is not answered denies nothing."""
    caller: str = account.client("sts").get_caller_identity()["Arn"]
    iam = account.client("iam", _SOON)
    kind, _, rest = caller.split(":", 5)[5].partition("/")
    if kind not in {"user", "assumed-role"}:
        return Permissions(unseen=f"iam:SimulatePrincipalPolicy (not for {caller})")
    action = "iam:GetRole"
    try:
        arn = caller if kind == "user" else _role(iam, rest)
        action = "iam:SimulatePrincipalPolicy"
        denied = [each for need in needs for each in _denied(iam, arn, need)]
    except _UNANSWERED as error:
        return Permissions(unseen=f"{action} ({_why(error)})")
    return Permissions(
        missing=tuple(each for each, sure in denied if sure),
        unsure=tuple(each for each, sure in denied if not sure),
    )


def _role(iam: "IAMClient", session: str) -> str:
    """The ARN of an assumed role lacks the role's path."""
    return iam.get_role(RoleName=session.partition("/")[0])["Role"]["Arn"]


def _denied(iam: "IAMClient", arn: str, need: Need) -> Iterator[tuple[tuple[str, str], bool]]:
    """(action, resource) of each that is denied, and whether no condition could allow it."""
    pages = iam.get_paginator("simulate_principal_policy").paginate(
        PolicySourceArn=arn,
        ActionNames=list(need.actions),
        ResourceArns=[need.resource],
        ContextEntries=[
            {"ContextKeyName": key, "ContextKeyType": "string", "ContextKeyValues": values[:1]}
            for key, values in need.context.items()
        ],
    )
    for page in pages:
        for result in page["EvaluationResults"]:
            if result["EvalDecision"] != "allowed":
                yield (result["EvalActionName"], need.resource), not _conditions(result)


def _conditions(result: Mapping[str, Any]) -> bool:
    """Whether the decision hangs on a context key that the simulation was not given."""
    parts = [result, *result.get("ResourceSpecificResults", ())]
    return any(part.get("MissingContextValues") for part in parts)


def _why(error: Exception) -> str:
    if isinstance(error, ClientError):
        return str(error.response.get("Error", {}).get("Code"))
    return type(error).__name__
