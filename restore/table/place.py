"""Whether the stack's tables are where this update would work. Pure.

In another region or account each of them looks deleted, and a new one would be made there, where
no verb and no update reaches it together with the others.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from restore.table.config.explain import set_command
from restore.table.config.problems import ConfigError, Problem, RefusedError
from restore.table.config.resolved import StackConfig
from restore.table.past import Past

_PACKAGE = "aws"
REGIONS = ("AWS_REGION", "AWS_DEFAULT_REGION")
"""In the order in which the AWS provider reads them, after `aws:region`."""


@dataclass(frozen=True)
class ProviderConfig:
    """The AWS provider's part of the stack config.

    Attributes:
        texts: The keys below `aws:`.
        secrets: Those of them that are secret.
        disabled: What `pulumi:disable-default-providers` lists.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    secrets: frozenset[str] = frozenset()
    disabled: Sequence[str] = ()

    @classmethod
    def of(
        cls, config: Mapping[str, str], secrets: frozenset[str] = frozenset()
    ) -> "ProviderConfig":
        """From the whole stack config, its keys with their namespaces."""
        disabled = json.loads(config.get("pulumi:disable-default-providers") or "[]")
        return cls(
            texts={
                key.removeprefix("aws:"): text
                for key, text in config.items()
                if key.startswith("aws:")
            },
            secrets=secrets,
            disabled=disabled if isinstance(disabled, list) else [disabled],
        )

    def region(self, env: Mapping[str, str]) -> tuple[str, str] | None:
        """The region and what sets it; None where only a profile can tell."""
        if self.texts.get("region"):
            return self.texts["region"], "aws:region"
        return next(((env[name], name) for name in REGIONS if env.get(name)), None)

    @property
    def knows_account(self) -> bool:
        """Whether the provider may ask which account it is in."""
        return self.texts.get("skipRequestingAccountId", "").lower() != "true"


def refuse_without_provider(config: StackConfig, provider: ProviderConfig) -> None:
    """Raises ConfigError where no resource could be declared, since there is no provider for it."""
    if config.explicit_provider or not {_PACKAGE, "*"} & {*provider.disabled}:
        return
    wrong = (
        "is not true, and pulumi:disable-default-providers rules out the default provider of"
        f" {_PACKAGE}: every update would fail"
    )
    raise ConfigError([Problem("explicitProvider", wrong, set_command("explicitProvider", "true"))])


def places(config: StackConfig, past: Past) -> dict[str, tuple[str, str]]:
    """Account and region of each table that the stack holds, by its logical name."""
    found: dict[str, tuple[str, str]] = {}
    for table in sorted(config.names & {*past}):
        for label, arn in past[table].arns.items():
            _, _, _, region, account, _ = arn.split(":", 5)
            found[f"{table}.{label}"] = (account, region)
    return found


def refuse_region(found: Mapping[str, tuple[str, str]], region: str, source: str) -> None:
    """Raises RefusedError where a table is in another region than the update.

    Args:
        found: What `places` found.
        region: Where the update would work.
        source: What sets that.
    """
    there = {name: its for name, (_, its) in found.items() if its != region}
    if not there:
        return
    wanted = min(there.values())
    fix = set_command("aws:region", wanted)
    if source in REGIONS:
        fix = f"export AWS_REGION={wanted} AWS_DEFAULT_REGION={wanted}, or for good: {fix}"
    wrong = f"is {region} (from {source}), and {', '.join(_in_words(there))}"
    raise RefusedError([Problem("aws:region", wrong, _fix(found, fix))])


def refuse_account(found: Mapping[str, tuple[str, str]], account: str) -> None:
    """Raises RefusedError where a table is in another account than the update."""
    there = {name: f"account {its}" for name, (its, _) in found.items() if its != account}
    if not there:
        return
    wrong = f"the credentials lead to account {account}, and {', '.join(_in_words(there))}"
    # By now the state holds the provider of these credentials: a refresh would read with it.
    fix = (
        f"use credentials of {min(there.values())} (AWS_PROFILE, aws:profile or aws:assumeRoles),"
        " first in a pulumi up without --refresh"
    )
    raise RefusedError([Problem("aws", wrong, _fix(found, fix))])


def _in_words(there: Mapping[str, str]) -> Iterator[str]:
    for place in sorted(set(there.values())):
        names = sorted(name for name, its in there.items() if its == place)
        yield f"{', '.join(names)} of this stack {'is' if len(names) == 1 else 'are'} in {place}"


def _fix(found: Mapping[str, tuple[str, str]], move: str) -> str:
    if len({*found.values()}) == 1:
        return move
    return (
        f"{move}; where TABLE was made in the wrong place, let it leave the stack (AWS keeps the"
        " table): take tables.TABLE out of the config, list TABLE in forgetTables, then pulumi up"
        " where the others are"
    )
