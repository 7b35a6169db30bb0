"""An IAM user who may do what a document says, and nothing else."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

from tests.support.engine.world import ORIGINAL, World

RUN = ("run", "--to", "latest", "--drain", "0")
CLEAN = ("clean", "original", "--confirm", ORIGINAL)
_NUMBERS = count(1)


@contextmanager
def acting(world: World, document: Mapping[str, Any] | None = None) -> Iterator[None]:
    """All that is typed in the block is typed by a user with this document, or with none at all."""
    name = f"operator-{next(_NUMBERS)}"
    world.iam.create_user(UserName=name)
    if document is not None:
        made = world.iam.create_policy(PolicyName=name, PolicyDocument=json.dumps(document))
        world.iam.attach_user_policy(UserName=name, PolicyArn=made["Policy"]["Arn"])
    key = world.iam.create_access_key(UserName=name)["AccessKey"]
    before = world.env
    world.env = {
        **before,
        "AWS_ACCESS_KEY_ID": key["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"],
    }
    try:
        yield
    finally:
        world.env = before


def printed(world: World) -> dict[str, Any]:
    """The document that the runbook prints."""
    document: dict[str, Any] = json.loads(world.restore("policy").out)
    return document


def without(document: Mapping[str, Any], sid: str) -> dict[str, Any]:
    """The document less one statement."""
    left = [each for each in document["Statement"] if each["Sid"] != sid]
    assert len(left) == len(document["Statement"]) - 1
    return {**document, "Statement": left}


@dataclass(frozen=True)
class Removal:
    """What a verb answers from a scene on, where one statement is missing.

    Attributes:
        action: What its message names.
        code: How it ends.
    """

    scene: str
    command: tuple[str, ...]
    action: str
    code: int = 1

    def prove(self, at: Callable[[str], World], sid: str) -> None:
        """The verb, by an operator without that one statement."""
        world = at(self.scene)
        with acting(world, without(printed(world), sid)):
            assert self.action in world.restore(*self.command, code=self.code).said
