"""The stack config as it is written: its keys, their types, and what each may hold."""

from typing import Annotated

from pydantic import Field, StringConstraints

from restore.table.config import patterns
from restore.table.config.adopted import AdoptDependents
from restore.table.config.dependents import DependentSettings, GrantSettings
from restore.table.config.runbook import RunbookSettings
from restore.table.config.settings import Model, TableSettings

Label = Annotated[str, StringConstraints(pattern=patterns.LABEL)]
LeftLabel = Annotated[str, StringConstraints(pattern=patterns.LEFT_LABEL)]
TableKey = Annotated[str, StringConstraints(pattern=patterns.TABLE_KEY)]
TableName = Annotated[str, StringConstraints(pattern=patterns.TABLE_NAME)]
ParameterName = Annotated[str, StringConstraints(pattern=patterns.PARAMETER_NAME)]
PolicyName = Annotated[str, StringConstraints(pattern=patterns.POLICY_NAME)]


class Placement(Model):
    """Which physical tables are declared: stack-wide, or in its place for one table."""

    active_table: Label | None = None
    """The label that clients use. Default: original."""
    standby_tables: list[Label] | None = None
    """Labels that are declared with all their settings, and readable, though not active."""
    adopt_tables: list[Label] | None = None
    """Labels that exist already and are taken over, with base settings only."""
    rollback_from: LeftLabel | None = None
    """Says that going back from this label is meant."""
    frozen_tables: list[Label] | None = None
    """Active or standby labels that nobody may write to: their resource policy denies it."""


class TableEntry(TableSettings, DependentSettings, GrantSettings, Placement):
    """One entry of `tables`: what the table is, what hangs on it, and names that differ."""

    names: dict[Label, TableName] = Field(default_factory=dict)
    """Label → DynamoDB table name. Default: `<table>-<label>-table`."""
    parameter_name: ParameterName | None = None
    """The SSM parameter that names the active table. Default: `<table>-table-name`."""
    policy_name: PolicyName | None = None
    """The IAM policy that allows readActions. Default: `<table>-read-policy`."""
    write_policy_name: PolicyName | None = None
    """The IAM policy that allows writeActions. Default: `<table>-write-policy`."""
    adopt_pointer: bool = False
    """Takes over a parameter and policies that exist already."""
    adopt_dependents: dict[Label, AdoptDependents] = Field(default_factory=dict)
    """Label → dependents of its table that exist already and are taken over by import."""


class StackDocument(Placement):
    """Everything under the project's own namespace of `Pulumi.<stack>.yaml`."""

    tables: Annotated[dict[TableKey, TableEntry], Field(min_length=1)]
    """What the application knows as its tables, each by a key of its own."""
    placements: dict[TableKey, Placement] = Field(default_factory=dict)
    """Table → its placement keys, all of them: no placement key elsewhere counts for this table."""
    forget_tables: list[TableKey] = Field(default_factory=list)
    """Tables that the stack holds and may let go of; AWS keeps them."""
    explicit_provider: bool = False
    """Declares a provider with the settings below `aws:`; see pulumi:disable-default-providers."""
    runbook: RunbookSettings = Field(default_factory=RunbookSettings)
    """What the runbook does around its updates."""
