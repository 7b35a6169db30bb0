"""What came into the state, or exists in AWS, without this program having made it. Pure."""

from collections.abc import Iterator

from restore.table.config.explain import set_command
from restore.table.config.labels import ORIGINAL, is_label
from restore.table.config.problems import Problem
from restore.table.config.resolved import TableConfig
from restore.table.past import TablePast


def unretained(table: str, past: TablePast) -> Iterator[Problem]:
    """A table to forget that no complete update of this program declared may lack its retain flag.

    Such as one that `pulumi import` or `pulumi state move` brought in: the engine would delete it.
    The engine does not tell a program about flags.
    """
    for label in sorted({*past.physical} - {*past.exported} - past.configured):
        wrong = (
            f"would let {past.physical[label]} leave the stack, which no complete update of this"
            " program declared: its state may lack the retain flag, and then it would be deleted"
        )
        fix = f"put tables.{table} back, with {label} in adoptTables, and pulumi up before"
        yield Problem("forgetTables", wrong, fix)


def takeover_problem(config: TableConfig, named: str) -> Problem:
    """Clients use the table `named`, and this config would move them to another one."""
    here = f"tables.{config.table}"
    wanted = config.physical(config.active)
    wrong = (
        f"the parameter {config.parameter} names {named}: taking it over would move every client to"
        f" {wanted}"
    )
    return Problem(f"{here}.adoptPointer", wrong, staying(config, named))


def staying(config: TableConfig, named: str) -> str:
    """The commands after which the config says what the parameter names."""
    labels = dict.fromkeys((*config.labels, *config.names, ORIGINAL))
    if own := next((label for label in labels if config.physical(label) == named), None):
        return set_command(config.key("activeTable"), own)
    prefix, suffix = f"{config.table}-", "-table"
    label = named.removeprefix(prefix).removesuffix(suffix)
    if is_label(label) and named == f"{prefix}{label}{suffix}":
        return set_command(config.key("activeTable"), label)
    return set_command(f"tables.{config.table}.names.{config.active}", named)
