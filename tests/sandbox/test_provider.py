"""The provider and the emulator together: created, without drift, imported, gone.

No setting of the provider is in the programs: endpoint, region and credentials come from the
sandbox's environment, so the same program runs against AWS as it is.
"""

import boto3
import pytest

from sandbox.home import Sandbox
from tests.support.projects import Project

PROGRAM = """
import json, pulumi, pulumi_aws as aws

table = aws.dynamodb.Table(
    "table",
    name="proof-{0}",
    hash_key="id",
    billing_mode="PAY_PER_REQUEST",
    attributes=[{{"name": "id", "type": "S"}}],
    point_in_time_recovery={{"enabled": True}},
    ttl={{"enabled": True, "attribute_name": "until"}},
    tags={{"team": "a"}},
)
reads = {{"Effect": "Allow", "Action": "dynamodb:GetItem", "Resource": table.arn}}
policy = aws.iam.Policy(
    "policy",
    name="proof-{0}",
    policy=pulumi.Output.json_dumps({{"Version": "2012-10-17", "Statement": [reads]}}),
)
aws.ssm.Parameter("parameter", name="proof-{0}", type="String", value=table.name)
pulumi.export("account", aws.get_caller_identity().account_id)
pulumi.export("region", aws.get_region().region)
pulumi.export("partition", aws.get_partition().partition)
"""

ADOPTED = """
aws.dynamodb.Table(
    "adopted",
    name="found-{0}",
    hash_key="id",
    billing_mode="PAY_PER_REQUEST",
    attributes=[{{"name": "id", "type": "S"}}],
    opts=pulumi.ResourceOptions(import_="found-{0}"),
)
"""


@pytest.mark.usefixtures("provider")
def test_the_walk_throughs_resources_are_created_adopted_and_destroyed(
    project: Project, sandbox: Sandbox
) -> None:
    name = project.folder.parent.name.replace("_", "-")
    env = sandbox.env()
    dynamodb = boto3.client(
        "dynamodb",
        endpoint_url=env["AWS_ENDPOINT_URL"],
        region_name=env["AWS_REGION"],
        aws_access_key_id="sandbox",
        aws_secret_access_key="sandbox",  # noqa: S106
    )
    project.program(PROGRAM.format(name))
    done = project.pulumi("up", "--yes", "--skip-preview")
    assert done.returncode == 0, done.stdout
    assert "+ 4 created" in done.stdout
    assert project.pulumi("stack", "output", "account").stdout.strip() == "123456789012"
    assert project.pulumi("stack", "output", "region").stdout.strip() == "us-east-1"

    drift = project.pulumi("preview", "--refresh", "--expect-no-changes")
    assert drift.returncode == 0, drift.stdout

    dynamodb.create_table(
        TableName=f"found-{name}",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    project.program((PROGRAM + ADOPTED).format(name))
    done = project.pulumi("up", "--yes", "--skip-preview")
    assert done.returncode == 0, done.stdout
    assert "= 1 imported" in done.stdout
    assert "updated" not in done.stdout
    drift = project.pulumi("preview", "--refresh", "--expect-no-changes")
    assert drift.returncode == 0, drift.stdout

    done = project.pulumi("destroy", "--yes", "--skip-preview")
    assert done.returncode == 0, done.stdout
    assert not [t for t in dynamodb.list_tables()["TableNames"] if t.endswith(name)]
