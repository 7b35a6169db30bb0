"""Whether boto3 looks where the stack's tables are. Pure.

In another account or region every table looks gone, and one of the same name is a stranger's.
"""

from collections.abc import Iterator, Mapping

from restore.errors import BlockedError


def place_of(arn: str) -> tuple[str, str]:
    """Account and region of an ARN."""
    _, _, _, region, account, _ = arn.split(":", 5)
    return account, region


def refuse_elsewhere(arns: Mapping[str, str], account: str, region: str) -> None:
    """Raises BlockedError where a table of the stack is in another account or region.

    Args:
        arns: Logical name → ARN, of each table in the state.
        account: The account that boto3 finds.
        region: The region that boto3 finds.
    """
    elsewhere = {name: arn for name, arn in arns.items() if place_of(arn) != (account, region)}
    if not elsewhere:
        return
    there = sorted({place_of(arn) for arn in elsewhere.values()})
    places = ", ".join(f"{account}, {region}" for account, region in there)
    raise BlockedError(
        f"The stack's {', '.join(sorted(elsewhere))} is in another place ({places}) than boto3"
        f" looks ({account}, {region}).",
        "Nothing was touched, and nothing was looked at there.",
        "; ".join(_mend(there[0], account, region)),
    )


def _mend(there: tuple[str, str], account: str, region: str) -> Iterator[str]:
    if there[1] != region:
        yield f"export AWS_REGION={there[1]} AWS_DEFAULT_REGION={there[1]}"
    if there[0] != account:
        yield f"export AWS_PROFILE=<a profile of the account {there[0]}>"
