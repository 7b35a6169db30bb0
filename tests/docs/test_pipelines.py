"""The example pipelines: what they are made of, before `tests/engine/test_pipelines.py` runs it."""

import re

import pytest

from tests.support.pages.pipelines import commands, loaded


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
