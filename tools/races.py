"""Two runs at once, 20 times, the second one up to some seconds after the first: `make races`."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

from tests.support.configs.chance import Dice
from tests.support.engine.scenes import next_second
from tests.support.engine.world import ORIGINAL, RESTORED, Done, World
from tools.kills import own_world, tell

TIMES = 20
SEED = 3
MOST_APART = 12.0
"""Seconds: about as long as one run takes here."""
_DONE, _BLOCKED = 0, 3


def race(world: World, apart: float) -> list[int]:
    """Two people wake up, and both type the same command.

    Args:
        world: It serves, and nothing was restored.
        apart: Seconds from the first command to the second.

    Returns:
        How the two ended.
    """
    world.put(ORIGINAL, id="kept", value="good")
    moment = next_second()
    since = world.last_call()
    run = (sys.executable, "-m", "restore", "run", "--to", moment, "--drain", "0", "--yes")

    def after(seconds: float) -> Done:
        time.sleep(seconds)
        return world.run(*run)

    with ThreadPoolExecutor(2) as both:
        ends = list(both.map(after, (0, apart)))
    codes = [end.code for end in ends]
    assert {*codes} <= {_DONE, _BLOCKED}, [end.said for end in ends]
    assert _DONE in codes, [end.said for end in ends]
    assert not any("Traceback" in end.said for end in ends)
    restores = [c for c in world.calls(since) if c["action"] == "RestoreTableToPointInTime"]
    assert [call["status"] for call in restores].count(200) == 1
    assert world.pointer() == (RESTORED, 2)
    assert world.tables() == {ORIGINAL, RESTORED}
    assert world.items(RESTORED) == world.items(ORIGINAL) != {}
    world.restore(*run[3:])
    assert world.phase() == "dropped"
    world.no_drift()
    return codes


def main() -> int:
    dice, both = Dice(SEED), 0
    with own_world() as scenes:
        for count in range(1, TIMES + 1):
            apart = 0.0 if count == 1 else dice.random() * MOST_APART
            codes = race(scenes.load("serving"), apart)
            both += codes == [_DONE, _DONE]
            tell(f"  ✓ {count:2}: {apart:4.1f} s apart, exit {codes[0]} and {codes[1]}")
    tell(f"{TIMES} races: one restore and one switch in each; both runs ended done in {both}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
