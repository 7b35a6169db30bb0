"""Config wherever a team has it: the runbook writes where it hides nothing."""

import json
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.support.engine.world import World

pytestmark = pytest.mark.timeout(300)

SHARED = """\
config:
  restore-demo:tables:
    value:
      orders: &table # what both have
        hashKey: id
        attributes: &keys
          - {name: id, type: S}
        billingMode: PAY_PER_REQUEST
        pointInTimeRecovery: {enabled: true}
        tags: {team: 'shop', cost: "0042"}
      users:
        <<: *table
        tags: {team: users}
"""


def project(world: World, name: str, config: str) -> None:
    """Makes it the project's file, and the stack one of that project."""
    yaml = YAML()
    settings = yaml.load(world.project / "Pulumi.yaml")
    settings["name"] = name
    yaml.dump(settings, world.project / "Pulumi.yaml")
    with (world.project / "Pulumi.yaml").open("a") as file:
        file.write(config)


def tables(world: World) -> dict[str, Any]:
    """The config's `tables`, as Pulumi hands them out."""
    everything = json.loads(world.pulumi("config", "--json").out)
    found: dict[str, Any] = everything["restore-demo:tables"]["objectValue"]
    return found


def tags(world: World, table: str) -> dict[str, str]:
    arn = world.dynamodb.describe_table(TableName=table)["Table"]["TableArn"]
    found = world.dynamodb.list_tags_of_resource(ResourceArn=arn)["Tags"]
    return {each["Key"]: each["Value"] for each in found}


def test_two_tables_of_pulumi_yaml_are_restored_from_a_stack_without_a_file(world: World) -> None:
    """A key below `tables` in a new file would hide both tables; and there is no file to edit."""
    project(world, "restore-demo", SHARED)
    world.config_file.unlink()
    world.up()
    shared, declared = (world.project / "Pulumi.yaml").read_text(), tables(world)

    world.restore("run", "--to", "latest", "--table", "orders", "--drain", "0", "--yes")

    assert (world.project / "Pulumi.yaml").read_text() == shared
    assert tables(world) == declared
    (placements,) = (
        each
        for key, each in YAML(typ="safe").load(world.config_file)["config"].items()
        if key == "restore-demo:placements"
    )
    assert placements == {"orders": {"activeTable": "restored"}}
    assert {name: each["active"] for name, each in world.outputs().items()} == {
        "orders": "restored",
        "users": "original",
    }
    assert tags(world, "orders-restored-table") == {"team": "shop", "cost": "0042"}
    assert tags(world, "users-original-table") == {"team": "users"}
    world.no_drift()


def test_anchors_of_the_stacks_file_survive_an_edit_of_one_table(world: World) -> None:
    """An edit that leaks into a merged table would move its clients."""
    salt = next(
        line for line in world.config_file.read_text().splitlines() if line.startswith("encr")
    )
    below = SHARED.replace("    value:\n", "").replace("      ", "    ")
    world.config_file.write_text(f"{salt}\n{below}")
    world.up()
    declared = tables(world)

    world.restore("start", "--to", "latest", "--table", "orders")
    world.restore("wait", "--table", "orders")
    world.restore("adopt", "--table", "orders")
    world.restore("prepare", "--table", "orders")

    assert tables(world) == {
        **declared,
        "orders": {**declared["orders"], "activeTable": "original", "standbyTables": ["restored"]},
    }
    text = world.config_file.read_text()
    assert "<<: &table" in text
    assert 'cost: "0042"' in text
    assert "# what both have" in text
    world.no_drift()


def test_a_project_of_another_name_with_secrets_is_restored_whole(world: World) -> None:
    """Nothing may depend on `restore-demo`, print a secret, or touch a key of the team's own."""
    project(world, "shop-tables", "")
    text = world.config_file.read_text().replace("restore-demo:tables", "shop-tables:tables")
    world.config_file.write_text(text)
    world.pulumi("stack", "init", world.config_file.stem.partition(".")[2])
    world.pulumi("config", "set", "--secret", "token", "hush-hush")
    world.pulumi("config", "set", "--secret", "--path", "tables.restore-demo.tags.key", "hush-hush")
    world.up()

    done = world.restore("run", "--to", "latest", "--drain", "0", "--yes")

    assert "hush-hush" not in done.said
    kept = world.config_file.read_text()
    assert "hush-hush" not in kept
    assert kept.count("secure:") == 2
    assert "shop-tables:activeTable: restored" in kept
    assert tags(world, "restore-demo-restored-table")["key"] == "hush-hush"
    described = world.restore("describe", "restore-demo-restored-table").out
    assert "  shop-tables:tables:" in described
    assert "restore-demo:tables" not in described


def test_a_slip_is_renamed_by_the_printed_fix_and_own_keys_are_left_alone(world: World) -> None:
    """The fix of a slip used to delete the value, and every key of a team's own was refused."""
    world.pulumi("config", "set", "token", "of-the-team")
    world.pulumi("config", "set", "activeTabel", "original")
    refused = world.restore("status", code=2).err
    assert "of-the-team" not in refused
    fix = refused.partition("fix: ")[2].strip()
    assert world.run("sh", "-c", fix).code == 0
    world.restore("status")
    assert world.pulumi("config", "get", "activeTable").out.strip() == "original"
    assert world.pulumi("config", "get", "token").out.strip() == "of-the-team"
    world.config_file.unlink()
    missing = world.restore("status", code=2).err
    assert "is missing" in missing
    assert "hashKey" not in missing
