"""What `--accept` lets through, as a table; and what it never does."""

import shlex

import pytest

from restore.decide.acceptance import Accepting, Settled, about, as_json, options, settle, shown
from restore.decide.gate import Complaint, Wrong, judge
from restore.decide.refused import fix
from restore.model.change import Change
from restore.model.errors import UsageError
from restore.table.kinds import ALARM, PARAMETER, POLICY, RESOURCE_POLICY, TABLE
from tests.support.memory.facts import facts

URN = "urn:pulumi:dev::restore-demo::"
TABLES = frozenset({"restore-demo.original", "restore-demo.restored"})


def change(op: str, kind: str, name: str, *properties: str, replaces: bool = False) -> Change:
    return Change(op, f"{URN}{kind}::{name}", frozenset(properties), replaces=replaces)


TTL = change("update", TABLE, "restore-demo.original", "ttl")
STREAM = change("update", TABLE, "restore-demo.original", "streamEnabled", "streamViewType")
ALARM_GONE = change("create", ALARM, "restore-demo.original.alarm.slow")


def settled(changes: list[Change], *wanted: str) -> Settled:
    return settle(judge(changes, [], {}), Accepting(wanted), TABLES)


@pytest.mark.parametrize(
    ("step", "wanted"),
    [
        pytest.param(TTL, ("Table/restore-demo.original:ttl",), id="a-property"),
        pytest.param(TTL, ("Table/restore-demo.original",), id="whatever-differs"),
        pytest.param(
            STREAM,
            ("Table/restore-demo.original:streamViewType,streamEnabled",),
            id="several-properties",
        ),
        pytest.param(
            STREAM,
            (
                "Table/restore-demo.original:streamEnabled",
                "Table/restore-demo.original:streamViewType",
            ),
            id="one-after-the-other",
        ),
        pytest.param(ALARM_GONE, ("MetricAlarm/restore-demo.original.alarm.slow",), id="an-alarm"),
        pytest.param(
            change("update", "aws:lambda/function:Function", "a:b", "timeout"),
            ("Function/a:b:timeout",),
            id="a-name-with-a-colon",
        ),
        pytest.param(
            change("update", PARAMETER, "restore-demo", "description"),
            ("Parameter/restore-demo:description",),
            id="the-pointer-without-its-value",
        ),
    ],
)
def test_a_named_difference_is_accepted(step: Change, wanted: tuple[str, ...]) -> None:
    assert settled([step], *wanted) == Settled((), (step,))


NEVER = [
    pytest.param(change("replace", TABLE, "restore-demo.original", "hashKey"), id="a-replace"),
    pytest.param(
        change("update", TABLE, "restore-demo.original", "hashKey", replaces=True),
        id="an-update-that-replaces",
    ),
    pytest.param(change("delete", TABLE, "restore-demo.original"), id="a-delete"),
    pytest.param(change("delete", ALARM, "restore-demo.original.alarm.slow"), id="a-lost-alarm"),
    pytest.param(change("create", TABLE, "restore-demo.original"), id="an-empty-table"),
    pytest.param(change("update", POLICY, "restore-demo", "policy"), id="the-grant"),
    pytest.param(change("create", POLICY, "restore-demo"), id="a-grant-again"),
    pytest.param(
        change("update", PARAMETER, "restore-demo", "description", "value"), id="the-pointer"
    ),
    pytest.param(change("create", PARAMETER, "restore-demo"), id="a-pointer-again"),
    pytest.param(
        change("update", RESOURCE_POLICY, "restore-demo.original.policy", "policy"),
        id="the-tables-own-policy",
    ),
    pytest.param(change("update", TABLE, "restore-demo.restored-2", "ttl"), id="another-label"),
    pytest.param(change("update", TABLE, "carts.original", "ttl"), id="another-table"),
    pytest.param(
        change("create", ALARM, "restore-demo.restored-2.alarm.slow"), id="on-another-label"
    ),
]


@pytest.mark.parametrize("step", NEVER)
def test_some_differences_are_never_accepted(step: Change) -> None:
    """Each of these could take data or a table away from clients."""
    with pytest.raises(UsageError, match="nothing that can be accepted"):
        settled([step], step.resource)


def test_what_is_not_named_is_left_to_refuse() -> None:
    found = settled([TTL, ALARM_GONE], "Table/restore-demo.original")

    assert found == Settled((Complaint(ALARM_GONE, Wrong.FOREIGN),), (TTL,))


def test_half_of_a_change_is_none() -> None:
    """The engine carries the whole change out."""
    found = settled([STREAM], "Table/restore-demo.original:streamEnabled")

    assert found == Settled((Complaint(STREAM, Wrong.FOREIGN),), ())


@pytest.mark.parametrize(
    "text",
    [
        "restore-demo.original",
        "Table/restore-demo.original:",
        "Table/restore-demo.original:ttl,",
        "Table/restore-demo.original:tll",
        "Table/restore-demo.restored:ttl",
        "Table restore-demo.original",
        "",
    ],
)
def test_a_name_without_a_difference_is_refused_with_what_could_be_accepted(text: str) -> None:
    """A slip of the pen must not look like consent."""
    with pytest.raises(UsageError) as refused:
        settled([TTL], "Table/restore-demo.original", text)

    assert refused.value.fix == (
        "the same command with --accept Table/restore-demo.original:ttl"
        f" in place of --accept {shlex.quote(text)}"
    )


def test_what_the_first_update_of_a_call_took_away_is_no_slip_in_the_next_one() -> None:
    """A run makes several updates, and the first one repairs the drift."""
    accepting = Accepting(("Table/restore-demo.original:ttl",))
    settle(judge([TTL], [], {}), accepting, TABLES)

    assert settle([], accepting, TABLES) == Settled((), ())


def test_a_step_is_about_the_active_label_and_the_one_under_way() -> None:
    there = facts("serving adopted")

    assert about([(there, "restored")]) == TABLES
    assert about([(there, None)]) == {"restore-demo.original"}


def test_a_change_is_shown_with_its_values_and_told_to_a_script() -> None:
    step = Change(
        "update", TTL.urn, frozenset({"ttl"}), values={"ttl.enabled": (True, False), "x": (None, 1)}
    )

    assert shown(step, "why").splitlines() == [
        "update Table restore-demo.original (ttl): why",
        "      ttl.enabled: True → False",
        "      x: nothing → 1",
    ]
    assert as_json(step) == {
        "resource": "Table/restore-demo.original",
        "op": "update",
        "properties": ["ttl"],
        "values": {"ttl.enabled": {"old": True, "new": False}, "x": {"old": None, "new": 1}},
    }


@pytest.mark.parametrize(
    ("changes", "deployed", "says"),
    [
        pytest.param(
            [TTL, ALARM_GONE],
            True,
            "--accept Table/restore-demo.original:ttl"
            " --accept MetricAlarm/restore-demo.original.alarm.slow",
            id="all-of-it-can-be-accepted",
        ),
        pytest.param(
            [change("update", POLICY, "restore-demo", "policy")],
            True,
            "pulumi up --refresh, which puts back what was edited by hand and deploys what was not"
            " deployed yet; then the same command",
            id="a-grant-edited-by-hand",
        ),
        pytest.param(
            [change("update", POLICY, "restore-demo", "policy")],
            False,
            "pulumi preview --refresh --diff shows it; put back what was edited by hand, or take"
            " the change back; then the same command",
            id="where-an-up-would-do-more",
        ),
        pytest.param(
            [TTL, change("replace", TABLE, "restore-demo.restored", "hashKey")],
            True,
            "pulumi preview --refresh --diff shows it; take the change back in the program or in"
            " the stack config, then the same command",
            id="a-replace",
        ),
        pytest.param(
            [change("delete", ALARM, "restore-demo.original.alarm.slow")],
            True,
            "pulumi preview --refresh --diff shows it; take the change back in the program or in"
            " the stack config, then the same command",
            id="a-delete",
        ),
    ],
)
def test_the_fix_helps_and_never_replaces_or_deletes(
    changes: list[Change], *, deployed: bool, says: str
) -> None:
    """The printed command is typed as it stands, at night."""
    assert fix(judge(changes, [], {}), TABLES, as_deployed=deployed) == says


def test_nothing_to_accept_is_no_option() -> None:
    assert options([], TABLES) == ""
