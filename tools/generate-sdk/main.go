// Writes the SDK of a package in one language with Pulumi's own generators:
//
//	generate-sdk LANGUAGE SCHEMA FOLDER
//
// `pulumi package gen-sdk` asks a language host for the same, and hosts cannot be had as Go modules.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	golang "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

const tool = "eks-db-secrets"

// The Go SDK is a module of its own that a program replaces by the generated folder.
const (
	goPath   = "eks-db-secrets/sdk/go"
	goModule = "module " + goPath + "\n\ngo 1.25\n\nrequire github.com/pulumi/pulumi/sdk/v3 v3.259.0\n"
)

type files = map[string][]byte

var generators = map[string]func(*schema.Package, schema.ReferenceLoader) (files, error){
	"python": func(pkg *schema.Package, loader schema.ReferenceLoader) (files, error) {
		return python.GeneratePackage(tool, pkg, nil, loader)
	},
	"nodejs": func(pkg *schema.Package, loader schema.ReferenceLoader) (files, error) {
		return nodejs.GeneratePackage(tool, pkg, nil, nil, false, loader)
	},
	"go": func(pkg *schema.Package, _ schema.ReferenceLoader) (files, error) {
		written, err := golang.GeneratePackage(tool, pkg, nil)
		if err == nil {
			written["go.mod"] = []byte(goModule)
		}
		return written, err
	},
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 3 {
		return errors.New("usage: generate-sdk LANGUAGE SCHEMA FOLDER")
	}
	language, schemaFile, folder := args[0], args[1], args[2]
	generate, found := generators[language]
	if !found {
		return fmt.Errorf("no language %q; there are: %s", language, strings.Join(languages(), ", "))
	}
	loader := schema.NewCachedLoader(nil)
	pkg, err := read(schemaFile, loader)
	if err != nil {
		return err
	}
	written, err := generate(pkg, loader)
	if err != nil {
		return err
	}
	return write(folder, written)
}

func languages() []string {
	names := make([]string, 0, len(generators))
	for name := range generators {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func read(file string, loader schema.Loader) (*schema.Package, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var spec schema.PackageSpec
	if err := json.Unmarshal(text, &spec); err != nil {
		return nil, err
	}
	path := fmt.Sprintf(`{"importBasePath": "%s/eksdbsecrets"}`, goPath)
	spec.Language["go"] = schema.RawMessage(path)
	options := schema.ValidationOptions{AllowDanglingReferences: true}
	pkg, diagnostics, err := schema.BindSpec(spec, loader, options)
	if err != nil {
		return nil, err
	}
	if diagnostics.HasErrors() {
		return nil, diagnostics
	}
	return pkg, nil
}

func write(folder string, written files) error {
	for name, text := range written {
		file := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, text, 0o644); err != nil {
			return err
		}
	}
	return nil
}
