"""What a person in front of a terminal sees: a block at the bottom, and lines above it."""

import sys
import termios
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from restore.model.change import Change
from restore.model.facts import TableFacts
from restore.model.steps import Step
from restore.report.report import Report
from sandbox.demo.terminal import Screen
from tests.support.configs.positions import TO_DROPPED, TO_PREPARED, TO_SWITCHED
from tests.support.memory.facts import facts, original, restored, restoring

POINTER = Change("update", "urn:pulumi:dev::x::aws:ssm/parameter:Parameter::restore-demo")


class Watched:
    """A report in front of someone, and what they see."""

    def __init__(self, **environ: str) -> None:
        self.report = Report(as_json=False)
        self._written = StringIO()
        self._size = width, height = 100, 30
        self.report._console = Console(  # noqa: SLF001 - a terminal that can be looked at
            file=self._written,
            force_terminal=True,
            width=width,
            height=height,
            highlight=False,
            soft_wrap=True,
            _environ={"TERM": "xterm", **environ},
        )
        self.report._aside = self.report._console  # noqa: SLF001 - the same one

    @property
    def screen(self) -> Screen:
        screen = Screen(*self._size)
        screen.write(self._written.getvalue().replace("\n", "\r\n").encode())
        return screen

    @property
    def seen(self) -> list[str]:
        return self.screen.lines


@pytest.fixture
def there() -> Watched:
    return Watched()


def test_the_block_says_where_it_stands_what_is_done_what_follows_and_how_to_go_back(
    there: Watched,
) -> None:
    report = there.report
    with report.watched("run"):
        report.observed([facts(TO_PREPARED)], None)
        report.begin(Step.SWITCH)
        report.say("point clients from original to restored")
        with report.working("previewing"):
            report.step(POINTER)
            first, second, *block = there.seen

    assert first == "point clients from original to restored"
    assert second == "  + update Parameter restore-demo"
    row, now, then, back = block
    assert row.split()[:3] == ["restore-demo", "✓", "serving"]
    assert "● prepared  ○ switched" in row
    assert now.startswith("now")
    assert "switch: previewing 0:00:00" in now
    assert then.split(maxsplit=1) == ["next", "drain, drop"]
    assert back.split(maxsplit=1) == [
        "back",
        "python -m restore rollback (let restored leave the stack, kept in AWS)",
    ]


def test_the_lines_stay_when_the_verb_is_over_and_the_block_says_how_it_ended(
    there: Watched,
) -> None:
    """The way back is needed most after the verb: nobody has to ask for it."""
    report = there.report
    with report.watched("switch"):
        report.begin(Step.SWITCH)
        report.did("no drift")
        report.observed([facts(TO_SWITCHED)], None)
        report.end()
    report.fail("and a last line")

    line, row, then, back, last = there.seen
    assert (line, last) == ("  ✓ no drift", "and a last line")
    assert "● switched" in row
    assert then.split(maxsplit=1) == ["next", "python -m restore drop, or rollback"]
    assert back.split(maxsplit=1) == [
        "back",
        "python -m restore rollback (point clients from restored back to original)",
    ]
    assert there.screen.has_cursor


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError("a bug")])
def test_a_verb_that_breaks_off_leaves_a_clean_terminal(
    there: Watched, error: BaseException
) -> None:
    """A hidden cursor, or half a block under the prompt, is what is left of a live view."""
    report = there.report

    def break_off() -> None:
        with report.watched("run"):
            report.observed([facts("serving")], None)
            report.begin(Step.START)
            with report.working("previewing"):
                report.say("a line")
                raise error

    with pytest.raises(type(error)):
        break_off()

    assert there.seen == ["a line"]
    assert there.screen.has_cursor


def test_a_question_stands_alone_and_the_block_comes_back(
    there: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is typed into a block that is drawn four times a second is lost."""
    asked: list[list[str]] = []
    cursor: list[bool] = []

    def typed(*_: object) -> str:
        asked.append(there.seen)
        cursor.append(there.screen.has_cursor)
        return "y"

    monkeypatch.setattr("builtins.input", typed)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(termios, "tcflush", lambda *_: None)
    report = there.report
    with report.watched("switch"):
        report.observed([facts(TO_PREPARED)], None)
        report.begin(Step.SWITCH)
        sure = report.ask("Go on [now]?")
        after = there.seen

    assert sure
    assert asked == [["Go on [now]? [y/N]"]]
    assert cursor == [True]
    assert any("● prepared" in line for line in after)


def test_a_program_that_speaks_for_itself_has_the_terminal_to_itself(there: Watched) -> None:
    """A hook's own lines would be drawn over."""
    report = there.report
    with report.watched("switch"):
        report.observed([facts(TO_PREPARED)], None)
        report.begin(Step.SWITCH)
        with report.aside("before switch: ./announce [now]"):
            meanwhile = there.seen
        after = there.seen

    assert meanwhile == ["  … before switch: ./announce [now]"]
    assert len(after) > 1


def test_what_is_worked_on_can_change_its_words(there: Watched) -> None:
    """Brackets are words, no markup."""
    report = there.report
    with report.watched("wait"), report.working("waiting"):
        report.progress("orders-restored: CREATING [1/2]")
        words = [report._view._picture()]  # type: ignore[union-attr] # noqa: SLF001
        console = Console(file=StringIO(), width=100, record=True)
        console.print(*words)

    assert "orders-restored: CREATING [1/2] 0:00:00" in console.export_text()


def test_a_verb_without_steps_shows_only_what_takes_long(there: Watched) -> None:
    """`plan` moves nothing: a way back would be noise."""
    report = there.report
    with report.watched("plan"):
        with report.working("looking at keys"):
            (line,) = there.seen
        assert not report.asks_for_the_end

    assert line.startswith("now")
    assert there.seen == [""]


def test_the_end_of_a_verb_without_steps_leaves_nothing(there: Watched) -> None:
    """`plan --json` in a terminal: the object is on stdout, and the block would be noise."""
    with there.report.watched("plan"):
        with there.report.working("looking at keys"):
            pass
        there.report.end()
    with there.report.watched("clean"):
        there.report.end()

    assert there.seen == [""]


def many(*tables: TableFacts) -> Iterator[TableFacts]:
    for number, table in enumerate(tables):
        yield replace(table, config=replace(table.config, table=f"table-{number}"))


def test_fifty_tables_are_counted_by_phase(there: Watched) -> None:
    """A block that is higher than the terminal cannot be drawn over."""
    tables = [facts("serving", restoring())] * 25 + [facts("serving", restored())] * 24
    report = there.report
    with report.watched("run"):
        report.observed(list(many(*tables, facts("serving adopted"))), None)
        report.begin(Step.WAIT)
        with report.working("waiting"):
            block = there.seen

    assert [line.partition("  ")[0] for line in block] == [
        "25 tables",
        "24 tables",
        "table-49",
        "now",
        "next",
        "back",
        "",
    ]
    assert "● restoring" in block[0]
    assert "● restored" in block[1]
    assert "● adopted" in block[2]


def test_many_ways_back_are_the_first_few_and_where_to_find_the_other_ones(
    there: Watched,
) -> None:
    tables = [
        facts("serving"),
        facts("serving adopted"),
        facts(TO_SWITCHED),
        facts(TO_DROPPED, original()),
        facts("serving", gone=("original",)),
    ]
    report = there.report
    with report.watched("drop"):
        report.observed(list(many(*tables)), None)
        report.begin(Step.DROP)
        seen = there.seen

    assert seen[-1].strip() == "and 2 more: python -m restore status"
    assert "no way back needed: nothing has moved" in seen[-4]


def test_phases_of_as_many_tables_each_are_told_apart(there: Watched) -> None:
    tables = [facts("serving")] * 2 + [facts("serving adopted")] * 2
    report = there.report
    with report.watched("run"):
        report.observed(list(many(*tables)), None)
        report.begin(Step.START)
        seen = there.seen

    assert [line.partition("  ")[0] for line in seen[:3]] == ["2 tables", "2 tables", "now"]


def test_before_anything_is_known_only_the_step_is_said(there: Watched) -> None:
    with there.report.watched("run"):
        there.report.begin(Step.START)
        assert there.seen == ["now  start"]


def test_a_later_look_at_some_of_the_tables_leaves_the_other_ones(there: Watched) -> None:
    """`run` looks at the unfinished ones only."""
    one, two = many(facts("serving"), facts("serving"))
    report = there.report
    with report.watched("run"):
        report.observed([one, two], None)
        report.observed([replace(facts(TO_PREPARED), config=two.config)], None)
        report.begin(Step.SWITCH)
        seen = there.seen

    assert "● serving" in seen[0]
    assert "● prepared" in seen[1]


def test_a_dumb_terminal_gets_plain_lines(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An editor's shell, or a log: it cannot move the cursor."""
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("FORCE_COLOR", "1")
    report = Report(as_json=False)
    with report.watched("run"):
        report.begin(Step.SWITCH)
        with report.working("previewing"):
            report.did("no drift")
        report.end()

    assert not report.live
    assert capsys.readouterr().err == "  … previewing\n  ✓ no drift\n"


@pytest.mark.parametrize(("environ", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_where_no_colour_is_wanted_there_is_none(
    *, environ: dict[str, str], coloured: bool
) -> None:
    there = Watched(**environ)
    report = there.report
    with report.watched("run"):
        report.observed([facts(TO_PREPARED)], None)
        report.begin(Step.SWITCH)
        drawn = there.screen.drawn()

    assert "● prepared" in drawn.plain
    assert any("cyan" in str(each.style) for each in drawn.spans) is coloured
