"""The floors of the house: what may import what, in `restore/`.

A module imports from its own room and from lower floors, so that a newcomer can read upward from
`table` and knows that nothing lower calls back. Each of the libraries that reach outside has one
room that imports it.
"""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
FLOORS = (
    ("table",),
    ("model", "policy", "git"),
    ("settings", "engine"),
    ("decide",),
    ("plan", "report"),
    ("aws",),
    ("perform",),
    ("verbs",),
    ("cli",),
    ("__main__",),
)
"""From the ground up; rooms of one floor do not import each other."""
OUTSIDE = {
    "boto3": "restore.aws",
    "botocore": "restore.aws",
    "pulumi.automation": "restore.engine",
    "pulumi_aws": "restore.table.resources",
    "sandbox": "nobody",
    "tests": "nobody",
    "tools": "nobody",
}
"""What is imported → the one room that may."""
LARGEST_TOP = 15

Imports = Mapping[str, frozenset[str]]


def sources() -> dict[str, str]:
    """Module → its text, for all of `restore/`."""
    found = {
        ".".join(path.relative_to(CHECKOUT).with_suffix("").parts).removesuffix(".__init__"): (
            path.read_text()
        )
        for path in (CHECKOUT / "restore").rglob("*.py")
    }
    assert len(found) > 100
    return found


def imports(texts: Mapping[str, str]) -> Imports:
    """Module → what it imports, modules of ours by their full names."""
    return {name: frozenset(_imported(text, texts)) for name, text in texts.items()}


def _imported(text: str, modules: Mapping[str, str]) -> Iterator[str]:
    for each in ast.walk(ast.parse(text)):
        if isinstance(each, ast.Import):
            yield from (alias.name for alias in each.names)
        elif isinstance(each, ast.ImportFrom):
            assert each.level == 0, "imports are absolute"
            for alias in each.names:
                below = f"{each.module}.{alias.name}"
                inside = below in modules or below in OUTSIDE
                yield below if inside else str(each.module)


def room(module: str) -> str:
    return module.split(".")[1]


def misplaced(graph: Imports) -> list[str]:
    """Each import that the floors do not allow, as a sentence."""
    floor = {name: number for number, rooms in enumerate(FLOORS) for name in rooms}
    return [
        said
        for module, imported in sorted(graph.items())
        if module != "restore"
        for each in sorted(imported)
        if (said := _wrong(module, each, floor))
    ]


def _wrong(module: str, imported: str, floor: Mapping[str, int]) -> str | None:
    for library, owner in OUTSIDE.items():
        if _within(imported, library) and not _within(module, owner):
            return f"{module} imports {library}, which belongs to {owner}"
    if not imported.startswith("restore."):
        return None
    here, there = room(module), room(imported)
    if here != there and floor[there] >= floor[here]:
        return f"{module} imports {imported}, which is not below it"
    return None


def _within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def circles(graph: Imports) -> list[str]:
    """The modules that import themselves by way of others."""
    left = {module: set(imported) & graph.keys() for module, imported in graph.items()}
    while free := [module for module, imported in left.items() if not imported]:
        for module in free:
            del left[module]
        for imported in left.values():
            imported.difference_update(free)
    return sorted(left)


def test_every_import_goes_to_the_same_room_or_down() -> None:
    assert misplaced(imports(sources())) == []


def test_no_module_imports_itself_by_way_of_others() -> None:
    assert circles(imports(sources())) == []


def test_every_room_has_a_floor_and_a_visitor_sees_them_all_at_once() -> None:
    rooms = {path.stem for path in (CHECKOUT / "restore").iterdir() if path.stem != "__pycache__"}
    assert rooms - {"__init__", "py"} == {each for floor in FLOORS for each in floor}
    assert len(rooms) <= LARGEST_TOP


def test_no_test_imports_another() -> None:
    """What two tests share has a name of its own in `tests/support`."""
    tests = [path for folder in ("tests", "tools") for path in (CHECKOUT / folder).rglob("*.py")]
    assert len(tests) > 200
    found = [
        f"{path.relative_to(CHECKOUT)}: {each.module}"
        for path in tests
        for each in ast.walk(ast.parse(path.read_text()))
        if isinstance(each, ast.ImportFrom) and "test_" in str(each.module).rpartition(".")[2]
    ]
    assert found == []


@pytest.mark.parametrize(
    ("module", "line", "said"),
    [
        ("restore.model.when", "import restore.verbs.run", "which is not below it"),
        ("restore.plan.outline", "from restore.report import view", "which is not below it"),
        ("restore.decide.gate", "import boto3", "belongs to restore.aws"),
        ("restore.verbs.run", "from botocore.exceptions import ClientError", "restore.aws"),
        ("restore.perform.deploy", "from pulumi import automation", "belongs to restore.engine"),
        ("restore.table.past", "from pulumi_aws import dynamodb", "restore.table.resources"),
        ("restore.aws.tables", "import sandbox.home", "belongs to nobody"),
    ],
)
def test_one_forbidden_import_of_each_kind_is_found(module: str, line: str, said: str) -> None:
    texts = sources()
    (wrong,) = misplaced(imports({**texts, module: f"{texts[module]}\n{line}\n"}))
    assert wrong.startswith(module)
    assert said in wrong


def test_a_circle_is_found() -> None:
    texts = sources()
    back = f"{texts['restore.model.places']}\nimport restore.model.facts\n"
    found = circles(imports({**texts, "restore.model.places": back}))
    assert {"restore.model.places", "restore.model.facts"} <= {*found}
