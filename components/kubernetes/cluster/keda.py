"""KEDA: replicas by what waits, and none while nobody asks."""

from collections.abc import Mapping
from typing import Any, NotRequired, TypedDict

import pulumi
from pulumi_kubernetes.core.v1 import Namespace

from falaj.components.core.charts.charts import KEDA, KEDA_HTTP, Chart
from falaj.components.core.charts.images import mirrored, parted
from falaj.components.core.serving.contract import PORT
from falaj.components.core.serving.gateways import GATEWAY_NAMESPACE
from falaj.components.core.validation.args import Checked
from falaj.components.core.validation.names import Label
from falaj.components.core.validation.tags import CostTags
from falaj.components.kubernetes.cluster.chart_release import (
    CLOSED_CONTAINER,
    CLOSED_POD,
    ON_SYSTEM_NODES,
    chart_release,
    limited,
)
from falaj.components.kubernetes.cluster.controller_policy import Ways, controller_policy
from falaj.components.kubernetes.cluster.pod_security import restricted_namespace

NAMESPACE = "keda"
PROXY, PROXY_PORT = "keda-add-ons-http-interceptor-proxy", 8080
"""The service that holds requests, in that namespace: names as the chart makes them (its values, 0.14.0)."""
SCALER = f"keda-add-ons-http-external-scaler.{NAMESPACE}:9090"
"""Who tells KEDA how many there are."""

METRICS, INTERCEPTOR_METRICS = 8080, 2223
WEBHOOKS, AGGREGATED = 9443, 6443
"""Where the API server asks whether an object is well, and for the numbers that replicas follow (keda 2.18.1,
config/webhooks and config/metrics-server)."""

INTERCEPTORS = 2
"""Every request of a service that sleeps goes through one of them."""


class KedaArgs(TypedDict):
    """Arguments of `Keda`."""

    chart_repository: NotRequired[str]
    """`oci://` folder of your own registry with both charts; KEDA's own index if absent."""
    image_mirror: NotRequired[str]
    """Where images of others lie, each under its own path; where they are from if absent."""
    scraped_from: NotRequired[str]
    """Namespace of Prometheus, which may read the metrics and which triggers may ask; absent where there is none."""
    asked_from: NotRequired[str]
    """Namespace of the gateway's pods, whose requests are held while a service wakes; `falaj-gateway` if absent."""
    tags: Mapping[str, str]
    """The mandatory cost tags; labels here."""


class _Checked(Checked):
    chart_repository: str | None = None
    image_mirror: str | None = None
    scraped_from: Label | None = None
    asked_from: Label = GATEWAY_NAMESPACE
    tags: CostTags

    @property
    def ways(self) -> Ways:
        """The add-on asks its interceptors how many wait, and they pass requests on to tenants' services."""
        return Ways(
            listens=(WEBHOOKS, AGGREGATED),
            scraped=(METRICS, INTERCEPTOR_METRICS),
            called_by={self.asked_from: (PROXY_PORT,)},
            calls_tenants=(PORT,),
            among_themselves=True,
            asks_prometheus=True,
        )


class Keda(pulumi.ComponentResource):
    """KEDA and its HTTP add-on in a namespace of their own, two of each that requests or scaling wait for.

    Takes the `kubernetes` provider of the cluster from its options. Make services depend on it.
    """

    namespace: pulumi.Output[str]
    """Where it runs."""
    version: pulumi.Output[str]
    """Version of KEDA."""
    ready: pulumi.Output[str]
    """Name of the add-on's release: known when both are installed."""

    def __init__(self, name: str, args: KedaArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:kubernetes:Keda", name, {}, opts)
        namespace = Namespace(
            f"{name}-namespace",
            metadata={"name": NAMESPACE, "labels": restricted_namespace(settings.tags)},
            opts=pulumi.ResourceOptions(parent=self),
        )
        inside = pulumi.ResourceOptions(parent=self, depends_on=[namespace])
        closed = controller_policy(
            f"{name}-policy", NAMESPACE, settings.ways, settings.scraped_from, settings.tags, inside
        )
        core = chart_release(
            f"{name}-core",
            KEDA,
            NAMESPACE,
            _core(settings),
            pulumi.ResourceOptions(parent=self, depends_on=[closed]),
            settings.chart_repository,
        )
        add_on = chart_release(
            f"{name}-http",
            KEDA_HTTP,
            NAMESPACE,
            _http(settings),
            # It brings a ScaledObject of its own, for its interceptors.
            pulumi.ResourceOptions(parent=self, depends_on=[core]),
            settings.chart_repository,
        )
        self.namespace = namespace.metadata.name
        self.version = core.version.apply(lambda version: version or KEDA.version)
        self.ready = add_on.name.apply(lambda given: given or KEDA_HTTP.name)
        self.register_outputs({"namespace": self.namespace, "version": self.version, "ready": self.ready})


def _core(settings: _Checked) -> dict[str, Any]:
    parts = ("operator", "metricServer", "webhooks")
    return {
        "additionalLabels": dict(settings.tags),
        "image": {key: _image(KEDA, key, settings) for key in KEDA.images},
        "operator": {"replicaCount": 2},
        "metricsServer": {"replicaCount": 2},
        "webhooks": {"enabled": True, "replicaCount": 2},
        # How often it could not read what replicas follow is told (see `gpu_rules`).
        "prometheus": {"operator": {"enabled": True}},
        "podDisruptionBudget": {part: {"maxUnavailable": 1} for part in parts},
        "podSecurityContext": {part: CLOSED_POD for part in parts},
        "securityContext": {part: CLOSED_CONTAINER for part in parts},
        "resources": {part: limited("100m", "500Mi") for part in parts},
        **ON_SYSTEM_NODES,
    }


def _http(settings: _Checked) -> dict[str, Any]:
    images = {key: parted(mirrored(image, settings.image_mirror)) for key, image in KEDA_HTTP.images.items()}
    small = {"resources": limited("100m", "128Mi"), "pullPolicy": "IfNotPresent", **ON_SYSTEM_NODES}
    return {
        "additionalLabels": dict(settings.tags),
        "images": {"tag": KEDA_HTTP.version, **{key: name for key, (name, _) in images.items()}},
        "operator": small,
        "scaler": {**small, "replicas": 2},
        "interceptor": {
            **small,
            "resources": limited("250m", "256Mi"),
            "replicas": {"min": INTERCEPTORS, "max": 20},
            # Models think longer than web pages: how long, each route says.
            "responseHeaderTimeout": "300s",
        },
        "podSecurityContext": {
            part: {**CLOSED_POD, "runAsUser": 1000} for part in ("operator", "scaler", "interceptor")
        },
        "securityContext": CLOSED_CONTAINER,
    }


def _image(chart: Chart, key: str, settings: _Checked) -> dict[str, str]:
    registry, rest = mirrored(chart.images[key], settings.image_mirror).split("/", 1)
    repository, tag = parted(rest)
    return {"registry": registry, "repository": repository, "tag": tag}
