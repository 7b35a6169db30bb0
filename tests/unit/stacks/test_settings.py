"""Which settings a restore copies: every one is known to be copied or lost, and by which page."""

from stacks.settings import COPIED_BY_A_RESTORE, LOST_IN_A_RESTORE, TableSettings


def test_every_setting_is_either_copied_or_lost() -> None:
    """One in neither would be missing on the restored table and nobody would tell."""
    assert not COPIED_BY_A_RESTORE.keys() & LOST_IN_A_RESTORE.keys()
    assert (
        COPIED_BY_A_RESTORE.keys() | LOST_IN_A_RESTORE.keys() == TableSettings.model_fields.keys()
    )


def test_every_one_names_the_page_that_says_so() -> None:
    for source in (*COPIED_BY_A_RESTORE.values(), *LOST_IN_A_RESTORE.values()):
        assert source.startswith(("Developer Guide, ", "API Reference, "))
