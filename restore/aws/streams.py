"""What is attached to a table's stream, and so to a stream that the restored table lacks."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from restore.plan.losses.mention import Kind, Mention, Route

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def stream_policies(client: "DynamoDBClient", route: Route) -> Iterator[Mention]:
    """The resource policy of the stream (GetResourcePolicy)."""
    if route.stream is None:
        return
    none = (client.exceptions.PolicyNotFoundException, client.exceptions.ResourceNotFoundException)
    try:
        client.get_resource_policy(ResourceArn=route.stream)
    except none:
        return
    yield Mention(
        Kind.STREAM_POLICY,
        route.stream,
        "is attached to the stream",
        f"aws dynamodb get-resource-policy --resource-arn {route.stream}, and"
        " put-resource-policy with the ARN of the restored table's stream",
    )
