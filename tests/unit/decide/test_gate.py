"""The gate, as a table: one step of a preview against what the row permits."""

import pytest

from restore.decide.gate import Permit, judge
from restore.model.change import Change
from restore.table.kinds import PARAMETER, POLICY, TABLE

TABLE_URN = f"urn:pulumi:dev::restore-demo::{TABLE}::restore-demo.restored"
OLD_URN = f"urn:pulumi:dev::restore-demo::{TABLE}::restore-demo.original"
POINTER_URN = f"urn:pulumi:dev::restore-demo::{PARAMETER}::restore-demo"
RETAINED = {OLD_URN: True, TABLE_URN: True}

PURE = Permit(TABLE, "restore-demo.restored", frozenset({"import"}), frozenset())
CONFIGURE = Permit(TABLE, "restore-demo.restored", frozenset({"import", "update"}))
FLIP = Permit(PARAMETER, "restore-demo", frozenset({"update"}), frozenset({"value", "version"}))
LEAVE = Permit(TABLE, "restore-demo.original", frozenset({"delete"}))


def change(op: str, urn: str, *properties: str, replaces: bool = False) -> Change:
    return Change(op, urn, frozenset(properties), replaces=replaces)


@pytest.mark.parametrize(
    ("step", "permit"),
    [
        pytest.param(change("import", TABLE_URN), PURE, id="a-pure-import"),
        pytest.param(
            change("import", TABLE_URN, "tags", "ttl"), CONFIGURE, id="import-and-configure"
        ),
        pytest.param(change("update", TABLE_URN, "tags"), CONFIGURE, id="configure"),
        pytest.param(change("update", POINTER_URN, "value"), FLIP, id="flip"),
        pytest.param(change("update", POINTER_URN, "value", "version"), FLIP, id="flip-version"),
        pytest.param(change("delete", OLD_URN), LEAVE, id="leave-retained"),
    ],
)
def test_a_permitted_step_passes(step: Change, permit: Permit) -> None:
    assert judge([step], [PURE, permit], RETAINED) == []


@pytest.mark.parametrize("op", ["same", "read", "refresh"])
def test_a_step_that_changes_nothing_needs_no_permit(op: str) -> None:
    assert judge([change(op, TABLE_URN)], [], {}) == []


@pytest.mark.parametrize(
    ("step", "complaint"),
    [
        pytest.param(
            change("import", TABLE_URN, "ttl", "hashKey"),
            "import Table restore-demo.restored (hashKey, ttl): not part of this step",
            id="an-import-that-would-change-the-table",
        ),
        pytest.param(
            change("create", TABLE_URN),
            "create Table restore-demo.restored: not part of this step",
            id="an-empty-table",
        ),
        pytest.param(
            change("import", OLD_URN),
            "import Table restore-demo.original: not part of this step",
            id="another-table",
        ),
        pytest.param(
            change("update", POINTER_URN, "value", "type"),
            "update Parameter restore-demo (type, value): not part of this step",
            id="more-than-the-flip",
        ),
        pytest.param(
            change("delete", POINTER_URN),
            "delete Parameter restore-demo: not part of this step",
            id="a-delete-of-the-pointer",
        ),
        pytest.param(
            change("delete", TABLE_URN),
            "delete Table restore-demo.restored: not part of this step",
            id="a-delete-of-the-wrong-table",
        ),
        pytest.param(
            change("update", f"urn:pulumi:dev::restore-demo::{POLICY}::restore-demo", "policy"),
            "update Policy restore-demo (policy): not part of this step",
            id="a-resource-nobody-named",
        ),
        pytest.param(
            change("replace", OLD_URN, "hashKey"),
            "replace Table restore-demo.original (hashKey): would replace it",
            id="a-replace",
        ),
        *(
            pytest.param(
                change(op, OLD_URN), f"{op} Table restore-demo.original: would replace it", id=op
            )
            for op in ("create-replacement", "delete-replaced", "import-replacement")
        ),
        pytest.param(
            change("update", TABLE_URN, "hashKey", replaces=True),
            "update Table restore-demo.restored (hashKey): would replace it",
            id="an-update-that-the-provider-turns-into-a-replace",
        ),
    ],
)
def test_any_other_step_is_a_complaint(step: Change, complaint: str) -> None:
    """Each of these would create, replace or delete something that clients may use."""
    found = judge([step], [PURE, FURNISH_ONLY_UPDATES, FLIP, LEAVE], RETAINED)

    assert list(map(str, found)) == [complaint]


FURNISH_ONLY_UPDATES = Permit(TABLE, "restore-demo.restored", frozenset({"update"}))


@pytest.mark.parametrize(
    "retained",
    [
        pytest.param({OLD_URN: False}, id="the-flag-is-off"),
        pytest.param({}, id="not-in-the-state"),
        pytest.param({TABLE_URN: True}, id="the-flag-of-another"),
    ],
)
def test_a_table_without_its_retain_flag_may_not_leave(retained: dict[str, bool]) -> None:
    """The engine goes by the flag in the state: without it the delete is real."""
    found = judge([change("delete", OLD_URN)], [LEAVE], retained)

    assert list(map(str, found)) == [
        "delete Table restore-demo.original: would really delete it, its state has no retain flag"
    ]


def test_every_complaint_is_listed() -> None:
    steps = [
        change("create", TABLE_URN),
        change("import", TABLE_URN),
        change("delete", POINTER_URN),
    ]

    assert len(judge(steps, [PURE], RETAINED)) == 2


def test_no_step_is_no_complaint() -> None:
    """An update that was done already, and whose config alone was left behind."""
    assert judge([], [PURE], {}) == []


def test_a_resource_below_a_component_is_known_by_its_own_type() -> None:
    step = change("update", f"urn:pulumi:dev::restore-demo::my:index:Part${TABLE}::a::b")

    assert (step.kind, step.name) == (TABLE, "a::b")


PROVIDER_URN = "urn:pulumi:dev::restore-demo::pulumi:providers:aws::default_7_51_1"


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(change("update", OLD_URN, "tags", "tagsAll"), id="tags-of-a-table"),
        pytest.param(change("update", POINTER_URN, "tagsAll"), id="default-tags-of-the-pointer"),
        pytest.param(change("update", PROVIDER_URN, "accessKey", "secretKey"), id="rotated-keys"),
        pytest.param(change("update", PROVIDER_URN, "ignoreTags"), id="ignored-tags-added"),
        pytest.param(change("create", PROVIDER_URN), id="a-newer-provider"),
        pytest.param(change("delete", PROVIDER_URN), id="the-older-provider"),
    ],
)
def test_tags_and_credentials_alone_stop_nothing(step: Change) -> None:
    """An auto-tagger or a rotated key would stop the run after hours of waiting."""
    assert judge([step], [], {}) == []


def test_tags_beside_what_a_step_may_change_are_no_reason_to_refuse_it() -> None:
    """Default tags are new in the config: the flip brings them along."""
    step = change("update", POINTER_URN, "value", "tagsAll")

    assert judge([step], [FLIP], {}) == []


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(change("replace", PROVIDER_URN, "region"), id="a-provider-elsewhere"),
        pytest.param(change("update", PROVIDER_URN, "region", replaces=True), id="said-by-it"),
        pytest.param(change("update", OLD_URN, "tags", "ttl"), id="more-than-tags"),
        pytest.param(change("update", OLD_URN, "tags", replaces=True), id="tags-that-replace"),
        pytest.param(change("update", OLD_URN), id="nobody-knows-what"),
        pytest.param(change("create", OLD_URN, "tags"), id="a-new-table-with-tags"),
    ],
)
def test_nothing_else_passes_for_tags_or_credentials(step: Change) -> None:
    """A provider for another region replaces every table behind it."""
    assert len(judge([step], [], {})) == 1
