"""The provider's config and the environment → how it reaches AWS. Pure.

Sources: the provider's documentation ("Authentication and Configuration"), and "Environment
variables" and "Configuration settings" of the AWS SDKs and Tools Reference Guide.
"""

import json
import re
import shlex
from collections.abc import Iterator, Mapping
from typing import Any

from restore.model.errors import UsageError
from restore.model.provider import Chosen, ProviderSettings, Role

UNTOUCHED = "Nothing was touched."
_SAME = (
    ("region", "AWS_REGION", "AWS_DEFAULT_REGION"),
    ("profile", "AWS_PROFILE", "AWS_DEFAULT_PROFILE"),
)
"""Key → the variable that the provider reads first, and the one that boto3 reads first."""
_SERVICES = {
    "appautoscaling": "application-autoscaling",
    "applicationautoscaling": "application-autoscaling",
}
"""The provider's names of services that boto3 calls otherwise."""
_NO_MATTER = frozenset(
    {
        "allowedAccountIds",
        "defaultTags",
        "forbiddenAccountIds",
        "ignoreTags",
        "maxRetries",
        "retryMode",
        "s3UsEast1RegionalEndpoint",
        "s3UsePathStyle",
        "skipCredentialsValidation",
        "skipMetadataApiCheck",
        "skipRegionValidation",
        "skipRequestingAccountId",
        "tagPolicyCompliance",
        "tokenBucketRateLimiterCapacity",
        "userAgents",
        "version",
    }
)
"""Keys that say nothing of where AWS is, nor of who asks it."""
_SHAPES = {
    "assumeRole": ("assumeRole.roleArn", "<ARN>"),
    "assumeRoles": ("assumeRoles[0].roleArn", "<ARN>"),
    "assumeRoleWithWebIdentity": ("assumeRoleWithWebIdentity.roleArn", "<ARN>"),
    "endpoints": ("endpoints[0].dynamodb", "<URL>"),
    "sharedConfigFiles": ("sharedConfigFiles[0]", "<path>"),
    "sharedCredentialsFiles": ("sharedCredentialsFiles[0]", "<path>"),
}
"""Key → the path and the value of the command that sets it as the provider takes it."""
_SECONDS = {"h": 3600, "m": 60, "s": 1}
_DURATION = re.compile(r"(?:\d+[hms])+")


def settings_of(config: Mapping[str, str], env: Mapping[str, str]) -> ProviderSettings:
    """The settings.

    Args:
        config: The keys below `aws:` in the stack config, as texts; lists and maps as JSON.
        env: The environment.

    Raises:
        UsageError: two variables contradict each other, or a key of the config cannot be read.
    """
    read = _Config(config)
    return ProviderSettings(
        region=_chosen(config, env, *_SAME[0]),
        profile=_chosen(config, env, *_SAME[1]),
        keys=_keys(config),
        roles=tuple(_role(each, at) for at, each in read.roles()),
        web_identity=_web_identity(read),
        endpoints={
            _SERVICES.get(service, service): url
            for each in read.maps("endpoints")
            for service, url in each.items()
            if url
        },
        client=dict(_client(config, read)),
        verify=False if read.flag("insecure") else config.get("customCaBundle") or None,
        sts_region=config.get("stsRegion") or None,
        files=dict(_files(read)),
        unfollowed=tuple(f"aws:{key}" for key in sorted(_unfollowed(config, read))),
    )


class _Config:
    """The keys that hold more than a text."""

    def __init__(self, config: Mapping[str, str]) -> None:
        self._config = config

    def roles(self) -> list[tuple[str, dict[str, Any]]]:
        """Each with its path below `aws:`."""
        return [*self.placed("assumeRoles"), *self.placed("assumeRole")]

    def placed(self, key: str) -> list[tuple[str, dict[str, Any]]]:
        """The same as `maps`, each with its path below `aws:`."""
        listed = isinstance(self._value(key), list)
        every = enumerate(self.maps(key))
        return [(f"{key}[{n}]" if listed else key, each) for n, each in every]

    def maps(self, key: str) -> list[dict[str, Any]]:
        """A list of maps, or a single one."""
        found = self._value(key)
        maps = found if isinstance(found, list) else [found] if found else []
        if not all(isinstance(each, dict) for each in maps):
            raise _unreadable(key)
        return maps

    def texts(self, key: str) -> list[str]:
        found = self._value(key)
        if found is not None and not isinstance(found, list):
            raise _unreadable(key)
        return [str(each) for each in found or ()]

    def flag(self, key: str) -> bool:
        return self._config.get(key, "").lower() in {"true", "1"}

    def _value(self, key: str) -> Any:
        text = self._config.get(key, "")
        try:
            return json.loads(text) if text else None
        except ValueError:
            raise _unreadable(key) from None


def _unreadable(key: str) -> UsageError:
    return UsageError(
        f"aws:{key} in the stack config is neither a list nor a map, as the AWS provider takes it.",
        UNTOUCHED,
        f"pulumi config get aws:{key}, which shows it; pulumi config rm aws:{key};"
        f" {_set(*_SHAPES[key])}",
    )


def _set(path: str, value: str) -> str:
    return f"pulumi config set --path {shlex.quote(f'aws:{path}')} {value}"


def _chosen(
    config: Mapping[str, str], env: Mapping[str, str], key: str, first: str, second: str
) -> Chosen | None:
    """The config's value, else that of the environment, where one variable says it or both agree.

    The provider reads the first variable before the second one; boto3 reads the second region
    alone, and the second profile before the first one.
    """
    if said := config.get(key):
        return Chosen(said, f"aws:{key}")
    values = {name: env[name] for name in (first, second) if env.get(name)}
    if len(set(values.values())) > 1:
        raise UsageError(
            f"{first} is {values[first]} and {second} is {values[second]}: the AWS provider would"
            " use the first, and other tools of AWS the second.",
            UNTOUCHED,
            f"unset {first} or unset {second}, whichever is wrong; or pulumi config set aws:{key}"
            f" {key.upper()}",
        )
    return next((Chosen(value, name) for name, value in values.items()), None)


def _keys(config: Mapping[str, str]) -> dict[str, str]:
    names = {
        "accessKey": "aws_access_key_id",
        "secretKey": "aws_secret_access_key",
        "token": "aws_session_token",
    }
    return {ours: config[key] for key, ours in names.items() if config.get(key)}


def _role(written: Mapping[str, Any], at: str) -> Role:
    if "roleArn" not in written:
        raise UsageError(
            f"aws:{at} in the stack config has no roleArn.",
            UNTOUCHED,
            _set(f"{at}.roleArn", "<ARN>"),
        )
    arguments: dict[str, Any] = {"RoleSessionName": "restore"}
    for name, ours in (
        ("sessionName", "RoleSessionName"),
        ("externalId", "ExternalId"),
        ("sourceIdentity", "SourceIdentity"),
        ("policy", "Policy"),
        ("transitiveTagKeys", "TransitiveTagKeys"),
    ):
        if written.get(name):
            arguments[ours] = written[name]
    if written.get("policyArns"):
        arguments["PolicyArns"] = [{"arn": arn} for arn in written["policyArns"]]
    if written.get("tags"):
        tags = written["tags"].items()
        arguments["Tags"] = [{"Key": name, "Value": value} for name, value in tags]
    if written.get("duration"):
        arguments["DurationSeconds"] = _seconds(str(written["duration"]), f"{at}.duration")
    return Role(
        written["roleArn"],
        arguments,
        written.get("webIdentityToken"),
        written.get("webIdentityTokenFile"),
    )


def _web_identity(read: "_Config") -> Role | None:
    key = "assumeRoleWithWebIdentity"
    return next((_role(each, at) for at, each in read.placed(key)), None)


def _seconds(duration: str, at: str) -> int:
    """A duration of Go, such as 1h30m, in seconds."""
    if not _DURATION.fullmatch(duration):
        raise UsageError(
            f"aws:{at} in the stack config is {duration!r}, which is no duration such as 1h30m.",
            UNTOUCHED,
            _set(at, "1h"),
        )
    return sum(int(n) * _SECONDS[unit] for n, unit in re.findall(r"(\d+)([hms])", duration))


def _client(config: Mapping[str, str], read: _Config) -> Iterator[tuple[str, Any]]:
    for key, ours in (
        ("useFipsEndpoint", "use_fips_endpoint"),
        ("useDualstackEndpoint", "use_dualstack_endpoint"),
    ):
        if read.flag(key):
            yield ours, True
    proxies = {
        scheme: config[f"{scheme}Proxy"]
        for scheme in ("http", "https")
        if config.get(f"{scheme}Proxy")
    }
    if proxies:
        yield "proxies", proxies


def _files(read: _Config) -> Iterator[tuple[str, str]]:
    for key, ours in _FILES:
        if len(paths := read.texts(key)) == 1:
            yield ours, paths[0]


_FILES = (("sharedConfigFiles", "config_file"), ("sharedCredentialsFiles", "credentials_file"))


def _unfollowed(config: Mapping[str, str], read: _Config) -> Iterator[str]:
    followed = {"region", "profile", "accessKey", "secretKey", "token", "endpoints", "insecure"}
    followed |= {"assumeRole", "assumeRoles", "assumeRoleWithWebIdentity", "customCaBundle"}
    followed |= {"httpProxy", "httpsProxy", "stsRegion", "useFipsEndpoint", "useDualstackEndpoint"}
    followed |= {key for key, _ in _FILES}
    yield from (key for key, text in config.items() if text and key not in followed | _NO_MATTER)
    yield from (key for key, _ in _FILES if len(read.texts(key)) > 1)
