"""The Pulumi types of everything that the program declares."""

TABLE = "aws:dynamodb/table:Table"
PARAMETER = "aws:ssm/parameter:Parameter"
POLICY = "aws:iam/policy:Policy"

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
SCALING_TARGET = "aws:appautoscaling/target:Target"
SCALING_POLICY = "aws:appautoscaling/policy:Policy"
RESOURCE_POLICY = "aws:dynamodb/resourcePolicy:ResourcePolicy"
DESTINATION = "aws:dynamodb/kinesisStreamingDestination:KinesisStreamingDestination"
INSIGHTS = "aws:dynamodb/contributorInsights:ContributorInsights"
MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping"

DEPENDENTS = frozenset(
    {ALARM, SCALING_TARGET, SCALING_POLICY, RESOURCE_POLICY, DESTINATION, INSIGHTS, MAPPING}
)
"""What hangs on a table; each goes with its label, where only tables are retained."""
TAGGED = frozenset({PARAMETER, POLICY, ALARM, SCALING_TARGET, MAPPING})
"""What has tags, beside tables."""
