"""The options of the command line, each said once."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

_SECONDS = re.compile(r"(?P<count>[0-9]{1,6}(?:\.[0-9]+)?)(?P<unit>[smh]?)")
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600}

Option = Callable[[Callable[..., Any]], Callable[..., Any]]

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


class Seconds(click.ParamType[float]):
    """`300`, or with its unit `5m`."""

    name = "seconds"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        said = _SECONDS.fullmatch(str(value))
        if said is None:
            self.fail(f"{value!r} is no time such as 300, 90s or 5m.", param, ctx)
        return float(said["count"]) * _UNITS[said["unit"]]


DRAIN = click.option(
    "--drain",
    type=Seconds(),
    metavar="TIME",
    help="How long to wait between switch and drop, for clients' caches: 300, 90s or 5m. Default:"
    " runbook.drainSeconds.",
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
