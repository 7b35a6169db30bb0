"""What a person does next with a table. Facts → a line. Pure."""

from restore.decide.backward import earlier_label
from restore.facts import TableFacts
from restore.phase import Phase, Standing

NEXT = {
    Phase.UNDEPLOYED: "pulumi up",
    Phase.SERVING: "nothing; to restore: python -m restore run --to WHEN",
    Phase.LOST: "python -m restore run --to latest",
    Phase.RESTORING: "python -m restore wait",
    Phase.RESTORED: "python -m restore adopt",
    Phase.ADOPTED: "python -m restore prepare",
    Phase.PREPARED: "python -m restore switch",
    Phase.SWITCHED: "python -m restore drop, or rollback",
    Phase.ROLLED_BACK: "python -m restore drop, or switch",
    Phase.DROPPED: "nothing; to go back: python -m restore rollback",
}


def next_step(table: TableFacts, standing: Standing) -> str:
    """The next command, or why there is none."""
    phase = standing.phase
    earlier = earlier_label(table)
    if phase in {Phase.SERVING, Phase.DROPPED}:
        return _at_rest(table, phase, earlier)
    in_stack = {earlier, table.active} <= {*table.past.physical}
    if phase is Phase.LOST and in_stack and earlier in table.live:
        return f"{NEXT[phase]}, or python -m restore rollback"
    if phase is Phase.SWITCHED and earlier not in table.live:
        return "python -m restore drop"
    if phase in {Phase.RESTORING, Phase.RESTORED}:
        return _from_restored(table, str(standing.other))
    return NEXT[phase]


def _at_rest(table: TableFacts, phase: Phase, earlier: str | None) -> str:
    if table.active in table.past.frozen:
        return "python -m restore thaw"
    if phase is Phase.DROPPED and earlier is not None and earlier not in table.live:
        return "nothing; the table that was active before is gone"
    return NEXT[phase if earlier is not None else Phase.SERVING]


def _from_restored(table: TableFacts, label: str) -> str:
    restored = table.live[label]
    if restored.failed:
        return f"python -m restore clean {label} --confirm {restored.name}, then start"
    if not restored.ready:
        return NEXT[Phase.RESTORING]
    if table.active not in table.live:
        return NEXT[Phase.PREPARED]
    return NEXT[Phase.ADOPTED if table.was_furnished(label) else Phase.RESTORED]
