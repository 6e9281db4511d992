"""Specification of a node pool, used by stack files, sites on both clouds, Karpenter, queues and right-sizing."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from falaj.components.core.node_pools.gpu_sharing import GpuSharingSpec
from falaj.components.core.validation.args import Choice, Input, Spec, default
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.components.core.validation.names import TenantName
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.text_forms import TextForm


def _five_decimals(price: float) -> float:
    if round(price, 5) != price:
        raise refusal("USD with up to 5 decimals", "round it")
    return price


Reservation = Annotated[str, TextForm(r"^cr-[0-9a-f]{17}$", "the id of a capacity reservation", "cr-0a1b2c3d4e5f60718")]
"""ID of an EC2 capacity reservation."""

GpuPartition = Annotated[str, TextForm(r"^MIG[12347]g$", "MIG1g, MIG2g, MIG3g, MIG4g or MIG7g", "MIG1g")]
"""Name of a MIG profile in AKS, such as `MIG1g`."""

SpotPrice = Annotated[float, Field(gt=0), AfterValidator(_five_decimals)]
"""Price in USD per hour, with up to five decimals (AKS, spot node pools)."""

NodePoolName = Annotated[
    str, TextForm(r"^[a-z][a-z0-9]{1,11}$", "2 to 12 lower-case letters and digits, first a letter", "gpuspot")
]
"""Name of a node pool: 2 to 12 lower-case letters and digits, the limit of AKS, on all clouds."""


class CloudPoolOptions(Spec):
    """Node pool options that exist on one cloud only."""

    def given(self) -> Iterator[tuple[str, object]]:
        """Yields the names and values of the options that differ from their defaults."""
        for name, field in type(self).model_fields.items():
            if (value := getattr(self, name)) != field.default:
                yield name, value


class AwsPoolOptions(CloudPoolOptions):
    """Node pool options on AWS."""

    sleeps: bool = False
    """Whether the pool is scaled to zero outside office hours. On Azure, use the site's `sleeps` instead."""
    reservation: Input[Reservation] | None = None
    """ID of the capacity reservation, `cr-...`; required for capacity `reserved` and `capacity-block`."""
    interconnect: bool = False
    """Whether nodes are in a cluster placement group and connected by EFA, for training on several nodes."""


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


class NodePoolSpec(Spec):
    """A node pool: machines for one workload profile."""

    moved_keys: ClassVar[Mapping[str, str]] = {
        **{name: f"aws.{name}" for name in AwsPoolOptions.model_fields},
        **{name: f"azure.{name}" for name in AzurePoolOptions.model_fields},
    }

    profile: Choice[Profile]
    """Workload profile: `system`, `training`, `batch`, `inference-cpu` or `inference-gpu`. It determines taints, labels
    and disk defaults."""
    machines: Sequence[str] = Field(min_length=1)
    """Machine types that the region offers, all of one architecture. Spot pools on AWS need at least two types; pools
    on Azure have exactly one."""
    capacity: Choice[Capacity] = default(Capacity.ON_DEMAND)
    """Capacity type: `spot` for interruptible work, `on-demand`, `spot-first` (spot, with on-demand as fallback; needs
    Karpenter), or on AWS `reserved` and `capacity-block`."""
    min: int = Field(default=0, ge=0)
    """Minimum number of nodes; 0 lets the pool scale to zero."""
    max: int = Field(ge=1, le=1000)
    """Maximum number of nodes, which also limits the cost of the pool."""
    disk_gib: int | None = Field(default=None, ge=30, le=16384)
    """Size of the root disk in GiB; the default of the profile if absent."""
    tenant: TenantName | None = None
    """Tenant that the pool is reserved for and whose budget pays for it; shared by all tenants if absent."""
    zone: str | None = None
    """Availability zone of the nodes, by its name in the region; all zones of the site if absent."""
    sharing: GpuSharingSpec | None = None
    """How pods share GPUs, by means of NVIDIA's GPU operator; pods get whole GPUs if absent. Not supported for pools
    that Karpenter manages."""
    aws: AwsPoolOptions = AwsPoolOptions()
    """Options of pools on AWS."""
    azure: AzurePoolOptions = AzurePoolOptions()
    """Options of pools on Azure."""
