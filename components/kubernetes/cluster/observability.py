"""What GPUs do and what tenants cost, measured inside the cluster."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, NotRequired, Self, TypedDict

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource
from pulumi_kubernetes.core.v1 import ConfigMap, Namespace
from pydantic import Field, model_validator

from falaj.components.core.charts.charts import OPENCOST
from falaj.components.core.charts.gpu_rules import dashboard, groups
from falaj.components.core.charts.images import mirrored, parted
from falaj.components.core.money.opencost_prices import HourlyPrices, hourly_prices
from falaj.components.core.network.cluster_addresses import namespace_in, port_in
from falaj.components.core.serving.serving import Address
from falaj.components.core.validation.args import Checked
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.regions import UaeRegion
from falaj.components.core.validation.tags import CostTags
from falaj.components.kubernetes.cluster.chart_release import (
    CLOSED_CONTAINER,
    CLOSED_POD,
    ON_SYSTEM_NODES,
    chart_release,
    limited,
)
from falaj.components.kubernetes.cluster.controller_policy import Ways, controller_policy
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta
from falaj.components.kubernetes.cluster.pod_security import restricted_namespace

NAMESPACE = "falaj-observability"
USER = 1001
"""Any user but root does: OpenCost reads prices and Prometheus, and writes in its folders below."""


class HourlyPricesSpec(TypedDict):
    """Dirhams an hour, without VAT, of machines that no catalogue has."""

    vcpu: float
    """One processor."""
    gib: float
    """One GiB of memory."""
    gpu: NotRequired[float]
    """One GPU; 0 if absent."""


class ObservabilityArgs(TypedDict):
    """Arguments of `Observability`."""

    prometheus: str
    """Address of Prometheus, `http://...:9090`, that reads kube-state-metrics, the GPUs' exporter and OpenCost."""
    region: NotRequired[str]
    """Region of the cluster, by whose catalogue machines are priced."""
    machines: NotRequired[Sequence[str]]
    """Machines of the site's pools."""
    aed_per_usd: NotRequired[float]
    """Dirhams for one US dollar; needed with `machines`."""
    prices: NotRequired[HourlyPricesSpec]
    """Prices instead, on premises."""
    rule_labels: NotRequired[Mapping[str, str]]
    """Labels by which Prometheus' operator finds rules and monitors, such as `release: prometheus`; none if absent."""
    chart_repository: NotRequired[str]
    """`oci://` folder of your own registry with the chart; OpenCost's own index if absent."""
    image_mirror: NotRequired[str]
    """Where images of others lie, each under its own path; where they are from if absent."""
    tags: Mapping[str, str]
    """The mandatory cost tags; labels here."""


class _Checked(Checked):
    prometheus: Address
    region: UaeRegion | None = None
    machines: tuple[str, ...] | None = None
    aed_per_usd: Annotated[Decimal, Field(gt=0)] | None = None
    prices: HourlyPrices | None = None
    rule_labels: dict[str, str] = Field(default_factory=dict)
    chart_repository: str | None = None
    image_mirror: str | None = None
    tags: CostTags

    @model_validator(mode="after")
    def _is_priced_one_way(self) -> Self:
        catalogue = (self.region, self.machines, self.aed_per_usd)
        whole = all(catalogue) if self.prices is None else not any(catalogue)
        if not whole:
            allowed = "either `prices`, or `region`, `machines` and `aed_per_usd`"
            raise refusal(allowed, "say once what an hour costs", "prices")
        _ = self.hourly
        return self

    @cached_property
    def hourly(self) -> HourlyPrices:
        """What an hour costs."""
        if self.prices is not None:
            return self.prices
        return hourly_prices(self.region or "", self.machines or (), self.aed_per_usd or Decimal(0))


class Observability(pulumi.ComponentResource):
    """OpenCost with this place's prices in dirhams, rules that find GPUs which nobody uses, and a dashboard.

    The GPUs' exporter comes with `GpuOperator`. Takes the `kubernetes` provider of the cluster from its options; the
    definitions of Prometheus' operator and a Prometheus must be there.
    """

    namespace: pulumi.Output[str]
    """Where it runs."""
    prices: pulumi.Output[Mapping[str, str]]
    """Dirhams an hour of a processor, a GiB and a GPU, as OpenCost has them."""

    def __init__(self, name: str, args: ObservabilityArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:kubernetes:Observability", name, {}, opts)
        namespace = Namespace(
            f"{name}-namespace",
            metadata={"name": NAMESPACE, "labels": restricted_namespace(settings.tags)},
            opts=pulumi.ResourceOptions(parent=self),
        )
        inside = pulumi.ResourceOptions(parent=self, depends_on=[namespace])
        asked = namespace_in(settings.prometheus)
        closed = controller_policy(
            f"{name}-policy", NAMESPACE, _ways(settings.prometheus), asked, settings.tags, inside
        )
        chart_release(
            f"{name}-opencost",
            OPENCOST,
            NAMESPACE,
            _opencost(settings),
            pulumi.ResourceOptions(parent=self, depends_on=[closed]),
            settings.chart_repository,
        )
        CustomResource(
            f"{name}-rules",
            api_version="monitoring.coreos.com/v1",
            kind="PrometheusRule",
            metadata=ObjectMeta("gpus", NAMESPACE, {**settings.tags, **settings.rule_labels}).args(),
            spec={"groups": groups(settings.hourly.gpu)},
            opts=inside,
        )
        ConfigMap(
            f"{name}-dashboard",
            # Grafana's sidecar looks for this label.
            metadata=ObjectMeta("gpus", NAMESPACE, {**settings.tags, "grafana_dashboard": "1"}).args(),
            data={"falaj-gpus.json": dashboard()},
            opts=inside,
        )
        self.namespace = namespace.metadata.name
        self.prices = pulumi.Output.from_input(settings.hourly.model)
        self.register_outputs({"namespace": self.namespace, "prices": self.prices})


def _ways(prometheus: str) -> Ways:
    """OpenCost reads the API server and Prometheus, in the cluster or outside; one in the cluster reads OpenCost."""
    outside = () if namespace_in(prometheus) else (port_in(prometheus),)
    return Ways(scraped=(9003,), asks_prometheus=True, calls_outside=outside)


def _opencost(settings: _Checked) -> dict[str, Any]:
    registry, rest = mirrored(OPENCOST.images["exporter"], settings.image_mirror).split("/", 1)
    repository, tag = parted(rest)
    written = ("/var/configs",)
    return {
        "podLabels": dict(settings.tags),
        "podSecurityContext": {**CLOSED_POD, "runAsUser": USER, "runAsGroup": USER, "fsGroup": USER},
        "extraVolumes": [{"name": f"written-{place}", "emptyDir": {}} for place, _ in enumerate(written)],
        "opencost": {
            "exporter": {
                "image": {"registry": registry, "repository": repository, "tag": tag},
                "resources": limited("100m", "1Gi"),
                "securityContext": CLOSED_CONTAINER,
                "extraVolumeMounts": [
                    {"name": f"written-{place}", "mountPath": path} for place, path in enumerate(written)
                ],
            },
            # Its own page shows what the dashboard does.
            "ui": {"enabled": False},
            "customPricing": {
                "enabled": True,
                "provider": "custom",
                "costModel": {
                    "description": "Dirhams an hour, without VAT, from the catalogue of the region",
                    **settings.hourly.model,
                    "currencyCode": "AED",
                },
            },
            "prometheus": {
                "internal": {"enabled": False},
                "external": {"enabled": True, "url": settings.prometheus},
            },
            "metrics": {"serviceMonitor": {"enabled": True, "additionalLabels": settings.rule_labels}},
            **ON_SYSTEM_NODES,
        },
    }
