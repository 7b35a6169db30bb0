"""Facts of a stack, from the facts of its tables."""

from dataclasses import replace

from restore.model.facts import Facts, StackState, TableFacts
from restore.table.config.resolved import StackConfig

URN = "urn:pulumi:dev::restore-demo::aws:dynamodb/table:Table::restore-demo.original"


def observed(*tables: TableFacts, retained: bool = True) -> Facts:
    config = StackConfig(tuple(table.config for table in tables))
    return Facts("dev", config, StackState(retained={URN: retained}), tables)


def other(table: TableFacts) -> TableFacts:
    return replace(table, config=replace(table.config, table="carts"))
