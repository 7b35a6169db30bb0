"""Contributor Insights of a table or an index: on or off, with nothing counted.

What was never turned on is DISABLED and is not listed; what was turned off again still is (API
reference, DescribeContributorInsights and ListContributorInsights).
"""

from typing import Any

from moto.core.responses import ActionResult
from moto.dynamodb.exceptions import ResourceNotFoundException

from sandbox.emulator.dynamodb.clock import as_datetime, clock
from sandbox.emulator.dynamodb.table import SandboxTable
from sandbox.emulator.paging import page

DEFAULT_MODE = "ACCESSED_AND_THROTTLED_KEYS"
MOST_LISTED = 100


class InsightsOperations:
    body: dict[str, Any]

    def named_table(self) -> SandboxTable:
        raise NotImplementedError

    def update_contributor_insights(self) -> ActionResult:
        table, index = self._subject()
        enabled = self.body["ContributorInsightsAction"] == "ENABLE"
        known = table.extras.insights.get(index, {})
        if enabled or known:
            mode = known.get("ContributorInsightsMode", DEFAULT_MODE)
            table.extras.insights[index] = {
                "ContributorInsightsStatus": "ENABLED" if enabled else "DISABLED",
                "ContributorInsightsMode": self.body.get("ContributorInsightsMode", mode),
                "LastUpdateDateTime": as_datetime(clock.now()),
            }
        changing = "ENABLING" if enabled else "DISABLING"
        described = self._describe(table, index)
        return ActionResult({**described, "ContributorInsightsStatus": changing})

    def describe_contributor_insights(self) -> ActionResult:
        return ActionResult(self._describe(*self._subject()))

    def list_contributor_insights(self) -> ActionResult:
        tables = [self.named_table()] if "TableName" in self.body else self.all_tables()
        summaries = [
            self._describe(table, index) for table in tables for index in table.extras.insights
        ]
        size = min(self.body.get("MaxResults") or MOST_LISTED, MOST_LISTED)
        listed, token = page(summaries, self.body.get("NextToken"), size)
        more = {"NextToken": token} if token else {}
        return ActionResult({"ContributorInsightsSummaries": listed, **more})

    def all_tables(self) -> list[SandboxTable]:
        raise NotImplementedError

    def _subject(self) -> tuple[SandboxTable, str | None]:
        table, index = self.named_table(), self.body.get("IndexName")
        if index and index not in {known.name for known in table.global_indexes}:
            raise ResourceNotFoundException(
                f"Requested resource not found: Index: {index} not found"
            )
        return table, index

    def _describe(self, table: SandboxTable, index: str | None) -> dict[str, Any]:
        described = {"TableName": table.name, "ContributorInsightsStatus": "DISABLED"}
        if index:
            described["IndexName"] = index
        return described | table.extras.insights.get(index, {})
