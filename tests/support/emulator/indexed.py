"""A table with indexes, on demand and provisioned, and how it is described."""

from typing import Any

CAPACITY = {"ReadCapacityUnits": 7, "WriteCapacityUnits": 3}
INDEX_CAPACITY = {"ReadCapacityUnits": 5, "WriteCapacityUnits": 2}
BY_STATE: Any = {
    "IndexName": "by-state",
    "KeySchema": [{"AttributeName": "state", "KeyType": "HASH"}],
    "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["note"]},
}
BY_NOTE: Any = {
    "IndexName": "by-note",
    "KeySchema": [
        {"AttributeName": "id", "KeyType": "HASH"},
        {"AttributeName": "note", "KeyType": "RANGE"},
    ],
    "Projection": {"ProjectionType": "KEYS_ONLY"},
}
INDEXED: Any = {
    "KeySchema": [
        {"AttributeName": "id", "KeyType": "HASH"},
        {"AttributeName": "at", "KeyType": "RANGE"},
    ],
    "AttributeDefinitions": [
        {"AttributeName": name, "AttributeType": "S"} for name in ("id", "at", "state", "note")
    ],
    "GlobalSecondaryIndexes": [BY_STATE],
    "LocalSecondaryIndexes": [BY_NOTE],
}
PROVISIONED: Any = INDEXED | {
    "BillingMode": "PROVISIONED",
    "ProvisionedThroughput": CAPACITY,
    "GlobalSecondaryIndexes": [{**BY_STATE, "ProvisionedThroughput": INDEX_CAPACITY}],
}


def units(described: Any) -> dict[str, int]:
    return {name: described["ProvisionedThroughput"][name] for name in CAPACITY}
