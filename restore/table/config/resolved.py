"""The stack config as the rest of the program sees it: typed, complete, without a mistake."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from restore.table.config.adopted import AdoptDependents
from restore.table.config.dependents import DependentSettings
from restore.table.config.labels import ORIGINAL
from restore.table.config.runbook import RunbookSettings
from restore.table.config.settings import TableSettings

READ_ACTIONS = ("dynamodb:GetItem",)
"""What the walk-through's policy allows."""


@dataclass(frozen=True)
class TableConfig:
    """One entry of `tables`, with its placement folded in.

    Attributes:
        own_keys: The placement keys that are about this table alone.
        placed: Whether these stand below `placements`.
    """

    table: str
    settings: TableSettings
    parameter: str
    policy: str
    dependents: DependentSettings = field(default_factory=DependentSettings)
    read_actions: tuple[str, ...] = READ_ACTIONS
    write_actions: tuple[str, ...] = ()
    write_policy: str | None = None
    active: str = ORIGINAL
    standby: tuple[str, ...] = ()
    adopt: tuple[str, ...] = ()
    rollback_from: str | None = None
    frozen: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    adopt_pointer: bool = False
    adopt_dependents: Mapping[str, AdoptDependents] = field(default_factory=dict)
    own_keys: frozenset[str] = frozenset()
    placed: bool = False

    @property
    def labels(self) -> tuple[str, ...]:
        """Every declared label, once."""
        return tuple(dict.fromkeys((self.active, *self.standby, *self.adopt)))

    def physical(self, label: str) -> str:
        """The DynamoDB table name of `label`."""
        return self.names.get(label, f"{self.table}-{label}-table")

    def key(self, name: str) -> str:
        """The config path that holds `name` for this table."""
        if self.placed:
            return f"placements.{self.table}.{name}"
        return f"tables.{self.table}.{name}" if name in self.own_keys else name


@dataclass(frozen=True)
class StackConfig:
    tables: tuple[TableConfig, ...]
    forget: frozenset[str] = frozenset()
    explicit_provider: bool = False
    runbook: RunbookSettings = field(default_factory=RunbookSettings)

    @property
    def names(self) -> frozenset[str]:
        return frozenset(table.table for table in self.tables)
