"""Labels are a closed grammar, and none is used twice."""

import pytest

from restore.table.config.labels import is_label, next_label


@pytest.mark.parametrize(
    "text", ["original", "restored", "restored-2", "restored-9", "restored-10", "restored-117"]
)
def test_a_label_is_original_or_restored_or_restored_with_its_number(text: str) -> None:
    assert is_label(text)


@pytest.mark.parametrize(
    "text",
    ["", "Original", "restord", "restored-", "restored-0", "restored-1", "restored-02",
     "restored-2 ", "restored-2\n", "restored2", "original-2", "xrestored"],
)  # fmt: skip
def test_a_slip_of_the_finger_is_no_label(text: str) -> None:
    """`restored-1` and `restored-02` would be second names for labels that there are."""
    assert not is_label(text)


@pytest.mark.parametrize(
    ("used", "expected"),
    [
        ((), "restored"),
        (("original",), "restored"),
        (("original", "restored"), "restored-2"),
        (("original", "restored", "restored-2", "restored-3"), "restored-4"),
        (("original", "restored-2"), "restored-3"),
    ],
)
def test_the_next_label_comes_after_the_newest_one(used: tuple[str, ...], expected: str) -> None:
    assert next_label(used) == expected


def test_numbers_go_on_beyond_nine() -> None:
    used = {"restored", *(f"restored-{n}" for n in range(2, 12))}
    assert next_label(used) == "restored-12"
    assert is_label("restored-12")
