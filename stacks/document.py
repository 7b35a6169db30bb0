"""The stack config as it is written: its keys, their types, and what each may hold."""

from typing import Annotated

from pydantic import Field, StringConstraints

from stacks import labels
from stacks.settings import Model, TableSettings

_PATTERNS = {
    rf"^{labels.PATTERN}$": "is no label; labels are original, restored, restored-2, restored-3, …",
    rf"^{labels.PATTERN}(:([2-9]|[1-9][0-9]+))?$": (
        "is neither a label nor, for the second time that a label is left, label:2"
    ),
    r"^[A-Za-z0-9_-]{1,200}$": "is no key for a table: letters, digits, - and _ only",
    r"^[A-Za-z0-9_.-]{3,255}$": "is no legal name: 3 to 255 letters, digits, ., - and _",
    r"^[A-Za-z0-9_.\-/]{1,1011}$": "is no legal parameter name: letters, digits, ., -, _ and /",
    r"^[A-Za-z0-9_+=,.@-]{1,128}$": "is no legal policy name: letters, digits and _+=,.@-",
}
_label, _left_label, _table_key, _table_name, _parameter_name, _policy_name = _PATTERNS

Label = Annotated[str, StringConstraints(pattern=_label)]
LeftLabel = Annotated[str, StringConstraints(pattern=_left_label)]
TableKey = Annotated[str, StringConstraints(pattern=_table_key)]
TableName = Annotated[str, StringConstraints(pattern=_table_name)]
ParameterName = Annotated[str, StringConstraints(pattern=_parameter_name)]
PolicyName = Annotated[str, StringConstraints(pattern=_policy_name)]


def pattern_in_words(pattern: str) -> str:
    """What a text that does not match `pattern` is not. Attribute and index names have no entry."""
    return _PATTERNS.get(pattern, "is no legal name")


class Placement(Model):
    """Which physical tables are declared: stack-wide, or in its place for one table."""

    active_table: Label | None = None
    standby_tables: list[Label] | None = None
    adopt_tables: list[Label] | None = None
    rollback_from: LeftLabel | None = None


class TableEntry(TableSettings, Placement):
    """One entry of `tables`: a table's settings, its placement, and names that differ."""

    names: dict[Label, TableName] = Field(default_factory=dict)
    parameter_name: ParameterName | None = None
    policy_name: PolicyName | None = None
    adopt_pointer: bool = False


class StackDocument(Placement):
    """Everything under the project's own namespace of `Pulumi.<stack>.yaml`."""

    tables: Annotated[dict[TableKey, TableEntry], Field(min_length=1)]
    forget_tables: list[TableKey] = Field(default_factory=list)
