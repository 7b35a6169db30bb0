"""The JSON schema of a `Pulumi.<stack>.yaml`, from the models that read it. For editors. Pure.

It is about keys and types. What goes with what (restore/table/config/rules.py) is found by the
program alone.
"""

import re
from typing import Any

from restore.table.config.document import StackDocument

# What editors know best: yaml-language-server and vscode-json-languageservice speak it in full.
_DRAFT = "http://json-schema.org/draft-07/schema#"


def schema(project: str) -> dict[str, Any]:
    """The schema of a whole file, with the keys of `project` under `config`.

    Pulumi's own keys beside `config` may be there too, and so may other namespaces below it.
    """
    document = _plain(StackDocument.model_json_schema(ref_template="#/definitions/{model}"))
    keys = {f"{project}:{key}": value for key, value in document["properties"].items()}
    others = {"pattern": f"^(?!{re.escape(project)}:)[^:]+:."}
    return {
        "$schema": _DRAFT,
        "description": f"A stack of the Pulumi project {project}.",
        "type": "object",
        "required": ["config"],
        "properties": {
            "config": {
                "description": document["description"],
                "type": "object",
                "required": [f"{project}:{key}" for key in document["required"]],
                "properties": keys,
                "propertyNames": {"anyOf": [{"enum": list(keys)}, others]},
            }
        },
        "definitions": document["$defs"],
    }


def _plain(tree: Any) -> Any:
    """The schema without what says nothing to a reader: titles, and null for what may be absent."""
    if isinstance(tree, list):
        return [_plain(each) for each in tree]
    if not isinstance(tree, dict):
        return tree
    plain = {key: _plain(value) for key, value in tree.items() if _says_something(key, value)}
    if "anyOf" in plain:
        (only,) = (each for each in plain.pop("anyOf") if each != {"type": "null"})
        plain |= only
    if "patternProperties" in plain:
        # pydantic leaves this open, and refuses other keys all the same.
        plain["additionalProperties"] = False
    return plain


def _says_something(key: str, value: Any) -> bool:
    return not (key == "title" and isinstance(value, str)) and not (
        key == "default" and value is None
    )
