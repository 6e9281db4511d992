"""KEDA: replicas by load, and scale to zero without requests."""

from typing import Any

import pulumi
from pulumi_kubernetes.core.v1 import Namespace

from falaj.components.core.charts.charts import KEDA, KEDA_HTTP, Chart
from falaj.components.core.charts.images import mirrored, split_image
from falaj.components.core.serving.contract import PORT
from falaj.components.core.serving.gateways import GATEWAY_NAMESPACE, KEDA_NAMESPACE
from falaj.components.core.validation.args import Input
from falaj.components.core.validation.names import Label
from falaj.components.kubernetes.cluster.chart_args import ChartArgs
from falaj.components.kubernetes.cluster.chart_release import (
    CLOSED_CONTAINER,
    CLOSED_POD,
    ON_SYSTEM_NODES,
    chart_release,
    limited,
)
from falaj.components.kubernetes.cluster.controller_policy import TrafficRules, controller_policy
from falaj.components.kubernetes.cluster.pod_security import restricted_namespace

NAMESPACE = KEDA_NAMESPACE
PROXY, PROXY_PORT = "keda-add-ons-http-interceptor-proxy", 8080
"""The service that holds requests, in that namespace; names are the chart's (its values, 0.14.0)."""
SCALER = f"keda-add-ons-http-external-scaler.{NAMESPACE}:9090"
"""The scaler that reports pending requests to KEDA."""

METRICS, INTERCEPTOR_METRICS = 8080, 2223
WEBHOOKS, AGGREGATED = 9443, 6443
"""Ports of the admission webhooks and of the metrics API that the API server calls (keda 2.18.1, config/webhooks and
config/metrics-server)."""

INTERCEPTORS = 2
"""Minimum of interceptors; every request to a service that scales to zero passes one."""


class KedaArgs(ChartArgs):
    """KEDA and its HTTP add-on on a cluster."""

    scraped_from: Input[Label] | None = None
    """Namespace of Prometheus, which may read the metrics and which triggers may query; absent without Prometheus."""
    asked_from: Label = GATEWAY_NAMESPACE
    """Namespace of the gateway's pods, whose requests are held while a service starts."""

    @property
    def traffic(self) -> TrafficRules:
        """The add-on asks its interceptors for pending requests, and they forward requests to tenants' services."""
        return TrafficRules(
            listens=(WEBHOOKS, AGGREGATED),
            scraped=(METRICS, INTERCEPTOR_METRICS),
            called_by={self.asked_from: (PROXY_PORT,)},
            calls_tenants=(PORT,),
            among_themselves=True,
            asks_prometheus=True,
        )


class Keda(pulumi.ComponentResource):
    """KEDA and its HTTP add-on in a namespace of their own, with two replicas of everything that requests or scaling
    wait for.

    Takes the `kubernetes` provider of the cluster from its options. Make services depend on it.
    """

    namespace: pulumi.Output[str]
    """Its namespace."""
    version: pulumi.Output[str]
    """Version of KEDA."""
    ready: pulumi.Output[str]
    """Name of the add-on's release: known when both are installed."""

    def __init__(self, name: str, args: KedaArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = KedaArgs.of(name, args)
        super().__init__("falaj:kubernetes:Keda", name, {}, opts)
        namespace = Namespace(
            f"{name}-namespace",
            metadata={"name": NAMESPACE, "labels": restricted_namespace(args.tags)},
            opts=pulumi.ResourceOptions(parent=self),
        )
        inside = pulumi.ResourceOptions(parent=self, depends_on=[namespace])
        closed = controller_policy(f"{name}-policy", NAMESPACE, args.traffic, args.scraped_from, args.tags, inside)
        core = chart_release(
            f"{name}-core",
            KEDA,
            NAMESPACE,
            _core(args),
            pulumi.ResourceOptions(parent=self, depends_on=[closed]),
            args.chart_repository,
        )
        add_on = chart_release(
            f"{name}-http",
            KEDA_HTTP,
            NAMESPACE,
            _http(args),
            # It installs a ScaledObject of its own, for its interceptors.
            pulumi.ResourceOptions(parent=self, depends_on=[core]),
            args.chart_repository,
        )
        self.namespace = namespace.metadata.name
        self.version = core.version.apply(lambda version: version or KEDA.version)
        self.ready = add_on.name.apply(lambda release: release or KEDA_HTTP.name)
        self.register_outputs({"namespace": self.namespace, "version": self.version, "ready": self.ready})


def _core(args: KedaArgs) -> dict[str, Any]:
    parts = ("operator", "metricServer", "webhooks")
    return {
        "additionalLabels": dict(args.tags),
        "image": {key: _image(KEDA, key, args) for key in KEDA.images},
        "operator": {"replicaCount": 2},
        "metricsServer": {"replicaCount": 2},
        "webhooks": {"enabled": True, "replicaCount": 2},
        # Its errors of reading a metric raise an alert (see `gpu_rules`).
        "prometheus": {"operator": {"enabled": True}},
        "podDisruptionBudget": {part: {"maxUnavailable": 1} for part in parts},
        "podSecurityContext": {part: CLOSED_POD for part in parts},
        "securityContext": {part: CLOSED_CONTAINER for part in parts},
        "resources": {part: limited("100m", "500Mi") for part in parts},
        **ON_SYSTEM_NODES,
    }


def _http(args: KedaArgs) -> dict[str, Any]:
    images = {key: split_image(mirrored(image, args.image_mirror)) for key, image in KEDA_HTTP.images.items()}
    small = {"resources": limited("100m", "128Mi"), "pullPolicy": "IfNotPresent", **ON_SYSTEM_NODES}
    return {
        "additionalLabels": dict(args.tags),
        "images": {"tag": KEDA_HTTP.version, **{key: name for key, (name, _) in images.items()}},
        "operator": small,
        "scaler": {**small, "replicas": 2},
        "interceptor": {
            **small,
            "resources": limited("250m", "256Mi"),
            "replicas": {"min": INTERCEPTORS, "max": 20},
            # Models answer more slowly than web pages: each route has its own timeout.
            "responseHeaderTimeout": "300s",
        },
        "podSecurityContext": {
            part: {**CLOSED_POD, "runAsUser": 1000} for part in ("operator", "scaler", "interceptor")
        },
        "securityContext": CLOSED_CONTAINER,
    }


def _image(chart: Chart, key: str, args: KedaArgs) -> dict[str, str]:
    registry, rest = mirrored(chart.images[key], args.image_mirror).split("/", 1)
    repository, tag = split_image(rest)
    return {"registry": registry, "repository": repository, "tag": tag}
