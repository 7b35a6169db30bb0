"""A restore call that ends in an error."""

from datetime import datetime

from botocore.exceptions import ClientError

from tests.support.memory.account_and_stack import World


def refused(code: str, status: int = 400, operation: str = "Restore") -> ClientError:
    answer = {
        "Error": {"Code": code, "Message": "no"},
        "ResponseMetadata": {"HTTPStatusCode": status},
    }
    return ClientError(answer, operation)  # type: ignore[arg-type]


def failing(there: World, error: Exception, *, done: bool) -> World:
    """The restore call ends in `error`, and was done nevertheless or not."""
    whole = there.aws.restore

    def restore(source: str, target: str, at: datetime) -> None:
        if done:
            whole(source, target, at)
        raise error

    there.aws.restore = restore  # type: ignore[method-assign]
    return there
