"""What there is to know before deciding: from AWS, from the stack's state and from its config."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from restore.model.command import Scope
from restore.model.granted import still_allows
from restore.model.places import Places
from restore.table.config.freeze import is_frozen
from restore.table.config.labels import next_label
from restore.table.config.resolved import StackConfig, TableConfig
from restore.table.history import active_now, flips
from restore.table.holders import Holder
from restore.table.past import Past, TablePast


@dataclass(frozen=True)
class Window:
    """The restore window (DescribeContinuousBackups)."""

    earliest: datetime
    latest: datetime


@dataclass(frozen=True)
class Origin:
    """Where a restored table came from (RestoreSummary).

    For a restore from a backup, `at` is the backup's moment.
    """

    source_arn: str
    at: datetime
    in_progress: bool
    backup_arn: str | None = None


@dataclass(frozen=True)
class LiveTable:
    """A DynamoDB table as AWS describes it now.

    Attributes:
        status: TableStatus.
        origin: None for a table that was not restored.
        window: None where point-in-time recovery is off.
        protected: Deletion protection.
        streaming: Whether it has a stream.
        replicas: The regions that a global table is in beside this one.
    """

    name: str
    arn: str
    status: str
    origin: Origin | None = None
    window: Window | None = None
    protected: bool = False
    streaming: bool = False
    replicas: tuple[str, ...] = ()

    @property
    def ready(self) -> bool:
        restoring = self.origin is not None and self.origin.in_progress
        return self.status == "ACTIVE" and not restoring

    @property
    def failed(self) -> bool:
        """Whether it is none that serves, nor one that will."""
        return self.status not in {"CREATING", "UPDATING", "ACTIVE"}

    @property
    def configured(self) -> bool:
        """Whether it carries a setting that no restore brings: someone configured it before."""
        return self.window is not None or self.protected or self.streaming


@dataclass(frozen=True)
class Backup:
    """A system backup that a deletion left behind (ListBackups, SYSTEM)."""

    arn: str
    source_arn: str
    at: datetime


@dataclass(frozen=True)
class StackState:
    """The stack's last checkpoint.

    Attributes:
        retained: URN of each table in the state → whether it carries retainOnDelete.
        pending: What an engine was doing when it died, such as `creating Policy restore-demo`.
        unfinished: What the last update failed or died at, such as `Parameter restore-demo`: there
            the state may say what was wanted instead of what is.
        arns: Logical name → ARN, of each table of ours.
        provider: The version of the AWS provider that made them, None where the state has none.
        credentials: What the provider of our tables reached AWS with at the last update, by its
            config's keys.
        holders: The resources of the kinds that the program declares, ours and those of others.
        since: Logical name → when the stack made or imported it, of each table of ours.
    """

    past: Past = field(default_factory=dict)
    retained: Mapping[str, bool] = field(default_factory=dict)
    pending: tuple[str, ...] = ()
    unfinished: tuple[str, ...] = ()
    arns: Mapping[str, str] = field(default_factory=dict)
    provider: str | None = None
    credentials: Mapping[str, str] = field(default_factory=dict, repr=False)
    holders: tuple[Holder, ...] = ()
    since: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class TableFacts:
    """Everything about one table of the config.

    Attributes:
        live: Label → the DynamoDB table, for each label that has one in AWS.
        pointer: The parameter's value in AWS, None where it does not exist.
        backup: The newest system backup of the active table, where that table does not exist.
        predecessor: The system backup of the table that the stack knew, where that one was deleted
            and another one has its name now.
        attached: Label → the resource policy in AWS, of each table that has one in the state.
        granted: Logical name → the document of the grant in AWS, None where it was deleted. One
            that nobody may look at is left out.
        scope: How a command names it.
    """

    config: TableConfig
    past: TablePast = field(default_factory=TablePast)
    live: Mapping[str, LiveTable] = field(default_factory=dict)
    pointer: str | None = None
    backup: Backup | None = None
    predecessor: Backup | None = None
    attached: Mapping[str, str | None] = field(default_factory=dict)
    granted: Mapping[str, str | None] = field(default_factory=dict)
    scope: Scope = field(default_factory=Scope)

    @property
    def stripped(self) -> tuple[str, ...]:
        """The labels whose table has lost the resource policy that the state holds."""
        return tuple(label for label, text in self.attached.items() if text is None)

    @property
    def frozen(self) -> frozenset[str]:
        """The labels to which nobody can write: the state says so, and AWS does not deny it."""
        open_again = {label for label, text in self.attached.items() if not is_frozen(text or "{}")}
        return self.past.frozen - open_again

    @property
    def active(self) -> str | None:
        """The label that the state's pointer names, None before the first update."""
        return active_now(self.config, self.past)

    @property
    def history(self) -> tuple[str, ...]:
        return flips(self.config, self.past)

    @property
    def configured(self) -> frozenset[str]:
        """Labels in the state with all their settings: those that every grant covers."""
        return frozenset(
            label for label, name in self.past.physical.items() if name in self.past.covered
        )

    @property
    def denied(self) -> frozenset[str]:
        """Labels that the state's grants cover, and those in AWS do not: someone edited them."""
        grants = self.past.grants
        return frozenset(
            label
            for label in self.configured
            for logical, living in self.granted.items()
            if not still_allows(grants[logical].document, living, self.past.physical[label])
        )

    @property
    def readable(self) -> frozenset[str]:
        """Labels with all their settings that clients may use, as far as it could be looked up."""
        return self.configured - self.denied

    @property
    def fresh_label(self) -> str:
        """A label that was never used, for the next restore."""
        return next_label({*self.history, *self.past.physical, *self.live})

    def was_configured(self, label: str) -> bool:
        """Whether `label` has, or once had, settings that an import of a bare table would take."""
        live = self.live.get(label)
        return label in self.past.configured or (live is not None and live.configured)

    def physical(self, label: str) -> str:
        """The DynamoDB name of `label`: the state knows better than the config."""
        return self.past.physical.get(label) or self.config.physical(label)

    @property
    def still_frozen(self) -> str:
        """What to add to a failure where writes to the active table are denied; or nothing."""
        if self.active not in self.frozen:
            return ""
        name = self.physical(str(self.active))
        return f" Writes to {name} stay denied; to allow them: {self.command('thaw')}"

    def command(self, *verbs: str) -> str:
        """`python -m restore …` with one of these verbs, about this table."""
        return self.scope.command(*verbs)

    def clean(self, label: str) -> str:
        """The command that deletes the table of `label`."""
        verb = f"clean {label} --confirm {self.physical(label)}"
        return self.scope.command(verb, alone=True)


@dataclass(frozen=True)
class Facts:
    """One observation. Nothing in it is remembered from an earlier one.

    Attributes:
        written: The texts that `config` was parsed from, by key, without the namespace. They may
            hold secrets.
        places: Where these keys stand.
    """

    stack: str
    config: StackConfig
    state: StackState
    tables: tuple[TableFacts, ...]
    account: str = ""
    region: str = ""
    written: Mapping[str, str] = field(default_factory=dict, repr=False)
    places: Places = field(default_factory=Places)
