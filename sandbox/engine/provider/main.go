// A pulumi-resource-aws for the resource types of resources.json: upstream's
// terraform-provider-aws behind pulumi-terraform-bridge, nothing of our own.
package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/hashicorp/terraform-provider-aws/xpprovider"
	pfbridge "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/tfbridge"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	sdkv2 "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/sdk-v2"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/x/muxer"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
)

// version is pulumi-aws's, set by the linker.
var version string

//go:embed resources.json
var resourcesJSON []byte

// served maps Terraform's type names to Pulumi's tokens.
type served struct {
	Resources map[string]string
	Functions map[string]string
}

func main() {
	ctx := context.Background()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	var types served
	if err := json.Unmarshal(resourcesJSON, &types); err != nil {
		return err
	}
	info, err := provider(ctx, types)
	if err != nil {
		return err
	}
	if len(os.Args) > 1 && os.Args[1] == "-dump-names" {
		return dumpNames(os.Stdout, info)
	}
	schema, err := json.Marshal(map[string]string{"name": info.Name, "version": version})
	if err != nil {
		return err
	}
	pfbridge.MainWithMuxer(ctx, info.Name, *info, schema)
	return nil
}

func provider(ctx context.Context, types served) (*tfbridge.ProviderInfo, error) {
	// Upstream logs while it is assembled; the engine would show each line.
	log.SetOutput(io.Discard)
	framework, sdk, err := xpprovider.GetProvider(ctx)
	log.SetOutput(os.Stderr)
	if err != nil {
		return nil, err
	}
	sdk.TerraformVersion = "1.0.0+compatible"
	info := &tfbridge.ProviderInfo{
		P:                           pfbridge.MuxShimWithDisjointgPF(ctx, sdkv2.NewProvider(sdk), framework),
		Name:                        "aws",
		DisplayName:                 "AWS",
		Version:                     version,
		Config:                      configFields(),
		Resources:                   map[string]*tfbridge.ResourceInfo{},
		DataSources:                 map[string]*tfbridge.DataSourceInfo{},
		MetadataInfo:                tfbridge.NewProviderMetadata(nil),
		EnableAccurateBridgePreview: true,
		EnableRawStateDelta:         true,
		SkipValidateProviderConfigForPluginFramework: true,
	}
	overrides, lookups := resourceFields(), functionFields()
	for name, token := range types.Resources {
		upstream := info.P.ResourcesMap().Get(name)
		if upstream == nil {
			return nil, fmt.Errorf("upstream has no resource %s", name)
		}
		info.Resources[name] = &tfbridge.ResourceInfo{
			Tok:              tokens.Type(token),
			Fields:           overrides[name],
			PreCheckCallback: fillInherited(upstream.Schema()),
		}
	}
	for name, token := range types.Functions {
		info.DataSources[name] = &tfbridge.DataSourceInfo{
			Tok:    tokens.ModuleMember(token),
			Fields: lookups[name],
		}
	}
	info.SetAutonaming(255, "-")
	return info, resolveDispatch(info)
}

// resolveDispatch makes in memory what the bridge's code generator would have
// stored: which of upstream's two provider frameworks serves which token.
func resolveDispatch(info *tfbridge.ProviderInfo) error {
	shim, ok := info.P.(interface {
		ResolveDispatch(*tfbridge.ProviderInfo) (muxer.DispatchTable, error)
	})
	if !ok {
		return fmt.Errorf("the bridge's %T resolves no dispatch", info.P)
	}
	dispatch, err := shim.ResolveDispatch(info)
	if err != nil {
		return err
	}
	metadata, err := json.Marshal(map[string]any{"mux": dispatch})
	if err != nil {
		return err
	}
	info.MetadataInfo = tfbridge.NewProviderMetadata(metadata)
	return nil
}
