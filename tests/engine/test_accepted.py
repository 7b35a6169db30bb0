"""A difference that someone lets through by name: shown, written down, and repaired by the step."""

import json
from typing import Any

from tests.support.engine.faults import At, stands
from tests.support.engine.world import ORIGINAL, POLICY_ARN, World

STREAM = "Table/restore-demo.original:streamEnabled,streamViewType"


def drifted(world: World) -> None:
    """Someone turned a stream on, before the incident."""
    world.dynamodb.update_table(
        TableName=ORIGINAL,
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"},
    )


def streams(world: World) -> bool:
    table = world.dynamodb.describe_table(TableName=ORIGINAL)["Table"]
    return bool(table.get("StreamSpecification", {}).get("StreamEnabled"))


def noted(world: World) -> list[dict[str, Any]]:
    lines = (world.project / ".restore" / "audit.jsonl").read_text().splitlines()
    return [each["accepted"] for line in lines if "accepted" in (each := json.loads(line))]


def test_drift_on_the_original_is_refused_and_then_accepted_as_the_refusal_says(at: At) -> None:
    """After hours of waiting nobody should have to repair the table that is given up."""
    # prints: restore/perform/deploy.py:refuse_complaints
    # prints: restore/decide/acceptance.py:_unused
    world = at("restored")
    drifted(world)
    refused = world.restore("adopt", code=3).err
    assert "streamEnabled: True → " in refused
    (fix,) = [line for line in refused.splitlines() if "--accept" in line]
    option, named = fix.split()[-2:]
    assert option == "--accept"
    assert streams(world)

    done = world.asked("adopt", option, named)
    (accepted,) = done["accepted"]
    assert accepted["resource"] == "Table/restore-demo.original"
    assert accepted["op"] == "update"
    assert noted(world) == [accepted]
    assert not streams(world)
    stands(world, "adopted")
    world.no_drift()

    # It is repaired: the same option is wrong usage now, and without it the run goes on.
    again = world.restore("prepare", option, named, code=2).err
    assert "the same command without --accept" in again
    world.restore("prepare")
    stands(world, "prepared")


def test_what_clients_may_read_is_never_accepted(at: At) -> None:
    """Someone widened the grant by hand; a slip in the name is no consent either."""
    world = at("prepared")
    statement = {"Effect": "Allow", "Action": ["dynamodb:*"], "Resource": "*"}
    wide = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    world.iam.create_policy_version(PolicyArn=POLICY_ARN, PolicyDocument=wide, SetAsDefault=True)
    drifted(world)
    since = world.last_call()
    for named in ("Policy/restore-demo:policy", "Policy/restore-demo", "Table/restore-demo"):
        refused = world.restore("switch", "--yes", "--accept", named, code=2).err
        assert "fix:" in refused or "fix:" in refused
        assert "--accept Table/restore-demo.original:" in refused
    assert world.writes(since) == []
    assert streams(world)
