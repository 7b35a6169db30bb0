"""A table that nobody can use as it is, and what makes it usable again. Pure."""

_AGAIN = "then the same command"
_KEY = f"Table.SSEDescription, which names its key; enable it for DynamoDB again, {_AGAIN}"
_COPY = "Table.ArchivalSummary, which names the backup that is left of it"
_QUERIES = {
    "INACCESSIBLE_ENCRYPTION_CREDENTIALS": _KEY,
    "ARCHIVING": _COPY,
    "ARCHIVED": _COPY,
}
_WAITERS = {
    "CREATING": "table-exists",
    "UPDATING": "table-exists",
    "DELETING": "table-not-exists",
}


def until_usable(name: str, status: str) -> str:
    """What to do about a table in this status.

    A table whose key cannot be used is archived after seven days (TableStatus and ArchivalSummary
    in DynamoDB's API reference).

    Args:
        name: The table.
        status: TableStatus.
    """
    if waiter := _WAITERS.get(status):
        return f"aws dynamodb wait {waiter} --table-name {name}, {_AGAIN}"
    query = _QUERIES.get(status, f"Table.TableStatus; once that is ACTIVE: {_AGAIN[5:]}")
    return f"aws dynamodb describe-table --table-name {name} --query {query}"
