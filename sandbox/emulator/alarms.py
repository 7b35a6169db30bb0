"""CloudWatch's list of alarms, by page: 50 alarms unless another number is asked for, 100 at most.

CloudWatch API reference, DescribeAlarms. There are no composite alarms here, as in moto.
"""

from typing import Any, cast

from moto.cloudwatch import urls
from moto.cloudwatch.responses import CloudWatchResponse
from moto.core.responses import ActionResult

from sandbox.emulator.paging import page

ON_A_PAGE = 50
MOST_LISTED = 100


class SandboxCloudWatch(CloudWatchResponse):
    def describe_alarms(self) -> ActionResult:
        found = cast("dict[str, list[Any]]", super().describe_alarms().result)["MetricAlarms"]
        size = min(int(self._get_param("MaxRecords") or ON_A_PAGE), MOST_LISTED)
        alarms, token = page(found, self._get_param("NextToken"), size)
        return ActionResult({"MetricAlarms": alarms} | ({"NextToken": token} if token else {}))


def install() -> None:
    urls.url_paths["{0}/$"] = SandboxCloudWatch.dispatch
