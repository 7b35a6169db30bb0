"""Resource-based policies of tables and of their streams.

API reference, {Put,Get,Delete}ResourcePolicy. A policy belongs to its resource: it goes with the
table, and no restore copies it.
"""

import json
from uuid import uuid4

from moto.dynamodb.exceptions import (
    PolicyNotFoundException,
    ResourceNotFoundException,
    ValidationException,
)
from moto.dynamodb.models.table import ResourcePolicy, Table

NO_POLICY = "NO_POLICY"  # the revision to expect where there is to be no policy yet


class ResourcePolicies:
    """By the ARN of the table or stream; a part of its backend."""

    tables: dict[str, Table]
    resource_policies: dict[str, ResourcePolicy]

    def put_resource_policy(
        self, resource_arn: str, policy_doc: str, expected_revision_id: str | None
    ) -> ResourcePolicy:
        """Give a resource a policy, or another one.

        Raises:
            PolicyNotFoundException: the present policy is of another revision than expected.
            ValidationException: the document is no JSON object.
        """
        self._check_resource(resource_arn)
        _check_document(policy_doc)
        present = self.resource_policies.get(resource_arn)
        revision = present.revision_id if present else NO_POLICY
        if expected_revision_id not in (None, revision):
            raise PolicyNotFoundException(
                f"The policy of {resource_arn} is of revision {revision}, not"
                f" {expected_revision_id}"
            )
        if present and present.policy_doc == policy_doc:
            return present
        policy = ResourcePolicy(resource_arn, policy_doc)
        policy.revision_id = str(uuid4().int)[:13]
        self.resource_policies[resource_arn] = policy
        return policy

    def get_resource_policy(self, resource_arn: str) -> ResourcePolicy:
        self._check_resource(resource_arn)
        if resource_arn not in self.resource_policies:
            raise PolicyNotFoundException(f"{resource_arn} has no resource-based policy")
        return self.resource_policies[resource_arn]

    def delete_resource_policy(self, resource_arn: str, expected_revision_id: str | None) -> None:
        """Take a policy away, if there is one.

        Raises:
            PolicyNotFoundException: there is none of the expected revision.
        """
        self._check_resource(resource_arn)
        present = self.resource_policies.get(resource_arn)
        revision = present.revision_id if present else None
        if expected_revision_id not in (None, revision):
            raise PolicyNotFoundException(
                f"{resource_arn} has no policy of revision {expected_revision_id}"
            )
        self.resource_policies.pop(resource_arn, None)

    def forget_policies(self, table: Table) -> None:
        for arn in list(self.resource_policies):
            if arn == table.table_arn or arn.startswith(f"{table.table_arn}/"):
                del self.resource_policies[arn]

    def _check_resource(self, arn: str) -> None:
        table_arn, _, stream = arn.partition("/stream/")
        table = self.tables.get(table_arn.rpartition("/")[2])
        if table is None or table.table_arn != table_arn:
            raise ResourceNotFoundException(f"Requested resource not found: {arn}")
        if stream and stream != table.latest_stream_label:
            raise ResourceNotFoundException(f"Requested resource not found: {arn}")


def _check_document(text: str) -> None:
    try:
        document = json.loads(text)
    except ValueError:
        document = None
    if not isinstance(document, dict):
        raise ValidationException("The policy document is not a JSON object")
