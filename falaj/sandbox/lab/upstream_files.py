"""Files from released Go modules for the laboratory's cluster: CRDs, webhooks, node stages.

With released CRDs the API server validates custom resources as in production.
"""

import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from falaj.sandbox.go_build import BuildFailed, Log, download_module, find_go
from falaj.sandbox.lab.programs import ProgramsUnavailable, newest_go
from falaj.sandbox.lab.versions import BUILT, INFERENCE_EXTENSION, KWOK, installed
from falaj.sandbox.paths import cache


@dataclass(frozen=True)
class UpstreamFiles:
    """Files of one Go module. `name`: their subfolder in the cache; `folder`, `patterns`: which files of the module."""

    name: str
    module: str
    version: str
    folder: str
    patterns: tuple[str, ...] = ("*.yaml",)


_KUEUE = (BUILT["kueue"], installed("kueue"))
_JOBSET = (BUILT["jobset"], installed("jobset"))
_TRAINER = (BUILT["kubeflow-trainer"], installed("kubeflow-trainer"))
_LWS = (BUILT["lws"], installed("lws"))
_KUBERAY = (BUILT["kuberay-operator"], installed("kuberay-operator"))
_KARPENTER = (BUILT["karpenter"], installed("karpenter"))
_KEDA = (BUILT["keda"], installed("keda"))
_KWOK = ("sigs.k8s.io/kwok", f"v{KWOK}")
_KARPENTER_AWS = ("github.com/aws/karpenter-provider-aws", installed("karpenter"))
_KEDA_HTTP = ("github.com/kedacore/http-add-on", installed("keda-add-ons-http"))
_CERT_MANAGER = ("github.com/cert-manager/cert-manager", installed("cert-manager"))
_ISTIO = ("istio.io/api", installed("base"))

DEFINITIONS: tuple[UpstreamFiles, ...] = (
    UpstreamFiles("kueue", *_KUEUE, "config/components/crd/bases"),
    UpstreamFiles("jobset", *_JOBSET, "config/components/crd/bases"),
    UpstreamFiles("trainer", *_TRAINER, "manifests/base/crds", ("trainer*.yaml",)),
    UpstreamFiles("kuberay", *_KUBERAY, "config/crd/bases", ("ray*.yaml",)),
    UpstreamFiles("lws", *_LWS, "config/crd/bases", ("leader*.yaml", "disaggregated*.yaml")),
    UpstreamFiles("karpenter", *_KARPENTER, "pkg/apis/crds"),
    UpstreamFiles("karpenter-kwok", *_KARPENTER, "kwok/apis/crds"),
    UpstreamFiles("karpenter-aws", *_KARPENTER_AWS, "pkg/apis/crds", ("*k8s.aws*.yaml",)),
    UpstreamFiles("gateway", "sigs.k8s.io/gateway-api", "v1.5.1", "config/crd/standard"),
    UpstreamFiles("inference", *INFERENCE_EXTENSION, "config/crd/bases", ("inference.networking.k8s.io_*.yaml",)),
    UpstreamFiles("istio", *_ISTIO, "kubernetes", ("customresourcedefinitions.gen.yaml",)),
    UpstreamFiles("cert-manager", *_CERT_MANAGER, "deploy/crds", ("cert-manager.io_*.yaml",)),
    UpstreamFiles("keda", *_KEDA, "config/crd/bases", ("keda*.yaml", "eventing*.yaml")),
    UpstreamFiles("keda-http", *_KEDA_HTTP, "config/crd/bases"),
    UpstreamFiles(
        "monitoring",
        "github.com/prometheus-operator/prometheus-operator",
        "v0.85.0",
        "example/prometheus-operator-crd",
        ("*monitors.yaml", "*rules.yaml"),
    ),
)
"""CRDs. Karpenter for Azure is not available as a Go module."""

OTHER_FILES: tuple[UpstreamFiles, ...] = (
    UpstreamFiles("kueue-webhooks", *_KUEUE, "config/components/webhook", ("manifests.yaml",)),
    UpstreamFiles("kueue-chart-webhooks", *_KUEUE, "charts/kueue/templates/webhook", ("manifests.yaml",)),
    UpstreamFiles("kueue-conversions", *_KUEUE, "config/components/crd/patches", ("webhook_in_*.yaml",)),
    UpstreamFiles("jobset-webhooks", *_JOBSET, "config/components/webhook", ("manifests.yaml",)),
    UpstreamFiles("trainer-webhooks", *_TRAINER, "manifests/base/webhook", ("manifests.yaml",)),
    UpstreamFiles("lws-webhooks", *_LWS, "config/webhook", ("manifests.yaml",)),
    UpstreamFiles("node-stages", *_KWOK, "kustomize/stage/node/fast", ("node-*.yaml",)),
    UpstreamFiles("node-heartbeat", *_KWOK, "kustomize/stage/node/heartbeat-with-lease", ("node-*.yaml",)),
)


def cache_folder() -> Path:
    """Returns the folder in the cache. Its name contains a digest of the tables above."""
    digest = hashlib.sha256(repr(DEFINITIONS + OTHER_FILES).encode()).hexdigest()[:12]
    return cache() / "lab" / f"materials-{digest}"


def ensure(log: Log) -> Path:
    """Returns the folder with the files of all sources, one subfolder each; downloads them atomically if necessary.

    Raises `ProgramsUnavailable`.
    """
    target = cache_folder()
    if target.is_dir():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    log("CRDs: downloading them from their Go modules, once")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="fetch-") as folder:
        complete = Path(folder, "whole")
        try:
            go = find_go(Path(folder), log, newest_go())
            for source in DEFINITIONS + OTHER_FILES:
                _copy(source, download_module(go, source.module, source.version, Path(folder)), complete)
            os.rename(complete, target)
        except BuildFailed as reason:
            raise ProgramsUnavailable(f"the laboratory's CRDs cannot be downloaded: {reason}") from None
        except OSError:
            if not target.is_dir():  # otherwise another process was faster
                raise
    return target


def files(folder: Path, source: UpstreamFiles) -> list[Path]:
    """Returns the files of one source, below the folder from `ensure`."""
    return sorted((folder / source.name).glob("*.yaml"))


def _copy(source: UpstreamFiles, module: Path, complete: Path) -> None:
    matches = [file for pattern in source.patterns for file in (module / source.folder).glob(pattern)]
    if not matches:
        raise BuildFailed(f"{source.module} {source.version} has none of the files in {source.folder}")
    (complete / source.name).mkdir(parents=True)
    for file in matches:
        shutil.copyfile(file, complete / source.name / file.name)
