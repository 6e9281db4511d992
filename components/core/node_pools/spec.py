"""Specification of a node pool, used by stack files, sites on both clouds, Karpenter, queues and right-sizing."""

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from falaj.components.core.node_pools.aws_instance_requirements import offered_types
from falaj.components.core.node_pools.aws_options import AwsPoolOptions
from falaj.components.core.node_pools.azure_options import AzurePoolOptions
from falaj.components.core.node_pools.cloud_options import CloudPoolOptions
from falaj.components.core.node_pools.gpu_sharing import GpuSharingSpec
from falaj.components.core.node_pools.node_marks import TaintSpec
from falaj.components.core.validation.args import Choice, Spec, default
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.components.core.validation.names import LabelKey, LabelValue, TenantName
from falaj.components.core.validation.problems import Problem, refuse_if
from falaj.components.core.validation.text_forms import TextForm
from falaj.facts.clouds import CLOUDS, Cloud

NodePoolName = Annotated[
    str, TextForm(r"^[a-z][a-z0-9]{1,11}$", "2 to 12 lower-case letters and digits, first a letter", "gpuspot")
]
"""Name of a node pool: 2 to 12 lower-case letters and digits, the limit of AKS, on all clouds."""


FLAT_FIELDS = ("profile", "machines", "capacity", "min", "max", "disk_gib", "tenant", "zone", "sharing", "aws", "azure")
"""Fields that components once had as arguments of their own, beside `pool`."""


class NodePoolSpec(Spec):
    """A node pool: machines for one workload profile."""

    moved_keys: ClassVar[Mapping[str, str]] = {
        **{name: f"aws.{name}" for name in ("sleeps", "reservation", "interconnect")},
        **{name: f"azure.{name}" for name in ("gpu_partition", "deallocate", "spot_max_usd")},
    }

    profile: Choice[Profile]
    """Workload profile: `system`, `training`, `batch`, `inference-cpu` or `inference-gpu`. It determines taints, labels
    and disk defaults."""
    machines: Sequence[str] = ()
    """Machine types that the region offers, all of one architecture, at least one. Spot pools on AWS need at least two
    types; pools on Azure have exactly one. Pools on AWS may state `aws.instance_requirements` instead."""
    capacity: Choice[Capacity] = default(Capacity.ON_DEMAND)
    """Capacity type: `spot` for interruptible work, `on-demand`, `spot-first` (spot, with on-demand as fallback; needs
    Karpenter), or on AWS `reserved` and `capacity-block`. In a stack's settings, a pool of profile `training` whose
    nodes Karpenter creates is `spot-first` if absent."""
    min: int = Field(default=0, ge=0, le=1000)
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
    zones: Sequence[str] | None = None
    """Availability zones of the nodes instead of `zone`, all by ID or all by name; all zones of the site if absent. On
    Azure `[]` places nodes without a zone, and is the default for machines with GPUs whose zones are not known. Cannot
    be changed after a pool is created on Azure."""
    labels: Mapping[LabelKey, LabelValue] = Field(default={})
    """Labels of the nodes, in addition to those that the package sets. Keys of its domain and of Kubernetes' and the
    clouds' domains are not allowed."""
    taints: Sequence[TaintSpec] = ()
    """Taints of the nodes, in addition to those of the profile and of machines with GPUs. Queued runs tolerate them;
    other workloads of the stack do not. Not allowed for profile `system`."""
    sharing: GpuSharingSpec | None = None
    """How pods share GPUs, by means of NVIDIA's GPU operator; pods get whole GPUs if absent. Not supported for pools
    that Karpenter manages."""
    # One field per cloud with options of its own, with the cloud's name.
    aws: AwsPoolOptions = AwsPoolOptions()
    """Options of pools on AWS."""
    azure: AzurePoolOptions = AzurePoolOptions()
    """Options of pools on Azure."""

    @model_validator(mode="after")
    def _expand_instance_requirements(self) -> Self:
        """Sets `machines` to the types that meet `aws.instance_requirements`, so that everything that reads a pool
        (quotas, prices, node groups, right-sizing) knows them."""
        requirements = self.aws.instance_requirements
        if requirements is None:
            if not self.machines:
                refuse_if([Problem("machines", [], "at least one machine type", "name one that the region offers")])
            return self
        types = offered_types(requirements)
        if self.machines and [*self.machines] != types:
            allowed = "nothing with instance requirements, which select the types"
            refuse_if([Problem("machines", [*self.machines], allowed, "keep one of the two")])
        object.__setattr__(self, "machines", types)
        return self

    @property
    def pinned_zones(self) -> tuple[str, ...] | None:
        """Zones that the pool names: those of `zones`, or the one of `zone`; None if it names none."""
        if self.zone is not None:
            return (self.zone,)
        return None if self.zones is None else tuple(self.zones)

    @property
    def is_in_one_zone(self) -> bool:
        """Whether all nodes are in one zone that the pool names."""
        return self.pinned_zones is not None and len(self.pinned_zones) == 1

    def stated_pods(self, cloud: Cloud) -> int | None:
        """Returns the maximum number of pods of a node that the pool states for a cloud; None if it states none."""
        return self.cloud_options().get(cloud, CloudPoolOptions()).stated_pods

    def cloud_options(self) -> dict[Cloud, CloudPoolOptions]:
        """Returns the options by the cloud that they belong to."""
        options = {cloud: getattr(self, cloud.value, None) for cloud in CLOUDS}
        return {cloud: option for cloud, option in options.items() if option is not None}
