"""What is printed about a table that nobody can use as it is."""

import pytest

from restore.model.unusable import until_usable

LOOK = "aws dynamodb describe-table --table-name t --query"
ENABLE = "enable it for DynamoDB again, then the same command"


@pytest.mark.parametrize(
    ("status", "fix"),
    [
        ("CREATING", "aws dynamodb wait table-exists --table-name t, then the same command"),
        ("DELETING", "aws dynamodb wait table-not-exists --table-name t, then the same command"),
        (
            "INACCESSIBLE_ENCRYPTION_CREDENTIALS",
            f"{LOOK} Table.SSEDescription, which names its key; {ENABLE}",
        ),
        (
            "ARCHIVED",
            f"{LOOK} Table.ArchivalSummary, which names the backup that is left of it",
        ),
        (
            "REPLICATION_NOT_AUTHORIZED",
            f"{LOOK} Table.TableStatus; once that is ACTIVE: the same command",
        ),
    ],
)
def test_a_status_has_the_command_that_helps_or_says_what_is_left(status: str, fix: str) -> None:
    """To wait for a deleted table, or to look at it again and again, helps nobody."""
    assert until_usable("t", status) == fix
