"""Tags of the provider and of others, from the first update to the drop: kept, and in nobody's way.

`UntagResource` in the emulator's log is the proof that nothing was taken away, even for a moment.
"""

import json

from tests.support.engine.faults import At, stands
from tests.support.engine.world import ORIGINAL, PARAMETER, RESTORED, World

OTHERS = {"Auto": "tagger"}


def tag(world: World, table: str, tags: dict[str, str]) -> None:
    """What an auto-tagger of the account does."""
    listed = [{"Key": key, "Value": value} for key, value in tags.items()]
    world.dynamodb.tag_resource(ResourceArn=_arn(world, table), Tags=listed)


def tags(world: World, table: str) -> dict[str, str]:
    answer = world.dynamodb.list_tags_of_resource(ResourceArn=_arn(world, table))
    return {each["Key"]: each["Value"] for each in answer["Tags"]}


def untagged(world: World, since: int) -> int:
    """How often a tag was taken away from a table since call number `since`."""
    return [each["action"] for each in world.calls(since)].count("UntagResource")


def _arn(world: World, table: str) -> str:
    return str(world.dynamodb.describe_table(TableName=table)["Table"]["TableArn"])


def with_own_tag(world: World) -> None:
    with world.config() as config:
        config["restore-demo:tables"]["restore-demo"]["tags"] = {"team": "shop"}


def test_a_run_keeps_every_tag_and_ends_without_drift(at: At) -> None:
    """Default tags added to a serving stack, and taggers at work on both tables meanwhile."""
    world = at("serving")
    with_own_tag(world)
    world.configure("aws:defaultTags.tags.Env", "prod")
    world.configure("aws:ignoreTags.keys[0]", "Ignored")
    world.up()
    ours = {"team": "shop", "Env": "prod"}
    assert tags(world, ORIGINAL) == ours
    tag(world, ORIGINAL, {**OTHERS, "Ignored": "x"})
    since = world.last_call()

    planned = world.asked("plan", "--to", "latest")["tables"]["restore-demo"]["losses"]
    assert [each["name"] for each in planned if each["kind"] == "tag"] == ["Auto"]

    world.restore("start", "--to", "latest")
    world.restore("wait")
    tag(world, RESTORED, {"Cost": "7"})
    done = world.asked("run", "--to", "latest", "--drain", "0", "--yes")

    stands(world, "dropped")
    assert "import Table restore-demo.restored" in done["steps"]
    assert "update Table restore-demo.restored (tagsAll)" in done["steps"]
    assert tags(world, RESTORED) == {**ours, "Cost": "7"}
    assert tags(world, ORIGINAL) == {**ours, **OTHERS, "Ignored": "x"}
    assert untagged(world, since) == 0
    verified = world.asked("verify")
    assert (verified["differences"], verified["otherTags"]) == ([], {RESTORED: {"Cost": "7"}})
    world.no_drift()


def test_by_hand_a_tag_of_someone_else_is_kept_whenever_it_was_put_there(at: At) -> None:
    """Between two rows the state does not know of it yet, with a refresh or without."""
    world = at("adopted")
    since = world.last_call()
    tag(world, RESTORED, OTHERS)
    tag(world, ORIGINAL, OTHERS)
    pointer = {"ResourceType": "Parameter", "ResourceId": PARAMETER}
    listed = [{"Key": key, "Value": value} for key, value in OTHERS.items()]
    world.ssm.add_tags_to_resource(**pointer, Tags=listed)
    with_own_tag(world)
    world.place(standbyTables=["restored"])
    world.pulumi("up", "--yes", "--skip-preview", "--refresh")
    both = {**OTHERS, "team": "shop"}
    assert (tags(world, ORIGINAL), tags(world, RESTORED)) == (both, both)

    tag(world, ORIGINAL, {"Later": "x"})
    world.place(activeTable="restored", standbyTables=["original"])
    world.up()
    assert tags(world, ORIGINAL) == {**both, "Later": "x"}
    world.no_drift()

    assert untagged(world, since) == 0

    # Its own tag goes with the config, and nothing else does.
    with world.config() as config:
        del config["restore-demo:tables"]["restore-demo"]["tags"]
    world.up()
    assert (tags(world, ORIGINAL), tags(world, RESTORED)) == ({**OTHERS, "Later": "x"}, OTHERS)
    assert untagged(world, since) == 2
    assert world.ssm.list_tags_for_resource(**pointer)["TagList"] == listed
    world.no_drift()


def test_with_default_tags_from_the_first_update_an_import_adds_just_these(world: World) -> None:
    """The restored table has no tag at all."""
    world.configure("aws:defaultTags.tags.Env", "prod")
    world.up()
    world.restore("start", "--to", "latest")
    world.restore("wait")

    assert world.asked("adopt")["steps"] == [
        "import Table restore-demo.restored",
        "update Table restore-demo.restored (tagsAll)",
    ]
    assert tags(world, RESTORED) == {"Env": "prod"}
    world.no_drift()


def test_tags_that_are_ignored_from_now_on_stop_nothing(at: At) -> None:
    """The provider itself changes with the setting, and the state knows the tag from before."""
    world = at("restored")
    for table in (ORIGINAL, RESTORED):
        tag(world, table, OTHERS)
    since = world.last_call()
    world.configure("aws:ignoreTags.keyPrefixes[0]", "Au")
    world.restore("adopt")
    world.restore("prepare")
    world.restore("verify")
    assert (tags(world, ORIGINAL), tags(world, RESTORED)) == (OTHERS, OTHERS)
    assert untagged(world, since) == 0


def test_a_stack_that_remembers_no_tags_goes_on_without_a_change(at: At) -> None:
    """Deployed by an earlier version, with a tag of someone else that its state has seen."""
    world = at("serving")
    tag(world, ORIGINAL, OTHERS)
    exported = json.loads(world.pulumi("stack", "export").out)
    for each in exported["deployment"]["resources"]:
        if each["type"] == "pulumi:pulumi:Stack":
            del each["outputs"]["tables"]["restore-demo"]["known"]["original"]["tags"]
    file = world.project / "state.json"
    file.write_text(json.dumps(exported))
    world.pulumi("stack", "import", "--file", str(file))
    file.unlink()

    world.no_drift()
    since = world.last_call()
    world.pulumi("up", "--yes", "--skip-preview", "--refresh")
    assert world.writes(since) == []
    world.no_drift()


def test_new_keys_of_the_provider_are_no_change_of_a_table(at: At) -> None:
    """Keys that are rotated, or differ at every call, stopped the gate at the provider itself."""
    world = at("restored")
    for key in ("one", "two"):
        world.configure("aws:accessKey", f"AKIA{key}")
        world.configure("aws:secretKey", f"secret-{key}")
        steps = world.asked("adopt" if key == "one" else "prepare")["steps"]
        assert any("default" in each for each in steps), steps
    stands(world, "prepared")
