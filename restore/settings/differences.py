"""Two entries → where they differ."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from restore.model.errors import RestoreError
from restore.settings.normal import Tree, normal
from restore.table.config.copied import base_settings
from restore.table.config.settings import TableSettings

_CAPACITIES = {"read": "readCapacity", "write": "writeCapacity"}
_INDEXES = "globalSecondaryIndexes"
_WARM = "warmThroughput"


@dataclass(frozen=True)
class Difference:
    """One setting that is not the same.

    Attributes:
        path: Where it stands below the table; an index, an alarm or a function by its name.
        here: What the restored table has, None for nothing.
        there: What it is compared with has, None for nothing.
    """

    path: tuple[str, ...]
    here: Any
    there: Any


@dataclass(frozen=True)
class Comparison:
    """Where two entries differ, and how many settings were looked at."""

    differences: tuple[Difference, ...]
    compared: int


def copied_part(entry: Mapping[str, Any]) -> Tree:
    """What a restore copies of an entry (`restore.table.config.copied`)."""
    own = {field.alias or name for name, field in TableSettings.model_fields.items()}
    settings = TableSettings.model_validate({key: entry[key] for key in entry if key in own})
    kept = TableSettings.model_validate(base_settings(settings), by_alias=False, by_name=True)
    return kept.model_dump(by_alias=True, exclude_none=True)


def compare(here: Mapping[str, Any], there: Mapping[str, Any], *, configured: bool) -> Comparison:
    """Compares the entry of a restored table with another one.

    A capacity that auto scaling owns in either of them is not compared, and of warm throughput
    more is as good.

    Args:
        here: What the restored table is.
        there: What it is to be.
        configured: Whether it has more than what a restore copies; else only that is compared.

    Raises:
        RestoreError: one of them is empty: nothing was read, so nothing can be equal.
    """
    if not here or not there:
        raise RestoreError(
            "Of one of the tables no setting was read.",
            "Nothing was compared, and nothing was touched.",
            "the same command once more",
        )
    owned = {*_owned(here), *_owned(there)}
    forms = [
        _less_owned(normal(entry if configured else copied_part(entry)), owned)
        for entry in (here, there)
    ]
    return Comparison(tuple(_walk((), *forms)), _leaves(*forms))


def _owned(entry: Mapping[str, Any]) -> Iterator[tuple[str | None, str]]:
    """(index or None for the table, key of the capacity) of each that is scaled."""
    scaling = entry.get("autoScaling") or {}
    for index, owner in ((None, scaling), *(scaling.get("indexes") or {}).items()):
        yield from ((index, key) for word, key in _CAPACITIES.items() if owner.get(word))


def _less_owned(form: Tree, owned: set[tuple[str | None, str]]) -> Tree:
    kept = {key: value for key, value in form.items() if (None, key) not in owned}
    if _INDEXES in kept:
        kept[_INDEXES] = {
            name: {key: value for key, value in index.items() if (name, key) not in owned}
            for name, index in kept[_INDEXES].items()
        }
    return kept


def _walk(path: tuple[str, ...], here: Any, there: Any) -> Iterator[Difference]:
    if path and path[-1] == _WARM:
        yield from _colder(path, here, there)
    elif isinstance(here, dict) and isinstance(there, dict) and path != ("resourcePolicy",):
        for key in dict.fromkeys((*here, *there)):
            yield from _walk((*path, key), here.get(key), there.get(key))
    elif here != there:
        yield Difference(path, here, there)


def _colder(path: tuple[str, ...], here: Any, there: Any) -> Iterator[Difference]:
    """More than it is to be is right, since it cannot be lowered and AWS raises it by itself."""
    if there and any((here or {}).get(unit, 0) < value for unit, value in there.items()):
        yield Difference(path, here, there)


def _leaves(here: Any, there: Any) -> int:
    """How many settings there are in either of the two."""
    trees = [each for each in (here, there) if isinstance(each, dict)]
    if not trees:
        return 1
    keys = {key for tree in trees for key in tree if key != _WARM or _below(there, key)}
    return sum(_leaves(_below(here, key), _below(there, key)) for key in keys)


def _below(tree: Any, key: str) -> Any:
    return tree.get(key) if isinstance(tree, dict) else None
