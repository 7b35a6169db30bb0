"""Leaves the tags of others on alarms, mappings, scaling targets, parameters and policies alone."""

from collections.abc import Iterable
from typing import Any

import pulumi

from restore.table.decide import Declaration

_TAGS = ("tags", "tagsAll")


def keep_tags_of_others(declarations: Iterable[Declaration]) -> None:
    """Call it before anything is registered.

    AWS is not asked here. What the state says suffices: where it holds all tags that are ours, the
    engine leaves the resource's tags as they are, and else those that it holds are declared.
    """
    held = {
        key: (declaration, tags)
        for declaration in declarations
        for key, tags in declaration.held_tags.items()
    }

    def keep(
        args: pulumi.ResourceTransformationArgs,
    ) -> pulumi.ResourceTransformationResult | None:
        if (args.type_, args.name) not in held:
            return None
        declaration, tags = held[args.type_, args.name]
        return _kept(args, declaration, tags)

    pulumi.runtime.register_stack_transformation(keep)


def _kept(
    args: pulumi.ResourceTransformationArgs, declaration: Declaration, held: Any
) -> pulumi.ResourceTransformationResult:
    provider, known = declaration.provider, declaration.defaults_before
    own: Any = args.props.get("tags") or {}
    opts = pulumi.ResourceOptions.merge(args.opts, None)
    ignored: Any = args.opts.ignore_changes or []
    opts.ignore_changes = [each for each in ignored if each not in _TAGS]
    if provider.settled(own, known, held):
        opts.ignore_changes += _TAGS
        return pulumi.ResourceTransformationResult(args.props, opts)
    tags = {**provider.others(held, own, known), **own}
    return pulumi.ResourceTransformationResult({**args.props, "tags": tags}, opts)
