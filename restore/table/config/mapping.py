"""A Lambda function on a table's stream, as the stack config says it."""

from typing import Annotated, Literal

from pydantic import Field

from restore.table.config.settings import Arn, Model


def function_of(name: str) -> str:
    """The function of a name, an ARN or the end of one: with its alias or version, if it has any.

    An alias or a version is a reader of its own.
    """
    return name.rpartition("function:")[2]


class Filter(Model):
    """Events of one kind."""

    pattern: str
    """What an event has to look like, as JSON (Lambda Developer Guide, event filtering)."""


class FilterCriteria(Model):
    """Which events reach the function."""

    filters: list[Filter]
    """An event that matches one of them is let through."""


class OnFailure(Model):
    """Where a batch goes that failed for good."""

    destination_arn: Arn
    """A queue, topic or bucket."""


class DestinationConfig(Model):
    """Where the function's failures go."""

    on_failure: OnFailure
    """Batches that failed for good."""


class EventSourceMapping(Model):
    """A Lambda function that reads the table's stream."""

    function_name: str
    """The function's name or ARN; a function reads a stream once."""
    starting_position: Literal["LATEST", "TRIM_HORIZON"]
    """Where it begins to read: with what is yet to come, or with all that is there."""
    enabled: bool | None = None
    """Whether the function is called; it is unless this says no."""
    batch_size: Annotated[int, Field(ge=1, le=10_000)] | None = None
    """The most records in one call. Default: 100."""
    maximum_batching_window_in_seconds: Annotated[int, Field(ge=0, le=300)] | None = None
    """How long records are gathered for one call. Default: not at all."""
    parallelization_factor: Annotated[int, Field(ge=1, le=10)] | None = None
    """Calls at a time for each shard. Default: 1."""
    maximum_retry_attempts: Annotated[int, Field(ge=-1, le=10_000)] | None = None
    """How often a failed batch is tried again; -1, which is the default: until it expires."""
    maximum_record_age_in_seconds: Annotated[int, Field(ge=-1, le=604_800)] | None = None
    """The age at which a record is given up; -1, which is the default: when the stream drops it."""
    bisect_batch_on_function_error: bool | None = None
    """Whether a failed batch is tried again in halves."""
    tumbling_window_in_seconds: Annotated[int, Field(ge=0, le=900)] | None = None
    """How long a function carries state from call to call."""
    function_response_types: list[Literal["ReportBatchItemFailures"]] | None = None
    """Says that the function names the records that failed."""
    filter_criteria: FilterCriteria | None = None
    """Which events reach the function. Default: all of them."""
    destination_config: DestinationConfig | None = None
    """Where the function's failures go. Default: nowhere."""
    tags: dict[str, str] | None = None
    """Of the mapping itself."""
