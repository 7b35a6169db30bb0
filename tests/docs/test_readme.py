"""How the other tests read the README: a reader that overlooks things would let them all pass."""

from tests.docs.readme import Step, steady, steps

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
    assert steps(PAGE) == [Step("pulumi up", ("    + 4 created",)), Step("echo $?", ("0",))]


def test_a_line_that_was_not_printed_is_missing() -> None:
    assert Step("x", ("one", "two")).missing_from("one\nthree") == ["two"]


def test_a_line_that_was_printed_too_early_is_missing() -> None:
    """The page tells an order: the policy is widened before the parameter moves."""
    assert Step("x", ("one", "two")).missing_from("two\none") == ["two"]


def test_lines_between_those_that_are_shown_do_not_matter() -> None:
    assert Step("x", ("one", "three")).missing_from("one\ntwo\n  three ") == []


def test_times_durations_and_ports_differ_from_run_to_run() -> None:
    said = "up (12s) on 127.0.0.1:4000 since 2026-11-23T13:49:28Z"
    shown = "up (0.02s) on 127.0.0.1:45147 since 2026-01-01T00:00:00Z"
    assert steady(said) == steady(shown)


def test_a_count_is_no_duration() -> None:
    assert steady("+ 4 created") != steady("+ 5 created")
