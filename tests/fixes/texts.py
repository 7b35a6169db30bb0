"""What a text in the source may look like when it is printed, as a regular expression."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

ANYTHING = ".*"
_SET = r"(?:pulumi config set|in \S+(?:, line \d+)?, set|set .* in the whole value).*"
_RM = r"(?:pulumi config rm|in \S+(?:, line \d+)?(?: and in .*)?, remove|remove .* in the whole).*"
_COMMANDS = {
    "attribute_commands": _SET,
    "set_command": _SET,
    "set_value": _SET,
    "rm_command": _RM,
    "rename": r"rename .* to .* in .*",
    "where": r"in \S+.*",
}
"""What restore/table/config/commands.py makes: commands, or the same by hand."""
_MOST = 5


class Names:
    """What the names of a module stand for.

    Args:
        tree: The module.
        parents: Each node of it → the node around it.
    """

    def __init__(self, tree: ast.Module, parents: Mapping[ast.AST, ast.AST]) -> None:
        self._module = _assigned(tree.body)
        self._parents = parents

    def texts(self, name: ast.Name, scope: ast.AST) -> Sequence[ast.expr]:
        """Everything that `name` may have been assigned where it stands."""
        inner = _assigned(ast.walk(scope)) if isinstance(scope, ast.FunctionDef) else {}
        if name.id in inner:
            return self._reaching(name, inner[name.id])
        if isinstance(scope, ast.FunctionDef) and name.id in {a.arg for a in scope.args.args}:
            return ()
        return self._module.get(name.id, ())

    def _reaching(self, name: ast.Name, assigned: Sequence[ast.expr]) -> Sequence[ast.expr]:
        """Those from the last one on that is made in any case before `name` is read."""
        around = set(self._around(name))
        before = sorted(
            (each for each in assigned if each.lineno <= name.lineno and each not in around),
            key=lambda each: each.lineno,
        )
        for place in reversed(range(len(before))):
            # The value's parent is the assignment, and the one of that is what holds the block.
            _, block, *_ = self._around(before[place])
            if block in around and not _is_other_branch(block, before[place], name):
                return before[place:]
        return before

    def _around(self, node: ast.AST) -> Iterator[ast.AST]:
        while node in self._parents:
            node = self._parents[node]
            yield node


def _is_other_branch(block: ast.AST, one: ast.AST, other: ast.AST) -> bool:
    """Whether two nodes stand in different branches of an `if`, `for`, `while` or `try`."""
    places = []
    for node in (one, other):
        for field in ("body", "orelse", "handlers", "finalbody"):
            within = getattr(block, field, None) or []
            if any(node is each for inner in within for each in ast.walk(inner)):
                places.append(field)
    return len(set(places)) > 1


def pattern(node: ast.expr, scope: ast.AST, names: Names, depth: int = 0) -> str:
    """What `node` may be, as far as constants tell; anything where they do not."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return _escaped(node.value)
    if isinstance(node, ast.Call):
        return _COMMANDS.get(getattr(node.func, "id", ""), ANYTHING)
    if depth > _MOST:
        return ANYTHING
    parts = _parts(node)
    found = [
        pattern(each, scope, names, depth + 1) for each in parts or _choices(node, scope, names)
    ]
    return "".join(found) if parts else _either(found)


def _escaped(text: str) -> str:
    # `{what}` in a text without an f before it is filled in by `str.format`.
    held = re.sub(r"\\\{\w*\\\}", ".*", re.escape(text))
    return re.sub(r"(?:\\[\n ]| |\n)+", r"\\s*", held)


def _parts(node: ast.expr) -> Sequence[ast.expr]:
    """What a text is put together from."""
    match node:
        case ast.JoinedStr(values=values):
            return values
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return left, right
        case _:
            return ()


def _choices(node: ast.expr, scope: ast.AST, names: Names) -> Sequence[ast.expr]:
    """What a text is one of."""
    match node:
        case ast.FormattedValue(value=ast.Name() | ast.IfExp() as value):
            return (value,)
        case ast.IfExp(body=body, orelse=orelse):
            return body, orelse
        case ast.BoolOp(values=values):
            return values
        case ast.Name():
            return names.texts(node, scope)
        case _:
            return ()


def _either(found: list[str]) -> str:
    unlike = list(dict.fromkeys(found))
    if not unlike or ANYTHING in unlike:
        return ANYTHING
    return unlike[0] if len(unlike) == 1 else f"(?:{'|'.join(unlike)})"


def _assigned(nodes: Iterable[ast.AST]) -> dict[str, list[ast.expr]]:
    """Name → what it is assigned; for a part of a value the whole, of which nothing is known."""
    found: dict[str, list[ast.expr]] = {}
    for target, value in (each for node in nodes for each in _bindings(node)):
        if isinstance(target, ast.Name):
            found.setdefault(target.id, []).append(value)
    return found


def _bindings(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    match node:
        case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
            yield from zip(targets, values, strict=True)
        case ast.Assign(targets=[target], value=value) | ast.For(target=target, iter=value):
            for each in target.elts if isinstance(target, ast.Tuple) else [target]:
                yield each, value
        case ast.AnnAssign(target=target, value=ast.expr() as value):
            yield target, value
