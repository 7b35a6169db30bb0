"""A stack and an account in memory, in place of `Stack` and `Aws`. Every effect is recorded.

The stack is the program itself over a past (`restore.table.decide`) and does in an update what the
engine does, in its order. Either can be killed before any of its effects.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from restore.aws.account import Account
from restore.aws.tables import Aws
from restore.decide.placement import edited
from restore.engine.configfile import ConfigFile
from restore.engine.lock import Lock
from restore.engine.stack import Stack
from restore.model.change import Change
from restore.model.errors import RestoreError
from restore.model.facts import Backup, LiveTable, Origin, StackState
from restore.model.places import Places
from restore.model.provider import Chosen, Place
from restore.perform.session import Session
from restore.report.report import Report
from restore.table.config.parse import parse
from restore.table.decide import Declaration, decide
from restore.table.kinds import PARAMETER, POLICY, RESOURCE_POLICY, TABLE
from restore.table.past import TablePast, logical_name
from restore.table.place import ProviderConfig
from tests.support.configs.documents import TABLE as DEMO
from tests.support.configs.documents import walk_through
from tests.support.configs.transitions import after
from tests.support.memory.facts import POINT, WAYS, WINDOW, arn, name, original, past_by, restored

URN = "urn:pulumi:dev::restore-demo::"


class Killed(BaseException):
    """The process is gone: nothing may catch this."""


class Clock:
    """Time that passes only where someone sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@dataclass
class Effects:
    """What was done, in order; with `left`, so many effects before the process is killed."""

    done: list[str] = field(default_factory=list)
    left: int | None = None

    def do(self, what: str) -> None:
        if self.left is not None:
            if self.left == 0:
                raise Killed(what)
            self.left -= 1
        self.done.append(what)


@dataclass
class FakeAws:
    """Tables by name. A restore is over after so many looks at its table."""

    effects: Effects
    tables: dict[str, LiveTable]
    parameters: dict[str, str]
    backup: Backup | None = None
    looks: int = 2
    hidden: int = 0
    region: str = "eu-west-1"
    partition: str = "aws"
    policies: frozenset[str] = frozenset()
    changed: datetime | None = None
    grants: dict[str, str | None] = field(default_factory=dict)

    def place(self) -> Place:
        return Place("123456789012", Chosen(self.region, "AWS_REGION"), "AWS_PROFILE")

    def table(self, wanted: str) -> LiveTable | None:
        found = self.tables.get(wanted)
        if found is None or found.status != "CREATING":
            return found
        if self.hidden:
            self.hidden -= 1
            return None
        self.looks -= 1
        if self.looks < 0 and found.origin:
            over = replace(found.origin, in_progress=False)
            self.tables[wanted] = replace(found, status="ACTIVE", origin=over)
        return found

    def system_backups(self, wanted: str) -> list[Backup]:
        return [self.backup] if self.backup and self.backup.source_arn.endswith(wanted) else []

    def parameter(self, wanted: str) -> str | None:
        return self.parameters.get(wanted)

    def parameter_changed(self, wanted: str) -> datetime | None:
        return self.changed if wanted in self.parameters else None

    def policy(self, its_arn: str) -> str | None:
        return "{}" if its_arn in self.policies else None

    def grant(self, its_arn: str) -> str | None:
        if its_arn not in self.grants:
            raise PermissionError
        return self.grants[its_arn]

    def restore(self, source: str, target: str, at: datetime) -> None:
        self.effects.do(f"restore {source} to {at:%H:%M:%S} into {target}")
        self._create(target, Origin(self.tables[source].arn, at, in_progress=True))

    def restore_backup(self, backup_arn: str, target: str) -> None:
        self.effects.do(f"restore {backup_arn} into {target}")
        assert self.backup
        self._create(
            target,
            Origin(self.backup.source_arn, self.backup.at, in_progress=True, backup_arn=backup_arn),
        )

    def delete(self, wanted: str) -> None:
        self.effects.do(f"delete {wanted}")
        del self.tables[wanted]

    def _create(self, target: str, origin: Origin) -> None:
        assert target not in self.tables, "AWS refuses a table that is there"
        its_arn = origin.source_arn.rpartition("/")[0] + f"/{target}"
        self.tables[target] = LiveTable(target, its_arn, "CREATING", origin)


class FakeStack:
    """One table of the walk-through, or more."""

    name = "dev"
    named = ""
    engine = "3.259.0"
    folder = Path("/no/such/folder")
    file = ConfigFile(
        Path("/no/such/folder/stacks/Pulumi.dev.yaml"), "restore-demo", "stacks/Pulumi.dev.yaml"
    )

    def __init__(self, aws: FakeAws, texts: Mapping[str, str], past: dict[str, TablePast]) -> None:
        self.aws, self.texts, self.past = aws, dict(texts), past
        self.wrote = False
        self.bare = frozenset[str]()
        self.drift: list[Change] = []
        self.refreshed: list[bool] = []
        self.extra: list[Change] = []
        self.by_hand: list[Change] = []
        self.broken: list[Lock] = []
        self.held: tuple[Lock, ...] = ()
        self.config: dict[str, str] = {}

    def written(self) -> dict[str, str]:
        return dict(self.texts)

    def places(self) -> Places:
        return Places(file=frozenset(self.texts))

    def provider(self) -> dict[str, str]:
        return {}

    def providers(self) -> ProviderConfig:
        return ProviderConfig.of(self.config)

    def state(self) -> StackState:
        retained = {
            f"{URN}{TABLE}::{logical_name(table, label)}": label not in self.bare
            for table, past in self.past.items()
            for label in past.physical
        }
        return StackState(dict(self.past), retained)

    def locks(self) -> tuple[Lock, ...]:
        return self.held

    def break_locks(self, locks: Sequence[Lock]) -> None:
        self.broken += locks

    @contextmanager
    def proposal(self, edits: Mapping[tuple[str, ...], Any]) -> Iterator["FakeProposal"]:
        yield FakeProposal(self, edited(self.texts, edits))

    def preview(self, config: Path | None = None, *, untouched: str = "") -> list[Change]:
        assert config is None
        assert untouched
        for past in self.past.values():
            self._refuse_absent(past.physical.values())
        return self.drift

    def up(self, on_step: Callable[[Change], None]) -> None:
        for change in self.changes(self.texts):
            on_step(change)
        for declared in decide(parse(self.texts), self.past):
            before = self.past.get(declared.table, TablePast())
            for stop in ("tables", "grant", "pointer", "end"):
                self.aws.effects.do(f"update {declared.table} as far as {stop}")
                self.past[declared.table] = past = after(before, declared, stop)
                self._configure(declared)
                if past.parameter and past.pointed:
                    self.aws.parameters[past.parameter] = past.pointed

    def changes(self, texts: Mapping[str, str]) -> list[Change]:
        """What an update would do, as the engine's preview tells it."""
        declarations = decide(parse(texts), self.past)
        return [each for declared in declarations for each in self._changes(declared)] + self.extra

    def _changes(self, declared: Declaration) -> Iterator[Change]:
        past = self.past.get(declared.table, TablePast())
        self._refuse_absent(each.name for each in declared.physical if each.imported)
        for each in declared.physical:
            urn = f"{URN}{TABLE}::{logical_name(declared.table, each.label)}"
            bare = self.aws.tables[each.name].window is None
            lacks = frozenset({"pointInTimeRecovery"} if each.configured and bare else ())
            if each.label not in past.physical:
                yield Change("import", urn, lacks)
            elif lacks:
                yield Change("update", urn, lacks)
            if each.frozen != (each.label in past.frozen):
                op = "create" if each.frozen else "delete"
                yield Change(op, f"{URN}{RESOURCE_POLICY}::{declared.table}.{each.label}.policy")
        if past.covered != {each.name for each in declared.physical if each.configured}:
            yield Change("update", f"{URN}{POLICY}::{declared.table}", frozenset({"policy"}))
        names = {each.label: each.name for each in declared.physical}
        if past.pointed != names[declared.active]:
            yield Change("update", f"{URN}{PARAMETER}::{declared.table}", frozenset({"value"}))
        for label in past.physical:
            if label not in names:
                yield Change("delete", f"{URN}{TABLE}::{logical_name(declared.table, label)}")
                if label in past.frozen:
                    name = f"{logical_name(declared.table, label)}.policy"
                    yield Change("delete", f"{URN}{RESOURCE_POLICY}::{name}")

    def _configure(self, declared: Declaration) -> None:
        for each in declared.physical:
            if each.configured:
                found = self.aws.tables[each.name]
                self.aws.tables[each.name] = replace(found, window=found.window or WINDOW)

    def _refuse_absent(self, names: Any) -> None:
        for each in names:
            if each not in self.aws.tables:
                raise RestoreError(f"{each} does not exist", "Nothing was touched.", "status")


class FakeProposal:
    def __init__(self, stack: FakeStack, texts: dict[str, str]) -> None:
        self._stack, self._texts = stack, texts

    def preview(self, *, refresh: bool = True) -> list[Change]:
        """Without a look at AWS, what was edited there by hand is not seen."""
        if not refresh:
            return list(self._stack.extra)
        return self._stack.changes(self._texts) + self._stack.by_hand

    def write(self) -> None:
        self._stack.aws.effects.do("write the config")
        self._stack.texts, self._stack.wrote = self._texts, True

    def carry_out(
        self, begun: Callable[[], None], on_step: Callable[[Change], None], *, refresh: bool = True
    ) -> None:
        self._stack.refreshed.append(refresh)
        begun()
        self._stack.up(on_step)


@dataclass
class World:
    """All there is."""

    aws: FakeAws
    stack: FakeStack

    @property
    def effects(self) -> list[str]:
        return self.aws.effects.done

    @property
    def past(self) -> TablePast:
        return self.stack.past[DEMO]

    def session(self, **chosen: Any) -> Session:
        """A call; where nobody can be asked, one with `--yes`."""
        report = chosen.pop("report", None) or Report(as_json=False)
        chosen.setdefault("sure", not report.can_ask)
        stack, aws = cast("Stack", self.stack), cast("Aws", self.aws)
        account = Account(lambda: {"region": self.aws.region})
        return Session(stack, account, aws, report, **chosen)


def world(way: str = "serving", *more: LiveTable, gone: tuple[str, ...] = ()) -> World:
    """The world after `way`, without the tables of the labels in `gone`."""
    past = past_by(way)
    labels = dict.fromkeys((*past.physical, *past.history))
    tables = {name(label): _standing(label, past) for label in labels if label not in gone}
    tables |= {each.name: each for each in more}
    pointer = {past.parameter: past.pointed} if past.parameter and past.pointed else {}
    backup = Backup("arn:backup", arn(gone[0]), POINT) if gone else None
    aws = FakeAws(Effects(), tables, dict(pointer), backup)
    last = way.rsplit(maxsplit=1)[-1].partition("!")[0] if way else "serving"
    return World(aws, FakeStack(aws, walk_through(**WAYS[last]), {DEMO: past} if way else {}))


def _standing(label: str, past: TablePast) -> LiveTable:
    if label == "original":
        return original()
    configured = name(label) in past.covered or label in past.history
    return restored(label, window=WINDOW if configured else None)
