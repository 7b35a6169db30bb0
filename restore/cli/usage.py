"""A command line that cannot be read is one object on stdout too, where `--json` stands in it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from restore.model.nearest import did_you_mean

_JSON = "--json"


class Verbs(click.Group):
    """The verbs. Each may have `--json`, and a word that is near to one is a slip of the hand."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            near = did_you_mean(args[0], self.list_commands(ctx))
            ctx.fail(f"No such verb {args[0]!r}.{near}")
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta[_JSON] = _JSON in args
        with _told(ctx):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        with _told(ctx):
            return super().invoke(ctx)


@contextmanager
def _told(ctx: click.Context) -> Iterator[None]:
    try:
        yield
    except click.UsageError as error:
        if ctx.meta[_JSON]:
            verb = error.ctx.info_name if error.ctx and error.ctx.parent else None
            said = {"verb": verb, "outcome": "wrong usage", "message": error.format_message()}
            click.echo(json.dumps({**said, "says": [], "steps": []}))
        raise
