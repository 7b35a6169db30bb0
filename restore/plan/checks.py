"""What is around a restore, and what each of it means for the run. Pure.

`plan` says all of it, and `start` is blocked by it. What a simulation of permissions denies AWS may
allow after all: `--accept permissions` lets the run go on.
"""

from collections.abc import Iterator

from restore.model.facts import Facts, TableFacts
from restore.model.versions import numbers
from restore.model.when import time_text
from restore.plan.findings import Finding, blocked, note, ok
from restore.plan.surroundings import MOST_COUNTED, Key, Permissions, Surroundings

OLDEST = (3, 252)
"""Before it an imported table could be deleted by the next update, where its id was normalised."""
MOST_RESTORES = 50
"""At once in an account (Developer Guide, 'Quotas'); older pages say 4."""


def findings(facts: Facts, seen: Surroundings, starting: int) -> list[Finding]:
    """Every finding.

    Args:
        facts: What was observed.
        seen: What was looked up beside that.
        starting: How many restores are to be started.
    """
    return [
        *_identity(facts, seen),
        _engine(facts, seen),
        *_stack(facts),
        *(each for table in facts.tables for each in _table(table)),
        *map(_key, seen.keys),
        *_quota(seen, starting),
        *_permissions(seen.permissions),
    ]


def _identity(facts: Facts, seen: Surroundings) -> Iterator[Finding]:
    """That the stack's tables are where the runbook looks is a condition of every observation."""
    about, settings = "identity", seen.settings
    yield ok(
        about,
        f"account {facts.account} (from {settings.identity}), region {facts.region} (from"
        f" {seen.region.source}), for the runbook and the provider",
    )
    if settings.unfollowed:
        yield note(
            about,
            f"the provider works with {', '.join(settings.unfollowed)}, and this command without:"
            " they may not reach the same AWS",
        )


def _engine(facts: Facts, seen: Surroundings) -> Finding:
    version, made = numbers(seen.engine), facts.state.provider
    if not version:
        return note("engine", f"the engine calls itself {seen.engine!r}: its age is not known")
    if version < OLDEST:
        return blocked(
            "engine",
            f"Pulumi {seen.engine} is older than 3.252: an update could delete a table that it"
            " imported.",
            "install a newer one (https://www.pulumi.com/docs/install), then the same command",
        )
    provider = f"AWS provider {made}" if made else "no AWS provider in the state"
    return ok("engine", f"Pulumi {seen.engine}, {provider}")


def _stack(facts: Facts) -> Iterator[Finding]:
    for pending in facts.state.pending:
        yield note(
            "stack",
            f"an update died while it was {pending}: whether AWS has it only AWS can say; the next"
            " verb that updates clears that",
        )
    if not facts.state.pending:
        yield ok("stack", "no operation is pending in the state")


def _table(table: TableFacts) -> Iterator[Finding]:
    live = table.live.get(str(table.active))
    if live is None:
        return
    if live.window:
        earliest, latest = time_text(live.window.earliest), time_text(live.window.latest)
        yield ok("window", f"{live.name} can be restored to any second from {earliest} to {latest}")
    if live.protected:
        yield note(
            "protection",
            f"{live.name} has deletion protection: a run deletes no table, and only clean turns"
            " it off",
        )


def _key(key: Key) -> Finding:
    if key.state is None:
        return note("key", f"the key of {key.table} was not looked at: {key.why}")
    if key.state == "Enabled":
        return ok("key", f"the key of {key.table} is enabled")
    enable = f"aws kms enable-key --key-id {key.arn}"
    fixes = {
        "Disabled": enable,
        "PendingDeletion": f"aws kms cancel-key-deletion --key-id {key.arn} && {enable}",
    }
    return blocked(
        "key",
        f"The key of {key.table}, {key.arn}, is {key.state}: without it there is no restore.",
        fixes.get(key.state, f"aws kms describe-key --key-id {key.arn}"),
    )


def _quota(seen: Surroundings, starting: int) -> Iterator[Finding]:
    if not starting:
        return
    limit = f"AWS allows {MOST_RESTORES} at once, and says LimitExceededException after that"
    if seen.uncounted is not None:
        yield note("quota", f"restores under way were not counted: {seen.uncounted}; {limit}")
    elif seen.restoring is None:
        yield note(
            "quota",
            f"restores under way were not counted: the region has over {MOST_COUNTED} tables;"
            f" {limit}",
        )
    elif seen.restoring + starting > MOST_RESTORES:
        yield blocked(
            "quota",
            f"{seen.restoring} restores are under way and {starting} would come to them, and AWS"
            f" allows {MOST_RESTORES} at once.",
            "wait for some of them; or ask for more: aws service-quotas list-service-quotas"
            " --service-code dynamodb",
        )
    else:
        yield ok("quota", f"{seen.restoring} restores under way of {MOST_RESTORES} at once")


def _permissions(found: Permissions) -> Iterator[Finding]:
    about = "permissions"
    if found.unseen is not None:
        yield note(about, f"the operator's permissions were not looked at: {found.unseen}")
        return
    for action, resource in found.missing:
        yield blocked(
            about,
            f"{action} on {resource} is not allowed to the caller.",
            f"allow {action} on {resource} in an IAM policy of theirs; or, if a policy that no"
            " simulation knows allows it, the same command with --accept permissions",
        )
    for action, resource in found.unsure:
        yield note(about, f"{action} on {resource} depends on a condition: only AWS can say")
    if not found.missing and not found.unsure:
        yield ok(about, "all actions of the run are allowed")
