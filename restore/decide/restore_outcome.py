"""Whether a restore was started although its call ended in an error. Pure.

AWS may have started it and said InternalServerError, or nothing; then botocore asked again, and was
told that the target is there. So the error says little and the target everything.
"""

from datetime import timedelta

from restore.decide.restore import StartRestore
from restore.model.errors import AGAIN, BlockedError, Fault, RestoreError
from restore.model.facts import LiveTable, TableFacts
from restore.model.when import time_text

_SAME = timedelta(seconds=1)
"""A restore point is a whole second."""


def despite(
    restore: StartRestore, found: LiveTable | None, trouble: Fault, facts: TableFacts
) -> str:
    """What to say where the restore was started in spite of the error.

    Args:
        restore: What was asked for; its target was not there before.
        found: The target now.
        trouble: What the call ended in.
        facts: The table that is restored, as it was observed before the call.

    Raises:
        RestoreError: it was not started.
        BlockedError: the target is another restore, or none.
    """
    if found is None:
        raise RestoreError(
            trouble.says,
            f"{restore.target} does not exist: no restore was started.{facts.still_frozen}",
            trouble.fix,
        )
    if not _is_the_one(restore, found):
        raise BlockedError(
            f"{restore.target} has come into being meanwhile, and is {_what(found)}:"
            " another run was faster.",
            "Nothing was changed.",
            f"{facts.command('status')}, then the same command again",
        )
    return f"{trouble.says} It was started all the same: {restore.target} is {_what(found)}."


def unseen(restore: StartRestore, trouble: Fault, blind: Fault) -> RestoreError:
    """Where AWS cannot even be asked whether the target is there."""
    unknown = f"Whether {restore.target} is being restored could not be seen"
    return RestoreError(
        f"{trouble.says} {unknown}: {blind.says}",
        "Nothing else was done, and the same command starts no second restore.",
        blind.fix if blind.fix != AGAIN else trouble.fix,
    )


def _is_the_one(restore: StartRestore, found: LiveTable) -> bool:
    origin = found.origin
    if origin is None or not origin.source_arn.endswith(f":table/{restore.source}"):
        return False
    if restore.backup_arn or origin.backup_arn:
        return origin.backup_arn == restore.backup_arn
    return abs(origin.at - restore.at) <= _SAME


def _what(found: LiveTable) -> str:
    if found.origin is None:
        return "no restored table"
    source = found.origin.source_arn.rpartition("/")[2]
    return f"a restore of {source} to {time_text(found.origin.at)}"
