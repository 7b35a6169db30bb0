"""What is asked for too early, stands in the way or fails beside a step."""

import json
from collections.abc import Callable
from pathlib import Path

from tests.fixes.kept import kept
from tests.fixes.shells import STATUS, Shell, aws_on_path
from tests.fixes.sites import printed
from tests.fixes.typed import typed
from tests.support.engine.world import ORIGINAL, RESTORED, World

At = Callable[[str], World]
_LONG = 12.0
"""So that it still is under way when two more verbs have looked at it, on a busy machine, too."""


def test_a_verify_from_before_the_first_update_is_led_to_its_end(world: World) -> None:
    """Each fix is the next thing to do, until there is something to verify."""
    first = printed(world.restore("verify", code=3).said, "restore/decide/subject.py:_under_way")
    typed(world, first)
    world.put(ORIGINAL, id="kept", value="good")
    with kept(world), world.restores_taking(_LONG):
        said = world.restore("verify", code=3).said
        start = printed(said, "restore/decide/subject.py:_under_way#2")
        typed(world, start, {"WHEN": "latest"})
        described = world.restore("describe", RESTORED, code=3).said
        waits = printed(described, "restore/settings/document.py:_refuse")
        assert waits.startswith(f"aws dynamodb wait table-exists --table-name {RESTORED}")
        said = world.restore("verify", code=3).said
        typed(world, printed(said, "restore/decide/subject.py:subject#3"))
        world.dynamodb.get_waiter("table_exists").wait(TableName=RESTORED)
        world.restore("describe", RESTORED)
        world.restore("verify")
        said = world.restore("verify", "--as", "restored-7", code=2).said
        typed(world, printed(said, "restore/decide/subject.py:subject"))
        world.restore("verify", "--as", "restored")


def test_a_restored_table_without_its_key_is_looked_at_and_restored_again(
    at: At, tmp_path: Path
) -> None:
    """To look at its status once more would never end."""
    world = at("serving")
    shell = Shell(world, aws_on_path(tmp_path))
    with world.restores_ending("INACCESSIBLE_ENCRYPTION_CREDENTIALS"):
        world.restore("start", "--to", "latest")
        world.restore("wait", code=1)
    said = world.restore("verify", code=3).said
    fix = printed(said, "restore/decide/subject.py:subject#2")
    shell.type(fix.partition(", which")[0])
    shell.said(0)

    # The key is lost: what `status` says is done instead.
    world.restore("clean", "restored", "--confirm", RESTORED)
    world.restore("start", "--to", "latest")
    world.restore("wait")
    world.restore("verify")


def replicas(world: World, change: str) -> None:
    update = {change: {"RegionName": "eu-west-1"}}
    world.dynamodb.update_table(TableName=ORIGINAL, ReplicaUpdates=[update])
    world.dynamodb.get_waiter("table_exists").wait(TableName=ORIGINAL)


def test_a_global_table_without_its_retain_flag_is_told_both_and_both_are_done(at: At) -> None:
    """All at once, each with its fix: a second round costs minutes of an incident."""
    world = at("serving")
    world.put(ORIGINAL, id="kept", value="good")
    replicas(world, "Create")
    exported = json.loads(world.pulumi("stack", "export").out)
    for resource in exported["deployment"]["resources"]:
        resource.pop("retainOnDelete", None)
    (world.project / "without.json").write_text(json.dumps(exported))
    world.pulumi("stack", "import", "--file", "without.json")
    with kept(world):
        said = world.restore("start", "--to", "latest", code=3).said
        printed(said, "restore/decide/preflight.py:as_one")
        described = world.restore("describe", ORIGINAL, code=3).said
        assert "aws " not in printed(described, "restore/settings/document.py:_refuse#2")
        assert "aws " not in printed(said, "restore/decide/preflight.py:refuse_global")
        replicas(world, "Delete")  # what the sentence says, by someone who decided it
        flag = printed(said, "restore/decide/preflight.py:refuse_without_retain")
        typed(world, flag.partition(", which")[0])
        world.restore("describe", ORIGINAL)
        world.restore("start", "--to", "latest")


def test_a_key_that_was_disabled_is_enabled_by_the_printed_command(at: At, tmp_path: Path) -> None:
    """The restore would end as a table that nobody can ever read."""
    world = at("everything serving")
    kms = world.client("kms")
    described = world.dynamodb.describe_table(TableName=ORIGINAL)["Table"]
    arn = described["SSEDescription"]["KMSMasterKeyArn"]
    key = arn.rpartition("/")[2]  # AWS takes the ARN as well, and moto does not
    kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
    plan = STATUS.replace("status", "plan --to latest")
    shell = Shell(world, aws_on_path(tmp_path), plan)

    shell.type(printed(shell.said(3), "restore/plan/checks.py:_key").replace(arn, key))

    shell.said(0)
    assert kms.describe_key(KeyId=key)["KeyMetadata"]["KeyState"] == "Enabled"


def test_hooks_that_are_missing_or_fail_are_put_right_or_left_out(at: At) -> None:
    """Before the step nobody is moved; after it the step is done, and is not done again."""
    world = at("prepared")
    for place, n in (("before", 0), ("after", 1), ("before", 2)):
        world.configure(f"runbook.hooks[{n}].{place}", "switch")
        program = f"./{place}-{n}"
        world.configure(f"runbook.hooks[{n}].run[0]", program)
        (world.project / program).write_text(f"#!/bin/sh\ntest -e allowed-{n}\n")
        (world.project / program).chmod(0o755)
    missing = world.project / "before-2"
    missing.chmod(0o644)
    with kept(world):
        said = world.restore("switch", code=2).said
        fix = printed(said, "restore/decide/hooks.py:refuse_unrunnable")
        assert fix.endswith("pulumi config rm --path 'runbook.hooks[2]'")
        typed(world, "chmod +x before-2")

        said = world.restore("switch", code=3).said
        fix = printed(said, "restore/decide/hooks.py:failed_before")
        assert world.pointer()[0] == ORIGINAL
        (world.project / "allowed-0").touch()  # what the hook asks for
        assert "runbook.hooks[0]" in fix

        said = world.restore("switch", code=3).said
        fix = printed(said, "restore/decide/hooks.py:failed_before")
        typed(world, fix.partition("without it: ")[2])

        said = world.restore("switch", code=1).said
        fix = printed(said, "restore/decide/hooks.py:failed_after")
        assert world.pointer()[0] == RESTORED
        (world.project / "allowed-1").touch()
        typed(world, fix.partition("run ")[2].partition(" by hand")[0])
        world.restore("switch")
    assert world.pointer() == (RESTORED, 2)


def test_a_hook_in_pulumi_yaml_is_taken_out_there(at: At) -> None:
    """`pulumi config rm` says nothing and removes nothing of it: the fix would be a circle."""
    world = at("adopted")
    project = world.project / "Pulumi.yaml"
    without = project.read_text()
    hook = "{before: prepare, run: [./nowhere]}"
    with world.config() as config:
        del config["restore-demo:runbook"]
    shared = f"config:\n  restore-demo:runbook:\n    value: {{hooks: [{hook}]}}\n"
    project.write_text(without + shared)
    try:
        said = world.restore("prepare", code=2).said
        fix = printed(said, "restore/decide/hooks.py:refuse_unrunnable")
        assert fix.endswith("take runbook.hooks[0] out of Pulumi.yaml")
        project.write_text(without)  # as it says
        world.restore("prepare")
    finally:
        project.write_text(without)
