package main

import (
	"encoding/json"
	"io"
	"sort"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
)

// properties are paths as a program writes them: "ttl.enabled", "attributes[].name".
type properties struct {
	Inputs  []string `json:"inputs"`
	Outputs []string `json:"outputs"`
}

// dumpNames prints every property of every served type, by token, as JSON.
func dumpNames(out io.Writer, info *tfbridge.ProviderInfo) error {
	names := map[string]properties{}
	for name, res := range info.Resources {
		schema := info.P.ResourcesMap().Get(name).Schema()
		names[string(res.Tok)] = propertiesOf(schema, res.Fields)
	}
	for name, source := range info.DataSources {
		schema := info.P.DataSourcesMap().Get(name).Schema()
		names[string(source.Tok)] = propertiesOf(schema, source.Fields)
	}
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(names)
}

func propertiesOf(schema shim.SchemaMap, infos fields) properties {
	found := properties{Inputs: []string{}, Outputs: []string{}}
	schema.Range(func(key string, value shim.Schema) bool {
		name := tfbridge.TerraformToPulumiNameV2(key, schema, infos)
		found.Outputs = append(found.Outputs, name)
		if value.Optional() || value.Required() {
			found.Inputs = append(found.Inputs, paths(name, value, infos[key])...)
		}
		return true
	})
	sort.Strings(found.Inputs)
	sort.Strings(found.Outputs)
	return found
}

// paths lists a property and the inputs inside it.
func paths(name string, value shim.Schema, info *tfbridge.SchemaInfo) []string {
	found := []string{name}
	block, ok := value.Elem().(shim.Resource)
	if !ok {
		return found
	}
	prefix := name + "."
	if value.Type() != shim.TypeMap && !tfbridge.IsMaxItemsOne(value, info) {
		prefix = name + "[]."
	}
	for _, inner := range propertiesOf(block.Schema(), nil).Inputs {
		found = append(found, prefix+inner)
	}
	return found
}
