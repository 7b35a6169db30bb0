"""An application that survives the switch: `python examples/application.py`, until Ctrl-C.

It takes an order five times a second, looks it up again, and prints a line of JSON for each.
"""

import json
import sys
import time
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING

import boto3
from aws_lambda_powertools.utilities.parameters import get_parameter
from aws_lambda_powertools.utilities.parameters.exceptions import GetParameterError
from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

POINTER, CACHE_SECONDS = "restore-demo-table-name", 5
DYNAMODB = boto3.resource("dynamodb")


def orders() -> "Table":
    name = get_parameter(POINTER, max_age=CACHE_SECONDS)
    return DYNAMODB.Table(name)


def take(number: int) -> dict[str, object]:
    """One piece of work: it asks for the table once, so that all of it is done in the same one."""
    table, key = orders(), {"id": f"order-{number}"}
    table.put_item(Item={**key, "item": "tea"})
    found = table.get_item(Key=key, ConsistentRead=True)
    return {"table": table.name, "found": "Item" in found}


def main() -> int:
    """Exit code 1 where a request failed."""
    failed = 0
    try:
        for number in count(1):
            try:
                done = take(number)
            except (ClientError, GetParameterError) as error:
                failed, done = failed + 1, {"error": str(error)}
            line = {"at": datetime.now(UTC).isoformat(), "order": number, **done}
            sys.stdout.write(json.dumps(line) + "\n")
            sys.stdout.flush()
            time.sleep(0.2)
    except KeyboardInterrupt:
        pass
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
