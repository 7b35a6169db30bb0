"""The table that dependents belong to, and how each of them is declared."""

from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from restore.table.config.adopted import Adoption


@dataclass(frozen=True)
class Owner:
    """One label's table, active or standby.

    Attributes:
        here: Its logical name, which those of its dependents begin with.
        table: The table.
        name: Its DynamoDB name.
        adoption: Which of its dependents exist already.
        policy: The text of its resource policy in the state, None where it has none there.
    """

    here: str
    table: aws.dynamodb.Table
    name: str
    adoption: Adoption = field(default_factory=Adoption)
    policy: str | None = None

    def logical(self, name: str) -> str:
        """The logical name of a dependent, such as `alarm.slow`."""
        return f"{self.here}.{name}"

    def options(
        self,
        name: str,
        import_id: str,
        ignore: tuple[str, ...] = (),
        *,
        delete_first: bool = False,
    ) -> pulumi.ResourceOptions:
        """How the dependent is declared.

        Args:
            name: Its name, such as `alarm.slow`.
            import_id: What the provider imports it by.
            ignore: Properties that the config has no key for: they are left as they are.
            delete_first: Whether AWS refuses a second one beside it, so that a replacement has to
                delete it before.
        """
        return pulumi.ResourceOptions(
            import_=import_id if name in self.adoption.imports else None,
            ignore_changes=list(ignore),
            delete_before_replace=True if delete_first else None,
        )
