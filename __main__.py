"""The program: reads the config and its own past, decides, declares."""

import pulumi

from restore.table.tagging import keep_tags_of_others
from restore.table.tags import ProviderTags
from stacks.decide import decide
from stacks.declare import declare
from stacks.engine import provider_config, raw_config, read_past, region
from stacks.lookup import taken_over
from stacks.parse import parse
from stacks.problems import ProblemsError

try:
    config, remembered = parse(raw_config()), read_past()
    declarations = decide(
        config,
        remembered.past,
        ProviderTags.of(provider_config()),
        holders=remembered.holders,
        region=region(),
    )
    declarations = taken_over(config, remembered.past, declarations)
except ProblemsError as problems:
    raise pulumi.RunError(str(problems)) from None

keep_tags_of_others(declarations)
pulumi.export("tables", {each.table: declare(each) for each in declarations})
