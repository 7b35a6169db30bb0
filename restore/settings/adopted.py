"""What AWS calls a live table's dependents → `adoptDependents` of the label `original`."""

from collections.abc import Mapping, Sequence
from typing import Any

from restore.settings import alarms, mappings
from restore.settings.answers import Answers
from restore.settings.claims import Unclaimed
from restore.settings.scaling import scaled

_ONCE = ("resourcePolicy", "kinesisStreamingDestination", "contributorInsights")
"""A table has each of these once: its name says which."""


def adopted(
    answers: Answers, entry: Mapping[str, Any], waiting: Sequence[Unclaimed]
) -> dict[str, Any]:
    """The ids by which the dependents of the entry are imported.

    Args:
        answers: What AWS said.
        entry: The table's entry.
        waiting: Parts of it that cannot be taken over.
    """
    left_out = {part.path for part in waiting}
    tree: dict[str, Any] = {}
    for path, name in _names(answers):
        if path not in left_out:
            branch = tree
            for step in path[:-1]:
                branch = branch.setdefault(step, {})
            branch[path[-1]] = name
    return tree | {key: True for key in _ONCE if key in entry and (key,) not in left_out}


def _names(answers: Answers) -> list[tuple[tuple[str, ...], str]]:
    return [
        *((each.path, each.policy) for each in scaled(answers)),
        *(
            (("alarms", key), str(alarm["AlarmName"]))
            for key, alarm in alarms.keyed(answers).items()
        ),
        *(
            (("eventSourceMappings", key), str(mapping["UUID"]))
            for key, mapping in mappings.keyed(answers).items()
        ),
    ]
