"""Arguments of an AKS cluster."""

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Self

from pydantic import Field, model_validator

from falaj.components.azure.cluster.maintenance import ChangeFreeze
from falaj.components.azure.common.args import KeyVaultArgs
from falaj.components.azure.network.egress import AzureEgress
from falaj.components.azure.nodes.agent_pool import AgentPool, agent_pool_problems
from falaj.components.core.network.azure_ids import ApiServerZoneId, DiskKeyId, IdentityId, VaultKeyId
from falaj.components.core.node_pools.office_hours import OfficeHours
from falaj.components.core.node_pools.spec import FLAT_FIELDS, NodePoolName, NodePoolSpec
from falaj.components.core.site.administrators import EntraGroup
from falaj.components.core.site.aks_upgrades import subdomain_problems
from falaj.components.core.site.azure_keys import control_plane_problems, identity_problems
from falaj.components.core.site.cluster_options import AksOptions, PublicAccess
from falaj.components.core.site.sleep_rules import aks_sleep_problems
from falaj.components.core.site.version_support import PaidSupport, version_problems
from falaj.components.core.site.versions import KubernetesVersion
from falaj.components.core.validation.args import Accepts, Choice, Input, Spec, default
from falaj.components.core.validation.enums import Egress, NodeAutoscaler, Profile, SupportPlan
from falaj.components.core.validation.problems import Problem, below, refuse_if
from falaj.facts.clouds import Cloud


class SystemPoolSpec(Spec):
    """The system pool that a cluster is created with."""

    moved_keys: ClassVar[Mapping[str, str]] = {
        **{field: f"pool.{field}" for field in FLAT_FIELDS},
        **{field: f"pool.{path}" for field, path in NodePoolSpec.moved_keys.items()},
    }

    name: NodePoolName
    """Name of the pool in AKS: at most 12 lower-case letters and digits, beginning with a letter."""
    zones: int = Field(ge=1, le=3)
    """Number of availability zones to spread nodes over, 1 to 3; ignored in a region without zones."""
    pool: NodePoolSpec
    """Machine type, capacity type and size of the pool. Its profile must be `system`."""


class ClusterArgs(AksOptions, PublicAccess, OfficeHours, KeyVaultArgs):
    """Arguments of `Cluster`, an AKS cluster with a private API server."""

    moved_keys: ClassVar[Mapping[str, str]] = {"version": "kubernetes_version"}

    kubernetes_version: Input[KubernetesVersion]
    """Kubernetes minor version, such as `1.36`."""
    node_subnet_id: Input[str]
    """Id of the subnet that the nodes are in."""
    control_plane_subnet_id: Input[str]
    """Id of the subnet delegated to the API server."""
    api_server_zone_id: Input[ApiServerZoneId] | None = None
    """Id of the private DNS zone of the API server's name; AKS creates one, which only the nodes' network resolves, if
    absent. It cannot be changed later."""
    linked_network_id: Input[str] | None = None
    """Id of the nodes' network, for AKS to link the zone to it: required with `api_server_zone_id`, and where the
    network has DNS servers of its own."""
    egress: Accepts[AzureEgress, Egress | str] = default(Egress.NAT_SINGLE)
    """Egress type of the network: `none`, `nat-single` (default) or `firewall`. A change replaces the cluster."""
    key_vault_id: Input[str] | None = None
    """Id of the Key Vault. Required, like `key_vault_name`, unless both keys exist."""
    disk_key_id: Input[DiskKeyId] | None = None
    """Id of an existing key for the disks of nodes and for volumes. A preview looks it up. The id of a key in a Managed
    HSM has a version."""
    secrets_key_id: Input[VaultKeyId] | None = None
    """Id of an existing key for Kubernetes secrets, in a Key Vault without public network access. A preview looks it
    up. The cluster is created with its newest version; `secrets_key_version` changes it later."""
    key_identity_id: Input[IdentityId] | None = None
    """Id of an existing identity that may use `disk_key_id`; required for a Managed HSM. With it no existing key is
    granted to anybody: `identities.control_plane` is then required with `secrets_key_id`, and may use that key (Key
    Vault Crypto User) and connect to its Key Vault (Key Vault Contributor)."""
    workspace_id: Input[str]
    """Id of the Log Analytics workspace that receives the control plane's logs; its retention applies to them."""
    system_pool: SystemPoolSpec
    """System pool that the cluster is created with. Its Kubernetes version follows the cluster's. Other later changes
    are ignored, because AKS would scale all pools with it; add another pool of profile `system` instead."""
    node_autoscaler: Choice[NodeAutoscaler] = default(NodeAutoscaler.CLUSTER_AUTOSCALER)
    """Node autoscaler: `cluster-autoscaler` (default), or `karpenter` for node auto-provisioning. Node
    auto-provisioning cannot be combined with pools that the cluster autoscaler scales, so choose before the cluster is
    created."""
    workloads: Accepts[Sequence[Profile], Sequence[Profile | str]] = default(())
    """Workload profiles of the site's pools, which determine how soon the cluster autoscaler removes unneeded nodes."""
    has_spot: bool = False
    """Whether any pool uses spot machines, so that many nodes may be evicted at once. Default false."""
    sleeps: bool = False
    """Whether the cluster is stopped outside office hours; maintenance windows are then during office hours. Default
    false."""
    change_freezes: Sequence[ChangeFreeze] = ()
    """Date ranges during which nothing is upgraded. None by default."""
    keda: bool = True
    """Whether AKS runs KEDA, which scales workloads by events and to zero. Default true. Set it to false if you install
    KEDA yourself."""
    vertical_pod_autoscaler: bool = True
    """Whether AKS runs the Vertical Pod Autoscaler, which recommends resource requests of pods. Default true."""
    administrators: Input[Sequence[Input[EntraGroup]]] = ()
    """Object ids of the Entra groups that administer the cluster. None by default; the identity that creates the
    cluster is not an administrator unless it is in one of them."""

    @model_validator(mode="after")
    def _can_be_created(self) -> Self:
        paid = PaidSupport("support_plan: lts", self.support_plan is SupportPlan.LTS)
        refuse_if(
            (
                *below("system_pool.pool", self._system_pool_problems()),
                *self._sleep_problems(),
                *self._zone_problems(),
                *self._key_problems(),
                *version_problems(Cloud.AZURE, self.kubernetes_version, paid),
            )
        )
        return self

    def _zone_problems(self) -> Iterator[Problem]:
        yield from subdomain_problems(self, self.api_server_zone_id is not None, "api_server_zone_id")
        if self.api_server_zone_id is None:
            return
        if self.linked_network_id is None:
            yield Problem.missing("linked_network_id", "api_server_zone_id is given", "add the nodes' network")
        if self.public_access_cidrs:
            allowed = "nothing with public_access_cidrs: a public API server has a public name"
            yield Problem("api_server_zone_id", "a zone", allowed, "remove one of the two")

    def _key_problems(self) -> Iterator[Problem]:
        yield from identity_problems("disk_key_id", self.disk_key_id, "key_identity_id", self.key_identity_id)
        yield from control_plane_problems(self.secrets_key_id, self.key_identity_id, self.identities)
        if self.disk_key_id is None or self.secrets_key_id is None:
            for field in ("key_vault_id", "key_vault_name"):
                if getattr(self, field) is None:
                    fix = "add the Key Vault, or both existing keys"
                    yield Problem.missing(field, "disk_key_id or secrets_key_id is absent", fix)

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
            yield Problem("sleeps", True, allowed, "set it to false, or node_autoscaler to cluster-autoscaler")
        yield from aks_sleep_problems(self)

    @property
    def provisions_nodes(self) -> bool:
        """Whether the cluster uses node auto-provisioning, Azure's managed Karpenter."""
        return self.node_autoscaler is NodeAutoscaler.KARPENTER

    @property
    def awake(self) -> OfficeHours | None:
        """Office hours, if the cluster is stopped outside them; None if it always runs."""
        return self if self.sleeps else None

    @property
    def agent_pool(self) -> AgentPool:
        """The system pool combined with the cluster's region, tags and version."""
        system = self.system_pool
        return AgentPool(
            system.name,
            self.region,
            system.pool,
            self.tags,
            system.zones,
            self.kubernetes_version,
            self.node_autoscaler,
        )
