"""As whom the engine comes: a provider with other credentials, and a user without a name."""

import os
import pwd
from typing import Any

import pytest

from restore.engine.running import without_a_name
from restore.engine.stack import Stack
from restore.engine.state import state_of
from restore.model.credentials import changed_since
from restore.table.kinds import TABLE
from tests.support.memory.engine import Engine

ROLES = [{"roleArn": "arn:aws:iam::123456789012:role/deploy"}]
WRITTEN = '[{"roleArn": "arn:aws:iam::123456789012:role/deploy"}]'
PROVIDER = "urn:pulumi:dev::shop::pulumi:providers:aws::default"
TABLE_URN = f"urn:pulumi:dev::shop::{TABLE}::orders.original"


@pytest.mark.parametrize(
    ("deployed", "config", "changed"),
    [
        ({}, {}, False),
        ({}, {"region": "us-east-1", "defaultTags": "{}"}, False),
        ({"accessKey": "old"}, {"accessKey": "old", "region": "us-east-1"}, False),
        ({"accessKey": "old"}, {"accessKey": "new"}, True),
        ({"accessKey": "old"}, {}, True),
        ({}, {"assumeRoles": WRITTEN}, True),
        ({"assumeRoles": WRITTEN.replace(" ", "")}, {"assumeRoles": WRITTEN}, False),
    ],
)
def test_only_other_credentials_cost_a_further_run_of_the_program(
    deployed: dict[str, str], config: dict[str, str], *, changed: bool
) -> None:
    """Each costs the time of one more start of the program."""
    assert changed_since(deployed, config) is changed


def deployment(inputs: dict[str, Any]) -> dict[str, Any]:
    """One table of ours with its provider, and another provider beside it."""
    other = {"urn": f"{PROVIDER}_west", "type": "pulumi:providers:aws", "inputs": {"token": "x"}}
    provider = {"urn": PROVIDER, "type": "pulumi:providers:aws", "inputs": inputs}
    table = {"urn": TABLE_URN, "type": TABLE, "provider": f"{PROVIDER}::1234", "outputs": {}}
    return {"resources": [other, provider, table]}


def test_of_the_state_the_provider_of_our_tables_counts() -> None:
    """A team's other provider may have keys of its own."""
    inputs = {"accessKey": "old", "assumeRoles": ROLES, "region": "us-east-1"}
    found = state_of(deployment(inputs)).credentials
    assert found == {"accessKey": "old", "assumeRoles": WRITTEN}


@pytest.mark.parametrize(("key", "asked"), [("old", None), ("new", True)])
def test_a_refresh_with_other_credentials_runs_the_program_first(
    stack: Stack, engine: Engine, key: str, *, asked: bool | None
) -> None:
    engine.deployment = deployment({"accessKey": "old"})
    engine.config = {"aws:accessKey": key}
    stack.providers()
    stack.state()
    stack.preview()
    stack.preview(refresh=False)
    assert [each.get("run_program") for each in engine.asked] == [asked, None]


def test_a_user_without_a_passwd_entry_gets_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine's `user.Current` fails without, at nearly every command."""

    def unknown(_: int) -> None:
        raise KeyError

    assert without_a_name({}) == {}
    monkeypatch.setattr(pwd, "getpwuid", unknown)
    me = str(os.getuid())
    assert without_a_name({}) == {"USER": me, "HOME": "/"}
    assert without_a_name({"USER": "", "HOME": "/home/me"}) == {"USER": me}
    assert without_a_name({"USER": "me", "HOME": "/home/me"}) == {}
