"""What an error of AWS means: whether it may have been done, and what fixes it."""

import pytest
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    EndpointConnectionError,
    NoCredentialsError,
    NoRegionError,
    ReadTimeoutError,
    UnauthorizedSSOTokenError,
)

from restore.aws.account import CONFIG
from restore.aws.errors import AwsError, trouble
from restore.engine.diagnosis import engine_fix, essence
from restore.model.errors import AGAIN, ALLOW, CORRECT, LOGIN


def refused(code: str, status: int = 400) -> ClientError:
    answer = {
        "Error": {"Code": code, "Message": "No"},
        "ResponseMetadata": {"HTTPStatusCode": status},
    }
    return ClientError(answer, "DescribeTable")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("error", "says", "fix", "unsure"),
    [
        (refused("AccessDeniedException"), "AWS answered AccessDenied", ALLOW, False),
        (refused("ResourceInUseException"), "AWS answered ResourceInUse", AGAIN, False),
        (refused("ThrottlingException"), "AWS answered Throttling", AGAIN, False),
        (refused("LimitExceededException"), "AWS answered LimitExceeded", AGAIN, False),
        (refused("InternalServerError", 500), "AWS answered InternalServerError", AGAIN, True),
        (refused("ServiceUnavailable", 503), "AWS answered ServiceUnav", AGAIN, True),
        (refused("ExpiredTokenException"), "The AWS credentials are not valid", LOGIN, False),
        (refused("ExpiredToken", 403), "The AWS credentials are not valid", LOGIN, False),
        (NoCredentialsError(), "AWS could not be asked: Unable to locate", LOGIN, False),
        (UnauthorizedSSOTokenError(), "AWS could not be asked: The SSO session", LOGIN, False),
        (ReadTimeoutError(endpoint_url="https://x"), "AWS did not answer: Read", AGAIN, True),
        (ConnectionClosedError(endpoint_url="https://x"), "AWS did not answer: ", AGAIN, True),
        (EndpointConnectionError(endpoint_url="https://x"), "AWS did not answer: ", AGAIN, True),
        (NoRegionError(), "AWS could not be asked: You must", CORRECT, False),
    ],
)
def test_an_error_says_whether_it_may_have_been_done_and_what_fixes_it(
    error: AwsError, says: str, fix: str, *, unsure: bool
) -> None:
    """Anyone who reads it at night does the fix and nothing else."""
    what = trouble(error)

    assert what.says.startswith(says)
    assert what.says.endswith(".")
    assert what.fix.startswith(fix)
    assert what.unsure is unsure


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("operation error SSM: PutParameter, api error ExpiredTokenException: no", LOGIN),
        ("operation error IAM: GetPolicy, api error ExpiredToken: no", LOGIN),
        ("No valid credential sources found", LOGIN),
        ("api error ThrottlingException: Rate exceeded", AGAIN),
        ("https response error StatusCode: 500, RequestID: , InternalServerError: no", AGAIN),
        ("https response error StatusCode: 400, api error AccessDenied: no", ALLOW),
        ("resource 'restore-demo-restored-table' does not exist", None),
    ],
)
def test_the_engine_is_understood_too(text: str, fix: str | None) -> None:
    """Where credentials have expired the fix is to log in, not to look at the stack."""
    assert engine_fix(text) == fix


def test_what_the_provider_said_is_said_once() -> None:
    """It logs an error, returns it, and the engine sums it up: three times the same at night."""
    words = "updating SSM Parameter (orders): api error ExpiredTokenException: no"
    said = [
        f"sdk-v2/provider2.go:571: sdk.helper_schema: {words}: provider=aws@7.51.1",
        f"1 error occurred:\n\t* updating urn:pulumi:x: 1 error occurred:\n\t* {words}\n\n",
        "update failed",
    ]

    assert essence(said) == words


def test_a_silent_endpoint_is_given_up_within_a_minute() -> None:
    """Botocore's own minute for each try makes five minutes of silence."""
    config = vars(CONFIG)
    tries = config["retries"]["total_max_attempts"]

    assert tries >= 3
    assert tries * config["read_timeout"] <= 60
    assert tries * config["connect_timeout"] <= 60
