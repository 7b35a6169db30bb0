"""The command line: `python -m restore VERB …`.

Nothing but click is imported for it, so that help is there at once and completion can be used.
"""

from importlib import import_module
from typing import Any

import click

from restore import __version__
from restore.cli.options import (
    ACCEPT,
    AS,
    BREAK_LOCK,
    DRAIN,
    EVERY_VERB,
    FREEZE,
    JSON,
    NOW,
    PROBE,
    TO,
    Option,
)
from restore.cli.usage import Verbs


@click.group(
    cls=Verbs,
    help="Restore a DynamoDB table and keep it under Pulumi.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, message="restore %(version)s")
def cli() -> None:
    pass


def verb(name: str, does: str, *options: Option) -> None:
    """A command with its own options, and behind them those that all verbs have."""

    def called(**chosen: Any) -> None:
        # What a verb needs takes a second to import, and help needs none of it.
        import_module("restore.cli.calls").call(name, **chosen)

    command: Any = called
    for option in reversed((*EVERY_VERB, *options)):
        command = option(command)
    cli.command(name, help=does)(command)


verb("status", "Where each table stands, and the next step.")
verb("plan", "What a run would do, and what it would not bring back.", TO, AS, ACCEPT)
verb("policy", "The operator's least-privilege IAM document.")
verb("start", "Start the restore.", TO, AS, BREAK_LOCK, ACCEPT)
verb("wait", "Wait until the restore is over.", AS)
verb("verify", "Compare the restored table's settings with what they must be.", AS)
verb("adopt", "Take the restored table into the stack.", AS, BREAK_LOCK, ACCEPT)
verb(
    "prepare",
    "Configure the restored table with what the restore did not bring.",
    AS,
    BREAK_LOCK,
    ACCEPT,
)
verb("switch", "Point clients to the restored table.", AS, BREAK_LOCK, ACCEPT)
verb("rollback", "Point clients back to the table that was active before.", AS, BREAK_LOCK, ACCEPT)
verb("drop", "Let all but the active table leave the stack, kept in AWS.", NOW, BREAK_LOCK, ACCEPT)
verb("freeze", "Deny writes to the active table, for everybody.", AS, BREAK_LOCK, ACCEPT)
verb("thaw", "Allow writes again.", AS, BREAK_LOCK, ACCEPT)
verb(
    "run",
    "All of it in order, from wherever things stand.",
    TO,
    AS,
    DRAIN,
    FREEZE,
    PROBE,
    BREAK_LOCK,
    ACCEPT,
)
verb(
    "clean",
    "Delete a table that neither stack nor clients use.",
    click.argument("label_to_delete", metavar="LABEL"),
    click.option("--confirm", required=True, metavar="NAME", help="The DynamoDB name, once more."),
)


@cli.command()
@click.argument("name", metavar="TABLE")
@JSON
def describe(name: str, *, as_json: bool) -> None:
    """The config for a live table."""
    import_module("restore.cli.calls").describe(name, as_json=as_json)
