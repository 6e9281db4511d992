"""GPU monitoring and cost allocation by tenant in a cluster."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, Self

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource
from pulumi_kubernetes.core.v1 import ConfigMap, Namespace
from pydantic import model_validator

from falaj.components.core.charts.charts import OPENCOST
from falaj.components.core.charts.gpu_rules import dashboard, groups
from falaj.components.core.charts.images import mirrored_parts
from falaj.components.core.charts.prometheus import PrometheusSpec
from falaj.components.core.money.opencost_prices import HourlyPrices, hourly_prices
from falaj.components.core.network.cluster_addresses import namespace_in, port_in
from falaj.components.core.validation.args import Accepts, default
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.regions import UaeRegion
from falaj.components.kubernetes.cluster.chart_args import ChartArgs
from falaj.components.kubernetes.cluster.chart_release import (
    ON_SYSTEM_NODES,
    RESTRICTED_CONTAINER,
    RESTRICTED_POD,
    chart_release,
    small_resources,
)
from falaj.components.kubernetes.cluster.controller_policy import TrafficRules, controller_policy
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta
from falaj.components.kubernetes.cluster.pod_security import restricted_namespace

NAMESPACE = "falaj-observability"
USER = 1001
"""Any user ID except root's. OpenCost writes only to the folders mounted below."""


class ObservabilityArgs(PrometheusSpec, ChartArgs):
    """Arguments of `Observability`: cost allocation and GPU monitoring on a cluster."""

    region: UaeRegion | None = None
    """Cloud region of the cluster in the UAE, whose catalogue contains the machine prices."""
    machines: Sequence[str] | None = None
    """Machine types of the site's node pools."""
    aed_per_usd: Accepts[Decimal | None, Decimal | float | None] = default(None, gt=0)
    """Exchange rate in AED per USD; required with `machines`."""
    prices: HourlyPrices | None = None
    """Hourly prices of on-premises machines, instead of `region`, `machines` and `aed_per_usd`."""

    @model_validator(mode="after")
    def _is_priced_one_way(self) -> Self:
        catalogue = (self.region, self.machines, self.aed_per_usd)
        is_complete = all(catalogue) if self.prices is None else not any(catalogue)
        if not is_complete:
            allowed = "either `prices`, or `region`, `machines` and `aed_per_usd`"
            raise refusal(allowed, "set one of the two", "prices")
        _ = self.hourly
        return self

    @cached_property
    def hourly(self) -> HourlyPrices:
        """Hourly prices of a vCPU, a GiB of memory and a GPU in AED."""
        if self.prices is not None:
            return self.prices
        return hourly_prices(self.region or "", self.machines or (), self.aed_per_usd or Decimal(0))


class Observability(pulumi.ComponentResource):
    """OpenCost with the site's prices in AED, alerts on idle GPUs, and a Grafana dashboard.

    `GpuOperator` installs the GPU exporter. Takes the `kubernetes` provider of the cluster from its options. A
    Prometheus and the CRDs of the Prometheus operator must be installed.
    """

    namespace: pulumi.Output[str]
    """Namespace of OpenCost, the rules and the dashboard."""
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
        scraped_from = namespace_in(args.prometheus)
        policy = controller_policy(
            f"{name}-policy", NAMESPACE, _traffic(args.prometheus), scraped_from, args.tags, after_namespace
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
            spec={"groups": groups(args.hourly.gpu)},
            opts=after_namespace,
        )
        ConfigMap(
            f"{name}-dashboard",
            # Grafana's sidecar looks for this label.
            metadata=ObjectMeta("gpus", NAMESPACE, {**args.tags, "grafana_dashboard": "1"}).args(),
            data={"falaj-gpus.json": dashboard()},
            opts=after_namespace,
        )
        self.namespace = namespace.metadata.name
        self.prices = pulumi.Output.from_input(args.hourly.model)
        self.register_outputs({"namespace": self.namespace, "prices": self.prices})


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
        "podLabels": dict(args.tags),
        "podSecurityContext": {**RESTRICTED_POD, "runAsUser": USER, "runAsGroup": USER, "fsGroup": USER},
        "extraVolumes": [{"name": f"written-{index}", "emptyDir": {}} for index, _ in enumerate(writable_folders)],
        "opencost": {
            "exporter": {
                "image": {"registry": registry, "repository": repository, "tag": tag},
                "resources": small_resources("100m", "1Gi"),
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
                    "description": "AED per hour, without VAT, from the catalogue of the region",
                    **args.hourly.model,
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
