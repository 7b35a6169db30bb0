"""The options of the command line, each said once."""

from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")

EVERY_VERB = (
    click.option(
        "--stack",
        "stack",
        metavar="S",
        help="Stack to use. Default: the selected stack. It does not change which is selected.",
    ),
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
    "--to",
    "to",
    metavar="WHEN",
    help="The restore point: an ISO 8601 time, an age such as 90m, or latest.",
)
DRAIN = click.option(
    "--drain",
    type=click.FloatRange(min=0),
    metavar="S",
    help="Seconds between switch and drop, for clients' caches; else runbook.drainSeconds.",
)

NOW = click.option(
    "--now",
    is_flag=True,
    help="Do not wait until clients' caches have run out since the switch.",
)


PROBE = click.option(
    "--probe", is_flag=True, help="Read as a client would; what fails stops the run before drop."
)


FREEZE = click.option(
    "--freeze", is_flag=True, help="Deny writes to the active table first, until drop or thaw."
)


ACCEPT = click.option(
    "--accept",
    "accept",
    multiple=True,
    metavar="WHAT",
    help="Let a named difference through, RESOURCE[:PROPERTY,…], as a refusal prints it.",
)


def said() -> dict[str, Any]:
    """What the command line says, by the names that it says it under; no default."""
    context = click.get_current_context()
    return {
        each.opts[-1] if isinstance(each, click.Option) else each.make_metavar(context): value
        for each in context.command.params
        if each.name and (value := context.params[each.name]) not in {None, False, ()}
        if context.get_parameter_source(each.name) is not ParameterSource.DEFAULT
    }


BREAK_LOCK = click.option(
    "--break-lock",
    is_flag=False,
    flag_value="",
    metavar="[LOCK]",
    help="Remove a lock left by a Pulumi process that has died; LOCK, its id, where that cannot be"
    " told and nobody can be asked. Live locks are still waited for.",
)
