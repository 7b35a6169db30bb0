"""What a sound stack config becomes, and what all mistakes at once look like.

Not here: each mistake alone (test_parse_*.py) and AWS's own rules one by one (test_rules.py).
"""

from typing import Any

import pytest

from restore.table.config.parse import parse
from restore.table.config.problems import ConfigError
from restore.table.config.resolved import TableConfig
from tests.support.configs.documents import TABLE, entry, texts, walk_through


def the_table(raw: dict[str, str]) -> TableConfig:
    (table,) = parse(raw).tables
    return table


def test_a_table_called_restore_demo_has_the_names_of_the_walk_through() -> None:
    """Anyone who follows the blog post finds the same names in the AWS console."""
    table = the_table(walk_through())
    assert table.physical("original") == "restore-demo-original-table"
    assert table.physical("restored") == "restore-demo-restored-table"
    assert (table.parameter, table.policy) == (
        "restore-demo-table-name",
        "restore-demo-read-policy",
    )


def test_a_config_that_says_nothing_of_labels_serves_the_original() -> None:
    table = the_table(walk_through())
    assert (table.active, table.standby, table.adopt) == ("original", (), ())
    assert table.rollback_from is None
    assert not table.adopt_pointer


def test_names_of_tables_that_exist_replace_the_default_ones() -> None:
    names = {"original": "prod-orders"}
    table = the_table(
        texts(
            {
                "tables": {
                    TABLE: entry(
                        names=names,
                        parameterName="/prod/orders",
                        policyName="read",
                        adoptPointer=True,
                    )
                }
            }
        )
    )
    assert table.physical("original") == "prod-orders"
    assert table.physical("restored") == "restore-demo-restored-table"
    assert (table.parameter, table.policy, table.adopt_pointer) == ("/prod/orders", "read", True)


def test_declared_labels_are_active_standby_and_adopt_each_once() -> None:
    table = the_table(
        walk_through(
            activeTable="restored",
            standbyTables=["original"],
            adoptTables=["restored", "restored-2"],
        )
    )
    assert table.labels == ("restored", "original", "restored-2")


def test_a_key_of_a_table_replaces_the_stack_wide_one() -> None:
    """One table of two is restored: the other must not follow."""
    own = {"activeTable": "restored", "standbyTables": ["original"], "rollbackFrom": "restored-2"}
    orders, users = parse(
        texts(
            {
                "tables": {"orders": entry(**own), "users": entry()},
                "adoptTables": ["restored-3"],
                "rollbackFrom": "restored-4",
            }
        )
    ).tables
    assert (orders.active, orders.standby, orders.adopt) == (
        "restored",
        ("original",),
        ("restored-3",),
    )
    assert orders.rollback_from == "restored-2"
    assert (users.active, users.standby, users.adopt) == ("original", (), ("restored-3",))
    assert users.rollback_from == "restored-4"


@pytest.mark.parametrize("key", ["standbyTables", "adoptTables"])
def test_an_empty_list_of_a_table_replaces_the_stack_wide_list(key: str) -> None:
    """The only way to say that a table has none, while all others have."""
    raw: dict[str, Any] = {"tables": {TABLE: entry(**{key: []})}, key: ["restored"]}
    assert the_table(texts(raw)).labels == ("original",)


def test_a_key_is_named_where_it_stands() -> None:
    """A command that sets the stack-wide key would not change a table that has its own."""
    table = the_table(texts({"tables": {TABLE: entry(activeTable="original")}}))
    assert table.key("activeTable") == f"tables.{TABLE}.activeTable"
    assert table.key("standbyTables") == "standbyTables"


def test_tables_to_forget_are_read() -> None:
    assert parse(walk_through(forgetTables=["orders"])).forget == {"orders"}


def test_clients_caches_have_five_minutes_unless_the_config_knows_better() -> None:
    """Lambda's extension for parameters may hold a value for 300 s."""
    assert parse(walk_through()).runbook.drain_seconds == 300
    assert parse(walk_through(runbook={"drainSeconds": 5})).runbook.drain_seconds == 5


def test_every_mistake_of_every_table_is_in_one_message() -> None:
    """Mending one problem only to be shown the next costs an update each."""
    with pytest.raises(ConfigError) as caught:
        parse(
            texts(
                {
                    "tables": {
                        "my.orders": entry(),
                        "users": entry(standbyTables=["copy"], hashKye="id"),
                        "orders": entry(
                            standbyTables=["restored"],
                            adoptTables=["restored"],
                            readCapacity=5,
                            ttl="expires",
                            parameterName="users-table-name",
                        ),
                        "events": entry(billingMode="PROVISIONED", hashKey=5),
                    },
                    "forgetTables": ["users", "events"],
                    "owner": "me",
                }
            )
        )
    headline, *lines = str(caught.value).splitlines()
    assert headline == "The stack config is wrong. Nothing was touched."
    assert {line.strip().split(": ")[0] for line in lines if line.startswith("  - ")} == {
        '- tables["my.orders"]',
        "- tables.users.standbyTables[0]",
        "- tables.users.hashKye",
        "- tables.orders.adoptTables",
        "- tables.orders.readCapacity",
        "- tables.orders.ttl",
        "- tables.orders.parameterName",
        "- tables.events.hashKey",
        "- tables.events.readCapacity",
        "- tables.events.writeCapacity",
        "- forgetTables",
    }
    assert len(lines) == 2 * len(caught.value.problems) == 2 * 12
    assert all(line.startswith("      fix: ") for line in lines[1::2])


def test_a_wrong_stack_wide_label_does_not_hide_a_table_with_its_own() -> None:
    with pytest.raises(ConfigError) as caught:
        parse(
            texts(
                {
                    "tables": {"orders": entry(activeTable="original", standbyTables=["original"])},
                    "activeTable": "copy",
                }
            )
        )
    assert [problem.path for problem in caught.value.problems] == [
        "activeTable",
        "tables.orders.standbyTables",
    ]


def test_a_wrong_label_is_not_judged_a_second_time_by_its_default() -> None:
    """With `activeTable` mistyped, `original` is not the active table: position by is fine."""
    with pytest.raises(ConfigError) as caught:
        parse(walk_through(activeTable="restord", standbyTables=["original"]))
    assert [problem.path for problem in caught.value.problems] == ["activeTable"]


def test_a_number_with_too_many_digits_is_a_problem_like_any_other() -> None:
    """Python refuses to read it with a bare ValueError, which would be a traceback."""
    with pytest.raises(ConfigError, match="is no map"):
        parse({"tables": "1" * 5000})


def test_a_key_in_pythons_spelling_is_not_the_key() -> None:
    """It would be passed over in silence by whatever else reads the config."""
    with pytest.raises(ConfigError) as caught:
        parse(texts({"tables": {TABLE: entry(hashKey=None, hash_key="id")}}))
    assert [problem.path for problem in caught.value.problems] == [
        f"tables.{TABLE}.hashKey",
        f"tables.{TABLE}.hash_key",
    ]
