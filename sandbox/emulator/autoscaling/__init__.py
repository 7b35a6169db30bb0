"""Application Auto Scaling of tables. It is kept and shown; what is consumed scales nothing.

target    a scalable target, with its role and tags
policy    a scaling policy, with the alarms that AWS makes for it
handler   the operations
"""

from moto.applicationautoscaling import models, urls

from sandbox.emulator.autoscaling.handler import SandboxAutoScaling
from sandbox.emulator.autoscaling.policy import SandboxPolicy
from sandbox.emulator.autoscaling.target import SandboxTarget


def install() -> None:
    """Put these classes in the place of moto's, before its first request."""
    vars(models)["FakeScalableTarget"] = SandboxTarget  # moto's backend makes both by these names
    vars(models)["FakeApplicationAutoscalingPolicy"] = SandboxPolicy
    urls.url_paths["{0}/$"] = SandboxAutoScaling.dispatch
