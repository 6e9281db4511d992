"""Generates the SDK of a plug-in with Pulumi's own generators, which are a part of the engine's Go module.

The official language hosts bring these generators; Falaj's own hosts call this program instead. It is built the first
time that an SDK is asked for, in a few minutes, or in seconds after the engine has been built from its module.
"""

import hashlib
import subprocess
import tempfile
from pathlib import Path

from pulumi.runtime.proto import language_pb2

from falaj.sandbox.go_build import BuildFailed, GoProgram, Log, compile_program, find_go
from falaj.sandbox.paths import cache
from falaj.sandbox.toolchain import VERSION

_MAIN = """package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	golang "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/pkg/v3/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/proto"
)

type files = map[string][]byte

type request = pulumirpc.GeneratePackageRequest

func sdk(language string, asked *request, pkg *schema.Package, loader schema.ReferenceLoader) (files, error) {
	tool := "pulumi-language-" + language
	switch language {
	case "python":
		return python.GeneratePackage(tool, pkg, asked.ExtraFiles, loader)
	case "nodejs":
		return nodejs.GeneratePackage(tool, pkg, asked.ExtraFiles, asked.LocalDependencies, asked.Local, loader)
	case "go":
		return golang.GeneratePackage(tool, pkg, asked.LocalDependencies)
	}
	return nil, fmt.Errorf("no generator for %s", language)
}

func write(folder string, contents files) error {
	for name, content := range contents {
		file := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func generate(language string, message []byte) ([]byte, error) {
	var asked request
	if err := proto.Unmarshal(message, &asked); err != nil {
		return nil, err
	}
	var spec schema.PackageSpec
	if err := json.Unmarshal([]byte(asked.Schema), &spec); err != nil {
		return nil, err
	}
	client, err := schema.NewLoaderClient(asked.LoaderTarget)
	if err != nil {
		return nil, err
	}
	loader := schema.NewCachedLoader(client)
	pkg, found, err := schema.BindSpec(spec, loader, schema.ValidationOptions{AllowDanglingReferences: true})
	if err != nil {
		return nil, err
	}
	if !found.HasErrors() {
		contents, err := sdk(language, &asked, pkg, loader)
		if err != nil {
			return nil, err
		}
		if err := write(asked.Directory, contents); err != nil {
			return nil, err
		}
	}
	return proto.Marshal(&pulumirpc.GeneratePackageResponse{Diagnostics: plugin.HclDiagnosticsToRPCDiagnostics(found)})
}

func main() {
	message, err := io.ReadAll(os.Stdin)
	if err == nil {
		message, err = generate(os.Args[1], message)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Stdout.Write(message)
}
"""

PROGRAM = GoProgram(
    title="generator of SDKs",
    file="generate-sdk",
    module=f"""module falaj.local/generate-sdk

go 1.25

require (
	github.com/pulumi/pulumi/pkg/v3 v{VERSION}
	github.com/pulumi/pulumi/sdk/v3 v{VERSION}
)

replace github.com/atotto/clipboard => github.com/tgummerer/clipboard v0.0.0-20241001131231-d02d263e614e
""",
    package=".",
    source={"main.go": _MAIN},
)


class GenerationFailed(Exception):
    """No SDK could be generated. The message is the generator's, or the reason why it could not be built."""


def generate(
    language: str, request: language_pb2.GeneratePackageRequest, log: Log
) -> language_pb2.GeneratePackageResponse:
    """Writes the SDK of the request's schema into its folder. `language`: `python`, `nodejs` or `go`.

    Raises `GenerationFailed`.
    """
    try:
        command = [str(_generator(log)), language]
    except BuildFailed as reason:
        raise GenerationFailed(str(reason)) from None
    done = subprocess.run(command, input=request.SerializeToString(), capture_output=True, check=False)
    if done.returncode != 0:
        raise GenerationFailed(done.stderr.decode(errors="replace").strip())
    return language_pb2.GeneratePackageResponse.FromString(done.stdout)


def _generator(log: Log) -> Path:
    digest = hashlib.sha256(repr(PROGRAM).encode()).hexdigest()[:12]
    target = cache() / f"generate-sdk-{digest}" / PROGRAM.file
    if not target.is_file():
        with tempfile.TemporaryDirectory(prefix="falaj-go-") as folder:
            compile_program(find_go(Path(folder), log), PROGRAM, target, log)
    return target
