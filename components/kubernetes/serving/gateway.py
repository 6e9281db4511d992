"""The way in: one gateway of the cluster that ends TLS, and routes of services behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, NotRequired, TypedDict

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource
from pulumi_kubernetes.core.v1 import Namespace
from pydantic import Field

from falaj.components.core.serving.contract import PORT
from falaj.components.core.serving.gateways import GATEWAY_NAMESPACE, LISTENER, CheckedGateway, Domain
from falaj.components.core.validation.args import Checked
from falaj.components.core.validation.names import Label
from falaj.components.core.validation.tags import CostTags
from falaj.components.kubernetes.cluster.controller_policy import Ways, controller_policy
from falaj.components.kubernetes.cluster.keda import NAMESPACE as KEDA
from falaj.components.kubernetes.cluster.keda import PROXY_PORT
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta
from falaj.components.kubernetes.cluster.pod_security import restricted_namespace
from falaj.facts.labels import TENANT_LABEL

GROUP = "gateway.networking.k8s.io"

INTERNAL = {
    "service.beta.kubernetes.io/azure-load-balancer-internal": "true",
    "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
}
"""What keeps the load balancer in the network, on Azure and on AWS (with its load balancer controller)."""


@dataclass(frozen=True)
class Controller:
    """What is known of a controller: what the gateway's pods listen on and are measured by, who tells them routes."""

    listens: tuple[int, ...] = (443,)
    scraped: tuple[int, ...] = ()
    namespace: str | None = None


CONTROLLERS = {
    # 15021 is where load balancers see that it is well (istio.io, ports used by Istio).
    "istio": Controller((443, 15021), (15020,), "istio-system"),
    "nginx": Controller((443,), (9113,), "nginx-gateway"),
}
"""Controllers by the class that they bring. Of others: TLS on 443, and told by nobody outside the namespace."""


class GatewayArgs(TypedDict):
    """Arguments of a `Gateway`."""

    namespace: NotRequired[str]
    """Namespace of its own, made here; `falaj-gateway` if absent."""
    gateway_class: str
    """GatewayClass of the controller that is installed, such as `istio`, `nginx` or `cilium`."""
    domains: Sequence[str]
    """Names that it answers, `*.models.example.ae` among them if all below one."""
    certificate: str
    """Secret of type `kubernetes.io/tls` in the gateway's namespace, kept there by what issues certificates."""
    issuer: NotRequired[str]
    """ClusterIssuer of cert-manager that shall keep that secret; somebody else does if absent."""
    public: NotRequired[bool]
    """Whether it is reached from the internet. No if absent: the load balancer stays in the network."""
    controller_namespace: NotRequired[str]
    """Namespace of the controller, which tells the gateway's pods their routes: `aks-istio-system` with AKS's own. By
    the class if absent."""
    scraped_from: NotRequired[str]
    """Namespace of Prometheus, which may read the metrics; nobody if absent."""
    tags: Mapping[str, str]
    """The mandatory cost tags; labels here."""


class _Checked(Checked):
    namespace: Label = GATEWAY_NAMESPACE
    gateway_class: Label
    domains: Annotated[tuple[Domain, ...], Field(min_length=1)]
    certificate: Label
    issuer: Label | None = None
    public: bool = False
    controller_namespace: Label | None = None
    scraped_from: Label | None = None
    tags: CostTags

    @property
    def ways(self) -> Ways:
        """In through TLS; on to tenants' services, and to who holds the requests of those that sleep."""
        of = CONTROLLERS.get(self.gateway_class, Controller())
        told_by = self.controller_namespace or of.namespace
        return Ways(
            listens=of.listens,
            scraped=of.scraped,
            calls={KEDA: (PROXY_PORT,), **({told_by: ()} if told_by else {})},
            calls_tenants=(PORT,),
            calls_api=False,
        )


class Gateway(pulumi.ComponentResource):
    """A gateway that speaks TLS 1.2 or later only, and routes of tenants' namespaces.

    Takes the `kubernetes` provider of the cluster from its options. The controller of the class and the definitions of
    the Gateway API must be there (AKS and most controllers bring them).
    """

    namespace: pulumi.Output[str]
    """Its namespace."""
    gateway: pulumi.Output[str]
    """Its name."""

    def __init__(self, name: str, args: GatewayArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:kubernetes:Gateway", name, {}, opts)
        namespace = Namespace(
            f"{name}-namespace",
            metadata={"name": settings.namespace, "labels": restricted_namespace(settings.tags)},
            opts=pulumi.ResourceOptions(parent=self),
        )
        inside = pulumi.ResourceOptions(parent=self, depends_on=[namespace])
        closed = controller_policy(
            f"{name}-policy", settings.namespace, settings.ways, settings.scraped_from, settings.tags, inside
        )
        annotations = {"cert-manager.io/cluster-issuer": settings.issuer} if settings.issuer else None
        gateway = CustomResource(
            f"{name}-gateway",
            api_version=f"{GROUP}/v1",
            kind="Gateway",
            metadata=ObjectMeta(name, settings.namespace, settings.tags).args(annotations),
            spec={
                "gatewayClassName": settings.gateway_class,
                "listeners": [
                    _listener(domain, index, settings.certificate) for index, domain in enumerate(settings.domains)
                ],
                "infrastructure": {
                    "labels": settings.tags,
                    **({} if settings.public else {"annotations": INTERNAL}),
                },
            },
            opts=pulumi.ResourceOptions(parent=self, depends_on=[closed]),
        )
        self.namespace = namespace.metadata.name
        self.gateway = gateway.urn.apply(lambda _: name)
        self.register_outputs({"namespace": self.namespace, "gateway": self.gateway})


def _listener(domain: str, index: int, certificate: str) -> dict[str, Any]:
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
    gateway: CheckedGateway,
    host: str,
    backends: Sequence[Mapping[str, Any]],
    seconds: int,
    of: ObjectMeta,
    opts: pulumi.ResourceOptions,
    annotations: Mapping[str, str] | None = None,
) -> CustomResource:
    """Requests for a host go to these backends, by their weights; one without an answer for `seconds` is given up."""
    return CustomResource(
        name,
        api_version=f"{GROUP}/v1",
        kind="HTTPRoute",
        metadata=of.args(annotations),
        spec={
            "parentRefs": [{"name": gateway.name, "namespace": gateway.namespace}],
            "hostnames": [host],
            "rules": [{"backendRefs": list(backends), "timeouts": {"request": f"{seconds}s"}}],
        },
        opts=opts,
    )
