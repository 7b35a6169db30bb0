"""DynamoDB's exceptions that moto lacks, each under AWS's own name (API reference, "Errors")."""

from typing import ClassVar

from moto.core.exceptions import JsonRESTError

PREFIX = "com.amazonaws.dynamodb.v20120810#"


class DynamoError(JsonRESTError):
    name: ClassVar[str]

    def __init__(self, message: str) -> None:
        super().__init__(PREFIX + self.name, message)


class ContinuousBackupsUnavailableError(DynamoError):
    name = "ContinuousBackupsUnavailableException"


class InvalidRestoreTimeError(DynamoError):
    name = "InvalidRestoreTimeException"


class PointInTimeRecoveryUnavailableError(DynamoError):
    name = "PointInTimeRecoveryUnavailableException"


class ResourceInUseError(DynamoError):
    name = "ResourceInUseException"


class ResourceNotFoundError(DynamoError):
    name = "ResourceNotFoundException"


class TableAlreadyExistsError(DynamoError):
    name = "TableAlreadyExistsException"


class TableInUseError(DynamoError):
    name = "TableInUseException"


class TableNotFoundError(DynamoError):
    name = "TableNotFoundException"


class ValidationError(DynamoError):
    name = "ValidationException"
