"""`aws SERVICE OPERATION --option value …`: what printed fixes need of the AWS command line.

Service, operation and options are looked up in botocore's model of the API, so that a command
that the real one would not know ends with an error here as well.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

import boto3
from botocore import xform_name


def main(service: str, operation: str, *words: str) -> None:
    make: Any = boto3.client  # it has an overload for each service
    client = make(service)
    if operation == "wait":
        waiter, *words_of_it = words
        described = client.meta.service_model.operation_model("DescribeTable")
        options = dict(_options(described.input_shape.members, words_of_it))
        client.get_waiter(waiter.replace("-", "_")).wait(**options)
        return
    name = operation.replace("-", "_")
    model = client.meta.service_model.operation_model(client.meta.method_to_api_mapping[name])
    # The whole answer is printed, whatever `--query` picks of it.
    end = words.index("--query") if "--query" in words else len(words)
    answer = getattr(client, name)(**dict(_options(model.input_shape.members, words[:end])))
    answer.pop("ResponseMetadata")
    sys.stdout.write(json.dumps(answer, default=str))


def _options(members: Any, words: Any) -> Iterator[tuple[str, Any]]:
    """Each option by the name that the API has for it."""
    names = {f"--{xform_name(member, '-')}": member for member in members}
    left = list(words)
    while left:
        member = names[left.pop(0)]
        shape = members[member]
        if shape.type_name == "boolean":
            yield member, True
            continue
        text = left.pop(0)
        yield member, _value(shape, text)


def _value(shape: Any, text: str) -> Any:
    if shape.type_name == "integer":
        return int(text)
    if shape.type_name == "structure":
        pairs = (pair.partition("=") for pair in text.split(","))
        return {key: {"true": True, "false": False}.get(value, value) for key, _, value in pairs}
    return text


if __name__ == "__main__":
    main(*sys.argv[1:])
