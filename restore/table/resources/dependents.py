"""All that hangs on one label's table."""

import pulumi

from restore.table.config.dependents import DependentSettings
from restore.table.resources.alarms import declare_alarms
from restore.table.resources.insights import declare_insights
from restore.table.resources.owner import Owner
from restore.table.resources.resource_policy import declare_resource_policy
from restore.table.resources.scaling import declare_scaling
from restore.table.resources.streaming import declare_streaming

_EVERY_KIND = (
    declare_scaling,
    declare_alarms,
    declare_resource_policy,
    declare_streaming,
    declare_insights,
)


def declare_dependents(owner: Owner, settings: DependentSettings) -> list[pulumi.Resource]:
    """Everything that `settings` declare for the owner's table."""
    return [each for declare in _EVERY_KIND for each in declare(owner, settings)]
