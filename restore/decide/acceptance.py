"""Differences that someone lets through by name: `--accept RESOURCE[:property,…]`. Pure.

A replacement, a deletion, what clients may read, and a table that the step is not about are never
accepted (docs/decisions/0026).
"""

import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from restore.decide.gate import Complaint, Wrong
from restore.model.change import Change
from restore.model.errors import UsageError
from restore.model.facts import TableFacts
from restore.table.config.labels import is_label
from restore.table.kinds import DEPENDENTS, PARAMETER, POLICY, RESOURCE_POLICY, TABLE
from restore.table.past import logical_name

OPTION = "--accept"
_OPS = frozenset({"create", "update"})
_READS = {PARAMETER: "value", POLICY: "policy", RESOURCE_POLICY: "policy"}
"""Kind → the property that says what clients read, or whether they may."""
_UNTOUCHED = "Nothing was changed."


@dataclass
class Accepting:
    """What the command line accepts.

    Attributes:
        wanted: The texts of `--accept`.
        met: Those that a preview of this call had a difference for. An update that is carried out
            takes the difference away, and the next one of the same call has none any more.
    """

    wanted: Sequence[str] = ()
    met: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Settled:
    """What is left of the complaints.

    Attributes:
        complaints: Those that nobody accepted.
        accepted: The changes that were accepted.
    """

    complaints: tuple[Complaint, ...]
    accepted: tuple[Change, ...]


def about(tables: Iterable[tuple[TableFacts, str | None]]) -> frozenset[str]:
    """The logical names of the tables that a step is about: the active one and the one under way.

    Args:
        tables: Each table of the call, with the label beside the active one, None without one.
    """
    return frozenset(
        logical_name(facts.config.table, label)
        for facts, other in tables
        for label in (facts.active, other)
        if label is not None
    )


def settle(
    complaints: Sequence[Complaint], accepting: Accepting, tables: frozenset[str]
) -> Settled:
    """The complaints, less those that the command line accepts.

    Args:
        complaints: What the gate found.
        accepting: What the command line says; what is met by now is added to it.
        tables: What the step is about, as `about` says it.

    Raises:
        UsageError: the command line names what no preview of this call had.
    """
    asked = {text: _matching(text, complaints, tables) for text in accepting.wanted}
    accepting.met.update(text for text, found in asked.items() if found)
    unused = [text for text in accepting.wanted if text not in accepting.met]
    if unused:
        raise _unused(unused, complaints, tables)
    left: list[Complaint] = []
    accepted: list[Change] = []
    for complaint in complaints:
        named = [found[complaint] for found in asked.values() if complaint in found]
        if named and complaint.change.properties <= frozenset[str]().union(*named):
            accepted.append(complaint.change)
        else:
            left.append(complaint)
    return Settled(tuple(left), tuple(accepted))


def _matching(
    text: str, complaints: Sequence[Complaint], tables: frozenset[str]
) -> dict[Complaint, frozenset[str]]:
    """The complaints that `text` names, with the properties that it accepts of each."""
    found = {}
    for complaint in complaints:
        change = complaint.change
        if not acceptable(complaint, tables):
            continue
        if text == change.resource:
            found[complaint] = change.properties
        elif text.startswith(f"{change.resource}:"):
            named = frozenset(text.removeprefix(f"{change.resource}:").split(","))
            if named <= change.properties:
                found[complaint] = named
    return found


def acceptable(complaint: Complaint, tables: frozenset[str]) -> bool:
    """Whether someone may let the change through."""
    change = complaint.change
    if complaint.wrong is not Wrong.FOREIGN or change.op not in _OPS:
        return False
    if change.op == "create" and change.kind in {TABLE, *_READS}:
        return False
    reads = _READS.get(change.kind)
    return reads not in change.properties and not _beside(change, tables)


def _beside(change: Change, tables: frozenset[str]) -> bool:
    """Whether it is a table, or a dependent of one, that the step is not about."""
    table, _, rest = change.name.partition(".")
    label = rest.partition(".")[0]
    labelled = change.kind in {TABLE, *DEPENDENTS} and is_label(label)
    return labelled and logical_name(table, label) not in tables


def spelled(change: Change) -> str:
    """What accepts just this change: `Table/restore-demo.original:ttl`."""
    properties = f":{','.join(sorted(change.properties))}" if change.properties else ""
    return f"{change.resource}{properties}"


def options(complaints: Iterable[Complaint], tables: frozenset[str]) -> str:
    """The options that accept all of it that may be accepted; empty where nothing may."""
    return " ".join(
        f"{OPTION} {shlex.quote(spelled(each.change))}"
        for each in complaints
        if acceptable(each, tables)
    )


def shown(change: Change, wrong: str = "") -> str:
    """The change and what is wrong with it, with each value that differs in a line of its own."""
    lines = [
        f"      {path}: {_text(old)} → {_text(new)}" for path, (old, new) in change.values.items()
    ]
    return "\n".join((f"{change}: {wrong}" if wrong else str(change), *lines))


def as_json(change: Change) -> dict[str, Any]:
    """`{resource, op, properties, values: {path: {old, new}}}`."""
    return {
        "resource": change.resource,
        "op": change.op,
        "properties": sorted(change.properties),
        "values": {path: {"old": old, "new": new} for path, (old, new) in change.values.items()},
    }


def _text(value: Any) -> str:
    return "nothing" if value is None else str(value)


def _unused(
    unused: Sequence[str], complaints: Sequence[Complaint], tables: frozenset[str]
) -> UsageError:
    could = options(complaints, tables)
    which = f"what can be accepted: {could}" if could else "there is nothing that can be accepted"
    named = ", ".join(unused)
    wrong = " ".join(f"{OPTION} {shlex.quote(each)}" for each in unused)
    return UsageError(
        f"{OPTION} names what this step has no such difference for: {named}; {which}.",
        _UNTOUCHED,
        f"the same command with {could} in place of {wrong}"
        if could
        else f"the same command without {wrong}",
    )
