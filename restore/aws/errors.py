"""What an error of AWS means, and what to do about it. Pure.

botocore has tried five times by then wherever that may help: after throttling, after an error of
AWS's own, after an answer that did not come.
"""

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

from restore.model.errors import AGAIN, ALLOW, CORRECT, DENIED, EXPIRED, LOGIN, Fault

AwsError = ClientError | BotoCoreError
AWS_ERRORS = (ClientError, BotoCoreError)
"""The same, for an `except`."""
_NO_CREDENTIALS = (
    CredentialRetrievalError,
    NoCredentialsError,
    PartialCredentialsError,
    SSOError,
    TokenRetrievalError,
)
_NO_ANSWER = (ConnectionError, HTTPClientError)
_SERVICE_SIDE = 500


def trouble(error: AwsError) -> Fault:
    """What `error` means."""
    if isinstance(error, ClientError):
        return _refused(error)
    if isinstance(error, _NO_CREDENTIALS):
        return Fault(f"AWS could not be asked: {_sentence(str(error))}", LOGIN)
    if isinstance(error, _NO_ANSWER):
        return Fault(f"AWS did not answer: {_sentence(str(error))}", AGAIN, unsure=True)
    return Fault(f"AWS could not be asked: {_sentence(str(error))}", CORRECT)


def _refused(error: ClientError) -> Fault:
    said = error.response.get("Error", {})
    code, status = said.get("Code", ""), error.response.get("ResponseMetadata", {})
    says = f"AWS answered {code} to {error.operation_name}: {_sentence(said.get('Message', ''))}"
    if code in EXPIRED:
        return Fault(f"The AWS credentials are not valid any more. {says}", LOGIN)
    if status.get("HTTPStatusCode", 0) >= _SERVICE_SIDE:
        return Fault(says, AGAIN, unsure=True)
    return Fault(says, ALLOW if code in DENIED else AGAIN)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!")) else f"{text}."
