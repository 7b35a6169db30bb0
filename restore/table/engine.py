"""What the program asks of the engine: its config, and what the stack held before this update."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pulumi
from pulumi.runtime import config as engine_config

from restore.table.config.written import know, read
from restore.table.holders import Holder, holders_of
from restore.table.past import Past
from restore.table.place import ProviderConfig
from restore.table.remembered import past_of

_PATIENCE_SECONDS = 3.0


def raw_config() -> dict[str, str]:
    """The texts of the project's own config keys, without its namespace."""
    namespace = f"{pulumi.get_project()}:"
    return {
        key.removeprefix(namespace): text
        for key, text in _everything().items()
        if key.startswith(namespace)
    }


def provider_config() -> ProviderConfig:
    """What the stack config says of the AWS provider, and of providers at all."""
    everything, secret = _everything(), engine_config.is_config_secret
    secrets = frozenset(
        key.removeprefix("aws:") for key in everything if key.startswith("aws:") and secret(key)
    )
    return ProviderConfig.of(everything, secrets)


def know_the_config() -> None:
    """Says where the config is written, for the fixes that are printed."""
    everything, secret = _everything(), engine_config.is_config_secret
    know(
        read(
            # Not every engine says it; the program runs in the folder of the project then.
            Path(pulumi.runtime.get_root_directory() or "."),
            pulumi.get_stack(),
            pulumi.get_project(),
            everything,
            [key for key in everything if secret(key)],
        )
    )


def _everything() -> dict[str, str]:
    # pulumi.Config answers only keys that one knows; unknown ones are what has to be found.
    return {**engine_config.get_config_env(), **engine_config.CONFIG.get()}


@dataclass(frozen=True)
class Remembered:
    """The stack as the last checkpoint holds it.

    Attributes:
        past: Each table that the stack knows.
        holders: The resources of the kinds that the program declares, ours and those of others.
    """

    past: Past
    holders: tuple[Holder, ...] = ()


def read_past() -> Remembered:
    """What the engine remembers. Call it before anything is registered.

    Raises:
        pulumi.RunError: the engine did not answer. It is never taken for an empty past.
    """
    stack = f"{pulumi.get_organization()}/{pulumi.get_project()}/{pulumi.get_stack()}"
    resources = _asked("pulumi:pulumi:readStackResourceOutputs", {"stackName": stack})
    outputs = _asked("pulumi:pulumi:readStackOutputs", {"name": stack})
    held = {urn: each["outputs"] for urn, each in resources.items()}
    return Remembered(past_of(held, outputs), holders_of(held))


def _asked(token: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    """The answer, after some patience: on a new stack the first checkpoint may be half written."""
    give_up = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            outputs: Mapping[str, Any] = pulumi.runtime.invoke(token, arguments).value["outputs"]
        except Exception as error:
            # The SDK raises bare Exceptions for whatever the engine answers.
            if time.monotonic() > give_up:
                raise pulumi.RunError(_unanswered(str(error))) from error
            time.sleep(0.1)
        else:
            return outputs


def _unanswered(said: str) -> str:
    # A file backend without projects: the engine cannot be asked for a stack by its whole name.
    if "a stack name may only contain" in said:
        return (
            "The backend keeps its stacks in the old layout, without projects, and so the engine"
            " does not say what this stack holds. Nothing was touched.\n"
            "  fix: pulumi state upgrade; pulumi stack select <stack>; then the same command"
        )
    return (
        f"The engine does not say what this stack holds: {said}. Nothing was touched.\n"
        "  fix: pulumi stack export, which shows whether the state can be read; then the same"
        " command"
    )
