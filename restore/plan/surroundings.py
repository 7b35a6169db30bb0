"""What was looked up around a restore: keys, restores under way, permissions, the engine."""

from dataclasses import dataclass, field

from restore.model.provider import Chosen, ProviderSettings

MOST_COUNTED = 100
"""So many tables ListTables tells in one call, and so many DescribeTable are worth one number."""


@dataclass(frozen=True)
class Key:
    """The customer key that encrypts a table.

    Attributes:
        state: Enabled, Disabled, PendingDeletion, …; None where it could not be asked.
        why: Why it could not.
    """

    table: str
    arn: str
    state: str | None
    why: str = ""


@dataclass(frozen=True)
class Permissions:
    """What a simulation says that the operator may do.

    Attributes:
        missing: (action, resource) of each that is denied.
        unsure: The same, where that depends on what a simulation does not know.
        unseen: Why there was no simulation, None where there was one.
    """

    missing: tuple[tuple[str, str], ...] = ()
    unsure: tuple[tuple[str, str], ...] = ()
    unseen: str | None = None


@dataclass(frozen=True)
class Surroundings:
    """Everything that was looked up.

    Attributes:
        engine: The version of the pulumi command.
        region: The region that was looked at, and what sets it.
        settings: What else decides where AWS is, and who asks.
        restoring: How many tables are being restored, None where there are too many to look at.
        uncounted: Why they could not be counted, None where they could be.
    """

    engine: str
    region: Chosen
    settings: ProviderSettings = field(default_factory=ProviderSettings)
    keys: tuple[Key, ...] = ()
    restoring: int | None = None
    uncounted: str | None = None
    permissions: Permissions = field(default_factory=Permissions)
