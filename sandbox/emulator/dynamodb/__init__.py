"""DynamoDB as AWS documents it, on moto's classes.

handler     the operations; errors, the exceptions that moto lacks
backend     tables and backups of an account in a region
table       a table, its further settings; encryption, its key; limits, what it takes at once and
            at most; replicas, its other regions
journal     what items were before each write; window, from when to when that goes back
restore     what a new table takes from its source; backups, what else it can come from
policies    those of tables and their streams
streaming, insights   operations that moto lacks
clock       one request, one moment
"""

from typing import Any

from moto.dynamodb import models, urls
from moto.dynamodb.models.dynamo_type import Item

from sandbox.emulator.dynamodb.backend import SandboxBackend
from sandbox.emulator.dynamodb.handler import SandboxHandler
from sandbox.emulator.dynamodb.table import SandboxTable


def _untracked(cls: type[Item], *_: Any, **__: Any) -> Item:
    return object.__new__(cls)


def install() -> None:
    """Put these classes in the place of moto's, before its first request."""
    models.dynamodb_backends.backend = SandboxBackend
    vars(models)["Table"] = SandboxTable  # moto's backend makes its tables by this name
    urls.url_paths["{0}/"] = SandboxHandler.dispatch
    # moto keeps every model it ever made for its dashboard; of items that is a leak.
    Item.__new__ = _untracked  # type: ignore[assignment]  # moto types it for all models at once
