"""Every place in the code that prints a fix, found in its source, and what its text looks like.

A site is a call that makes a problem, an error or a finding with a fix in it, or a text with
`fix: ` in it. Its id is `restore/git.py:warning`, with `#2`, `#3` for the further
ones in that function, in the order of the source. A function that only puts its arguments into
such a call is no site: its callers in that module are.
"""

import ast
import functools
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.fixes.texts import ANYTHING, Names, pattern

CHECKOUT = Path(__file__).parents[2]
ROOMS = ("restore", "stacks")

ARGUMENTS: dict[str, tuple[int, int]] = {
    "Problem": (1, 2),
    "RestoreError": (0, 2),
    "UsageError": (0, 2),
    "BlockedError": (0, 2),
    "ChangedError": (0, 2),
    "EditedError": (0, 2),
    "DifferencesError": (0, 2),
    "Diagnosis": (1, 2),
    "Fault": (0, 1),
    "blocked": (1, 2),
    "note": (1, 2),
    "kind": (0, 2),
}
"""Name of what is called → the places of what is wrong and of the fix among its arguments."""
_KEYWORDS = {"fix"}
_WRITTEN = re.compile(r"\bfix: ")
_WRITTEN_PATTERN = re.compile(r"fix:\\s\*")
"""The same, in the pattern of a text that holds it."""


@dataclass(frozen=True)
class Site:
    """One place that prints a fix.

    Attributes:
        id: See above.
        line: Where it is.
        wrong: A regular expression for what is printed before the fix.
        fix: A regular expression for the fix.
    """

    id: str
    line: int
    wrong: str
    fix: str


@functools.cache
def sites() -> Mapping[str, Site]:
    """Every site by its id."""
    modules = (each for room in ROOMS for each in sorted((CHECKOUT / room).rglob("*.py")))
    return {each.id: each for module in modules for each in _of_module(module)}


def printed(said: str, site: str) -> str:
    """The fix that `site` printed into `said`, in one line.

    Args:
        said: Everything that a command printed, or the text of an error.
        site: The id of a site.
    """
    expected = sites()[site]
    seen = []
    for before, fix in _fixes(said):
        one_line = " ".join(fix.split())
        seen.append(one_line)
        if re.search(expected.wrong, " ".join(before.split()), re.DOTALL) and (
            found := _whole(expected.fix, one_line)
        ):
            return found
    raise AssertionError(f"{site} did not print {expected.fix!r} into:\n{said}\nbut {seen}")


def _fixes(said: str) -> Iterator[tuple[str, str]]:
    """What stands before each fix, with the fix and whatever follows it."""
    found = list(_WRITTEN.finditer(said))
    for place, match in enumerate(found):
        end = found[place + 1].start() if place + 1 < len(found) else len(said)
        lines = said[match.end() : end].splitlines()
        for count in range(1, len(lines) + 1):
            yield said[: match.start()], "\n".join(lines[:count])


def _whole(fix: str, line: str) -> str | None:
    match = re.fullmatch(f"(?:the same command with )?(?P<fix>{fix})", line, re.DOTALL)
    return match["fix"].strip() if match else None


@dataclass(frozen=True)
class _Found:
    """One call or text, as the source has it."""

    owner: str
    node: ast.expr
    wrong: ast.expr | None
    fix: ast.expr
    scope: ast.AST


def _of_module(path: Path) -> Iterator[Site]:
    tree = ast.parse(path.read_text())
    parents = {inner: outer for outer in ast.walk(tree) for inner in ast.iter_child_nodes(outer)}
    printers = _printers(tree)
    found = [*_calls(tree, parents, printers), *_texts(tree, parents)]
    found.sort(key=lambda each: (each.node.lineno, each.node.col_offset))
    names, counts = Names(tree, parents), Counter[str]()
    for each in found:
        counts[each.owner] += 1
        number = f"#{counts[each.owner]}" if counts[each.owner] > 1 else ""
        wrong = pattern(each.wrong, each.scope, names) if each.wrong else ANYTHING
        fix = pattern(each.fix, each.scope, names)
        if isinstance(each.node, ast.Constant | ast.JoinedStr):
            wrong, fix = _WRITTEN_PATTERN.split(fix, maxsplit=1)
        module = path.relative_to(CHECKOUT).as_posix()
        yield Site(f"{module}:{each.owner}{number}", each.node.lineno, wrong, fix)


def _printers(tree: ast.Module) -> dict[str, tuple[int, ast.expr]]:
    """Functions of the module that pass on what is wrong → its place among their arguments.

    And the fix that they put beside it.
    """
    found = {}
    for each in ast.walk(tree):
        if not isinstance(each, ast.FunctionDef) or len(each.body) != 1:
            continue
        (only,) = each.body
        call = only.value if isinstance(only, ast.Return) else None
        if not isinstance(call, ast.Call) or _name(call) not in ARGUMENTS:
            continue
        parameters = [argument.arg for argument in each.args.args]
        wrong, fix = ARGUMENTS[_name(call)]
        passed = call.args[wrong] if len(call.args) > wrong else None
        if isinstance(passed, ast.Name) and passed.id in parameters:
            found[each.name] = (parameters.index(passed.id), call.args[fix])
    return found


def _calls(
    tree: ast.Module,
    parents: Mapping[ast.AST, ast.AST],
    printers: Mapping[str, tuple[int, ast.expr]],
) -> Iterator[_Found]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call | ast.Tuple):
            continue
        owner, scope = _owner(node, parents)
        if isinstance(node, ast.Tuple):
            if _is_diagnosis(node):
                yield _Found(owner, node, node.elts[2], node.elts[3], scope)
            continue
        name = _name(node)
        if owner in printers:
            continue
        if name in printers:
            place, fix = printers[name]
            yield _Found(owner, node, node.args[place], fix, scope)
            continue
        wrong, place = ARGUMENTS.get(name, (0, 99))
        keywords = {each.arg: each.value for each in node.keywords}
        given = node.args[place] if len(node.args) > place else None
        given = given or next((keywords[each] for each in sorted(_KEYWORDS & {*keywords})), None)
        starred = next((each for each in node.args if isinstance(each, ast.Starred)), None)
        if name == "Problem" and starred is not None:
            yield _Found(owner, node, None, _ANY, scope)
        elif given is not None and not _is_passed_on(given):
            said = node.args[wrong] if len(node.args) > wrong else None
            yield _Found(owner, node, said, given, scope)


_ANY = ast.Name("?", lineno=0)


def _texts(tree: ast.Module, parents: Mapping[ast.AST, ast.AST]) -> Iterator[_Found]:
    for node in ast.walk(tree):
        text = _constant(node)
        if not isinstance(node, ast.Constant | ast.JoinedStr) or not _WRITTEN.search(text):
            continue
        outer = parents[node]
        if isinstance(outer, ast.Expr | ast.JoinedStr):  # a docstring, or a part of the whole text
            continue
        # `fix: {each.fix}` passes on what another site has made.
        if _WRITTEN.split(text, maxsplit=1)[1].strip() == "{}" and _passes_on(node):
            continue
        owner, scope = _owner(node, parents)
        yield _Found(owner, node, None, node, scope)


def _constant(node: ast.AST) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(
            _constant(each) if isinstance(each, ast.Constant) else "{}" for each in node.values
        )
    return ""


def _passes_on(node: ast.AST) -> bool:
    last = node.values[-1] if isinstance(node, ast.JoinedStr) else None
    given = last.value if isinstance(last, ast.FormattedValue) else None
    return given is not None and (_is_passed_on(given) or isinstance(given, ast.Name))


def _is_passed_on(given: ast.expr) -> bool:
    """Whether the fix is that of another problem, or none."""
    if isinstance(given, ast.Attribute):
        return given.attr in _KEYWORDS
    return isinstance(given, ast.Constant) and not given.value


def _is_diagnosis(node: ast.Tuple) -> bool:
    """A line of the table of the engine's errors: (pattern, Kind.X, what is wrong, the fix)."""
    kind = node.elts[1] if len(node.elts) == len(("pattern", "kind", "says", "fix")) else None
    return isinstance(kind, ast.Attribute) and getattr(kind.value, "id", "") == "Kind"


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _owner(node: ast.AST, parents: Mapping[ast.AST, ast.AST]) -> tuple[str, ast.AST]:
    """The innermost function around a node, or the name that it is assigned to; and its scope."""
    here, assigned = node, "module"
    while here in parents:
        here = parents[here]
        if isinstance(here, ast.FunctionDef):
            return here.name, here
        if isinstance(here, ast.Assign | ast.AnnAssign):
            target = here.targets[0] if isinstance(here, ast.Assign) else here.target
            assigned = getattr(target, "id", assigned)
    return assigned, here
