"""Helm charts that the platform installs, and the pinned versions of their images. Versions of charts and their dates
are facts (`falaj.facts.releases`).

Each row has its source and date. Images are keyed by their key in the chart's values.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from falaj.facts.releases import default_release


@dataclass(frozen=True)
class Chart:
    """An upstream Helm chart."""

    name: str
    repository: str
    """`https://...` address of a chart repository, or `oci://...` address of the folder that contains the chart."""
    version: str
    source: str
    date: str
    """Date on which `source` was read."""
    images: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def is_oci(self) -> bool:
        """Whether the chart is in an OCI registry."""
        return self.repository.startswith("oci://")


KEDA = Chart(
    name="keda",
    repository="https://kedacore.github.io/charts",
    version=default_release("keda").version,
    source="github.com/kedacore/keda v2.18.1 (its definitions lie in the module); kedacore/charts, keda",
    date="2026-11-24",
    images={
        "keda": "ghcr.io/kedacore/keda:2.18.1",
        "metricsApiServer": "ghcr.io/kedacore/keda-metrics-apiserver:2.18.1",
        "webhooks": "ghcr.io/kedacore/keda-admission-webhooks:2.18.1",
    },
)

KEDA_HTTP = Chart(
    name="keda-add-ons-http",
    repository="https://kedacore.github.io/charts",
    version=default_release("keda-add-ons-http").version,
    source="kedacore/charts, http-add-on/Chart.yaml; the first with InterceptorRoute (keda.sh/http-add-on/0.14)",
    date="2026-11-24",
    images={
        "operator": "ghcr.io/kedacore/http-add-on-operator:0.14.0",
        "interceptor": "ghcr.io/kedacore/http-add-on-interceptor:0.14.0",
        "scaler": "ghcr.io/kedacore/http-add-on-scaler:0.14.0",
    },
)

KUEUE = Chart(
    name="kueue",
    repository="oci://registry.k8s.io/kueue/charts",
    version=default_release("kueue").version,
    source="sigs.k8s.io/kueue v0.17.0, charts/kueue and its README",
    date="2026-11-24",
    images={"manager": "registry.k8s.io/kueue/kueue:v0.17.0"},
)

JOBSET = Chart(
    name="jobset",
    repository="oci://registry.k8s.io/jobset/charts",
    version=default_release("jobset").version,
    source="sigs.k8s.io/jobset v0.11.1, charts/jobset and its README; the version that Kueue 0.17.0 is built with",
    date="2026-11-24",
    images={"controller": "registry.k8s.io/jobset/jobset:v0.11.1"},
)

GPU_OPERATOR = Chart(
    name="gpu-operator",
    repository="https://helm.ngc.nvidia.com/nvidia",
    version=default_release("gpu-operator").version,
    source="docs.nvidia.com, GPU Operator release notes 25.10.1, with the versions of its parts",
    date="2026-11-24",
    images={
        "operator": "nvcr.io/nvidia/gpu-operator:v25.10.1",
        "devicePlugin": "nvcr.io/nvidia/k8s-device-plugin:v0.18.1",
        "gfd": "nvcr.io/nvidia/k8s-device-plugin:v0.18.1",
    },
)

OPENCOST = Chart(
    name="opencost",
    repository="https://opencost.github.io/opencost-helm-chart",
    version=default_release("opencost").version,
    source="opencost/opencost-helm-chart, charts/opencost/Chart.yaml",
    date="2026-11-24",
    images={"exporter": "ghcr.io/opencost/opencost:1.121.1"},
)

CHARTS = (KEDA, KEDA_HTTP, KUEUE, JOBSET, GPU_OPERATOR, OPENCOST)
"""All charts."""

MLFLOW = "ghcr.io/mlflow/mlflow:v3.16.1-full"
"""The official MLflow image with client libraries for both clouds' storage and for databases (mlflow/mlflow,
docker/README.md, read 2026-11-24), for amd64 and arm64. It is installed by `kubernetes/training/tracking.py` and not by
a chart. Its digest could not be read; specify it in the `image` of a `Tracking`."""
