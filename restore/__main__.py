"""`python -m restore`."""

from restore.cli import cli

cli(prog_name="python -m restore")
