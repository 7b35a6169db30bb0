"""What the program keeps of labels that left the stack: rule 3 holds for them too."""

import pytest

from restore.table.config.parse import parse
from restore.table.config.problems import RefusedError
from restore.table.decide import decide
from tests.support.configs.documents import TABLE, entry, texts, walk_through
from tests.support.configs.transitions import ROWS, deploy, past_by


def refused(way: str, written: dict[str, str]) -> str:
    with pytest.raises(RefusedError) as refusal:
        decide(parse(written), {TABLE: past_by(way)})
    return str(refusal.value)


def test_a_label_that_left_the_stack_keeps_its_table() -> None:
    """Else an old label could come back as a stranger's table, and be switched to."""
    document = {
        "tables": {TABLE: entry(names={"original": "someone-elses-table"})},
        "activeTable": "restored",
        "standbyTables": ["original"],
    }
    said = refused("serving adopted prepared switched dropped", texts(document))
    assert "would replace the table restore-demo-original-table by someone-elses-table" in said


@pytest.mark.parametrize("way", ["serving adopted prepared serving", "serving prepared serving"])
def test_a_table_that_was_prepared_and_given_up_is_not_adopted_bare(way: str) -> None:
    """An import with base settings would strip its stream and tags."""
    said = refused(way, walk_through(**ROWS["adopted"]))
    assert "would take the additional settings of 'restored' away" in said


def test_a_table_that_was_prepared_and_given_up_is_prepared_again() -> None:
    declared = deploy(past_by("serving adopted prepared serving"), ROWS["prepared"])
    assert [each.label for each in declared.physical if each.configured] == ["original", "restored"]


def test_a_table_that_was_only_adopted_and_given_up_is_adopted_again() -> None:
    declared = deploy(past_by("serving adopted serving"), ROWS["adopted"])
    assert [each.label for each in declared.physical if not each.configured] == ["restored"]
