"""Keys that this program does not know: a slip of one that it does, or a team's own. Pure."""

import difflib
import re
import types
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic.alias_generators import to_camel

from restore.table.config.commands import path_of, rename, rm_command, set_command
from restore.table.config.settings import Model
from restore.table.config.text import Step
from restore.table.config.written import written

_MOST = 6
"""So many values are renamed by commands; more of them are easier to rename in the file."""
_LONG = 8
_LABELLED = re.compile(r"(original|restored)[\w:-]*")


def is_own(key: str, known: Iterable[str], written: Iterable[str]) -> bool:
    """Whether a key of the project's namespace is the team's own: it resembles none of ours.

    `table` beside `tables`, or `runbooks`, is no slip either.

    Args:
        key: The key.
        known: Our keys.
        written: All keys that are written.
    """
    meant = near(key, known)
    if meant in {None, key}:
        return meant is None
    one_word = meant.islower() and meant.rstrip("s") == key.rstrip("s")
    return one_word and (meant in written or meant != "tables")


def near(key: str, known: Iterable[str]) -> str | None:
    """The known key that `key` is a slip of: another spelling, or one or two slipped letters."""
    slips = {each: _slips(key, each) for each in known}
    for each in slips:
        if _letters(each) == _letters(key):
            return each
    close = [each for each, count in slips.items() if count <= (2 if len(each) >= _LONG else 1)]
    return min(close, key=lambda each: slips[each], default=None)


def unknown(
    loc: Sequence[Step], given: Any, siblings: Iterable[str], document: type[Model]
) -> tuple[str, str]:
    """What is wrong with the key at `loc`, and its fix: one that deletes no value.

    Args:
        loc: Where it stands.
        given: Its value; None where it must not be shown.
        siblings: The keys beside it.
        document: The model of everything.
    """
    known = keys_at(document, loc[:-1])
    key, path = str(loc[-1]), path_of(loc)
    says = "is not a key that this program knows"
    meant = near(key, known)
    if meant is None:
        likely = difflib.get_close_matches(key, sorted(known), n=1)
        hint = f"; did you mean {likely[0]}?" if likely else ""
        return f"{says}{hint}", f"move {path} to a key of your own, outside of {loc[0]}"
    right = (*loc[:-1], meant)
    says = f"{says}; did you mean {meant}?"
    if meant in siblings:
        return says, f"{path} and {path_of(right)} are both set: keep the one that is meant"
    leaves = list(_leaves(given)) if given is not None else []
    # At the top it may be a secret of the team's: what is no label is not shown.
    shown = len(loc) > 1 or all(_LABELLED.fullmatch(str(value)) for _, value in leaves)
    commands = not written().by_hand(loc) and not written().sealed(loc)
    if not (commands and shown and 0 < len(leaves) <= _MOST and all(map(_settable, leaves))):
        return says, rename(path, meant)
    sets = [set_value(path_of((*right, *below)), value) for below, value in leaves]
    return says, " && ".join((*sets, rm_command(path)))


def keys_at(model: type[Model], loc: Sequence[Step]) -> frozenset[str]:
    """The keys that a map at `loc` may have, where they are named by a model; else none."""
    here: Any = model
    for step in loc:
        here = _below(here, step)
    return frozenset(_fields(here))


def set_value(path: str, value: Any) -> str:
    """The command that sets the key at `path` to just this value, of just this type.

    With `--path` Pulumi takes whole numbers, true and false for what they look like, and any
    other value for a text (`pulumi config set --help`).
    """
    if isinstance(value, bool):
        return set_command(path, str(value).lower())
    if isinstance(value, float):
        return set_command(path, repr(value), "float")
    if isinstance(value, str) and re.fullmatch(r"true|false|[+-]?\d+", value):
        return set_command(path, value, None if path.isidentifier() else "string")
    return set_command(path, _quoted(str(value)))


def _quoted(text: str) -> str:
    return text if re.fullmatch(r"[\w.:/@-]+", text) else "'" + text.replace("'", "'\"'\"'") + "'"


def _settable(leaf: tuple[tuple[Step, ...], Any]) -> bool:
    return isinstance(leaf[1], str | int | float) and not str(leaf[1]).startswith("-")


def _leaves(value: Any, here: tuple[Step, ...] = ()) -> Iterator[tuple[tuple[Step, ...], Any]]:
    if isinstance(value, Mapping) and value:
        for key, inner in value.items():
            yield from _leaves(inner, (*here, str(key)))
    elif isinstance(value, list) and value:
        for place, inner in enumerate(value):
            yield from _leaves(inner, (*here, place))
    else:
        yield here, value


def _below(annotation: Any, step: Step) -> Any:
    for each in _unwrapped(annotation):
        if isinstance(each, type) and issubclass(each, Model):
            fields = _fields(each)
            if step in fields:
                return fields[str(step)]
        elif typing.get_origin(each) in {list, dict}:
            return typing.get_args(each)[-1]
    return None


def _fields(annotation: Any) -> dict[str, Any]:
    return {
        field.alias or to_camel(name): field.annotation
        for each in _unwrapped(annotation)
        if isinstance(each, type) and issubclass(each, Model)
        for name, field in each.model_fields.items()
    }


def _unwrapped(annotation: Any) -> Iterator[Any]:
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        yield from _unwrapped(typing.get_args(annotation)[0])
    elif origin in {typing.Union, types.UnionType}:
        for each in typing.get_args(annotation):
            yield from _unwrapped(each)
    else:
        yield annotation


def _letters(key: str) -> str:
    return re.sub(r"[^a-z0-9]", "", key.lower())


def _slips(one: str, other: str) -> int:
    """Letters left out, added, changed or swapped with their neighbour (optimal alignment)."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            least = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and (a, b) == (other[j - 2], one[i - 2]):
                least = min(least, rows[-2][j - 2] + 1)
            row.append(least)
        rows.append(row)
    return rows[-1][-1]
