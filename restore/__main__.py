"""`python -m restore`."""

import sys

_PACKAGES = {"boto3", "botocore", "click", "psutil", "pulumi", "pydantic", "rich", "ruamel"}

try:
    from restore.cli.commands import cli
except ModuleNotFoundError as missing:
    if (missing.name or "").partition(".")[0] not in _PACKAGES:
        raise
    sys.exit(
        f"{sys.executable} has no package {missing.name}, which the runbook needs."
        " Nothing was touched.\n"
        "  fix: . .venv/bin/activate, in the folder of the project (make setup makes .venv), then"
        " the same command"
    )

cli(prog_name="python -m restore")
