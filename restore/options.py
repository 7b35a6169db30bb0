"""The options of the command line, each said once."""

from pathlib import Path

import click

JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")

EVERY_VERB = (
    click.option("--stack", "stack", metavar="S", help="The stack; default: the selected one."),
    click.option(
        "--cwd",
        default=".",
        metavar="DIR",
        type=click.Path(path_type=Path, file_okay=False),
        help="The folder with Pulumi.yaml.",
    ),
    click.option("--table", "tables", multiple=True, metavar="NAME", help="Only this table."),
    JSON,
    click.option("--yes", "sure", is_flag=True, help="Do not ask."),
    click.option("--dry-run", is_flag=True, help="Show what would be done, do nothing."),
)
"""Of each verb that works on a stack."""

AS = click.option("--as", "label", metavar="LABEL", help="The label of the restored table.")
TO = click.option(
    "--to", "to", metavar="WHEN", help="latest, an ISO 8601 time, or an age such as 90m."
)
DRAIN = click.option(
    "--drain",
    default=300.0,
    show_default=True,
    type=click.FloatRange(min=0),
    metavar="S",
    help="Seconds between switch and drop, for clients' caches.",
)
