"""Whose key signed a call, and the policies that speak for it."""

import json
import re
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, cast

from moto.core.exceptions import InvalidClientTokenIdError, JsonRESTError
from moto.iam.access_control import (
    AssumedRoleAccessKey,
    CreateAccessKeyFailure,
    IAMUserAccessKey,
    create_access_key,
)
from moto.iam.exceptions import NotFoundException
from moto.iam.models import Policy, iam_backends

_OF_AWS = re.compile(r"A[KS]IA[A-Z0-9]{16}")
"""IAM User Guide, 'Understanding unique ID prefixes': a user's key, and a session's."""


@dataclass(frozen=True)
class Principal:
    """An IAM user, a session of a role, or the account's root user."""

    arn: str
    role_arn: str | None
    documents: tuple[dict[str, Any], ...]

    @property
    def names(self) -> frozenset[str]:
        """Return what a resource-based policy may call it."""
        return frozenset(name for name in (self.arn, self.role_arn) if name)


def principal_of(access_key: str, account: str, headers: Any) -> Principal | None:
    """Return who owns a key; None for a dummy key, which is no key of AWS.

    Raises:
        JsonRESTError: it looks like a key of AWS and was never issued here or is deleted, or its
            session token is missing or wrong.
    """
    issued = iam_backends[account]["aws"].access_keys.get(access_key)
    if issued is None:
        if _OF_AWS.fullmatch(access_key):
            raise _invalid_token(headers)
        return None
    try:
        key = create_access_key(account, "aws", access_key, headers)
    except CreateAccessKeyFailure:
        raise _invalid_token(headers) from None
    try:
        policies = key.collect_policies()
    except NotFoundException:
        policies = []  # the role is gone, and with it all that its sessions were allowed
    return Principal(key.arn, issued.role_arn, tuple(map(_document, policies)))


def root_of(account: str) -> Principal:
    """Return the one whom every policy of an identity allows everything."""
    everything = {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
    return Principal(f"arn:aws:iam::{account}:root", None, (everything,))


def documents_of(account: str, arn: str) -> tuple[dict[str, Any], ...]:
    """Return the policies of the user or the role of an ARN.

    Raises:
        NotFoundException: there is none.
    """
    backend, name = iam_backends[account]["aws"], arn.rpartition("/")[2]
    policies: list[Any]
    if ":role/" in arn:
        owner = SimpleNamespace(backend=backend, _owner_role_name=backend.get_role(name).name)
        policies = AssumedRoleAccessKey.collect_policies(cast("Any", owner))
    else:
        owner = SimpleNamespace(backend=backend, _owner_user_name=backend.get_user(name).name)
        policies = IAMUserAccessKey.collect_policies(cast("Any", owner))
    return tuple(map(_document, policies))


def _invalid_token(headers: Any) -> Exception:
    if "X-Amz-Target" not in headers:
        return InvalidClientTokenIdError()
    return JsonRESTError(
        "com.amazon.coral.service#UnrecognizedClientException",
        "The security token included in the request is invalid.",
    )


def _document(policy: Any) -> dict[str, Any]:
    if isinstance(policy, Policy):
        policy = next(version.document for version in policy.versions if version.is_default)
    elif isinstance(policy, dict):
        policy = policy["policy_document"]
    document: dict[str, Any] = json.loads(policy)
    return document
