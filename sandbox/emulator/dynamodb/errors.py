"""DynamoDB's exceptions that moto lacks, each under AWS's own name (API reference, "Errors")."""

from typing import ClassVar

from moto.core.exceptions import JsonRESTError
from moto.dynamodb.exceptions import ERROR_TYPE_PREFIX


class DynamoError(JsonRESTError):
    name: ClassVar[str]

    def __init__(self, message: str) -> None:
        super().__init__(ERROR_TYPE_PREFIX + self.name, message)


class ContinuousBackupsUnavailableError(DynamoError):
    name = "ContinuousBackupsUnavailableException"


class InvalidRestoreTimeError(DynamoError):
    name = "InvalidRestoreTimeException"


class TableInUseError(DynamoError):
    name = "TableInUseException"
