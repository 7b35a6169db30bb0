"""The AWS account that one call works in: every boto3 client comes from here."""

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import boto3
import botocore.session
from botocore.config import Config
from botocore.credentials import (
    AssumeRoleCredentialFetcher,
    AssumeRoleWithWebIdentityCredentialFetcher,
    CredentialProvider,
    CredentialResolver,
    DeferredRefreshableCredentials,
)
from botocore.exceptions import ClientError, ProfileNotFound

from restore.model.errors import RestoreError, UsageError
from restore.model.provider import Chosen, ProviderSettings, Role
from restore.model.provider_config import UNTOUCHED, settings_of

# Standard mode: botocore retries throttling, timeouts and 5xx with backoff, five times in all.
# An endpoint that is silent is given up within a minute; one minute for each try is the default.
CONFIG = Config(
    retries={"mode": "standard", "total_max_attempts": 5}, connect_timeout=5, read_timeout=10
)


class Account:
    """Where the AWS provider works, as whom it works.

    Nothing is read before the first client is made.

    Args:
        provider: Reads the keys below `aws:` of the stack config; without a stack there are none.
    """

    def __init__(self, provider: Callable[[], Mapping[str, str]] = dict) -> None:
        self._provider = provider

    @cached_property
    def settings(self) -> ProviderSettings:
        """What decides where AWS is and who asks.

        Raises:
            UsageError: the environment contradicts itself, or the config cannot be read.
        """
        return settings_of(self._provider(), os.environ)

    def client(self, service: str, config: Config = CONFIG) -> Any:
        """A client of the service, under boto3's name for it.

        Raises:
            UsageError: there is no region, no such profile, or the settings cannot be read.
            RestoreError: there are no credentials, or the role cannot be assumed.
        """
        # boto3 has an overload for each service, and no name of one is known here.
        make: Any = self._session.client
        return make(service, **self._where(service), config=self._configured(config))

    @cached_property
    def region(self) -> Chosen:
        """The region, and what sets it."""
        if self.settings.region:
            return self.settings.region
        # A profile may have one.
        name = self._bare.get_config_variable("region")
        if not name:
            raise UsageError(
                "No AWS region is set.",
                UNTOUCHED,
                "pulumi config set aws:region REGION, or export AWS_REGION=REGION, with the region"
                " of the tables",
            )
        profile = self.settings.profile.value if self.settings.profile else "default"
        return Chosen(name, f"the profile {profile}")

    def of_profile(self, name: str, source: str) -> "Account":
        """The same place, asked with the credentials of a profile; `source` is what names it."""
        other = Account()
        other.settings = replace(
            self.settings,
            region=self.region,
            profile=Chosen(name, source),
            keys={},
            roles=(),
            web_identity=None,
        )
        return other

    @cached_property
    def _bare(self) -> botocore.session.Session:
        """Without the keys and roles of the config."""
        bare = self._made()
        try:
            bare.get_scoped_config()
        except ProfileNotFound:
            raise _no_profile(self.settings.profile) from None
        return bare

    def _made(self) -> botocore.session.Session:
        profile = self.settings.profile
        # Of AWS_PROFILE boto3 knows itself, and that keys in the environment go before it.
        named = profile.value if profile and not profile.source.startswith("AWS_") else None
        made = botocore.session.Session(profile=named)
        for key, path in self.settings.files.items():
            made.set_config_variable(key, str(Path(path).expanduser()))
        return made

    @cached_property
    def _session(self) -> boto3.Session:
        settings, bare = self.settings, self._bare
        bare.set_config_variable("region", self.region.value)
        if settings.keys:
            bare.set_credentials(
                settings.keys.get("aws_access_key_id", ""),
                settings.keys.get("aws_secret_access_key", ""),
                settings.keys.get("aws_session_token"),
            )
        found: Any = self._by_web_identity() or bare.get_credentials()
        if found is None:
            raise RestoreError("There are no AWS credentials.", UNTOUCHED, _LOG_IN)
        for role in settings.roles:
            found = _assumed(self._creator, found, role)
        if not (settings.roles or settings.web_identity):
            return boto3.Session(botocore_session=bare)
        session = self._made()
        session.set_config_variable("region", self.region.value)
        session.register_component("credential_provider", CredentialResolver([_Given(found)]))
        return boto3.Session(botocore_session=session)

    def _by_web_identity(self) -> Any:
        role = self.settings.web_identity
        if role is None:
            return None

        def token() -> str:
            return role.token or Path(role.token_file or "").expanduser().read_text()

        if not role.token and not Path(role.token_file or "").expanduser().is_file():
            raise UsageError(
                f"There is no file {role.token_file} with the token that"
                " aws:assumeRoleWithWebIdentity asks for.",
                UNTOUCHED,
                "run it where that file is, or pulumi config set --path"
                " aws:assumeRoleWithWebIdentity.webIdentityTokenFile <file>",
            )
        fetcher = AssumeRoleWithWebIdentityCredentialFetcher(
            self._creator, token, role.arn, extra_args=dict(role.arguments)
        )
        return _kept(fetcher, role)

    def _creator(self, service: str, **how: Any) -> Any:
        """A client for assuming roles (botocore's client creator)."""
        make: Any = self._bare.create_client
        config = self._configured(CONFIG.merge(how.pop("config", Config())))
        return make(service, **{**self._where(service), **how}, config=config)

    def _where(self, service: str) -> dict[str, Any]:
        settings = self.settings
        region = settings.sts_region if service == "sts" else None
        return {
            "region_name": region or self.region.value,
            "endpoint_url": settings.endpoints.get(service),
            "verify": settings.verify,
        }

    def _configured(self, config: Config) -> Config:
        return config.merge(Config(**self.settings.client)) if self.settings.client else config


_LOG_IN = (
    "log in to AWS (aws sso login), or export AWS_PROFILE=PROFILE (aws configure list-profiles),"
    " then the same command"
)


class _Given(CredentialProvider):
    """Credentials that are there already, as botocore wants to be handed them."""

    METHOD = "restore"

    def __init__(self, credentials: Any) -> None:
        super().__init__()
        self._credentials = credentials

    def load(self) -> Any:
        return self._credentials


def _assumed(creator: Callable[..., Any], source: Any, role: Role) -> Any:
    """Credentials of the role, which are renewed before they expire: a restore takes hours."""
    fetcher = AssumeRoleCredentialFetcher(
        creator, source, role.arn, extra_args=dict(role.arguments)
    )
    return _kept(fetcher, role)


def _kept(fetcher: Any, role: Role) -> Any:
    """Asked for once now, so that a role that cannot be assumed is said as that.

    Raises:
        RestoreError: AWS refused.
    """
    credentials = DeferredRefreshableCredentials(fetcher.fetch_credentials, "assume-role")
    try:
        credentials.get_frozen_credentials()
    except ClientError as error:
        said = error.response.get("Error", {})
        raise RestoreError(
            f"The role {role.arn}, which the stack config names, cannot be assumed:"
            f" {said.get('Code', '')}: {said.get('Message', '')}",
            UNTOUCHED,
            "aws sts get-caller-identity, which says who asks; that identity needs sts:AssumeRole"
            f" on {role.arn}",
        ) from None
    return credentials


def _no_profile(profile: Chosen | None) -> UsageError:
    name, source = (profile.value, profile.source) if profile else ("default", "AWS_PROFILE")
    command = (
        f"pulumi config set {source} PROFILE" if source == "aws:profile" else f"export {source}=…"
    )
    if source == "runbook.probeProfile":
        command = f"pulumi config set --path {source} PROFILE"
    return UsageError(
        f"There is no AWS profile {name!r} ({source}) here.",
        UNTOUCHED,
        f"aws configure list-profiles, then {command}",
    )
