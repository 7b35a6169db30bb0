"""The AWS actions that a run calls, by itself and through the provider, and on what. Pure.

What a key's or a stream's own policy grants is not in it: a simulation knows nothing of those.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from restore.decide.restore import StartRestore
from restore.plan.outline import Planned
from restore.policy.duties import Part, context, duties
from restore.policy.scope import Scope, Where, adopted_alarms


@dataclass(frozen=True)
class Need:
    """Actions on one resource.

    Attributes:
        resource: An ARN, or `*` for what is called on no resource in particular.
        context: Condition key → values that the calls bring with them.
    """

    resource: str
    actions: tuple[str, ...]
    context: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def needs(plans: Iterable[Planned], *, tagged: bool = False) -> tuple[Need, ...]:
    """What the operator must be allowed to do for the run, each resource and context once.

    Args:
        plans: What is planned.
        tagged: Whether the provider puts tags of its own on all that it makes.
    """
    found: dict[str, list[Need]] = {}
    for each in (need for plan in plans for need in _of(plan, tagged=tagged)):
        alike = found.setdefault(each.resource, [])
        known = next((need for need in alike if need.context == each.context), None)
        if known is not None:
            alike.remove(known)
        actions = {*each.actions, *(known.actions if known else ())}
        alike.append(Need(each.resource, tuple(sorted(actions)), each.context))
    return tuple(need for alike in found.values() for need in alike)


def _of(plan: Planned, *, tagged: bool) -> Iterator[Need]:
    if plan.sides is None:
        return
    scope = replace(_scope(plan, *(side.arn for side in plan.sides)), tagged=tagged)
    for duty in duties(plan.facts.config, scope):
        if duty.part is Part.RUN:
            for resource in duty.resources:
                yield Need(resource, duty.actions, context(duty.condition))


def _scope(plan: Planned, source_arn: str, target_arn: str) -> Scope:
    config, past, restore = plan.facts.config, plan.facts.past, plan.restore
    _, partition, _, region, account, _ = source_arn.split(":", 5)
    source, target = (arn.rpartition("/")[2] for arn in (source_arn, target_arn))
    starts = isinstance(restore, StartRestore)
    backup = restore.backup_arn if isinstance(restore, StartRestore) else None
    return Scope(
        where=Where(partition, region, account),
        names=(source, target),
        sources=(source,) if starts and not backup else (),
        targets=(target,) if starts else (),
        backups=(backup.partition(":table/")[2],) if backup else (),
        parameter=past.parameter or config.parameter,
        granted=tuple(filter(None, (past.policy or config.policy, config.write_policy))),
        adopted=adopted_alarms(config),
    )
