"""The one call that the AWS provider makes of Application Auto Scaling and moto lacks."""

import json

from moto.applicationautoscaling import urls
from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse


class SandboxAutoScaling(ApplicationAutoScalingResponse):
    def list_tags_for_resource(self) -> str:
        return json.dumps({"Tags": {}})


def install() -> None:
    urls.url_paths["{0}/$"] = SandboxAutoScaling.dispatch
