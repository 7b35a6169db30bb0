"""What the runbook takes from an exported deployment beside the program's own past."""

from typing import Any

import pytest

from restore.engine.state import state_of
from restore.table.kinds import TABLE

URN = "urn:pulumi:dev::restore-demo::"
ARN = "arn:aws:dynamodb:eu-west-1:123456789012:table/"


def table(name: str, **outputs: Any) -> dict[str, Any]:
    whole = {"name": name, **outputs}
    return {"urn": f"{URN}{TABLE}::{name}", "type": TABLE, "outputs": whole}


def provider(name: str, **outputs: Any) -> dict[str, Any]:
    kind = "pulumi:providers:aws"
    return {"urn": f"{URN}{kind}::{name}", "type": kind, "outputs": outputs}


def test_only_tables_of_ours_say_where_the_stack_is() -> None:
    """What else a team declares in the same stack may be in another region, and may stay there."""
    state = state_of(
        {
            "resources": [
                table("orders.original", arn=f"{ARN}orders"),
                table("replica", arn=f"{ARN}replica".replace("eu-west-1", "us-east-1")),
                table("orders.restored"),
            ]
        }
    )

    assert state.arns == {"orders.original": f"{ARN}orders"}


@pytest.mark.parametrize(
    ("providers", "version"),
    [
        ([], None),
        ([provider("default")], None),
        ([provider("default_7_9_0", version="7.9.0")], "7.9.0"),
        ([provider("a", version="7.9.0"), provider("b", version="7.20.0")], "7.20.0"),
    ],
)
def test_of_two_providers_the_newest_counts(
    providers: list[dict[str, Any]], version: str | None
) -> None:
    assert state_of({"resources": providers}).provider == version
