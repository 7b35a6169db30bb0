"""How long a restore takes and how far the latest restorable time lies behind now."""

from dataclasses import dataclass, fields
from typing import Any


@dataclass
class Settings:
    """Durations in seconds. AWS takes some twenty minutes and five minutes."""

    restore_seconds: float = 3.0
    lag_seconds: float = 0.0

    def change(self, values: dict[str, Any]) -> None:
        """Take over new durations, all or none of them.

        Raises:
            ValueError: a name that is no setting, or a value that is no duration.
        """
        known = {field.name for field in fields(self)}
        for name, value in values.items():
            if name not in known:
                raise ValueError(f"{name} is no setting; there are {', '.join(sorted(known))}")
            if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
                raise ValueError(f"{name} must be a number of seconds, 0 or more")
        for name, value in values.items():
            setattr(self, name, float(value))


#: moto makes its backends itself, so what they obey has to stand where they can find it.
settings = Settings()
