"""The keys of the stack config as tables of Markdown, from the schema that editors use."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic.alias_generators import to_camel

from restore.table.config import patterns
from restore.table.config.copied import FATES
from restore.table.config.dependents import DependentSettings
from restore.table.config.document import Placement, TableEntry
from restore.table.config.schema import schema
from restore.table.config.settings import Model, TableSettings

Node = Mapping[str, Any]

_SCHEMA = schema("")
_MODELS: Mapping[str, Node] = _SCHEMA["definitions"]
_ENTRY = _MODELS["TableEntry"]
_NOUNS = {
    patterns.LABEL: "label",
    patterns.LEFT_LABEL: "label or label:number",
    patterns.ARN: "ARN",
}
_FATES = {".".join(map(to_camel, path.split("."))): fate.copied for path, fate in FATES.items()}


def reference(part: str) -> list[str]:
    """The lines for one part: `stack`, `runbook`, `clients`, `table` or `dependents`."""
    if part == "stack":
        keys = _SCHEMA["properties"]["config"]["properties"]
        named = {key.removeprefix(":"): node for key, node in keys.items()}
        return list(_table(named, ["tables"]))
    if part == "runbook":
        return list(_runbook())
    table, hanging = _keys_of(TableSettings), _keys_of(DependentSettings)
    others = _keys_of(TableEntry) - _keys_of(Placement) - table - hanging
    chosen = {"clients": others, "table": table, "dependents": hanging}[part]
    keys = {key: node for key, node in _ENTRY["properties"].items() if key in chosen}
    if part == "clients":
        return list(_table(keys, ()))
    return list(_tables("", keys, _ENTRY["required"], {}))


def _runbook() -> Iterator[str]:
    """What the runbook is told has nothing to do with what a restore copies."""
    keys = _MODELS["RunbookSettings"]["properties"]
    yield from _table(keys, ())
    for key, (below, model) in _held(keys):
        node = _MODELS[model]
        yield from ("", f"**`{key}{below}`** {node['description']}", "")
        yield from _table(node["properties"], node["required"])


def _keys_of(model: type[Model]) -> set[str]:
    return {to_camel(field) for field in model.model_fields}


def _tables(
    above: str, keys: Mapping[str, Node], required: Iterable[str], shown: dict[str, str]
) -> Iterator[str]:
    """A table of these keys, then one for each model that a key holds and that has none yet.

    Args:
        above: What the keys' paths begin with.
        keys: Key → its schema.
        required: Those that have to be there.
        shown: Model → the path that its table stands under.
    """
    keys = dict(_flat(keys))
    holds = {key: (f"{above}{key}{below}", model) for key, (below, model) in _held(keys)}
    fates = {key: _is_copied(f"{above}{key}") for key in keys}
    elsewhere = {
        key: f"as `{shown.setdefault(model, path)}`"
        for key, (path, model) in holds.items()
        if shown.setdefault(model, path) != path
    }
    alike = len({*fates.values()}) == 1
    if alike:
        yield f"A restore copies {'all' if all(fates.values()) else 'none'} of it."
    if alike or above:
        yield ""
    yield from _table(keys, required, elsewhere, None if alike else fates)
    for path, model in holds.values():
        if shown[model] == path:
            node = _MODELS[model]
            yield from ("", f"**`{path}`** {node['description']}")
            yield from _tables(f"{path}.", node["properties"], node.get("required", ()), shown)


def _flat(keys: Mapping[str, Node]) -> Iterator[tuple[str, Node]]:
    """The keys, with the one key of a map that has just one in its place."""
    held = dict(_held(keys))
    for key, node in keys.items():
        below, model = held.get(key, ("", ""))
        inner = _MODELS[model]["properties"] if model else {}
        if len(inner) == 1:
            yield from _flat({f"{key}{below}.{name}": each for name, each in inner.items()})
        else:
            yield key, node


def _table(
    keys: Mapping[str, Node],
    required: Iterable[str],
    elsewhere: Mapping[str, str] | None = None,
    fates: Mapping[str, bool] | None = None,
) -> Iterator[str]:
    heads = ["key", "value", *(["copied"] if fates else []), "meaning"]
    yield _row(heads)
    yield _row(["---"] * len(heads))
    for key, node in keys.items():
        kind = (elsewhere or {}).get(key) or _kind(node)
        copied = [("yes" if fates[key] else "no")] if fates else []
        need = "; required" if key in required else ""
        yield _row([f"`{key}`", kind + need, *copied, _meaning(node)])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _held(keys: Mapping[str, Node]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Key → what to write behind it for a key below, and the model that says which there are."""
    for key, node in keys.items():
        (by_key,) = node.get("patternProperties", {"": {}}).values()
        for below, inner in (("", node), ("[]", node.get("items", {})), (".<key>", by_key)):
            if "$ref" in inner:
                yield key, (below, inner["$ref"].rpartition("/")[2])


def _is_copied(path: str) -> bool:
    """As the nearest path above says that the facts have a line for."""
    steps = path.replace("[]", "").split(".")
    paths = [".".join(steps[:n]) for n in range(len(steps), 0, -1)]
    return next(_FATES[each] for each in paths if each in _FATES)


def _kind(node: Node) -> str:
    if "enum" in node:
        return ", ".join(f"`{each}`" for each in node["enum"])
    if "const" in node:
        return f"`{node['const']}`"
    match node.get("type", "object"):
        case "array":
            return f"list of {_kind(node['items'])}"
        case "object":
            inner = {**node.get("patternProperties", {}), "": node.get("additionalProperties")}
            strings = any(isinstance(each, dict) and "type" in each for each in inner.values())
            return "map of string" if strings else "map"
        case "integer" | "number" as kind:
            return f"{kind}{_limits(node)}"
        case kind:
            return _NOUNS.get(node.get("pattern", ""), str(kind))


def _limits(node: Node) -> str:
    least, most = node.get("minimum"), node.get("maximum")
    if most is not None:
        return f", {least:,} to {most:,}"
    return "" if least is None else f", {least:,} or more"


def _meaning(node: Node) -> str:
    default = node.get("default")
    said = f" Default: `{default}`." if isinstance(default, str) else ""
    return str(node["description"]) + said
