"""How a verb ends when it does not end well.

Each message is three sentences at most: what is wrong, what was not touched, and the command
that fixes it.
"""

from dataclasses import dataclass


class RestoreError(Exception):
    """A verb that could not do what it was asked.

    Args:
        wrong: What is wrong, one sentence.
        untouched: What was not touched, one sentence.
        fix: The command that fixes it; one that begins with `--` is added to the same command.
    """

    exit_code = 1

    def __init__(self, wrong: str, untouched: str, fix: str) -> None:
        command = f"the same command with {fix}" if fix.startswith("--") else fix
        gap = "\n" if "\n" in wrong else " "
        super().__init__(f"{wrong}{gap}{untouched}\n  fix: {command}")
        self.wrong, self.untouched, self.fix = wrong, untouched, fix


class UsageError(RestoreError):
    """What was asked for makes no sense: exit 2."""

    exit_code = 2


class BlockedError(RestoreError):
    """A person has to decide; nothing was changed: exit 3."""

    exit_code = 3


class EditedError(BlockedError):
    """A parameter is not what the stack made it."""


class ChangedError(BlockedError):
    """The stack config was changed since it was read; what was written there was kept."""


class LockedError(BlockedError):
    """Another engine holds the stack, or one died and left its lock.

    Args:
        text: What the engine said of the lock.
    """

    def __init__(self, text: str) -> None:
        super().__init__(
            "Another update of this stack is running, or one died and left its lock.",
            "Nothing was changed.",
            "wait for it, then the same command",
        )
        self.text = text


class DifferencesError(RestoreError):
    """It is done, and what is there is not what it should be: exit 4."""

    exit_code = 4


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

EXPIRED = (
    "ExpiredToken",
    "ExpiredTokenException",
    "InvalidClientTokenId",
    "RequestExpired",
    "UnrecognizedClientException",
)
"""Common errors of AWS's API references: the credentials do not serve, or not any more."""
DENIED = frozenset({"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"})
BUSY = frozenset(
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
"""The same page: AWS is busy, and the same call works later."""


@dataclass(frozen=True)
class Fault:
    """An error of AWS, understood.

    Attributes:
        says: What is wrong, one sentence.
        fix: What to do about it.
        unsure: Whether AWS may have done what it was asked nevertheless.
    """

    says: str
    fix: str
    unsure: bool = False
