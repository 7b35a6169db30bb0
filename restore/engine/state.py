"""An exported deployment → what the runbook knows of the stack. Pure."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from restore.model.credentials import CREDENTIALS
from restore.model.facts import StackState
from restore.model.versions import numbers
from restore.table.config.labels import is_label
from restore.table.holders import holders_of
from restore.table.kinds import TABLE
from restore.table.remembered import past_of

STACK = "pulumi:pulumi:Stack"
PROVIDER = "pulumi:providers:aws"
_SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - the mark that the engine puts on one


def state_of(deployment: Mapping[str, Any]) -> StackState:
    """The state.

    Args:
        deployment: What `pulumi stack export --show-secrets` has below `deployment`.
    """
    # What waits for its deletion is no longer the stack's, as the engine tells a program too.
    resources = [each for each in deployment.get("resources") or () if not each.get("delete")]
    outputs = {each["urn"]: _plain(each.get("outputs", {})) for each in resources}
    exported: dict[str, Any] = next(
        (outputs[each["urn"]] for each in resources if each["type"] == STACK), {}
    )
    return StackState(
        past=past_of(outputs, exported),
        retained={
            each["urn"]: each.get("retainOnDelete", False)
            for each in resources
            if each["type"] == TABLE
        },
        pending=tuple(map(_pending, deployment.get("pending_operations") or ())),
        unfinished=tuple(_unfinished(resources, deployment.get("pending_operations") or ())),
        arns=_arns(outputs),
        provider=_provider(resources),
        credentials=_credentials(resources),
        holders=holders_of(outputs),
        since=_since(resources),
    )


def _since(resources: Sequence[Mapping[str, Any]]) -> dict[str, datetime]:
    """The engine keeps this time for good; a refresh leaves it as it is."""
    return {
        name: datetime.fromisoformat(each["created"]).astimezone(UTC)
        for each in resources
        if each["type"] == TABLE and "created" in each
        if is_label((name := str(each["urn"]).rpartition("::")[2]).partition(".")[2])
    }


def _arns(outputs: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """What else a team declares in the same stack may be in another region."""
    named = {tuple(urn.split("::")[2:]): each for urn, each in outputs.items()}
    return {
        name: each["arn"]
        for (kind, name), each in named.items()
        if kind.rpartition("$")[2] == TABLE and is_label(name.partition(".")[2]) and "arn" in each
    }


def _provider(resources: Sequence[Mapping[str, Any]]) -> str | None:
    """The newest where there are several: an upgrade leaves the older one behind for a while."""
    found = [
        str(each["outputs"]["version"])
        for each in resources
        if each["type"] == PROVIDER and "version" in each.get("outputs", {})
    ]
    return max(found, key=numbers, default=None)


def _credentials(resources: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """How the provider of our tables reached AWS at the last update, by its config's keys."""
    # A reference is the provider's URN and its id.
    used = {
        str(each.get("provider")).rpartition("::")[0] for each in resources if each["type"] == TABLE
    }
    return {
        key: text if isinstance(text, str) else json.dumps(text)
        for each in resources
        if each["urn"] in used
        for key, text in _plain(each.get("inputs", {})).items()
        if key in CREDENTIALS
    }


def _pending(operation: Mapping[str, Any]) -> str:
    return f"{operation['type']} {_called(operation['resource'])}"


def _unfinished(
    resources: Sequence[Mapping[str, Any]], pending: Sequence[Mapping[str, Any]]
) -> Iterator[str]:
    yield from (_called(each) for each in resources if each.get("initErrors"))
    yield from (_called(each["resource"]) for each in pending if each["type"] == "updating")


def _called(resource: Mapping[str, Any]) -> str:
    urn = str(resource["urn"])
    kind = urn.split("::")[2].rpartition(":")[2]
    return f"{kind} {urn.rpartition('::')[2]}"


def holds_secrets(export: str) -> bool:
    """Whether there are any in the text of a `pulumi stack export`."""
    return _SECRET in export


def _plain(value: Any) -> Any:
    """State values with their secrets opened (`pulumi stack export --show-secrets`)."""
    if isinstance(value, dict):
        if "plaintext" in value and len(value) == 2:  # noqa: PLR2004 - the signature and the text
            return json.loads(value["plaintext"])
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value
