"""Looks up in AWS what `adoptPointer` would take over. Nothing else asks AWS before it declares."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pulumi
import pulumi_aws as aws

from restore.table.adoption import Live, LiveParameter, LivePolicy, adopting, adoption_problems
from restore.table.config.problems import Problem, RefusedError
from restore.table.config.resolved import StackConfig
from restore.table.decide import Declaration
from restore.table.past import Past, TablePast
from restore.table.resources.provider import asking

_ABSENT = ("couldn't find resource", "no matching", "ParameterNotFound", "NoSuchEntity")
"""The words of terraform-provider-aws 6 and of AWS for what does not exist."""


def taken_over(
    config: StackConfig, past: Past, declarations: Sequence[Declaration]
) -> tuple[Declaration, ...]:
    """The declarations, with what `adoptPointer` takes over.

    Raises:
        RefusedError: with everything that a take-over would change.
        pulumi.RunError: AWS could not be asked.
    """
    found: list[Declaration] = []
    problems: list[Problem] = []
    for table, declaration in zip(config.tables, declarations, strict=True):
        if not table.adopt_pointer:
            found.append(declaration)
            continue
        live = look_up(declaration, past.get(table.table, TablePast()))
        problems += adoption_problems(table, declaration, live)
        found.append(adopting(declaration, live))
    if problems:
        raise RefusedError(problems)
    return tuple(found)


def look_up(declaration: Declaration, past: TablePast) -> Live:
    """The parameter and the policies that the state does not hold yet.

    Raises:
        pulumi.RunError: AWS could not be asked. That is never taken for absence.
    """
    missing: list[str] = []
    parameter = None
    if past.parameter is None:
        name = declaration.parameter
        look = partial(aws.ssm.get_parameter, name=name, with_decryption=False, opts=asking())
        found = _asked(look, name)
        if found is None:
            missing.append(f"the parameter {name}")
        else:
            parameter = LiveParameter(found.type, found.value)
    policies = {}
    for which, policy, known in (
        ("read", declaration.policy, past.policy),
        ("write", declaration.write_policy, past.write_policy),
    ):
        if policy is None or known is not None:
            continue
        found = _asked(partial(aws.iam.get_policy, name=policy, opts=asking()), policy)
        if found is None:
            missing.append(f"the policy {policy}")
        else:
            policies[which] = LivePolicy(found.arn, found.policy)
    return Live(parameter, policies, tuple(missing), _tables() if policies else "")


def _tables() -> str:
    partition = aws.get_partition(opts=asking()).partition
    region = aws.get_region(opts=asking()).region
    account = aws.get_caller_identity(opts=asking()).account_id
    return f"arn:{partition}:dynamodb:{region}:{account}:table/"


def _asked(look: Callable[[], Any], name: str) -> Any:
    try:
        return look()
    except Exception as error:
        # The SDK raises nothing narrower.
        if any(words in str(error) for words in _ABSENT):
            return None
        raise pulumi.RunError(
            f"{name}, which adoptPointer takes over, could not be looked up: {error}\n"
            "Nothing was changed."
        ) from error
