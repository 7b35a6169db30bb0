package main

import (
	"context"
	"strings"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// fields says how a resource's properties differ from the bridge's defaults.
type fields = map[string]*tfbridge.SchemaInfo

// configFields are the provider's own settings where pulumi-aws differs from
// upstream: the region from the environment, and secrets.
func configFields() fields {
	secret := &tfbridge.SchemaInfo{Secret: tfbridge.True()}
	return fields{
		"region": {Default: &tfbridge.DefaultInfo{
			EnvVars: []string{"AWS_REGION", "AWS_DEFAULT_REGION"},
		}},
		"skip_metadata_api_check": {Type: "boolean"},
		"access_key":              secret,
		"secret_key":              secret,
		"token":                   secret,
	}
}

// resourceFields are what pulumi-aws adds by hand, for the types served here.
// tests/sandbox/test_names.py compares the outcome with its Python SDK.
func resourceFields() map[string]fields {
	document := &tfbridge.SchemaInfo{Type: "string", Transform: tfbridge.TransformJSONDocument}
	return map[string]fields{
		"aws_cloudwatch_metric_alarm": {"alarm_name": tfbridge.AutoName("name", 255, "-")},
		"aws_dynamodb_table": {
			"global_secondary_index": {Name: "globalSecondaryIndexes"},
			"local_secondary_index":  {Name: "localSecondaryIndexes"},
		},
		"aws_iam_policy":      {"policy": document},
		"aws_iam_role":        {"assume_role_policy": document, "name": tfbridge.AutoName("name", 64, "-")},
		"aws_iam_role_policy": {"policy": document},
		"aws_kms_alias":       {"name": aliasName()},
		"aws_kms_key":         {"policy": document},
	}
}

// functionFields are the same for what is looked up.
func functionFields() map[string]fields {
	return map[string]fields{
		"aws_dynamodb_table": {
			"global_secondary_index": {Name: "globalSecondaryIndexes"},
			"local_secondary_index":  {Name: "localSecondaryIndexes"},
			"point_in_time_recovery": {MaxItemsOne: tfbridge.True()},
			"ttl":                    {MaxItemsOne: tfbridge.True()},
		},
	}
}

// aliasName names an alias as KMS wants it.
func aliasName() *tfbridge.SchemaInfo {
	return tfbridge.AutoNameTransform("name", 255, func(name string) string {
		if strings.HasPrefix(name, "alias/") {
			return name
		}
		return "alias/" + name
	})
}

// fillInherited gives a resource what it inherits from the provider's settings
// before it is checked, where upstream would do it while planning: the region,
// and all of its tags.
func fillInherited(schema shim.SchemaMap) tfbridge.PreCheckCallback {
	_, hasRegion := schema.GetOk("region")
	_, hasTags := schema.GetOk("tags")
	_, hasTagsAll := schema.GetOk("tags_all")
	return func(
		_ context.Context, inputs, provider resource.PropertyMap,
	) (resource.PropertyMap, error) {
		filled := inputs.Copy()
		if region, ok := provider["region"]; hasRegion && ok && !filled.HasValue("region") {
			filled["region"] = region
		}
		if hasTags && hasTagsAll {
			filled["tagsAll"] = allTags(provider, inputs["tags"])
		}
		return filled, nil
	}
}

// allTags lays a resource's tags over the provider's default ones.
func allTags(provider resource.PropertyMap, tags resource.PropertyValue) resource.PropertyValue {
	defaults := resource.NewNullProperty()
	if settings, ok := provider["defaultTags"]; ok && settings.IsObject() {
		defaults = settings.ObjectValue()["tags"]
	}
	all := resource.PropertyMap{}
	for _, layer := range []resource.PropertyValue{defaults, tags} {
		if layer.ContainsUnknowns() {
			return resource.NewOutputProperty(resource.Output{Known: false})
		}
		if layer.IsObject() {
			for key, value := range layer.ObjectValue() {
				all[key] = value
			}
		}
	}
	return resource.NewObjectProperty(all)
}
