"""What the config of a table names in AWS, looked up."""

from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError

from restore.aws.account import Account
from restore.aws.lenient import denied
from restore.aws.settings import SettingsReader
from restore.plan.declared import Declared, Named, Wanted
from restore.plan.named import ABSENT
from restore.settings.answers import Answers, Key

_SERVICES = {
    "key": "kms",
    "stream": "kinesis",
    "function": "lambda",
    "role": "iam",
    "user": "iam",
    "alarm": "cloudwatch",
}
_NO_SUCH = frozenset(
    {"NotFoundException", "ResourceNotFoundException", "NoSuchEntity", "NoSuchEntityException"}
)


def declared(account: Account, wanted: Wanted) -> Declared:
    """Looks everything up. What the caller may not look at is said as that.

    Args:
        account: Where it is.
        wanted: What to look up.

    Raises:
        ClientError: AWS refused for another reason than a missing permission.
    """
    reader = SettingsReader(account)
    answers: dict[str, Answers] = {}
    states: dict[Named, str] = {}
    unseen: dict[Named, str] = {}
    keys: dict[str, Key | None] = {}
    for each in wanted.sources:
        try:
            found = reader.copied(each.name)
        except ClientError as error:
            unseen[each] = denied(error, each.name, "kms").action
            continue
        if found is not None:
            answers[each.name] = found
    for each in wanted.named:
        service = _SERVICES[each.kind]
        try:
            if each.kind == "key":
                keys[each.name] = reader.key(each.name)
                states[each] = "known" if keys[each.name] else ABSENT
            else:
                states[each] = _LOOK[each.kind](account.client(service), each.name)
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in _NO_SUCH:
                states[each] = ABSENT
            else:
                unseen[each] = denied(error, each.name, service).action
    return Declared(answers, keys, states, unseen)


def _stream(kinesis: Any, arn: str) -> str:
    summary = kinesis.describe_stream_summary(StreamARN=arn)["StreamDescriptionSummary"]
    return str(summary["StreamStatus"])


def _function(client: Any, name: str) -> str:
    return str(client.get_function_configuration(FunctionName=name).get("State", ""))


def _role(iam: Any, name: str) -> str:
    return str(iam.get_role(RoleName=name)["Role"]["RoleName"])


def _user(iam: Any, name: str) -> str:
    return str(iam.get_user(UserName=name)["User"]["UserName"])


def _alarm(cloudwatch: Any, name: str) -> str:
    """The table that it watches; empty where it watches no table."""
    answer = cloudwatch.describe_alarms(AlarmNames=[name])
    for alarm in answer["MetricAlarms"]:
        watched = {each["Name"]: each["Value"] for each in alarm.get("Dimensions", ())}
        return str(watched.get("TableName", ""))
    return "" if answer.get("CompositeAlarms") else ABSENT


_LOOK: dict[str, Callable[[Any, str], str]] = {
    "stream": _stream,
    "function": _function,
    "role": _role,
    "user": _user,
    "alarm": _alarm,
}
