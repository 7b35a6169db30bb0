"""Whatever is deployed, in whatever order, killed wherever: the promises hold.

The clients' side of the story, which labels they were really sent to, is kept by the test itself.
"""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from restore.table.config.problems import RefusedError
from restore.table.history import rollback_token
from restore.table.past import TablePast
from tests.support.configs.transitions import STOPS, after, deploy

LABELS = ("original", "restored", "restored-2")
TOKENS = tuple(f"{label}{number}" for label in LABELS for number in ("", ":2", ":3"))


@st.composite
def rows(draw: st.DrawFn) -> dict[str, object]:
    """Any config that parses: labels in their places, and some token or none."""
    active, *others = draw(st.permutations(LABELS))
    standby = draw(st.integers(0, len(others)))
    adopt = draw(st.integers(standby, len(others)))
    row: dict[str, object] = {
        "activeTable": active,
        "standbyTables": others[:standby],
        "adoptTables": others[standby:adopt],
    }
    tokens = [token for token in TOKENS if token.partition(":")[0] != active]
    token = draw(st.none() | st.sampled_from(tokens))
    return row if token is None else {**row, "rollbackFrom": token}


updates = st.lists(st.tuples(rows(), st.sampled_from(STOPS)), max_size=12)


@given(updates)
@settings(max_examples=250, deadline=None, derandomize=True, database=None)
def test_the_promises_hold_over_any_sequence_of_updates(
    sequence: list[tuple[dict[str, object], str]],
) -> None:
    """Every other update is killed at will.

    Two in a row that are both killed after a flip would lose the flip between them: the state
    remembers one pointer only. So an update after a killed one runs to its end here.
    """
    past, seen, last_stop = TablePast(), list[str](), "end"
    went_back = list[dict[str, object]]()
    for row, drawn in sequence:
        stop = drawn if last_stop == "end" else "end"
        try:
            declared = deploy(past, row)
        except RefusedError:
            continue
        created = [physical.label for physical in declared.physical if not physical.imported]
        assert created == [] or (created == ["original"] and not past.known)
        assert declared.history[: len(seen)] == tuple(seen)
        assert set(declared.history[len(seen) :]) <= {declared.active}
        if seen and declared.active != seen[-1] and declared.active in seen:
            assert row["rollbackFrom"] == rollback_token(tuple(seen))
            assert seen[-1] in {physical.label for physical in declared.physical}
            assert row not in went_back, "a rollback out of an old commit moved the clients again"
            if stop in {"pointer", "end"}:
                went_back.append(row)
        if stop in {"pointer", "end"} and seen[-1:] != [declared.active]:
            seen.append(declared.active)
        past, last_stop = after(past, declared, stop), stop
    assert all(left != entered for left, entered in pairwise(seen))
