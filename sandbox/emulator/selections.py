"""AWS Backup's selections: which resources a plan covers. They are kept; nothing is backed up.

AWS Backup API reference, {Create,Get,List,Delete}BackupSelection and DeleteBackupPlan.
"""

import json
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import uuid4

from moto.backup import models, urls
from moto.backup.exceptions import (
    InvalidParameterValueException,
    InvalidRequestException,
    ResourceNotFoundException,
)
from moto.backup.models import Plan
from moto.backup.responses import BackupResponse
from moto.core.utils import unix_time

from sandbox.emulator.paging import page

MOST_LISTED = 1000


@dataclass(frozen=True)
class Selection:
    plan_id: str
    body: dict[str, Any]
    creator_request_id: str | None
    id: str = field(default_factory=lambda: str(uuid4()))
    created: float = field(default_factory=unix_time)

    @property
    def identity(self) -> dict[str, Any]:
        return {
            "SelectionId": self.id,
            "BackupPlanId": self.plan_id,
            "CreationDate": self.created,
        }

    @property
    def summary(self) -> dict[str, Any]:
        """Return a BackupSelectionsListMember; the resources are in GetBackupSelection alone."""
        named = {name: self.body[name] for name in ("SelectionName", "IamRoleArn")}
        return self.identity | named | self._creator

    @property
    def description(self) -> dict[str, Any]:
        return {**self.identity, "BackupSelection": self.body, **self._creator}

    @property
    def _creator(self) -> dict[str, str]:
        return {"CreatorRequestId": self.creator_request_id} if self.creator_request_id else {}


class SandboxPlan(Plan):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.selections: dict[str, Selection] = {}

    def select(self, body: dict[str, Any], creator_request_id: str | None) -> Selection:
        """Add a selection; a request that is made again finds the one it made."""
        for name in ("SelectionName", "IamRoleArn"):
            if not body.get(name):
                raise InvalidParameterValueException(f"A backup selection needs {name}")
        for known in self.selections.values():
            if creator_request_id and known.creator_request_id == creator_request_id:
                return known
        made = Selection(self.backup_plan_id, body, creator_request_id)
        self.selections[made.id] = made
        return made


class SandboxBackupService(BackupResponse):
    def create_backup_selection(self) -> str:
        request = json.loads(self.body)
        try:
            plan = self._plan()
        except ResourceNotFoundException as error:
            raise InvalidParameterValueException(str(error.description)) from error
        made = plan.select(request["BackupSelection"], request.get("CreatorRequestId"))
        return json.dumps(made.identity)

    def list_backup_selections(self) -> str:
        found = [selection.summary for selection in self._plan().selections.values()]
        params = self._get_params()
        size = int(params.get("maxResults") or MOST_LISTED)
        listed, token = page(found, params.get("nextToken"), size)
        more = {"NextToken": token} if token else {}
        return json.dumps({"BackupSelectionsList": listed, **more})

    def get_backup_selection(self) -> str:
        return json.dumps(self._selection().description)

    def delete_backup_selection(self) -> str:
        del self._plan().selections[self._selection().id]
        return "{}"

    def delete_backup_plan(self) -> str:
        if self._plan().selections:
            raise InvalidRequestException("The backup plan has selections; delete these first")
        return super().delete_backup_plan()

    def _plan(self) -> SandboxPlan:
        plan_id = self.path.split("/plans/")[1].split("/")[0]
        plan = self.backup_backend.plans.get(plan_id)
        if plan is None or plan.deletion_date:
            raise ResourceNotFoundException(f"Cannot find Backup plan {plan_id}")
        return cast("SandboxPlan", plan)

    def _selection(self) -> Selection:
        selection_id = self.path.rstrip("/").rsplit("/", 1)[-1]
        selection = self._plan().selections.get(selection_id)
        if selection is None:
            raise ResourceNotFoundException(f"Cannot find backup selection {selection_id}")
        return selection


def install() -> None:
    """Put these classes in the place of moto's, before its first request."""
    vars(models)["Plan"] = SandboxPlan  # moto's backend makes its plans by this name
    for path in urls.url_paths:
        if "/backup/plans" in path:
            urls.url_paths[path] = SandboxBackupService.dispatch
