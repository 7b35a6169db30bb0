"""What the config names in AWS → what it means that it is as it is. Pure."""

from collections.abc import Callable, Iterator

from restore.model.command import ANY, Scope
from restore.plan.declared import Declared, Named
from restore.plan.findings import Finding, blocked, note, ok
from restore.table.config.explain import rm_command, set_command

ABSENT = "absent"
_WORDS = {
    "table": "settings of the table",
    "key": "KMS key",
    "stream": "Kinesis stream",
    "function": "Lambda function",
    "role": "IAM role",
    "user": "IAM user",
    "alarm": "alarm",
}


def named(found: Declared, scope: Scope = ANY) -> Iterator[Finding]:
    """A finding for each thing: `prepare` would fail at one that does not exist."""
    for thing, action in found.unseen.items():
        yield note(thing.kind, f"not looked at: the {_what(thing)}: {action}")
    for thing, state in found.states.items():
        yield _RULES[thing.kind](thing, state, scope)


def _what(thing: Named) -> str:
    return f"{_WORDS[thing.kind]} {thing.name} ({thing.path})"


def _key(thing: Named, state: str, scope: Scope) -> Finding:
    if state == ABSENT:
        fix = scope.pulumi(set_command(thing.path, "<key>"))
        return blocked(thing.kind, f"The {_what(thing)} does not exist.", fix)
    return ok(thing.kind, f"the {_what(thing)} exists")


def _stream(thing: Named, state: str, scope: Scope) -> Finding:
    if state in {"ACTIVE", "UPDATING"}:
        return ok(thing.kind, f"the {_what(thing)} is {state}")
    name = thing.name.rpartition("/")[2]
    create = f"aws kinesis create-stream --stream-name {name} --shard-count 1"
    if state == ABSENT:
        return blocked(
            thing.kind,
            f"The {_what(thing)} does not exist: the restored table could not write to it.",
            f"{create}; or, without it: {_without(thing, scope)}",
        )
    if state == "DELETING":
        return blocked(
            thing.kind,
            f"The {_what(thing)} is being deleted: the restored table could not write to it.",
            f"aws kinesis wait stream-not-exists --stream-name {name}; {create}",
        )
    return blocked(
        thing.kind,
        f"The {_what(thing)} is {state}.",
        f"aws kinesis wait stream-exists --stream-name {name}, then the same command",
    )


def _function(thing: Named, state: str, scope: Scope) -> Finding:
    if state == ABSENT:
        return blocked(
            thing.kind,
            f"The {_what(thing)} does not exist: nothing could read the restored table's stream.",
            f"deploy the function; or, without it: {_without(thing, scope)}",
        )
    return ok(thing.kind, f"the {_what(thing)} exists")


def _principal(thing: Named, state: str, scope: Scope) -> Finding:
    if state == ABSENT:
        return blocked(
            thing.kind,
            f"The {_what(thing)} does not exist: AWS refuses a policy that names it.",
            f"create the {thing.kind}; or take it out of {thing.path}, then"
            f" {scope.pulumi('pulumi up')}",
        )
    return ok(thing.kind, f"the {_what(thing)} exists")


def _alarm(thing: Named, state: str, _: Scope) -> Finding:
    """Another key would take away the active table's own alarm, which is named after it, too."""
    target = thing.name.removesuffix(f"-{thing.path.rpartition('.')[2]}")
    if state in {ABSENT, target}:
        return ok(thing.kind, f"the alarm name {thing.name} is free")
    watched = f"watches {state}" if state else "watches something else"
    return blocked(
        thing.kind,
        f"There is an alarm {thing.name} that {watched}; the restored table's alarm"
        f" ({thing.path}) would replace it.",
        f"the same command with --as {thing.instead}: that table's alarms have names of their own",
    )


def _without(thing: Named, scope: Scope) -> str:
    """What takes the map that names it out of the config, and deploys that."""
    remove = rm_command(thing.path.rpartition(".")[0])
    return "; ".join(map(scope.pulumi, (remove, "pulumi up")))


_RULES: dict[str, Callable[[Named, str, Scope], Finding]] = {
    "key": _key,
    "stream": _stream,
    "function": _function,
    "role": _principal,
    "user": _principal,
    "alarm": _alarm,
}
