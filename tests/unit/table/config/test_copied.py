"""What a restore copies: one table, complete, each line with its source."""

from restore.table.config.copied import FATES, base_settings
from restore.table.config.dependents import DependentSettings
from restore.table.config.settings import GlobalSecondaryIndex, TableSettings


def test_every_setting_is_either_copied_or_lost() -> None:
    """A setting that nobody thought about is one that is lost without a word."""
    top = {path for path in FATES if "." not in path}
    assert top == {*TableSettings.model_fields, *DependentSettings.model_fields}


def test_what_a_setting_inside_another_says_names_a_setting_that_is_there() -> None:
    inside = {path.partition(".")[2] for path in FATES if "." in path}
    assert inside <= {*GlobalSecondaryIndex.model_fields}


def test_every_line_names_its_source() -> None:
    assert [path for path, fate in FATES.items() if not fate.source] == []


def test_base_settings_leave_out_what_an_index_loses_and_keep_the_index() -> None:
    """An index that was left out would be deleted again by the update that adopts."""
    settings = TableSettings.model_validate(
        {
            "hashKey": "a",
            "attributes": [{"name": "a", "type": "S"}],
            "globalSecondaryIndexes": [
                {
                    "name": "by-a",
                    "hashKey": "a",
                    "projectionType": "ALL",
                    "warmThroughput": {"readUnitsPerSecond": 12_000},
                }
            ],
            "tags": {"team": "shop"},
        }
    )
    base = base_settings(settings)
    assert base["global_secondary_indexes"] == [
        {"name": "by-a", "hash_key": "a", "projection_type": "ALL"}
    ]
    assert "tags" not in base
    assert FATES["attributes"].copied
    assert not FATES["ttl"].copied
