"""A node pool, declared once: for stack files, for the sites of both clouds, Karpenter, queues and right-sizing."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from falaj.components.core.node_pools.gpu_sharing import GpuSharingSpec
from falaj.components.core.validation.args import Choice, Spec, default
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.components.core.validation.names import TenantName
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.text_forms import TextForm


def _five_decimals(price: float) -> float:
    if round(price, 5) != price:
        raise refusal("dollars with up to 5 decimals", "round it")
    return price


Reservation = Annotated[str, TextForm(r"^cr-[0-9a-f]{17}$", "the id of a capacity reservation", "cr-0a1b2c3d4e5f60718")]
"""Id of a capacity reservation of EC2."""

GpuPartition = Annotated[str, TextForm(r"^MIG[12347]g$", "MIG1g, MIG2g, MIG3g, MIG4g or MIG7g", "MIG1g")]
"""A MIG profile as AKS names it."""

SpotPrice = Annotated[float, Field(gt=0), AfterValidator(_five_decimals)]
"""USD per hour, with up to five decimals (AKS, spot node pools)."""

NodePoolName = Annotated[
    str, TextForm(r"^[a-z][a-z0-9]{1,11}$", "2 to 12 lower-case letters and digits, first a letter", "gpuspot")
]
"""AKS allows names of at most 12 lower-case letters and digits; the same names serve on every cloud."""


class CloudPoolOptions(Spec):
    """What only one cloud's node pools have."""

    def given(self) -> Iterator[tuple[str, object]]:
        """Names and values of the options that are not at their defaults."""
        for name, field in type(self).model_fields.items():
            if (value := getattr(self, name)) != field.default:
                yield name, value


class AwsPoolOptions(CloudPoolOptions):
    """What only node pools on AWS have."""

    sleeps: bool = False
    """Whether the pool is scaled to zero outside office hours. On Azure the whole site sleeps instead."""
    reservation: Reservation | None = None
    """Id of the capacity reservation, `cr-...`, of capacity `reserved` and `capacity-block`."""
    interconnect: bool = False
    """Whether nodes are in a cluster placement group and connected by EFA, for training over several nodes."""


class AzurePoolOptions(CloudPoolOptions):
    """What only node pools on Azure have."""

    gpu_partition: GpuPartition | None = None
    """MIG profile that each GPU is split into, such as `MIG1g` (A100, H100, H200). Fixed when the pool is created."""
    deallocate: bool = False
    """Whether idle nodes are deallocated instead of deleted: they start sooner, and their disks go on costing money.
    Not for spot, whose deallocated nodes may never start again."""
    spot_max_usd: SpotPrice | None = None
    """USD per hour above which a spot node is evicted; never for its price if absent. Fixed when the pool is
    created."""


class NodePoolSpec(Spec):
    """A node pool: machines of one workload profile."""

    moved_keys: ClassVar[Mapping[str, str]] = {
        **{name: f"aws.{name}" for name in AwsPoolOptions.model_fields},
        **{name: f"azure.{name}" for name in AzurePoolOptions.model_fields},
    }

    profile: Choice[Profile]
    """What runs here; decides taints, labels and disk."""
    machines: Sequence[str] = Field(min_length=1)
    """Machine types that the region offers, all of one architecture. Spot pools on AWS take several; an AKS pool
    takes one."""
    capacity: Choice[Capacity] = default(Capacity.ON_DEMAND)
    """How machines are bought: `spot` for work that may be interrupted, `on-demand` for the rest."""
    min: int = Field(default=0, ge=0)
    """Nodes kept when nothing runs; 0 scales the pool to zero."""
    max: int = Field(ge=1, le=1000)
    """Most nodes: the first limit on spending."""
    disk_gib: int | None = Field(default=None, ge=30, le=16384)
    """Root disk in GiB; by the profile if absent."""
    tenant: TenantName | None = None
    """The tenant that the pool is for and whose budget pays for it; shared by all tenants if absent."""
    zone: str | None = None
    """The only zone of its nodes, as the region names it; all of the site's zones if absent."""
    sharing: GpuSharingSpec | None = None
    """How pods share GPUs, by NVIDIA's GPU operator; each pod has whole GPUs if absent. Not for pools whose nodes
    Karpenter creates."""
    aws: AwsPoolOptions = AwsPoolOptions()
    """What only pools on AWS have."""
    azure: AzurePoolOptions = AzurePoolOptions()
    """What only pools on Azure have."""
