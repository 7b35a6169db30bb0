"""The program: declares the tables of its stack config."""

import pulumi

from restore.table.config.problems import ProblemsError
from restore.table.resources.declare import declare
from restore.table.resources.tagging import keep_tags_of_others
from stacks.tables import declarations

try:
    tables = declarations()
except ProblemsError as problems:
    raise pulumi.RunError(str(problems)) from None

keep_tags_of_others(tables)
pulumi.export("tables", {each.table: declare(each) for each in tables})
