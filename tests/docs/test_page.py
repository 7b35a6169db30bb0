"""How the other tests read a page: a reader that overlooks things would let them all pass."""

from pathlib import Path

import pytest

from tests.support.pages.aws import options
from tests.support.pages.page import Step, scenes, steady, steps

PAGE = """
```sh
make setup
```

```console
$ pulumi up
…
    + 4 created
$ echo $?
0
```
"""


def test_commands_and_what_they_show_come_from_console_blocks_alone() -> None:
    assert steps(PAGE) == [Step("pulumi up", ("…", "    + 4 created")), Step("echo $?", ("0",))]


def test_a_line_that_was_not_printed_is_missing() -> None:
    assert Step("x", ("one", "two")).missing_from("one\nthree") == ["two"]


def test_a_line_that_was_printed_too_early_is_missing() -> None:
    """The page tells an order: the policy is widened before the parameter moves."""
    assert Step("x", ("one", "two")).missing_from("two\none") == ["two"]


def test_like_steps_that_stand_together_come_in_any_order() -> None:
    """The engine moves two parameters at once, and says them as they come."""
    step = Step("x", ("~ update Parameter a (value)", "~ update Parameter b (value)", "✓ no drift"))
    printed = ["~ update Parameter b (value)", "~ update Parameter a (value)", "✓ no drift"]
    assert step.missing_from("\n".join(printed)) == []
    assert step.missing_from("\n".join(printed[1:])) == [step.shows[1], step.shows[2]]


def test_what_a_page_leaves_out_keeps_like_steps_apart() -> None:
    """They are of two updates then, and each comes in its own."""
    step = Step("x", ("~ update Table b (ttl)", "…", "~ update Table a (ttl)"))
    printed = ["~ update Table b (ttl)", "✓ no drift", "~ update Table a (ttl)"]
    assert step.missing_from("\n".join(printed)) == []
    assert step.missing_from("\n".join(printed[::-1])) != []


def test_steps_on_unlike_resources_have_an_order() -> None:
    step = Step("x", ("+ update Policy a (policy)", "+ update Parameter a (value)"))
    assert step.missing_from("\n".join(step.shows[::-1])) == [step.shows[1]]


def test_lines_between_those_that_are_shown_do_not_matter() -> None:
    assert Step("x", ("one", "three")).missing_from("one\ntwo\n  three ") == []


def test_times_durations_and_ports_differ_from_run_to_run() -> None:
    said = "up (12s) on 127.0.0.1:4000 since 2026-11-23T13:49:28Z"
    shown = "up (0.02s) on 127.0.0.1:45147 since 2026-01-01T00:00:00Z"
    assert steady(said) == steady(shown)


def test_a_count_is_no_duration() -> None:
    assert steady("+ 4 created") != steady("+ 5 created")


def test_a_process_and_its_user_differ_from_machine_to_machine() -> None:
    said = "locked: root@vm, process 10910, since 2026-11-24T17:31:17Z."
    assert steady(said) == steady(
        "locked: you@this-machine, process 7, since 2026-11-23T13:57:40Z."
    )


def test_what_a_reader_would_not_type_stands_in_a_comment_and_is_run() -> None:
    hidden = "<!-- console\n$ fault\n-->\n```console\n$ status\n```\n<!-- $ not this -->\n"
    assert [step.command for step in steps(hidden)] == ["fault", "status"]


def test_a_time_in_a_command_stands_for_another() -> None:
    step = Step("good=2026-11-23T13:49:28Z", ("as of 2026-11-23T13:49:28Z",))
    assert step.at("$moment") == Step("good=$moment", step.shows)


def test_a_scene_lasts_until_the_next_one_begins(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "## A\n```console\n$ begin\n$ a\n```\n### B\n```console\n$ b\n```\n"
        "## C\n```console\n$ begin\n```\n"
    )
    found = {name: [step.command for step in todo] for name, todo in scenes(page, "begin").items()}
    assert found == {"A": ["begin", "a", "b"], "C": ["begin"]}


def test_a_command_before_the_first_scene_is_an_error(tmp_path: Path) -> None:
    """It would be shown and never run."""
    page = tmp_path / "page.md"
    page.write_text("```console\n$ a\n```\n## A\n```console\n$ begin\n```\n")
    with pytest.raises(ValueError, match="a stands before the first scene"):
        scenes(page, "begin")


def test_the_words_of_the_aws_cli_become_those_of_the_api() -> None:
    said = ["--overwrite", "--key", '{"id": {"S": "1"}}', "--shard-count", "1", "--x", "A=b,C=true"]
    assert dict(options(said)) == {
        "overwrite": True,
        "key": {"id": {"S": "1"}},
        "shard-count": 1,
        "x": {"A": "b", "C": True},
    }
