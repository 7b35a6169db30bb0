"""A reading of a table's settings that goes on where one part of them is forbidden."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from restore.aws.account import Account
from restore.aws.settings import SettingsReader
from restore.plan.losses.mention import Unseen
from restore.settings.answers import Answers, Key

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import TableDescriptionTypeDef

DENIED = frozenset({"AccessDenied", "AccessDeniedException"})


def denied(error: ClientError, what: str, service: str) -> Unseen:
    """What a refused call kept from sight; any other error is raised again."""
    if error.response.get("Error", {}).get("Code") not in DENIED:
        raise error
    return Unseen(what, f"{service}:{error.operation_name}")


class LenientReader(SettingsReader):
    """Reads what the caller may read.

    Attributes:
        unseen: What was refused, in the order in which it was asked for.
    """

    def __init__(self, account: Account) -> None:
        super().__init__(account)
        self.unseen: list[Unseen] = []

    def look(self, name: str) -> Answers | None:
        """The settings, None where there is no such table or not even its core may be read."""
        try:
            return self.read(name)
        except ClientError as error:
            self.unseen.append(denied(error, "the table's settings", "dynamodb"))
            return None

    def _key_of(self, table: "TableDescriptionTypeDef") -> Key | None:
        try:
            return super()._key_of(table)
        except ClientError as error:
            self.unseen.append(denied(error, "the KMS key", "kms"))
            return None

    def _tags(self, arn: str) -> dict[str, str]:
        try:
            return super()._tags(arn)
        except ClientError as error:
            self.unseen.append(denied(error, "tags", "dynamodb"))
            return {}

    def _policy(self, arn: str) -> str | None:
        try:
            return super()._policy(arn)
        except ClientError as error:
            self.unseen.append(denied(error, "the resource policy", "dynamodb"))
            return None

    def _insights(self, name: str) -> Iterator[Mapping[str, Any]]:
        return self._allowed(super()._insights(name), "Contributor Insights", "dynamodb")

    def _targets(self, table: "TableDescriptionTypeDef") -> Iterator[Mapping[str, Any]]:
        return self._allowed(super()._targets(table), "auto scaling", "application-autoscaling")

    def _policies(self, resources: set[str]) -> Iterator[Mapping[str, Any]]:
        return self._allowed(
            super()._policies(resources), "scaling policies", "application-autoscaling"
        )

    def _alarms(self, name: str) -> Iterator[Mapping[str, Any]]:
        return self._allowed(super()._alarms(name), "alarms", "cloudwatch")

    def _mappings(self, table: "TableDescriptionTypeDef") -> Iterator[Mapping[str, Any]]:
        return self._allowed(super()._mappings(table), "event source mappings", "lambda")

    def _allowed(
        self, answers: Iterator[Mapping[str, Any]], what: str, service: str
    ) -> Iterator[Mapping[str, Any]]:
        try:
            yield from answers
        except ClientError as error:
            self.unseen.append(denied(error, what, service))
