"""Configuration of a cluster's gateway, and references to existing gateways."""

from collections.abc import Sequence

from pydantic import Field

from falaj.components.core.validation.args import Input, Spec
from falaj.components.core.validation.names import Domain, Label

GATEWAY_NAMESPACE = "falaj-gateway"
"""Default namespace of a gateway."""

KEDA_NAMESPACE = "keda"
"""Namespace of KEDA, whose interceptor proxy forwards requests to services that scale to zero."""

STATUS_PORT = 15021
"""Port on which pods of Istio's gateways answer health checks."""

LISTENER = "https"
"""Name of the listener that routes attach to."""


class GatewaySpec(Spec):
    """A reference to an existing gateway."""

    name: Input[Label]
    """Name of the gateway."""
    namespace: Input[Label]
    """Namespace of the gateway."""
    from_namespace: Input[Label] | None = None
    """Namespace of the gateway's pods, which send requests to services; the gateway's namespace if absent."""

    @property
    def sender(self) -> Input[str]:
        """Namespace from which requests arrive."""
        return self.namespace if self.from_namespace is None else self.from_namespace


class GatewayConfig(Spec):
    """The gateway of a cluster: its controller, DNS names and certificate."""

    gateway_class: Label
    """Name of the installed controller's GatewayClass, such as `istio`, `nginx` or `cilium`."""
    domains: Sequence[Domain] = Field(min_length=1)
    """DNS names that the gateway serves, such as `*.models.example.ae`."""
    certificate: Input[Label]
    """Name of the secret of type `kubernetes.io/tls` in the gateway's namespace, which the certificate issuer
    maintains."""
    issuer: Input[Label] | None = None
    """cert-manager ClusterIssuer that maintains the secret; the secret is managed externally if absent."""
    public: bool = False
    """Whether the gateway is reachable from the internet; by default its load balancer is internal."""
