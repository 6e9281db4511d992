"""Arguments of an AKS cluster."""

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Self

from pydantic import Field, model_validator

from falaj.components.azure.cluster.maintenance import SHORTEST_HOURS, ChangeFreeze, hours_awake
from falaj.components.azure.common.args import KeyVaultArgs
from falaj.components.azure.network.egress import AzureEgress
from falaj.components.azure.nodes.agent_pool import AgentPool, AgentPoolName, agent_pool_problems
from falaj.components.core.node_pools.office_hours import OfficeHours
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.site.administrators import EntraGroup
from falaj.components.core.site.cluster_options import AksOptions, PublicAccess
from falaj.components.core.site.versions import KubernetesVersion
from falaj.components.core.validation.args import Accepts, Choice, Input, Spec, default
from falaj.components.core.validation.enums import Egress, NodeAutoscaler, Profile
from falaj.components.core.validation.problems import Problem, below, refuse_if


class SystemPoolSpec(Spec):
    """The pool that a cluster is created with, of profile `system`."""

    moved_keys: ClassVar[Mapping[str, str]] = {
        **{field: f"pool.{field}" for field in NodePoolSpec.model_fields},
        **{field: f"pool.{path}" for field, path in NodePoolSpec.moved_keys.items()},
    }

    name: AgentPoolName
    """Name of the pool in AKS: at most 12 lower-case letters and digits."""
    zones: int = Field(ge=1, le=3)
    """Zones that its nodes are spread over, 1 to 3, where the region has zones."""
    pool: NodePoolSpec
    """The machines, how they are bought and how many."""


class ClusterArgs(AksOptions, PublicAccess, OfficeHours, KeyVaultArgs):
    """An AKS cluster with a private API server."""

    version: KubernetesVersion
    """Kubernetes minor version, such as `1.34`."""
    node_subnet_id: Input[str]
    """Id of the subnet of the nodes."""
    control_plane_subnet_id: Input[str]
    """Id of the subnet delegated to the API server."""
    egress: Accepts[AzureEgress, Egress | str] = default(Egress.NAT_SINGLE)
    """The network's egress. A cluster keeps it for life: another one replaces the cluster."""
    key_vault_id: Input[str]
    """Id of the Key Vault."""
    workspace_id: Input[str]
    """Id of the Log Analytics workspace that the control plane's logs are sent to; its retention applies to them."""
    system_pool: SystemPoolSpec
    """The pool that the cluster is created with. Later changes of it are ignored, because AKS would scale all pools
    with it: add another pool of profile `system` instead."""
    node_autoscaler: Choice[NodeAutoscaler] = default(NodeAutoscaler.CLUSTER_AUTOSCALER)
    """What adds and removes nodes: `cluster-autoscaler`, or `karpenter` for node auto-provisioning, which pools scaled
    by the cluster autoscaler may not stand beside: decide when the cluster is created."""
    workloads: Accepts[Sequence[Profile], Sequence[Profile | str]] = default(())
    """Workload profiles of the site's pools: they decide how soon the cluster autoscaler removes an unneeded node."""
    has_spot: bool = False
    """Whether some of the pools are spot, so that many nodes may be evicted at once."""
    sleeps: bool = False
    """Whether the cluster is stopped outside office hours; its maintenance is then inside them."""
    change_freezes: Sequence[ChangeFreeze] = ()
    """Spans of days on which nothing is upgraded."""
    keda: bool = True
    """Whether AKS runs KEDA, which scales by events and down to zero. Not beside a KEDA of your own."""
    vertical_pod_autoscaler: bool = True
    """Whether AKS runs the Vertical Pod Autoscaler, which recommends what pods request."""
    administrators: Input[Sequence[Input[EntraGroup]]] = ()
    """Object ids of the Entra groups that administer the cluster. Whoever creates it is not an administrator by that
    alone."""

    @model_validator(mode="after")
    def _can_be_created(self) -> Self:
        refuse_if((*below("system_pool.pool", self._system_pool_problems()), *self._sleep_problems()))
        return self

    def _system_pool_problems(self) -> Iterator[Problem]:
        pool = self.system_pool.pool
        if pool.profile is not Profile.SYSTEM:
            yield Problem("profile", pool.profile.value, "profile system", "give the cluster a system pool")
        yield from agent_pool_problems(self.region, pool)

    def _sleep_problems(self) -> Iterator[Problem]:
        if not self.sleeps:
            return
        if self.provisions_nodes:
            allowed = "false with node_autoscaler karpenter: Azure cannot stop a cluster that provisions its own nodes"
            yield Problem("sleeps", True, allowed, "choose cluster-autoscaler, or let the site run")
        if hours_awake(self) < SHORTEST_HOURS:
            allowed = f"{SHORTEST_HOURS} hours after opens ({self.opens}) or later: maintenance takes as long"
            yield Problem("closes", self.closes, allowed, "stay awake longer")

    @property
    def provisions_nodes(self) -> bool:
        """Whether node auto-provisioning, Azure's Karpenter, adds the nodes."""
        return self.node_autoscaler is NodeAutoscaler.KARPENTER

    @property
    def awake(self) -> OfficeHours | None:
        """Office hours of a cluster that is stopped outside them; None for one that never is."""
        return self if self.sleeps else None

    @property
    def agent_pool(self) -> AgentPool:
        """The system pool with what follows from the cluster."""
        system = self.system_pool
        return AgentPool(
            system.name, self.region, system.pool, self.tags, system.zones, self.version, self.node_autoscaler
        )
