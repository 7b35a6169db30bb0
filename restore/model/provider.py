"""How the AWS provider reaches AWS: its config, else the environment. Pure.

The runbook has to look where the provider works, as whom it works: in another account every table
looks deleted. Sources: the provider's documentation ("Authentication and Configuration"), and
"Environment variables" and "Configuration settings" of the AWS SDKs and Tools Reference Guide.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Chosen:
    """A value, and where it was found.

    Attributes:
        source: What sets it, such as `aws:region` or `AWS_REGION`.
    """

    value: str
    source: str

    @property
    def in_config(self) -> bool:
        """Whether the stack config says it; else it is the shell."""
        return self.source.startswith("aws:")


@dataclass(frozen=True)
class Place:
    """Where AWS was found, and what decided it.

    Attributes:
        account: The account's number.
        who: What decides who asks, such as `aws:profile` or `AWS_PROFILE`.
    """

    account: str
    region: Chosen
    who: str


@dataclass(frozen=True)
class Role:
    """A role to assume.

    Attributes:
        arguments: What AssumeRole takes beside the ARN.
        token: A web identity's token; None for a role that is assumed with credentials.
        token_file: The file that holds it.
    """

    arn: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    token: str | None = field(default=None, repr=False)
    token_file: str | None = None


@dataclass(frozen=True)
class ProviderSettings:
    """What decides where AWS is, and who asks.

    Attributes:
        region: None where only the profile can tell.
        profile: None: the default one, or none at all.
        keys: What boto3.Session takes as static keys.
        roles: Assumed one after another, the last one with the credentials of the one before.
        web_identity: The role that takes the place of keys and profile.
        endpoints: boto3's name of a service → its URL.
        client: What botocore's Config takes.
        verify: What boto3 takes as `verify`: a bundle of certificates, False for none.
        sts_region: The region in which roles are assumed; None: the same.
        files: boto3's name of a file (`config_file`, `credentials_file`) → its path.
        unfollowed: Keys of the config that the runbook has no equal for.
    """

    region: Chosen | None = None
    profile: Chosen | None = None
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    roles: tuple[Role, ...] = ()
    web_identity: Role | None = None
    endpoints: Mapping[str, str] = field(default_factory=dict)
    client: Mapping[str, Any] = field(default_factory=dict)
    verify: str | bool | None = None
    sts_region: str | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    unfollowed: tuple[str, ...] = ()

    @property
    def assumed(self) -> tuple[Role, ...]:
        """Every role that is assumed, in order."""
        return ((self.web_identity,) if self.web_identity else ()) + self.roles

    @property
    def identity(self) -> str:
        """What decides who asks, in a few words."""
        if self.roles or self.web_identity:
            return "aws:assumeRoles" if self.roles else "aws:assumeRoleWithWebIdentity"
        if self.keys:
            return "aws:accessKey"
        return self.profile.source if self.profile else "the credentials of this shell"
