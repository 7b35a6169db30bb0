"""What a restore is told explicitly, taken from the source's description. Pure."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import TableDescriptionTypeDef


def overrides(source: "TableDescriptionTypeDef") -> dict[str, Any]:
    """Billing mode and, where it is provisioned, the capacity of the table and its indexes."""
    mode = source.get("BillingModeSummary", {}).get("BillingMode", "PROVISIONED")
    if mode == "PAY_PER_REQUEST":
        return {"BillingModeOverride": mode}
    explicit: dict[str, Any] = {
        "BillingModeOverride": mode,
        "ProvisionedThroughputOverride": _capacity(source["ProvisionedThroughput"]),
    }
    # An override of the indexes is the whole list of them: one that is left out is not restored.
    indexes = [
        {
            "IndexName": index["IndexName"],
            "KeySchema": index["KeySchema"],
            "Projection": index["Projection"],
            "ProvisionedThroughput": _capacity(index["ProvisionedThroughput"]),
        }
        for index in source.get("GlobalSecondaryIndexes", [])
    ]
    return explicit | ({"GlobalSecondaryIndexOverride": indexes} if indexes else {})


def _capacity(throughput: Any) -> dict[str, int]:
    return {key: throughput[key] for key in ("ReadCapacityUnits", "WriteCapacityUnits")}
