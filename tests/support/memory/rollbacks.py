"""Where `rollback` leads back from, each with the update that it is."""

import pytest

from restore.decide.placement import Placement
from restore.model.steps import Step
from tests.support.configs.positions import R2, TO_PREPARED, TO_ROLLED_BACK, TO_SWITCHED, O, R
from tests.support.memory.facts import TO_BESIDE, TO_SWITCHED_2, facts
from tests.support.memory.permit_lines import FLIP, GRANT, leave

ROLLBACK = Step.ROLLBACK
BACKWARD = [
    pytest.param(
        ROLLBACK,
        facts("serving adopted"),
        None,
        Placement(O),
        [leave(R), GRANT],
        "let restored leave the stack, kept in AWS",
        id="rollback-of-adopted",
    ),
    pytest.param(
        ROLLBACK,
        facts(TO_PREPARED),
        None,
        Placement(O),
        [leave(R), GRANT],
        "let restored leave the stack, kept in AWS",
        id="rollback-of-prepared",
    ),
    pytest.param(
        ROLLBACK,
        facts(TO_BESIDE),
        None,
        Placement(O, (R,)),
        [leave(R2), GRANT],
        "let restored-2 leave the stack, kept in AWS",
        id="rollback-of-one-leaves-the-other",
    ),
    pytest.param(
        ROLLBACK,
        facts(TO_SWITCHED),
        None,
        Placement(O, (R,), rollback_from=R),
        [FLIP],
        "point clients from restored back to original",
        id="rollback-of-switched",
    ),
    pytest.param(
        ROLLBACK,
        facts(f"{TO_ROLLED_BACK} switched-again"),
        None,
        Placement(O, (R,), rollback_from="restored:2"),
        [FLIP],
        "point clients from restored back to original",
        id="rollback-of-switched-again",
    ),
    pytest.param(
        ROLLBACK,
        facts(f"{TO_PREPARED} switched!pointer", row="prepared"),
        None,
        Placement(O, (R,), rollback_from=R),
        [FLIP],
        "point clients from restored back to original",
        id="rollback-of-a-switch-killed-after-the-flip",
    ),
    pytest.param(
        ROLLBACK,
        facts(TO_SWITCHED_2),
        None,
        Placement(R, (R2,), rollback_from=R2),
        [FLIP],
        "point clients from restored-2 back to restored",
        id="rollback-of-the-second",
    ),
    pytest.param(
        ROLLBACK,
        facts(f"{TO_BESIDE} beside-prepared switched-beside rolled-back-beside switched-to-first"),
        None,
        Placement(O, (R2, R), rollback_from=R),
        [FLIP],
        "point clients from restored back to original",
        id="rollback-passes-over-a-label-that-was-left-already",
    ),
]
