"""Tags that others put on a table are declared as they stand, so that no update removes them."""

from dataclasses import replace
from typing import Any

import pytest

from restore.table.config.parse import parse
from restore.table.decide import decide
from restore.table.kinds import ALARM, PARAMETER, TABLE
from restore.table.past import Past, TablePast
from restore.table.remembered import past_of
from restore.table.tags import ProviderTags
from tests.support.configs.documents import TABLE as DEMO
from tests.support.configs.documents import entry, texts
from tests.support.configs.transitions import past_by
from tests.support.memory.monitor import declared

DEFAULTS = ProviderTags.of({"defaultTags": '{"tags": {"Env": "prod"}}'})
OTHERS = {"Auto": "tagger"}


def tags(
    past: TablePast | None,
    live: dict[str, str],
    own: dict[str, str] | None = None,
    provider: ProviderTags = DEFAULTS,
    **row: Any,
) -> dict[str, dict[str, str]]:
    """Label → the tags that the program registers."""
    document = texts({"tables": {DEMO: entry(tags=own) if own else entry()}, **row})
    known: Past = {DEMO: past} if past else {}
    deployed = declared(*decide(parse(document), known, provider), live=live)
    return {
        label: deployed.registered[key].inputs.get("tags", {})
        for label in ("original", "restored")
        if (key := f"{TABLE}::{DEMO}.{label}") in deployed.registered
    }


SERVING = past_by("serving")


@pytest.mark.parametrize(
    ("live", "own", "expected"),
    [
        pytest.param({}, {}, {}, id="none"),
        pytest.param(OTHERS, {}, OTHERS, id="of-others"),
        pytest.param({**OTHERS, "a": "0"}, {"a": "1"}, {**OTHERS, "a": "1"}, id="own-edited"),
        pytest.param({"Env": "prod"}, {}, {}, id="the-providers"),
        pytest.param({"Env": "edited"}, {}, {}, id="the-providers-edited"),
        pytest.param({"aws:backup": "x"}, {}, {}, id="of-aws"),
    ],
)
def test_only_tags_of_others_are_declared_beside_the_tables_own(
    live: dict[str, str], own: dict[str, str], expected: dict[str, str]
) -> None:
    assert tags(SERVING, live, own) == {"original": expected}


def test_a_first_update_asks_for_no_tags() -> None:
    """The table does not exist yet."""
    assert tags(None, OTHERS, {"a": "1"}) == {"original": {"a": "1"}}


def test_an_adopted_table_keeps_what_others_gave_it_and_gets_none_of_its_own() -> None:
    """The import must find the table just as it is declared."""
    found = tags(SERVING, OTHERS, {"a": "1"}, adoptTables=["restored"])

    assert found == {"original": {**OTHERS, "a": "1"}, "restored": OTHERS}


def after(own: dict[str, str], provider: ProviderTags = DEFAULTS) -> TablePast:
    """What the engine remembers after an update with these tags."""
    document = texts({"tables": {DEMO: entry(tags=own)}})
    deployed = declared(*decide(parse(document), {DEMO: SERVING}, provider), live=OTHERS)
    resources = {
        f"urn:pulumi:sandbox::restore-demo::{name}": each.inputs
        for name, each in deployed.registered.items()
    }
    return past_of(resources, {"tables": deployed.outputs})[DEMO]


def test_a_tag_that_left_the_config_is_removed_and_those_of_others_are_not() -> None:
    assert tags(after({"a": "1"}), {**OTHERS, "a": "1", "Env": "prod"}) == {"original": OTHERS}


def test_a_default_tag_that_left_the_config_is_removed() -> None:
    live = {**OTHERS, "Env": "prod"}

    assert tags(after({}), live, provider=ProviderTags()) == {"original": OTHERS}


def test_a_stack_of_before_keys_were_remembered_removes_nothing() -> None:
    """Nobody knows whose they are."""
    names = {"name": f"{DEMO}-original-table", "furnished": True}
    outputs = {"tables": {DEMO: {"known": {"original": names}, "history": ["original"]}}}
    past = replace(SERVING, tagged=past_of({}, outputs)[DEMO].tagged)
    live = {**OTHERS, "a": "1"}

    assert past.tagged == {}
    assert tags(past, live) == {"original": live}


IGNORING = ProviderTags.of({"ignoreTags": '{"keys": ["Auto"], "keyPrefixes": ["cost:"]}'})


def test_ignored_tags_are_not_declared() -> None:
    """The provider does not see them, so that declaring one would differ for ever."""
    live = {**OTHERS, "cost:centre": "7", "b": "2"}

    assert tags(SERVING, live, provider=IGNORING) == {"original": {"b": "2"}}


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"defaultTags": "no json", "ignoreTags": "[]"},
        {"defaultTags": '{"tags": "x"}', "ignoreTags": '{"keys": null}'},
    ],
)
def test_settings_that_say_nothing_of_tags_are_none(settings: dict[str, str]) -> None:
    """What is wrong in them is the provider's to say."""
    assert ProviderTags.of(settings) == ProviderTags()


def test_what_the_provider_gives_a_table_is_not_its_own() -> None:
    live = {"Env": "prod", "a": "1", "aws:x": "y"}

    assert DEFAULTS.own(live) == {"a": "1"}
    assert DEFAULTS.own({"Env": "edited"}) == {"Env": "edited"}
    assert IGNORING.seen({**OTHERS, "a": "1"}) == {"a": "1"}


HELD = {**OTHERS, "Env": "prod", "a": "1"}
IGNORES_AUTO = ProviderTags.of(
    {"defaultTags": '{"tags": {"Env": "prod"}}', "ignoreTags": '{"keys": ["Auto"]}'}
)


@pytest.mark.parametrize(
    ("provider", "own", "known", "held", "left"),
    [
        pytest.param(IGNORES_AUTO, {"a": "1"}, {"a", "Env"}, HELD, True, id="nothing-to-do"),
        pytest.param(IGNORES_AUTO, {"a": "2"}, {"a", "Env"}, HELD, False, id="another-value"),
        pytest.param(IGNORES_AUTO, {}, {"a", "Env"}, HELD, False, id="one-to-remove"),
        pytest.param(IGNORES_AUTO, {}, {"b"}, HELD, True, id="one-that-was-removed"),
        pytest.param(IGNORES_AUTO, {"b": "1"}, set(), HELD, False, id="one-to-add"),
        pytest.param(IGNORES_AUTO, {}, set(), OTHERS, False, id="a-default-tag-to-add"),
        pytest.param(IGNORES_AUTO, {}, set(), None, False, id="not-in-the-state"),
        pytest.param(DEFAULTS, {"a": "1"}, {"a", "Env"}, HELD, False, id="nothing-is-ignored"),
    ],
)
def test_ignored_tags_that_the_state_still_holds_are_left_alone(
    *,
    provider: ProviderTags,
    own: dict[str, str],
    known: set[str],
    held: dict[str, str] | None,
    left: bool,
) -> None:
    """The provider would remove them in the very update from which on they are ignored."""
    assert provider.leaves_alone(own, known, held) is left


def test_tags_that_are_left_alone_are_not_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(**_: str) -> None:
        raise AssertionError

    monkeypatch.setattr("restore.table.resources.table.aws.dynamodb.get_table", never)
    past = replace(SERVING, held={"original": {"tagsAll": HELD}})

    assert tags(past, OTHERS, {"a": "1"}, IGNORES_AUTO) == {"original": {"a": "1"}}


@pytest.mark.parametrize(
    ("held", "given", "ignored"),
    [
        pytest.param({**OTHERS, "Env": "prod"}, None, ("tags", "tagsAll"), id="nothing-to-do"),
        pytest.param(OTHERS, OTHERS, (), id="a-default-tag-to-add"),
        pytest.param({**OTHERS, "Old": "1", "Env": "prod"}, OTHERS, (), id="one-to-remove"),
        pytest.param(None, None, ("tags",), id="not-in-the-state"),
    ],
)
def test_tags_of_others_stay_on_the_pointer(
    held: dict[str, str] | None, given: dict[str, str] | None, ignored: tuple[str, ...]
) -> None:
    """And on policies, alarms, mappings and scaling targets: AWS is not asked for these."""
    state = {(PARAMETER, DEMO): held} if held else {}
    past = replace(SERVING, tags=state, tagged={"original": frozenset({"Env", "Old"})})
    document = texts({"tables": {DEMO: entry()}})
    deployed = declared(*decide(parse(document), {DEMO: past}, DEFAULTS), live={}, kept=True)

    pointer = deployed.registered[f"{PARAMETER}::{DEMO}"]
    left = tuple(each for each in pointer.ignored if each in {"tags", "tagsAll"})
    assert (pointer.inputs.get("tags"), left) == (given, ignored)


def test_the_past_knows_the_tags_of_what_belongs_to_a_table() -> None:
    resources = {
        f"urn:pulumi:sandbox::restore-demo::{kind}::{name}": {"name": "x", "tagsAll": OTHERS}
        for kind, name in (
            (ALARM, f"{DEMO}.original.alarm.slow"),
            (ALARM, "others"),
            (TABLE, f"{DEMO}.original"),
        )
    }

    assert past_of(resources, {})[DEMO].tags == {(ALARM, f"{DEMO}.original.alarm.slow"): OTHERS}
