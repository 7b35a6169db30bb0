"""A project folder, a backend and an AWS of its own; what a test does with them.

Everything in here is the real thing: the pulumi command, the AWS provider, the runbook's command
line, and an emulator over HTTP. Nothing is called in this process but boto3.
"""

import json
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
from ruamel.yaml import YAML

from sandbox.home import Sandbox

CHECKOUT = Path(__file__).parents[3]
STACK = "sandbox"
PARAMETER = "restore-demo-table-name"
POLICY_ARN = "arn:aws:iam::123456789012:policy/restore-demo-read-policy"
ORIGINAL, RESTORED = "restore-demo-original-table", "restore-demo-restored-table"
_READS = ("Get", "Describe", "List", "Scan", "Simulate", "GET ")
CONFIRMED = {"switch", "rollback", "drop", "run"}
"""Verbs that ask at a terminal, and need `--yes` without one."""
PLACEMENT = ("activeTable", "standbyTables", "adoptTables", "rollbackFrom", "frozenTables")


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


@dataclass(frozen=True)
class Scene:
    """Everything as it was at one moment: folder, backend, AWS."""

    saved: Path
    aws: str


class World:
    """One sandbox with the project in it.

    Args:
        sandbox: It runs, and belongs to this world alone.
        folder: An empty folder for the project and the scenes.
    """

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        self.env = sandbox.env()
        running = sandbox.running()
        assert running is not None
        self.emulator_pid = running.pid
        self._url = self.env["AWS_ENDPOINT_URL"]
        self.backend = sandbox.home / "backend"
        self._scenes = folder / "scenes"
        self.project = folder / "project"
        self.dynamodb: Any = self.client("dynamodb")
        self.ssm: Any = self.client("ssm")
        self.iam: Any = self.client("iam")
        self.config_file = self.project / "stacks" / f"Pulumi.{STACK}.yaml"

    def client(self, service: str, *credentials: str) -> Any:
        key, secret = credentials or ("test", "test")
        # boto3.Session.client has an overload for each service, and no name of one is known here.
        make: Any = boto3.client
        return make(
            service,
            endpoint_url=self._url,
            region_name=self.env["AWS_REGION"],
            aws_access_key_id=key,
            aws_secret_access_key=secret,
        )

    def reader(self, access_key: str, secret: str, service: str = "dynamodb") -> Any:
        """A client of an IAM user."""
        return self.client(service, access_key, secret)

    # A clean start, and moments to come back to.

    def begin(self) -> None:
        """The project as it is in the checkout, a new stack, an empty AWS."""
        shutil.rmtree(self.project, ignore_errors=True)
        shutil.rmtree(self.backend, ignore_errors=True)
        self.backend.mkdir()
        self._post("/moto-api/reset", "POST")
        self.project.mkdir(parents=True)
        for name in ("Pulumi.yaml", "__main__.py"):
            shutil.copy(CHECKOUT / name, self.project)
        shutil.copytree(
            CHECKOUT / "stacks", self.project / "stacks", ignore=lambda _, __: ["__pycache__"]
        )
        (self.project / ".venv").symlink_to(Path(sys.prefix))
        with self.config() as config:
            # Nobody caches a name here: `drop` has nothing to wait for.
            config["restore-demo:runbook"] = {"drainSeconds": 0}
        self.pulumi("stack", "init", STACK)

    def save(self) -> Scene:
        answer = self._post("/sandbox/snapshots", "POST")
        scene = Scene(self._scenes / answer["id"], answer["id"])
        shutil.copytree(self.backend, scene.saved / "backend")
        shutil.copy(self.config_file, scene.saved)
        return scene

    def load(self, scene: Scene) -> None:
        self._post(f"/sandbox/snapshots/{scene.aws}/load", "PUT")
        shutil.rmtree(self.backend)
        shutil.copytree(scene.saved / "backend", self.backend)
        shutil.copy(scene.saved / self.config_file.name, self.config_file)

    def _post(self, path: str, method: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        url = self._url + path
        request = urllib.request.Request(url, data, method=method)  # noqa: S310 - 127.0.0.1
        with urllib.request.urlopen(request) as answer:  # noqa: S310 - 127.0.0.1
            return json.loads(answer.read() or "null")

    def calls(self, since: int = 0) -> list[dict[str, Any]]:
        """The AWS calls since call number `since`."""
        found: list[dict[str, Any]] = self._post(f"/sandbox/calls?since={since}", "GET")["calls"]
        return found

    def evidence(self) -> str:
        """The last calls, for the message of a test that fails."""
        last = self.calls()[-40:]
        return "\nlast AWS calls: " + ", ".join(
            f"{each['number']} {each['action']} {each['status']} ({each['user_agent'][:12]})"
            for each in last
        )

    def last_call(self) -> int:
        return int(self._post("/sandbox/calls?since=999999999", "GET")["last"])

    def writes(self, since: int) -> list[str]:
        """The actions since call number `since` that change something."""
        actions = [call["action"] for call in self.calls(since)]
        return [each for each in actions if not each.startswith(_READS)]

    @contextmanager
    def holding(self, action: str, moment: str) -> Iterator[Callable[[], bool]]:
        """Calls of `action` wait in the block; yields whether one does by now.

        Args:
            action: The API's word for it; of a REST API its method and path.
            moment: `before` AWS does it, or `after` that and before it answers.
        """
        self._post("/sandbox/hold", "PUT", {"action": action, "moment": moment})
        try:
            yield lambda: bool(self._post("/sandbox/hold", "GET")["held"])
        finally:
            self.release()

    def release(self) -> None:
        """Lets go of the calls that are held."""
        self._post("/sandbox/hold", "DELETE")

    @contextmanager
    def failing(self, action: str, **fault: Any) -> Iterator[None]:
        """Calls of `action` fail in the block as `fault` says (sandbox/emulator/faults.py)."""
        self._post("/sandbox/faults", "PUT", {"action": action, **fault})
        try:
            yield
        finally:
            self._post("/sandbox/faults", "DELETE")

    def struck(self) -> int:
        """How many calls a fault has happened to since all was well."""
        return int(self._post("/sandbox/faults", "GET")["struck"])

    @contextmanager
    def restores_ending(self, status: str) -> Iterator[None]:
        """Restores that start in the block end as `status`, or as `gone`."""
        self._post("/sandbox/settings", "PUT", {"restore_ends": status})
        try:
            yield
        finally:
            self._post("/sandbox/settings", "PUT", {"restore_ends": "ACTIVE"})

    @contextmanager
    def restores_taking(self, seconds: float) -> Iterator[None]:
        """Restores that start in the block take as long."""
        usual = self._post("/sandbox/settings", "GET")["restore_seconds"]
        self._post("/sandbox/settings", "PUT", {"restore_seconds": seconds})
        try:
            yield
        finally:
            self._post("/sandbox/settings", "PUT", {"restore_seconds": usual})

    # What a person types.

    def spawn(self, *command: str, **how: Any) -> "subprocess.Popen[Any]":
        """Any command in the project folder, not waited for; silent unless `how` says otherwise."""
        return subprocess.Popen(
            command,
            cwd=self.project,
            env={**self.env, "PYTHONPATH": str(CHECKOUT)},
            stdin=subprocess.DEVNULL,
            **{"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **how},
        )

    def run(self, *command: str, **env: str) -> Done:
        """Any command in the project folder."""
        done = subprocess.run(
            command,
            cwd=self.project,
            env={**self.env, "PYTHONPATH": str(CHECKOUT), **env},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def pulumi(self, *arguments: str, fails: bool = False) -> Done:
        """The pulumi command; the test fails unless it ends as expected."""
        done = self.run("pulumi", *arguments, "--non-interactive", "--color=never")
        assert (done.code != 0) == fails, done.said + self.evidence()
        assert "Traceback" not in done.said, done.said
        return done

    def up(self, *, fails: bool = False) -> Done:
        return self.pulumi("up", "--yes", "--skip-preview", fails=fails)

    def restore(self, *arguments: str, code: int = 0, sure: bool = True) -> Done:
        """The runbook, as a pipeline calls it; the test fails unless it ends with `code`.

        Args:
            arguments: The verb and what belongs to it.
            code: The exit code.
            sure: Whether a verb that needs `--yes` without a terminal gets it.
        """
        yes = ["--yes"] if sure and arguments[0] in CONFIRMED else []
        done = self.run(sys.executable, "-m", "restore", *arguments, *yes)
        assert done.code == code, f"{arguments}: {done.said}{self.evidence()}"
        assert "Traceback" not in done.said, done.said
        return done

    def asked(self, *arguments: str, code: int = 0) -> dict[str, Any]:
        """The one object that the runbook prints on stdout."""
        answer: dict[str, Any] = json.loads(self.restore(*arguments, "--json", code=code).out)
        return answer

    def no_drift(self) -> None:
        self.pulumi("preview", "--refresh", "--expect-no-changes")

    def phase(self) -> str:
        """What the runbook's status says of the only table."""
        return str(self.asked("status")["tables"]["restore-demo"]["phase"])

    # The stack config.

    def place(self, **placement: Any) -> None:
        """Makes these the only placement keys, as an old commit of the file would."""
        with self.config() as config:
            for key in PLACEMENT:
                config.pop(f"restore-demo:{key}", None)
            for key, value in placement.items():
                config[f"restore-demo:{key}"] = value

    @contextmanager
    def config(self) -> Iterator[dict[str, Any]]:
        """The `config` of the file, to be changed in the block."""
        yaml = YAML()
        yaml.width = 4096  # a folded salt is none to anyone who reads lines
        document = yaml.load(self.config_file)
        yield document["config"]
        yaml.dump(document, self.config_file)

    def configure(self, path: str, value: str) -> None:
        self.pulumi("config", "set", "--path", path, value)

    # What is there.

    def tables(self) -> set[str]:
        return set(self.dynamodb.list_tables()["TableNames"])

    def pointer(self) -> tuple[str, int]:
        """The parameter's value and version."""
        parameter = self.ssm.get_parameter(Name=PARAMETER)["Parameter"]
        return parameter["Value"], parameter["Version"]

    def granted(self) -> tuple[set[str], str]:
        """The tables that the grant names, and its default version."""
        version = self.iam.get_policy(PolicyArn=POLICY_ARN)["Policy"]["DefaultVersionId"]
        answer = self.iam.get_policy_version(PolicyArn=POLICY_ARN, VersionId=version)
        (statement,) = answer["PolicyVersion"]["Document"]["Statement"]
        assert statement["Action"] == ["dynamodb:GetItem"]
        return {arn.rpartition("/")[2] for arn in statement["Resource"]}, version

    def state(self) -> dict[str, dict[str, Any]]:
        """Type's last word and logical name → the resource in the state."""
        exported = json.loads(self.pulumi("stack", "export").out)
        return {
            f"{each['type'].rpartition(':')[2]} {each['urn'].rpartition('::')[2]}": each
            for each in exported["deployment"].get("resources", [])
        }

    def in_stack(self) -> set[str]:
        """The labels in the state."""
        return {
            name.rpartition(".")[2]
            for name in self.state()
            if name.startswith("Table restore-demo.")
        }

    def outputs(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.pulumi("stack", "output", "--json").out)["tables"]
        return found

    def everything(self) -> dict[str, Any]:
        """All that a refusal has to leave as it is."""
        return {
            "pointer": self.pointer(),
            "grant": self.granted(),
            "in the stack": self.in_stack(),
            "items": {table: self.items(table) for table in self.tables()},
        }

    def put(self, table: str, **item: str) -> None:
        self.dynamodb.put_item(TableName=table, Item={key: {"S": v} for key, v in item.items()})

    def items(self, table: str) -> dict[str, dict[str, str]]:
        """Every item by its id."""
        found = self.dynamodb.scan(TableName=table, ConsistentRead=True)["Items"]
        plain = [{key: str(*value.values()) for key, value in item.items()} for item in found]
        return {item["id"]: item for item in plain}
