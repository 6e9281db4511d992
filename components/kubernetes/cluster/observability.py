"""GPU utilisation and tenants' cost, measured inside the cluster."""

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
from falaj.components.core.charts.images import mirrored, split_image
from falaj.components.core.charts.prometheus import PrometheusSpec
from falaj.components.core.money.opencost_prices import HourlyPrices, hourly_prices
from falaj.components.core.network.cluster_addresses import namespace_in, port_in
from falaj.components.core.validation.args import Accepts, default
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.regions import UaeRegion
from falaj.components.kubernetes.cluster.chart_args import ChartArgs
from falaj.components.kubernetes.cluster.chart_release import (
    CLOSED_CONTAINER,
    CLOSED_POD,
    ON_SYSTEM_NODES,
    chart_release,
    limited,
)
from falaj.components.kubernetes.cluster.controller_policy import TrafficRules, controller_policy
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta
from falaj.components.kubernetes.cluster.pod_security import restricted_namespace

NAMESPACE = "falaj-observability"
USER = 1001
"""Any user but root: OpenCost reads prices and Prometheus, and writes to its folders below."""


class ObservabilityArgs(PrometheusSpec, ChartArgs):
    """Cost allocation and GPU monitoring on a cluster."""

    region: UaeRegion | None = None
    """Region of the cluster, whose catalogue prices the machines."""
    machines: Sequence[str] | None = None
    """Machine types of the site's pools."""
    aed_per_usd: Accepts[Decimal | None, Decimal | float | None] = default(None, gt=0)
    """Dirhams for one US dollar; needed with `machines`."""
    prices: HourlyPrices | None = None
    """Prices of own machines, instead of `region`, `machines` and `aed_per_usd`."""

    @model_validator(mode="after")
    def _is_priced_one_way(self) -> Self:
        catalogue = (self.region, self.machines, self.aed_per_usd)
        is_complete = all(catalogue) if self.prices is None else not any(catalogue)
        if not is_complete:
            allowed = "either `prices`, or `region`, `machines` and `aed_per_usd`"
            raise refusal(allowed, "say once what an hour costs", "prices")
        _ = self.hourly
        return self

    @cached_property
    def hourly(self) -> HourlyPrices:
        """Prices per hour."""
        if self.prices is not None:
            return self.prices
        return hourly_prices(self.region or "", self.machines or (), self.aed_per_usd or Decimal(0))


class Observability(pulumi.ComponentResource):
    """OpenCost with the site's prices in dirhams, alerts on idle GPUs, and a dashboard.

    The GPU exporter comes with `GpuOperator`. Takes the `kubernetes` provider of the cluster from its options; the
    definitions of Prometheus' operator and a Prometheus must be there.
    """

    namespace: pulumi.Output[str]
    """Its namespace."""
    prices: pulumi.Output[Mapping[str, str]]
    """Dirhams per hour of a processor, a GiB and a GPU, in OpenCost's format."""

    def __init__(self, name: str, args: ObservabilityArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = ObservabilityArgs.of(name, args)
        super().__init__("falaj:kubernetes:Observability", name, {}, opts)
        namespace = Namespace(
            f"{name}-namespace",
            metadata={"name": NAMESPACE, "labels": restricted_namespace(args.tags)},
            opts=pulumi.ResourceOptions(parent=self),
        )
        inside = pulumi.ResourceOptions(parent=self, depends_on=[namespace])
        scraped_from = namespace_in(args.prometheus)
        closed = controller_policy(
            f"{name}-policy", NAMESPACE, _traffic(args.prometheus), scraped_from, args.tags, inside
        )
        chart_release(
            f"{name}-opencost",
            OPENCOST,
            NAMESPACE,
            _opencost(args),
            pulumi.ResourceOptions(parent=self, depends_on=[closed]),
            args.chart_repository,
        )
        CustomResource(
            f"{name}-rules",
            api_version="monitoring.coreos.com/v1",
            kind="PrometheusRule",
            metadata=ObjectMeta("gpus", NAMESPACE, {**args.tags, **args.rule_labels}).args(),
            spec={"groups": groups(args.hourly.gpu)},
            opts=inside,
        )
        ConfigMap(
            f"{name}-dashboard",
            # Grafana's sidecar looks for this label.
            metadata=ObjectMeta("gpus", NAMESPACE, {**args.tags, "grafana_dashboard": "1"}).args(),
            data={"falaj-gpus.json": dashboard()},
            opts=inside,
        )
        self.namespace = namespace.metadata.name
        self.prices = pulumi.Output.from_input(args.hourly.model)
        self.register_outputs({"namespace": self.namespace, "prices": self.prices})


def _traffic(prometheus: str) -> TrafficRules:
    """OpenCost calls the API server and Prometheus, in the cluster or outside; a Prometheus in the cluster scrapes
    it."""
    outside = () if namespace_in(prometheus) else (port_in(prometheus),)
    return TrafficRules(scraped=(9003,), asks_prometheus=True, calls_outside=outside)


def _opencost(args: ObservabilityArgs) -> dict[str, Any]:
    registry, rest = mirrored(OPENCOST.images["exporter"], args.image_mirror).split("/", 1)
    repository, tag = split_image(rest)
    writable = ("/var/configs",)
    return {
        "podLabels": dict(args.tags),
        "podSecurityContext": {**CLOSED_POD, "runAsUser": USER, "runAsGroup": USER, "fsGroup": USER},
        "extraVolumes": [{"name": f"written-{index}", "emptyDir": {}} for index, _ in enumerate(writable)],
        "opencost": {
            "exporter": {
                "image": {"registry": registry, "repository": repository, "tag": tag},
                "resources": limited("100m", "1Gi"),
                "securityContext": CLOSED_CONTAINER,
                "extraVolumeMounts": [
                    {"name": f"written-{index}", "mountPath": path} for index, path in enumerate(writable)
                ],
            },
            # The dashboard replaces its own page.
            "ui": {"enabled": False},
            "customPricing": {
                "enabled": True,
                "provider": "custom",
                "costModel": {
                    "description": "Dirhams an hour, without VAT, from the catalogue of the region",
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
