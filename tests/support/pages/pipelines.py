"""The example pipelines, as a test reads them."""

from typing import Any

from ruamel.yaml import YAML

from tests.support.pages.page import CHECKOUT

FOLDER = CHECKOUT / "examples" / "pipelines"


def loaded(name: str) -> dict[str, Any]:
    found: dict[str, Any] = YAML(typ="safe", pure=True).load(FOLDER / name)
    return found


def github(job: str) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = loaded("github-actions.yml")["jobs"][job]["steps"]
    return steps


def commands(name: str, job: str) -> list[str]:
    """The lines of shell of a job, in order."""
    if name == "gitlab-ci.yml":
        found = loaded(name)
        return [*found[".restore"]["before_script"], *found[job]["script"]]
    return [step["run"] for step in github(job) if "run" in step]
