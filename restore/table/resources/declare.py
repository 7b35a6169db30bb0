"""All that one table of the config stands for, and what the stack exports of it."""

from typing import Any

import pulumi
import pulumi_aws as aws

from restore.table.config.freeze import frozen
from restore.table.decide import Declaration
from restore.table.past import logical_name
from restore.table.resources.dependents import declare_dependents
from restore.table.resources.grant import declare_grants
from restore.table.resources.owner import Owner
from restore.table.resources.pointer import declare_pointer
from restore.table.resources.table import declare_table


def declare(declaration: Declaration) -> pulumi.Output[dict[str, Any]]:
    """Declares tables, what hangs on them, grants and pointer; returns the stack output."""
    tables = {
        physical.label: declare_table(declaration, physical) for physical in declaration.physical
    }
    hanging = [
        each
        for physical in declaration.physical
        if physical.configured
        for each in declare_dependents(
            Owner(
                logical_name(declaration.table, physical.label),
                tables[physical.label],
                physical.name,
                physical.adoption,
                physical.policy,
            ),
            frozen(declaration.dependents) if physical.frozen else declaration.dependents,
        )
    ]
    grants = declare_grants(declaration, tables, hanging)
    pointer = declare_pointer(declaration, tables[declaration.active], list(grants.values()))
    return _output(declaration, tables, grants, pointer)


def _output(
    declaration: Declaration,
    tables: dict[str, aws.dynamodb.Table],
    grants: dict[str, aws.iam.Policy],
    pointer: aws.ssm.Parameter,
) -> pulumi.Output[dict[str, Any]]:
    """`{active, name, arn, history, labels: {<label>: {name, arn}}, parameter, policyArn}`.

    And `known: {<label>: {name, furnished}}`, every label that there ever was; and
    `writePolicyArn` where there is a second grant.

    It hangs on the pointer, so that the history grows only by a flip that succeeded.
    """
    names = {physical.label: physical.name for physical in declaration.physical}
    arns = pulumi.Output.all(**{label: table.arn for label, table in tables.items()})
    policies = pulumi.Output.all(**{name: grant.arn for name, grant in grants.items()})
    return pulumi.Output.all(pointer=pointer.id, policies=policies, arns=arns).apply(
        lambda known: {
            "active": declaration.active,
            "name": names[declaration.active],
            "arn": known["arns"][declaration.active],
            "history": list(declaration.history),
            "labels": {
                label: {"name": name, "arn": known["arns"][label]} for label, name in names.items()
            },
            "known": {label: each.exported() for label, each in declaration.known.items()},
            "parameter": declaration.parameter,
            "policyArn": known["policies"]["read"],
            **({"writePolicyArn": known["policies"]["write"]} if "write" in grants else {}),
        }
    )
