"""Paths and commands as the `pulumi config` command line takes them.

Not here: the sentences for pydantic's findings (test_parse_*.py shows each through `parse`).
"""

import pytest

from restore.table.config.explain import path_of, rm_command, set_command


@pytest.mark.parametrize(
    ("loc", "path"),
    [
        (("activeTable",), "activeTable"),
        (("standbyTables", 1), "standbyTables[1]"),
        (("tables", "orders", "attributes", 0, "name"), "tables.orders.attributes[0].name"),
        (("tables", "restore-demo", "hashKey"), "tables.restore-demo.hashKey"),
        (("tables", "my.orders", "hashKey"), 'tables["my.orders"].hashKey'),
        (("tables", 'a "b"', "hashKey"), 'tables["a \\"b\\""].hashKey'),
        (("my.key",), '["my.key"]'),
        (("tables", "my orders", "[key]"), 'tables["my orders"]'),
        (("tables", "orders", "names", "new", "[key]"), "tables.orders.names.new"),
        ((), ""),
    ],
)
def test_a_path_is_written_as_pulumi_reads_it(loc: tuple[int | str, ...], path: str) -> None:
    """`tables.my.orders` would be the key `orders` of a table `my`."""
    assert path_of(loc) == path


@pytest.mark.parametrize(
    ("path", "set_to_x", "rm"),
    [
        ("activeTable", "pulumi config set activeTable x", "pulumi config rm activeTable"),
        (
            "tables.orders.ttl",
            "pulumi config set --path tables.orders.ttl x",
            "pulumi config rm --path tables.orders.ttl",
        ),
        (
            "standbyTables[0]",
            "pulumi config set --path 'standbyTables[0]' x",
            "pulumi config rm --path 'standbyTables[0]'",
        ),
        (
            'tables["a b"]',
            """pulumi config set --path 'tables["a b"]' x""",
            """pulumi config rm --path 'tables["a b"]'""",
        ),
    ],
)
def test_a_command_can_be_pasted_into_a_shell(path: str, set_to_x: str, rm: str) -> None:
    """Zsh takes a bare bracket for a pattern and refuses the line."""
    assert set_command(path, "x") == set_to_x
    assert rm_command(path) == rm
