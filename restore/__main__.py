"""`python -m restore`."""

import os
import sys

_PACKAGES = {"boto3", "botocore", "click", "psutil", "pulumi", "pydantic", "rich", "ruamel"}
_COMPLETE = "_RESTORE_COMPLETE"
"""Set by a shell that completes: for that there has to be a command named `restore`."""

try:
    from restore.cli.commands import cli

    cli(prog_name="restore" if _COMPLETE in os.environ else "python -m restore")
except ModuleNotFoundError as missing:
    if (missing.name or "").partition(".")[0] not in _PACKAGES:
        raise
    sys.exit(
        f"{sys.executable} has no package {missing.name}, which the runbook needs."
        " Nothing was touched.\n"
        "  fix: . .venv/bin/activate, in the folder of the project (make setup makes .venv), then"
        " the same command"
    )
