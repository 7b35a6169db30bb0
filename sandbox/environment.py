"""The environment in which `pulumi`, the runbook and every AWS SDK use a sandbox alone."""

import os
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

REGION = "us-east-1"
PASSPHRASE = "sandbox"  # noqa: S105 - guards nothing: the backend holds a sandbox's state


def settings(home: Path, port: int, engine: str, outer: Mapping[str, str]) -> dict[str, str]:
    """What a sandbox sets over the `outer` environment; `engine` is the folder of its `pulumi`."""
    first = [engine, str(Path(sys.executable).parent)]
    rest = [entry for entry in outer.get("PATH", "").split(os.pathsep) if entry not in first]
    # botocore would send what is meant for 127.0.0.1 through a proxy.
    direct = ["127.0.0.1", *_entries(outer.get("NO_PROXY") or outer.get("no_proxy"))]
    nowhere = str(home / "no-such-file")
    return {
        "PATH": os.pathsep.join([*first, *rest]),
        "PULUMI_HOME": str(home / "pulumi"),
        "PULUMI_BACKEND_URL": f"file://{home / 'backend'}",
        "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        # Engine and provider share the cores with the emulator and need 150 MB each, not 100: a
        # lazier collector saves a tenth of an update.
        "GOGC": "400",
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "sandbox",
        "AWS_SECRET_ACCESS_KEY": "sandbox",
        "AWS_CONFIG_FILE": nowhere,
        "AWS_SHARED_CREDENTIALS_FILE": nowhere,
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": ",".join(direct),
        "no_proxy": ",".join(direct),
    }


def _entries(hosts: str | None) -> list[str]:
    return [host for host in (hosts or "").split(",") if host not in {"", "127.0.0.1"}]


def strangers(ours: Mapping[str, str], outer: Mapping[str, str]) -> list[str]:
    """The outer environment's other settings for AWS and Pulumi.

    A profile, a role, a token or an endpoint of one service could lead to a real account.
    """
    return sorted(
        name for name in outer if name.startswith(("AWS_", "PULUMI_")) and name not in ours
    )


def complete(ours: Mapping[str, str], outer: Mapping[str, str]) -> dict[str, str]:
    """The outer environment with the sandbox's settings and without what could lead elsewhere."""
    gone = strangers(ours, outer)
    return {name: value for name, value in outer.items() if name not in gone} | dict(ours)


def shell_lines(ours: Mapping[str, str], outer: Mapping[str, str]) -> list[str]:
    """The same as lines for a POSIX shell to evaluate."""
    unset = [f"unset {name}" for name in strangers(ours, outer)]
    return unset + [f"export {name}={shlex.quote(value)}" for name, value in ours.items()]
