"""Stacks that rule out default providers, and stacks that give their provider a role.

On the real engine and provider: what a team's organisation demands of its stacks must not be found
out after the restore has been waited for.
"""

import json
from collections.abc import Callable
from typing import Any

from tests.support.engine.scenes import next_second
from tests.support.engine.world import ORIGINAL, RESTORED, World

DISABLE = ("config", "set", "--path", "pulumi:disable-default-providers[0]", "aws")
ELSEWHERE = {"AWS_REGION": "us-west-2", "AWS_DEFAULT_REGION": "us-west-2"}
SAYS = "explicitProvider: is not true, and pulumi:disable-default-providers rules out"


def run_of(world: World) -> None:
    """A whole run with every default in place: garbage in, the good item back."""
    world.put(ORIGINAL, id="kept", value="good")
    moment = next_second()
    world.put(ORIGINAL, id="kept", value="garbage")
    world.restore("run", "--to", moment, "--drain", "0", "--yes")
    assert world.pointer()[0] == RESTORED
    assert world.items(RESTORED)["kept"]["value"] == "good"


def test_without_default_providers_a_stack_begins_runs_and_takes_a_pointer_over(
    world: World,
) -> None:
    """The look-ups (a key's alias, the account, the partition) go through the same provider."""
    key = world.client("kms").create_key()["KeyMetadata"]["KeyId"]
    world.client("kms").create_alias(AliasName="alias/orders", TargetKeyId=key)
    world.configure("tables.restore-demo.serverSideEncryption.kmsKeyArn", "alias/orders")
    world.pulumi(*DISABLE)
    since = world.last_call()

    # prints: restore/table/place.py:refuse_without_provider
    assert SAYS in world.up(fails=True).said
    assert world.writes(since) == []

    world.pulumi("config", "set", "explicitProvider", "true")
    world.up()
    world.no_drift()
    run_of(world)


def test_a_stack_that_turns_it_on_changes_nothing_in_aws_and_runs_on(
    at: Callable[[str], World],
) -> None:
    """An engine that replaced every resource for its new provider would refuse the imports."""
    world = at("serving")
    world.pulumi(*DISABLE)
    refused = world.restore("start", "--to", "latest", "--yes", code=2).said
    assert SAYS in refused
    assert SAYS in world.restore("plan", "--to", "latest", code=2).said
    world.pulumi("config", "set", "explicitProvider", "true")
    since = world.last_call()

    world.up()

    assert world.writes(since) == []
    assert world.state()["aws aws"]["type"] == "pulumi:providers:aws"
    run_of(world)


def role_in_another_account(world: World) -> str:
    """A role there that may do everything, and that this account may assume."""
    iam = world.client("iam")

    def there(request: Any, **_: Any) -> None:
        request.headers["x-moto-account-id"] = "222222222222"

    iam.meta.events.register("before-sign.iam", there)
    everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [everything]})
    iam.create_role(RoleName="deploy", AssumeRolePolicyDocument=document)
    iam.put_role_policy(RoleName="deploy", PolicyName="all", PolicyDocument=document)
    return "arn:aws:iam::222222222222:role/deploy"


def attempts(world: World) -> dict[str, str]:
    """What each kind of update says from a shell in another region."""
    command = ("pulumi", "up", "--yes", "--skip-preview", "--non-interactive", "--color=never")
    found = {}
    for name, more in (("up", ()), ("refreshing", ("--refresh",))):
        done = world.run(*command, *more, **ELSEWHERE)
        assert done.code != 0, done.said
        found[name] = done.said
    return found


def test_from_another_region_nothing_is_made_and_nothing_lost(at: Callable[[str], World]) -> None:
    """A new table would be made where no update and no verb finds it together with the others."""
    world = at("serving")
    before, since = world.everything(), world.last_call()
    with world.config() as config:
        tables = config["restore-demo:tables"]
        tables["added"] = dict(tables["restore-demo"])

    said = attempts(world)

    for each in said.values():
        assert "aws:region: is us-west-2 (from AWS_REGION), and restore-demo.original" in each
        assert "is in us-east-1" in each
        assert "export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1" in each
    assert world.writes(since) == []
    assert world.everything() == before
    world.configure("aws:region", "us-west-2")
    assert "is us-west-2 (from aws:region)" in world.up(fails=True).said
    refused = world.restore("status", code=3).said
    assert "looks in region us-west-2 (from aws:region)" in refused
    assert "pulumi config set aws:region us-east-1" in refused
    world.pulumi("config", "set", "aws:region", "us-east-1")
    world.up()
    assert "added-original-table" in world.tables()


WAY_OUT = "take tables.TABLE out of the config, list TABLE in forgetTables, then pulumi up"


def made_in_the_wrong_region(world: World) -> None:
    """A stack as earlier versions let it become: its second table in another region."""
    with world.config() as config:
        tables = config["restore-demo:tables"]
        tables["added"] = dict(tables["restore-demo"])
    world.up()
    file = world.project / "state.json"
    exported = json.loads(world.pulumi("stack", "export").out)
    of_added = [
        each for each in exported["deployment"]["resources"] if "::added" in str(each["urn"])
    ]
    assert len(of_added) == 3
    for each in of_added:
        each.update(json.loads(json.dumps(each).replace("us-east-1", "us-west-2")))
    file.write_text(json.dumps(exported))
    world.pulumi("stack", "import", "--file", str(file))
    file.unlink()


def test_a_table_in_the_wrong_region_leaves_the_stack_as_it_is_printed(
    at: Callable[[str], World],
) -> None:
    """Neither an update nor a verb worked in either region, and each fix named the other one."""
    world = at("serving")
    made_in_the_wrong_region(world)
    since = world.last_call()
    # prints: restore/table/place.py:refuse_region
    refused = world.up(fails=True).said
    assert "added.original of this stack is in us-west-2" in refused
    assert WAY_OUT in refused
    assert "The stack's tables are in several places" in world.restore("status", code=3).said
    assert world.writes(since) == []

    world.pulumi("config", "rm", "--path", "tables.added")
    world.pulumi("config", "set", "--path", "forgetTables[0]", "added")
    world.up()

    assert {"added-original-table", ORIGINAL} <= world.tables()
    assert "Table added.original" not in world.state()
    assert "restore-demo: serving" in world.restore("status").said
    world.up()
    run_of(world)


def test_from_another_account_nothing_is_made_and_nothing_believed(
    at: Callable[[str], World],
) -> None:
    """Every table looks deleted there: an update would make new ones, a run restore nothing."""
    world = at("serving")
    before, since = world.everything(), world.last_call()
    world.configure("aws:assumeRoles[0].roleArn", role_in_another_account(world))

    # prints: restore/table/place.py:refuse_account
    refused = world.up(fails=True).said
    says = "the credentials lead to account 222222222222, and restore-demo.original of this stack"
    assert f"{says} is in account 123456789012" in refused
    assert "first in a pulumi up without --refresh" in refused
    elsewhere = world.config_file.read_text()
    for verb in (("status",), ("plan", "--to", "latest"), ("start", "--to", "latest")):
        refused = world.restore(*verb, code=3).said
        assert "this command looks in account 222222222222 (from aws:assumeRoles)" in refused
    writes = [each for each in world.writes(since) if each != "AssumeRole"]
    assert writes == ["CreateRole", "PutRolePolicy"]

    # The state's provider is that of the refused update: a verb does not read with it.
    world.pulumi("config", "rm", "aws:assumeRoles")
    world.restore("freeze", "--yes")
    world.restore("thaw", "--yes")
    assert world.everything() == before
    world.no_drift()

    # A refresh reads before the program can refuse, and forgets what is not there.
    world.config_file.write_text(elsewhere)
    world.up(fails=True)
    assert says in world.pulumi("up", "--yes", "--skip-preview", "--refresh", fails=True).said
    assert "Table restore-demo.original" not in world.state()
    assert "looks in account 222222222222" in world.restore("status", code=3).said
    assert world.tables() == {ORIGINAL}
