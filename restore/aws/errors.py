"""What an error of AWS means for whoever has to go on. Pure.

botocore has tried five times by then wherever that may help: after throttling, after an error of
AWS's own, after an answer that did not come.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionError,  # noqa: A004 - botocore's name
    CredentialRetrievalError,
    HTTPClientError,
    NoCredentialsError,
    PartialCredentialsError,
    SSOError,
    TokenRetrievalError,
)

AwsError = ClientError | BotoCoreError
AGAIN = "the same command again: it carries on"
ALLOW = (
    "python -m restore policy, which prints all that the operator must be allowed; once that is so:"
    f" {AGAIN}"
)
CORRECT = (
    "correct what it names, until aws sts get-caller-identity answers; then the same command: it"
    " carries on"
)
LOGIN = "log in to AWS again (aws sso login, or new keys), then the same command: it carries on"

_EXPIRED = (
    "ExpiredToken",
    "ExpiredTokenException",
    "InvalidClientTokenId",
    "RequestExpired",
    "UnrecognizedClientException",
)
"""Common errors of AWS's API references: the credentials do not serve, or not any more."""
_ENGINE_EXPIRED = (
    *(f"api error {code}:" for code in _EXPIRED),
    "failed to refresh cached credentials",
    "No valid credential sources found",
)
"""The words of the AWS SDK for Go and of the provider."""
_DENIED = frozenset({"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"})
_BUSY = frozenset(
    {
        "LimitExceededException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ServiceUnavailable",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
    }
)
_ENGINE_AGAIN = re.compile(
    rf"StatusCode: 5\d\d|api error ({'|'.join(sorted(_BUSY))}):"
    "|exceeded maximum number of attempts|request send failed"
)
_WRAPPING = re.compile(r"(^|: )\d+ errors? occurred:$")
_LOGGED = re.compile(r"^sdk-v2/\S+ sdk\.helper_schema: (?P<words>.*): provider=\S+$")
_SUMMARIES = {"update failed", "preview failed", "refresh failed"}
_NO_CREDENTIALS = (
    CredentialRetrievalError,
    NoCredentialsError,
    PartialCredentialsError,
    SSOError,
    TokenRetrievalError,
)
_NO_ANSWER = (ConnectionError, HTTPClientError)
_SERVICE_SIDE = 500


@dataclass(frozen=True)
class Trouble:
    """An error of AWS, understood.

    Attributes:
        says: What is wrong, one sentence.
        mend: What to do about it.
        unsure: Whether AWS may have done what it was asked nevertheless.
    """

    says: str
    mend: str
    unsure: bool = False


def trouble(error: AwsError) -> Trouble:
    """What `error` means."""
    if isinstance(error, ClientError):
        return _refused(error)
    if isinstance(error, _NO_CREDENTIALS):
        return Trouble(f"AWS could not be asked: {_sentence(str(error))}", LOGIN)
    if isinstance(error, _NO_ANSWER):
        return Trouble(f"AWS did not answer: {_sentence(str(error))}", AGAIN, unsure=True)
    return Trouble(f"AWS could not be asked: {_sentence(str(error))}", CORRECT)


def essence(said: Iterable[str]) -> str:
    """What the engine and its provider said, each thing once: they say it in up to three ways."""
    lines: dict[str, None] = {}
    for line in (line for message in said for line in message.splitlines()):
        words = line.strip().removeprefix("* ")
        logged = _LOGGED.match(words)
        if words and words not in _SUMMARIES and not _WRAPPING.search(words):
            lines[logged["words"] if logged else words] = None
    return "\n".join(lines)


def engine_mend(text: str) -> str | None:
    """What to do about an AWS error in what the engine said; None where it is none of these."""
    if any(words in text for words in _ENGINE_EXPIRED):
        return LOGIN
    if any(f"api error {code}:" in text for code in _DENIED):
        return ALLOW
    return AGAIN if _ENGINE_AGAIN.search(text) else None


def _refused(error: ClientError) -> Trouble:
    said = error.response.get("Error", {})
    code, status = said.get("Code", ""), error.response.get("ResponseMetadata", {})
    says = f"AWS answered {code} to {error.operation_name}: {_sentence(said.get('Message', ''))}"
    if code in _EXPIRED:
        return Trouble(f"The AWS credentials are not valid any more. {says}", LOGIN)
    if status.get("HTTPStatusCode", 0) >= _SERVICE_SIDE:
        return Trouble(says, AGAIN, unsure=True)
    return Trouble(says, ALLOW if code in _DENIED else AGAIN)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!")) else f"{text}."
