"""A cluster as its workloads see it: on a cloud, or an existing one on premises."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi

from falaj.components.build.cloud_site import SiteOutputs
from falaj.components.build.workload_identity import WorkloadIdentity
from falaj.components.core.money.opencost_prices import HourlyPrices
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.storage.stores import StoreSpec
from falaj.components.core.tenancy.queue_specs import OwnMachineSpec
from falaj.components.core.validation.enums import NodeAutoscaler
from falaj.components.settings.workloads import ClusterSettings
from falaj.facts.machines import find
from falaj.facts.regions import Cloud


@dataclass(frozen=True)
class WorkloadCluster:
    """A cluster. Its workloads are created after `site`, and deleted before it."""

    name: str
    """The site's."""
    cloud: Cloud
    region: str | None
    """None on premises."""
    cidr: str
    """The site's block."""
    version: str
    """Kubernetes minor version."""
    node_autoscaler: NodeAutoscaler
    pools: Mapping[str, NodePoolSpec]
    shared: ClusterSettings
    """The stack's settings of what all tenants share."""
    site: pulumi.Resource
    """Resource that its workloads depend on."""
    kubernetes: pulumi.ProviderResource
    vaults: Mapping[str, pulumi.Input[str]]
    """Address of each vault by purpose."""
    identity: WorkloadIdentity
    """Access of pods to the vaults."""
    tags: Mapping[str, str]
    """The cost tags, and the site's name."""
    outputs: SiteOutputs | None = None
    """Outputs of its site; None in a tenant's own stack."""
    store: StoreSpec | None = None
    """The S3-compatible store of your own; None where the vaults are a cloud's."""
    image_mirror: str | None = None
    store_cidrs: pulumi.Input[Sequence[str]] | None = None
    """Blocks of the vaults' service outside the network."""
    own_machines: Mapping[str, OwnMachineSpec] = field(default_factory=dict[str, OwnMachineSpec])
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

    @property
    def scraped_from(self) -> str | None:
        """Namespace of Prometheus; None without one."""
        return self.shared.observability.namespace if self.shared.observability else None


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
