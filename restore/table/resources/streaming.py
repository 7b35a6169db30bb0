"""What reads a table's changes: Lambda functions on its stream, and a Kinesis stream."""

from collections.abc import Iterator

import pulumi
import pulumi_aws as aws

from restore.table.config.dependents import DependentSettings
from restore.table.resources.owner import Owner

UNKEYED = (
    "amazonManagedKafkaEventSourceConfig",
    "documentDbEventSourceConfig",
    "kmsKeyArn",
    "metricsConfig",
    "provisionedPollerConfig",
    "queues",
    "scalingConfig",
    "selfManagedEventSource",
    "selfManagedKafkaEventSourceConfig",
    "sourceAccessConfigurations",
    "startingPositionTimestamp",
    "topics",
)
"""Properties of a mapping that the config has no key for: hand-set ones are left alone."""


def declare_streaming(owner: Owner, settings: DependentSettings) -> Iterator[pulumi.Resource]:
    """Event source mappings on the table's own stream, and its Kinesis destination.

    Both are deleted before they are replaced: AWS refuses a second mapping of a function to one
    stream, and a second destination to one stream (CreateEventSourceMapping,
    EnableKinesisStreamingDestination).
    """
    for key, mapping in (settings.event_source_mappings or {}).items():
        name = f"mapping.{key}"
        uuid = owner.adoption.ids.get(name, "")
        yield aws.lambda_.EventSourceMapping(
            owner.logical(name),
            event_source_arn=owner.table.stream_arn,
            **mapping.model_dump(exclude_none=True),
            opts=owner.options(name, uuid, UNKEYED, delete_first=True),
        )
    destination = settings.kinesis_streaming_destination
    if destination:
        yield aws.dynamodb.KinesisStreamingDestination(
            owner.logical("kinesis"),
            table_name=owner.table.name,
            **destination.model_dump(exclude_none=True),
            opts=owner.options(
                "kinesis", f"{owner.name},{destination.stream_arn}", delete_first=True
            ),
        )
