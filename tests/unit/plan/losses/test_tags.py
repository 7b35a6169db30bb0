"""Tags that a restore loses, each by itself, and the command that writes it into the config."""

from dataclasses import replace

import pytest

from restore.plan.losses.loss import Loss
from tests.support.answers.bare_table import BARE, declared, only, set_
from tests.support.configs.documents import TABLE


@pytest.mark.parametrize(
    ("tag", "value", "todo"),
    [
        pytest.param("team", "shop", set_(f"tables.{TABLE}.tags.team", "shop"), id="plain"),
        pytest.param(
            "cost.center",
            "a b",
            set_(f"""'tables.{TABLE}.tags["cost.center"]'""", "'a b'"),
            id="to-be-quoted",
        ),
        pytest.param(
            "year", "2026", set_(f"tables.{TABLE}.tags.year", "--type string -- 2026"), id="digits"
        ),
        pytest.param(
            "keep", "true", set_(f"tables.{TABLE}.tags.keep", "--type string -- true"), id="true"
        ),
    ],
)
def test_each_tag_is_lost_by_itself(tag: str, value: str, todo: str) -> None:
    """`config set --path` takes `2026` for a number, which no tag may be."""
    answers = replace(BARE, tags={tag: value, "kept": "yes"})

    loss = only(answers, declared(tags={"kept": "yes"}))

    assert loss == Loss("tag", tag, value, {"tags": {tag: value}}, todo)


def test_a_tag_that_was_changed_by_hand_is_told_with_what_the_config_says() -> None:
    loss = only(replace(BARE, tags={"team": "shop"}), declared(tags={"team": "web"}))

    assert loss.detail == "shop; the stack config says web"
