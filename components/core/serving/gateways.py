"""Configuration of a cluster's gateway, and references to existing gateways."""

from collections.abc import Iterator, Sequence

from pydantic import Field

from falaj.components.core.validation.args import Input, Spec
from falaj.components.core.validation.names import Domain, Label
from falaj.components.core.validation.problems import Problem

GATEWAY_NAMESPACE = "falaj-gateway"
"""Default namespace of a gateway."""

STATUS_PORT = 15021
"""Port on which pods of Istio's gateways answer health checks."""

ISTIO = "istio"
"""GatewayClass whose controller the platform can install."""

LISTENER = "https"
"""Name of the listener that routes attach to."""


class GatewaySpec(Spec):
    """A reference to an existing gateway."""

    name: Input[Label]
    """Name of the gateway."""
    namespace: Input[Label]
    """Namespace of the gateway."""
    encrypted: bool = True
    """Whether the gateway calls pods by TLS. Their namespace then needs the certificate that `Foundation` creates with
    `serving_tls`; false for gateways without `encrypts_pods`, and of another class than `istio`."""
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
    requests_per_minute: int | None = Field(default=None, ge=0, le=1_000_000)
    """Requests per minute of one client that each pod of the gateway lets through, for each of `domains`; more are
    refused with 429. A client is the subject of a token, or an address at hosts without authentication. 0 turns the
    limit off. Default: 600 with the GatewayClass `istio`; other classes have no limit here."""
    encrypts_pods: bool | None = None
    """Whether requests are encrypted from the gateway to the pods too, with certificates of an authority in the
    cluster. It needs cert-manager. Default: true with the GatewayClass `istio`; other classes do not encrypt here."""
    public: bool = False
    """Whether the gateway is reachable from the internet; by default its load balancer is internal."""

    def _problems(self) -> Iterator[Problem]:
        if self.gateway_class == ISTIO:
            return
        allowed = f"none, because only gateways of class {ISTIO} do this here"
        for field in ("requests_per_minute", "encrypts_pods"):
            if given := getattr(self, field):
                yield Problem(field, given, allowed, "remove it, and configure the controller")

    @property
    def is_encrypted(self) -> bool:
        """Whether the gateway calls pods by TLS."""
        return self.gateway_class == ISTIO and self.encrypts_pods is not False
