"""What reads a table's changes: looked up, and taken away."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from restore.aws.account import Account
from restore.decide.leftovers import Hanging, Leftover
from restore.model.errors import RestoreError
from restore.table.kinds import DESTINATION

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_lambda import LambdaClient

_LIVE = {"ACTIVE", "ENABLING", "UPDATING", "ENABLE_FAILED"}
_GONE_SECONDS = 120.0


class HangingOn:
    """Kinesis destinations and event source mappings of tables."""

    def __init__(self, account: Account) -> None:
        self._dynamodb: DynamoDBClient = account.client("dynamodb")
        self._lambda: LambdaClient = account.client("lambda")

    def look(self, table: str) -> Hanging:
        """What hangs on `table` (DescribeKinesisStreamingDestination, ListEventSourceMappings)."""
        description = self._dynamodb.describe_table(TableName=table)["Table"]
        stream = description.get("LatestStreamArn")
        return Hanging(tuple(self._destinations(table)), tuple(self._mappings(stream)))

    def remove(self, leftover: Leftover) -> None:
        """Takes it away and waits until AWS has done so.

        Raises:
            RestoreError: it is still there after two minutes.
        """
        if leftover.kind == DESTINATION:
            self._dynamodb.disable_kinesis_streaming_destination(
                TableName=leftover.table, StreamArn=leftover.id
            )
            _until(
                lambda: leftover.id not in self._destinations(leftover.table, "DISABLING"), leftover
            )
            return
        source = self._lambda.delete_event_source_mapping(UUID=leftover.id).get("EventSourceArn")
        _until(lambda: leftover.id not in {uuid for uuid, _ in self._mappings(source)}, leftover)

    def _destinations(self, table: str, *further: str) -> list[str]:
        answer = self._dynamodb.describe_kinesis_streaming_destination(TableName=table)
        return [
            each["StreamArn"]
            for each in answer["KinesisDataStreamDestinations"]
            if each["DestinationStatus"] in _LIVE.union(further)
        ]

    def _mappings(self, stream: str | None) -> list[tuple[str, str]]:
        if stream is None:
            return []
        pages = self._lambda.get_paginator("list_event_source_mappings").paginate(
            EventSourceArn=stream
        )
        return [
            (each["UUID"], each["FunctionArn"])
            for page in pages
            for each in page["EventSourceMappings"]
        ]


def _until(gone: Callable[[], bool], leftover: Leftover, seconds: float = _GONE_SECONDS) -> None:
    give_up = time.monotonic() + seconds
    while not gone():
        if time.monotonic() > give_up:
            raise RestoreError(
                f"AWS has not taken away {leftover.says} within {seconds:.0f} s.",
                "The stack was not touched.",
                "the same command again",
            )
        time.sleep(0.5)
