// Fetches the two modules that are cut before they are compiled, and nothing
// else. The fork's version is unknown to the checksum database: go.sum beside
// this file is what its content is verified against.
module restore-demo/sandbox/engine/provider/download

go 1.25.11

require (
	github.com/hashicorp/terraform-provider-aws v0.0.0-00010101000000-000000000000
	github.com/pulumi/pulumi-terraform-bridge/v3 v3.134.0
)

replace github.com/hashicorp/terraform-provider-aws => github.com/upbound/terraform-provider-aws v0.0.0-20260305123303-f7691456b787
