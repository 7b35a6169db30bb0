"""AWS Backup plans that take a table, by its ARN or by its tags."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from restore.plan.losses.mention import Kind, Mention, Route
from restore.plan.losses.selection import Missed, Selection, missed

if TYPE_CHECKING:
    from mypy_boto3_backup import BackupClient


def selections(client: "BackupClient", route: Route) -> Iterator[Mention]:
    """Each selection that takes the source and not the target (GetBackupSelection)."""
    for plans in client.get_paginator("list_backup_plans").paginate():
        for plan in plans["BackupPlansList"]:
            for each in _selections_of(client, plan["BackupPlanId"]):
                described = client.get_backup_selection(
                    BackupPlanId=plan["BackupPlanId"], SelectionId=each
                )["BackupSelection"]
                miss = missed(Selection.of(described), route)
                if miss:
                    name = f"{described['SelectionName']} of the plan {plan['BackupPlanName']}"
                    yield _mention(name, plan["BackupPlanId"], miss, route)


def _selections_of(client: "BackupClient", plan: str) -> Iterator[str]:
    for page in client.get_paginator("list_backup_selections").paginate(BackupPlanId=plan):
        for each in page["BackupSelectionsList"]:
            yield each["SelectionId"]


def _mention(name: str, plan: str, miss: Missed, route: Route) -> Mention:
    return Mention(
        Kind.BACKUP,
        name,
        f"takes the table {miss.why}",
        f"aws backup create-backup-selection --backup-plan-id {plan}, with {route.target.arn}"
        " among its resources: a selection cannot be changed",
        {"tags": dict(miss.tags)} if miss.tags else None,
    )
