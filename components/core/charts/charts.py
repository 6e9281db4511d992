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


KEDA_NAMESPACE, KEDA_PROXY = "keda", "keda-add-ons-http-interceptor-proxy"
"""Namespace of KEDA, and the Service of its interceptor proxy there, which forwards requests to services that scale to
zero (chart values, 0.15.0)."""

_KEDA_VERSION = default_release("keda").version

KEDA = Chart(
    name="keda",
    repository="https://kedacore.github.io/charts",
    version=_KEDA_VERSION,
    source="github.com/kedacore/keda v2.21.0 and its CHANGELOG; values of kedacore/charts, keda (1444d00, 2026-08-13, "
    "which follows 2.20.2)",
    date="2026-11-26",
    images={
        "keda": f"ghcr.io/kedacore/keda:{_KEDA_VERSION}",
        "metricsApiServer": f"ghcr.io/kedacore/keda-metrics-apiserver:{_KEDA_VERSION}",
        "webhooks": f"ghcr.io/kedacore/keda-admission-webhooks:{_KEDA_VERSION}",
    },
)

_KEDA_HTTP_VERSION = default_release("keda-add-ons-http").version

KEDA_HTTP = Chart(
    name="keda-add-ons-http",
    repository="https://kedacore.github.io/charts",
    version=_KEDA_HTTP_VERSION,
    source="kedacore/charts, http-add-on (c4b92e9, 2026-06-15); github.com/kedacore/http-add-on v0.15.0",
    date="2026-11-26",
    images={
        "operator": f"ghcr.io/kedacore/http-add-on-operator:{_KEDA_HTTP_VERSION}",
        "interceptor": f"ghcr.io/kedacore/http-add-on-interceptor:{_KEDA_HTTP_VERSION}",
        "scaler": f"ghcr.io/kedacore/http-add-on-scaler:{_KEDA_HTTP_VERSION}",
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

_TRAINER_VERSION = default_release("kubeflow-trainer").version

TRAINER = Chart(
    name="kubeflow-trainer",
    repository="oci://ghcr.io/kubeflow/charts",
    version=_TRAINER_VERSION,
    source="github.com/kubeflow/trainer/v2 v2.2.0, charts/kubeflow-trainer, CHANGELOG; the version that Kueue 0.17.0 "
    "is built with (go.mod): older ones lack `runtimePatches`, through which Kueue admits a TrainJob",
    date="2026-11-27",
    images={"manager": f"ghcr.io/kubeflow/trainer/trainer-controller-manager:v{_TRAINER_VERSION}"},
)

_KUBERAY_VERSION = default_release("kuberay-operator").version

KUBERAY = Chart(
    name="kuberay-operator",
    repository="https://ray-project.github.io/kuberay-helm",
    version=_KUBERAY_VERSION,
    source="github.com/ray-project/kuberay/ray-operator v1.6.0, helm-chart/kuberay-operator; the version that Kueue "
    "0.17.0 is built with (go.mod)",
    date="2026-11-27",
    images={"operator": f"quay.io/kuberay/operator:v{_KUBERAY_VERSION}"},
)

_LWS_VERSION = default_release("lws").version

LWS = Chart(
    name="lws",
    repository="oci://registry.k8s.io/lws/charts",
    version=_LWS_VERSION,
    source="sigs.k8s.io/lws v0.9.0, charts/lws and hack/push-chart.sh; kubernetes/k8s.io, registry.k8s.io/images/"
    "k8s-staging-lws/images.yaml (the chart is published under versions with and without `v`)",
    date="2026-11-27",
    images={"manager": f"registry.k8s.io/lws/lws:v{_LWS_VERSION}"},
)

_GPU_OPERATOR_VERSION = default_release("gpu-operator").version

GPU_OPERATOR = Chart(
    name="gpu-operator",
    repository="https://helm.ngc.nvidia.com/nvidia",
    version=_GPU_OPERATOR_VERSION,
    source="NVIDIA/gpu-operator v26.7.0, deployments/gpu-operator/values.yaml, with the versions of its parts",
    date="2026-11-26",
    images={
        "operator": f"nvcr.io/nvidia/gpu-operator:{_GPU_OPERATOR_VERSION}",
        "devicePlugin": "nvcr.io/nvidia/k8s-device-plugin:v0.20.0",
        "gfd": "nvcr.io/nvidia/k8s-device-plugin:v0.20.0",
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

GATEWAY_API = Chart(
    name="gateway-api-crds",
    repository="https://charts.christianhuth.de",
    version=default_release("gateway-api-crds").version,
    source="christianhuth/helm-charts, charts/gateway-api-crds, CHANGELOG: Gateway API 1.5.1, for Kubernetes 1.36 and "
    "older (MicrosoftDocs, managed-gateway-api). Upstream publishes no chart; others carry the experimental channel or "
    "are larger than a Helm release may be",
    date="2026-11-26",
)

ISTIO_BASE = Chart(
    name="base",
    repository="https://istio-release.storage.googleapis.com/charts",
    version=default_release("base").version,
    source="istio/istio, releases (1.31.0, 2026-08-31), manifests/charts/base. 1.30 supports Kubernetes 1.32 to 1.36 "
    "until November 2026 (endoflife.date/istio), and later releases only newer ones too",
    date="2026-11-26",
)

ISTIOD = Chart(
    name="istiod",
    repository=ISTIO_BASE.repository,
    version=default_release("istiod").version,
    source="istio/istio, manifests/charts/istio-control/istio-discovery; versions as of the chart `base`",
    date="2026-11-26",
    images={
        "pilot": f"docker.io/istio/pilot:{ISTIO_BASE.version}-distroless",
        "proxyv2": f"docker.io/istio/proxyv2:{ISTIO_BASE.version}-distroless",
    },
)

_CERT_MANAGER_VERSION = default_release("cert-manager").version

CERT_MANAGER = Chart(
    name="cert-manager",
    repository="https://charts.jetstack.io",
    version=_CERT_MANAGER_VERSION,
    source="cert-manager/cert-manager, deploy/charts/cert-manager; 1.21 supports Kubernetes 1.33 to 1.36 "
    "(Rusty-Gopher/kupre v0.3.0, from cert-manager's table of supported releases)",
    date="2026-11-26",
    images={
        component: f"quay.io/jetstack/cert-manager-{component}:{_CERT_MANAGER_VERSION}"
        for component in ("controller", "webhook", "cainjector", "acmesolver", "startupapicheck")
    },
)

PROMETHEUS = Chart(
    name="kube-prometheus-stack",
    repository="https://prometheus-community.github.io/helm-charts",
    version=default_release("kube-prometheus-stack").version,
    source="prometheus-community/helm-charts, charts/kube-prometheus-stack; operator v0.93.1",
    date="2026-11-26",
)

CHARTS = (
    KEDA,
    KEDA_HTTP,
    KUEUE,
    JOBSET,
    TRAINER,
    KUBERAY,
    LWS,
    GPU_OPERATOR,
    OPENCOST,
    GATEWAY_API,
    ISTIO_BASE,
    ISTIOD,
    CERT_MANAGER,
    PROMETHEUS,
)
"""All charts."""

MLFLOW = "ghcr.io/mlflow/mlflow:v3.16.1-full"
"""The official MLflow image with client libraries for both clouds' storage and for databases (mlflow/mlflow,
docker/README.md, read 2026-11-24), for amd64 and arm64. It is installed by `kubernetes/training/tracking.py` and not by
a chart. Its digest could not be read; specify it in the `image` of a `Tracking`."""

TRAINER_NAMESPACE, KUBERAY_NAMESPACE = "kubeflow-system", "ray-system"
"""Namespaces of the controllers of TrainJobs and RayJobs."""

LWS_NAMESPACE = "lws-system"
"""Namespace of the controller of LeaderWorkerSets."""
