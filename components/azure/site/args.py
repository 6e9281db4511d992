"""A site's arguments on Azure, checked, and what follows from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, TypedDict

import pulumi

from falaj.components.core.site.checked_site import CheckedSite
from falaj.components.core.site.specs import PoolSpec, SiteArgs, is_system
from falaj.components.core.validation.enums import NodeAutoscaler
from falaj.components.core.validation.regions import AzureRegion
from falaj.components.core.validation.tags import merged


class CheckedAzureSite(CheckedSite):
    """The validated form of `SiteArgs` on Azure."""

    foreign: ClassVar[tuple[str, ...]] = (
        "addon_versions",
        "budget_stop",
        "private_access_cidrs",
        "vault_readers",
        "reader_addresses",
        "reader_endpoints",
        "storage.scratch_gib",
        "storage.backup",
    )
    region: AzureRegion


class Grouped(TypedDict):
    """Arguments of every part that is put into the site's resource group by its name."""

    region: str
    resource_group_name: pulumi.Input[str]
    tags: Mapping[str, str]


class GroupedById(Grouped):
    """Arguments of parts that need the group's id as well."""

    resource_group_id: pulumi.Input[str]


@dataclass(frozen=True)
class Placed:
    """A site while its parts are made: the component, its name, its group, and its arguments as given and checked."""

    site: pulumi.ComponentResource
    name: str
    settings: CheckedAzureSite
    args: SiteArgs
    group_name: pulumi.Output[str]
    group_id: pulumi.Output[str]

    @property
    def tags(self) -> dict[str, str]:
        """The cost tags, and the site's name."""
        return site_tags(self.settings, self.name)

    @property
    def grouped(self) -> Grouped:
        """Where parts are put."""
        return {"region": self.settings.region, "resource_group_name": self.group_name, "tags": self.tags}

    @property
    def grouped_by_id(self) -> GroupedById:
        """Where parts are put, with the group's id."""
        return {**self.grouped, "resource_group_id": self.group_id}

    @property
    def autoscaler(self) -> NodeAutoscaler:
        """Who adds the nodes."""
        return self.settings.node_autoscaler or NodeAutoscaler.CLUSTER_AUTOSCALER

    @property
    def agent_pools(self) -> dict[str, PoolSpec]:
        """Pools that are agent pools beside the one that the cluster is born with."""
        fixed = self.autoscaler is NodeAutoscaler.CLUSTER_AUTOSCALER
        first = self.settings.first_system_pool
        return {name: pool for name, pool in self._pools.items() if name != first and (fixed or is_system(pool))}

    @property
    def provisioned_pools(self) -> dict[str, PoolSpec]:
        """Pools whose machines node auto-provisioning starts."""
        fixed = self.autoscaler is NodeAutoscaler.CLUSTER_AUTOSCALER
        return {name: pool for name, pool in self._pools.items() if not (fixed or is_system(pool))}

    @property
    def _pools(self) -> Mapping[str, PoolSpec]:
        return self.args["pools"]

    def after(self, *parts: pulumi.Resource, provider: pulumi.ProviderResource | None = None) -> pulumi.ResourceOptions:
        """Options of a part that is made after others, and gone before them; `provider` is its Kubernetes."""
        return pulumi.ResourceOptions(
            parent=self.site, depends_on=list(parts), providers=[provider] if provider else None
        )


def site_tags(settings: CheckedAzureSite, name: str) -> dict[str, str]:
    """The cost tags, and the site's name."""
    return merged(settings.tags, site=name)
