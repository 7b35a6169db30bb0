"""What a fix says to do in an editor, done as it says: in the file and the line that it names."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from restore.table.config.commands import steps_of
from tests.fixes.folder import PROJECT
from tests.fixes.typed import Hands, typed

_THERE = r"in (?P<file>\S+?)(?:, line (?P<line>\d+))?"
_EDITS = (
    re.compile(rf"{_THERE}, set (?P<path>.+?) to (?P<value>.+)"),
    re.compile(rf"{_THERE}, remove (?P<path>\S+)"),
    re.compile(rf"rename (?P<path>.+) to (?P<name>\S+) {_THERE}"),
)
Edit = Mapping[str, str | None]
_NEXT = re.compile(r"(?:; | && )")


def done(folder: Hands, fix: str, filled_in: Mapping[str, str] | None = None) -> None:
    """Types the commands of a fix and makes its edits by hand, in their order."""
    for placeholder, value in (filled_in or {}).items():
        assert placeholder in fix, f"{placeholder} does not occur in: {fix}"
        fix = fix.replace(placeholder, value)
    edits = [(each, _as_edit(each)) for each in _NEXT.split(fix)]
    for _, edit in edits:
        if edit is not None:
            _check_line(folder, edit)
    for each, edit in edits:
        if edit is None:
            typed(folder, each)
        else:
            _edit(folder, edit)


def _as_edit(text: str) -> Edit | None:
    match = next((match for one in _EDITS if (match := one.fullmatch(text))), None)
    return match.groupdict() if match else None


def _check_line(folder: Hands, edit: Edit) -> None:
    """Before anything is edited: what follows moves with it."""
    if edit["line"] is None:
        return
    steps = steps_of(str(edit["path"]))
    lines = (folder.project / str(edit["file"])).read_text().splitlines()
    stands = lines[int(edit["line"]) - 1]
    names = "|".join(re.escape(str(each)) for each in steps if isinstance(each, str))
    item = r"^\s*- |" if any(isinstance(each, int) for each in steps) else ""
    assert re.search(rf"{item}(?:{names})\b", stands), f"{edit['path']} does not stand in: {stands}"


def _edit(folder: Hands, edit: Edit) -> None:
    path, value = str(edit["path"]), edit.get("value")
    yaml = YAML()
    where: Path = folder.project / str(edit["file"])
    steps = steps_of(path)
    written = yaml.load(where)
    last: Any
    *above, last = (f"{PROJECT}:{steps[0]}", *steps[1:])
    here = written["config"]
    for step in above:
        here = _inner(here)[step] if _has(_inner(here), step) else _made(_inner(here), step)
    here = _inner(here)
    if name := edit.get("name"):
        here[name] = here.pop(last)
    elif value is None:
        del here[last]
    elif isinstance(here, list):
        here[last : last + 1] = [yaml.load(value)]
    else:
        here[last] = yaml.load(value)
    with where.open("w") as out:
        yaml.dump(written, out)


def _has(here: Any, step: Any) -> bool:
    return step < len(here) if isinstance(here, list) else step in here


def _made(here: Any, step: Any) -> Any:
    made: dict[str, Any] = {}
    if isinstance(here, list):
        here.append(made)
    else:
        here[step] = made
    return made


def _inner(here: Any) -> Any:
    """In Pulumi.yaml what a key holds stands below `value`."""
    return here["value"] if isinstance(here, dict) and set(here) == {"value"} else here
