"""What the program says during an update, on the real engine: its fixes, typed."""

import shlex
from collections.abc import Callable
from typing import Any

from ruamel.yaml import YAML

from tests.fixes.by_hand import done
from tests.fixes.kept import kept
from tests.fixes.sites import printed
from tests.fixes.typed import typed
from tests.support.configs.documents import entry
from tests.support.engine.everything import FUNCTION, KEY, surround
from tests.support.engine.world import ORIGINAL, World

At = Callable[[str], World]
MAPPING = {"functionName": FUNCTION, "startingPosition": "LATEST"}
TABLES = "restore-demo:tables"


def test_a_mapping_under_another_key_keeps_its_own_again(world: World) -> None:
    """The new one was created before the old one was deleted, which AWS refuses at each `up`."""
    surround(world)
    streamed = {"streamEnabled": True, "streamViewType": "NEW_IMAGE"}
    with world.config() as config:
        own = entry(**streamed, eventSourceMappings={FUNCTION: MAPPING})
        config[TABLES] = {"restore-demo": own}
    world.up()
    with world.config() as config:
        config[TABLES]["restore-demo"]["eventSourceMappings"] = {"search": MAPPING}
    since = world.last_call()
    said = world.up(fails=True).said
    assert world.writes(since) == []
    with kept(world):
        done(world, printed(said, "restore/table/existing.py:rekeyed"))
        world.up()
    assert world.writes(since) == []
    world.no_drift()


def test_a_fix_below_tables_in_the_project_file_is_made_there(at: At) -> None:
    """A part of `tables` in the stack's file hid every table that Pulumi.yaml declares."""
    world, yaml = at("serving"), YAML()
    original = (world.project / "Pulumi.yaml").read_text()
    with world.config() as config:
        tables = config.pop(TABLES)
    tables["restore-demo"]["ttl"] = {"enabled": True}
    settings = yaml.load(original)
    settings["config"] = {TABLES: {"value": tables}}
    yaml.dump(settings, world.project / "Pulumi.yaml")
    site = "restore/table/config/rules.py:_ttl_names_its_attribute"
    try:
        with kept(world):
            fix = printed(world.up(fails=True).said, site)
            assert fix.startswith("in Pulumi.yaml, line ")
            assert printed(world.restore("plan", "--to", "latest", code=2).said, site) == fix
            done(world, fix, {"<attribute>": "expires"})
            world.up()
        assert TABLES not in world.config_file.read_text()
        ttl = world.dynamodb.describe_time_to_live(TableName=ORIGINAL)["TimeToLiveDescription"]
        assert ttl["AttributeName"] == "expires"
    finally:
        (world.project / "Pulumi.yaml").write_text(original)


def denied(action: str) -> dict[str, Any]:
    return {"action": action, "code": "AccessDeniedException", "status": 400, "times": None}


def test_tags_that_cannot_be_looked_up_stop_the_update_until_they_can(at: At) -> None:
    """Taken for absent, the tags that others put on the table would be removed."""
    world = at("serving")
    with world.failing(**denied("DescribeTable")):
        fix = printed(world.up(fails=True).said, "restore/table/resources/table.py:_others")
    command, _, rest = fix.partition(", ")
    assert rest == "until it answers"
    name = shlex.split(command)[-1]
    assert command == f"aws dynamodb describe-table --table-name {name}"
    world.dynamodb.describe_table(TableName=name)
    with kept(world):
        world.up()


def test_a_key_that_cannot_be_looked_up_stops_the_update_until_it_can(world: World) -> None:
    surround(world)
    with world.config() as config:
        sse = {"enabled": True, "kmsKeyArn": KEY}
        config[TABLES]["restore-demo"]["serverSideEncryption"] = sse
    with world.failing(**denied("DescribeKey")):
        fix = printed(world.up(fails=True).said, "restore/table/resources/table.py:_arn_of")
    assert fix == f"aws kms describe-key --key-id {KEY}, until it answers"
    world.client("kms").describe_key(KeyId=KEY)
    world.up()


def test_where_nobody_may_ask_for_the_account_the_config_says_so(at: At) -> None:
    """In another account each table looks deleted: an update that cannot tell makes none."""
    world = at("serving")
    with kept(world), world.failing(**denied("GetCallerIdentity")):
        fix = printed(world.up(fails=True).said, "restore/table/resources/provider.py:account_now")
        typed(world, fix.partition("where nobody may ask: ")[2])
        world.up()
