"""Printed commands name the stack that the command line named."""

import json

import pytest

from restore.report.report import Report
from restore.report.stack_options import with_options

S = "--stack prod"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("  fix: pulumi up, which sets it", f"  fix: pulumi up {S}, which sets it"),
        (
            "pulumi config set --path 'a[0]' x; pulumi up --yes",
            f"pulumi config set {S} --path 'a[0]' x; pulumi up {S} --yes",
        ),
        ("pulumi config rm a && pulumi config", f"pulumi config rm {S} a && pulumi config {S}"),
        (
            "pulumi state protect 'urn' --yes; pulumi refresh",
            f"pulumi state protect {S} 'urn' --yes; pulumi refresh {S}",
        ),
        ("python -m restore status, then", f"python -m restore status {S}, then"),
        (f"python -m restore drop {S}, or rollback {S}",) * 2,
        (f"pulumi config set --path a b {S}; pulumi up {S}",) * 2,
        ("pulumi stack ls; pulumi stack select <stack>",) * 2,
        ("pulumi state upgrade; pulumi state move --source a --dest b",) * 2,
        ("pulumi-aws and pulumi config-something",) * 2,
    ],
)
def test_a_command_names_the_stack_once_and_where_it_is_an_option(text: str, printed: str) -> None:
    assert with_options(text, S) == printed
    assert with_options(text, "") == text


def test_people_and_scripts_get_the_same_commands(capsys: pytest.CaptureFixture[str]) -> None:
    """A rollback that is pasted without the stack moves the clients of the selected one."""
    report = Report(as_json=True, options=S)
    report.say("next: python -m restore rollback")
    report.tell({"findings": [{"fix": "pulumi up"}], "count": 1})
    report.fail("No.\n  fix: pulumi preview --diff")
    report.result({"message": "No.\n  fix: pulumi preview --diff"})

    printed = capsys.readouterr()
    told = json.loads(printed.out)
    assert told["says"] == [f"next: python -m restore rollback {S}"]
    assert told["findings"] == [{"fix": f"pulumi up {S}"}]
    assert told["message"] == f"No.\n  fix: pulumi preview {S} --diff"
    assert told["message"] in printed.err
    assert told["says"][0] in printed.err
