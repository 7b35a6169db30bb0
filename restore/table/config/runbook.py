"""What the stack config tells the runbook. The program takes no notice of it."""

from typing import Annotated

from pydantic import Field

from restore.table.config.hooks import Hook
from restore.table.config.settings import Model


class RunbookSettings(Model):
    """What `python -m restore` does around its updates."""

    drain_seconds: Annotated[float, Field(ge=0, le=86_400)] = 300
    """How long clients may hold the old name; `run` waits for it before drop. Default 300."""
    probe_profile: Annotated[str, Field(min_length=1)] | None = None
    """The AWS profile that `run --probe` reads with; the operator's own credentials without it."""
    hooks: list[Hook] = Field(default_factory=list)
    """Commands of your own, run before or after a step, in this order."""
