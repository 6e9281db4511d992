"""A site's arguments on AWS, and what follows from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi

from falaj.components.aws.cluster.addon_kinds import OptionalAddon
from falaj.components.core.node_pools.node_groups import is_group
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.site.administrators import RoleArn
from falaj.components.core.site.args import SiteArgs as CommonSiteArgs
from falaj.components.core.site.specs import AwsSiteSpec
from falaj.components.core.validation.enums import Egress, NodeAutoscaler
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.tags import with_tags


class SiteArgs(CommonSiteArgs):
    """Arguments of a `Site` on AWS."""

    region: AwsRegion
    """A region of AWS in the UAE."""
    administrators: Sequence[RoleArn] = ()
    """ARNs of the IAM roles that administer the cluster."""

    @property
    def options(self) -> AwsSiteSpec:
        """What only sites on AWS have, with its defaults."""
        return self.aws or AwsSiteSpec()


@dataclass(frozen=True)
class SiteBuild:
    """A site while its parts are created: the component, its name and its arguments."""

    site: pulumi.ComponentResource
    name: str
    args: SiteArgs

    @property
    def tags(self) -> dict[str, str]:
        """The cost tags, and the site's name: what its budget counts by."""
        return with_tags(self.args.tags, site=self.name)

    @property
    def groups(self) -> dict[str, NodePoolSpec]:
        """Pools that are managed node groups: profile `system`, what was reserved, and all without Karpenter."""
        return {name: pool for name, pool in self.args.pools.items() if not self._is_karpenters(pool)}

    @property
    def karpenter_pools(self) -> dict[str, NodePoolSpec]:
        """Pools whose nodes Karpenter creates."""
        return {name: pool for name, pool in self.args.pools.items() if self._is_karpenters(pool)}

    def _is_karpenters(self, pool: NodePoolSpec) -> bool:
        return self.args.node_autoscaler is not NodeAutoscaler.CLUSTER_AUTOSCALER and not is_group(pool)

    def as_it_sleeps(self, pool: NodePoolSpec) -> NodePoolSpec:
        """The pool, asleep outside office hours if its whole site is."""
        if not self.args.sleeps:
            return pool
        return pool.model_copy(update={"aws": pool.aws.model_copy(update={"sleeps": True})})

    @property
    def services(self) -> list[str]:
        """AWS services that optional parts call, for a network without another way to them."""
        if self.args.network.egress is not Egress.NONE:
            return []
        wanted = {
            "elasticfilesystem": self.args.storage.shared_files,
            "fsx": self.args.options.scratch_gib is not None,
            "monitoring": self.args.alarm_topic is not None,
        }
        return [service for service, is_wanted in wanted.items() if is_wanted]

    @property
    def optional_addons(self) -> list[OptionalAddon]:
        """EKS add-ons that the site's storage needs."""
        wanted: Mapping[OptionalAddon, bool] = {
            OptionalAddon.EFS: self.args.storage.shared_files,
            OptionalAddon.FSX: self.args.options.scratch_gib is not None,
        }
        return [addon for addon, is_wanted in wanted.items() if is_wanted]

    def after(self, *parts: pulumi.Resource, provider: pulumi.ProviderResource | None = None) -> pulumi.ResourceOptions:
        """Options of a part that is created after others, and deleted before them; `provider` is its Kubernetes."""
        return pulumi.ResourceOptions(
            parent=self.site, depends_on=list(parts), providers=[provider] if provider else None
        )
