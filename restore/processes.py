"""The engines that run on this machine."""

import subprocess


def engines() -> frozenset[int]:
    """The process ids of every pulumi that runs here, whoever started it."""
    listed = subprocess.run(
        ["ps", "-e", "-o", "pid=,comm="],  # noqa: S607 - POSIX
        capture_output=True,
        text=True,
        check=True,
    )
    found = (line.split(maxsplit=1) for line in listed.stdout.splitlines())
    return frozenset(
        int(pid) for pid, command in found if command.rpartition("/")[2].strip() == "pulumi"
    )
