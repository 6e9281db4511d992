"""GPU monitoring and cost allocation by tenant in a cluster."""

from collections.abc import Mapping
from typing import Any

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource
from pulumi_kubernetes.core.v1 import ConfigMap, Namespace

from falaj.components.core.charts.charts import OPENCOST
from falaj.components.core.charts.images import mirrored_parts
from falaj.components.core.charts.observability_args import ObservabilityArgs
from falaj.components.core.monitoring.dashboard import UID, dashboard
from falaj.components.core.monitoring.rule_groups import groups
from falaj.components.core.network.cluster_addresses import namespace_in, port_in
from falaj.components.core.tenancy.tenancy import namespace_of
from falaj.components.kubernetes.cluster.chart_release import (
    ON_SYSTEM_NODES,
    RESTRICTED_CONTAINER,
    RESTRICTED_POD,
    chart_release,
    resources_of,
)
from falaj.components.kubernetes.cluster.controller_policy import TrafficRules, controller_policy
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta
from falaj.components.kubernetes.cluster.pod_security import restricted_namespace

NAMESPACE = "falaj-observability"
USER = 1001
"""Any user ID except root's. OpenCost writes only to the folders mounted below."""


class Observability(pulumi.ComponentResource):
    """OpenCost with the site's prices in AED, alerts, and a Grafana dashboard.

    `GpuOperator` installs the GPU exporter. Takes the `kubernetes` provider of the cluster from its options. A
    Prometheus and the CRDs of the Prometheus operator must be installed.
    """

    namespace: pulumi.Output[str]
    """Namespace of OpenCost and the rules."""
    prices: pulumi.Output[Mapping[str, str]]
    """Hourly prices in AED of a vCPU, a GiB of memory and a GPU, in OpenCost's format."""

    def __init__(self, name: str, args: ObservabilityArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = ObservabilityArgs.of(name, args)
        super().__init__("falaj:kubernetes:Observability", name, {}, opts)
        namespace = Namespace(
            f"{name}-namespace",
            metadata={"name": NAMESPACE, "labels": restricted_namespace(args.tags)},
            opts=pulumi.ResourceOptions(parent=self),
        )
        after_namespace = pulumi.ResourceOptions(parent=self, depends_on=[namespace])
        prometheus_namespace = namespace_in(args.prometheus)
        policy = controller_policy(
            f"{name}-policy", NAMESPACE, _traffic(args.prometheus), prometheus_namespace, args.tags, after_namespace
        )
        chart_release(
            f"{name}-opencost",
            OPENCOST,
            NAMESPACE,
            _opencost(args),
            pulumi.ResourceOptions(parent=self, depends_on=[policy]),
            args.chart_repository,
        )
        CustomResource(
            f"{name}-rules",
            api_version="monitoring.coreos.com/v1",
            kind="PrometheusRule",
            metadata=ObjectMeta("gpus", NAMESPACE, {**args.tags, **args.rule_labels}).args(),
            spec={"groups": _groups(args)},
            opts=after_namespace,
        )
        ConfigMap(
            f"{name}-dashboard",
            # Grafana's sidecar looks for this label, and by default in the namespace of Grafana only.
            metadata=ObjectMeta(UID, prometheus_namespace or NAMESPACE, {**args.tags, "grafana_dashboard": "1"}).args(),
            data={f"{UID}.json": dashboard()},
            opts=after_namespace,
        )
        self.namespace = namespace.metadata.name
        self.prices = pulumi.Output.from_input(args.hourly.model)
        self.register_outputs({"namespace": self.namespace, "prices": self.prices})


def _groups(args: ObservabilityArgs) -> list[dict[str, Any]]:
    limits = {namespace_of(tenant): limits for tenant, limits in args.tenants.items()}
    return groups(
        args.hourly.gpu,
        {namespace: own.aed_per_month for namespace, own in limits.items() if own.aed_per_month is not None},
        {
            (namespace, service): seconds
            for namespace, own in limits.items()
            for service, seconds in own.first_answer_seconds.items()
        },
    )


def _traffic(prometheus: str) -> TrafficRules:
    """Returns the allowed traffic of OpenCost.

    OpenCost calls the API server and Prometheus, which may be outside the cluster. A Prometheus in the cluster scrapes
    OpenCost.
    """
    external_ports = () if namespace_in(prometheus) else (port_in(prometheus),)
    return TrafficRules(scraped=(9003,), queries_prometheus=True, calls_external=external_ports)


def _opencost(args: ObservabilityArgs) -> dict[str, Any]:
    registry, repository, tag = mirrored_parts(OPENCOST.images["exporter"], args.image_mirror)
    writable_folders = ("/var/configs",)
    return {
        "podSecurityContext": {**RESTRICTED_POD, "runAsUser": USER, "runAsGroup": USER, "fsGroup": USER},
        "extraVolumes": [{"name": f"written-{index}", "emptyDir": {}} for index, _ in enumerate(writable_folders)],
        "opencost": {
            "exporter": {
                "image": {"registry": registry, "repository": repository, "tag": tag},
                "resources": resources_of(OPENCOST.name, "exporter"),
                "securityContext": RESTRICTED_CONTAINER,
                "extraVolumeMounts": [
                    {"name": f"written-{index}", "mountPath": path} for index, path in enumerate(writable_folders)
                ],
            },
            # The Grafana dashboard replaces OpenCost's UI.
            "ui": {"enabled": False},
            "customPricing": {
                "enabled": True,
                "provider": "custom",
                "costModel": {
                    "description": "Dirhams an hour, without VAT, from the catalogue of the region",
                    **args.hourly.model,
                    # Without it, OpenCost asks the cloud of a node for list prices in US dollars (opencost,
                    # pkg/costmodel/allocation_helpers.go `getNodePricing`; opencost#3176).
                    "customPricesEnabled": "true",
                    "currencyCode": "AED",
                },
            },
            "prometheus": {
                "internal": {"enabled": False},
                "external": {"enabled": True, "url": args.prometheus},
            },
            "metrics": {"serviceMonitor": {"enabled": True, "additionalLabels": args.rule_labels}},
            **ON_SYSTEM_NODES,
        },
    }
