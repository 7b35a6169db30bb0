"""Which labels were active, in their order. Pure."""

from restore.table.config.resolved import TableConfig
from restore.table.past import TablePast


def flips(config: TableConfig, past: TablePast) -> tuple[str, ...]:
    """The labels that were active so far, in order; the last one is active now.

    The pointer's value in the state is newer than the exported history where an update was
    killed between the flip and its end.
    """
    now = active_now(config, past)
    if now is None or past.history[-1:] == (now,):
        return past.history
    return (*past.history, now)


def active_now(config: TableConfig, past: TablePast) -> str | None:
    """The label that the pointer names, None where there never was a pointer."""
    names = {config.physical(label): label for label in past.history}
    for known in (past.exported, past.physical):
        names |= {name: label for label, name in known.items()}
    if past.pointed in names:
        return names[past.pointed]
    return past.history[-1] if past.history else None


def rollback_token(history: tuple[str, ...]) -> str:
    """What `rollbackFrom` has to say to leave the label that is active now for an earlier one.

    The label, and from the second time on its number as well: else an old commit of the first
    rollback would move every client again (docs/decisions/0004).
    """
    now = history[-1]
    left = sum(history[n] == now and history[n + 1] in history[:n] for n in range(len(history) - 1))
    return f"{now}:{left + 1}" if left else now
