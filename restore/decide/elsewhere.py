"""Whether the runbook looks where the stack's tables are. Pure.

In another account or region every table looks deleted, and one of the same name is a stranger's.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from restore.model.command import ANY, Scope
from restore.model.errors import BlockedError
from restore.model.provider import Place

_UNTOUCHED = "Nothing was touched, and nothing was looked at there."


def place_of(arn: str) -> tuple[str, str]:
    """Account and region of an ARN."""
    _, _, _, region, account, _ = arn.split(":", 5)
    return account, region


def refuse_elsewhere(arns: Mapping[str, str], here: Place, scope: Scope = ANY) -> None:
    """Raises BlockedError where a table of the stack is in another account or region.

    Args:
        arns: Logical name → ARN, of each table in the state.
        here: Where this command looks.
        scope: How the stack is named on the command line.
    """
    places = {name: place_of(arn) for name, arn in arns.items()}
    ours = (here.account, here.region.value)
    elsewhere = {name: place for name, place in places.items() if place != ours}
    if not elsewhere:
        return
    if len(set(places.values())) > 1:
        raise _scattered(places, here, scope)
    there = next(iter(elsewhere.values()))
    raise BlockedError(
        f"The stack's {', '.join(sorted(elsewhere))} is in {_shown(there)}, and this command looks"
        f" in {' and '.join(_differing(there, here))}.",
        _UNTOUCHED,
        "; ".join(_fixes(there, here, scope)),
    )


def _shown(place: tuple[str, str]) -> str:
    account, region = place
    return f"account {account}, region {region}"


def _differing(there: tuple[str, str], here: Place) -> Iterator[str]:
    """Each setting that differs, and what sets it."""
    if there[0] != here.account:
        yield f"account {here.account} (from {here.who})"
    if there[1] != here.region.value:
        yield f"region {here.region.value} (from {here.region.source})"


def _fixes(there: tuple[str, str], here: Place, scope: Scope) -> Iterator[str]:
    """What to change, where it was said: the config goes before the environment."""
    account, region = there
    if region != here.region.value:
        if here.region.in_config:
            yield scope.pulumi(f"pulumi config set aws:region {region}")
        else:
            yield f"export AWS_REGION={region} AWS_DEFAULT_REGION={region}"
    if account != here.account:
        if here.who == "aws:profile":
            profile = f"<a profile of the account {account}>"
            yield scope.pulumi(f"pulumi config set aws:profile {profile}")
        elif here.who.startswith("aws:"):
            yield f"set {here.who} in the stack config to what leads to the account {account}"
        else:
            yield f"export AWS_PROFILE=<a profile of the account {account}>"


def _scattered(places: Mapping[str, tuple[str, str]], here: Place, scope: Scope) -> BlockedError:
    """No single region serves them all: what was made in the wrong one has to leave the stack.

    Which one that is nobody can tell where as many tables are in the one place as in the other.
    """
    (most, count), (_, second) = Counter(places.values()).most_common(2)
    shown = "; ".join(f"{name} in {_shown(each)}" for name, each in sorted(places.items()))
    if count > second and most != (here.account, here.region.value):
        fix = "; ".join(_fixes(most, here, scope))
    else:
        strangers = {name.partition(".")[0] for name, each in places.items() if each != most}
        stranger = min(strangers) if count > second and len(strangers) == 1 else "TABLE"
        fix = (
            f"let {stranger} leave the stack, where it was made in the wrong place (AWS keeps the"
            f" table; its parameter and policies go): take tables.{stranger} out of the config,"
            f" list {stranger} in forgetTables, then {scope.pulumi('pulumi up')} where the others"
            " are"
        )
    return BlockedError(f"The stack's tables are in several places: {shown}.", _UNTOUCHED, fix)
