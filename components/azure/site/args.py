"""A site's arguments on Azure, and what follows from them."""

from dataclasses import dataclass

import pulumi

from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.site.args import SiteArgs as CommonSiteArgs
from falaj.components.core.site.specs import AzureSiteSpec
from falaj.components.core.validation.enums import NodeAutoscaler, Profile
from falaj.components.core.validation.regions import AzureRegion
from falaj.components.core.validation.tags import with_tags


class SiteArgs(CommonSiteArgs):
    """Arguments of a `Site` on Azure."""

    region: AzureRegion
    """A region of Azure in the UAE."""

    @property
    def options(self) -> AzureSiteSpec:
        """What only sites on Azure have, with its defaults."""
        return self.azure or AzureSiteSpec()


@dataclass(frozen=True)
class SiteBuild:
    """A site while its parts are created: the component, its name, its arguments and its resource group."""

    site: pulumi.ComponentResource
    name: str
    args: SiteArgs
    group_name: pulumi.Output[str]
    group_id: pulumi.Output[str]

    @property
    def tags(self) -> dict[str, str]:
        """The cost tags, and the site's name."""
        return site_tags(self.args, self.name)

    @property
    def autoscaler(self) -> NodeAutoscaler:
        """What adds the nodes."""
        return self.args.node_autoscaler or NodeAutoscaler.CLUSTER_AUTOSCALER

    @property
    def agent_pools(self) -> dict[str, NodePoolSpec]:
        """Pools that are agent pools beside the one that the cluster is created with."""
        first = self.args.first_system_pool
        return {name: pool for name, pool in self.args.pools.items() if name != first and self._is_fixed(pool)}

    @property
    def provisioned_pools(self) -> dict[str, NodePoolSpec]:
        """Pools whose nodes node auto-provisioning creates."""
        return {name: pool for name, pool in self.args.pools.items() if not self._is_fixed(pool)}

    def _is_fixed(self, pool: NodePoolSpec) -> bool:
        return self.autoscaler is NodeAutoscaler.CLUSTER_AUTOSCALER or pool.profile is Profile.SYSTEM

    def after(self, *parts: pulumi.Resource, provider: pulumi.ProviderResource | None = None) -> pulumi.ResourceOptions:
        """Options of a part that is created after others, and deleted before them; `provider` is its Kubernetes."""
        return pulumi.ResourceOptions(
            parent=self.site, depends_on=list(parts), providers=[provider] if provider else None
        )


def site_tags(args: SiteArgs, name: str) -> dict[str, str]:
    """The cost tags, and the site's name."""
    return with_tags(args.tags, site=name)
