"""What AWS refuses in a table's settings, found before AWS is asked.

Each rule names the keys it reads, so that it rests where one of them is already wrong.
Sources: CreateTable in the API Reference; the provider's own checks (terraform-provider-aws,
`aws_dynamodb_table`: "all attributes must be indexed", capacity with PAY_PER_REQUEST).
"""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from stacks.problems import Problem
from stacks.settings import GlobalSecondaryIndex, LocalSecondaryIndex, TableSettings

Finding = tuple[str, str, str]
"""Path below the table, what is wrong, and the mend, in which `{path}` is the table's path."""


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


def _attributes_match_keys(settings: TableSettings) -> Iterator[Finding]:
    used = dict.fromkeys(name for _, name in _key_uses(settings))
    defined = [attribute.name for attribute in settings.attributes]
    for n, name in enumerate(defined):
        if name in defined[:n]:
            wrong = f"attribute {name!r} is defined twice"
        elif name not in used:
            wrong = f"attribute {name!r} is used by no key and no index, which AWS refuses"
        else:
            continue
        yield f"attributes[{n}]", wrong, f"pulumi config rm --path '{{path}}.attributes[{n}]'"
    for path, name in _key_uses(settings):
        if name not in defined:
            yield (
                path,
                f"names attribute {name!r}, which is not in attributes",
                f"pulumi config set --path '{{path}}.attributes[{len(defined)}].name' {name}",
            )


def _range_key_is_another(settings: TableSettings) -> Iterator[Finding]:
    if settings.range_key == settings.hash_key:
        yield "rangeKey", "is the hash key again", "pulumi config rm --path '{path}.rangeKey'"
    if settings.local_secondary_indexes and not settings.range_key:
        yield (
            "localSecondaryIndexes",
            "a table without a range key cannot have local indexes",
            "pulumi config rm --path '{path}.localSecondaryIndexes'",
        )


def _index_names_differ(settings: TableSettings) -> Iterator[Finding]:
    seen: set[str] = set()
    both: tuple[tuple[str, Sequence[LocalSecondaryIndex | GlobalSecondaryIndex]], ...] = (
        ("localSecondaryIndexes", settings.local_secondary_indexes or ()),
        ("globalSecondaryIndexes", settings.global_secondary_indexes or ()),
    )
    for kind, indexes in both:
        for n, index in enumerate(indexes):
            path = f"{kind}[{n}]"
            if index.name in seen:
                yield (
                    f"{path}.name",
                    f"a second index is called {index.name!r}",
                    f"pulumi config set --path '{{path}}.{path}.name' <another name>",
                )
            seen.add(index.name)
            if (index.projection_type == "INCLUDE") != bool(index.non_key_attributes):
                yield (
                    f"{path}.nonKeyAttributes",
                    "goes with projectionType INCLUDE, and INCLUDE needs it",
                    f"pulumi config set --path '{{path}}.{path}.projectionType' ALL",
                )


def _capacity_fits_billing(settings: TableSettings) -> Iterator[Finding]:
    places: list[tuple[str, int | None]] = [
        ("readCapacity", settings.read_capacity),
        ("writeCapacity", settings.write_capacity),
    ]
    for n, index in enumerate(settings.global_secondary_indexes or ()):
        places.append((f"globalSecondaryIndexes[{n}].readCapacity", index.read_capacity))
        places.append((f"globalSecondaryIndexes[{n}].writeCapacity", index.write_capacity))
    for path, capacity in places:
        if settings.billing_mode == "PAY_PER_REQUEST" and capacity is not None:
            wrong = "capacity does not go with billingMode PAY_PER_REQUEST"
            yield path, wrong, f"pulumi config rm --path '{{path}}.{path}'"
        if settings.billing_mode == "PROVISIONED" and capacity is None:
            wrong = "is missing, and billingMode PROVISIONED needs it"
            yield path, wrong, f"pulumi config set --path '{{path}}.{path}' 5"


def _streams_say_what_they_carry(settings: TableSettings) -> Iterator[Finding]:
    if settings.stream_enabled and settings.stream_view_type is None:
        yield (
            "streamViewType",
            "is missing, and streamEnabled needs it",
            "pulumi config set --path '{path}.streamViewType' NEW_AND_OLD_IMAGES",
        )
    if settings.stream_view_type is not None and not settings.stream_enabled:
        yield (
            "streamViewType",
            "says what a stream carries, but streamEnabled is not true",
            "pulumi config set --path '{path}.streamEnabled' true",
        )


def _ttl_names_its_attribute(settings: TableSettings) -> Iterator[Finding]:
    if settings.ttl and settings.ttl.enabled and not settings.ttl.attribute_name:
        yield (
            "ttl.attributeName",
            "is missing, and ttl.enabled needs it",
            "pulumi config set --path '{path}.ttl.attributeName' <attribute>",
        )


@dataclass(frozen=True)
class Rule:
    check: Callable[[TableSettings], Iterator[Finding]]
    reads: AbstractSet[str]


_LOCAL, _GLOBAL = "localSecondaryIndexes", "globalSecondaryIndexes"
RULES = (
    Rule(_attributes_match_keys, {"attributes", "hashKey", "rangeKey", _LOCAL, _GLOBAL}),
    Rule(_range_key_is_another, {"hashKey", "rangeKey", _LOCAL}),
    Rule(_index_names_differ, {_LOCAL, _GLOBAL}),
    Rule(_capacity_fits_billing, {"billingMode", "readCapacity", "writeCapacity", _GLOBAL}),
    Rule(_streams_say_what_they_carry, {"streamEnabled", "streamViewType"}),
    Rule(_ttl_names_its_attribute, {"ttl"}),
)


def broken_rules(
    path: str, settings: TableSettings, already_wrong: AbstractSet[str]
) -> list[Problem]:
    """Every rule that `settings` breaks.

    Args:
        path: The table's config path, such as `tables.orders`.
        settings: The table's settings; keys in `already_wrong` may hold anything.
        already_wrong: Keys (camelCase) that have a problem of their own.
    """
    return [
        Problem(f"{path}.{where}", wrong, mend.replace("{path}", path))
        for rule in RULES
        if not rule.reads & already_wrong
        for where, wrong, mend in rule.check(settings)
    ]
