"""A project folder with a real `pulumi config` and neither an engine's run nor an AWS."""

import contextlib
import contextvars
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from restore.table.config.parse import parse
from restore.table.config.problems import ProblemsError
from restore.table.config.written import know, read
from restore.table.decide import decide
from restore.table.past import Past
from sandbox import environment
from sandbox.engine.prepare import prepare
from tests.support.engine.world import CHECKOUT, STACK, Done

PROJECT = "restore-demo"
TABLE = "restore-demo"
Judge = Callable[[dict[str, str]], object]


class Folder:
    """A project with one stack in a backend of its own.

    Args:
        home: An empty folder.
    """

    def __init__(self, home: Path) -> None:
        engine = prepare(home)
        # Nothing listens on port 9, and nothing of this is asked.
        self.env = environment.complete(environment.settings(home, 9, engine.bin, os.environ), {})
        self.env |= {"HOME": str(home), "PYTHONPATH": str(CHECKOUT)}
        (home / "backend").mkdir()
        self.project = home / "project"
        (self.project / "stacks").mkdir(parents=True)
        self.settings = self.project / "Pulumi.yaml"
        self.file = self.project / "stacks" / f"Pulumi.{STACK}.yaml"
        shutil.copy(CHECKOUT / "Pulumi.yaml", self.settings)
        shutil.copy(CHECKOUT / "stacks" / self.file.name, self.file)
        self._as_checked_out = self.settings.read_text(), self.file.read_text()
        assert self.run("pulumi", "stack", "init", STACK).code == 0

    def run(self, *command: str, **env: str) -> Done:
        """Any command in the folder of the project."""
        done = subprocess.run(
            command,
            cwd=self.project,
            env={**self.env, **env},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def write(self, keys: Mapping[str, Any], *, shared: Mapping[str, Any] | None = None) -> None:
        """The stack config.

        Args:
            keys: Those in the stack's file, without the project's namespace unless they have one.
            shared: Those in Pulumi.yaml.
        """
        for path, text, written in (
            (self.settings, self._as_checked_out[0], shared or {}),
            (self.file, self._as_checked_out[1], keys),
        ):
            yaml = YAML()
            document = yaml.load(text)
            config = {
                key if ":" in key else f"{PROJECT}:{key}": each for key, each in _all(written)
            }
            if path == self.settings:
                config = {key: {"value": each} for key, each in config.items()}
            document.pop("config", None)
            if config:
                document["config"] = config
            with path.open("w") as file:
                yaml.dump(document, file)

    def texts(self) -> dict[str, str]:
        """What the engine hands to the program: the keys without their namespace."""
        return _own(self._config())

    def _config(self) -> dict[str, Any]:
        done = self.run("pulumi", "config", "--json", "--show-secrets")
        assert done.code == 0, done.said
        found: dict[str, Any] = json.loads(done.out)
        return found

    def judged(self, judge: Judge) -> str:
        """What the program says of the config, empty where nothing is wrong."""
        return contextvars.copy_context().run(self._judged, judge, self._config())

    def _judged(self, judge: Judge, config: Mapping[str, Any]) -> str:
        secrets = [key for key, each in config.items() if each["secret"]]
        texts = _own(config)
        with contextlib.chdir(self.project):
            know(read(self.project, STACK, PROJECT, config, secrets))
            try:
                judge(texts)
            except ProblemsError as error:
                return str(error)
        return ""


def _own(config: Mapping[str, Any]) -> dict[str, str]:
    return {
        key.removeprefix(f"{PROJECT}:"): str(each["value"])
        for key, each in config.items()
        if key.startswith(f"{PROJECT}:")
    }


def _all(keys: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from json.loads(json.dumps(dict(keys))).items()


def over(past: Past) -> Judge:
    """The program's judgement of a config over what the stack holds."""
    return lambda texts: decide(parse(texts), past)
