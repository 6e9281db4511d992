"""Options of node pools on AWS."""

from typing import Annotated

from pydantic import Field

from falaj.components.core.node_pools.aws_instance_requirements import InstanceRequirements
from falaj.components.core.node_pools.cloud_options import CloudPoolOptions
from falaj.components.core.validation.args import Input
from falaj.components.core.validation.text_forms import TextForm

Reservation = Annotated[str, TextForm(r"^cr-[0-9a-f]{17}$", "the id of a capacity reservation", "cr-0a1b2c3d4e5f60718")]
"""ID of an EC2 capacity reservation."""


class AwsPoolOptions(CloudPoolOptions):
    """Node pool options on AWS."""

    sleeps: bool = False
    """Whether the pool is scaled to zero outside office hours. On Azure, use the site's `sleeps` instead."""
    reservation: Input[Reservation] | None = None
    """ID of the capacity reservation, `cr-...`; required for capacity `reserved` and `capacity-block`."""
    interconnect: bool = False
    """Whether nodes are in a cluster placement group and connected by EFA, for training on several nodes."""
    max_pods: int | None = Field(default=None, ge=20, le=250)
    """Most pods on a node, 20 to 250, at most as many as each machine type supports. Only for pools whose nodes
    Karpenter creates. A change replaces the nodes. Default: as many as the smallest type supports."""
    disk_iops: int | None = Field(default=None, ge=3000, le=16000)
    """IOPS of the root disk, a gp3 volume: 3,000 to 16,000, at most 500 per GiB. Default: that of the profile."""
    disk_throughput_mbps: int | None = Field(default=None, ge=125, le=1000)
    """Throughput of the root disk in MiB/s: 125 to 1,000, at most a quarter of its IOPS. Default: that of the
    profile."""
    exact_gpus: bool = False
    """Whether training runs take only machines with exactly as many GPUs as one of their pods asks for, where all pools
    that are open to a run and have machines for its pods state it and have two such types: Karpenter packs small pods
    on a large machine otherwise, which stays until the last of them ends. Set it where small types are the cheapest per
    GPU; the pool then holds at most `max` such pods. Only for pools whose nodes Karpenter creates. A change of it or of
    `machines` may restart runs."""
    instance_requirements: InstanceRequirements | None = None
    """Requirements that select the machine types, instead of `machines`: all types of the region that meet them. If a
    later version of the package knows another type that does, managed node groups are replaced."""

    @property
    def keeps_office_hours(self) -> bool:
        """Whether the pool is scaled to zero outside office hours."""
        return self.sleeps
