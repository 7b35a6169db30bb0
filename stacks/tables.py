"""From the stack config to restorable tables."""

import os

from restore.table.config.parse import parse
from restore.table.decide import Declaration, decide
from restore.table.engine import know_the_config, provider_config, raw_config, read_past
from restore.table.place import places, refuse_account, refuse_region, refuse_without_provider
from restore.table.resources.lookup import taken_over
from restore.table.resources.provider import account_now, declare_provider, region_now
from restore.table.tags import ProviderTags


def declarations() -> tuple[Declaration, ...]:
    """What the stack's config declares, decided over what its state holds.

    Raises:
        ProblemsError: the config is rejected; nothing was registered.
    """
    know_the_config()
    config, aws_config, remembered = parse(raw_config()), provider_config(), read_past()
    refuse_without_provider(config, aws_config)
    known, found = aws_config.region(os.environ), places(config, remembered.past)
    if found and known:
        refuse_region(found, *known)
    decided = decide(
        config,
        remembered.past,
        ProviderTags.of(aws_config.texts),
        holders=remembered.holders,
        region=known[0] if known else None,
    )
    if config.explicit_provider:
        declare_provider(aws_config)
    if found and not known:
        refuse_region(found, region_now(), "the AWS profile")
    if found and aws_config.knows_account:
        refuse_account(found, account_now())
    return taken_over(config, remembered.past, decided)
