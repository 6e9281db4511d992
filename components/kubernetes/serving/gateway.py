"""The cluster's gateway, which terminates TLS, and HTTPRoutes of services."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource
from pulumi_kubernetes.core.v1 import Namespace
from pydantic import model_validator

from falaj.components.core.charts.prometheus import ScrapedSpec
from falaj.components.core.serving.authentication import GatewayTenantSpec, authentication_problems
from falaj.components.core.serving.backend_tls import TLS_PORT
from falaj.components.core.serving.gateways import (
    GATEWAY_NAMESPACE,
    ISTIO,
    LISTENER,
    STATUS_PORT,
    GatewayConfig,
    GatewaySpec,
)
from falaj.components.core.serving.rate_limits import DEFAULT_REQUESTS_PER_MINUTE
from falaj.components.core.validation.args import Args, Input, default
from falaj.components.core.validation.names import Label, TenantName
from falaj.components.core.validation.problems import below, refuse_if
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags
from falaj.components.kubernetes.cluster.controller_policy import TrafficRules, controller_policy
from falaj.components.kubernetes.cluster.keda import NAMESPACE as KEDA_NAMESPACE
from falaj.components.kubernetes.cluster.keda import PROXY_PORT
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta
from falaj.components.kubernetes.cluster.pod_security import restricted_namespace
from falaj.components.kubernetes.serving.backend_encryption import backend_encryption
from falaj.components.kubernetes.serving.gateway_access import gateway_access
from falaj.facts.clouds import CLOUDS
from falaj.facts.labels import TENANT_LABEL
from falaj.facts.tags import MANDATORY_KEYS

GROUP = "gateway.networking.k8s.io"

COMMON = {key: value for entry in CLOUDS.values() for key, value in entry.load_balancer.items()}
"""Annotations of every gateway's load balancer on every cloud."""
INTERNAL = {key: value for entry in CLOUDS.values() for key, value in entry.internal_load_balancer.items()}
"""Annotations of an internal load balancer on every cloud."""
PUBLIC = {key: value for entry in CLOUDS.values() for key, value in entry.public_load_balancer.items()}
"""Annotations of a public load balancer on every cloud."""


@dataclass(frozen=True)
class GatewayController:
    """A gateway controller: serving, metrics and health check ports of the gateway's pods, and the namespace of the
    control plane."""

    listens: tuple[int, ...] = (443,)
    scraped: tuple[int, ...] = ()
    namespace: str | None = None
    probed: tuple[int, ...] = ()


CONTROLLERS = {
    # The status port answers health checks of load balancers (istio.io, ports used by Istio).
    "istio": GatewayController((443,), (15020,), "istio-system", (STATUS_PORT,)),
    "nginx": GatewayController((443,), (9113,), "nginx-gateway"),
}
"""Controllers by GatewayClass. Others default to TLS on port 443 and a control plane in the same namespace."""


class GatewayArgs(GatewayConfig, ScrapedSpec, Args):
    """Arguments of `Gateway`."""

    namespace: Input[Label] = GATEWAY_NAMESPACE
    """Namespace of the gateway, which is created."""
    controller_namespace: Input[Label] | None = None
    """Namespace of the control plane that configures the gateway's pods, such as `aks-istio-system` for the Istio
    add-on
    of AKS. If absent, the default of the GatewayClass."""
    tenants: Mapping[TenantName, GatewayTenantSpec] = default({})
    """Tenants by name, with their hosts and how requests to these are authenticated. Istio refuses requests to any
    other host. Default: none, so Istio refuses every request."""
    tags: CostTags = set_once("tags")
    """The mandatory cost tags, applied as labels."""

    @model_validator(mode="after")
    def _can_authenticate(self) -> Self:
        refuse_if(below("tenants", authentication_problems(self.tenants, self.gateway_class == ISTIO)))
        return self

    @property
    def client_limit(self) -> int:
        """Requests per minute of one client; 0 without a limit."""
        return DEFAULT_REQUESTS_PER_MINUTE if self.requests_per_minute is None else self.requests_per_minute

    @property
    def traffic(self) -> TrafficRules:
        """Allowed traffic: TLS ingress from all sources, health checks from private networks; egress to tenants'
        services and to KEDA's interceptor proxy."""
        controller = CONTROLLERS.get(self.gateway_class, GatewayController())
        control_plane = controller.namespace if self.controller_namespace is None else self.controller_namespace
        return TrafficRules(
            listens=controller.listens,
            probed=controller.probed,
            scraped=controller.scraped,
            calls=(
                (KEDA_NAMESPACE, (TLS_PORT if self.is_encrypted else PROXY_PORT,)),
                *(() if control_plane is None else ((control_plane, ()),)),
            ),
            calls_tenants=True,
            calls_api=False,
        )


class Gateway(pulumi.ComponentResource):
    """A gateway for TLS 1.2 or later that accepts HTTPRoutes of tenants' namespaces. With the GatewayClass `istio` it
    lets through only requests to the hosts of `tenants`, with the token that the tenant's `authentication` names, and
    calls pods by TLS.

    Takes the `kubernetes` provider of the cluster from its options. The controller of the GatewayClass and the Gateway
    API CRDs must be installed: make it depend on `GatewayApi`, unless the cluster has both, and on `ServingAuthority`,
    unless `encrypts_pods` is false.
    """

    namespace: pulumi.Output[str]
    """Namespace of the gateway."""
    gateway: pulumi.Output[str]
    """Name of the gateway."""

    def __init__(self, name: str, args: GatewayArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = GatewayArgs.of(name, args)
        super().__init__("falaj:kubernetes:Gateway", name, {}, opts)
        namespace = Namespace(
            f"{name}-namespace",
            metadata={"name": args.namespace, "labels": restricted_namespace(args.tags)},
            opts=pulumi.ResourceOptions(parent=self),
        )
        after_namespace = pulumi.ResourceOptions(parent=self, depends_on=[namespace])
        policy = controller_policy(
            f"{name}-policy", args.namespace, args.traffic, args.prometheus_namespace, args.tags, after_namespace
        )
        meta = ObjectMeta(name, args.namespace, args.tags)
        guards = (
            gateway_access(name, args.tenants, args.client_limit, meta, after_namespace)
            if args.gateway_class == ISTIO
            else []
        )
        if args.is_encrypted:
            guards += backend_encryption(name, args.tenants, meta, after_namespace)
        annotations = {"cert-manager.io/cluster-issuer": args.issuer} if args.issuer is not None else None
        gateway = CustomResource(
            f"{name}-gateway",
            api_version=f"{GROUP}/v1",
            kind="Gateway",
            metadata=meta.args(annotations),
            spec={
                "gatewayClassName": args.gateway_class,
                "listeners": [_listener(domain, index, args.certificate) for index, domain in enumerate(args.domains)],
                "infrastructure": {
                    # The schema allows eight labels (gateway-api, apis/v1/gateway_types.go): the cost tags.
                    "labels": {key: args.tags[key] for key in MANDATORY_KEYS},
                    "annotations": {**COMMON, **(PUBLIC if args.public else INTERNAL)},
                },
            },
            opts=pulumi.ResourceOptions(parent=self, depends_on=[policy, *guards]),
        )
        self.namespace = namespace.metadata.name
        self.gateway = gateway.urn.apply(lambda _: name)
        self.register_outputs({"namespace": self.namespace, "gateway": self.gateway})


def _listener(domain: str, index: int, certificate: Input[str]) -> dict[str, Any]:
    return {
        "name": LISTENER if index == 0 else f"{LISTENER}-{index}",
        "hostname": domain,
        "port": 443,
        "protocol": "HTTPS",
        "tls": {"mode": "Terminate", "certificateRefs": [{"kind": "Secret", "name": certificate}]},
        "allowedRoutes": {
            "namespaces": {
                "from": "Selector",
                "selector": {"matchExpressions": [{"key": TENANT_LABEL, "operator": "Exists"}]},
            },
            "kinds": [{"kind": "HTTPRoute"}],
        },
    }


def http_route(
    name: str,
    gateway: GatewaySpec,
    host: Input[str],
    backends: Sequence[Mapping[str, Any]],
    timeout_seconds: int,
    meta: ObjectMeta,
    opts: pulumi.ResourceOptions,
    annotations: Mapping[str, str] | None = None,
) -> CustomResource:
    """Creates an HTTPRoute from a host to weighted backends, with a request timeout in seconds."""
    return CustomResource(
        name,
        api_version=f"{GROUP}/v1",
        kind="HTTPRoute",
        metadata=meta.args(annotations),
        spec={
            "parentRefs": [{"name": gateway.name, "namespace": gateway.namespace}],
            "hostnames": [host],
            "rules": [{"backendRefs": list(backends), "timeouts": {"request": f"{timeout_seconds}s"}}],
        },
        opts=opts,
    )
