"""What reads a table's changes: Lambda functions on its stream, and a Kinesis stream."""

from collections.abc import Iterator

import pulumi
import pulumi_aws as aws

from stacks.dependants.settings import DependantSettings


def declare_streaming(
    here: str, table: aws.dynamodb.Table, settings: DependantSettings
) -> Iterator[pulumi.Resource]:
    """Event source mappings on the table's own stream, and its Kinesis destination."""
    for key, mapping in (settings.event_source_mappings or {}).items():
        yield aws.lambda_.EventSourceMapping(
            f"{here}.mapping.{key}",
            event_source_arn=table.stream_arn,
            **mapping.model_dump(exclude_none=True),
        )
    if settings.kinesis_streaming_destination:
        yield aws.dynamodb.KinesisStreamingDestination(
            f"{here}.kinesis",
            table_name=table.name,
            **settings.kinesis_streaming_destination.model_dump(exclude_none=True),
        )
