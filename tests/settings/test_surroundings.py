"""What is around a restore, looked up in AWS: keys, restores under way, permissions.

The answers of a simulation are botocore's stubs, in the shape of the IAM API Reference
(SimulatePrincipalPolicy, EvaluationResult): the emulator's own never hang on an address.
"""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.client import BaseClient
from botocore.exceptions import ConnectTimeoutError
from botocore.stub import Stubber

from restore.aws.account import Account
from restore.aws.permissions import permissions
from restore.aws.surroundings import surroundings
from restore.model.provider import Chosen
from restore.plan.permissions import Need
from restore.plan.surroundings import Key, Surroundings
from tests.support.emulator.process import (
    ACCOUNT,
    KEYED_BY_ID,
    Emulator,
    allow,
    recoverable_table,
    user_with,
)

NEED = Need("arn:aws:dynamodb:us-east-1:123456789012:table/orders", ("dynamodb:UpdateTable",))
ROLE = f"arn:aws:iam::{ACCOUNT}:role/team/operator"


def look(*tables: str) -> Surroundings:
    return surroundings(Account(), tables, [NEED], "3.259.0")


def encrypted(emulator: Emulator, name: str = "orders") -> str:
    key: str = emulator.client("kms").create_key()["KeyMetadata"]["Arn"]
    specification = {"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": key}
    recoverable_table(emulator.client("dynamodb"), name, SSESpecification=specification)
    return key


@pytest.mark.usefixtures("emulator")
def test_what_was_given_is_handed_on_with_what_sets_the_region() -> None:
    found = look()

    assert found.engine == "3.259.0"
    assert found.region == Chosen("us-east-1", "AWS_DEFAULT_REGION")
    assert found.keys == ()


def test_the_state_of_a_tables_own_key_is_read(emulator: Emulator) -> None:
    """A restore from a table whose key is disabled fails, or is cancelled in the middle."""
    kms, key = emulator.client("kms"), encrypted(emulator)
    assert look("orders").keys == (Key("orders", key, "Enabled"),)

    name = key.rpartition("/")[2]
    kms.disable_key(KeyId=name)
    assert look("orders").keys == (Key("orders", key, "Disabled"),)

    kms.schedule_key_deletion(KeyId=name)
    assert look("orders").keys == (Key("orders", key, "PendingDeletion"),)


def test_a_table_with_aws_own_key_has_none_to_look_at(emulator: Emulator) -> None:
    recoverable_table(emulator.client("dynamodb"))

    assert look("orders").keys == ()


def test_a_key_that_may_not_be_looked_at_is_neither_good_nor_bad(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = encrypted(emulator)
    become(emulator, monkeypatch, "kms:DescribeKey")

    (found,) = look("orders").keys

    assert (found.arn, found.state, found.why) == (key, None, "kms:DescribeKey")


def test_a_key_that_is_no_more_is_gone(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    """The emulator keeps keys for ever: the table is made to name another one."""
    encrypted(emulator)
    gone = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/00000000-0000-0000-0000-000000000000"
    described = {"SSEDescription": {"Status": "ENABLED", "KMSMasterKeyArn": gone}}
    monkeypatch.setattr(
        "botocore.client.BaseClient._make_api_call",
        answering({"DescribeTable": {"Table": described}}),
    )

    assert look("orders").keys == (Key("orders", gone, "gone"),)


def answering(known: dict[str, Any]) -> Any:
    """Some operations answered, the others asked for."""
    base: Any = BaseClient
    asked = base._make_api_call  # noqa: SLF001 - botocore's own seam

    def call(client: Any, operation: str, arguments: Any) -> Any:
        return known[operation] if operation in known else asked(client, operation, arguments)

    return call


def test_restores_under_way_are_counted_in_the_whole_account(emulator: Emulator) -> None:
    """Those of other teams count for the quota as well."""
    dynamodb = emulator.client("dynamodb")
    recoverable_table(dynamodb)
    assert (look().restoring, look().uncounted) == (0, None)

    settings = emulator.ask("GET", "/sandbox/settings")
    emulator.ask("PUT", "/sandbox/settings", {**settings, "restore_seconds": 60})
    try:
        for target in ("one", "two"):
            dynamodb.restore_table_to_point_in_time(
                SourceTableName="orders", TargetTableName=target, UseLatestRestorableTime=True
            )
        assert look().restoring == 2
    finally:
        emulator.ask("PUT", "/sandbox/settings", settings)


def test_too_many_tables_are_not_looked_at_one_by_one(emulator: Emulator) -> None:
    """An account may have 2,500 tables: so many calls for one number would throttle others."""
    dynamodb = emulator.client("dynamodb")
    for number in range(101):
        dynamodb.create_table(TableName=f"t{number:03}", **KEYED_BY_ID)

    assert (look().restoring, look().uncounted) == (None, None)


def test_tables_that_may_not_be_listed_are_not_counted_as_none(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    become(emulator, monkeypatch, "dynamodb:ListTables")

    assert (look().restoring, look().uncounted) == (None, "dynamodb:ListTables")


def test_a_table_that_goes_while_it_is_counted_is_no_restore(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "botocore.client.BaseClient._make_api_call",
        answering({"ListTables": {"TableNames": ["gone"]}}),
    )

    assert emulator.url
    assert look().restoring == 0


def become(emulator: Emulator, monkeypatch: pytest.MonkeyPatch, *denied: str) -> None:
    """From now on boto3 finds a user who may do all but these."""
    forbid = {"Effect": "Deny", "Action": list(denied), "Resource": "*"}
    statements = [allow("*", on="*"), *([forbid] if denied else [])]
    key, secret, _ = user_with(emulator.client("iam"), "operator", *statements)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", secret)


# What the operator may do.


@pytest.mark.usefixtures("emulator")
def test_where_iam_cannot_simulate_nothing_is_said_of_permissions() -> None:
    """Neither that they are there nor that they are missing."""
    found = permissions(Account(), [NEED])

    assert (found.missing, found.unsure) == ((), ())
    assert str(found.unseen).startswith("iam:SimulatePrincipalPolicy (")


def test_a_simulation_that_is_denied_denies_nothing(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    become(emulator, monkeypatch, "iam:SimulatePrincipalPolicy")

    assert permissions(Account(), [NEED]).unseen == "iam:SimulatePrincipalPolicy (AccessDenied)"


class Iam:
    """IAM as botocore stubs it, in the place of the real one, and a caller of one's choice."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, caller: str) -> None:
        real: Any = boto3.Session()
        self.client = real.client("iam", region_name="us-east-1")
        self.stubs = Stubber(self.client)
        sts = real.client("sts")
        known = Stubber(sts)
        known.add_response("get_caller_identity", {"Arn": caller})
        known.activate()

        clients = {"iam": self.client, "sts": sts}
        monkeypatch.setattr(Account, "client", lambda _, service, *__: clients[service])

    def simulates(self, decision: str, arn: str, *missing: str, specific: bool = False) -> None:
        result: dict[str, Any] = {
            "EvalActionName": NEED.actions[0],
            "EvalDecision": decision,
            "EvalResourceName": NEED.resource,
        }
        one = {"EvalResourceName": NEED.resource, "EvalResourceDecision": decision}
        if specific:
            result["ResourceSpecificResults"] = [{**one, "MissingContextValues": list(missing)}]
        elif missing:
            result["MissingContextValues"] = list(missing)
        self.stubs.add_response(
            "simulate_principal_policy",
            {"EvaluationResults": [result], "IsTruncated": False},
            {
                "PolicySourceArn": arn,
                "ActionNames": list(NEED.actions),
                "ResourceArns": [NEED.resource],
                "ContextEntries": [],
            },
        )


USER = f"arn:aws:iam::{ACCOUNT}:user/nadia"
EACH = (NEED.actions[0], NEED.resource)


@pytest.fixture
def iam(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> Iterator[Iam]:
    assert emulator.url
    stub = Iam(monkeypatch, USER)
    with stub.stubs:
        yield stub


def test_what_is_allowed_is_not_told(iam: Iam) -> None:
    iam.simulates("allowed", USER)

    found = permissions(Account(), [NEED])

    assert (found.missing, found.unsure, found.unseen) == ((), (), None)


def test_what_a_condition_asks_for_is_told_to_the_simulation(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The document's own conditions: without what they ask for IAM would deny what it allows."""
    action = "lambda:CreateEventSourceMapping"
    function = {"lambda:FunctionArn": "arn:aws:lambda:*:*:function:indexer"}
    statement = allow(action, on="*") | {"Condition": {"ArnLike": function}}
    ask = allow("iam:SimulatePrincipalPolicy", on="*")
    key, secret, _ = user_with(emulator.client("iam"), "operator", statement, ask)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", secret)

    def need(name: str) -> Need:
        arn = f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:{name}"
        return Need("*", (action,), {"lambda:FunctionArn": (arn,)})

    assert permissions(Account(), [need("indexer")]).missing == ()
    assert permissions(Account(), [need("another")]).missing == ((action, "*"),)


@pytest.mark.parametrize("decision", ["implicitDeny", "explicitDeny"])
def test_what_is_denied_is_missing_on_its_resource(iam: Iam, decision: str) -> None:
    iam.simulates(decision, USER)

    assert permissions(Account(), [NEED]).missing == (EACH,)


@pytest.mark.parametrize("specific", [True, False])
def test_what_hangs_on_a_condition_is_neither_allowed_nor_denied(
    iam: Iam, *, specific: bool
) -> None:
    """A policy that wants a source address: the simulation was not told from where."""
    iam.simulates("implicitDeny", USER, "aws:SourceIp", specific=specific)

    found = permissions(Account(), [NEED])

    assert (found.missing, found.unsure) == ((), (EACH,))


def test_an_assumed_role_is_simulated_by_the_roles_own_arn(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The caller's ARN lacks the role's path, and IAM knows no such role without it."""
    assert emulator.url
    caller = f"arn:aws:sts::{ACCOUNT}:assumed-role/operator/nadia"
    stub = Iam(monkeypatch, caller)
    role = {
        "Path": "/team/",
        "RoleName": "operator",
        "RoleId": "AROA00000000000000000",
        "Arn": ROLE,
        "CreateDate": "2026-01-31T14:02:00Z",
    }
    stub.stubs.add_response("get_role", {"Role": role}, {"RoleName": "operator"})
    stub.simulates("implicitDeny", ROLE)
    with stub.stubs:
        assert permissions(Account(), [NEED]).missing == (EACH,)


def test_a_role_that_may_not_look_itself_up_is_not_simulated(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert emulator.url
    stub = Iam(monkeypatch, f"arn:aws:sts::{ACCOUNT}:assumed-role/operator/nadia")
    stub.stubs.add_client_error("get_role", "AccessDenied")
    with stub.stubs:
        assert permissions(Account(), [NEED]).unseen == "iam:GetRole (AccessDenied)"


def test_the_root_user_cannot_be_simulated(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert emulator.url
    Iam(monkeypatch, f"arn:aws:iam::{ACCOUNT}:root")

    assert "root" in str(permissions(Account(), [NEED]).unseen)


def test_an_iam_out_of_reach_is_told_and_holds_nobody_up(
    iam: Iam, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A private network often has a way to DynamoDB and none to IAM."""

    def unreachable(*_: Any, **__: Any) -> None:
        raise ConnectTimeoutError(endpoint_url="https://iam.amazonaws.com")

    monkeypatch.setattr(iam.client, "get_paginator", unreachable)

    assert (
        permissions(Account(), [NEED]).unseen == "iam:SimulatePrincipalPolicy (ConnectTimeoutError)"
    )
