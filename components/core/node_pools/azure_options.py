"""Options of node pools on Azure."""

from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import AfterValidator, Field

from falaj.components.core.network.azure_ids import GROUP_PATTERN, NAME_PATTERN
from falaj.components.core.node_pools.azure_enums import CpuManagerPolicy, OsDiskType, OsSku, TopologyManagerPolicy
from falaj.components.core.node_pools.azure_upgrades import PoolUpgradeSpec
from falaj.components.core.node_pools.cloud_options import CloudPoolOptions
from falaj.components.core.validation.args import Choice, Input, Spec, default
from falaj.components.core.validation.maxima import MOST_PIDS, MOST_USD_PER_HOUR
from falaj.components.core.validation.problems import Problem, refusal
from falaj.components.core.validation.text_forms import TextForm


def _five_decimals(price: float) -> float:
    if round(price, 5) != price:
        raise refusal("USD with up to 5 decimals", "round it")
    return price


GpuPartition = Annotated[str, TextForm(r"^MIG[12347]g$", "MIG1g, MIG2g, MIG3g, MIG4g or MIG7g", "MIG1g")]
"""Name of a MIG profile in AKS, such as `MIG1g`."""

SpotPrice = Annotated[float, Field(gt=0, le=MOST_USD_PER_HOUR), AfterValidator(_five_decimals)]
"""Price in USD per hour, with up to five decimals (AKS, spot node pools)."""

_GROUP = rf"^{GROUP_PATTERN}/providers/Microsoft\.Compute/"
_EXAMPLE = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/gpus/providers/Microsoft.Compute"

ReservationGroup = Annotated[
    str,
    TextForm(
        rf"{_GROUP}capacityReservationGroups/{NAME_PATTERN}$",
        "the id of a capacity reservation group",
        f"{_EXAMPLE}/capacityReservationGroups/h100",
        max_length=500,
    ),
]
"""Id of a capacity reservation group."""

PlacementGroup = Annotated[
    str,
    TextForm(
        rf"{_GROUP}proximityPlacementGroups/{NAME_PATTERN}$",
        "the id of a proximity placement group",
        f"{_EXAMPLE}/proximityPlacementGroups/train",
        max_length=500,
    ),
]
"""Id of a proximity placement group."""

Sysctl = Annotated[
    str,
    TextForm(
        r"^(kernel\.shm\*|kernel\.msg\*|kernel\.sem|fs\.mqueue\.\S+|net\.\S+)$",
        "kernel.shm*, kernel.msg*, kernel.sem, or one that begins with fs.mqueue. or net.",
        "net.core.somaxconn",
    ),
]
"""Unsafe sysctl, or a pattern of several, that AKS lets pods set."""


class KubeletSpec(Spec):
    """Configuration of the kubelet of a pool's nodes (AKS, custom node configuration). AKS's defaults apply to what is
    absent."""

    cpu_manager_policy: Choice[CpuManagerPolicy] = default(CpuManagerPolicy.NONE)
    """CPU manager policy: `none` (default), or `static`, which gives guaranteed pods exclusive CPUs."""
    topology_manager_policy: Choice[TopologyManagerPolicy] = default(TopologyManagerPolicy.NONE)
    """Topology manager policy: `none` (default), `best-effort`, `restricted` or `single-numa-node`."""
    image_gc_high_percent: int | None = Field(default=None, ge=0, le=100)
    """Disk usage in percent above which unused images are deleted; 85 if absent."""
    image_gc_low_percent: int | None = Field(default=None, ge=0, le=100)
    """Disk usage in percent down to which unused images are deleted; 80 if absent."""
    container_log_max_mb: int | None = Field(default=None, ge=1, le=10_000)
    """Size in MB at which a container's log file is rotated; 50 if absent."""
    container_log_files: Input[Annotated[int, Field(ge=2, le=100)]] | None = None
    """Number of log files that are kept for a container; 5 if absent."""
    pod_max_pids: Input[Annotated[int, Field(ge=1, le=MOST_PIDS)]] | None = None
    """Maximum number of processes in a pod; no limit if absent."""
    allowed_unsafe_sysctls: Sequence[Input[Sysctl]] = ()
    """Unsafe sysctls that pods may set; none by default."""

    def _problems(self) -> Iterator[Problem]:
        low, high = self.image_gc_low_percent, self.image_gc_high_percent
        lowest, highest = 80 if low is None else low, 85 if high is None else high
        if lowest > highest:
            fix = "lower it, or raise image_gc_high_percent"
            yield Problem("image_gc_low_percent", lowest, f"at most image_gc_high_percent ({highest})", fix)


class AzurePoolOptions(CloudPoolOptions):
    """Node pool options on Azure."""

    gpu_partition: GpuPartition | None = None
    """MIG profile that each GPU is partitioned into, such as `MIG1g` (A100, H100 and H200 only). Cannot be changed
    after
    the pool is created."""
    deallocate: bool = False
    """Whether idle nodes are deallocated instead of deleted. Deallocated nodes start faster, but their disks are still
    charged. Not allowed for spot, whose deallocated nodes may never start again."""
    spot_max_usd: SpotPrice | None = None
    """Maximum price in USD per hour, above which spot nodes are evicted; if absent, they are never evicted for their
    price. Cannot be changed after the pool is created."""
    os_disk_type: Choice[OsDiskType] | None = None
    """Type of the OS disk: `Ephemeral`, on a local disk of the machine, which is faster and not charged, or `Managed`.
    If absent, ephemeral where the VM size is known to have room for it. Cannot be changed after the pool is created."""
    os_sku: Choice[OsSku] = default(OsSku.UBUNTU)
    """Operating system: `Ubuntu` (default), `Ubuntu2204`, `AzureLinux` or `AzureLinux3`."""
    max_pods: Input[Annotated[int, Field(ge=10, le=250)]] | None = None
    """Maximum number of pods per node, 10 to 250; 250 if absent. Cannot be changed after the pool is created."""
    kubelet: KubeletSpec | None = None
    """Configuration of the kubelet; AKS's defaults if absent. Cannot be changed after the pool is created."""
    capacity_reservation_group: Input[ReservationGroup] | None = None
    """Id of a capacity reservation group whose capacity the nodes use. The control plane's identity needs `Contributor`
    on its resource group, which can take an hour to have an effect. Not allowed for spot."""
    proximity_placement_group: Input[PlacementGroup] | None = None
    """Id of a proximity placement group, which keeps the nodes close together in one zone. The control plane's identity
    needs `Contributor` on its resource group. Cannot be changed after the pool is created."""
    upgrade: PoolUpgradeSpec | None = None
    """How nodes are replaced in upgrades. Not allowed for spot, whose nodes AKS replaces without surge. For the system
    pool that the cluster is created with, later changes are ignored."""
    disable_ssh: bool = False
    """Whether the nodes have no SSH server. A preview: the subscription must have registered the feature
    `Microsoft.ContainerService/DisableSSHPreview` (azure-aks-docs, manage-ssh-node-access.md, 2026-08-21). With false,
    the default, SSH listens on the node's private address only."""

    @property
    def stated_pods(self) -> int | None:
        """Maximum number of pods of a node that the pool states; None if it states none, or the output of another
        resource, which is not known before the deployment."""
        return self.max_pods if isinstance(self.max_pods, int) else None

    @property
    def spot_limit_usd(self) -> float | None:
        """Highest price in USD per hour at which spot nodes run; None for the on-demand price."""
        return self.spot_max_usd
