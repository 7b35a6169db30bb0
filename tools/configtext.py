"""Writes the stack config's reference: `python -m tools.configtext`.

That is the schema for editors, and the tables of keys in docs/reference/config.md.
"""

import json
import re

from ruamel.yaml import YAML

from restore.table.config.schema import schema
from tests.support.pages.page import CHECKOUT, CONFIG
from tools.reference import reference

SCHEMA = CHECKOUT / "docs/reference/stack-config.schema.json"
_MARKED = re.compile(
    r"(?P<head><!-- config: (?P<part>\w+) -->\n).*?(?P<tail><!-- end of config -->)",
    flags=re.DOTALL,
)


def refreshed(page: str) -> str:
    """The page with every marked block as the models say it now."""
    return _MARKED.sub(
        lambda block: "\n".join((block["head"], *reference(block["part"]), "", block["tail"])),
        page,
    )


def schema_text() -> str:
    """The schema as the committed file holds it."""
    project = YAML(typ="safe").load(CHECKOUT / "Pulumi.yaml")["name"]
    return json.dumps(schema(project), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(schema_text())
    CONFIG.write_text(refreshed(CONFIG.read_text()))
