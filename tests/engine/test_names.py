"""Names and values that the engine or AWS take in another way than they look."""

import json

from tests.support.engine.scenes import next_second
from tests.support.engine.world import ORIGINAL, RESTORED, World

LEVELS = "/shop/orders/table-name"


def test_a_parameter_below_levels_and_a_tag_that_looks_like_a_number(world: World) -> None:
    """Pulumi takes the number for one, and SSM has rules of its own for a name with a slash."""
    world.configure("tables.restore-demo.parameterName", LEVELS)
    world.pulumi("config", "set", "--path", "tables.restore-demo.tags.cost", "0042")
    world.pulumi("config", "set", "--path", "tables.restore-demo.tags.team", "7")
    refused = world.up(fails=True).said
    assert "tables.restore-demo.tags.team" in refused
    fix = refused.partition("fix: ")[2].splitlines()[0].strip()
    assert fix == "pulumi config set --path tables.restore-demo.tags.team 7 --type string"
    world.pulumi(*fix.split()[1:])

    world.up()

    assert world.ssm.get_parameter(Name=LEVELS)["Parameter"]["Value"] == ORIGINAL
    arn = world.dynamodb.describe_table(TableName=ORIGINAL)["Table"]["TableArn"]
    tags = world.dynamodb.list_tags_of_resource(ResourceArn=arn)["Tags"]
    assert {each["Key"]: each["Value"] for each in tags} == {"cost": "0042", "team": "7"}
    world.put(ORIGINAL, id="kept", value="good")
    world.restore("run", "--to", next_second(), "--drain", "0", "--yes")
    parameter = world.ssm.get_parameter(Name=LEVELS)["Parameter"]
    assert (parameter["Value"], parameter["Version"]) == (RESTORED, 2)
    document = json.dumps(json.loads(world.restore("policy").out))
    assert f":parameter{LEVELS}" in document
    world.no_drift()


def test_a_name_that_ssm_would_refuse_half_way_is_refused_before_anything_is_made(
    world: World,
) -> None:
    """The table and the policy were made, and the update broke at the parameter."""
    since = world.last_call()
    for name in ("ssm-orders", "/aws/orders", "/" + "/".join("abcdefghijklmnop")):
        world.configure("tables.restore-demo.parameterName", name)
        refused = world.restore("status", code=2).said
        assert "tables.restore-demo.parameterName" in refused
    assert "tables.restore-demo.parameterName" in world.up(fails=True).said
    assert world.writes(since) == []
