"""Parts of a table's entry."""

STREAM = {"streamEnabled": True, "streamViewType": "NEW_IMAGE"}


READER = {"functionName": "indexer", "startingPosition": "LATEST"}


ALARM = {
    "metricName": "SystemErrors",
    "comparisonOperator": "GreaterThanThreshold",
    "threshold": 0,
    "evaluationPeriods": 3,
    "period": 60,
    "statistic": "Sum",
}
