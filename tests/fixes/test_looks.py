"""Verbs that look: what they find wrong is put right as they say, and they find it no more."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from tests.fixes.kept import kept
from tests.fixes.sites import printed
from tests.fixes.typed import typed
from tests.support.engine.world import ORIGINAL, RESTORED, Done, World

At = Callable[[str], World]
DELETION = "deletionProtectionEnabled"


def protect(world: World, *, on: bool) -> None:
    world.dynamodb.update_table(TableName=RESTORED, DeletionProtectionEnabled=on)


@contextmanager
def held_at(world: World, action: str, *verb: str) -> Iterator[Callable[[], Done]]:
    """The verb, from a call of `action` on; yields what lets it go on and waits for its end."""
    with world.holding(action, "before") as held:
        begun = world.spawn("python", "-m", "restore", *verb, stderr=-1, text=True)
        while not held():
            assert begun.poll() is None, begun.communicate()

        def end() -> Done:
            world.release()
            said = begun.communicate()[1]
            return Done(begun.returncode, "", said)

        yield end


@pytest.mark.parametrize(
    ("verb", "site"),
    [
        (("verify",), "restore/verbs/verify.py:verify"),
        (
            ("run", "--to", "latest", "--yes", "--drain", "0"),
            "restore/verbs/verify.py:prove_settings",
        ),
    ],
    ids=["verify", "run"],
)
def test_a_setting_that_differs_is_shown_and_set_right(
    at: At, verb: tuple[str, ...], site: str
) -> None:
    """What a hand has changed on the restored table would come to light after the switch."""
    world = at("prepared")
    protect(world, on=True)
    with kept(world):
        fix = printed(world.restore(*verb, code=4).said, site)
        shown = typed(world, fix.partition(", and set right")[0]).out
        assert f"{DELETION}: true" in shown
        protect(world, on=False)
        world.restore(*verb)


def test_a_table_that_goes_away_under_verify_is_looked_at_again(at: At) -> None:
    """`verify` reads for a while; who deletes tables does not wait for it."""
    world = at("prepared")
    with held_at(world, "ListBackups", "verify") as end:
        world.dynamodb.delete_table(TableName=RESTORED)
        done = end()
    assert done.code == 3, done.said
    shown = typed(world, printed(done.said, "restore/verbs/verify.py:_judged")).said
    assert "the stack holds restored" in shown
    world.restore("verify", code=3)  # there is none any more, and `start` is what it says


def test_a_key_that_is_named_otherwise_by_now_is_named_in_the_config(world: World) -> None:
    """An alias was taken away, and the key is still there."""
    kms = world.client("kms")
    key = kms.create_key()["KeyMetadata"]["Arn"]
    kms.create_alias(AliasName="alias/shop", TargetKeyId=key)
    world.configure("tables.restore-demo.serverSideEncryption.enabled", "true")
    world.configure("tables.restore-demo.serverSideEncryption.kmsKeyArn", "alias/shop")
    world.up()
    kms.delete_alias(AliasName="alias/shop")
    with kept(world):
        said = world.restore("verify", "--as", "original", code=2).said
        fix = printed(said, "restore/verbs/verify.py:_with_key_arn")
        plan = world.restore("plan", "--to", "latest", code=3).said
        assert printed(plan, "restore/plan/named.py:_key") == fix
        typed(world, fix, {"<key>": key})
        world.restore("verify", "--as", "original")
        world.restore("plan", "--to", "latest")


def test_drift_that_came_with_the_update_is_shown_and_undone(at: At) -> None:
    """The update is done: the same command must not do it twice."""
    world = at("prepared")
    with kept(world):
        with held_at(world, "PutParameter", "switch", "--yes") as end:
            protect(world, on=True)
            done = end()
        assert done.code == 4, done.said
        fix = printed(done.said, "restore/perform/deploy.py:prove_no_drift")
        assert DELETION in typed(world, fix.partition(" shows it")[0]).said
        protect(world, on=False)
        assert "active table already" in world.restore("switch", "--yes").said
    assert world.pointer()[0] == RESTORED


def test_what_the_next_update_would_be_refused_over_is_accepted_by_plan_and_step(at: At) -> None:
    world = at("restored")
    world.dynamodb.update_table(TableName=ORIGINAL, DeletionProtectionEnabled=True)
    with kept(world):
        said = world.restore("plan", "--to", "latest", code=3).said
        accept = printed(said, "restore/perform/updates_ahead.py:_next").split()
        world.restore("plan", "--to", "latest", *accept)
        world.restore("adopt", *accept)


def test_a_program_that_cannot_be_previewed_stops_a_start_until_it_can(at: At) -> None:
    """Else it would be found after the wait."""
    world = at("serving")
    program = world.project / "__main__.py"
    whole = program.read_text()
    start = ("start", "--to", "latest", "--dry-run")
    try:
        program.write_text(f"{whole}\nraise RuntimeError('half edited')\n")
        # The traceback that is shown is the program's own.
        refused = world.run("python", "-m", "restore", *start)
        assert refused.code == 3, refused.said
        look = "pulumi preview --refresh --diff"
        assert f"fix: {look}, until it passes; then the same command" in refused.said
        assert "half edited" in world.run("sh", "-c", look).said
    finally:
        program.write_text(whole)
    typed(world, look)
    world.restore(*start)


def test_an_old_commit_on_disk_is_named_and_taken_back(at: At) -> None:
    """A `pulumi up` of it is refused; committed, a pipeline would be stopped by it."""
    world = at("dropped")
    world.place()
    site = "restore/decide/undeployed.py:undeployed"
    fix = printed(world.restore("status").said, site)
    preview = world.run("sh", "-c", fix.partition(", and deploy it")[0])
    assert "would move every client" in preview.said
    world.place(activeTable="restored")
    assert "is not what the stack holds" not in world.restore("status").said


def test_a_description_begins_with_a_table_that_exists(at: At) -> None:
    world = at("serving")
    for name, site in (
        ("no/table", "restore/verbs/describe.py:describe"),
        ("no-table", "restore/verbs/describe.py:describe#2"),
    ):
        said = world.restore("describe", name, code=2).said
        listed = typed(world, printed(said, site)).out
        assert ORIGINAL in listed
    world.restore("describe", ORIGINAL)


POLICY = (
    '{"Version": "2012-10-17", "Statement": [{"Sid": "Partner", "Effect": "Allow", "Principal":'
    ' {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "dynamodb:GetItem", "Resource": "%s"}]}'
)


def test_a_policy_made_by_hand_is_taken_over_and_then_frozen(at: At) -> None:
    """A freeze would write over it, and a thaw delete it."""
    world = at("serving")
    arn = world.dynamodb.describe_table(TableName=ORIGINAL)["Table"]["TableArn"]
    world.dynamodb.put_resource_policy(ResourceArn=arn, Policy=POLICY.replace("%s", arn))
    with kept(world, "DeleteResourcePolicy"):
        said = world.restore("freeze", "--yes", code=3).said
        fix = printed(said, "restore/perform/foreign.py:refuse_foreign_policies")
        (described,) = world.asked(*fix.partition(", and take")[0].split()[3:])["config"][
            "restore-demo:tables"
        ].values()
        with world.config() as config:
            table = config["restore-demo:tables"]["restore-demo"]
            for key in ("adoptDependents", "resourcePolicy"):
                table[key] = described[key]
        since = world.last_call()
        world.up()
        assert world.writes(since) == []
        world.restore("freeze", "--yes")
        world.restore("thaw", "--yes")
    policy = world.dynamodb.get_resource_policy(ResourceArn=arn)["Policy"]
    assert "Partner" in policy
