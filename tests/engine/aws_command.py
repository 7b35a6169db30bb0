"""`aws …` lines that the runbook prints, carried out as the AWS CLI would."""

import re
import shlex
from typing import Any

from tests.engine.world import World


def carry_out(world: World, line: str) -> None:
    """Does what the one command in `line` says; the test fails where AWS knows no such call.

    Args:
        world: Where.
        line: The command, with words before it.
    """
    _, service, command, *options = shlex.split(line[line.index("aws ") :])
    client: Any = world.client(service)
    (operation,) = (each for each in client.meta.method_to_api_mapping if _is(each, command))
    api = client.meta.method_to_api_mapping[operation]
    members = client.meta.service_model.operation_model(api).input_shape.members
    request: dict[str, Any] = {}
    for option, value in zip(options[::2], options[1::2], strict=True):
        (name,) = (each for each in members if _is(each, option.removeprefix("--")))
        request[name] = [value] if members[name].type_name == "list" else value
    getattr(client, operation)(**request)


def _is(name: str, word: str) -> bool:
    """Whether `word` is what the CLI makes of the API's name: `UUID` is `uuid`."""
    return re.sub(r"[_-]", "", name).lower() == re.sub(r"[_-]", "", word).lower()
