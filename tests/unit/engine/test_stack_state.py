"""What is read of a stack: the keys of its config, and its state, which becomes facts."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from pulumi import automation

from restore.engine.stack import Stack
from restore.engine.state import STACK
from restore.model.errors import RestoreError
from restore.table.kinds import PARAMETER, POLICY, TABLE
from tests.support.memory.engine import TABLE_URN, URN, Engine, failure


@pytest.mark.parametrize("read", [Stack.written, Stack.state])
def test_a_backend_that_does_not_answer_is_no_bug_of_ours(
    stack: Stack, engine: Engine, read: Callable[[Stack], object]
) -> None:
    """A wrong passphrase is the everyday case."""
    engine.error = failure(automation.CommandError, "incorrect passphrase")

    with pytest.raises(RestoreError, match="not the one of this stack's secrets") as failed:
        read(stack)

    assert failed.value.untouched == "Nothing was touched."


def test_only_the_projects_own_keys_are_read(stack: Stack, engine: Engine) -> None:
    engine.config = {"restore-demo:activeTable": "original", "aws:region": "eu-west-1"}

    assert stack.written() == {"activeTable": "original"}


@pytest.mark.parametrize("deployment", [None, {}, {"resources": None}])
def test_a_stack_that_was_never_deployed_has_no_past(
    stack: Stack, engine: Engine, deployment: dict[str, Any] | None
) -> None:
    engine.deployment = deployment

    assert stack.state().past == {}
    assert stack.state().retained == {}


def secret(value: Any) -> dict[str, str]:
    """As `pulumi stack export --show-secrets` writes one."""
    return {
        "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
        "plaintext": json.dumps(value),
    }


def resource(kind: str, name: str, *, outputs: Any = None, **more: Any) -> dict[str, Any]:
    shown = {} if outputs is None else {"outputs": outputs}
    return {"urn": f"{URN}{kind}::{name}", "type": kind, **shown, **more}


def test_the_state_is_the_last_checkpoint_with_its_secrets_opened(
    stack: Stack, engine: Engine
) -> None:
    policy = {"Statement": [{"Resource": ["arn:aws:dynamodb:r:1:table/orders"]}]}
    tables = {"restore-demo": {"history": ["original"], "labels": {"original": {"name": "orders"}}}}
    engine.deployment = {
        "resources": [
            resource(STACK, "restore-demo-dev", outputs=secret({"tables": tables})),
            resource("pulumi:providers:aws", "default"),
            resource(
                TABLE, "restore-demo.original", outputs={"name": "orders"}, retainOnDelete=True
            ),
            resource(TABLE, "restore-demo.restored", outputs={"name": secret("orders-2")}),
            resource(TABLE, "restore-demo.restored-2", outputs={"name": "gone"}, delete=True),
            resource(
                PARAMETER, "restore-demo", outputs={"name": "pointer", "value": secret("orders")}
            ),
            resource(
                POLICY, "restore-demo", outputs={"name": "grant", "policy": json.dumps(policy)}
            ),
        ]
    }

    state = stack.state()

    past = state.past["restore-demo"]
    assert past.physical == {"original": "orders", "restored": "orders-2"}
    assert (past.pointed, past.parameter, past.policy) == ("orders", "pointer", "grant")
    assert (past.history, past.covered) == (("original",), frozenset({"orders"}))
    assert state.retained == {TABLE_URN: True, f"{URN}{TABLE}::restore-demo.restored": False}


def test_a_secret_within_a_list_is_opened_as_well(stack: Stack, engine: Engine) -> None:
    history = [secret("original"), "restored"]
    tables = {"tables": {"restore-demo": {"history": history}}}
    engine.deployment = {"resources": [resource(STACK, "restore-demo-dev", outputs=tables)]}

    assert stack.state().past["restore-demo"].history == ("original", "restored")
