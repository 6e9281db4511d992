"""Gateways: the cluster's own, and the reference by which a service names one."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from falaj.components.core.validation.args import Input, Spec
from falaj.components.core.validation.names import Label
from falaj.components.core.validation.text_forms import TextForm

Domain = Annotated[
    str,
    TextForm(
        r"^(\*\.)?([a-z0-9]([-a-z0-9]*[a-z0-9])?\.)+[a-z]{2,}$",
        "a DNS name in lower case, with `*.` before it for all names below it",
        "*.models.example.ae",
    ),
]
"""A DNS name that a gateway serves, or with `*.` all names below one."""

GATEWAY_NAMESPACE = "falaj-gateway"
"""Default namespace of a gateway."""

KEDA_NAMESPACE = "keda"
"""Namespace of KEDA, whose proxy calls services that scale to zero."""

LISTENER = "https"
"""Name of the listener that routes attach to."""


class GatewaySpec(Spec):
    """A reference to an existing gateway."""

    name: Input[Label]
    """Its name."""
    namespace: Input[Label]
    """Its namespace."""
    from_namespace: Input[Label] | None = None
    """Namespace of the pods that forward requests; the gateway's own if absent."""

    @property
    def sender(self) -> Input[str]:
        """Namespace that requests come from."""
        return self.namespace if self.from_namespace is None else self.from_namespace


class GatewayConfig(Spec):
    """The gateway of a cluster: its controller, its names and its certificate."""

    gateway_class: Label
    """GatewayClass of the installed controller, such as `istio`, `nginx` or `cilium`."""
    domains: Sequence[Domain] = Field(min_length=1)
    """DNS names that it serves, such as `*.models.example.ae`."""
    certificate: Input[Label]
    """Secret of type `kubernetes.io/tls` in the gateway's namespace, kept there by the certificate issuer."""
    issuer: Input[Label] | None = None
    """ClusterIssuer of cert-manager that keeps that secret; somebody else keeps it if absent."""
    public: bool = False
    """Whether it is reachable from the internet; otherwise its load balancer is internal."""
