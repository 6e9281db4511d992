"""The programs of the laboratory, their Go modules, and their paths in the cache.

The versions below were tested together on 2026-11-24. A cold build of all takes 25 minutes on two busy cores (measured
on 2026-11-25), and a minute with Go's build cache.
"""

import hashlib
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from falaj.sandbox.go_build import BuildFailed, GoProgram, Log, compile_program, find_go
from falaj.sandbox.paths import cache

KUBERNETES = "1.34.4"
PULUMI_KUBERNETES = "4.34.2"
"""Version of the provider, which is that of the SDK."""

_PROVIDER_MODULE = "github.com/pulumi/pulumi-kubernetes/provider/v4"

# fmt: off
_STAGING = (
    "api", "apiextensions-apiserver", "apimachinery", "apiserver", "cli-runtime", "client-go", "cloud-provider",
    "cluster-bootstrap", "code-generator", "component-base", "component-helpers", "controller-manager", "cri-api",
    "cri-client", "csi-translation-lib", "dynamic-resource-allocation", "endpointslice", "externaljwt", "kms",
    "kube-aggregator", "kube-controller-manager", "kube-proxy", "kube-scheduler", "kubectl", "kubelet", "metrics",
    "mount-utils", "pod-security-admission", "sample-apiserver",
)
# fmt: on
"""Modules that Kubernetes' go.mod replaces with folders of its own tree. Other modules require them by version."""

_KEDA_PINS = {
    "github.com/chzyer/logex": "v1.2.1",
    "github.com/google/cel-go": "v0.22.0",
    "github.com/prometheus/client_golang": "v1.23.0",
    "github.com/prometheus/client_model": "v0.6.2",
    "github.com/prometheus/common": "v0.62.0",
    "github.com/prometheus/prometheus": "v0.304.2",
    "k8s.io/api": "v0.33.5",
    "k8s.io/apiextensions-apiserver": "v0.33.5",
    "k8s.io/apimachinery": "v0.33.5",
    "k8s.io/apiserver": "v0.33.5",
    "k8s.io/client-go": "v0.33.5",
    "k8s.io/code-generator": "v0.33.5",
    "k8s.io/component-base": "v0.33.5",
    "k8s.io/gengo/v2": "v2.0.0-20250903151518-081d64401ab4",
    "k8s.io/kube-openapi": "v0.0.0-20250627150254-e9823e99808e",
    "k8s.io/metrics": "v0.33.5",
}
"""Replacements in KEDA's go.mod. Go ignores those of a dependency, so the module built here repeats them."""

_KUBERNETES_MAIN = """package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"
	"k8s.io/component-base/cli"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	manager "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
)

func main() {
	commands := map[string]func() *cobra.Command{
		"apiserver":          apiserver.NewAPIServerCommand,
		"scheduler":          func() *cobra.Command { return scheduler.NewSchedulerCommand() },
		"controller-manager": manager.NewControllerManagerCommand,
	}
	if len(os.Args) < 2 || commands[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: kube apiserver|scheduler|controller-manager FLAGS")
		os.Exit(2)
	}
	command := commands[os.Args[1]]()
	command.SetArgs(os.Args[2:])
	os.Exit(cli.Run(command))
}
"""

_PROVIDER_MAIN = f"""package main

import (
	_ "embed"

	"{_PROVIDER_MODULE}/pkg/provider"
)

//go:embed schema.json
var schema []byte

//go:embed terraform-mapping.json
var mapping []byte

func main() {{ provider.Serve("kubernetes", "{PULUMI_KUBERNETES}", schema, mapping) }}
"""


def _module(name: str, go: str, *requires: str, replaces: str = "") -> str:
    return (
        f"module falaj.local/{name}\n\ngo {go}\n\n"
        + "".join(f"require {requirement}\n" for requirement in requires)
        + replaces
    )


PROGRAMS: tuple[GoProgram, ...] = (
    GoProgram(
        title=f"Kubernetes {KUBERNETES}",
        file="kube",
        module=_module(
            "kube",
            "1.25",
            "github.com/spf13/cobra v1.9.1",
            f"k8s.io/component-base v0{KUBERNETES[1:]}",
            f"k8s.io/kubernetes v{KUBERNETES}",
            replaces="".join(f"replace k8s.io/{module} => k8s.io/{module} v0{KUBERNETES[1:]}\n" for module in _STAGING),
        ),
        package=".",
        # The default is v0.0.0-master, which clients with a minimum version reject.
        flags=f"-s -w -X k8s.io/component-base/version.gitVersion=v{KUBERNETES}"
        f" -X k8s.io/component-base/version.gitMajor={KUBERNETES.split('.')[0]}"
        f" -X k8s.io/component-base/version.gitMinor={KUBERNETES.split('.')[1]}",
        source={"main.go": _KUBERNETES_MAIN},
    ),
    GoProgram(
        title=f"the Pulumi Kubernetes provider {PULUMI_KUBERNETES}",
        file="pulumi-resource-kubernetes",
        module=_module("provider", "1.25", f"{_PROVIDER_MODULE} v4.0.0-20260115033456-f47bc2d6f199"),
        package=".",
        source={"main.go": _PROVIDER_MAIN},
        carried=(
            (_PROVIDER_MODULE, "cmd/pulumi-resource-kubernetes/schema.json"),
            (_PROVIDER_MODULE, "cmd/pulumi-resource-kubernetes/terraform-mapping.json"),
        ),
    ),
    GoProgram(
        title="KEDA 2.18.1",
        file="keda",
        module=_module(
            "keda",
            "1.25",
            "github.com/kedacore/keda/v2 v2.18.1",
            replaces="".join(f"replace {module} => {module} {version}\n" for module, version in _KEDA_PINS.items()),
        ),
        package="github.com/kedacore/keda/v2/cmd/operator",
    ),
    GoProgram(
        title="Kueue 0.17.0",
        file="kueue",
        module=_module("kueue", "1.25.0", "sigs.k8s.io/kueue v0.17.0"),
        package="sigs.k8s.io/kueue/cmd/kueue",
    ),
    GoProgram(
        title="Karpenter 1.13.0 for simulated nodes",
        file="karpenter",
        module=_module("karpenter", "1.26.4", "sigs.k8s.io/karpenter v1.13.0"),
        package="sigs.k8s.io/karpenter/kwok",
    ),
    GoProgram(
        title="JobSet 0.11.1",
        file="jobset",
        module=_module("jobset", "1.25.0", "sigs.k8s.io/jobset v0.11.1"),
        package="sigs.k8s.io/jobset",
    ),
    GoProgram(
        title="kwok 0.8.0",
        file="kwok",
        module=_module("kwok", "1.26.0", "sigs.k8s.io/kwok v0.8.0"),
        package="sigs.k8s.io/kwok/cmd/kwok",
    ),
    GoProgram(
        title="etcd 3.6.5",
        file="etcd",
        module=_module("etcd", "1.25", "go.etcd.io/etcd/server/v3 v3.6.5"),
        package="go.etcd.io/etcd/server/v3",
    ),
)
"""In order of build time, longest first, so that two parallel builds finish together."""

PARALLEL_BUILDS = 2
"""Go compiles on all cores. A second build uses the time in which the first downloads or links."""


class ProgramsUnavailable(Exception):
    """Programs of the laboratory are missing and could not be built. The message is one sentence."""


def program_path(program: GoProgram) -> Path:
    """Returns the path of a program in the cache. It contains a digest of everything that the program is built from."""
    digest = hashlib.sha256(repr(replace(program, title="")).encode()).hexdigest()[:12]
    return cache() / "lab" / f"{program.file}-{digest}" / program.file


def missing_programs() -> list[GoProgram]:
    """Returns the programs that are not built."""
    return [program for program in PROGRAMS if not program_path(program).is_file()]


def ensure(log: Log) -> Mapping[str, Path]:
    """Builds missing programs, and returns the paths of all by name. Successful builds are kept if others fail.

    Raises `ProgramsUnavailable`.
    """
    to_build = missing_programs()
    if to_build:
        _build(to_build, log)
    return {program.file: program_path(program) for program in PROGRAMS}


def _build(to_build: list[GoProgram], log: Log) -> None:
    with tempfile.TemporaryDirectory(prefix="falaj-go-") as folder:
        try:
            go = find_go(Path(folder), log)
        except BuildFailed as reason:
            raise ProgramsUnavailable(f"the laboratory's programs cannot be built: {reason}") from None

        def build(program: GoProgram) -> str | None:
            try:
                compile_program(go, program, program_path(program), log)
            except BuildFailed as reason:
                return str(reason)
            log(f"{program.title}: built")
            return None

        with ThreadPoolExecutor(PARALLEL_BUILDS) as workers:
            failed = [reason for reason in workers.map(build, to_build) if reason]
    if failed:
        raise ProgramsUnavailable("the laboratory's programs cannot be built: " + "; ".join(failed))
