"""`adoptPointer`: a parameter and policies that exist are taken over as they are, or not at all.

Pure. An import whose inputs differ from what exists is followed, in the same update, by the change
(Pulumi since 3.174): clients would lose what a policy allows, or be moved to another table. So all
that differs is said before anything is registered.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from restore.table.config.explain import rm_command, set_command
from restore.table.config.problems import Problem
from restore.table.config.resolved import TableConfig
from restore.table.decide import Declaration
from restore.table.resources.grant import policy_document
from restore.table.takeover import takeover_problem

Right = tuple[str, str]
"""An action in lower case, and a resource."""
_PLAIN = {"Effect", "Action", "Resource", "Sid"}


@dataclass(frozen=True)
class LiveParameter:
    """The parameter as AWS has it now."""

    type: str
    value: str


@dataclass(frozen=True)
class LivePolicy:
    """A managed policy as AWS has it now; its ARN holds its path."""

    arn: str
    document: str


@dataclass(frozen=True)
class Live:
    """What exists of the things that the state does not hold yet.

    Attributes:
        parameter: None where it does not exist, or the state holds it.
        policies: `read` and `write` → the policy, likewise.
        missing: Those that do not exist, in words.
        tables: The ARN of every DynamoDB table here, less its name.
    """

    parameter: LiveParameter | None = None
    policies: Mapping[str, LivePolicy] = field(default_factory=dict)
    missing: Sequence[str] = ()
    tables: str = ""


def adopting(declaration: Declaration, live: Live) -> Declaration:
    """The declaration, with the ids of what is taken over; what does not exist is created."""
    taken = {which: policy.arn for which, policy in live.policies.items()}
    if live.parameter is not None:
        taken["parameter"] = declaration.parameter
    return replace(declaration, adopted=taken)


def adoption_problems(
    config: TableConfig, declaration: Declaration, live: Live
) -> Iterator[Problem]:
    """Everything that a take-over would change, one problem each."""
    here = f"tables.{config.table}"
    if live.missing and live.parameter is None and not live.policies:
        wrong = f"there is nothing to take over: {' and '.join(live.missing)} do not exist"
        yield Problem(f"{here}.adoptPointer", wrong, rm_command(f"{here}.adoptPointer"))
    if live.parameter is not None:
        yield from _of_parameter(config, live.parameter)
    if "read" in live.policies:
        asked = (declaration.policy, declaration.read_actions)
        yield from _of_policy(here, "read", asked, declaration, live)
    if "write" in live.policies:
        asked = (str(declaration.write_policy), declaration.write_actions)
        yield from _of_policy(here, "write", asked, declaration, live)


def _of_parameter(config: TableConfig, live: LiveParameter) -> Iterator[Problem]:
    if live.type != "String":
        path = f"tables.{config.table}.parameterName"
        # PutParameter keeps the type of a parameter for good (API Reference).
        wrong = (
            f"the parameter {config.parameter} is a {live.type}, and AWS turns none into a String,"
            " which this program declares"
        )
        yield Problem(path, wrong, set_command(path, "<another name>"))
    elif live.value != config.physical(config.active):
        yield takeover_problem(config, live.value)


def _of_policy(
    here: str,
    which: str,
    asked: tuple[str, Sequence[str]],
    declaration: Declaration,
    live: Live,
) -> Iterator[Problem]:
    name, actions = asked
    names = sorted(each.name for each in declaration.physical if each.configured)
    settings = declaration.settings
    wanted = policy_document(
        actions,
        [f"{live.tables}{each}" for each in names],
        indexed=bool(settings.global_secondary_indexes or settings.local_secondary_indexes),
    )
    key = "policyName" if which == "read" else "writePolicyName"
    path = f"{here}.{key}"
    another = set_command(path, "<another name>")
    exists, ours = _rights(live.policies[which].document), _rights(wanted)
    if exists is None or ours is None:
        wrong = f"the policy {name} says more than a list of actions and resources that are allowed"
        yield Problem(path, wrong, another)
        return
    resources = {resource for _, resource in ours}
    lost, new = exists - ours, ours - exists
    if lost:
        fix = f"{another}, which leaves {name} to those who use it"
        more = sorted({action for action, resource in lost if resource in resources})
        if more and all(each.startswith("dynamodb:") for each in more):
            fix = f"add these to {which}Actions: {', '.join(more)}; or {fix}"
        wrong = f"taking the policy {name} over would take away {_listed(lost)}"
        yield Problem(path, wrong, fix)
    if new:
        wrong = f"taking the policy {name} over would also allow {_listed(new)}"
        yield Problem(path, wrong, f"{another}, or let the policy say so first")


def _listed(rights: set[Right]) -> str:
    return ", ".join(f"{action} on {resource}" for action, resource in sorted(rights))


def _rights(document: str) -> set[Right] | None:
    """What a policy allows, None where it says something else as well."""
    statements = json.loads(document).get("Statement", [])
    rights: set[Right] = set()
    for each in [statements] if isinstance(statements, dict) else statements:
        if each.get("Effect") != "Allow" or not {*each} <= _PLAIN:
            return None
        rights |= {
            (action.lower(), resource)
            for action in _list(each.get("Action"))
            for resource in _list(each.get("Resource"))
        }
    return rights


def _list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())
