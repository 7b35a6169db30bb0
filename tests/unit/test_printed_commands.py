"""No message prints a command that deletes, but for these, each for a reason.

A command is a text in the code: of what is put together from parts each part is looked at.
Not here: whether a printed fix helps; that is for the tests of the situations that print it.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
RISKY = re.compile(
    r"pulumi (?:destroy|cancel|stack rm|import|state delete|state unprotect)"
    r"|--ignore-protect|--force\b|--target(?![-\w])"
    r"|aws \S+ (?:delete|disable|remove|deregister|untag)-\S+"
)
REASONS = {
    ("restore/git.py", "--force"): "of `git add`: takes an ignored file in",
    ("restore/engine/diagnosis.py", "pulumi state unprotect"): "of what the state retains only",
    ("restore/table/held.py", "pulumi state delete"): "of a second entry for what stays in AWS",
}
"""(module, command) → why it is printed all the same."""


def texts(module: Path) -> Iterator[str]:
    """The texts of a module that are no docstrings."""
    tree = ast.parse(module.read_text())
    docstrings = {
        id(each.value)
        for each in ast.walk(tree)
        if isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant)
    }
    for each in ast.walk(tree):
        text = each.value if isinstance(each, ast.Constant) and id(each) not in docstrings else None
        if isinstance(text, str):
            yield text


def test_no_message_prints_a_command_that_deletes_without_a_reason() -> None:
    """A fix is typed at 3 a.m., also where the state is not what its author thought."""
    modules = [each for room in ("restore", "stacks") for each in (CHECKOUT / room).rglob("*.py")]
    assert len(modules) > 100
    printed = {
        (str(module.relative_to(CHECKOUT)), found)
        for module in modules
        for text in texts(module)
        for found in RISKY.findall(text)
    }
    assert printed == REASONS.keys()
