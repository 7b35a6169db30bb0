"""What AWS refuses in a table's settings, found before AWS is asked.

Each rule names the keys it reads, so that it rests where one of them is already wrong.
Sources: CreateTable in the API Reference; the provider's own checks (terraform-provider-aws,
`aws_dynamodb_table`: "all attributes must be indexed", capacity with PAY_PER_REQUEST).
"""

import shlex
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from pydantic.alias_generators import to_camel

from restore.table.config.commands import attribute_commands
from restore.table.config.document import TableEntry
from restore.table.config.explain import rm_command, set_command
from restore.table.config.problems import Problem
from restore.table.config.settings import GlobalSecondaryIndex, LocalSecondaryIndex, TableSettings


def _unset(path: str, wrong: str) -> Problem:
    return Problem(path, wrong, rm_command(path))


def _set(path: str, wrong: str, value: str) -> Problem:
    return Problem(path, wrong, set_command(path, value))


def _key_uses(settings: TableSettings) -> Iterator[tuple[str, str]]:
    """(path of the key, attribute that it names)."""
    yield "hashKey", settings.hash_key
    if settings.range_key:
        yield "rangeKey", settings.range_key
    for n, local in enumerate(settings.local_secondary_indexes or ()):
        yield f"localSecondaryIndexes[{n}].rangeKey", local.range_key
    for n, index in enumerate(settings.global_secondary_indexes or ()):
        yield f"globalSecondaryIndexes[{n}].hashKey", index.hash_key
        if index.range_key:
            yield f"globalSecondaryIndexes[{n}].rangeKey", index.range_key


def _attributes_match_keys(here: str, settings: TableSettings) -> Iterator[Problem]:
    used = {name for _, name in _key_uses(settings)}
    defined = [attribute.name for attribute in settings.attributes]
    for key, name in _key_uses(settings):
        if name not in defined:
            wrong = f"names attribute {name!r}, which is not in attributes"
            new = f"{here}.attributes[{len(defined)}]"
            yield Problem(f"{here}.{key}", wrong, attribute_commands(new, shlex.quote(name)))
    for n, name in enumerate(defined):
        path = f"{here}.attributes[{n}]"
        if name in defined[:n]:
            yield _unset(path, f"attribute {name!r} is defined twice")
        elif name not in used:
            wrong = f"attribute {name!r} is used by no key and no index, which AWS refuses"
            yield _unset(path, wrong)


def _range_key_is_another(here: str, settings: TableSettings) -> Iterator[Problem]:
    if settings.range_key == settings.hash_key:
        yield _unset(f"{here}.rangeKey", "is the hash key again")
    if settings.local_secondary_indexes and not settings.range_key:
        wrong = "a table without a range key cannot have local indexes"
        path = f"{here}.localSecondaryIndexes"
        # An index that a table has can leave it only with the table.
        fix = (
            f"{set_command(f'{here}.rangeKey', '<attribute>')}; only where no table has such an"
            f" index: {rm_command(path)}"
        )
        yield Problem(path, wrong, fix)


def _index_names_differ(here: str, settings: TableSettings) -> Iterator[Problem]:
    both: tuple[tuple[str, Sequence[LocalSecondaryIndex | GlobalSecondaryIndex]], ...] = (
        ("localSecondaryIndexes", settings.local_secondary_indexes or ()),
        ("globalSecondaryIndexes", settings.global_secondary_indexes or ()),
    )
    seen: set[str] = set()
    for kind, indexes in both:
        for n, index in enumerate(indexes):
            path = f"{here}.{kind}[{n}]"
            if index.name in seen:
                wrong = f"a second index is called {index.name!r}"
                yield _set(f"{path}.name", wrong, "<another name>")
            seen.add(index.name)
            if (index.projection_type == "INCLUDE") != bool(index.non_key_attributes):
                wrong = "goes with projectionType INCLUDE, and INCLUDE needs it"
                fix = set_command(f"{path}.projectionType", "ALL")
                yield Problem(f"{path}.nonKeyAttributes", wrong, fix)


def _streams_say_what_they_carry(here: str, settings: TableSettings) -> Iterator[Problem]:
    path = f"{here}.streamViewType"
    if settings.stream_enabled and settings.stream_view_type is None:
        yield _set(path, "is missing, and streamEnabled needs it", "NEW_AND_OLD_IMAGES")
    if settings.stream_view_type is not None and not settings.stream_enabled:
        wrong = "says what a stream carries, but streamEnabled is not true"
        yield Problem(path, wrong, set_command(f"{here}.streamEnabled", "true"))


def _ttl_names_its_attribute(here: str, settings: TableSettings) -> Iterator[Problem]:
    if settings.ttl and settings.ttl.enabled and not settings.ttl.attribute_name:
        wrong = "is missing, and ttl.enabled needs it"
        yield _set(f"{here}.ttl.attributeName", wrong, "<attribute>")


def _throughput_says_how_much(here: str, settings: TableSettings) -> Iterator[Problem]:
    owners: list[tuple[str, TableSettings | GlobalSecondaryIndex]] = [(here, settings)]
    for n, index in enumerate(settings.global_secondary_indexes or ()):
        owners.append((f"{here}.globalSecondaryIndexes[{n}]", index))
    for path, owner in owners:
        for key in ("on_demand_throughput", "warm_throughput"):
            throughput = getattr(owner, key)
            if throughput is not None and not throughput.model_dump(exclude_none=True):
                yield _unset(f"{path}.{to_camel(key)}", "says neither of reads nor of writes")


def _keys_are_for_encryption(here: str, settings: TableSettings) -> Iterator[Problem]:
    encryption = settings.server_side_encryption
    if encryption is None or encryption.kms_key_arn is None:
        return
    path = f"{here}.serverSideEncryption.kmsKeyArn"
    if not encryption.enabled:
        wrong = "names a key, but serverSideEncryption.enabled is false"
        fix = (
            f"{set_command(f'{here}.serverSideEncryption.enabled', 'true')}; only where AWS's own"
            f" key is meant: {rm_command(path)}"
        )
        yield Problem(path, wrong, fix)
    elif encryption.kms_key_arn.endswith("alias/aws/dynamodb"):
        yield _unset(path, "names the AWS-managed key, which is used without being named")


@dataclass(frozen=True)
class Rule:
    """One thing that AWS refuses, and the keys (camelCase) that it looks at."""

    check: Callable[[str, TableEntry], Iterator[Problem]]
    reads: AbstractSet[str]


_LOCAL, _GLOBAL = "localSecondaryIndexes", "globalSecondaryIndexes"
RULES = (
    Rule(_attributes_match_keys, {"attributes", "hashKey", "rangeKey", _LOCAL, _GLOBAL}),
    Rule(_range_key_is_another, {"hashKey", "rangeKey", _LOCAL}),
    Rule(_index_names_differ, {_LOCAL, _GLOBAL}),
    Rule(_throughput_says_how_much, {"onDemandThroughput", "warmThroughput", _GLOBAL}),
    Rule(_keys_are_for_encryption, {"serverSideEncryption"}),
    Rule(_streams_say_what_they_carry, {"streamEnabled", "streamViewType"}),
    Rule(_ttl_names_its_attribute, {"ttl"}),
)


def broken_rules(
    rules: Iterable[Rule], path: str, entry: TableEntry, already_wrong: AbstractSet[str]
) -> list[Problem]:
    """Every problem that `rules` find.

    Args:
        rules: The rules to judge by.
        path: The table's config path, such as `tables.orders`.
        entry: The table's entry; keys in `already_wrong` may hold anything.
        already_wrong: Keys (camelCase) that have a problem of their own.
    """
    return [
        problem
        for rule in rules
        if not rule.reads & already_wrong
        for problem in rule.check(path, entry)
    ]
