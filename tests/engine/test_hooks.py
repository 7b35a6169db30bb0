"""A hook around a step on the real engine: it decides whether clients are moved."""

import json
from collections.abc import Callable

from tests.support.engine.world import ORIGINAL, RESTORED, World

HOOK = """#!/bin/sh
printf '%s %s %s\\n' "$RESTORE_HOOK" "$RESTORE_STEP" "$RESTORE_ACTIVE_NAME" >> hooked
echo "$RESTORE_FACTS" > facts.json
test "$1" = "$(cat secret)" && test -e "$RESTORE_HOOK-allowed"
"""


def test_a_hook_that_fails_before_the_switch_moves_no_client(
    at: Callable[[str], World],
) -> None:
    """It is the last chance to say no. Then it says yes, and the same command goes through."""
    world = at("prepared")
    hook = world.project / "hook.sh"
    hook.write_text(HOOK)
    hook.chmod(0o755)
    (world.project / "secret").write_text("sesame")
    for place, n in (("before", 0), ("after", 1)):
        at_hook = f"runbook.hooks[{n}]"
        world.pulumi("config", "set", "--path", f"{at_hook}.{place}", "switch")
        world.pulumi("config", "set", "--path", f"{at_hook}.run[0]", "./hook.sh")
        world.pulumi("config", "set", "--path", "--secret", f"{at_hook}.run[1]", "sesame")
    (world.project / "after-allowed").touch()
    since = world.last_call()

    refused = world.restore("switch", "--yes", code=3)

    assert world.pointer() == (ORIGINAL, 1)
    assert world.writes(since) == []
    assert "hook before switch: ./hook.sh (runbook.hooks[0]) ended with 1" in refused.err
    assert "Nothing of switch was done." in refused.err

    (world.project / "before-allowed").touch()
    done = world.asked("switch", "--yes")

    assert done["steps"] == ["update Parameter restore-demo (value, version)"]
    assert world.pointer() == (RESTORED, 2)
    hooked = (world.project / "hooked").read_text().splitlines()
    assert hooked == [
        f"before switch {ORIGINAL}",
        f"before switch {ORIGINAL}",
        f"after switch {RESTORED}",
    ]
    facts = json.loads((world.project / "facts.json").read_text())
    assert facts["restore-demo"]["phase"] == "switched"
    log = (world.project / ".restore" / "audit.jsonl").read_text()
    assert "sesame" not in refused.said + log
    world.no_drift()
