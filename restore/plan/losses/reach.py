"""What an IAM policy says of one table and not of the one that takes its place. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from restore.plan.losses.wildcards import covers, matches

Arns = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Statement:
    """One statement of a policy. Its conditions are left aside: they hold for both tables alike.

    Attributes:
        effect: Allow or Deny.
        actions: Patterns, which IAM compares without their case.
        but_these: Whether it is about every action except those (NotAction).
        resources: Patterns.
        elsewhere: Whether it is about every resource except those (NotResource).
    """

    effect: str
    actions: tuple[str, ...]
    but_these: bool
    resources: tuple[str, ...]
    elsewhere: bool

    def reaches(self, arn: str) -> bool:
        return any(covers(pattern, arn) for pattern in self.resources) != self.elsewhere

    def says(self) -> Iterator[str]:
        """Each action that it is about, where that can be one of DynamoDB."""
        if self.but_these:
            yield f"all but {', '.join(self.actions)}"
        for action in () if self.but_these else self.actions:
            service = action.partition(":")[0]
            if matches(service.lower(), "dynamodb"):
                yield action


def unequal(document: Mapping[str, Any], arns: Arns) -> list[str]:
    """What the policy says of the source alone, or denies to the target alone.

    Args:
        document: A policy document.
        arns: Each ARN of the source, with the one that stands in its place.

    Returns:
        Sentences without a subject, such as `allows dynamodb:GetItem`.
    """
    statements = list(_statements(document))
    pairs = list(arns)
    sources = [(source, target) for source, target in pairs]
    targets = [(target, source) for source, target in pairs]
    found = [
        ("allows", _one_sided(statements, "Allow", sources)),
        ("denies", _one_sided(statements, "Deny", sources)),
        ("denies the restored table alone", _one_sided(statements, "Deny", targets)),
    ]
    return [f"{says} {', '.join(actions)}" for says, actions in found if actions]


def _one_sided(statements: Iterable[Statement], effect: str, arns: Arns) -> list[str]:
    """The actions that are said of the first ARN of a pair, and by no statement of the second."""
    alike = [each for each in statements if each.effect == effect]
    actions: dict[str, None] = {}
    for here, there in arns:
        said = [action for each in alike if each.reaches(here) for action in each.says()]
        also = [action for each in alike if each.reaches(there) for action in each.says()]
        lost = [action for action in said if not any(_includes(each, action) for each in also)]
        actions |= dict.fromkeys(lost)
    return sorted(actions)


def _includes(pattern: str, action: str) -> bool:
    return matches(pattern.lower(), action.lower())


def _statements(document: Mapping[str, Any]) -> Iterator[Statement]:
    for each in _listed(document.get("Statement", [])):
        yield Statement(
            effect=each["Effect"],
            actions=tuple(_listed(each.get("Action", each.get("NotAction", [])))),
            but_these="NotAction" in each,
            resources=tuple(_listed(each.get("Resource", each.get("NotResource", [])))),
            elsewhere="NotResource" in each,
        )


def _listed(value: Any) -> list[Any]:
    """IAM takes one thing in the place of a list of one."""
    return value if isinstance(value, list) else [value]
