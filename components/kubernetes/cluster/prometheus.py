"""Prometheus, its operator and Grafana, for monitoring, cost allocation and scaling by load."""

from collections.abc import Mapping
from typing import Any

import pulumi
from pulumi_kubernetes.core.v1 import Namespace, Service
from pulumi_kubernetes.meta.v1 import LabelSelectorRequirementArgsDict
from pulumi_kubernetes.networking.v1 import NetworkPolicy, NetworkPolicySpecArgsDict

from falaj.components.core.charts.chart_args import ChartArgs
from falaj.components.core.charts.charts import PROMETHEUS
from falaj.components.core.charts.scraping import annotated_pods, scrape_class
from falaj.components.core.serving.cluster_parts import MONITORING, PROMETHEUS_ADDRESS, PROMETHEUS_NAME, PROMETHEUS_PORT
from falaj.components.core.tenancy.tenancy import namespace_of
from falaj.components.core.validation.args import Input
from falaj.components.core.validation.names import Subdomain
from falaj.components.kubernetes.cluster.chart_release import ON_SYSTEM_NODES, chart_release, resources_of
from falaj.components.kubernetes.cluster.grafana import grafana_values
from falaj.components.kubernetes.cluster.pod_security import restricted_namespace
from falaj.components.kubernetes.cluster.priorities import CRITICAL
from falaj.facts.labels import CAPACITY_LABEL, POOL_LABEL

RETENTION_DAYS = 15
"""Default retention of metrics in days, which is also Prometheus' own default."""

VOLUME_GIB = 50
"""Default size of the volume in GiB. Prometheus needs 1 to 2 bytes per sample: 15 days of 100,000 series, each read
twice a minute, are 9 GiB (prometheus.io, storage, "Operational aspects")."""


_TENANTS = namespace_of("[^/;]+")
"""Regular expression of tenants' namespaces."""


class PrometheusArgs(ChartArgs):
    """Arguments of `Prometheus`."""

    storage_class: Input[Subdomain] | None = None
    """Storage class of the volume with the metrics; the cluster's default class if absent."""


class Prometheus(pulumi.ComponentResource):
    """Prometheus, its operator with the CRDs, and kube-state-metrics, at `http://prometheus.monitoring:9090`, and
    Grafana.

    It scrapes all ServiceMonitors and PodMonitors, and all pods with the annotation `prometheus.io/scrape`. Grafana
    shows the ConfigMaps of its namespace with the label `grafana_dashboard: "1"`; it is reached by a port-forward to
    the service `grafana`, and its password is in the Secret of that name. Alertmanager is not installed. Takes the
    `kubernetes` provider of the cluster from its options. Make everything that creates rules or monitors depend on it.
    """

    namespace: pulumi.Output[str]
    """Namespace of Prometheus."""
    address: pulumi.Output[str]
    """Address of Prometheus inside the cluster."""

    def __init__(self, name: str, args: PrometheusArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = PrometheusArgs.of(name, args)
        super().__init__("falaj:kubernetes:Prometheus", name, {}, opts)
        namespace = Namespace(
            f"{name}-namespace",
            metadata={"name": MONITORING, "labels": restricted_namespace(args.tags)},
            opts=pulumi.ResourceOptions(parent=self),
        )
        policy = _policy(f"{name}-policy", args.tags, pulumi.ResourceOptions(parent=self, depends_on=[namespace]))
        release = chart_release(
            f"{name}-release",
            PROMETHEUS,
            MONITORING,
            _values(args),
            pulumi.ResourceOptions(parent=self, depends_on=[policy]),
            args.chart_repository,
        )
        service = _service(f"{name}-service", args.tags, pulumi.ResourceOptions(parent=self, depends_on=[release]))
        self.namespace = namespace.metadata.name
        self.address = service.urn.apply(lambda _: PROMETHEUS_ADDRESS)
        self.register_outputs({"namespace": self.namespace, "address": self.address})


def _policy(name: str, labels: Mapping[str, str], opts: pulumi.ResourceOptions) -> NetworkPolicy:
    """Allows ingress to Prometheus from pods in the cluster.

    Egress is open: Prometheus scrapes the kubelets, and no network policy can name nodes where Cilium enforces it.
    """
    spec: NetworkPolicySpecArgsDict = {
        "pod_selector": {},
        "policy_types": ["Ingress"],
        "ingress": [
            {"from_": [{"pod_selector": {}}]},
            {
                "from_": [{"namespace_selector": {"match_expressions": [_IN_NAMESPACES]}}],
                "ports": [{"port": PROMETHEUS_PORT, "protocol": "TCP"}],
            },
        ],
    }
    metadata: Any = {"name": "controller", "namespace": MONITORING, "labels": labels}
    return NetworkPolicy(name, metadata=metadata, spec=spec, opts=opts)


_IN_NAMESPACES: LabelSelectorRequirementArgsDict = {
    "key": "kubernetes.io/metadata.name",
    "operator": "In",
    "values": ["keda", "falaj-observability", "falaj-queue-budgets"],
}
"""Namespaces that query Prometheus: KEDA, for scaling by load, OpenCost, and the job that sets the quotas of queues. A
port-forward passes any policy."""


def _service(name: str, labels: Mapping[str, str], opts: pulumi.ResourceOptions) -> Service:
    """Creates the Service with the address that settings and charts use; the chart's own name contains its release."""
    return Service(
        name,
        metadata={
            "name": PROMETHEUS_NAME,
            "namespace": MONITORING,
            "labels": labels,
            # The operator creates the pods a moment after the release.
            "annotations": {"pulumi.com/skipAwait": "true"},
        },
        spec={
            "type": "ClusterIP",
            "selector": {"app.kubernetes.io/name": "prometheus"},
            "ports": [{"name": "http-web", "port": PROMETHEUS_PORT, "target_port": "http-web"}],
        },
        opts=opts,
    )


def _values(args: PrometheusArgs) -> dict[str, Any]:
    unused = ("alertmanager", "nodeExporter", "kubeControllerManager", "kubeEtcd", "kubeProxy")
    return {
        **{part: {"enabled": False} for part in (*unused, "kubeScheduler")},
        "fullnameOverride": "falaj",
        "cleanPrometheusOperatorObjectNames": True,
        "defaultRules": {"create": False},
        **({} if args.image_mirror is None else {"global": {"imageRegistry": args.image_mirror}}),
        "grafana": grafana_values(),
        "kube-state-metrics": {
            # Without this list the metric `kube_node_labels` has no labels of nodes.
            "metricLabelsAllowlist": [f"nodes=[{POOL_LABEL},{CAPACITY_LABEL},karpenter.sh/capacity-type]"],
            "resources": resources_of(PROMETHEUS.name, "kube-state-metrics"),
            "priorityClassName": CRITICAL,
            **ON_SYSTEM_NODES,
        },
        "prometheusOperator": {
            # Rules are validated before deployment; the webhook would need a job that creates its certificate.
            "admissionWebhooks": {"enabled": False},
            "tls": {"enabled": False},
            "resources": resources_of(PROMETHEUS.name, "prometheusOperator"),
            "priorityClassName": CRITICAL,
            **ON_SYSTEM_NODES,
        },
        "prometheus": {"prometheusSpec": _prometheus(args)},
    }


def _prometheus(args: PrometheusArgs) -> dict[str, Any]:
    storage: dict[str, Any] = {
        "accessModes": ["ReadWriteOnce"],
        "resources": {"requests": {"storage": f"{VOLUME_GIB}Gi"}},
    }
    if args.storage_class is not None:
        storage["storageClassName"] = args.storage_class
    selected = ("rule", "serviceMonitor", "podMonitor", "probe", "scrapeConfig")
    return {
        # Otherwise only objects with the label of this release are selected.
        **{f"{kind}SelectorNilUsesHelmValues": False for kind in selected},
        "additionalScrapeConfigs": [annotated_pods(_TENANTS)],
        "scrapeClasses": [scrape_class(_TENANTS)],
        "retention": f"{RETENTION_DAYS}d",
        "retentionSize": f"{VOLUME_GIB * 9 // 10}GiB",
        "resources": resources_of(PROMETHEUS.name, "prometheus"),
        "priorityClassName": CRITICAL,
        "storageSpec": {"volumeClaimTemplate": {"spec": storage}},
        **ON_SYSTEM_NODES,
    }
