"""Reads through pointer and grant, as an application makes them."""

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from restore.aws.account import Account
from restore.decide.probed import Read

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_ssm import SSMClient

# The SDK's own number of tries, as an application has it: what a switch can break, a missing
# grant or table, is never tried again.
_CONFIG = Config(retries={"mode": "standard"}, connect_timeout=5, read_timeout=10)


class Client:
    """Credentials to read with, where the stack is.

    Args:
        account: The account and region of the stack.
        profile: The AWS profile of a client that has only the grant; None for the operator's own
            credentials.

    Raises:
        UsageError: there is no such profile.
    """

    def __init__(self, account: Account, profile: str | None) -> None:
        who = account.of_profile(profile, "runbook.probeProfile") if profile else account
        self._dynamodb: DynamoDBClient = who.client("dynamodb", _CONFIG)
        self._ssm: SSMClient = who.client("ssm", _CONFIG)
        self.profile = profile

    def name(self, parameter: str) -> str:
        """The active table's name (GetParameter)."""
        return self._ssm.get_parameter(Name=parameter)["Parameter"]["Value"]

    def item(self, name: str, key: dict[str, Any]) -> None:
        """One read by key (GetItem), eventually consistent: half a read unit at most."""
        self._dynamodb.get_item(TableName=name, Key=key)


class Reader:
    """One client of one table, which keeps the pointer's value for a while.

    Args:
        client: The credentials.
        table: The entry of `tables`.
        parameter: The pointer.
        key: The key of an item that need not exist.
        cache_seconds: How long it keeps the value.
    """

    def __init__(
        self, client: Client, table: str, parameter: str, key: dict[str, Any], cache_seconds: float
    ) -> None:
        self._client, self._table, self._parameter = client, table, parameter
        self._key, self._cache_seconds = key, cache_seconds
        self._name: str | None = None
        self._until = 0.0

    def read(self) -> Read:
        """One request of the application: the name, from the cache or again, and an item."""
        error = None
        try:
            self._client.item(self._fresh(), self._key)
        except (ClientError, BotoCoreError) as refused:
            error = str(refused)
        return Read(datetime.now(UTC), self._table, self._name, self._cache_seconds, error)

    def _fresh(self) -> str:
        if self._name is None or time.monotonic() >= self._until:
            self._name = None
            self._name = self._client.name(self._parameter)
            self._until = time.monotonic() + self._cache_seconds
        return self._name
