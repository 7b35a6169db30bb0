"""How several tables are looked at."""

import threading

import pytest

from restore.facts import LiveTable
from tests.unit.restore.fakes import FakeAws, World, world
from tests.unit.stacks.documents import entry, texts

NAMES = ("restore-demo", "orders", "customers")
Patch = pytest.MonkeyPatch


@pytest.fixture
def three() -> World:
    there = world()
    there.stack.texts = texts({"tables": {name: entry() for name in NAMES}})
    return there


def test_several_tables_are_looked_at_together(three: World, monkeypatch: Patch) -> None:
    """Fifty of them one after the other take AWS a minute at each of the run's looks."""
    together, of = threading.Barrier(len(NAMES), timeout=10), FakeAws.parameter

    def parameter(aws: FakeAws, wanted: str) -> str | None:
        together.wait()
        return of(aws, wanted)

    monkeypatch.setattr(FakeAws, "parameter", parameter)
    three.aws.parameters["customers-table-name"] = "customers-original-table"

    seen = three.session().observe().tables

    assert [each.config.table for each in seen] == list(NAMES)
    assert [each.pointer for each in seen][1:] == [None, "customers-original-table"]


def test_what_goes_wrong_with_one_of_several_tables_goes_wrong(
    three: World, monkeypatch: Patch
) -> None:
    def table(_: FakeAws, wanted: str) -> LiveTable | None:
        if wanted.startswith("orders"):
            raise TimeoutError(wanted)
        return None

    monkeypatch.setattr(FakeAws, "table", table)

    with pytest.raises(TimeoutError, match="orders"):
        three.session().observe()


def test_one_table_is_looked_at_by_who_can_be_interrupted(monkeypatch: Patch) -> None:
    """Ctrl-C ends a request of the main thread, and waits for one of any other."""
    threads: list[threading.Thread] = []

    def parameter(*_: object) -> None:
        threads.append(threading.current_thread())

    monkeypatch.setattr(FakeAws, "parameter", parameter)
    world().session().observe()
    assert threads == [threading.main_thread()]
