"""As much of the AWS CLI as a page needs: `python -m tests.support.pages.aws SERVICE OPERATION …`.

The CLI itself is no dependency of this project. Its options are the API's own names in another
spelling, and botocore refuses one that is not there.
"""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import boto3
import jmespath  # type: ignore[import-untyped]  # comes with boto3


def answer(service: str, operation: str, *words: str) -> str:
    """What the CLI would print."""
    make: Any = boto3.client
    said = dict(options(words))
    query = said.pop("query", None)
    text = said.pop("output", "json") == "text"
    found = getattr(make(service), operation.replace("-", "_"))(
        **{_name(key): value for key, value in said.items()}
    )
    found.pop("ResponseMetadata", None)
    if query:
        found = jmespath.search(query, found)
    return _text(found) if text else json.dumps(found, indent=4, default=str)


def options(words: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """`--key value`, and `--key` alone for what is just true."""
    for n, word in enumerate(words):
        if word.startswith("--"):
            value = words[n + 1] if n + 1 < len(words) else "--"
            yield word.removeprefix("--"), True if value.startswith("--") else _value(value)


def _value(text: str) -> Any:
    """JSON, a number, the short form of a structure (`A=x,B=true`), or the text itself."""
    if text.startswith(("{", "[")) or text.isdigit():
        return json.loads(text)
    if not re.fullmatch(r"\w+=[^,=]+(,\w+=[^,=]+)*", text):
        return text
    pairs = (pair.split("=") for pair in text.split(","))
    return {key: {"true": True, "false": False}.get(value, value) for key, value in pairs}


def _name(option: str) -> str:
    return "".join(part.capitalize() for part in option.split("-"))


def _text(found: Any) -> str:
    if isinstance(found, list):
        apart = "\n" if any(isinstance(each, list) for each in found) else "\t"
        return apart.join(map(_text, found))
    return "None" if found is None else str(found)


if __name__ == "__main__":
    print(answer(*sys.argv[1:]))  # noqa: T201 - it is a command
