"""Which resources are meant: the very ones of a plan, or all that a stack may ever have."""

from dataclasses import dataclass

from restore.table.config.labels import ORIGINAL, RESTORED
from restore.table.config.resolved import TableConfig
from restore.table.past import TablePast

_LATER = f"{RESTORED}-*"
"""Every label after the first restored one; IAM's wildcard."""


@dataclass(frozen=True)
class Where:
    """An account and a region, and the partition that they are in, such as `aws`."""

    partition: str
    region: str
    account: str

    def arn(self, service: str, resource: str) -> str:
        """The ARN of something in the region."""
        return f"arn:{self.partition}:{service}:{self.region}:{self.account}:{resource}"

    def iam(self, resource: str) -> str:
        """The ARN of something of IAM, which knows no regions."""
        return f"arn:{self.partition}:iam::{self.account}:{resource}"


@dataclass(frozen=True)
class Scope:
    """One table of the config, as names in AWS; `*` in them as IAM takes it.

    Attributes:
        names: Its DynamoDB tables.
        sources: Those that a restore is made from.
        targets: Those that a restore makes.
        backups: What a deletion left behind, such as `orders/backup/*`.
        created: The table that the first update makes, where that is still to come.
        granted: The policies of its clients.
        unmade: Those of them that an update has still to make.
        adopted: The alarms that were taken over, under names of their own.
        tagged: Whether the provider puts tags of its own on all that it makes.
    """

    where: Where
    names: tuple[str, ...]
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    backups: tuple[str, ...]
    parameter: str
    granted: tuple[str, ...]
    created: tuple[str, ...] = ()
    unmade: tuple[str, ...] = ()
    adopted: tuple[str, ...] = ()
    tagged: bool = False

    def tables(self, names: tuple[str, ...], below: str = "") -> tuple[str, ...]:
        """ARNs of tables, or of what is below them, such as `/stream/*`."""
        return tuple(self.where.arn("dynamodb", f"table/{name}{below}") for name in names)

    def alarms(self) -> tuple[str, ...]:
        """The alarms of the program: `<table name>-<key>`, unless they were taken over."""
        names = (*(f"{name}-*" for name in self.names), *self.adopted)
        return tuple(self.where.arn("cloudwatch", f"alarm:{name}") for name in names)

    def pointer(self) -> tuple[str, ...]:
        return (self.where.arn("ssm", f"parameter/{self.parameter.removeprefix('/')}"),)

    def policies(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self.where.iam(f"policy/{name}") for name in names)


def adopted_alarms(config: TableConfig) -> tuple[str, ...]:
    """The names of the alarms that the config takes over, of whatever label."""
    taken = config.adopt_dependents.values()
    return tuple(sorted({name for each in taken for name in (each.alarms or {}).values()}))


def whole(config: TableConfig, past: TablePast, where: Where, *, tagged: bool = False) -> Scope:
    """Everything that the table may ever be: each label, also those of restores yet to come."""
    original = past.physical.get(ORIGINAL) or config.physical(ORIGINAL)
    further = (config.physical(RESTORED), config.physical(_LATER))
    restored = dict.fromkeys((*further, *config.names.values(), *past.physical.values()))
    restored.pop(original, None)
    names = (original, *restored)
    made = {past.policy, past.write_policy}
    granted = tuple(filter(None, (past.policy or config.policy, config.write_policy)))
    return Scope(
        where=where,
        names=names,
        sources=names,
        targets=tuple(restored),
        backups=tuple(f"{name}/backup/*" for name in names),
        parameter=past.parameter or config.parameter,
        granted=granted,
        created=() if past.known else (original,),
        unmade=tuple(name for name in granted if name not in made),
        adopted=adopted_alarms(config),
        tagged=tagged,
    )
