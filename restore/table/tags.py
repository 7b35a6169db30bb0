"""Whose a tag is: the table's own, the provider's, or someone else's. Pure.

In pulumi-aws 7 the provider lays a resource's `tags` over its default ones into `tagsAll`; up to
pulumi-aws 6 it did so into `tags` as well (pulumi-aws#5432). AWS knows only the sum. So a tag that
nobody here declared belongs to someone else: an auto-tagger, a cost tool, a backup plan.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

_AWS = "aws:"
"""Tags that AWS sets and nobody else may (Tagging AWS Resources, 'Tag naming limits')."""


@dataclass(frozen=True)
class ProviderTags:
    """What the AWS provider's settings say of tags.

    Attributes:
        defaults: The tags that it puts on every resource.
        ignored: The keys that it takes no notice of.
        prefixes: The beginnings of further such keys.
    """

    defaults: Mapping[str, str] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()

    @classmethod
    def of(cls, settings: Mapping[str, str]) -> "ProviderTags":
        """From the texts of the provider's config keys, without `aws:`; of a wrong one, nothing.

        The provider itself refuses a wrong one, in words of its own.
        """
        defaults = _tree(settings.get("defaultTags")).get("tags")
        ignored = _tree(settings.get("ignoreTags"))
        return cls(
            {key: str(value) for key, value in defaults.items()}
            if isinstance(defaults, dict)
            else {},
            frozenset(map(str, ignored.get("keys") or ())),
            tuple(map(str, ignored.get("keyPrefixes") or ())),
        )

    def ignores(self, key: str) -> bool:
        return key in self.ignored or key.startswith((_AWS, *self.prefixes))

    def seen(self, tags: Mapping[str, str]) -> dict[str, str]:
        """The tags that the provider takes notice of."""
        return {key: value for key, value in tags.items() if not self.ignores(key)}

    def own(self, tags: Mapping[str, str]) -> dict[str, str]:
        """The tags that are not the provider's: neither a default one as it is, nor ignored."""
        return {
            key: value
            for key, value in self.seen(tags).items()
            if key not in self.defaults or self.defaults[key] != value
        }

    def others(
        self, live: Mapping[str, str], declared: Collection[str], known: Collection[str]
    ) -> dict[str, str]:
        """The tags that someone else put on a resource.

        Args:
            live: All of its tags, as AWS has them.
            declared: The keys that the config says.
            known: The keys that the program declared before, the provider's default ones included.
        """
        ours = {*declared, *known, *self.defaults}
        return {key: value for key, value in self.seen(live).items() if key not in ours}

    def leaves_alone(
        self, own: Mapping[str, str], known: Collection[str], held: Mapping[str, str] | None
    ) -> bool:
        """Whether the tags of a table in the state are best not touched at all.

        An ignored tag that the state still holds, from a time when it was not ignored, would be
        removed: the provider compares the state with what is declared and looks at its ignored keys
        only when it reads (tried with terraform-provider-aws 6.34).

        Args:
            own: The tags that the config says.
            known: The keys that the program declared before.
            held: All tags that the state holds, None where it does not hold the table.
        """
        if held is None or not (self.ignored or self.prefixes):
            return False
        return self.settled(own, known, held)

    def settled(
        self, own: Mapping[str, str], known: Collection[str], held: Mapping[str, str]
    ) -> bool:
        """Whether the state holds all tags that are ours, and none that was and is no more.

        Args:
            own: The tags that the config says.
            known: The keys that the program declared before.
            held: All tags that the state holds.
        """
        ours = self.seen({**self.defaults, **own})
        stale = {*known} - {*ours}
        return held.items() >= ours.items() and not stale & {*held}


def _tree(text: str | None) -> dict[str, Any]:
    try:
        tree = json.loads(text or "{}")
    except ValueError:
        return {}
    return tree if isinstance(tree, dict) else {}
