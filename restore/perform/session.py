"""What every verb needs: the stack, the account, and what the command line chose."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from restore.aws.account import Account
from restore.aws.hanging import HangingOn
from restore.aws.tables import Aws
from restore.decide.acceptance import Accepting
from restore.engine.stack import Stack
from restore.git import Committed, committed, reminder
from restore.model.command import Scope
from restore.model.facts import Facts
from restore.perform.observe import observe
from restore.report.audit import Audit, nowhere
from restore.report.report import Report
from restore.table.config.parse import parse
from restore.table.config.runbook import RunbookSettings


@dataclass(frozen=True)
class Session:
    """One call of the runbook.

    Attributes:
        account: Where AWS is, and who asks it.
        tables: What `--table` names; none means all.
        label: What `--as` names.
        sure: `--yes`.
        dry_run: `--dry-run`.
        break_lock: `--break-lock`: the id of a lock, empty where it names none, None without it.
        accepting: `--accept`, and what of it a preview has met.
        audit: Where every decision and every effect is noted.
    """

    stack: Stack
    account: Account
    aws: Aws
    report: Report
    tables: Sequence[str] = ()
    label: str | None = None
    sure: bool = False
    dry_run: bool = False
    audit: Audit = field(default_factory=nowhere)
    break_lock: str | None = None
    accepting: Accepting = field(default_factory=Accepting)

    @cached_property
    def hanging(self) -> HangingOn:
        """What hangs on tables; made when it is first needed."""
        return HangingOn(self.account)

    @property
    def scope(self) -> Scope:
        """How the stack is named on the command line."""
        return Scope(self.stack.named)

    def decided(self, says: str, table: str | None = None) -> None:
        """A decision: said, and noted."""
        self.report.say(says)
        self.audit.note("decided", says, table)

    def observe(self) -> Facts:
        facts = observe(self.stack, self.aws, self.tables)
        self.report.observed(facts.tables, self.label)
        return facts

    def settings(self) -> RunbookSettings:
        """What the stack config tells the runbook; AWS is not asked."""
        return parse(self.stack.written()).runbook

    def committed(self) -> Committed:
        """Whether the stack config is what git has committed."""
        return committed(self.stack.file.path)

    def remind(self) -> None:
        """Says at the end of a verb that wrote the stack config that it is to be committed."""
        says = reminder(self.stack.file.shown, self.committed()) if self.stack.wrote else None
        if says:
            self.report.say(says)
