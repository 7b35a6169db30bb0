"""Reads everything there is to know, once. What it returns is never written down."""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from restore.aws.tables import Aws
from restore.decide.elsewhere import refuse_elsewhere
from restore.engine.stack import Stack
from restore.model.command import Scope
from restore.model.errors import UsageError
from restore.model.facts import Facts, LiveTable, TableFacts
from restore.model.nearest import did_you_mean
from restore.model.phase import locate
from restore.table.config.labels import LONGEST_GAP, rank, restored_labels
from restore.table.config.parse import parse
from restore.table.config.resolved import StackConfig, TableConfig
from restore.table.history import active_now
from restore.table.past import TablePast, logical_name


def observe(stack: Stack, aws: Aws, chosen: Iterable[str] = ()) -> Facts:
    """The facts about the stack and its tables.

    Args:
        stack: The stack.
        aws: The account and region that it lives in.
        chosen: The tables that `--table` names; none means all.

    Raises:
        ConfigError: the stack config is wrong.
        BlockedError: the stack's tables are in another account or region.
        UsageError: `chosen` names a table that the config does not have.
    """
    # At the same time: each is a command of the engine, and most of it is the engine's start.
    with ThreadPoolExecutor(max_workers=1) as beside:
        reading = beside.submit(stack.state)
        written = stack.written()
        config = parse(written)
        wanted = tables_of(config, stack.name, chosen)
        state = reading.result()
    place = aws.place()
    past = state.past
    # A refresh in another account takes the tables out of the state, and not out of the outputs.
    exported = {logical_name(t, label): arn for t in past for label, arn in past[t].arns.items()}
    refuse_elsewhere({**exported, **state.arns}, place, Scope(stack.named))
    tables = [
        _table_facts(aws, each, past.get(each.table, TablePast()), state.since) for each in wanted
    ]
    return Facts(
        stack=stack.name,
        config=config,
        state=state,
        tables=tuple(_scoped(tables, config, stack.named)),
        account=place.account,
        region=place.region.value,
        written=written,
        places=stack.places(),
    )


def _scoped(tables: Sequence[TableFacts], config: StackConfig, named: str) -> Iterable[TableFacts]:
    """The tables, each with what a command about it has to say."""
    several = len(config.tables) > 1
    phases = {locate(table).phase for table in tables}
    apart = several and (len(tables) < len(config.tables) or len(phases) > 1)
    for table in tables:
        name = f"--table {table.config.table}" if several else ""
        yield replace(table, scope=Scope(named, name, apart))


def tables_of(config: StackConfig, stack: str, chosen: Iterable[str]) -> tuple[TableConfig, ...]:
    """The tables that `--table` names, in the config's order; all of them where it names none.

    Raises:
        UsageError: the config has no such table.
    """
    unknown = sorted(set(chosen) - config.names)
    if unknown:
        raise UsageError(
            f"The stack {stack} has no table {', '.join(unknown)}."
            + "".join(dict.fromkeys(did_you_mean(each, config.names) for each in unknown)),
            "Nothing was touched.",
            "the same command with one of these in its place: "
            + ", ".join(f"--table {name}" for name in sorted(config.names)),
        )
    wanted = set(chosen) or config.names
    return tuple(table for table in config.tables if table.table in wanted)


def _table_facts(
    aws: Aws, config: TableConfig, past: TablePast, since: Mapping[str, datetime]
) -> TableFacts:
    facts = TableFacts(config, past, pointer=aws.parameter(past.parameter or config.parameter))
    active = active_now(config, past)
    live = _live_tables(aws, facts)
    left = [] if active is None else aws.system_backups(facts.physical(active))
    known = since.get(logical_name(config.table, active or ""))
    # What was deleted before the stack had the table is none of its own.
    own = [each for each in left if known is None or each.at > known]
    return replace(
        facts,
        live=live,
        backup=left[-1] if left and active not in live else None,
        predecessor=own[0] if known and own and active in live else None,
        attached={
            label: aws.policy(live[label].arn)
            for label in past.policies
            if label in live and live[label].ready
        },
        granted=dict(_granted(aws, past)),
    )


def _granted(aws: Aws, past: TablePast) -> Iterable[tuple[str, str | None]]:
    for logical, grant in past.grants.items():
        # Anyone who may not look still gets all that does not depend on it.
        with suppress(PermissionError):
            yield logical, aws.grant(grant.arn)


def _live_tables(aws: Aws, facts: TableFacts) -> dict[str, LiveTable]:
    """Every label that has a table: those that are known, and the restored ones in a row."""
    known = dict.fromkeys((*facts.config.labels, *facts.past.physical, *facts.history))
    found = {label: aws.table(facts.physical(label)) for label in known}
    newest, gap = max(map(rank, known)), 0
    for label in restored_labels():
        if label not in found:
            found[label] = aws.table(facts.physical(label))
        gap = gap + 1 if found[label] is None and rank(label) > newest else 0
        if gap == LONGEST_GAP:
            break
    return {label: table for label, table in found.items() if table is not None}
