"""What a sandbox sets, and what it keeps a shell from reaching."""

import subprocess
import sys
from pathlib import Path

from sandbox import environment

HOME = Path("/home/some one/it's")


def settings(outer: dict[str, str] | None = None) -> dict[str, str]:
    return environment.settings(HOME, 4000, "/engine/bin", outer or {"PATH": "/usr/bin"})


def test_the_engine_comes_first_then_this_python_then_the_rest() -> None:
    venv = str(Path(sys.executable).parent)
    assert settings()["PATH"] == f"/engine/bin:{venv}:/usr/bin"


def test_evaluating_it_twice_changes_nothing() -> None:
    once = settings({"PATH": "/usr/bin", "NO_PROXY": "intra"})
    assert settings(once) == once


def test_the_backend_and_the_plugins_are_the_sandboxs_own() -> None:
    ours = settings()
    assert ours["PULUMI_HOME"] == f"{HOME}/pulumi"
    assert ours["PULUMI_BACKEND_URL"] == f"file://{HOME}/backend"


def test_a_real_profile_token_role_or_endpoint_does_not_survive() -> None:
    """`AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` alone would send dummy calls to the real AWS."""
    outer = {
        "PATH": "/usr/bin",
        "AWS_PROFILE": "production",
        "AWS_SESSION_TOKEN": "real",
        "AWS_ACCESS_KEY_ID": "real",
        "AWS_ROLE_ARN": "arn:aws:iam::1:role/real",
        "AWS_ENDPOINT_URL_DYNAMODB": "https://dynamodb.eu-west-1.amazonaws.com",
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true",
        "PULUMI_ACCESS_TOKEN": "real",
        "EDITOR": "vi",
    }
    whole = environment.complete(settings(outer), outer)
    assert "real" not in " ".join(whole.values())
    assert "production" not in whole.values()
    assert [name for name in whole if "ENDPOINT" in name] == ["AWS_ENDPOINT_URL"]
    assert whole["AWS_ENDPOINT_URL"] == "http://127.0.0.1:4000"
    assert whole["EDITOR"] == "vi"


def test_calls_to_the_emulator_go_through_no_proxy() -> None:
    """Botocore would send them through HTTP_PROXY otherwise."""
    assert settings({"PATH": "", "no_proxy": "intra,127.0.0.1"})["NO_PROXY"] == "127.0.0.1,intra"


def test_a_shell_reads_the_lines_as_they_were_meant() -> None:
    """A home with a space and a quote in it is a folder like any other."""
    outer = {"PATH": "/usr/bin:/bin", "AWS_PROFILE": "production"}
    ours = settings(outer)
    script = "\n".join([*environment.shell_lines(ours, outer), "env -0"])
    said = subprocess.run(["/bin/sh", "-c", script], env=outer, capture_output=True, check=True)
    seen = dict(line.split("=", 1) for line in said.stdout.decode().split("\0") if "=" in line)
    assert {name: seen.get(name) for name in ours} == ours
    assert "AWS_PROFILE" not in seen
