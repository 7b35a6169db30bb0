"""What an index keeps in a restore, and which of its settings are lost, with their place."""

from typing import Any

from restore.settings.answers import Answers
from tests.support.answers.bare_table import INDEXED, declared, described, lost, only, set_
from tests.support.configs.documents import TABLE


def with_index(**more: Any) -> Answers:
    index = {
        "IndexName": "by-customer",
        "KeySchema": [{"AttributeName": "customer", "KeyType": "HASH"}],
        "Projection": {"ProjectionType": "ALL"},
        **more,
    }
    return described(GlobalSecondaryIndexes=[index])


CAPPED = {"OnDemandThroughput": {"MaxReadRequestUnits": 50}}


def test_an_index_keeps_what_a_restore_copies() -> None:
    assert lost(with_index(), declared(**INDEXED)) == []


def test_a_setting_of_an_index_is_lost_with_its_place_in_the_config() -> None:
    loss = only(with_index(**CAPPED), declared(**INDEXED))

    assert loss.name == "onDemandThroughput of by-customer"
    path = f"tables.{TABLE}.globalSecondaryIndexes[0].onDemandThroughput.maxReadRequestUnits"
    assert loss.todo == set_(f"'{path}'", "50")


def test_a_setting_of_an_index_that_the_config_lacks_has_no_place_there() -> None:
    todo = only(with_index(**CAPPED)).todo

    assert todo.startswith("declare the index by-customer in globalSecondaryIndexes")
