"""`describe`: the config for a live table, so that a stack can take it over as it is."""

import re
from typing import Any

from restore.aws.settings import SettingsReader
from restore.model.errors import UsageError
from restore.model.facts import StackState
from restore.report.report import Report
from restore.settings.adopted import adopted
from restore.settings.claims import held_by_others, unclaimed
from restore.settings.document import document, less_inherited
from restore.settings.page import claimed, config, page
from restore.settings.throughput import declared
from restore.table.config.explain import path_of
from restore.table.config.labels import ORIGINAL
from restore.table.config.patterns import TABLE_NAME, in_words
from restore.table.decide import NO_TAGS
from restore.table.tags import ProviderTags

_UNTOUCHED = "Nothing was touched."


NO_PROJECT = "<project>"


def describe(  # noqa: PLR0913, PLR0917 - what is described, and whose it is
    report: Report,
    aws: SettingsReader,
    name: str,
    project: str | None,
    stack: StackState,
    provider: ProviderTags = NO_TAGS,
) -> dict[str, Any]:
    """Prints the config of the live table.

    Args:
        report: Where it is told.
        aws: The account and region.
        name: The DynamoDB table.
        stack: What the selected stack holds: nothing of another resource's is offered.
        project: The Pulumi project of the current folder, None where there is none.
        provider: What its AWS provider does with tags: what it adds itself is no setting.

    Returns:
        What `--json` prints: `{config: {<key>: …}, unclaimed: [{path, settings, why}]}`.

    Raises:
        UsageError: there is no such table.
        BlockedError: the table is of a kind that this program cannot declare.
    """
    if not re.fullmatch(TABLE_NAME, name):
        wrong = f"{name!r} {in_words(TABLE_NAME)}."
        raise UsageError(wrong, _UNTOUCHED, "aws dynamodb list-tables")
    answers = aws.read(name)
    if answers is None:
        wrong = f"There is no table {name} in {aws.region}."
        raise UsageError(wrong, _UNTOUCHED, "aws dynamodb list-tables")
    entry = less_inherited(declared(document(answers)), provider)
    waiting = unclaimed(answers, held_by_others(stack, aws.region))
    taken = adopted(answers, entry, waiting)
    entry = ({"adoptDependents": {ORIGINAL: taken}} if taken else {}) | entry
    namespace = project or NO_PROJECT
    report.page(page(namespace, name, entry, waiting))
    if project is None:
        report.say(
            f"There is no Pulumi.yaml here or above: put your project's name for {NO_PROJECT}."
        )
    report.say(
        "This goes under config: of Pulumi.<stack>.yaml, and pulumi up imports the table and its"
        " dependents."
    )
    return {
        "config": config(namespace, name, claimed(entry, waiting)),
        "unclaimed": [
            {"path": path_of(part.path), "settings": _at(entry, part.path), "why": part.why}
            for part in waiting
        ],
    }


def _at(entry: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        entry = entry[step]
    return entry
