"""The programs of the laboratory, their Go modules, and their paths in the cache.

Versions are in `versions.py`. A cold build of all takes about half an hour on two cores (ADR 14), and a minute with
Go's build cache.
"""

import hashlib
import tempfile
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from falaj.facts.kubernetes_versions import number
from falaj.sandbox.go_build import BuildFailed, GoProgram, Log, compile_program, find_go, is_older
from falaj.sandbox.lab.versions import (
    ETCD,
    INFERENCE_EXTENSION,
    KUBERNETES,
    KWOK,
    PULUMI_KUBERNETES,
    installed,
    requirement,
)
from falaj.sandbox.paths import cache

PROVIDER_MODULE = ("github.com/pulumi/pulumi-kubernetes/provider/v4", "v4.0.0-20260115033456-f47bc2d6f199")
"""Go module and version of the Pulumi Kubernetes provider."""

# fmt: off
_STAGING = (
    "api", "apiextensions-apiserver", "apimachinery", "apiserver", "cli-runtime", "client-go", "cloud-provider",
    "cluster-bootstrap", "code-generator", "component-base", "component-helpers", "controller-manager", "cri-api",
    "cri-client", "cri-streaming", "csi-translation-lib", "dynamic-resource-allocation", "endpointslice", "externaljwt",
    "kms", "kube-aggregator", "kube-controller-manager", "kube-proxy", "kube-scheduler", "kubectl", "kubelet",
    "metrics", "mount-utils", "pod-security-admission", "sample-apiserver", "sample-cli-plugin", "sample-controller",
    "streaming",
)
# fmt: on
"""Modules that Kubernetes' go.mod replaces with folders of its own tree. Other modules require them by version."""

_KEDA_REPLACES = {"github.com/nexus-rpc/nexus-proto-annotations": "v0.1.1-0.20260629224316-835bd8d49cb4"}
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

	"{PROVIDER_MODULE[0]}/pkg/provider"
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


_WITH_KUEUE = _module("kueue", "1.25.0", requirement("kueue"), requirement("kubeflow-trainer"))
_WITH_KUBERAY = _module("kuberay", "1.25.0", requirement("kuberay-operator"), requirement("jobset"))
_WITH_KWOK = _module("kwok", "1.26.0", requirement("lws"), f"sigs.k8s.io/kwok v{KWOK}")
# Modules of two programs each, whose own releases require the same minor versions of Kubernetes' libraries and of
# controller-runtime: in one module they have the newer patches of both, and two thirds of the second are compiled
# already.

PROGRAMS: tuple[GoProgram, ...] = (
    GoProgram(
        title=f"Kubernetes {KUBERNETES}",
        file="kube",
        module=_module(
            "kube",
            "1.26.0",
            "github.com/spf13/cobra v1.10.2",
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
        module=_module("provider", "1.25", " ".join(PROVIDER_MODULE)),
        package=".",
        source={"main.go": _PROVIDER_MAIN},
        carried=(
            (PROVIDER_MODULE[0], "cmd/pulumi-resource-kubernetes/schema.json"),
            (PROVIDER_MODULE[0], "cmd/pulumi-resource-kubernetes/terraform-mapping.json"),
        ),
    ),
    *(
        GoProgram(
            title=title,
            file=file,
            module=_module(
                "keda",
                "1.26.0",
                requirement("keda"),
                replaces="".join(
                    f"replace {module} => {module} {version}\n" for module, version in _KEDA_REPLACES.items()
                ),
            ),
            package=f"github.com/kedacore/keda/v2/cmd/{package}",
        )
        for file, package, title in (
            ("keda", "operator", f"KEDA {installed('keda')[1:]}"),
            ("keda-adapter", "adapter", f"KEDA's metrics server {installed('keda')[1:]}"),
        )
    ),
    GoProgram(
        title=f"Kueue {installed('kueue')[1:]}",
        file="kueue",
        module=_WITH_KUEUE,
        package="sigs.k8s.io/kueue/cmd/kueue",
    ),
    GoProgram(
        title=f"Kubeflow Trainer {installed('kubeflow-trainer')[1:]}",
        file="trainer",
        module=_WITH_KUEUE,
        package="github.com/kubeflow/trainer/v2/cmd/trainer-controller-manager",
    ),
    GoProgram(
        title=f"Karpenter {installed('karpenter')[1:]} for simulated nodes",
        file="karpenter",
        module=_module("karpenter", "1.26.9", requirement("karpenter")),
        package=".",
        source={"main.go": (Path(__file__).parent / "data" / "karpenter.go").read_text()},
    ),
    GoProgram(
        title=f"KubeRay {installed('kuberay-operator')[1:]}",
        file="kuberay",
        module=_WITH_KUBERAY,
        package="github.com/ray-project/kuberay/ray-operator",
    ),
    GoProgram(
        title=f"JobSet {installed('jobset')[1:]}",
        file="jobset",
        module=_WITH_KUBERAY,
        package="sigs.k8s.io/jobset",
    ),
    GoProgram(
        title=f"LeaderWorkerSet {installed('lws')[1:]}",
        file="lws",
        module=_WITH_KWOK,
        package="sigs.k8s.io/lws/cmd",
    ),
    GoProgram(
        title=f"kwok {KWOK}",
        file="kwok",
        module=_WITH_KWOK,
        package="sigs.k8s.io/kwok/cmd/kwok",
    ),
    GoProgram(
        title=f"the endpoint picker {INFERENCE_EXTENSION[1]}",
        file="epp",
        module=_module("epp", "1.26.0", " ".join(INFERENCE_EXTENSION)),
        package=f"{INFERENCE_EXTENSION[0]}/cmd/epp",
    ),
    GoProgram(
        title=f"etcd {ETCD}",
        file="etcd",
        module=_module("etcd", "1.25", f"go.etcd.io/etcd/server/v3 v{ETCD}"),
        package="go.etcd.io/etcd/server/v3",
    ),
)
"""Those of one module one after the other, in order of build time, longest first, so that two parallel builds finish
together."""

PARALLEL_BUILDS = 2
"""Go compiles on all cores. A second build uses the time in which the first downloads or links."""


class ProgramsUnavailable(Exception):
    """Programs of the laboratory are missing and could not be built. The message is one sentence."""


def program_path(program: GoProgram) -> Path:
    """Returns the path of a program in the cache. It contains a digest of everything that the program is built from."""
    digest = hashlib.sha256((repr(replace(program, title="")) + program.tags).encode()).hexdigest()[:12]
    return cache() / "lab" / f"{program.file}-{digest}" / program.file


def missing_programs() -> list[GoProgram]:
    """Returns the programs that are not built."""
    return [program for program in PROGRAMS if not program_path(program).is_file()]


def newest_go(programs: Iterable[GoProgram] = PROGRAMS) -> str:
    """Returns the lowest version of Go that all of these programs accept."""
    return max((program.go for program in programs), key=number)


def ensure(log: Log) -> Mapping[str, Path]:
    """Builds missing programs, and returns the paths of all by name. Successful builds are kept if others fail.

    Raises `ProgramsUnavailable`.
    """
    to_build = missing_programs()
    if to_build:
        _build(to_build, log)
    return {program.file: program_path(program) for program in PROGRAMS}


def by_module(programs: Iterable[GoProgram]) -> list[list[GoProgram]]:
    """Returns the programs of each module together. Two builds at a time would compile most packages of a module twice:
    a build sees what another has compiled, not what it is compiling."""
    modules: dict[str, list[GoProgram]] = {}
    for program in programs:
        modules.setdefault(program.module, []).append(program)
    return list(modules.values())


def _build(to_build: list[GoProgram], log: Log) -> None:
    with tempfile.TemporaryDirectory(prefix="falaj-go-") as folder:
        try:
            go = find_go(Path(folder), log)
            needed = newest_go(to_build)
            newest = find_go(Path(folder), log, needed) if is_older(go, needed) else go
        except BuildFailed as reason:
            raise ProgramsUnavailable(f"the laboratory's programs cannot be built: {reason}") from None

        def build(program: GoProgram) -> str | None:
            try:
                compile_program(newest if is_older(go, program.go) else go, program, program_path(program), log)
            except BuildFailed as reason:
                return str(reason)
            log(f"{program.title}: built")
            return None

        def build_each(programs: list[GoProgram]) -> list[str | None]:
            return [build(program) for program in programs]

        with ThreadPoolExecutor(PARALLEL_BUILDS) as workers:
            failed = [reason for each in workers.map(build_each, by_module(to_build)) for reason in each if reason]
    if failed:
        raise ProgramsUnavailable("the laboratory's programs cannot be built: " + "; ".join(failed))
