"""What an AKS cluster is told, and what of it cannot be."""

from collections.abc import Mapping, Sequence
from typing import Any, NotRequired, Self, TypedDict

import pulumi
from pydantic import field_validator, model_validator

from falaj.components.azure.cluster.maintenance import SHORTEST_HOURS, ChangeFreeze, CheckedFreeze, hours_awake
from falaj.components.azure.identity.keys import Keyed
from falaj.components.azure.network.egress import AzureEgress
from falaj.components.azure.nodes.agent_pool import CheckedAzurePool
from falaj.components.core.network.blocks import OfficeBlock
from falaj.components.core.node_pools.office_hours import OfficeHours
from falaj.components.core.site.administrators import EntraGroup
from falaj.components.core.site.specs import PoolSpec, is_system
from falaj.components.core.site.versions import KubernetesVersion
from falaj.components.core.validation.args import Passed
from falaj.components.core.validation.enums import Egress, NodeAutoscaler, Profile
from falaj.components.core.validation.problems import refusal


class SystemPoolSpec(PoolSpec):
    """The pool that a cluster is born with, of profile `system`."""

    name: str
    """Name of the pool in AKS: at most 12 lower-case letters and digits."""
    zones: int
    """Zones that its nodes are spread over, 1 to 3, where the region has zones."""


class ClusterArgs(TypedDict):
    """Arguments of a `Cluster`."""

    region: str
    """A region of Azure in the UAE."""
    resource_group_name: pulumi.Input[str]
    """Resource group that the cluster is in."""
    version: str
    """Kubernetes minor version, such as `1.34`."""
    node_subnet_id: pulumi.Input[str]
    """Subnet of the nodes."""
    control_plane_subnet_id: pulumi.Input[str]
    """Subnet delegated to the API server."""
    egress: NotRequired[Egress]
    """The network's way out; `nat-single` if absent. A cluster keeps it for life: another one makes a new cluster."""
    key_vault_id: pulumi.Input[str]
    """Id of the Key Vault that takes the cluster's keys."""
    key_vault_name: pulumi.Input[str]
    """Its name."""
    hsm: NotRequired[bool]
    """Whether new keys live in hardware modules, which the Key Vault must have; keys that exist stay as they are."""
    workspace_id: pulumi.Input[str]
    """Workspace that the control plane's logs go to; its retention is theirs."""
    system_pool: SystemPoolSpec
    """The pool that the cluster is born with. Later changes of it are ignored, because AKS would scale all pools with
    it: add another pool of profile `system` instead."""
    node_autoscaler: NotRequired[NodeAutoscaler]
    """Who adds nodes: `cluster-autoscaler` if absent, or `karpenter` for node auto-provisioning, which nothing that
    is scaled by the other may stand beside: decide when the cluster is made."""
    workloads: NotRequired[Sequence[Profile]]
    """Profiles of the site's pools: they decide how soon the cluster autoscaler lets a machine go."""
    has_spot: NotRequired[bool]
    """Whether some of the pools are spot, so that many nodes may vanish at once."""
    sleeps: NotRequired[bool]
    """Whether the cluster is stopped outside office hours; its maintenance then falls into them."""
    opens: NotRequired[str]
    """When offices open, `HH:MM` in Dubai."""
    closes: NotRequired[str]
    """When they close."""
    change_freezes: NotRequired[Sequence[ChangeFreeze]]
    """Spans of days on which nothing is upgraded."""
    keda: NotRequired[bool]
    """Whether AKS runs KEDA, which scales by events and down to zero; yes if absent. Not beside a KEDA of your own."""
    vertical_pod_autoscaler: NotRequired[bool]
    """Whether AKS runs the Vertical Pod Autoscaler, which says what pods really need; yes if absent."""
    defender: NotRequired[bool]
    """Whether Defender for Containers watches the nodes: costs per core, and its findings are kept where Defender for
    Cloud keeps them, which is not in the UAE. No if absent."""
    azure_policy: NotRequired[bool]
    """Whether the Azure Policy add-on judges what is deployed to the cluster; no if absent."""
    public_access_cidrs: NotRequired[Sequence[str]]
    """Blocks from which the API server may be reached besides the network; private only if absent or empty."""
    administrators: NotRequired[Sequence[str]]
    """Ids of the Entra groups that administer the cluster. Who creates it is not one of them by that alone."""
    protect: NotRequired[bool]
    """Whether the cluster and its keys refuse to be deleted."""
    tags: Mapping[str, str]
    """The mandatory cost tags."""


class CheckedCluster(Keyed, OfficeHours):
    """The validated arguments of a `Cluster`."""

    version: KubernetesVersion
    node_subnet_id: Passed[str]
    control_plane_subnet_id: Passed[str]
    egress: AzureEgress = Egress.NAT_SINGLE
    key_vault_id: Passed[str]
    key_vault_name: Passed[str]
    workspace_id: Passed[str]
    system_pool: Mapping[str, Any]
    node_autoscaler: NodeAutoscaler = NodeAutoscaler.CLUSTER_AUTOSCALER
    workloads: tuple[Profile, ...] = ()
    has_spot: bool = False
    sleeps: bool = False
    change_freezes: tuple[CheckedFreeze, ...] = ()
    keda: bool = True
    vertical_pod_autoscaler: bool = True
    defender: bool = False
    azure_policy: bool = False
    public_access_cidrs: tuple[OfficeBlock, ...] = ()
    administrators: tuple[EntraGroup, ...] = ()
    protect: bool = False

    @field_validator("system_pool")
    @classmethod
    def _is_system(cls, pool: Mapping[str, Any]) -> Mapping[str, Any]:
        if not is_system(pool):
            raise refusal("profile system", "give the cluster a system pool", "profile", str(pool.get("profile")))
        return pool

    @model_validator(mode="after")
    def _may_sleep(self) -> Self:
        if self.sleeps and self.provisions_nodes:
            allowed = "false with node_autoscaler karpenter: Azure cannot stop a cluster that provisions its own nodes"
            raise refusal(allowed, "choose cluster-autoscaler, or let the site run", "sleeps", True)
        if self.sleeps and hours_awake(self) < SHORTEST_HOURS:
            allowed = f"{SHORTEST_HOURS} hours after opens ({self.opens}) or later: maintenance takes as long"
            raise refusal(allowed, "stay awake longer", "closes", self.closes)
        return self

    @property
    def provisions_nodes(self) -> bool:
        """Whether Azure's Karpenter adds the nodes."""
        return self.node_autoscaler is NodeAutoscaler.KARPENTER

    @property
    def awake(self) -> OfficeHours | None:
        """The hours of a cluster that sleeps outside them; None for one that never does."""
        return self if self.sleeps else None

    def pool(self, name: str) -> CheckedAzurePool:
        """The system pool, validated. Raises `BadArguments`."""
        placed = {"region": self.region, "resource_group_name": self.resource_group_name, "tags": self.tags}
        how = {"version": self.version, "node_autoscaler": self.node_autoscaler}
        return CheckedAzurePool.of(f"{name}.system_pool", {**self.system_pool, **placed, **how})
