"""`python -m sandbox.demo.application`: a client of the table, which knows only the parameter."""

import json
from typing import Any

import boto3
import typer

from sandbox.demo.account import PARAMETER, items

app = typer.Typer(
    help="A client of the table: it asks the parameter for the table's name, and uses that one.",
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def table() -> str:
    """The active table's name. Asked for every time; a real client caches it for a while."""
    return boto3.client("ssm").get_parameter(Name=PARAMETER)["Parameter"]["Value"]


@app.command()
def put(item: str) -> None:
    """Write one item, given as JSON with whole numbers."""
    write(json.loads(item))


@app.command()
def delete(key: str) -> None:
    """Delete the item with this id."""
    erase(key)


@app.command()
def scan() -> None:
    """Print every item, one line each."""
    for item in items(table()).values():
        typer.echo(json.dumps(item, default=int))


def write(item: dict[str, Any]) -> None:
    boto3.resource("dynamodb").Table(table()).put_item(Item=item)


def erase(key: str) -> None:
    boto3.resource("dynamodb").Table(table()).delete_item(Key={"id": key})


if __name__ == "__main__":
    app(prog_name="python -m sandbox.demo.application")
