"""Kinesis streaming destinations. They are kept and shown; no record is sent.

A destination that was disabled stays listed as DISABLED (API reference,
DescribeKinesisStreamingDestination).
"""

from typing import Any

from moto.core.responses import ActionResult
from moto.dynamodb.exceptions import ResourceInUseException, ResourceNotFoundException

from sandbox.emulator.dynamodb.table import SandboxTable

PRECISION = "ApproximateCreationDateTimePrecision"


class StreamingOperations:
    body: dict[str, Any]

    def named_table(self) -> SandboxTable:
        raise NotImplementedError

    def enable_kinesis_streaming_destination(self) -> ActionResult:
        table, arn = self.named_table(), self.body["StreamArn"]
        if table.extras.destinations.get(arn, {}).get("DestinationStatus") == "ACTIVE":
            raise ResourceInUseException(
                "Table is not in a valid state to enable Kinesis Streaming Destination:"
                f" {arn} is enabled already"
            )
        configuration = self.body.get("EnableKinesisStreamingConfiguration", {})
        table.extras.destinations[arn] = {
            "StreamArn": arn,
            "DestinationStatus": "ACTIVE",
            PRECISION: configuration.get(PRECISION, "MILLISECOND"),
        }
        return self._answer(table, "ENABLING", "EnableKinesisStreamingConfiguration")

    def disable_kinesis_streaming_destination(self) -> ActionResult:
        table = self.named_table()
        self._active(table)["DestinationStatus"] = "DISABLED"
        return self._answer(table, "DISABLING", "EnableKinesisStreamingConfiguration")

    def update_kinesis_streaming_destination(self) -> ActionResult:
        table = self.named_table()
        configuration = self.body.get("UpdateKinesisStreamingConfiguration", {})
        self._active(table).update(configuration)
        return self._answer(table, "UPDATING", "UpdateKinesisStreamingConfiguration")

    def describe_kinesis_streaming_destination(self) -> ActionResult:
        table = self.named_table()
        destinations = list(table.extras.destinations.values())
        return ActionResult(
            {"TableName": table.name, "KinesisDataStreamDestinations": destinations}
        )

    def _active(self, table: SandboxTable) -> dict[str, Any]:
        arn = self.body["StreamArn"]
        destination = table.extras.destinations.get(arn)
        if destination is None or destination["DestinationStatus"] != "ACTIVE":
            raise ResourceNotFoundException(f"Table {table.name} does not stream to {arn}")
        return destination

    def _answer(self, table: SandboxTable, status: str, configuration: str) -> ActionResult:
        destination = table.extras.destinations[self.body["StreamArn"]]
        return ActionResult(
            {
                "TableName": table.name,
                "StreamArn": destination["StreamArn"],
                "DestinationStatus": status,
                configuration: {PRECISION: destination[PRECISION]},
            }
        )
