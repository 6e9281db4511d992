"""Options of clusters on Azure: who uses the API server, blocks of pods and services, proxy and certificates."""

from collections.abc import Iterator, Sequence
from ipaddress import IPv4Network
from typing import Annotated, Self

from pydantic import Field, model_validator

from falaj.components.core.network.azure_ids import IdentityId
from falaj.components.core.network.blocks import Block
from falaj.components.core.network.cidr import POD_BLOCK, SERVICE_BLOCK
from falaj.components.core.site.administrators import EntraGroup
from falaj.components.core.site.proxy_forms import NoProxyEntry
from falaj.components.core.validation.args import Accepts, Choice, Input, Spec, default
from falaj.components.core.validation.enums import DeployerType
from falaj.components.core.validation.names import HttpAddress, Label
from falaj.components.core.validation.problems import Problem, refuse_if
from falaj.components.core.validation.text_forms import TextForm

SMALLEST_SERVICE_PREFIX = 12
"""Prefix of the largest service block that AKS accepts (azure-aks-docs concepts-network-ip-address-planning.md: smaller
than a /12)."""

LONGEST_CERTIFICATES = 10
"""Most certificates in the trust store of AKS nodes (azure-aks-docs custom-certificate-authority.md, 2026-08-26)."""

Certificate = Annotated[
    str,
    TextForm(
        r"^-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+\n-----END CERTIFICATE-----\n?$",
        "one certificate in PEM form, without carriage returns or blank lines",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
    ),
]
"""The certificate of a certificate authority."""


class ClusterIdentities(Spec):
    """Existing user-assigned identities of a cluster, in the cluster's subscription; absent ones are created."""

    control_plane: Input[IdentityId] | None = None
    """Id of the identity of the control plane. The site grants it its roles."""
    kubelet: Input[IdentityId] | None = None
    """Id of the identity of the nodes, which pulls images."""


class NamespaceGroup(Spec):
    """Access of one Entra group to some namespaces, such as those of a tenant."""

    group: Input[EntraGroup]
    """Object ID of the Entra group."""
    namespaces: Sequence[Label] = Field(min_length=1)
    """Namespaces that the group may use."""
    writes: bool = False
    """Whether the group may also create, change and delete objects there (Azure Kubernetes Service RBAC Writer, which
    includes secrets); otherwise it may read objects that are no secrets (RBAC Reader)."""


class AksAccess(Spec):
    """Identities that use the API server of a cluster on Azure, in addition to its administrators."""

    grant_deployer: bool = True
    """Whether the identity that runs the first `pulumi up` administers the cluster (Azure Kubernetes Service RBAC
    Cluster Admin). Set it to false where that identity is in one of the groups of `administrators`."""
    deployer_type: Choice[DeployerType] = default(DeployerType.SERVICE_PRINCIPAL)
    """Kind of that identity: `ServicePrincipal` (default), which is an app registration or a managed identity, or
    `User`. Azure refuses the role assignment of a principal of the other kind. Used at the first deployment only."""
    viewers: Sequence[Input[EntraGroup]] = ()
    """Object IDs of Entra groups that may read every object of the cluster and change none, such as that of the
    identity of plans and of the nightly drift check. They can read secrets, because Helm keeps the state of a chart in
    one. Default: none."""
    namespace_groups: Sequence[NamespaceGroup] = ()
    """Entra groups with access to single namespaces, such as those of tenants. Default: none."""


class AksProxySpec(Spec):
    """HTTP proxy of the nodes and pods of a cluster."""

    http: Input[
        Annotated[
            str,
            TextForm(
                r"^http://[A-Za-z0-9.:\[\]-]+/?$", "an address that begins with http://", "http://proxy:3128", 2048
            ),
        ]
    ]
    """Proxy of HTTP connections; AKS supports no user and password."""
    https: Input[HttpAddress] | None = None
    """Proxy of HTTPS connections. Default: that of HTTP connections."""
    no_proxy: Sequence[Input[NoProxyEntry]] = ()
    """Further hosts, domains and blocks that are reached without the proxy. AKS adds the cluster's own addresses, and
    the domains of private endpoints are added here."""


class AksNetwork(Spec):
    """Blocks of a cluster's pods and services, and its way out through a proxy."""

    pod_cidr: Accepts[Block, IPv4Network | str] = default(POD_BLOCK)
    """Block of the pods of the overlay network, a /24 for each node. Default: 100.64.0.0/14. Choose another where your
    network routes that block. A change replaces the cluster."""
    service_cidr: Accepts[Block, IPv4Network | str] = default(SERVICE_BLOCK)
    """Block of Kubernetes services, smaller than a /12. Default: 100.68.0.0/16. A change replaces the cluster."""
    proxy: AksProxySpec | None = None
    """HTTP proxy of nodes and pods; none if absent. A change reimages every node."""
    trusted_certificates: Sequence[Certificate] = Field(default=(), max_length=LONGEST_CERTIFICATES)
    """Certificates of your own authorities that the nodes trust, in PEM form, at most 10: for example that of the proxy
    or of a private registry. A change replaces every node."""

    @model_validator(mode="after")
    def _blocks_are_apart(self) -> Self:
        refuse_if(self._block_problems())
        return self

    def _block_problems(self) -> Iterator[Problem]:
        for field, block in (("pod_cidr", self.pod_cidr), ("service_cidr", self.service_cidr)):
            if block.is_global:
                yield Problem(field, str(block), "a private block, or one of 100.64.0.0/10", "choose another block")
        if self.service_cidr.prefixlen <= SMALLEST_SERVICE_PREFIX:
            yield Problem("service_cidr", str(self.service_cidr), "a block smaller than a /12", "choose a smaller one")
        if self.pod_cidr.overlaps(self.service_cidr):
            yield Problem("service_cidr", str(self.service_cidr), f"outside the pods' {self.pod_cidr}", "move one")


def overlap_problems(options: AksNetwork, block: IPv4Network) -> Iterator[Problem]:
    """Yields the blocks of pods and services that overlap the site's own block."""
    for field, other in (("pod_cidr", options.pod_cidr), ("service_cidr", options.service_cidr)):
        if other.overlaps(block):
            allowed = f"a block that does not overlap the network's {block}"
            yield Problem(field, str(other), allowed, "choose another block")
