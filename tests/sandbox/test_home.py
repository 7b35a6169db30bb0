"""A sandbox's life: started, known again, stopped, started again."""

import json
import subprocess
import sys
from pathlib import Path

import boto3
import pytest
from botocore.config import Config

from sandbox.home import Sandbox
from sandbox.process import SandboxError, command_line, is_ours


def test_another_object_for_the_same_folder_sees_it_running(sandbox: Sandbox) -> None:
    """`start` and `stop` are two processes."""
    assert Sandbox(sandbox.home).running() == sandbox.running()


def test_a_second_start_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxError, match=r"running in .* already"):
        Sandbox(sandbox.home).start()


def test_the_account_is_motos_and_the_endpoint_answers(sandbox: Sandbox) -> None:
    env = sandbox.env()
    sts = boto3.client(
        "sts",
        endpoint_url=env["AWS_ENDPOINT_URL"],
        region_name=env["AWS_REGION"],
        aws_access_key_id=env["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=env["AWS_SECRET_ACCESS_KEY"],
        config=Config(proxies={}),
    )
    assert sts.get_caller_identity()["Account"] == "123456789012"


def test_a_new_start_forgets_the_old_backend(tmp_path: Path) -> None:
    """A state that names tables of an AWS that is gone would break the next update."""
    with Sandbox(tmp_path) as first:
        state = first.home / "backend" / ".pulumi"
        state.mkdir()
        pid = first.running()
    assert first.running() is None
    assert pid is not None
    assert not is_ours(pid.pid, pid.port)
    with Sandbox(tmp_path):
        assert not state.exists()


def test_stop_does_not_end_a_stranger_with_the_recorded_pid(tmp_path: Path) -> None:
    """After a reboot the pid in the record may be anybody's."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as stranger:
        record = {
            "pid": stranger.pid,
            "port": 1,
            "restore_seconds": 3,
            "lag_seconds": 0,
            "engine": {"bin": "", "cli": "", "provider": ""},
        }
        (tmp_path / "sandbox.json").write_text(json.dumps(record))
        assert Sandbox(tmp_path).stop() is False
        assert stranger.poll() is None
        stranger.communicate(b"\n")


def test_a_process_that_is_gone_has_no_command_line() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    assert command_line(process.pid) == ""
