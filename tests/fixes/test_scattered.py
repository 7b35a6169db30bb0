"""A table that an older version of the program made in another region."""

import json
from collections.abc import Callable

from tests.fixes.sites import printed
from tests.support.engine.world import ORIGINAL, World

At = Callable[[str], World]
SITE = "restore/decide/elsewhere.py:_scattered"


def made_elsewhere(world: World) -> None:
    """The state as that version has left it; this one makes no table in two regions."""
    state = json.loads(world.pulumi("stack", "export").out)
    for each in state["deployment"]["resources"]:
        if each["urn"].endswith("::restore-demo.original"):
            each["outputs"]["arn"] = each["outputs"]["arn"].replace("us-east-1", "us-west-2")
    edited = world.project / "edited.json"
    edited.write_text(json.dumps(state))
    world.pulumi("stack", "import", "--file", str(edited))


def test_the_table_in_the_wrong_region_leaves_the_stack_as_it_is_printed(at: At) -> None:
    """No verb can serve both. AWS keeps the table, as the fix says, and all of the other ones."""
    world = at("serving")
    world.put(ORIGINAL, id="kept", value="good")
    with world.config() as config:
        tables = config["restore-demo:tables"]
        tables |= {name: {**tables["restore-demo"]} for name in ("orders", "users")}
    world.up()
    made_elsewhere(world)
    before = world.tables()

    fix = printed(world.restore("status", code=3).said, SITE)

    out, commands = fix.split(": take tables.restore-demo out of the config, ")
    assert out.startswith("let restore-demo leave the stack")
    with world.config() as config:
        del config["restore-demo:tables"]["restore-demo"]
    since = world.last_call()
    assert commands == "list restore-demo in forgetTables, then pulumi up where the others are"
    with world.config() as config:
        config["restore-demo:forgetTables"] = ["restore-demo"]
    world.up()
    assert sorted(world.writes(since)) == ["DeleteParameter", "DeletePolicy"]
    assert "orders: serving" in world.restore("status").said
    assert world.tables() == before
    assert world.items(ORIGINAL)["kept"]["value"] == "good"
