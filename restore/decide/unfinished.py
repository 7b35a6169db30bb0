"""Where the last update failed or died, the state says what was wanted and not what is. Pure.

The provider saves the wanted values of a resource whose update AWS refused, with the error beside
them (`initErrors`); an engine that was killed leaves an operation pending that AWS may have done. A
parameter that differs there was not edited by hand. Proven in tests/engine: test_faults.py and
test_unmade_switches.py.
"""

from restore.decide.transition import refuse_hand_edited_pointer
from restore.model.facts import Facts, TableFacts


def refuse_unexplained(facts: Facts) -> None:
    """Raises BlockedError where a parameter differs and no update of ours can have done it.

    Args:
        facts: Of every table of the stack: what is read again is the whole state.
    """
    for table in facts.tables:
        if table.past.pointed is not None and not _is_half_way(table, facts.state.unfinished):
            refuse_hand_edited_pointer(table)


def _is_half_way(table: TableFacts, unfinished: tuple[str, ...]) -> bool:
    """Whether a flip was under way, from one table of the stack to another."""
    flipping = f"Parameter {table.config.table}" in unfinished
    return flipping and table.pointer in table.past.physical.values()
