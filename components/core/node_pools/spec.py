"""Specification of a node pool, used by stack files, sites on both clouds, Karpenter, queues and right-sizing."""

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar

from pydantic import Field

from falaj.components.core.node_pools.aws_options import AwsPoolOptions
from falaj.components.core.node_pools.azure_options import AzurePoolOptions
from falaj.components.core.node_pools.cloud_options import CloudPoolOptions
from falaj.components.core.node_pools.gpu_sharing import GpuSharingSpec
from falaj.components.core.validation.args import Choice, Spec, default
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.components.core.validation.names import TenantName
from falaj.components.core.validation.text_forms import TextForm
from falaj.facts.clouds import CLOUDS, Cloud

NodePoolName = Annotated[
    str, TextForm(r"^[a-z][a-z0-9]{1,11}$", "2 to 12 lower-case letters and digits, first a letter", "gpuspot")
]
"""Name of a node pool: 2 to 12 lower-case letters and digits, the limit of AKS, on all clouds."""


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
    """Availability zone of the nodes: its ID on AWS, such as `mec1-az1`, or its name; all zones of the site if absent.
    On AWS the names differ between accounts."""
    sharing: GpuSharingSpec | None = None
    """How pods share GPUs, by means of NVIDIA's GPU operator; pods get whole GPUs if absent. Not supported for pools
    that Karpenter manages."""
    # One field per cloud with options of its own, with the cloud's name.
    aws: AwsPoolOptions = AwsPoolOptions()
    """Options of pools on AWS."""
    azure: AzurePoolOptions = AzurePoolOptions()
    """Options of pools on Azure."""

    def cloud_options(self) -> dict[Cloud, CloudPoolOptions]:
        """Returns the options by the cloud that they belong to."""
        options = {cloud: getattr(self, cloud.value, None) for cloud in CLOUDS}
        return {cloud: option for cloud, option in options.items() if option is not None}
