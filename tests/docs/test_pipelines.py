"""The example pipelines: what they are made of, before `tests/engine/test_pipelines.py` runs it."""

import re
from typing import Any

import pytest
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


@pytest.mark.parametrize("name", ["github-actions.yml", "gitlab-ci.yml"])
def test_each_plans_by_itself_and_changes_something_with_an_approval_alone(name: str) -> None:
    plan, restore = (" ".join(commands(name, job)) for job in ("plan", "restore"))
    assert re.search(r"-m restore plan --to \S+ ", plan)
    assert "--yes" not in plan
    assert re.search(r'-m restore \$VERB --stack "\$STACK" --yes --json > restore.json', restore)


def test_in_github_a_reviewer_approves_and_the_audit_log_is_kept() -> None:
    job = loaded("github-actions.yml")["jobs"]["restore"]
    assert job["environment"] == "production"
    (kept,) = (step for step in job["steps"] if "upload-artifact" in step.get("uses", ""))
    assert kept["if"] == "always()"
    assert kept["with"]["path"].split() == ["restore.json", ".restore/audit.jsonl"]


def test_in_gitlab_it_is_started_by_hand_and_the_audit_log_is_kept() -> None:
    job = loaded("gitlab-ci.yml")["restore"]
    assert [rule["when"] for rule in job["rules"]] == ["manual"]
    assert job["artifacts"] == {"when": "always", "paths": ["restore.json", ".restore/audit.jsonl"]}
