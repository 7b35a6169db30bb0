"""What names a table elsewhere in the account: lost with what to do by hand, or the stack's own."""

import pytest

from restore.plan.losses.loss import Loss
from restore.plan.losses.mention import Kind, Mention
from tests.support.answers.bare_table import declared, lost, set_
from tests.support.configs.documents import TABLE

BY_HAND = Mention(Kind.SCHEDULED_ACTION, "sale", "at 8", "put it again")


def test_what_has_no_place_in_the_config_is_lost_with_what_to_do_by_hand() -> None:
    (loss,) = lost(None, None, BY_HAND)

    assert loss == Loss("scheduled action", "sale", "at 8", None, "put it again")
    assert not loss.in_lines


def test_a_backup_by_tag_is_brought_back_by_the_tag_or_by_hand() -> None:
    mention = Mention(Kind.BACKUP, "nightly", "by tag", "by hand", {"tags": {"backup": "daily"}})

    (loss,) = lost(None, None, mention)

    assert loss.todo == f"{set_(f'tables.{TABLE}.tags.backup', 'daily')}, or by hand"


@pytest.mark.parametrize(
    ("kind", "name", "count"),
    [
        pytest.param(Kind.IAM_POLICY, f"{TABLE}-read-policy", 0, id="the-grant"),
        pytest.param(Kind.IAM_POLICY, f"{TABLE}-write-policy", 0, id="the-second-grant"),
        pytest.param(Kind.IAM_POLICY, "orders-admin", 1, id="another-policy"),
        pytest.param(Kind.INLINE_POLICY, f"{TABLE}-read-policy", 1, id="an-inline-namesake"),
    ],
)
def test_the_stacks_own_policies_are_no_loss(kind: Kind, name: str, count: int) -> None:
    """The switch itself widens them."""
    config = declared(writeActions=["dynamodb:PutItem"])

    assert len(lost(None, config, Mention(kind, name, "allows", "by hand"))) == count
