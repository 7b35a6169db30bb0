"""What a person sees in a terminal, and in a pipe; and who is asked."""

import sys
import termios
from io import StringIO

import pytest
from rich.console import Console
from rich.text import Text

from restore.report.report import Report
from tests.support.memory.account_and_stack import Clock


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Report:
    """A report in front of someone."""
    report = Report(as_json=False)
    console = Console(stderr=True, force_terminal=True, width=80, color_system=None)
    monkeypatch.setattr(report, "_console", console)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(termios, "tcflush", lambda *_: None)
    return report


def test_in_a_pipe_progress_is_a_plain_line_now_and_then(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    """A log with two lines a second for hours is one that nobody reads."""
    report = Report(as_json=False)
    with report.watched("wait"), report.working("waiting"):
        for _ in range(80):
            report.progress("CREATING")
            clock.sleep(0.5)

    assert not report.live
    assert capsys.readouterr().err == "  … waiting\n  … CREATING, 16 s\n  … CREATING, 31 s\n"


def test_text_is_never_taken_for_markup(capsys: pytest.CaptureFixture[str]) -> None:
    """Config paths hold brackets: rich would swallow them."""
    report = Report(as_json=False)
    report.say("adoptTables[0]")
    report.fail("standbyTables[/red]")

    assert capsys.readouterr().err == "adoptTables[0]\nstandbyTables[/red]\n"


def test_a_pipe_has_nobody_to_ask() -> None:
    assert Report(as_json=False).ask("Go on?")


def test_a_person_can_be_asked_where_both_ends_are_a_terminal(
    terminal: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`< /dev/null` leaves the screen and takes the keyboard: that is nobody's yes."""
    assert terminal.can_ask
    assert not Report(as_json=False).can_ask
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False)
    assert not terminal.can_ask


@pytest.mark.parametrize(
    ("typed", "sure"), [("y", True), (" YES ", True), ("", False), ("no", False), ("yep", False)]
)
def test_only_a_yes_is_a_yes(
    terminal: Report, monkeypatch: pytest.MonkeyPatch, *, typed: str, sure: bool
) -> None:
    monkeypatch.setattr("builtins.input", lambda *_: typed)

    assert terminal.ask("Go on?") is sure


@pytest.mark.parametrize(
    ("environ", "coloured"),
    [
        pytest.param({"TERM": "xterm-256color"}, True, id="terminal"),
        pytest.param({"TERM": "xterm-256color", "NO_COLOR": "1"}, False, id="no-color"),
        pytest.param({"TERM": "dumb"}, False, id="dumb"),
    ],
)
def test_ticks_and_refusals_have_colour_only_where_it_is_wanted(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], *, coloured: bool
) -> None:
    report, seen = Report(as_json=False), StringIO()
    console = Console(file=seen, force_terminal=True, width=80, _environ=environ)
    monkeypatch.setattr(report, "_console", console)
    monkeypatch.setattr(report, "_aside", console)

    report.did("no drift")
    report.show(Text("✓ fine\n! a note"))
    report.fail("No.")

    assert ("\x1b[32m" in seen.getvalue()) == coloured
    assert ("\x1b[33m" in seen.getvalue()) == coloured
    assert ("\x1b[31m" in seen.getvalue()) == coloured
