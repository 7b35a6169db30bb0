"""What an update is permitted to change, as lines: operations, kind, name, properties."""

from restore.decide.gate import Permit
from restore.decide.permits import ADDITIONAL
from restore.decide.update import Update

GRANT = "update Policy restore-demo (policy)"
FLIP = "update Parameter restore-demo (value, version)"


def configure(label: str) -> str:
    return f"import/update Table restore-demo.{label} (additional)"


def leave(label: str) -> str:
    return f"delete Table restore-demo.{label} (any)"


def permits_of(update: Update) -> list[str]:
    """The permits as lines: operations, kind, name, properties."""
    return [
        f"{'/'.join(sorted(each.ops))} {each.kind.rpartition(':')[2]} {each.name}"
        f" ({properties_of(each)})"
        for each in update.allowed
    ]


def properties_of(permit: Permit) -> str:
    if permit.properties == ADDITIONAL:
        return "additional"
    return "any" if permit.properties is None else ", ".join(sorted(permit.properties))
