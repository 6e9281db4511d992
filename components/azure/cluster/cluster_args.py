"""Arguments of an AKS cluster."""

from collections.abc import Iterator, Mapping, Sequence
from ipaddress import IPv4Network
from typing import Any, Self

from pydantic import field_validator, model_validator

from falaj.components.azure.cluster.maintenance import SHORTEST_HOURS, ChangeFreeze, hours_awake
from falaj.components.azure.common.args import KeyVaultArgs
from falaj.components.azure.network.egress import AzureEgress
from falaj.components.azure.nodes.agent_pool import CheckedAzurePool
from falaj.components.core.network.blocks import OfficeBlock
from falaj.components.core.node_pools.office_hours import Clock, OfficeHours
from falaj.components.core.site.administrators import EntraGroup
from falaj.components.core.site.specs import PoolSpec, is_system
from falaj.components.core.site.versions import KubernetesVersion
from falaj.components.core.validation.args import Accepts, Choice, Input, default
from falaj.components.core.validation.enums import Egress, NodeAutoscaler, Profile
from falaj.components.core.validation.problems import Problem, refusal, refuse_if
from falaj.facts.calendar import OFFICE_CLOSES, OFFICE_OPENS


class SystemPoolSpec(PoolSpec):
    """The pool that a cluster is created with, of profile `system`."""

    name: str
    """Name of the pool in AKS: at most 12 lower-case letters and digits."""
    zones: int
    """Zones that its nodes are spread over, 1 to 3, where the region has zones."""


class ClusterArgs(OfficeHours, KeyVaultArgs):
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
    system_pool: Accepts[Mapping[str, Any], SystemPoolSpec | Mapping[str, Any]]
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
    opens: Clock = OFFICE_OPENS
    """Start of office hours, `HH:MM` in Dubai."""
    closes: Clock = OFFICE_CLOSES
    """End of office hours, `HH:MM` in Dubai."""
    change_freezes: Sequence[ChangeFreeze] = ()
    """Spans of days on which nothing is upgraded."""
    keda: bool = True
    """Whether AKS runs KEDA, which scales by events and down to zero. Not beside a KEDA of your own."""
    vertical_pod_autoscaler: bool = True
    """Whether AKS runs the Vertical Pod Autoscaler, which recommends what pods request."""
    defender: bool = False
    """Whether Defender for Containers monitors the nodes: it costs per core, and its findings are kept where Defender
    for Cloud keeps them, which is not in the UAE."""
    azure_policy: bool = False
    """Whether the Azure Policy add-on evaluates what is deployed to the cluster."""
    public_access_cidrs: Accepts[Sequence[Input[OfficeBlock]], Sequence[Input[IPv4Network | str]]] = default(())
    """IPv4 blocks from which the API server is reached besides the network; it is private only if there are none."""
    administrators: Input[Sequence[Input[EntraGroup]]] = ()
    """Object ids of the Entra groups that administer the cluster. Whoever creates it is not an administrator by that
    alone."""

    @field_validator("system_pool")
    @classmethod
    def _is_system(cls, pool: Mapping[str, Any]) -> Mapping[str, Any]:
        if not is_system(pool):
            raise refusal("profile system", "give the cluster a system pool", "profile", str(pool.get("profile")))
        return pool

    @model_validator(mode="after")
    def _can_sleep(self) -> Self:
        refuse_if(self._sleep_problems() if self.sleeps else ())
        return self

    def _sleep_problems(self) -> Iterator[Problem]:
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

    def pool(self, name: str) -> CheckedAzurePool:
        """The system pool, validated. Raises `BadArguments`."""
        of_cluster = {
            "region": self.region,
            "resource_group_name": self.resource_group_name,
            "tags": self.tags,
            "version": self.version,
            "node_autoscaler": self.node_autoscaler,
        }
        return CheckedAzurePool.of(f"{name}.system_pool", {**self.system_pool, **of_cluster})
