"""Files of modules that the laboratory puts into its cluster: definitions of custom resources, webhooks, node stages.

They are the released ones, so that the API server judges a custom resource as it would in production.
"""

import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from falaj.sandbox.go_build import CannotBuild, Say, download, find_go
from falaj.sandbox.lab.programs import NoPrograms
from falaj.sandbox.paths import cache


@dataclass(frozen=True)
class Material:
    """Files of one module: what they are called here, where they lie, and which of them are taken."""

    name: str
    module: str
    version: str
    folder: str
    patterns: tuple[str, ...] = ("*.yaml",)


KUEUE = ("sigs.k8s.io/kueue", "v0.17.0")
JOBSET = ("sigs.k8s.io/jobset", "v0.11.1")
KWOK = ("sigs.k8s.io/kwok", "v0.8.0")
KARPENTER = ("sigs.k8s.io/karpenter", "v1.13.0")

DEFINITIONS: tuple[Material, ...] = (
    Material("kueue", *KUEUE, "config/components/crd/bases"),
    Material("jobset", *JOBSET, "config/components/crd/bases"),
    Material("trainer", "github.com/kubeflow/trainer/v2", "v2.0.0", "manifests/base/crds", ("trainer*.yaml",)),
    Material("karpenter", *KARPENTER, "pkg/apis/crds"),
    Material("karpenter-kwok", *KARPENTER, "kwok/apis/crds"),
    Material("karpenter-aws", "github.com/aws/karpenter-provider-aws", "v1.13.1", "pkg/apis/crds", ("*k8s.aws*.yaml",)),
    Material("gateway", "sigs.k8s.io/gateway-api", "v1.5.0", "config/crd/standard"),
    Material("keda", "github.com/kedacore/keda/v2", "v2.18.1", "config/crd/bases", ("keda*.yaml", "eventing*.yaml")),
    Material("keda-http", "github.com/kedacore/http-add-on", "v0.12.0", "config/crd/bases"),
    Material(
        "monitoring",
        "github.com/prometheus-operator/prometheus-operator",
        "v0.85.0",
        "example/prometheus-operator-crd",
        ("*monitors.yaml", "*rules.yaml"),
    ),
)
"""Definitions of custom resources. Azure's Karpenter is not to be had as a module, nor the HTTP add-on since 0.13: what
the platform uses of that is in `data/interceptorroutes.yaml`."""

OTHERS: tuple[Material, ...] = (
    Material("kueue-webhooks", *KUEUE, "config/components/webhook", ("manifests.yaml",)),
    Material("kueue-conversions", *KUEUE, "config/components/crd/patches", ("webhook_in_*.yaml",)),
    Material("jobset-webhooks", *JOBSET, "config/components/webhook", ("manifests.yaml",)),
    Material("node-stages", *KWOK, "kustomize/stage/node/fast", ("node-*.yaml",)),
    Material("node-heartbeat", *KWOK, "kustomize/stage/node/heartbeat-with-lease", ("node-*.yaml",)),
)


def place() -> Path:
    """The folder in the cache: another one whenever the table above says something else."""
    digest = hashlib.sha256(repr(DEFINITIONS + OTHERS).encode()).hexdigest()[:12]
    return cache() / "lab" / f"materials-{digest}"


def ensure(say: Say) -> Path:
    """The folder with all files, a folder each material; fetched whole or not at all. Raises `NoPrograms`."""
    target = place()
    if target.is_dir():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    say("definitions of custom resources: fetching them from their modules, once")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="fetch-") as folder:
        whole = Path(folder, "whole")
        try:
            go = find_go(Path(folder), say)
            for material in DEFINITIONS + OTHERS:
                _copy(material, download(go, material.module, material.version, Path(folder)), whole)
            os.rename(whole, target)
        except CannotBuild as reason:
            raise NoPrograms(f"the laboratory's definitions cannot be had: {reason}") from None
        except OSError:
            if not target.is_dir():  # another process was first: its copy is as good
                raise
    return target


def files(folder: Path, material: Material) -> list[Path]:
    """The files of one material below the folder that `ensure` gave."""
    return sorted((folder / material.name).glob("*.yaml"))


def _copy(material: Material, module: Path, whole: Path) -> None:
    found = [file for pattern in material.patterns for file in (module / material.folder).glob(pattern)]
    if not found:
        raise CannotBuild(f"{material.module} {material.version} has none of the files in {material.folder}")
    (whole / material.name).mkdir(parents=True)
    for file in found:
        shutil.copyfile(file, whole / material.name / file.name)
