"""A printed command of pulumi is about the stack that the command line named, and no other."""

import re

import pytest

from restore.decide.gate import Complaint, Wrong
from restore.decide.refused import fix
from restore.model.change import Change
from restore.model.command import Scope
from restore.plan.declared import Declared, Named
from restore.plan.named import ABSENT, named
from restore.plan.pending import pending
from restore.table.kinds import ALARM, POLICY, TABLE
from tests.support.memory.account_and_stack import URN

NAMED = "--stack prod --cwd tables"
SCOPE = Scope(NAMED)
NAME = "restore-demo.original"
COMPLAINTS = [
    Complaint(Change("update", f"{URN}{POLICY}::restore-demo", frozenset({"policy"})), wrong)
    for wrong in (Wrong.FOREIGN, Wrong.REPLACES)
] + [Complaint(Change("delete", f"{URN}{kind}::{NAME}"), Wrong.FOREIGN) for kind in (ALARM, TABLE)]
THINGS = [
    Named(
        "key", "alias/shop", "restore-demo", "tables.restore-demo.serverSideEncryption.kmsKeyArn"
    ),
    Named(
        "stream", "arn:aws:kinesis:a:1:stream/s", "restore-demo", "tables.restore-demo.k.streamArn"
    ),
    Named("function", "indexer", "restore-demo", "tables.restore-demo.m.indexer.functionName"),
    Named("role", "reader", "restore-demo", "tables.restore-demo.resourcePolicy"),
]


@pytest.mark.parametrize("deployed", [True, False])
def test_what_is_to_be_typed_names_the_stack(*, deployed: bool) -> None:
    """Typed as it was printed, `pulumi up` deployed what was selected: another stack."""
    found = [
        *(fix([each], frozenset(), SCOPE, as_deployed=deployed) for each in COMPLAINTS),
        *(
            finding.fix
            for each in COMPLAINTS
            for without in ({}, {each.change.urn: each.change})
            for finding in pending([each], without, frozenset(), SCOPE, as_deployed=deployed)
        ),
        *(each.fix for each in named(Declared(states=dict.fromkeys(THINGS, ABSENT)), SCOPE)),
    ]

    commands = [each for text in found for each in re.findall(r"pulumi [^;,:]+", text)]
    assert len(commands) > len(COMPLAINTS) + len(THINGS)
    assert [each for each in commands if NAMED not in each] == []
