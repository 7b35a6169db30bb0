"""What the config of a table names in AWS, and what is found of it. Pure."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from restore.model.facts import Facts, TableFacts
from restore.model.phase import Phase, locate
from restore.settings.answers import Answers, Key
from restore.table.config.labels import next_label

Kind = Literal["table", "key", "stream", "function", "role", "user", "alarm"]
_PRINCIPAL = re.compile(r"^arn:aws[a-z-]*:iam::(?P<account>\d+):(?P<kind>role|user)/(?P<name>.+)$")


@dataclass(frozen=True)
class Named:
    """One thing in AWS that the config of a table names.

    Attributes:
        kind: The active table, a KMS key, a Kinesis stream, a Lambda function, a principal, or
            an alarm that the restored table is to have.
        name: As AWS knows it: a name or an ARN.
        table: The table of the config.
        path: The key of the stack config that names it, from `tables` on.
        instead: Of an alarm: the label after the one that is to be restored.
    """

    kind: Kind
    name: str
    table: str
    path: str
    instead: str = ""


@dataclass(frozen=True)
class Wanted:
    """What to look up.

    Attributes:
        sources: The DynamoDB tables to restore from, those that exist.
        named: What their configs name.
    """

    sources: tuple[Named, ...] = ()
    named: tuple[Named, ...] = ()


@dataclass(frozen=True)
class Declared:
    """What AWS answers.

    Attributes:
        answers: DynamoDB table → what a restore copies of its settings.
        keys: A key as the config names it → the key, None where there is no such key.
        states: Thing → its state: `absent`, or what AWS calls it. An alarm's is the table that it
            watches.
        unseen: Thing → the action that was refused.
    """

    answers: Mapping[str, Answers] = field(default_factory=dict)
    keys: Mapping[str, Key | None] = field(default_factory=dict)
    states: Mapping[Named, str] = field(default_factory=dict)
    unseen: Mapping[Named, str] = field(default_factory=dict)


def wanted_of(facts: Facts, chosen: str | None) -> Wanted:
    """What to look up for the tables of this call.

    Args:
        facts: What was observed.
        chosen: The label that `--as` names.
    """
    return Wanted(
        tuple(
            Named("table", live.name, table.config.table, f"tables.{table.config.table}")
            for table in facts.tables
            if (live := table.live.get(str(table.active)))
        ),
        tuple(named for table in facts.tables for named in _named(table, facts.account, chosen)),
    )


def _named(table: TableFacts, account: str, chosen: str | None) -> Iterator[Named]:
    config, dependents = table.config, table.config.dependents
    here = f"tables.{config.table}"
    encryption = config.settings.server_side_encryption
    if encryption and encryption.kms_key_arn:
        path = f"{here}.serverSideEncryption.kmsKeyArn"
        yield Named("key", encryption.kms_key_arn, config.table, path)
    if streaming := dependents.kinesis_streaming_destination:
        path = f"{here}.kinesisStreamingDestination.streamArn"
        yield Named("stream", streaming.stream_arn, config.table, path)
    for key, mapping in (dependents.event_source_mappings or {}).items():
        path = f"{here}.eventSourceMappings.{key}.functionName"
        yield Named("function", mapping.function_name, config.table, path)
    for arn in sorted(set(_principals(dependents.resource_policy))):
        found = _PRINCIPAL.match(arn)
        if found and found["account"] == account:
            kind: Kind = "role" if found["kind"] == "role" else "user"
            name = found["name"].rpartition("/")[2]
            yield Named(kind, name, config.table, f"{here}.resourcePolicy")
    if locate(table, chosen).phase in {Phase.SERVING, Phase.LOST, Phase.DROPPED}:
        label = chosen or table.fresh_label
        target, instead = table.physical(label), next_label([label])
        for key in dependents.alarms or ():
            path = f"{here}.alarms.{key}"
            yield Named("alarm", f"{target}-{key}", config.table, path, instead)


def _principals(policy: Any) -> Iterator[str]:
    """The ARNs below every `Principal`: a text, or lists of texts by their kind."""
    tree = json.loads(policy) if isinstance(policy, str) else policy
    for statement in (tree or {}).get("Statement", ()):
        principal = statement.get("Principal", {})
        named = principal.get("AWS", ()) if isinstance(principal, Mapping) else ()
        yield from (named,) if isinstance(named, str) else named
