"""Arguments of a site on Azure, and values derived from them."""

from dataclasses import dataclass

import pulumi

from falaj.components.core.node_pools.azure_nodes import agent_pool_zones
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.site.args import SiteArgs as CommonSiteArgs
from falaj.components.core.site.contexts import AzureSiteContext
from falaj.components.core.site.specs import AzureSiteSpec
from falaj.components.core.validation.enums import NodeAutoscaler, Profile
from falaj.components.core.validation.regions import AzureRegion
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import with_tags


class SiteArgs(AzureSiteContext, CommonSiteArgs):
    """Arguments of a `Site` on Azure."""

    region: AzureRegion = set_once("regions.azure")
    """Azure region in the UAE: `uaenorth` or `uaecentral`."""

    @property
    def options(self) -> AzureSiteSpec:
        """The Azure-specific options, or their defaults."""
        return self.azure or AzureSiteSpec()


@dataclass(frozen=True)
class SiteBuild:
    """A site under construction: its component, name, arguments and resource group."""

    site: pulumi.ComponentResource
    name: str
    args: SiteArgs
    group_name: pulumi.Output[str]
    group_id: pulumi.Output[str]

    @property
    def tags(self) -> dict[str, str]:
        """The cost tags and the tag `site`."""
        return site_tags(self.args, self.name)

    @property
    def autoscaler(self) -> NodeAutoscaler:
        """The node autoscaler of the cluster; the cluster autoscaler by default."""
        return self.args.node_autoscaler or NodeAutoscaler.CLUSTER_AUTOSCALER

    @property
    def agent_pools(self) -> dict[str, NodePoolSpec]:
        """Pools that are AKS agent pools, except the system pool that the cluster is created with."""
        first = self.args.first_system_pool
        return {name: pool for name, pool in self.args.pools.items() if name != first and self._is_agent_pool(pool)}

    @property
    def provisioned_pools(self) -> dict[str, NodePoolSpec]:
        """Pools whose nodes are created by node auto-provisioning."""
        return {name: pool for name, pool in self.args.pools.items() if not self._is_agent_pool(pool)}

    @property
    def regional_profiles(self) -> list[Profile]:
        """Workload profiles with an agent pool whose nodes are in no zone, in a region that has zones."""
        args = self.args
        regional = {
            pool.profile
            for pool in args.pools.values()
            if self._is_agent_pool(pool) and not agent_pool_zones(args.region, args.network.zones, pool)
        }
        return sorted(regional, key=lambda profile: profile.value)

    def _is_agent_pool(self, pool: NodePoolSpec) -> bool:
        return self.autoscaler is NodeAutoscaler.CLUSTER_AUTOSCALER or pool.profile is Profile.SYSTEM

    def after(
        self, *resources: pulumi.Resource, provider: pulumi.ProviderResource | None = None
    ) -> pulumi.ResourceOptions:
        """Returns options of a child that depends on `resources`; `provider` is its Kubernetes provider, if any."""
        return pulumi.ResourceOptions(
            parent=self.site, depends_on=list(resources), providers=[provider] if provider else None
        )


def site_tags(args: SiteArgs, name: str) -> dict[str, str]:
    """Returns the cost tags and the tag `site`."""
    return with_tags(args.tags, site=name)
