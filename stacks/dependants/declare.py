"""All that hangs on one label's table."""

import pulumi
import pulumi_aws as aws

from stacks.dependants.alarms import declare_alarms
from stacks.dependants.insights import declare_insights
from stacks.dependants.resource_policy import declare_resource_policy
from stacks.dependants.scaling import declare_scaling
from stacks.dependants.settings import DependantSettings
from stacks.dependants.streaming import declare_streaming

_EVERY_KIND = (
    declare_scaling,
    declare_alarms,
    declare_resource_policy,
    declare_streaming,
    declare_insights,
)


def declare_dependants(
    here: str, table: aws.dynamodb.Table, settings: DependantSettings
) -> list[pulumi.Resource]:
    """Everything that `settings` hang on `table`.

    Args:
        here: The logical name of the table, which theirs begin with.
        table: The table, active or standby.
        settings: What hangs on it.
    """
    return [each for declare in _EVERY_KIND for each in declare(here, table, settings)]
