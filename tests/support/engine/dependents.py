"""The dependents of the table with everything, as AWS counts them."""

ALL_THAT_HANGS = {
    "GetResourcePolicy": 1,
    "DescribeKinesisStreamingDestination": 1,
    "ListContributorInsights": 2,
    "DescribeScalableTargets": 4,
    "DescribeScalingPolicies": 4,
    "DescribeAlarms": 2,
    "ListEventSourceMappings": 1,
}
