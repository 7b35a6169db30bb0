"""All that hangs on one label's table."""

import pulumi

from stacks.dependants.alarms import declare_alarms
from stacks.dependants.insights import declare_insights
from stacks.dependants.owner import Owner
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


def declare_dependants(owner: Owner, settings: DependantSettings) -> list[pulumi.Resource]:
    """Everything that `settings` declare for the owner's table."""
    return [each for declare in _EVERY_KIND for each in declare(owner, settings)]
