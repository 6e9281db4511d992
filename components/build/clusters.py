"""A cluster as what runs on it knows it, whoever made it: a site of a cloud, or an existing one on premises."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import pulumi

from falaj.components.build.workload_identity import Doors
from falaj.components.core.node_pools.spec import NodePoolSpec as PoolSpec
from falaj.components.core.storage.stores import StoreSpec
from falaj.components.core.tenancy.queue_specs import OwnMachineSpec
from falaj.components.core.validation.enums import NodeAutoscaler
from falaj.components.kubernetes.cluster.observability import HourlyPricesSpec
from falaj.components.settings.workloads import ClusterSettings
from falaj.facts.machines import find
from falaj.facts.regions import Cloud

if TYPE_CHECKING:
    from falaj.components import aws, azure, kubernetes

    Site = aws.Site | azure.Site | kubernetes.Site


@dataclass(frozen=True)
class Cluster:
    """What runs on it is made after `site`, and gone before it."""

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
    pools: Mapping[str, PoolSpec]
    shared: ClusterSettings
    """What all tenants share, as the stack says it."""
    site: pulumi.Resource
    kubernetes: pulumi.ProviderResource
    vaults: Mapping[str, pulumi.Input[str]]
    """Address of each vault by purpose."""
    doors: Doors
    """How pods get into them."""
    tags: Mapping[str, str]
    """The cost tags, and the site's name."""
    store: StoreSpec | None = None
    """What pods are told of a store of one's own; None where the vaults are a cloud's."""
    image_mirror: str | None = None
    store_cidrs: pulumi.Input[Sequence[str]] | None = None
    """Blocks of the vaults' service outside the network."""
    own_machines: Mapping[str, OwnMachineSpec] = field(default_factory=dict)
    prices: HourlyPricesSpec | None = None
    """What an hour costs on premises; by the region's catalogue if absent."""

    @property
    def machines(self) -> list[str]:
        """Machine types of its pools."""
        return sorted({machine for pool in self.pools.values() for machine in pool["machines"]})

    @property
    def has_gpus(self) -> bool:
        """Whether some machine of its pools has GPUs."""
        own = self.own_machines
        sold = {name: find(self.region, name) for name in self.machines if name not in own} if self.region else {}
        return any(machine.get("gpus") for machine in own.values()) or any(one and one.gpus for one in sold.values())

    def after(self, *parts: pulumi.Resource) -> pulumi.ResourceOptions:
        """Options of what is made on it, after the site and other parts."""
        return pulumi.ResourceOptions(providers=[self.kubernetes], depends_on=[self.site, *parts])

    @property
    def pulls(self) -> dict[str, str]:
        """Where charts and images come from, as components take it."""
        mirror = {"image_mirror": self.image_mirror} if self.image_mirror else {}
        return mirror | ({"chart_repository": self.shared.chart_repository} if self.shared.chart_repository else {})


def outputs(cluster: Cluster) -> dict[str, object]:
    """What the stack exports of a site: the same keys on every cloud."""
    site = cast("Site", cluster.site)
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
        "doors": cluster.doors.exported,
    }
