"""The project that a folder belongs to, as the pulumi command finds it."""

import os
from pathlib import Path

from restore.engine.configfile import read_yaml

PROJECT_FILE = "Pulumi.yaml"


def project_folder(start: Path) -> Path | None:
    """The folder with Pulumi.yaml: `start`, or the next one above it; None where there is none."""
    if (start / PROJECT_FILE).is_file():
        return start
    above = Path(os.path.abspath(start)).parents  # noqa: PTH100 - resolve() would follow links
    return next((folder for folder in above if (folder / PROJECT_FILE).is_file()), None)


def project_name(start: Path) -> str | None:
    """The name of the project that `start` belongs to; None where there is none.

    Raises:
        UsageError: its Pulumi.yaml is no YAML.
    """
    folder = project_folder(start)
    return str(read_yaml(folder / PROJECT_FILE).get("name") or "") or None if folder else None
