"""Why a config must not be deployed over what the stack holds. Pure."""

from collections.abc import Iterator

from restore.table.config.explain import rm_command, set_command
from restore.table.config.problems import Problem
from restore.table.config.resolved import TableConfig
from restore.table.existing import rekeyed, renamed
from restore.table.history import active_now, flips, rollback_token
from restore.table.past import TablePast
from restore.table.takeover import takeover_problem


def rejections(config: TableConfig, past: TablePast) -> Iterator[Problem]:
    """Every reason why a table must not be declared like this over its past."""
    yield from _renamed(config, past)
    yield from _moved_first(config, past)
    for label in {config.active: None, **dict.fromkeys(config.standby)}:
        yield from renamed(config, past, label)
        yield from rekeyed(config, past, label)
    yield from _demoted(config, past)
    yield from _moved_back(config, past)


def _renamed(config: TableConfig, past: TablePast) -> Iterator[Problem]:
    here = f"tables.{config.table}"
    was_called = {**past.exported, **past.physical}
    for label in config.labels:
        was, name = was_called.get(label), config.physical(label)
        if was not in {None, name}:
            path = f"{here}.names.{label}"
            wrong = f"would replace the table {was} by {name}: a label keeps its table for good"
            yield Problem(path, wrong, set_command(path, str(was)))
    names = (
        ("parameterName", past.parameter, config.parameter),
        ("policyName", past.policy, config.policy),
        ("writePolicyName", past.write_policy, config.write_policy),
    )
    for key, known, wanted in names:
        if not known or not wanted or known == wanted:
            continue
        wrong = f"would delete {known}, which clients use, to make {wanted}"
        fix = set_command(f"{here}.{key}", known)
        if not past.ours:
            # Their own, under the logical name that ours would have: never to be written over.
            wrong = f"would delete {known}, which this stack holds under the same logical name"
            fix = f"another key than {config.table} below tables"
        yield Problem(f"{here}.{key}", wrong, fix)


def _moved_first(config: TableConfig, past: TablePast) -> Iterator[Problem]:
    """A pointer that came into the state from elsewhere is not moved by the first update."""
    wanted = config.physical(config.active)
    if past.pointed in {None, wanted} or active_now(config, past) is not None:
        return
    yield takeover_problem(config, str(past.pointed))


def _demoted(config: TableConfig, past: TablePast) -> Iterator[Problem]:
    demoted = [
        (place, label)
        for place, label in enumerate(config.adopt)
        if label in past.configured and label != config.active
    ]
    # From the last one on: each fix that is typed leaves the places of the others as they are.
    for more, (place, label) in enumerate(reversed(demoted)):
        wrong = f"would take the additional settings of {label!r} away, which had them all"
        key = config.key("adoptTables")
        fix = f"{rm_command(f'{key}[{place}]')}; {_stand_by(config, label, more)}"
        yield Problem(key, wrong, fix)


def _moved_back(config: TableConfig, past: TablePast) -> Iterator[Problem]:
    history = flips(config, past)
    if not history or config.active not in history or config.active == history[-1]:
        return
    now, token = history[-1], rollback_token(history)
    here, path = config.key("activeTable"), config.key("rollbackFrom")
    if config.rollback_from != token:
        keep = "" if now in config.standby else f"{_stand_by(config, now)}; "
        back = (
            f"{_as_it_was(config, past, now)} if this is an older commit; to go back on purpose:"
            f" {keep}{set_command(path, token)}"
        )
        wrong = (
            f"would move every client from {now!r} back to {config.active!r}, which was active"
            f" before, and rollbackFrom does not say {token!r}"
        )
        yield Problem(here, wrong, back)
    elif now not in config.standby:
        wrong = f"would go back to {config.active!r} and drop {now!r} in one update"
        yield Problem(here, wrong, _stand_by(config, now))


def _as_it_was(config: TableConfig, past: TablePast, now: str) -> str:
    """The commands after which clients use what they use now, and the other table stays as well."""
    active, place = set_command(config.key("activeTable"), now), len(config.standby)
    if now in config.standby:
        place = config.standby.index(now)
    standby = f"{config.key('standbyTables')}[{place}]"
    commands = [active]
    if config.active in past.physical:
        commands.append(set_command(standby, config.active))
    elif now in config.standby:
        commands.append(rm_command(standby))
    if (config.rollback_from or "").partition(":")[0] == now:
        commands.append(rm_command(config.key("rollbackFrom")))
    return "; ".join(commands)


def _stand_by(config: TableConfig, label: str, more: int = 0) -> str:
    return set_command(f"{config.key('standbyTables')}[{len(config.standby) + more}]", label)


def forgotten(table: str, place: int) -> Problem:
    wrong = f"the stack declares table {table!r}, which is no longer in the config"
    fix = (
        f"put tables.{table} back, or, to drop it and keep it in AWS:"
        f" {set_command(f'forgetTables[{place}]', table)}"
    )
    return Problem(f"tables.{table}", wrong, fix)
