"""A grant that AWS does not have as the stack declares it: clients are denied. Pure."""

from restore.decide.undeployed import undeployed
from restore.model.facts import TableFacts


def broken_grant(table: TableFacts) -> tuple[str, str] | None:
    """What clients are denied, and the commands that let them again; None where they are not.

    Only what the state says was deployed is deployed again by it, and `pulumi up` shows it first.
    """
    if not table.denied:
        return None
    grants, names = table.past.grants, ", ".join(map(table.physical, sorted(table.denied)))
    gone = [grants[name].arn for name, living in table.granted.items() if living is None]
    if gone:
        wrong = f"{' and '.join(gone)} {'was' if len(gone) == 1 else 'were'} deleted"
    else:
        wrong = f"the default version of {' or '.join(each.arn for each in grants.values())}"
        wrong += " no longer allows what the stack made it allow"
    attach = "".join(
        f"; then attach {arn} again to the roles of the applications: AWS detached it before"
        for arn in gone
    )
    return f"clients cannot use {names}: {wrong}", repair(table) + attach


def repair(table: TableFacts) -> str:
    """The command that puts the grants back."""
    if table.active not in table.denied:
        return table.command("prepare")
    pulumi = table.scope.pulumi
    if undeployed("", [table]) is None:
        return f"{pulumi('pulumi up --refresh')}, which puts it back"
    return (
        f"take the changes of {table.config.key('activeTable')} and the labels in the stack config"
        f" back, then {pulumi('pulumi up --refresh')}"
    )
