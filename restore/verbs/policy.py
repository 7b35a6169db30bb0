"""`policy`: the IAM document that lets an operator do all of this, and nothing else."""

import json
from typing import Any

from restore.decide.elsewhere import refuse_elsewhere
from restore.perform.observe import tables_of
from restore.perform.session import Session
from restore.policy.document import document, size, too_large
from restore.policy.scope import Where
from restore.table.config.parse import parse
from restore.table.tags import ProviderTags


def policy(session: Session) -> dict[str, Any]:
    """Prints the document. No permission is needed for it, and no first update.

    Returns:
        What `--json` prints: `{policy: {Version, Statement: […]}, size, assumed: [ARN]}`, the size
        in characters as IAM counts them, and the roles that are assumed one after another; the
        document is for the last of them.

    Raises:
        BlockedError: the stack's tables are in another account or region.
        UsageError: `--table` names a table that the config does not have.
    """
    config, state = parse(session.stack.written()), session.stack.state()
    tables = tables_of(config, session.stack.name, session.tables)
    aws, place = session.aws, session.aws.place()
    refuse_elsewhere(state.arns, place, session.scope)
    where = Where(aws.partition, aws.region, place.account)
    tagged = bool(ProviderTags.of(session.stack.provider()).defaults)
    made = document(tables, state.past, where, tagged=tagged)
    session.report.page(f"{json.dumps(made, indent=2)}\n")
    assumed = [role.arn for role in session.account.settings.assumed]
    if assumed:
        session.report.say(
            f"It is for the role {assumed[-1]}; who assumes it needs sts:AssumeRole on"
            f" {', '.join(assumed)}, each from the one before."
        )
    length = size(made)
    if fits := too_large(length):
        session.report.say(fits)
    return {"policy": made, "size": length, "assumed": assumed}
