"""The cut on upstream's kinds of text, in miniature. That the result compiles, the build shows."""

import re

import pytest

from sandbox.engine import cut

SERVICES = """import (
\t"slices"

\t"github.com/hashicorp/terraform-provider-aws/internal/conns"
\t"github.com/hashicorp/terraform-provider-aws/internal/service/account"
\t"github.com/hashicorp/terraform-provider-aws/internal/service/dynamodb"
\t"github.com/hashicorp/terraform-provider-aws/internal/service/iam"
)

func servicePackages(ctx context.Context) []conns.ServicePackage {
\tv := []conns.ServicePackage{
\t\taccount.ServicePackage(ctx),
\t\tdynamodb.ServicePackage(ctx),
\t\tiam.ServicePackage(ctx),
\t}
}
"""

CLIENTS = """import (
\t"github.com/aws/aws-sdk-go-v2/service/account"
\tnamed "github.com/aws/aws-sdk-go-v2/service/dynamodb"
\t"github.com/hashicorp/terraform-provider-aws/names"
)

func (c *AWSClient) AccountClient(ctx context.Context) *account.Client {
\treturn errs.Must(client[*account.Client](ctx, c, names.Account, make(map[string]any)))
}

func (c *AWSClient) DynamoDBClient(ctx context.Context) *dynamodb.Client {
\treturn errs.Must(client[*dynamodb.Client](ctx, c, names.DynamoDB, make(map[string]any)))
}
"""


def test_only_the_services_that_are_served_stay() -> None:
    text = cut.keep_services(SERVICES, frozenset({"dynamodb", "iam"}))
    assert "account" not in text
    assert text.count("dynamodb") == 2
    assert text.count("iam") == 2
    assert "internal/conns" in text


def test_only_the_clients_that_are_called_stay() -> None:
    text = cut.keep_clients(CLIENTS, frozenset({"dynamodb"}))
    assert "account" not in text.lower()
    assert "func (c *AWSClient) DynamoDBClient" in text
    assert text.count("{\n") == text.count("\n}\n") == 1
    assert "terraform-provider-aws/names" in text


def test_a_service_that_upstream_no_longer_has_stops_the_build() -> None:
    """Else the provider would compile, and fail on the first table."""
    with pytest.raises(cut.CutError, match=r"import of a service \(sqs\) matched 0 times, not 1"):
        cut.keep_services(SERVICES, frozenset({"dynamodb", "sqs"}))


def test_a_generated_list_in_another_form_stops_the_build() -> None:
    spaced = SERVICES.replace("\t\tdynamodb.ServicePackage", "\t\tdynamodb.NewServicePackage")
    with pytest.raises(cut.CutError, match=r"a service's package \(dynamodb\)"):
        cut.keep_services(spaced, frozenset({"dynamodb"}))


def test_modules_of_other_clients_are_not_downloaded() -> None:
    requirements = (
        "require (\n"
        "\tgithub.com/aws/aws-sdk-go-v2 v1.41.0\n"
        "\tgithub.com/aws/aws-sdk-go-v2/service/account v1.0.0\n"
        "\tgithub.com/aws/aws-sdk-go-v2/service/iam v1.53.0\n"
        "\tgithub.com/aws/aws-sdk-go-v2/service/internal/checksum v1.9.0 // indirect\n"
        ")\n"
    )
    assert cut.keep_requirements(requirements, frozenset({"iam"})) == requirements.replace(
        "\tgithub.com/aws/aws-sdk-go-v2/service/account v1.0.0\n", ""
    )


LAMBDA = """\ttfec2 "github.com/hashicorp/terraform-provider-aws/internal/service/ec2"

func replaceSecurityGroupsOnDestroy() error {
\tec2Conn := meta.(*conns.AWSClient).EC2Client(ctx)
\tif ok {
\t\treplacementSGIDs = given
\t} else {
\t\tdefaultSG, err := tfec2.FindSecurityGroupByNameAndVPCID(ctx, ec2Conn, "default", vpcID)
\t\tif err != nil {
\t\t\treturn err
\t\t}
\t\treplacementSGIDs = []string{aws.ToString(defaultSG.GroupId)}
\t}

\tinput := &lambda.UpdateFunctionConfigurationInput{}
}
"""


def test_lambda_needs_no_ec2() -> None:
    text = cut.drop_default_security_group(LAMBDA)
    assert not re.search(r"ec2", text)
    assert text.endswith("\t}\n\n\tinput := &lambda.UpdateFunctionConfigurationInput{}\n}\n")
    assert "return fmt.Errorf(" in text


def test_an_edge_that_upstream_has_removed_stops_the_build() -> None:
    """An edit that changes nothing may have lost its place, so it is never skipped."""
    once = cut.drop_default_security_group(LAMBDA)
    with pytest.raises(cut.CutError, match="Lambda's import of EC2 matched 0 times, not 1"):
        cut.drop_default_security_group(once)


def test_the_list_of_all_regions_goes_and_its_neighbours_stay() -> None:
    entry = '\t\t{{\n\t\t\tFactory:  new{0}DataSource,\n\t\t\tName:     "{0}",\n\t\t}},\n'
    before, regions, after = (entry.format(n) for n in ("Region", "Regions", "Service"))
    assert cut.drop_regions(before + regions + after) == before + after


def test_a_regions_endpoint_is_written_out() -> None:
    source = (
        '\t"github.com/aws/aws-sdk-go-v2/aws"\n'
        '\t"github.com/aws/aws-sdk-go-v2/service/ec2"\n'
        "func ec2Endpoint() (*url.URL, error) {\n"
        "\tendpoint, err := ec2.NewDefaultEndpointResolverV2().ResolveEndpoint(ctx)\n"
        "\tif err != nil {\n\t\treturn nil, err\n\t}\n\n"
        "\treturn &endpoint.URI, nil\n}\n"
    )
    assert cut.write_out_endpoint(source) == (
        "func ec2Endpoint() (*url.URL, error) {\n"
        '\treturn &url.URL{Host: "ec2." + region.ID() + ".amazonaws.com"}, nil\n}\n'
    )
