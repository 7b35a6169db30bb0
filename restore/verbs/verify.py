"""`verify`: whether each restored table is what it must be. Its settings; no item is read."""

from collections.abc import Sequence
from typing import Any

from restore.aws.settings import SettingsReader
from restore.decide.subject import Subject, subject
from restore.decide.verify import Than, Verdict, fix, refusal
from restore.model.errors import BlockedError, DifferencesError, UsageError
from restore.model.facts import TableFacts
from restore.perform.session import Session
from restore.settings.differences import Comparison, compare
from restore.settings.document import document, with_own_dependents
from restore.settings.normal import Tree, entry_of, of_table, with_dependents_tags, with_tags
from restore.table.config.explain import set_command
from restore.table.tags import ProviderTags

_UNTOUCHED = "Nothing was touched, and the data was not compared."


def verify(session: Session, aws: SettingsReader) -> dict[str, Any]:
    """Compares each restored table with the config, and with what it was restored from.

    Returns:
        What `--json` prints: `{differences: [{path, here, there, than}], compared: N, otherTags:
        {<DynamoDB name>: {key: value}}}`; the last are tags that someone else put on the table.

    Raises:
        DifferencesError: there are differences; `--json` prints them all the same.
        BlockedError: there is no restored table, or it is not there yet.
        UsageError: the chosen label has no table, or the config names a key that is not there.
    """
    tables = session.observe().tables
    verdicts = _verdicts(session, aws, tables)
    found = [finding for verdict in verdicts for finding in verdict.findings]
    fields = {
        "differences": [vars(finding) for finding in found],
        "compared": sum(verdict.compared for verdict in verdicts),
        "otherTags": {each.subject.live.name: each.others for each in verdicts},
    }
    if found:
        session.report.tell(fields)
        raise DifferencesError(refusal(found), _UNTOUCHED, fix(verdicts))
    session.report.say("No setting differs. The data was not compared.")
    return fields


def prove_settings(session: Session, aws: SettingsReader, tables: Sequence[TableFacts]) -> None:
    """What `run` does before any client is moved: every setting that the config says is there.

    What the source has and the config does not say is told, and stops nothing: `plan` told it.

    Raises:
        DifferencesError: a restored table is not what the config says.
    """
    verdicts = _verdicts(session, aws, tables)
    found = [finding for verdict in verdicts for finding in verdict.findings]
    for finding in found:
        if finding.than == "source":
            session.report.say(f"  not in the config, so not brought back: {finding}")
    wrong = [finding for finding in found if finding.than == "config"]
    if wrong:
        frozen = "".join(table.still_frozen for table in tables)
        raise DifferencesError(refusal(wrong), f"No client was moved.{frozen}", fix(verdicts))
    session.report.did("no setting differs from the config")


def _verdicts(session: Session, aws: SettingsReader, tables: Sequence[TableFacts]) -> list[Verdict]:
    provider = ProviderTags.of(session.stack.provider())
    subjects = [subject(table, session.label) for table in tables]
    verdicts = [_judged(aws, *each, provider) for each in zip(tables, subjects, strict=True)]
    for verdict in verdicts:
        session.report.say(verdict.says)
        if verdict.others:
            tags = ", ".join(f"{key}={value}" for key, value in sorted(verdict.others.items()))
            session.report.say(f"  tags of someone else, which stay: {tags}")
    return verdicts


def _judged(
    aws: SettingsReader, table: TableFacts, what: Subject, provider: ProviderTags
) -> Verdict:
    answers = aws.read(what.live.name)
    if answers is None:
        raise BlockedError(
            f"{what.live.name} went away while it was looked at.",
            _UNTOUCHED,
            table.command("status"),
        )
    config = with_own_dependents(entry_of(table.config), provider)

    def ours_alone(entry: Tree) -> Tree:
        """A dependent's tags are proven by its update: those of others stop nothing."""
        return with_dependents_tags(with_own_dependents(entry, provider), config)

    here = ours_alone(document(answers))
    own = table.config.settings.tags or {}
    tags = provider.seen({**provider.defaults, **own})
    others = provider.others(
        here.get("tags", {}), tags, table.past.tagged.get(what.label, frozenset())
    )
    wanted = _with_key_arn(aws, table, config)
    ours = {*provider.seen(here.get("tags", {}))} - {*others}
    comparisons: dict[Than, Comparison] = {
        "config": compare(
            with_tags(here, ours), {**wanted, "tags": tags}, configured=what.configured
        )
    }
    source = _source_entry(aws, what)
    if source is not None:
        # What others put on the source is theirs to put on this one.
        here, source = with_tags(here, own), with_tags(ours_alone(source), own)
        if not what.source_configured:
            here, source = of_table(here), of_table(source)
        comparisons["source"] = compare(here, source, configured=what.configured)
    return Verdict(what, comparisons, others)


def _source_entry(aws: SettingsReader, what: Subject) -> Tree | None:
    answers = aws.read(what.source) if what.source else None
    if answers is None or answers.table["TableStatus"] == "DELETING":
        return None
    return document(answers)


def _with_key_arn(aws: SettingsReader, facts: TableFacts, entry: Tree) -> Tree:
    """The ARN in the place of the key's id or alias: DescribeTable gives no other name."""
    encryption = entry.get("serverSideEncryption", {})
    named = encryption.get("kmsKeyArn")
    if named is None:
        return entry
    key = aws.key(named)
    if key is None:
        path = f"tables.{facts.config.table}.serverSideEncryption.kmsKeyArn"
        raise UsageError(
            f"{path} names {named!r}, and there is no such key.",
            _UNTOUCHED,
            facts.scope.pulumi(set_command(path, "<key>")),
        )
    own = {} if key.managed else {"kmsKeyArn": key.arn}
    return {**entry, "serverSideEncryption": {"enabled": encryption["enabled"], **own}}
