"""All that one table of the config stands for, and what the stack exports of it."""

from typing import Any

import pulumi
import pulumi_aws as aws

from stacks.decide import Declaration
from stacks.grant import declare_grant
from stacks.pointer import declare_pointer
from stacks.table import declare_table


def declare(declaration: Declaration) -> pulumi.Output[dict[str, Any]]:
    """Declares tables, grant and pointer, in this order; returns the stack output."""
    tables = {
        physical.label: declare_table(declaration.table, physical, declaration.settings)
        for physical in declaration.physical
    }
    grant = declare_grant(declaration, tables)
    pointer = declare_pointer(declaration, tables[declaration.active], grant)
    return _output(declaration, tables, grant, pointer)


def _output(
    declaration: Declaration,
    tables: dict[str, aws.dynamodb.Table],
    grant: aws.iam.Policy,
    pointer: aws.ssm.Parameter,
) -> pulumi.Output[dict[str, Any]]:
    """`{active, name, arn, history, labels: {<label>: {name, arn}}, parameter, policyArn}`.

    And `known: {<label>: {name, furnished}}`, every label that there ever was.

    It hangs on the pointer, so that the history grows only by a flip that succeeded.
    """
    names = {physical.label: physical.name for physical in declaration.physical}
    arns = pulumi.Output.all(**{label: table.arn for label, table in tables.items()})
    return pulumi.Output.all(pointer=pointer.id, policy=grant.arn, arns=arns).apply(
        lambda known: {
            "active": declaration.active,
            "name": names[declaration.active],
            "arn": known["arns"][declaration.active],
            "history": list(declaration.history),
            "labels": {
                label: {"name": name, "arn": known["arns"][label]} for label, name in names.items()
            },
            "known": {label: vars(each) for label, each in declaration.known.items()},
            "parameter": declaration.parameter,
            "policyArn": known["policy"],
        }
    )
