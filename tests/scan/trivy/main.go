// Command trivy runs Trivy's misconfiguration checks, those that its module carries inside, over one folder:
//
//	trivy terraform|arm|kubernetes FOLDER
//
// and writes every failed check as a line of JSON. Trivy's own command fetches newer checks from a registry first;
// this one needs no network and says the same of the same plan.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"

	"github.com/aquasecurity/trivy/pkg/iac/rego"
	"github.com/aquasecurity/trivy/pkg/iac/scan"
	"github.com/aquasecurity/trivy/pkg/iac/scanners/azure/arm"
	"github.com/aquasecurity/trivy/pkg/iac/scanners/kubernetes"
	"github.com/aquasecurity/trivy/pkg/iac/scanners/options"
	"github.com/aquasecurity/trivy/pkg/iac/scanners/terraformplan/tfjson"
)

type scanner interface {
	ScanFS(ctx context.Context, folder fs.FS, path string) (scan.Results, error)
}

func main() {
	embedded := []options.ScannerOption{rego.WithEmbeddedPolicies(true), rego.WithEmbeddedLibraries(true)}
	scanners := map[string]scanner{
		"terraform":  tfjson.New(embedded...),
		"arm":        arm.New(embedded...),
		"kubernetes": kubernetes.NewScanner(embedded...),
	}
	results, err := scanners[os.Args[1]].ScanFS(context.Background(), os.DirFS(os.Args[2]), ".")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	out := json.NewEncoder(os.Stdout)
	for _, failed := range results.GetFailed() {
		metadata := failed.Metadata()
		// A finding may lie on an attribute or a block inside the resource: all of its parents are named.
		resource := metadata.Reference()
		for parent := metadata.Parent(); parent != nil; parent = parent.Parent() {
			resource += " " + parent.Reference()
		}
		out.Encode(map[string]any{
			"id": failed.Rule().ID, "severity": failed.Severity(), "message": failed.Description(),
			"resource": resource, "file": metadata.Range().GetLocalFilename(),
		})
	}
}
