"""The stack and the account in memory, once more, with all the trouble that they can get into.

An effect fails; the engine outlives the runbook; someone deploys in plain Pulumi.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from botocore.exceptions import ClientError

from restore.model.change import Change
from restore.model.errors import RestoreError
from restore.model.facts import Backup, Origin
from restore.table.config.parse import parse
from restore.table.decide import Declaration, decide
from tests.support.configs.documents import TABLE
from tests.support.configs.transitions import STOPS, after
from tests.support.memory.account_and_stack import Effects, FakeAws, FakeProposal, FakeStack, Killed
from tests.support.memory.facts import POINT, WINDOW

PARAMETER = "restore-demo-table-name"


class TroubledEffects(Effects):
    """Effects of which one can fail, before or after it is done, in place of a kill."""

    fails: tuple[int, str] | None = None

    def do(self, what: str) -> None:
        if self.fails is None:
            super().do(what)
            return
        left, moment = self.fails
        self.fails = (left - 1, moment) if left else None
        if left or moment == "after":
            super().do(what)
        if not left:
            self.fail(what)

    def fail(self, what: str) -> None:
        if what.startswith("update"):
            raise RestoreError(f"{what} failed.", "What was done before is done.", "status")
        if what.startswith(("restore", "delete")):
            said = {"Code": "InternalServerError", "Message": what}
            raise ClientError({"Error": said}, what)  # type: ignore[typeddict-item]
        raise RestoreError(f"{what} failed.", "Nothing.", "status")


@dataclass
class WalkAws(FakeAws):
    """Every table that had a restore window leaves a system backup."""

    backups: dict[str, Backup] = field(default_factory=dict)

    def system_backups(self, wanted: str) -> list[Backup]:
        return [self.backups[wanted]] if wanted in self.backups else []

    def restore_backup(self, backup_arn: str, target: str) -> None:
        self.effects.do(f"restore {backup_arn} into {target}")
        (backup,) = [each for each in self.backups.values() if each.arn == backup_arn]
        origin = Origin(backup.source_arn, backup.at, in_progress=True, backup_arn=backup_arn)
        self._create(target, origin)

    def delete(self, wanted: str) -> None:
        self.effects.do(f"delete {wanted}")
        self.vanish(wanted)

    def vanish(self, wanted: str) -> None:
        """The table is gone, anyone who deleted it."""
        gone = self.tables.pop(wanted)
        if gone.window:
            self.backups[wanted] = Backup(f"arn:backup-of-{wanted}", gone.arn, POINT)


class WalkStack(FakeStack):
    """The stack, whose engine may outlive the runbook, and refreshes before it works."""

    outlives = False

    @contextmanager
    def proposal(self, edits: Mapping[tuple[str, ...], Any]) -> Iterator["FakeProposal"]:
        with super().proposal(edits) as proposal:
            yield WalkProposal(self, proposal._texts)  # noqa: SLF001 - the fake's own texts

    def up(self, on_step: Callable[[Change], None]) -> None:
        self.refresh()
        assert all(each.imported for one in self.declared() for each in one.physical)
        super().up(on_step)

    def declared(self) -> tuple[Declaration, ...]:
        return decide(parse(self.texts), self.past)

    def refresh(self) -> None:
        """AWS as it is comes into the state: tables that are gone leave it."""
        past = self.past[TABLE]
        there = {each: its for each, its in past.physical.items() if its in self.aws.tables}
        pointed = self.aws.parameters.get(PARAMETER)
        self.past[TABLE] = replace(past, physical=there, pointed=pointed)


class WalkProposal(FakeProposal):
    """An update that goes on where only the runbook is killed."""

    def carry_out(
        self, begun: Callable[[], None], on_step: Callable[[Change], None], *, refresh: bool = True
    ) -> None:
        stack, effects = self._stack, self._stack.aws.effects
        assert isinstance(stack, WalkStack)
        try:
            super().carry_out(begun, on_step, refresh=refresh)
        except Killed:
            if stack.outlives:
                effects.left, file = None, stack.texts
                stack.texts = self._texts
                stack.up(lambda _: None)
                stack.texts = file
            raise


def by_hand(stack: FakeStack, texts: Mapping[str, str]) -> bool:
    """`pulumi up` in plain Pulumi, which does not refresh; returns whether it went well.

    Raises:
        ProblemsError: the program refuses.
    """
    stack.texts = dict(texts)
    (declared,) = decide(parse(texts), stack.past)
    tables, before = stack.aws.tables, stack.past[TABLE]
    assert all(each.imported for each in declared.physical)
    coming = [each for each in declared.physical if each.label not in before.physical]
    here = tuple(each for each in declared.physical if each.name in tables or each not in coming)
    to_configure = [
        each
        for each in declared.physical
        if each.configured and (each in coming or each.name not in before.covered)
    ]
    stack.aws.effects.do("update by hand as far as tables")
    stack.past[TABLE] = after(before, replace(declared, physical=here), "tables")
    for each in to_configure:
        found = tables.get(each.name)
        if found and found.ready:
            tables[each.name] = replace(found, window=found.window or WINDOW)
    if len(here) < len(declared.physical):
        return False  # does not exist
    if not all(each.name in tables and tables[each.name].ready for each in to_configure):
        return False
    for stop in STOPS[1:]:
        stack.aws.effects.do(f"update by hand as far as {stop}")
        was = stack.past[TABLE]
        stack.past[TABLE] = now = after(before, declared, stop)
        if now.pointed and now.pointed != was.pointed:
            stack.aws.parameters[PARAMETER] = now.pointed
    return True
