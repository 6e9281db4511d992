"""A cluster as its workloads see it: on a cloud, or an existing one on premises."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi

from falaj.components.build.cloud_site import SiteOutputs
from falaj.components.build.workload_identity import WorkloadIdentity
from falaj.components.core.money.opencost_prices import HourlyPrices
from falaj.components.settings.arguments import DeclaredCluster
from falaj.facts.machines import find


@dataclass(frozen=True, kw_only=True)
class WorkloadCluster(DeclaredCluster):
    """A cluster. Its workloads are created after `site`, and deleted before it."""

    cidr: str
    """The site's block."""
    version: str
    """Kubernetes minor version."""
    site: pulumi.Resource
    """Resource that its workloads depend on."""
    kubernetes: pulumi.ProviderResource
    vaults: Mapping[str, pulumi.Input[str]]
    """Address of each vault by purpose."""
    identity: WorkloadIdentity
    """Access of pods to the vaults."""
    outputs: SiteOutputs | None = None
    """Outputs of its site; None in a tenant's own stack."""
    store_cidrs: pulumi.Input[Sequence[str]] | None = None
    """Blocks of the vaults' service outside the network."""
    prices: HourlyPrices | None = None
    """Hourly prices on premises; by the region's catalogue if absent."""

    @property
    def machines(self) -> list[str]:
        """Machine types of its pools."""
        return sorted({machine for pool in self.pools.values() for machine in pool.machines})

    @property
    def has_gpus(self) -> bool:
        """Whether some machine of its pools has GPUs."""
        own = self.own_machines
        sold = {name: find(self.region, name) for name in self.machines if name not in own} if self.region else {}
        return any(machine.gpus for machine in own.values()) or any(one and one.gpus for one in sold.values())

    def after(self, *resources: pulumi.Resource) -> pulumi.ResourceOptions:
        """Options of a component on the cluster that depends on the site and on these resources."""
        return pulumi.ResourceOptions(providers=[self.kubernetes], depends_on=[self.site, *resources])


def exports(cluster: WorkloadCluster) -> dict[str, object]:
    """What the stack exports of a site: the same keys on every cloud. Raises ValueError in a tenant's own stack."""
    site = cluster.outputs
    if site is None:
        raise ValueError(f"{cluster.name} is a site of another stack")
    return {
        "region": site.region,
        "clusterName": site.cluster_name,
        "endpoint": site.endpoint,
        "kubeconfig": site.kubeconfig,
        "oidcIssuerUrl": site.oidc_issuer_url,
        "vaultUris": site.vault_uris,
        "poolNames": site.pool_names,
        "storageClasses": site.storage_classes,
        "registry": site.registry,
        "doors": cluster.identity.exported,
    }
