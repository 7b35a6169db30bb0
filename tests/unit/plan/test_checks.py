"""What is around a restore, and what each of it means: in the way, to be known, or neither."""

from dataclasses import replace

import pytest

from restore.model.errors import BlockedError
from restore.model.facts import Facts, StackState
from restore.model.provider_config import settings_of
from restore.model.versions import numbers
from restore.plan.checks import findings
from restore.plan.findings import Finding, Level, as_errors, from_errors
from restore.plan.surroundings import Key, Permissions, Surroundings
from tests.support.memory.facts import facts, original
from tests.support.memory.stack_facts import observed
from tests.unit.conftest import NOTHING

KEY = "arn:aws:kms:eu-west-1:123456789012:key/1"
FACTS = replace(observed(facts("serving")), account="123456789012", region="eu-west-1")
ENDPOINTS = '[{"dynamodb": "http://127.0.0.1:4566/", "ssm": "http://127.0.0.1:4566"}]'


def seen(**changed: object) -> Surroundings:
    return replace(NOTHING, **changed)  # type: ignore[arg-type]


def found(about: str, around: Surroundings = NOTHING, whole: Facts = FACTS) -> list[Finding]:
    return [each for each in findings(whole, around, 1) if each.about == about]


def key(state: str | None, why: str = "") -> Surroundings:
    return seen(keys=(Key("orders", KEY, state, why),))


DENIED = ("iam:CreatePolicyVersion", "arn:aws:iam::123456789012:policy/orders-read")

TABLE = [
    pytest.param("identity", NOTHING, Level.OK, "account 123456789012 (from", "", id="identity"),
    pytest.param(
        "engine", NOTHING, Level.OK, "Pulumi 3.259.0, no AWS provider in the state", "", id="engine"
    ),
    pytest.param(
        "engine",
        seen(engine="3.251.9"),
        Level.BLOCKED,
        "Pulumi 3.251.9 is older than 3.252",
        "install a newer one (https://www.pulumi.com/docs/install), then the same command",
        id="old-engine",
    ),
    pytest.param(
        "engine", seen(engine="3.252.0-dev"), Level.OK, "Pulumi 3.252.0-dev", "", id="first-engine"
    ),
    pytest.param(
        "engine", seen(engine="dev"), Level.NOTE, "calls itself 'dev'", "", id="nameless-engine"
    ),
    pytest.param("stack", NOTHING, Level.OK, "no operation is pending", "", id="clean"),
    pytest.param("key", key("Enabled"), Level.OK, "the key of orders is enabled", "", id="key"),
    pytest.param(
        "key",
        key("Disabled"),
        Level.BLOCKED,
        f"The key of orders, {KEY}, is Disabled",
        f"aws kms enable-key --key-id {KEY}",
        id="disabled-key",
    ),
    pytest.param(
        "key",
        key("PendingDeletion"),
        Level.BLOCKED,
        "is PendingDeletion",
        f"aws kms cancel-key-deletion --key-id {KEY} && aws kms enable-key --key-id {KEY}",
        id="dying-key",
    ),
    pytest.param(
        "key",
        key("gone"),
        Level.BLOCKED,
        "is gone",
        f"aws kms describe-key --key-id {KEY}",
        id="no-key",
    ),
    pytest.param(
        "key",
        key(None, "kms:DescribeKey"),
        Level.NOTE,
        "the key of orders was not looked at: kms:DescribeKey",
        "",
        id="hidden-key",
    ),
    pytest.param(
        "quota", seen(restoring=49), Level.OK, "49 restores under way of 50", "", id="quota"
    ),
    pytest.param(
        "quota",
        seen(restoring=50),
        Level.BLOCKED,
        "50 restores are under way and 1 would come to them",
        "wait for some of them",
        id="full-quota",
    ),
    pytest.param(
        "quota",
        seen(restoring=None),
        Level.NOTE,
        "over 100 tables",
        "",
        id="uncountable",
    ),
    pytest.param(
        "quota",
        seen(restoring=None, uncounted="dynamodb:ListTables"),
        Level.NOTE,
        "were not counted: dynamodb:ListTables",
        "",
        id="uncounted",
    ),
    pytest.param(
        "permissions", NOTHING, Level.OK, "all actions of the run are allowed", "", id="allowed"
    ),
    pytest.param(
        "permissions",
        seen(permissions=Permissions(missing=(DENIED,))),
        Level.BLOCKED,
        f"{DENIED[0]} on {DENIED[1]} is not allowed",
        f"allow {DENIED[0]} on {DENIED[1]}",
        id="denied",
    ),
    pytest.param(
        "permissions",
        seen(permissions=Permissions(unsure=(DENIED,))),
        Level.NOTE,
        "depends on a condition",
        "",
        id="conditional",
    ),
    pytest.param(
        "permissions",
        seen(permissions=Permissions(unseen="iam:SimulatePrincipalPolicy (AccessDenied)")),
        Level.NOTE,
        "not looked at: iam:SimulatePrincipalPolicy",
        "",
        id="not-simulated",
    ),
]


@pytest.mark.parametrize(("about", "around", "level", "says", "fix"), TABLE)
def test_each_thing_around_a_restore_is_judged_once(
    about: str, around: Surroundings, level: Level, says: str, fix: str
) -> None:
    (finding,) = found(about, around)

    assert finding.level is level
    assert says in finding.says
    assert finding.fix.startswith(fix)
    assert bool(finding.fix) == bool(fix)


def test_each_missing_action_is_named() -> None:
    """With the first alone a team would come back for the second after the policy's review."""
    more = Permissions(missing=(DENIED, ("ssm:PutParameter", "*")))

    assert len(found("permissions", seen(permissions=more))) == 2


def test_where_nothing_is_started_no_quota_counts() -> None:
    assert not [each for each in findings(FACTS, NOTHING, 0) if each.about == "quota"]


def test_what_the_runbook_cannot_follow_of_the_providers_config_is_told_by_its_key() -> None:
    """It may make no difference, or lead to another AWS: only a person knows."""
    settings = settings_of({"ec2MetadataServiceEndpoint": "http://x", "defaultTags": "{}"}, {})

    identity, unfollowed = found("identity", seen(settings=settings))

    assert (identity.level, unfollowed.level) == (Level.OK, Level.NOTE)
    assert "works with aws:ec2MetadataServiceEndpoint, and" in unfollowed.says


def test_the_identity_says_what_sets_the_account_and_the_region() -> None:
    """Of two shells and a config that contradict each other, the one that counted is named."""
    settings = settings_of({"profile": "prod"}, {"AWS_PROFILE": "mine"})

    (identity,) = found("identity", seen(settings=settings))

    assert "account 123456789012 (from aws:profile), region eu-west-1 (from AWS_" in identity.says


def test_what_a_dead_update_left_pending_is_named_each() -> None:
    """What it was making may be in AWS and not in the state."""
    state = StackState(pending=("creating Policy orders", "creating Table orders.restored"))

    pending = found("stack", whole=replace(FACTS, state=state))

    assert [each.level for each in pending] == [Level.NOTE] * 2
    assert "creating Table orders.restored" in pending[1].says
    assert "the next verb that updates clears that" in pending[1].says
    assert not pending[1].fix  # a refresh by hand would take every other drift into the state


def test_the_provider_in_the_state_is_shown() -> None:
    (engine,) = found("engine", whole=replace(FACTS, state=StackState(provider="7.20.0")))

    assert engine.says == "Pulumi 3.259.0, AWS provider 7.20.0"


def test_the_window_and_deletion_protection_are_told() -> None:
    whole = observed(facts("serving", original(protected=True)))

    assert (
        "from 2025-12-27T15:00:00Z to 2026-01-31T14:55:00Z" in found("window", whole=whole)[0].says
    )
    (protection,) = found("protection", whole=whole)
    assert protection.level is Level.NOTE


def test_a_table_that_is_gone_has_no_window_to_tell() -> None:
    whole = observed(facts("serving", gone=("original",)))

    assert not found("window", whole=whole)


def test_only_what_blocks_becomes_an_error() -> None:
    blocks = Finding(Level.BLOCKED, "key", "The key is gone.", "look for it")

    (error,) = as_errors([blocks, Finding(Level.NOTE, "key", "a note")])

    assert isinstance(error, BlockedError)
    assert (error.wrong, error.fix) == (blocks.says, blocks.fix)
    assert from_errors([error]) == [replace(blocks, about="restore")]


@pytest.mark.parametrize(
    ("version", "known"),
    [("3.252.0", (3, 252, 0)), ("v3.9", (3, 9)), ("3.260.0-alpha.1", (3, 260, 0)), ("dev", ())],
)
def test_versions_are_numbers_not_texts(version: str, known: tuple[int, ...]) -> None:
    """As a text 3.99 comes after 3.252."""
    assert numbers(version) == known
