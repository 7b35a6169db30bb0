"""Where the stack's tables are, and where the runbook looks: each setting that differs is named."""

import pytest

from restore.decide.elsewhere import refuse_elsewhere
from restore.model.errors import BlockedError
from restore.model.provider import Chosen, Place
from tests.support.memory.facts import arn

OURS, OTHER = "123456789012", "210987654321"
SHELL = "the credentials of this shell"
TABLE = {"restore-demo.original": arn("original")}


def place(
    account: str = OURS, region: str = "eu-west-1", source: str = "AWS_REGION", who: str = SHELL
) -> Place:
    return Place(account, Chosen(region, source), who)


def elsewhere(here: Place, arns: dict[str, str] | None = None) -> BlockedError:
    with pytest.raises(BlockedError) as refused:
        refuse_elsewhere(arns or TABLE, here)
    return refused.value


def test_the_place_of_the_stacks_tables_is_no_finding() -> None:
    refuse_elsewhere(TABLE, place())
    refuse_elsewhere({}, place(OTHER, "us-east-1"))


@pytest.mark.parametrize(
    ("here", "differs", "fix"),
    [
        pytest.param(
            place(region="us-east-1"),
            "region us-east-1 (from AWS_REGION)",
            "export AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=eu-west-1",
            id="shell's-region",
        ),
        pytest.param(
            place(region="us-east-1", source="aws:region"),
            "region us-east-1 (from aws:region)",
            "pulumi config set aws:region eu-west-1",
            id="config's-region",
        ),
        pytest.param(
            place(region="us-east-1", source="the profile work"),
            "region us-east-1 (from the profile work)",
            "export AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=eu-west-1",
            id="profile's-region",
        ),
        pytest.param(
            place(OTHER),
            f"account {OTHER} (from {SHELL})",
            f"export AWS_PROFILE=<a profile of the account {OURS}>",
            id="shell's-account",
        ),
        pytest.param(
            place(OTHER, who="aws:profile"),
            f"account {OTHER} (from aws:profile)",
            f"pulumi config set aws:profile <a profile of the account {OURS}>",
            id="config's-profile",
        ),
        pytest.param(
            place(OTHER, who="aws:assumeRoles"),
            f"account {OTHER} (from aws:assumeRoles)",
            f"set aws:assumeRoles in the stack config to what leads to the account {OURS}",
            id="config's-role",
        ),
    ],
)
def test_the_fix_changes_the_setting_that_counts(here: Place, differs: str, fix: str) -> None:
    """With aws:region in the config an exported AWS_REGION changes nothing: a circle."""
    error = elsewhere(here)

    assert error.wrong == (
        f"The stack's restore-demo.original is in account {OURS}, region eu-west-1, and this"
        f" command looks in {differs}."
    )
    assert error.fix == fix


def test_both_wrong_are_fixed_both() -> None:
    error = elsewhere(place(OTHER, "us-east-1"))

    assert error.fix.count("export ") == 2
    assert f"account {OTHER} (from {SHELL}) and region us-east-1 (from AWS_REGION)" in error.wrong


LEFTOVER = arn("original").replace("eu-west-1", "us-west-2")
MIXED = {
    "restore-demo.original": arn("original"),
    "orders.original": arn("original"),
    "new.original": LEFTOVER,
}


def test_a_table_that_was_made_in_the_wrong_region_may_leave_the_stack() -> None:
    """Neither region can serve both, so a fix that names the other region is a circle."""
    error = elsewhere(place(), MIXED)

    assert "new.original in account 123456789012, region us-west-2" in error.wrong
    assert error.fix.startswith("let new leave the stack")
    assert "list new in forgetTables" in error.fix


def test_from_the_wrong_region_the_way_leads_back_to_where_most_tables_are() -> None:
    """Seen from there the good tables are the strange ones: they must not be let go."""
    error = elsewhere(place(region="us-west-2"), MIXED)

    assert error.fix == "export AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=eu-west-1"


def test_of_one_table_here_and_one_there_nobody_can_say_which_is_wrong() -> None:
    """The parameter of a table that leaves the stack is deleted: the wrong guess hurts clients."""
    two = {"restore-demo.original": arn("original"), "new.original": LEFTOVER}

    for region in ("eu-west-1", "us-west-2"):
        assert "tables.TABLE" in elsewhere(place(region=region), two).fix
