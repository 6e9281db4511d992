"""KEDA and its HTTP add-on: autoscaling by load, and scaling to zero without requests."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource
from pulumi_kubernetes.core.v1 import Namespace

from falaj.components.core.charts.chart_args import ChartArgs
from falaj.components.core.charts.charts import KEDA, KEDA_HTTP, KEDA_NAMESPACE, KEDA_PROXY, Chart
from falaj.components.core.charts.images import mirrored_parts, mirrored_repository
from falaj.components.core.serving.backend_tls import SECRET, TLS_PORT
from falaj.components.core.serving.draining import EXIT_SECONDS, PROXY_GRACE_SECONDS, REQUEST_TIMEOUT_SECONDS
from falaj.components.core.serving.gateways import GATEWAY_NAMESPACE
from falaj.components.core.validation.args import Input
from falaj.components.core.validation.names import Label
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
from falaj.components.kubernetes.cluster.serving_authority import serving_certificate
from falaj.facts.system_pods import pods_in, pods_of

NAMESPACE = KEDA_NAMESPACE
PROXY, PROXY_PORT = KEDA_PROXY, 8080
"""Service and port of the interceptor proxy, which holds requests until a pod is ready (chart values, 0.15.0)."""
PROXY_NAMES = (f"{PROXY}.{NAMESPACE}.svc",)
"""Name that the gateway expects in the certificate of the interceptor proxy."""

_TLS: Mapping[str, Any] = {
    # Without a protocol Istio would call the port by HTTP/2 when its client does.
    "tls": {"enabled": True, "certSecret": SECRET, "port": TLS_PORT, "appProtocol": "http", "minVersion": "1.2"},
    # The interceptor trusts the system's authorities, and has no setting for others (http-add-on 0.15.0,
    # interceptor/tls_config.go). It calls nothing else by TLS but the API server, whose authority it is given.
    "extraEnvs": {"SSL_CERT_FILE": "/certs/ca.crt"},
}

METRICS, INTERCEPTOR_METRICS = 8080, 2223
WEBHOOKS, AGGREGATED = 9443, 6443
"""Ports of the admission webhooks and of the metrics API that the API server calls (keda 2.21.0, config/webhooks and
config/metrics-server)."""


class KedaArgs(ChartArgs):
    """Arguments of `Keda`."""

    moved_keys: ClassVar[Mapping[str, str]] = {
        "scraped_from": "prometheus_namespace",
        "asked_from": "gateway_namespace",
    }

    prometheus_namespace: Input[Label] | None = None
    """Namespace of the Prometheus that may scrape metrics and that triggers may query; absent without Prometheus."""
    serving_tls: bool = False
    """Whether the interceptor proxy accepts TLS of the gateway and calls services by TLS, all of them. It needs the
    `ServingAuthority` of the cluster. Default: false."""
    gateway_namespace: Input[Label] = GATEWAY_NAMESPACE
    """Namespace of the gateway's pods, which may send requests to the interceptor proxy."""
    route_namespaces: Sequence[Input[Label]] = ()
    """Namespaces whose HTTPRoutes may send requests to the interceptor proxy: those of tenants with services that scale
    to zero. The cluster then needs the CRDs of the Gateway API. Default: none."""

    @property
    def traffic(self) -> TrafficRules:
        """Allowed traffic. The scaler queries the interceptors, which forward requests to tenants' services."""
        return TrafficRules(
            listens=(WEBHOOKS, AGGREGATED),
            scraped=(METRICS, INTERCEPTOR_METRICS),
            called_by=((self.gateway_namespace, (TLS_PORT if self.serving_tls else PROXY_PORT,)),),
            calls_tenants=True,
            same_namespace=True,
            queries_prometheus=True,
        )


class Keda(pulumi.ComponentResource):
    """KEDA and its HTTP add-on in a separate namespace, with two replicas of all components that requests or scaling
    depend on.

    Takes the `kubernetes` provider of the cluster from its options. Make inference services depend on it.
    """

    namespace: pulumi.Output[str]
    """Namespace of KEDA."""
    version: pulumi.Output[str]
    """Version of KEDA."""
    ready: pulumi.Output[str]
    """Name of the add-on's Helm release, known after both charts are installed."""

    def __init__(self, name: str, args: KedaArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = KedaArgs.of(name, args)
        super().__init__("falaj:kubernetes:Keda", name, {}, opts)
        namespace = Namespace(
            f"{name}-namespace",
            metadata={"name": NAMESPACE, "labels": restricted_namespace(args.tags)},
            opts=pulumi.ResourceOptions(parent=self),
        )
        after_namespace = pulumi.ResourceOptions(parent=self, depends_on=[namespace])
        policy = controller_policy(
            f"{name}-policy", NAMESPACE, args.traffic, args.prometheus_namespace, args.tags, after_namespace
        )
        core = chart_release(
            f"{name}-core",
            KEDA,
            NAMESPACE,
            keda_values(args.image_mirror),
            pulumi.ResourceOptions(parent=self, depends_on=[policy]),
            args.chart_repository,
        )
        before: list[pulumi.Resource] = [core]
        if args.serving_tls:
            meta = ObjectMeta(SECRET, NAMESPACE, args.tags)
            before.append(serving_certificate(f"{name}-serving", PROXY_NAMES, meta, after_namespace, is_reloaded=False))
        add_on = chart_release(
            f"{name}-http",
            KEDA_HTTP,
            NAMESPACE,
            _http(args),
            # The add-on creates a ScaledObject for its interceptors, so KEDA must be installed first.
            pulumi.ResourceOptions(parent=self, depends_on=before),
            args.chart_repository,
        )
        if args.route_namespaces:
            _reference_grants(name, args, after_namespace)
        self.namespace = namespace.metadata.name
        self.version = core.version.apply(lambda version: version or KEDA.version)
        self.ready = add_on.name.apply(lambda release: release or KEDA_HTTP.name)
        self.register_outputs({"namespace": self.namespace, "version": self.version, "ready": self.ready})


def _reference_grants(name: str, args: KedaArgs, opts: pulumi.ResourceOptions) -> None:
    """Lets HTTPRoutes of the namespaces target the interceptor proxy, and no other Service here. A tenant has no rights
    in this namespace, so its own stack could not create a grant. Each namespace has its own, because a grant names 16
    namespaces at most (`maxItems` in its definition of the Gateway API), and a tenant that leaves changes no other."""
    for number, namespace in enumerate(dict.fromkeys(args.route_namespaces), start=1):
        # An output has no text yet: its place tells it apart.
        known = namespace if isinstance(namespace, str) else number
        CustomResource(
            f"{name}-grant-{known}",
            api_version="gateway.networking.k8s.io/v1beta1",
            kind="ReferenceGrant",
            metadata={
                "name": pulumi.Output.concat("routes-of-", namespace),
                "namespace": NAMESPACE,
                "labels": args.tags,
            },
            spec={
                "from": [{"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "namespace": namespace}],
                "to": [{"group": "", "kind": "Service", "name": PROXY}],
            },
            opts=opts,
        )


def keda_values(mirror: Input[str] | None) -> dict[str, Any]:
    """Returns the values of KEDA's chart."""
    components = ("operator", "metricServer", "webhooks")
    return {
        "image": {key: _image(KEDA, key, mirror) for key in KEDA.images},
        "operator": {"replicaCount": pods_in(KEDA.name, "operator").replicas},
        "metricsServer": {"replicaCount": pods_in(KEDA.name, "metricServer").replicas},
        "webhooks": {"enabled": True, "replicaCount": pods_in(KEDA.name, "webhooks").replicas},
        # Exposes errors of reading scaling metrics, for which `core.monitoring.alerts` has an alert.
        "prometheus": {"operator": {"enabled": True}},
        "podAnnotations": {"keda": {"prometheus.io/scrape": "true", "prometheus.io/port": str(METRICS)}},
        "podDisruptionBudget": {component: {"maxUnavailable": 1} for component in components},
        "podSecurityContext": {component: RESTRICTED_POD for component in components},
        "securityContext": {component: RESTRICTED_CONTAINER for component in components},
        "resources": {component: resources_of(KEDA.name, component) for component in components},
        **ON_SYSTEM_NODES,
    }


def _http(args: KedaArgs) -> dict[str, Any]:
    images = {key: mirrored_repository(image, args.image_mirror) for key, image in KEDA_HTTP.images.items()}
    shared = {"pullPolicy": "IfNotPresent", **ON_SYSTEM_NODES}
    resources = {pods.pods: {"resources": resources_of(KEDA_HTTP.name, pods.pods)} for pods in pods_of(KEDA_HTTP.name)}
    return {
        "images": {"tag": KEDA_HTTP.version, **{key: name for key, (name, _) in images.items()}},
        "operator": {**shared, **resources["operator"]},
        "scaler": {**shared, **resources["scaler"], "replicas": pods_in(KEDA_HTTP.name, "scaler").replicas},
        "interceptor": {
            **shared,
            **resources["interceptor"],
            # All requests to services that scale to zero pass through them.
            "replicas": {"min": pods_in(KEDA_HTTP.name, "interceptor").replicas, "max": 20},
            # Models respond more slowly than web pages; each route also has a timeout.
            "responseHeaderTimeout": f"{REQUEST_TIMEOUT_SECONDS}s",
            # By default requests in progress are ended after 30 s (http-add-on 0.15, Configure the Interceptor,
            # graceful shutdown). The requests that wait for a pod are among them.
            "drainTimeout": f"{PROXY_GRACE_SECONDS - EXIT_SECONDS}s",
            "terminationGracePeriodSeconds": PROXY_GRACE_SECONDS,
            **(_TLS if args.serving_tls else {}),
        },
        "podSecurityContext": {
            component: {**RESTRICTED_POD, "runAsUser": 1000} for component in ("operator", "scaler", "interceptor")
        },
        "securityContext": RESTRICTED_CONTAINER,
    }


def _image(chart: Chart, key: str, mirror: Input[str] | None) -> dict[str, Input[str]]:
    registry, repository, tag = mirrored_parts(chart.images[key], mirror)
    return {"registry": registry, "repository": repository, "tag": tag}
