"""What the engine remembers of this stack: its resources and its outputs.

Resources are saved step by step, outputs only at the end of an update in which nothing that
they depend on failed. So where the two differ, the resources are right.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

HELD = (
    "readCapacity",
    "writeCapacity",
    "globalSecondaryIndexes",
    "onDemandThroughput",
    "warmThroughput",
    "tagsAll",
)
"""The outputs of a table that AWS moves by itself (see owned.py), or that others set."""


def logical_name(table: str, label: str) -> str:
    """The resource name of one label's table. A table's key holds no dot, so this is unique."""
    return f"{table}.{label}"


def write_grant_name(table: str) -> str:
    """The resource name of the second grant; the first one has the table's own."""
    return f"{table}.write"


CONFIGURED = "furnished"
"""The key in the output `known` of a label that ever had all settings. Stacks in use hold it."""


@dataclass(frozen=True)
class Grant:
    """An IAM managed policy in the state: its ARN and its document."""

    arn: str
    document: str


@dataclass(frozen=True)
class TablePast:
    """What is known of one table. The default is a table that nobody has heard of.

    Attributes:
        physical: Label → DynamoDB table name, for the labels in the state.
        arns: Label → ARN, for the labels in the state and for those that were exported last.
        exported: Label → DynamoDB table name, of every label that a complete update ever declared.
        pointed: The value of the pointer in the state, None without a pointer.
        parameter: The pointer's physical name, None without a pointer.
        policy: The grant's physical name, None without a grant.
        write_policy: The physical name of the second grant, None without one.
        covered: The DynamoDB table names that every grant covers: the second one, too, if there is.
        half_covered: Those that one of two grants covers; an update ended between them.
        grants: Logical name → the grant, of those in the state.
        history: The labels that were active, in order, one entry for each flip.
        was_configured: The labels that a complete update ever declared with all settings.
        hanging: (type, logical name) of everything in the state that hangs on a label.
        called: (type, logical name) → its name in AWS, of each alarm and scaling policy in the
            state that belongs to a label; of an event source mapping, which has none, its function.
        adopted: Label → names, such as `alarm.slow`, of the dependents that a complete update ever
            took over for it.
        held: Label → those outputs of its table in the state that AWS moves by itself.
        frozen: The labels whose resource policy in the state denies writes.
        tagged: Label → the keys of the tags that the program gave its table, by itself or by the
            provider's defaults. A label of a time when nobody kept them has none.
        policies: Label → the text of its resource policy in the state.
        tags: (type, logical name) → the tags in the state, of all that has tags beside tables.
    """

    physical: Mapping[str, str] = field(default_factory=dict)
    arns: Mapping[str, str] = field(default_factory=dict)
    exported: Mapping[str, str] = field(default_factory=dict)
    pointed: str | None = None
    parameter: str | None = None
    policy: str | None = None
    write_policy: str | None = None
    covered: frozenset[str] = frozenset()
    half_covered: frozenset[str] = frozenset()
    grants: Mapping[str, Grant] = field(default_factory=dict)
    history: tuple[str, ...] = ()
    was_configured: frozenset[str] = frozenset()
    hanging: frozenset[tuple[str, str]] = frozenset()
    called: Mapping[tuple[str, str], str] = field(default_factory=dict)
    adopted: Mapping[str, frozenset[str]] = field(default_factory=dict)
    held: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    frozen: frozenset[str] = frozenset()
    tagged: Mapping[str, frozenset[str]] = field(default_factory=dict)
    policies: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)

    @property
    def known(self) -> bool:
        """Whether there is any trace of it."""
        return bool(self.physical or self.exported or self.parameter or self.history)

    @property
    def ours(self) -> bool:
        """Whether this program declared it: a parameter alone may be a team's own."""
        granted = self.covered | self.half_covered
        return bool(self.physical or self.exported or self.history or self.pointed in granted)

    @property
    def configured(self) -> frozenset[str]:
        """The labels that had all their settings at any time, as far as the engine knows."""
        granted = self.covered | self.half_covered
        covered = {label for label, name in self.physical.items() if name in granted}
        return self.was_configured | covered | {*self.history}


Past = Mapping[str, TablePast]
