"""Custom kinds that Helm charts bring, and those that a chart's values make it use. Each row has its upstream source.

A kind is written `group/Kind`. Read on 2026-11-26, unless a row says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


def _kinds(group: str, names: str) -> tuple[str, ...]:
    return tuple(f"{group}/{name}" for name in names.split())


@dataclass(frozen=True)
class Condition:
    """Holds if all these values of the chart (dotted paths) are true. `defaults` are those that the chart sets."""

    paths: tuple[str, ...]
    defaults: Mapping[str, bool] = field(default_factory=dict[str, bool])


ALWAYS = Condition(())


@dataclass(frozen=True)
class ChartKinds:
    """The custom kinds of one chart.

    brings: kinds whose CRDs a release creates, where `brings_if` holds. crds_folder: the CRDs are in the chart's folder
    `crds`, which a release with `skipCrds` leaves out. requires: kinds of which a release creates objects -> the
    condition. from_version: first version that the row describes.
    """

    chart: str
    from_version: tuple[int, ...]
    source: str
    brings: tuple[str, ...] = ()
    brings_if: Condition = ALWAYS
    crds_folder: bool = False
    requires: tuple[tuple[str, Condition], ...] = ()


SERVICE_MONITOR, PROMETHEUS_RULE = "monitoring.coreos.com/ServiceMonitor", "monitoring.coreos.com/PrometheusRule"
POD_MONITOR, CERTIFICATE = "monitoring.coreos.com/PodMonitor", "cert-manager.io/Certificate"

_PROMETHEUS_KINDS = _kinds(
    "monitoring.coreos.com",
    "Alertmanager AlertmanagerConfig PodMonitor Probe Prometheus PrometheusAgent PrometheusRule ScrapeConfig "
    "ServiceMonitor ThanosRuler",
)
GATEWAY_KINDS = _kinds(
    "gateway.networking.k8s.io",
    "GatewayClass Gateway HTTPRoute GRPCRoute ReferenceGrant BackendTLSPolicy TLSRoute ListenerSet",
)
KEDA_KINDS = (
    *_kinds("keda.sh", "ScaledObject ScaledJob TriggerAuthentication ClusterTriggerAuthentication"),
    *_kinds("eventing.keda.sh", "CloudEventSource ClusterCloudEventSource"),
)
ISTIO_KINDS = (
    *_kinds(
        "networking.istio.io",
        "DestinationRule EnvoyFilter Gateway ProxyConfig ServiceEntry Sidecar VirtualService WorkloadEntry "
        "WorkloadGroup",
    ),
    *_kinds("security.istio.io", "AuthorizationPolicy PeerAuthentication RequestAuthentication"),
    *_kinds("telemetry.istio.io", "Telemetry"),
    *_kinds("extensions.istio.io", "WasmPlugin"),
)
KARPENTER_KINDS = (
    *_kinds("karpenter.sh", "NodePool NodeClaim NodeOverlay"),
    *_kinds("autoscaling.x-k8s.io", "CapacityBuffer"),
)
_KARPENTER_ON_AWS = (*KARPENTER_KINDS, "karpenter.k8s.aws/EC2NodeClass")
CERT_MANAGER_KINDS = (
    *_kinds("cert-manager.io", "Certificate CertificateRequest Issuer ClusterIssuer"),
    *_kinds("acme.cert-manager.io", "Order Challenge"),
)

_ROWS = (
    ChartKinds(
        "kube-prometheus-stack",
        (45,),
        "prometheus-community/helm-charts, charts/kube-prometheus-stack: values.yaml `crds.enabled`, charts/crds/crds",
        brings=_PROMETHEUS_KINDS,
        brings_if=Condition(("crds.enabled",), {"crds.enabled": True}),
        crds_folder=True,
        requires=((SERVICE_MONITOR, ALWAYS), ("monitoring.coreos.com/Prometheus", ALWAYS)),
    ),
    ChartKinds(
        "prometheus-operator-crds",
        (1,),
        "prometheus-community/helm-charts, charts/prometheus-operator-crds",
        brings=_PROMETHEUS_KINDS,
    ),
    ChartKinds(
        "gateway-api-crds",
        (1,),
        "christianhuth/helm-charts, charts/gateway-api-crds, subchart `standard` (the default)",
        brings=GATEWAY_KINDS,
    ),
    ChartKinds("base", (1, 20), "istio/istio, manifests/charts/base/files/crd-all.gen.yaml", brings=ISTIO_KINDS),
    ChartKinds(
        "istiod",
        (1, 20),
        "istio/istio, manifests/charts/istio-control/istio-discovery: starts without the kinds, and templates none",
    ),
    ChartKinds(
        "cert-manager",
        (1, 15),
        "cert-manager/cert-manager, deploy/charts/cert-manager: values.yaml `crds.enabled: false`, `prometheus`",
        brings=CERT_MANAGER_KINDS,
        brings_if=Condition(("crds.enabled",)),
        requires=(
            (
                SERVICE_MONITOR,
                Condition(("prometheus.enabled", "prometheus.servicemonitor.enabled"), {"prometheus.enabled": True}),
            ),
            (
                POD_MONITOR,
                Condition(("prometheus.enabled", "prometheus.podmonitor.enabled"), {"prometheus.enabled": True}),
            ),
        ),
    ),
    ChartKinds(
        "keda",
        (2,),
        "kedacore/charts, keda: values.yaml `crds.install: true`; a monitor needs its `enabled` and its component's",
        brings=KEDA_KINDS,
        brings_if=Condition(("crds.install",), {"crds.install": True}),
        requires=(
            *(
                (kind, Condition((f"prometheus.{component}.enabled", f"prometheus.{component}.{monitor}.enabled")))
                for component in ("operator", "metricServer", "webhooks")
                for monitor, kind in (("serviceMonitor", SERVICE_MONITOR), ("podMonitor", POD_MONITOR))
            ),
            *(
                (PROMETHEUS_RULE, Condition((f"prometheus.{component}.prometheusRules.enabled",)))
                for component in ("operator", "webhooks")
            ),
            (CERTIFICATE, Condition(("certificates.certManager.enabled",))),
        ),
    ),
    ChartKinds(
        "keda-add-ons-http",
        (0, 8),
        "kedacore/charts, http-add-on: templates/crds, and the ScaledObject of the interceptor",
        brings=_kinds("http.keda.sh", "HTTPScaledObject InterceptorRoute"),
        requires=(("keda.sh/ScaledObject", ALWAYS),),
    ),
    ChartKinds(
        "kueue",
        (0, 10),
        "kubernetes-sigs/kueue v0.17.0, charts/kueue/templates: crd, prometheus/monitor.yaml, certmanager",
        brings=_kinds(
            "kueue.x-k8s.io",
            "AdmissionCheck ClusterQueue Cohort LocalQueue MultiKueueCluster MultiKueueConfig "
            "ProvisioningRequestConfig ResourceFlavor Topology Workload WorkloadPriorityClass",
        ),
        requires=(
            (SERVICE_MONITOR, Condition(("enablePrometheus",))),
            (CERTIFICATE, Condition(("enableCertManager",))),
        ),
    ),
    ChartKinds(
        "jobset",
        (0, 8),
        "kubernetes-sigs/jobset v0.11.1, charts/jobset: crds, templates/prometheus, templates/certmanager",
        brings=("jobset.x-k8s.io/JobSet",),
        crds_folder=True,
        requires=(
            (SERVICE_MONITOR, Condition(("prometheus.enable",))),
            (CERTIFICATE, Condition(("certManager.enable",))),
        ),
    ),
    ChartKinds(
        "kubeflow-trainer",
        (2,),
        "kubeflow/trainer v2.2.0, charts/kubeflow-trainer/crds; its subchart `jobset` unless `jobset.install` is false",
        brings=_kinds("trainer.kubeflow.org", "TrainJob TrainingRuntime ClusterTrainingRuntime"),
        crds_folder=True,
    ),
    ChartKinds(
        "kuberay-operator",
        (1, 6),
        "ray-project/kuberay ray-operator v1.6.0, helm-chart/kuberay-operator: crds, templates/servicemonitor.yaml",
        brings=_kinds("ray.io", "RayCluster RayJob RayService RayCronJob"),
        crds_folder=True,
        requires=((SERVICE_MONITOR, Condition(("metrics.serviceMonitor.enabled",))),),
    ),
    ChartKinds(
        "lws",
        (0, 9),
        "kubernetes-sigs/lws v0.9.0, charts/lws: crds, templates/prometheus, templates/certmanager",
        brings=("leaderworkerset.x-k8s.io/LeaderWorkerSet", "disaggregatedset.x-k8s.io/DisaggregatedSet"),
        crds_folder=True,
        requires=(
            (SERVICE_MONITOR, Condition(("enablePrometheus",))),
            (CERTIFICATE, Condition(("enableCertManager",))),
        ),
    ),
    ChartKinds(
        "gpu-operator",
        (26, 7),
        "NVIDIA/gpu-operator v26.7.0, deployments/gpu-operator/crds, and node-feature-discovery's. Without its kind "
        "the operator omits the exporter's ServiceMonitor (controllers/object_controls.go)",
        brings=(
            *_kinds("nvidia.com", "ClusterPolicy GPUCluster NVIDIADriver"),
            *_kinds("resource.nvidia.com", "ComputeDomain ComputeDomainClique"),
            *_kinds("nfd.k8s-sigs.io", "NodeFeature NodeFeatureGroup NodeFeatureRule"),
        ),
        crds_folder=True,
    ),
    ChartKinds(
        "opencost",
        (1,),
        "opencost/opencost-helm-chart, charts/opencost/templates: servicemonitor.yaml, prometheusrule.yaml",
        requires=(
            (SERVICE_MONITOR, Condition(("opencost.metrics.serviceMonitor.enabled",))),
            (PROMETHEUS_RULE, Condition(("opencost.metrics.prometheusRule.enabled",))),
        ),
    ),
    ChartKinds(
        "karpenter-crd",
        (1,),
        "aws/karpenter-provider-aws, charts/karpenter-crd/templates",
        brings=_KARPENTER_ON_AWS,
    ),
    ChartKinds(
        "karpenter",
        (1,),
        "aws/karpenter-provider-aws, charts/karpenter: crds; templates/servicemonitor.yaml leaves itself out without "
        "the kind, so `serviceMonitor.enabled` needs none",
        brings=_KARPENTER_ON_AWS,
        crds_folder=True,
    ),
    ChartKinds(
        "aws-load-balancer-controller",
        (1, 7),
        "kubernetes-sigs/aws-load-balancer-controller v3.5.0, helm/aws-load-balancer-controller: crds, "
        "templates/servicemonitor.yaml, templates/cert-manager.yaml",
        brings=(
            *_kinds("elbv2.k8s.aws", "ALBTargetControlConfig IngressClassParams TargetGroupBinding"),
            *_kinds("gateway.k8s.aws", "ListenerRuleConfiguration LoadBalancerConfiguration TargetGroupConfiguration"),
            *_kinds("aga.k8s.aws", "GlobalAccelerator"),
        ),
        crds_folder=True,
        requires=(
            (SERVICE_MONITOR, Condition(("serviceMonitor.enabled",))),
            (CERTIFICATE, Condition(("enableCertManager",))),
        ),
    ),
    ChartKinds(
        "cluster-autoscaler",
        (9,),
        "kubernetes/autoscaler, cluster-autoscaler/charts/cluster-autoscaler/templates",
        requires=(
            (SERVICE_MONITOR, Condition(("serviceMonitor.enabled",))),
            (PROMETHEUS_RULE, Condition(("prometheusRule.enabled",))),
        ),
    ),
)

CHARTS: Mapping[str, ChartKinds] = {row.chart: row for row in _ROWS}
"""Name of a chart -> its custom kinds. A release of any other chart brings none and uses none."""
