"""How long a restore takes, how it ends, and how far the latest restorable time lies behind."""

from dataclasses import dataclass, fields
from typing import Any

ACTIVE, GONE = "ACTIVE", "gone"
#: What a restore can end as: a table's status that is none of a table at work, or no table at all.
ENDS = (
    ACTIVE,
    "ARCHIVED",
    "DELETING",
    "INACCESSIBLE_ENCRYPTION_CREDENTIALS",
    "REPLICATION_NOT_AUTHORIZED",
    GONE,
)


@dataclass
class Settings:
    """Durations in seconds; AWS takes some twenty minutes and five minutes.

    Attributes:
        restore_ends: What the restores that begin from now on end as, one of ENDS.
    """

    restore_seconds: float = 3.0
    lag_seconds: float = 0.0
    restore_ends: str = ACTIVE

    def change(self, values: dict[str, Any]) -> None:
        """Take over new values, all or none of them.

        Raises:
            ValueError: a name that is no setting, or a value that is none of its own.
        """
        known = {field.name for field in fields(self)}
        for name, value in values.items():
            if name not in known:
                raise ValueError(f"{name} is no setting; there are {', '.join(sorted(known))}")
            if name == "restore_ends":
                if value not in ENDS:
                    raise ValueError(f"{name} must be one of {', '.join(ENDS)}")
            elif isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
                raise ValueError(f"{name} must be a number of seconds, 0 or more")
        for name, value in values.items():
            setattr(self, name, value if name == "restore_ends" else float(value))


#: moto makes its backends itself, so what they obey has to stand where they can find it.
settings = Settings()
