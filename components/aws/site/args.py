"""Arguments of a site on AWS, and values derived from them."""

from dataclasses import dataclass

import pulumi

from falaj.components.core.network.aws_network import POD_RANGE
from falaj.components.core.network.zones import site_zones
from falaj.components.core.node_pools.node_groups import is_group
from falaj.components.core.node_pools.pod_addresses import addresses_per_zone
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.node_pools.system_capacity import controller_replicas
from falaj.components.core.site.args import SiteArgs as CommonSiteArgs
from falaj.components.core.site.aws_proxy import EksProxySpec
from falaj.components.core.site.contexts import AwsSiteContext
from falaj.components.core.site.eks_addons import OptionalAddon, storage_addons
from falaj.components.core.site.specs import AwsSiteSpec
from falaj.components.core.validation.enums import Egress, NodeAutoscaler
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import with_tags


class SiteArgs(AwsSiteContext, CommonSiteArgs):
    """Arguments of a `Site` on AWS."""

    region: AwsRegion = set_once("regions.aws")
    """AWS region in the UAE, such as `me-central-1`."""

    @property
    def options(self) -> AwsSiteSpec:
        """Returns the settings that only sites on AWS have, with their defaults."""
        return self.aws or AwsSiteSpec()


@dataclass(frozen=True)
class SiteBuild:
    """Context for creating the resources of a site: the component, its name and its arguments."""

    site: pulumi.ComponentResource
    name: str
    args: SiteArgs

    @property
    def tags(self) -> dict[str, str]:
        """Returns the cost tags and the tag `site`, which the site's budget filters by."""
        return with_tags(self.args.tags, site=self.name)

    @property
    def groups(self) -> dict[str, NodePoolSpec]:
        """Returns the pools that are managed node groups: profile `system`, reserved capacity and, without Karpenter,
        all others."""
        return {name: pool for name, pool in self.args.pools.items() if not self._uses_karpenter(pool)}

    @property
    def karpenter_pools(self) -> dict[str, NodePoolSpec]:
        """Returns the pools whose nodes Karpenter creates."""
        return {name: pool for name, pool in self.args.pools.items() if self._uses_karpenter(pool)}

    def _uses_karpenter(self, pool: NodePoolSpec) -> bool:
        return self.args.node_autoscaler is not NodeAutoscaler.CLUSTER_AUTOSCALER and not is_group(pool)

    def with_site_sleep(self, pool: NodePoolSpec) -> NodePoolSpec:
        """Returns the pool, with `aws.sleeps` set if the whole site sleeps outside office hours."""
        if not self.args.sleeps:
            return pool
        return pool.model_copy(update={"aws": pool.aws.model_copy(update={"sleeps": True})})

    @property
    def services(self) -> list[str]:
        """Returns the AWS services that optional resources call and that need private endpoints; none with egress."""
        if self.args.network.egress is not Egress.NONE:
            return []
        required = {
            "elasticfilesystem": self.args.storage.shared_files,
            "fsx": self.args.options.scratch_gib is not None,
            "monitoring": self.args.alarm_topic is not None,
        }
        return [service for service, is_required in required.items() if is_required]

    @property
    def node_addresses(self) -> int:
        """Returns the addresses that nodes and pods need in each zone of an existing VPC; 0 for a created one."""
        if self.args.options.network.existing is None:
            return 0
        zones = site_zones(self.args.region, self.args.network.zones, self.args.network.zone_ids)
        return addresses_per_zone(self.args.region, zones, self.args.pools)

    @property
    def proxy(self) -> EksProxySpec | None:
        """Returns the proxy, with the addresses of the site among what is reached directly."""
        proxy, network = self.args.options.proxy, self.args.options.network
        if proxy is None:
            return None
        blocks = [str(self.args.network.cidr), *([str(POD_RANGE)] if network.pods_apart else [])]
        return proxy.model_copy(update={"no_proxy": [*blocks, *proxy.no_proxy]})

    @property
    def replicas(self) -> int:
        """Returns the replicas of the site's controllers: 1 on a single system node, otherwise 2."""
        return controller_replicas(self.args.pools)

    @property
    def optional_addons(self) -> list[OptionalAddon]:
        """Returns the optional EKS add-ons that the site's storage needs."""
        return storage_addons(self.args.storage.shared_files, self.args.options.scratch_gib is not None)

    def after(
        self, *dependencies: pulumi.Resource, provider: pulumi.ProviderResource | None = None
    ) -> pulumi.ResourceOptions:
        """Returns options for a child that is created after `dependencies` and deleted before them. `provider` is its
        Kubernetes provider."""
        return pulumi.ResourceOptions(
            parent=self.site, depends_on=list(dependencies), providers=[provider] if provider else None
        )
