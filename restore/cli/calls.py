"""What the commands do: the session of a call, and one function for each verb.

Apart from `commands`, which a `--help` imports: boto3, Pulumi and the rest take over a second.
"""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from itertools import islice
from pathlib import Path
from typing import Any

from restore.aws.account import Account
from restore.aws.settings import SettingsReader
from restore.aws.tables import Aws
from restore.cli.edge import guarded
from restore.cli.ending import ending
from restore.cli.options import said
from restore.decide.acceptance import Accepting
from restore.engine.project import project_folder, project_name
from restore.engine.stack import Stack
from restore.model.command import options
from restore.model.errors import RestoreError, UsageError
from restore.model.facts import StackState, TableFacts
from restore.model.nearest import did_you_mean
from restore.model.steps import Step
from restore.model.when import LATEST, said_when
from restore.perform import probe as probing
from restore.perform import transition as updating
from restore.perform.confirm import refuse_unattended
from restore.perform.session import Session
from restore.report.audit import Audit, nowhere
from restore.report.report import Report
from restore.table.config.labels import ORIGINAL, is_label, restored_labels
from restore.table.tags import ProviderTags
from restore.verbs import clean as cleaning
from restore.verbs import describe as describing
from restore.verbs import drop as dropping
from restore.verbs import freeze as freezing
from restore.verbs import plan as planning
from restore.verbs import policy as permitting
from restore.verbs import run as running
from restore.verbs import start as starting
from restore.verbs import status as looking
from restore.verbs import verify as verifying
from restore.verbs import wait as waiting

_LABELS = (ORIGINAL, *islice(restored_labels(), 9))

_ANSWERS = {"status", "plan", "verify"}
"""Verbs that were asked for what they say: `plan > file`, `status | grep`."""

Verb = Callable[..., dict[str, Any] | None]


def call(  # noqa: PLR0913 - one for each option that all verbs share
    name: str,
    *,
    stack: str | None,
    cwd: Path,
    tables: tuple[str, ...],
    as_json: bool,
    sure: bool,
    dry_run: bool,
    label: str | None = None,
    break_lock: str | None = None,
    accept: tuple[str, ...] = (),
    **chosen: Any,
) -> None:
    """Runs a verb. The options that all verbs have make its session; it gets the others."""
    report = Report(as_json=as_json, options=options(cwd, stack), answers=name in _ANSWERS)
    audit = Audit(project_folder(cwd) or cwd, name, said(), report.say)

    def work() -> dict[str, Any] | None:
        report.tell({"tables": {}})
        known, its = _known(label), Stack(cwd, stack)
        audit.stack = its.name
        account = Account(its.provider)
        session = Session(
            its,
            account,
            Aws(account),
            report,
            tables,
            known,
            sure,
            dry_run,
            audit,
            break_lock,
            Accepting(accept),
        )
        # A status is nothing but that.
        with nullcontext() if name == "status" else ending(session):
            return VERBS[name](session, **chosen)

    guarded(name, report, audit, work)


def _known(label: str | None) -> str | None:
    if label is not None and not is_label(label):
        raise UsageError(
            f"{label!r} is no label; labels are original, restored, restored-2, …"
            + did_you_mean(label, _LABELS),
            "Nothing was touched.",
            "the same command with a label that python -m restore status shows",
        )
    return label


def _status(session: Session) -> dict[str, Any]:
    """Where each table stands, and the next step."""
    return looking.status(session)


def _plan(session: Session, to: str | None) -> dict[str, Any]:
    """What a run would do, and what it would not bring back."""
    when = said_when(to)
    return planning.plan(session, when if when.said else LATEST)


def _policy(session: Session) -> dict[str, Any]:
    """The operator's least-privilege IAM document."""
    return permitting.policy(session)


def _start(session: Session, to: str | None) -> None:
    """Start the restore."""
    starting.start(session, said_when(to))


def _wait(session: Session) -> None:
    """Wait until the restore is over."""
    waiting.wait(session)


def _verify(session: Session) -> dict[str, Any]:
    """Compare the restored table's settings with what they must be."""
    return verifying.verify(session, SettingsReader(session.account))


def _adopt(session: Session) -> None:
    """Take the restored table into the stack."""
    updating.update(session, Step.ADOPT)


def _prepare(session: Session) -> None:
    """Configure the restored table with what the restore did not bring."""
    updating.update(session, Step.PREPARE)


def _switch(session: Session) -> None:
    """Point clients to the restored table."""
    updating.update(session, Step.SWITCH)


def _rollback(session: Session) -> None:
    """Point clients back to the table that was active before."""
    updating.update(session, Step.ROLLBACK)


def _drop(session: Session, *, now: bool) -> None:
    """Let all but the active table leave the stack, kept in AWS."""
    dropping.drop(session, now=now)


def _freeze(session: Session) -> None:
    """Deny writes to the active table, for everybody."""
    updating.update(session, Step.FREEZE)


def _thaw(session: Session) -> None:
    """Allow writes again."""
    updating.update(session, Step.THAW)


def _run(
    session: Session, to: str | None, drain: float | None, *, freeze: bool, probe: bool
) -> None:
    """All of it in order, from wherever things stand."""
    when = said_when(to)
    refuse_unattended(session, "run")
    client = probing.client_of(session) if probe else None

    def prove(each: Session, prepared: Sequence[TableFacts]) -> None:
        verifying.prove_settings(each, SettingsReader(each.account), prepared)

    if freeze:
        freezing.freeze_before(session, when)
    running.run(session, when, drain, prove, client)


def _clean(session: Session, label_to_delete: str, confirm: str) -> None:
    """Delete a table that neither stack nor clients use."""
    cleaning.clean(session, str(_known(label_to_delete)), confirm)


def _selected(report: Report) -> tuple[StackState, ProviderTags]:
    """What the selected stack of this folder holds, and what its provider does with tags.

    Nothing where there is none to look into.
    """
    here = Path()
    if project_folder(here) is None:
        return StackState(), ProviderTags()
    try:
        stack = Stack(here)
        return stack.state(), ProviderTags.of(stack.provider())
    except RestoreError as error:
        report.say(f"The selected stack was not looked into: {error.wrong}")
        return StackState(), ProviderTags()


def describe(name: str, *, as_json: bool) -> None:
    """The config for a live table."""
    report = Report(as_json=as_json)

    def work() -> dict[str, Any]:
        stack, tags = _selected(report)
        reader, project = SettingsReader(Account()), project_name(Path())
        return describing.describe(report, reader, name, project, stack, tags)

    guarded("describe", report, nowhere(), work)


VERBS: dict[str, Verb] = {
    "status": _status,
    "plan": _plan,
    "policy": _policy,
    "start": _start,
    "wait": _wait,
    "verify": _verify,
    "adopt": _adopt,
    "prepare": _prepare,
    "switch": _switch,
    "rollback": _rollback,
    "drop": _drop,
    "freeze": _freeze,
    "thaw": _thaw,
    "run": _run,
    "clean": _clean,
}
