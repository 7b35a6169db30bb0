"""Whether the provider's credentials are still those of the last update. Pure.

A refresh reads AWS with the provider that the state holds. Where its keys were rotated or its role
was changed since, that one may be denied everything: the engine then has to run the program before
it refreshes. It does so only there, since it takes the time of one more run of the program.
"""

import json
from collections.abc import Mapping
from typing import Any

CREDENTIALS = frozenset(
    {
        "accessKey",
        "assumeRole",
        "assumeRoleWithWebIdentity",
        "assumeRoles",
        "profile",
        "secretKey",
        "sharedConfigFiles",
        "sharedCredentialsFiles",
        "token",
    }
)
"""The keys below `aws:` that say as whom the provider comes (pulumi-aws, Configuration)."""


def changed_since(deployed: Mapping[str, str], config: Mapping[str, str]) -> bool:
    """Whether the provider would come as someone else now.

    Args:
        deployed: What the state holds of these keys.
        config: The keys below `aws:` in the stack config.
    """
    now = {key: _read(text) for key, text in config.items() if key in CREDENTIALS}
    return {key: _read(text) for key, text in deployed.items()} != now


def _read(text: str) -> Any:
    """Lists and maps are JSON in both, in a spelling of their own each."""
    try:
        return json.loads(text)
    except ValueError:
        return text
