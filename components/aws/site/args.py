"""A site's arguments on AWS, checked, and what follows from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import pulumi

from falaj.components.aws.cluster.addon_kinds import OptionalAddon
from falaj.components.aws.identity.log_retention import RetentionDays
from falaj.components.core.node_pools.pools import NODE_GROUP_ONLY
from falaj.components.core.site.administrators import RoleArn
from falaj.components.core.site.checked_site import CheckedSite
from falaj.components.core.site.specs import PoolSpec, SiteArgs, is_system
from falaj.components.core.validation.enums import Capacity, Egress, NodeAutoscaler
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.tags import merged


class CheckedAwsSite(CheckedSite):
    """The validated form of `SiteArgs` on AWS."""

    foreign: ClassVar[tuple[str, ...]] = (
        "firewall_address",
        "hsm",
        "defender",
        "azure_policy",
        "storage.geo_redundant",
        "bill_from",
    )
    region: AwsRegion
    log_retention_days: RetentionDays = 90
    administrators: tuple[RoleArn, ...] = ()


@dataclass(frozen=True)
class Placed:
    """A site while its parts are made: the component, its name, and its arguments as given and as checked."""

    site: pulumi.ComponentResource
    name: str
    settings: CheckedAwsSite
    args: SiteArgs

    @property
    def tags(self) -> dict[str, str]:
        """The cost tags, and the site's name: what its budget counts by."""
        return merged(self.settings.tags, site=self.name)

    @property
    def karpenter(self) -> bool:
        """Whether Karpenter adds the nodes."""
        return self.settings.node_autoscaler is not NodeAutoscaler.CLUSTER_AUTOSCALER

    @property
    def groups(self) -> dict[str, PoolSpec]:
        """Pools that are managed node groups: profile `system`, what was reserved, and all without Karpenter."""
        return {name: pool for name, pool in self.args["pools"].items() if not self._is_karpenters(pool)}

    @property
    def karpenter_pools(self) -> dict[str, PoolSpec]:
        """Pools whose machines Karpenter starts."""
        return {name: pool for name, pool in self.args["pools"].items() if self._is_karpenters(pool)}

    def _is_karpenters(self, pool: PoolSpec) -> bool:
        # Machines close together come from one group in one placement group.
        fixed = is_system(pool) or Capacity(pool["capacity"]) in NODE_GROUP_ONLY or pool.get("interconnect", False)
        return self.karpenter and not fixed

    @property
    def services(self) -> list[str]:
        """AWS services that optional parts call, for a network without another way to them."""
        if self.settings.egress is not Egress.NONE:
            return []
        storage = self.settings.storage
        wanted = {
            "elasticfilesystem": storage.shared_files,
            "fsx": storage.scratch_gib is not None,
            "monitoring": self.settings.alarm_topic is not None,
        }
        return [service for service, is_wanted in wanted.items() if is_wanted]

    @property
    def optional_addons(self) -> list[OptionalAddon]:
        """EKS add-ons that the site's storage needs."""
        storage = self.settings.storage
        wanted: Mapping[OptionalAddon, bool] = {
            OptionalAddon.EFS: storage.shared_files,
            OptionalAddon.FSX: storage.scratch_gib is not None,
        }
        return [addon for addon, is_wanted in wanted.items() if is_wanted]

    def after(self, *parts: pulumi.Resource, provider: pulumi.ProviderResource | None = None) -> pulumi.ResourceOptions:
        """Options of a part that is made after others, and gone before them; `provider` is its Kubernetes."""
        return pulumi.ResourceOptions(
            parent=self.site, depends_on=list(parts), providers=[provider] if provider else None
        )
