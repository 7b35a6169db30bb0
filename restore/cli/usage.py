"""A command line that cannot be read is one object on stdout too, where `--json` stands in it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

_JSON = "--json"


class OneObject(click.Group):
    """A group of commands, each of which may have `--json`."""

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
