"""The generator of the matrix: a pair that it forgets is a combination that nobody tries."""

from itertools import product

from tests.support.engine.matrix import DIMENSIONS, PROVISIONED, go_together, matrix
from tests.support.pairwise import Row, pairs, pairs_in, rows

SMALL = {"a": ("1", "2", "3"), "b": ("1", "2", "3"), "c": ("1", "2"), "d": ("1", "2")}


def all_go(_: Row) -> bool:
    return True


def not_two_twos(two: Row) -> bool:
    return [*two.values()] != ["2", "2"]


def test_every_pair_of_values_is_in_some_row() -> None:
    covered = {pair for row in rows(SMALL, all_go) for pair in pairs_in(row)}
    assert covered == set(pairs(SMALL, all_go))
    assert len(covered) == 9 + 4 * 6 + 4


def test_there_are_far_fewer_rows_than_combinations() -> None:
    """All combinations of the matrix would be a hundred thousand tables."""
    assert len(rows(SMALL, all_go)) <= 10 < len([*product(*SMALL.values())])


def test_what_does_not_go_together_is_in_no_row() -> None:
    found = rows(SMALL, not_two_twos)
    assert all([*row.values()].count("2") <= 1 for row in found)
    assert {pair for row in found for pair in pairs_in(row)} == set(pairs(SMALL, not_two_twos))


def test_the_rows_are_the_same_each_time() -> None:
    """A combination that failed once must be there again to be looked at."""
    assert rows(SMALL, all_go) == rows(SMALL, all_go)
    assert matrix() == matrix()


def test_the_matrix_has_every_pair_of_settings_that_aws_allows() -> None:
    covered = {pair for row in matrix().values() for pair in pairs_in(row)}
    assert covered == set(pairs(DIMENSIONS, go_together))
    assert not any(
        row["billing"] == PROVISIONED and row["index limits"] != "none" for row in matrix().values()
    )
    assert len(matrix()) < 40
