"""Labels that are none, and labels in two places at once."""

from typing import Any

import pytest

from restore.table.config.problems import Problem
from tests.support.configs.mistakes import in_table, problems_of, stack_wide

NO_LABEL = "is no label; labels are original, restored, restored-2, restored-3, …"
NO_TOKEN = "is neither a label nor, for the second time that a label is left, label:2"  # noqa: S105

LABELS = [
    stack_wide(
        {"activeTable": "restord"},
        "activeTable",
        f"'restord' {NO_LABEL}",
        "pulumi config set activeTable <name>",
        id="active",
    ),
    stack_wide(
        {"activeTable": 5},
        "activeTable",
        f"'5' {NO_LABEL}",
        "pulumi config set activeTable <name>",
        id="active-is-a-number",
    ),
    stack_wide(
        {"standbyTables": ["restored", "restored-1"]},
        "standbyTables[1]",
        f"'restored-1' {NO_LABEL}",
        "pulumi config set --path 'standbyTables[1]' <name>",
        id="standby",
    ),
    stack_wide(
        {"adoptTables": ["copy"]},
        "adoptTables[0]",
        f"'copy' {NO_LABEL}",
        "pulumi config set --path 'adoptTables[0]' <name>",
        id="adopt",
    ),
    stack_wide(
        {"rollbackFrom": "restored:1"},
        "rollbackFrom",
        f"'restored:1' {NO_TOKEN}",
        "pulumi config set rollbackFrom <name>",
        id="rollback-from",
    ),
    *(
        in_table(
            {key: value},
            path,
            f"{given} {sentence}",
            f"pulumi config set --path {quoted} <name>",
            id=f"{key}-of-a-table",
        )
        for key, value, path, given, sentence, quoted in (
            ("activeTable", "new", "activeTable", "'new'", NO_LABEL, "{path}"),
            ("standbyTables", ["new"], "standbyTables[0]", "'new'", NO_LABEL, "'{path}'"),
            ("adoptTables", ["new"], "adoptTables[0]", "'new'", NO_LABEL, "'{path}'"),
            ("rollbackFrom", "new", "rollbackFrom", "'new'", NO_TOKEN, "{path}"),
        )
    ),
    in_table(
        {"names": {"new": "orders"}},
        "names.new",
        f"'new' {NO_LABEL}",
        "rename {path} to <another name> in the file where it stands",
        id="names",
    ),
]

PLACES = [
    stack_wide(
        {"standbyTables": ["restored"], "adoptTables": ["restored"]},
        "adoptTables",
        "lists 'restored', which standbyTables lists too",
        "pulumi config rm --path 'adoptTables[0]'",
        id="standby-and-adopt",
    ),
    stack_wide(
        {"standbyTables": ["restored", "restored-2", "restored"]},
        "standbyTables",
        "lists 'restored' twice",
        "pulumi config rm --path 'standbyTables[2]'",
        id="standby-twice",
    ),
    stack_wide(
        {"adoptTables": ["restored", "restored"]},
        "adoptTables",
        "lists 'restored' twice",
        "pulumi config rm --path 'adoptTables[1]'",
        id="adopt-twice",
    ),
    stack_wide(
        {"standbyTables": ["restored", "original"]},
        "standbyTables",
        "lists 'original', which is the active table",
        "pulumi config rm --path 'standbyTables[1]'",
        id="active-and-standby",
    ),
    in_table(
        {"standbyTables": ["original"]},
        "standbyTables",
        "lists 'original', which is the active table",
        "pulumi config rm --path '{path}[0]'",
        id="active-and-standby-of-a-table",
    ),
    stack_wide(
        {"activeTable": "restored", "rollbackFrom": "restored:2"},
        "rollbackFrom",
        "names the active table itself",
        "pulumi config rm rollbackFrom",
        id="rollback-from-the-active",
    ),
]


@pytest.mark.parametrize(("document", "expected"), [*LABELS, *PLACES])
def test_a_mistake_is_one_problem_with_path_sentence_and_fix(
    document: dict[str, Any], expected: Problem
) -> None:
    """A second problem for the same mistake would send the user after a ghost."""
    assert problems_of(document) == (expected,)
