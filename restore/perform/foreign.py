"""What others attached to a table, and what an update of ours must not write over."""

from collections.abc import Iterable

from restore.decide.update import UNCHANGED, Update
from restore.model.errors import BlockedError
from restore.model.facts import Facts
from restore.perform.session import Session
from restore.table.kinds import RESOURCE_POLICY
from restore.table.past import logical_name


def refuse_foreign_policies(session: Session, facts: Facts, updates: Iterable[Update]) -> None:
    """Raises BlockedError where a table to be frozen has a policy that the stack does not know.

    AWS keeps one policy for each table: the stack's would take its place, and a thaw delete it.
    """
    tables = {table.config.table: table for table in facts.tables}
    for update in updates:
        table = tables[update.table]
        for label in {*update.wanted.frozen} - table.past.frozen:
            ours = (RESOURCE_POLICY, f"{logical_name(update.table, label)}.policy")
            live = table.live[label]
            if ours not in table.past.hanging and session.aws.policy(live.arn) is not None:
                raise BlockedError(
                    f"{live.name} has a resource policy that the stack does not know, and that a"
                    " freeze would write over.",
                    UNCHANGED,
                    f"python -m restore describe {live.name}, and take its resourcePolicy over",
                )
