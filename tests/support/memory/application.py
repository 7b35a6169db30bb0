"""An application in memory that reads as its clients do.

It may use what the grant covers at that moment, and nothing else.
"""

import json
from typing import Any, cast

import pytest
from botocore.exceptions import ClientError

from restore.aws.probe import Client
from restore.report.report import Report
from tests.support.memory.account_and_stack import World

POINTER = "restore-demo-table-name"


def denied(what: str) -> ClientError:
    return ClientError({"Error": {"Code": "AccessDeniedException", "Message": what}}, "GetItem")


class Application:
    """A client with the grant alone.

    Attributes:
        forbidden: A table that something else forbids it.
        bug: Raised by every read of that table instead.
    """

    def __init__(self, there: World, forbidden: str = "", bug: Exception | None = None) -> None:
        self.profile = "application"
        self.there, self.forbidden, self.bug = there, forbidden, bug

    def name(self, parameter: str) -> str:
        return self.there.aws.parameters[parameter]

    def item(self, asked: str, key: dict[str, Any]) -> None:
        assert key == {"id": {"S": "restore-probe"}}
        if asked == self.forbidden:
            raise self.bug or denied(asked)
        if asked not in self.there.past.covered:
            raise denied(asked)

    @property
    def client(self) -> Client:
        return cast("Client", self)


def proven(*_: object) -> None:
    pass


def told(capsys: pytest.CaptureFixture[str], report: Report) -> dict[str, Any]:
    """What a script gets under `probe`."""
    report.result({})
    found: dict[str, Any] = json.loads(capsys.readouterr().out)["probe"]
    return found
