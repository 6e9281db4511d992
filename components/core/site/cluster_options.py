"""Options of clusters that a site's specification and its cluster share."""

from collections.abc import Sequence

from falaj.components.core.network.blocks import InsideBlock, OfficeBlock
from falaj.components.core.site.aks_options import AksAccess, AksNetwork, ClusterIdentities
from falaj.components.core.site.eks_addons import AddonVersions
from falaj.components.core.site.eks_network import EksNetwork
from falaj.components.core.validation.args import Accepts, Input, Spec, default


class PublicAccess(Spec):
    """Public access to the API server of a cluster."""

    public_access_cidrs: Accepts[Sequence[Input[OfficeBlock]], Sequence[Input[OfficeBlock | str]]] = default(())
    """CIDR blocks outside the network that may reach the API server. Default: none, so the API server has only a
    private endpoint."""


class PinnedAddons(Spec):
    """Pinned versions of EKS add-ons."""

    addon_versions: AddonVersions = default({})
    """Pinned versions by EKS add-on name, such as `v1.20.2-eksbuild.1`. An add-on that is absent here gets EKS's
    default for the Kubernetes version."""


class EksOptions(EksNetwork, PinnedAddons):
    """Options of clusters on AWS."""

    private_access_cidrs: Accepts[Sequence[InsideBlock], Sequence[InsideBlock | str]] = default(())
    """Private CIDR blocks, besides the nodes, that may reach the private API endpoint, such as those of a CI/CD
    pipeline or a VPN. To deploy workloads to a private cluster, connect from one of these blocks. Default: none."""


class AksOptions(AksAccess, AksNetwork):
    """Options of clusters on Azure."""

    defender: bool = False
    """Whether Defender for Containers monitors the nodes. It is billed per core and keeps its findings where Defender
    for Cloud does, which is not in the UAE. Default: false."""
    azure_policy: bool = False
    """Whether the Azure Policy add-on evaluates what is deployed to the cluster. Default: false."""
    identities: ClusterIdentities = ClusterIdentities()
    """Existing identities of the cluster; it creates those that are absent."""
