"""What came into the state, or exists in AWS, without this program having made it. Pure."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from stacks.config import TableConfig
from stacks.explain import set_command
from stacks.labels import ORIGINAL, is_label
from stacks.past import TablePast
from stacks.problems import Problem


def unretained(path: str, past: TablePast, leaving: AbstractSet[str]) -> Iterator[Problem]:
    """A table that no complete update of this program declared may lack its retain flag.

    Such as one that `pulumi import` or `pulumi state move` brought in: the engine would delete it.
    The engine does not tell a program about flags.
    """
    for label in sorted(leaving - {*past.exported}):
        name = past.physical[label]
        wrong = (
            f"would let {name} ({label}) leave the stack, which no complete update of this program"
            " declared: its state may lack the retain flag, and then it would be deleted"
        )
        yield Problem(
            path,
            wrong,
            f"first add {label} to adoptTables and pulumi up, which sets the flag; or, where the"
            " table no longer exists, pulumi refresh",
        )


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
