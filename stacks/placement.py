"""What is wrong with where a table's labels stand, and with what things are called."""

from collections.abc import Iterator, Sequence

from stacks.config import TableConfig
from stacks.explain import rm_command, set_command
from stacks.problems import Problem


def placement_problems(table: TableConfig) -> Iterator[Problem]:
    """A label has one place: the active one, or a standby, or one to adopt."""
    for key, labels in (("standbyTables", table.standby), ("adoptTables", table.adopt)):
        for label in sorted({label for label in labels if labels.count(label) > 1}):
            yield Problem(table.key(key), f"lists {label!r} twice", _rm_one(table, key, label))
    if table.active in table.standby:
        wrong = f"lists {table.active!r}, which is the active table"
        mend = _rm_one(table, "standbyTables", table.active)
        yield Problem(table.key("standbyTables"), wrong, mend)
    for label in sorted({*table.standby} & {*table.adopt}):
        wrong = f"lists {label!r}, which standbyTables lists too"
        yield Problem(table.key("adoptTables"), wrong, _rm_one(table, "adoptTables", label))
    # One that is inherited means another table, where this one has a place of its own.
    own = "rollbackFrom" in table.own_keys or "activeTable" not in table.own_keys
    if own and table.rollback_from and table.rollback_from.partition(":")[0] == table.active:
        key = table.key("rollbackFrom")
        yield Problem(key, "names the active table itself", rm_command(key))


def _rm_one(table: TableConfig, key: str, label: str) -> str:
    labels = getattr(table, {"standbyTables": "standby", "adoptTables": "adopt"}[key])
    last = len(labels) - 1 - labels[::-1].index(label)
    return rm_command(f"{table.key(key)}[{last}]")


def name_problems(tables: Sequence[TableConfig]) -> Iterator[Problem]:
    """No two things of one kind share a physical name, and every name is short enough."""
    named = [
        *(
            ("DynamoDB table", f"tables.{table.table}.names.{label}", table.physical(label))
            for table in tables
            for label in dict.fromkeys((*table.labels, *table.names))
        ),
        *(("parameter", f"tables.{t.table}.parameterName", t.parameter) for t in tables),
        *(("policy", f"tables.{t.table}.policyName", t.policy) for t in tables),
    ]
    first: dict[tuple[str, str], str] = {}
    for kind, path, name in named:
        other = first.setdefault((kind, name), path)
        if other != path:
            wrong = f"{name!r} is the name of a second {kind}, see {other}"
            yield Problem(path, wrong, set_command(path, "<another name>"))
        if len(name) > (limit := _LONGEST[kind]):
            wrong = f"{name!r} is longer than the {limit} characters that AWS allows"
            yield Problem(path, wrong, set_command(path, "<a shorter name>"))


_LONGEST = {"DynamoDB table": 255, "parameter": 1011, "policy": 128}
