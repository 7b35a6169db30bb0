"""What is wrong with where a table's labels stand, and with what things are called."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from restore.table.config.explain import rename, rm_command, set_command
from restore.table.config.problems import Problem
from restore.table.config.resolved import TableConfig


def placement_problems(table: TableConfig) -> Iterator[Problem]:
    """A label has one place: the active one, or a standby, or one to adopt."""
    for key, labels in (
        ("standbyTables", table.standby),
        ("adoptTables", table.adopt),
        ("frozenTables", table.frozen),
    ):
        for label in sorted({label for label in labels if labels.count(label) > 1}):
            yield Problem(table.key(key), f"lists {label!r} twice", _rm_one(table, key, label))
    if table.active in table.standby:
        wrong = f"lists {table.active!r}, which is the active table"
        fix = _rm_one(table, "standbyTables", table.active)
        yield Problem(table.key("standbyTables"), wrong, fix)
    for label in sorted({*table.standby} & {*table.adopt}):
        wrong = f"lists {label!r}, which standbyTables lists too"
        yield Problem(table.key("adoptTables"), wrong, _rm_one(table, "adoptTables", label))
    # A stack-wide one may mean another table.
    if "frozenTables" in table.own_keys or "activeTable" not in table.own_keys:
        for label in sorted({*table.frozen} - {table.active, *table.standby}):
            wrong = f"lists {label!r}, which is neither active nor standby"
            yield Problem(table.key("frozenTables"), wrong, _rm_one(table, "frozenTables", label))
    # One that is inherited means another table, where this one has a place of its own.
    own = "rollbackFrom" in table.own_keys or "activeTable" not in table.own_keys
    if own and table.rollback_from and table.rollback_from.partition(":")[0] == table.active:
        key = table.key("rollbackFrom")
        yield Problem(key, "names the active table itself", rm_command(key))


def _rm_one(table: TableConfig, key: str, label: str) -> str:
    fields = {"standbyTables": "standby", "adoptTables": "adopt", "frozenTables": "frozen"}
    labels = getattr(table, fields[key])
    last = len(labels) - 1 - labels[::-1].index(label)
    return rm_command(f"{table.key(key)}[{last}]")


def name_problems(tables: Sequence[TableConfig]) -> Iterator[Problem]:
    """No two things of one kind share a physical name, and every name is short enough."""
    named = [
        *(
            ("DynamoDB table", f"tables.{table.table}.names.{label}", table.physical(label))
            for table in tables
            for label in _named_labels(table)
        ),
        *(("parameter", f"tables.{t.table}.parameterName", t.parameter) for t in tables),
        *(("policy", f"tables.{t.table}.policyName", t.policy) for t in tables),
        *(
            ("policy", f"tables.{t.table}.writePolicyName", t.write_policy)
            for t in tables
            if t.write_policy
        ),
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
    yield from _alarm_problems(tables)
    for table in tables:
        yield from _parameter_problems(table)


def _parameter_problems(table: TableConfig) -> Iterator[Problem]:
    """What AWS accepts as the name of a parameter (PutParameter, `Name`, in the API Reference)."""
    path, name = f"tables.{table.table}.parameterName", table.parameter
    levels = name.strip("/").split("/")
    if levels[0].lower().startswith(("aws", "ssm")):
        wrong = f"{name!r} begins with aws or ssm, in any case, which AWS keeps for itself"
        yield Problem(path, wrong, set_command(path, "<another name>"))
    if len(levels) > _DEEPEST:
        wrong = f"{name!r} has {len(levels)} levels, and AWS allows {_DEEPEST}"
        yield Problem(path, wrong, set_command(path, "<a name with fewer levels>"))
    if "/" in name and not name.startswith("/"):
        wrong = f"{name!r} has levels and does not begin with a slash"
        yield Problem(path, wrong, set_command(path, f"/{name}"))


_DEEPEST = 15


def _alarm_problems(tables: Sequence[TableConfig]) -> Iterator[Problem]:
    """`a-b-c` may be the alarm `b-c` of a table `a`, and the alarm `c` of a table `a-b`.

    CloudWatch would let the later one overwrite the earlier one.
    """
    first: dict[str, tuple[str, str]] = {}
    for table in tables:
        for label, key in product(_named_labels(table), table.dependents.alarms or ()):
            path, owner = f"tables.{table.table}.alarms.{key}", table.physical(label)
            adopts = table.adopt_dependents.get(label)
            name = ((adopts.alarms if adopts else None) or {}).get(key, f"{owner}-{key}")
            other_owner, other = first.setdefault(name, (owner, path))
            if other_owner != owner:
                wrong = f"{name!r} is the name of a second alarm, see {other}"
                yield Problem(path, wrong, rename(path, "<another key>"))
            if len(name) > _LONGEST["alarm"]:
                wrong = (
                    f"{name!r} is longer than the {_LONGEST['alarm']} characters that AWS allows"
                )
                yield Problem(path, wrong, rename(path, "<a shorter key>"))


def _named_labels(table: TableConfig) -> Iterable[str]:
    return dict.fromkeys((*table.labels, *table.names))


_LONGEST = {"DynamoDB table": 255, "parameter": 1011, "policy": 128, "alarm": 255}
