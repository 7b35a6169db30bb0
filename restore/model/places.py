"""Where each key of the stack config stands: in the stack's file, in Pulumi.yaml, or in both."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Places:
    """The top-level keys of the project, without its namespace.

    Pulumi takes a key from the stack's file where it stands there, and else from `config:` of
    Pulumi.yaml. It does not merge the two: a part of `tables` in the stack's file hides the whole
    of `tables` in Pulumi.yaml (pulumi/pulumi#17948).

    Attributes:
        file: The keys in the stack's file.
        project: The keys in Pulumi.yaml.
    """

    file: frozenset[str] = frozenset()
    project: frozenset[str] = frozenset()

    @property
    def inherited(self) -> frozenset[str]:
        """The keys that stand in Pulumi.yaml alone: an edit in the stack's file would hide them."""
        return self.project - self.file
