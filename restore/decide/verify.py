"""What verify has to say: comparisons → findings, and findings → words. Pure."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from restore.decide.subject import Subject
from restore.settings.differences import Comparison
from restore.table.config.explain import path_of

Than = Literal["config", "source"]


@dataclass(frozen=True)
class Finding:
    """One difference, as `--json` prints it.

    Attributes:
        path: The setting, from `tables` on.
        here: What the restored table has, None for nothing.
        there: What the other one has.
        than: Which other one: the stack config, or the table that it was restored from.
    """

    path: str
    here: Any
    there: Any
    than: Than

    def __str__(self) -> str:
        there = {"config": "in the config", "source": "in the source"}[self.than]
        return f"{self.path}: {_text(self.here)} here, {_text(self.there)} {there}"


@dataclass(frozen=True)
class Verdict:
    """What was found out about one restored table.

    Attributes:
        others: The tags that someone else put on it.
    """

    subject: Subject
    comparisons: Mapping[Than, Comparison]
    others: Mapping[str, str] = field(default_factory=dict)

    @property
    def compared(self) -> int:
        return sum(each.compared for each in self.comparisons.values())

    @property
    def findings(self) -> list[Finding]:
        above = ("tables", self.subject.table)
        return [
            Finding(path_of((*above, *each.path)), each.here, each.there, than)
            for than, comparison in self.comparisons.items()
            for each in comparison.differences
        ]

    @property
    def says(self) -> str:
        """What was compared with what: one sentence."""
        subject = self.subject
        others = {"config": "the config", "source": subject.source}
        against = ", and ".join(
            f"{comparison.compared} with {others[than]}"
            for than, comparison in self.comparisons.items()
        )
        only = "" if subject.configured else ", of those that a restore copies"
        gone = "; its source is gone" if subject.source and "source" not in self.comparisons else ""
        return f"{subject.live.name}: settings compared{only}: {against}{gone}"


def refusal(findings: Sequence[Finding]) -> str:
    """Every difference in a line of its own, below what they come to."""
    one = len(findings) == 1
    what = "One setting differs" if one else f"{len(findings)} settings differ"
    return "\n".join((f"{what}:", *(f"  - {each}" for each in findings)))


def fix(verdicts: Iterable[Verdict]) -> str:
    """What shows how each table that differs is, in the config's own words."""
    names = [verdict.subject.live.name for verdict in verdicts if verdict.findings]
    commands = "; ".join(f"python -m restore describe {name}" for name in names)
    return f"{commands}, and set right the table or the config"


def _text(value: Any) -> str:
    return "nothing" if value is None else json.dumps(value, ensure_ascii=False, default=str)
