"""Everything that AWS said about a table, as one entry of `tables` in the stack config."""

from collections.abc import Mapping
from typing import Any

from restore.model.errors import BlockedError
from restore.model.unusable import until_usable
from restore.settings.access import resource_policy
from restore.settings.alarms import alarms
from restore.settings.answers import Answers
from restore.settings.mappings import event_source_mappings
from restore.settings.scaling import auto_scaling
from restore.settings.streaming import contributor_insights, kinesis_streaming_destination
from restore.settings.table import table_settings
from restore.table.tags import ProviderTags

_UNTOUCHED = "Nothing was touched."
_SETTLED = frozenset({"ACTIVE", "UPDATING"})


def document(answers: Answers) -> dict[str, Any]:
    """The table as a `TableEntry` (restore/table/config/document.py), camelCase, less its names.

    What is as AWS makes it by itself is left out, as the provider's Read leaves it out of an
    import. Warm throughput is in it, also where AWS raised it by itself.

    Raises:
        BlockedError: the table is of a kind that this program cannot declare, or it is still
            being made.
    """
    _refuse(answers)
    hanging = {
        "autoScaling": auto_scaling(answers),
        "resourcePolicy": resource_policy(answers),
        "contributorInsights": contributor_insights(answers),
        "kinesisStreamingDestination": kinesis_streaming_destination(answers),
        "alarms": alarms(answers),
        "eventSourceMappings": event_source_mappings(answers),
    }
    return table_settings(answers) | {key: value for key, value in hanging.items() if value}


def less_inherited(entry: Mapping[str, Any], provider: ProviderTags) -> dict[str, Any]:
    """The entry without tags that the provider adds by itself, or takes no notice of."""
    return with_own_dependents(_less(entry, provider), provider)


def with_own_dependents(entry: Mapping[str, Any], provider: ProviderTags) -> dict[str, Any]:
    """The entry with such tags on the table alone: its dependents are without them."""
    found = dict(entry)
    for key in ("alarms", "eventSourceMappings"):
        if key in found:
            found[key] = {name: _less(each, provider) for name, each in found[key].items()}
    return found


def _less(part: Mapping[str, Any], provider: ProviderTags) -> dict[str, Any]:
    own = {key: provider.own(value) if key == "tags" else value for key, value in part.items()}
    return {key: value for key, value in own.items() if key != "tags" or value}


def _refuse(answers: Answers) -> None:
    table, name = answers.table, answers.name
    if table["TableStatus"] not in _SETTLED:
        raise BlockedError(
            f"{name} is {table['TableStatus']}: not all of its settings can be read yet.",
            _UNTOUCHED,
            until_usable(name, table["TableStatus"]),
        )
    if replicas := table.get("Replicas"):
        regions = ", ".join(sorted(each["RegionName"] for each in replicas))
        raise BlockedError(
            f"{name} is a global table with replicas in {regions}. A restore brings back one"
            " region's table and none of its replicas, and the provider shows differences on an"
            " imported replica for ever (pulumi-aws#1653).",
            _UNTOUCHED,
            f"keep {name} out of this stack; or take its replicas away, once no client needs them,"
            " and then the same command",
        )
    if table.get("VectorIndexes"):
        raise BlockedError(
            f"{name} has vector indexes, which this program cannot declare.",
            _UNTOUCHED,
            f"keep {name} out of this stack",
        )
