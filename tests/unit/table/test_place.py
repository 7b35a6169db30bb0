"""Where an update would work, and where the stack's tables are."""

import json

import pytest

from restore.table.config.parse import parse
from restore.table.config.problems import ConfigError, RefusedError
from restore.table.past import Past, TablePast
from restore.table.place import (
    ProviderConfig,
    places,
    refuse_account,
    refuse_region,
    refuse_without_provider,
)
from tests.support.configs.documents import entry, texts

OURS, OTHER = "123456789012", "210987654321"


def arn(region: str = "us-east-1", account: str = OURS) -> str:
    return f"arn:aws:dynamodb:{region}:{account}:table/orders-original-table"


def past(**regions: str) -> Past:
    return {
        table: TablePast(physical={"original": table}, arns={"original": arn(region)})
        for table, region in regions.items()
    }


CONFIG = parse(texts({"tables": {"orders": entry(), "new": entry()}}))


@pytest.mark.parametrize(
    ("config", "env", "region"),
    [
        ({"region": "a"}, {"AWS_REGION": "b", "AWS_DEFAULT_REGION": "c"}, ("a", "aws:region")),
        ({}, {"AWS_REGION": "b", "AWS_DEFAULT_REGION": "c"}, ("b", "AWS_REGION")),
        ({}, {"AWS_REGION": "", "AWS_DEFAULT_REGION": "c"}, ("c", "AWS_DEFAULT_REGION")),
        ({}, {}, None),
    ],
)
def test_the_region_is_where_the_provider_finds_it(
    config: dict[str, str], env: dict[str, str], region: tuple[str, str] | None
) -> None:
    assert ProviderConfig(config).region(env) == region


def test_a_table_that_the_config_no_longer_has_is_let_go_wherever_it_is() -> None:
    """Else forgetTables would be no way out for a table that was made in the wrong region."""
    held = {**past(orders="us-east-1"), **past(gone="us-west-2")}

    assert places(CONFIG, held) == {"orders.original": (OURS, "us-east-1")}


def test_the_same_region_and_account_are_no_finding() -> None:
    found = places(CONFIG, past(orders="us-east-1"))
    refuse_region(found, "us-east-1", "AWS_REGION")
    refuse_account(found, OURS)
    refuse_region({}, "us-west-2", "AWS_REGION")
    refuse_account({}, OTHER)


@pytest.mark.parametrize(
    ("source", "fix"),
    [
        ("aws:region", "pulumi config set --path aws:region us-east-1"),
        (
            "AWS_REGION",
            (
                "export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1, or for good: "
                "pulumi config set --path aws:region us-east-1"
            ),
        ),
        ("the AWS profile", "pulumi config set --path aws:region us-east-1"),
    ],
)
def test_another_region_is_refused_and_the_fix_changes_what_counts(source: str, fix: str) -> None:
    with pytest.raises(RefusedError) as refused:
        refuse_region(places(CONFIG, past(orders="us-east-1")), "us-west-2", source)

    (problem,) = refused.value.problems
    assert problem.wrong == (
        f"is us-west-2 (from {source}), and orders.original of this stack is in us-east-1"
    )
    assert problem.fix == fix


def test_a_table_that_was_made_in_the_wrong_region_has_a_way_out() -> None:
    """No region serves both: without it each fix would name the other region."""
    found = places(CONFIG, past(orders="us-east-1", new="us-west-2"))

    for region in ("us-east-1", "us-west-2"):
        with pytest.raises(RefusedError, match="list TABLE in forgetTables"):
            refuse_region(found, region, "AWS_REGION")


def test_another_account_is_refused() -> None:
    """A new table would be made there, and every other one looks deleted."""
    found = places(CONFIG, past(orders="us-east-1", new="us-east-1"))

    with pytest.raises(RefusedError) as refused:
        refuse_account(found, OTHER)

    (problem,) = refused.value.problems
    assert problem.wrong == (
        f"the credentials lead to account {OTHER}, and new.original, orders.original of this stack"
        f" are in account {OURS}"
    )
    assert problem.fix.startswith(f"use credentials of account {OURS}")


@pytest.mark.parametrize("disabled", ['["aws"]', '["*"]', '["random", "aws"]', '"aws"'])
def test_a_disabled_default_provider_needs_an_explicit_one(disabled: str) -> None:
    provider = ProviderConfig.of({"pulumi:disable-default-providers": disabled})
    explicit = parse({**texts({"tables": {"orders": entry()}}), "explicitProvider": "true"})

    refuse_without_provider(explicit, provider)
    with pytest.raises(ConfigError, match="pulumi config set explicitProvider true"):
        refuse_without_provider(CONFIG, provider)


@pytest.mark.parametrize("disabled", ["[]", '["random"]', ""])
def test_other_providers_may_be_disabled(disabled: str) -> None:
    refuse_without_provider(
        CONFIG, ProviderConfig.of({"pulumi:disable-default-providers": disabled})
    )


def test_the_providers_part_of_the_config_is_what_stands_below_aws() -> None:
    provider = ProviderConfig.of(
        {"aws:region": "eu-west-1", "shop:aws:region": "x", "aws:defaultTags": json.dumps({})}
    )

    assert provider.texts == {"region": "eu-west-1", "defaultTags": "{}"}
    assert provider.knows_account
    assert not ProviderConfig({"skipRequestingAccountId": "true"}).knows_account
