"""Options of node pools on AWS."""

from typing import Annotated

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
    instance_requirements: InstanceRequirements | None = None
    """Requirements that select the machine types, instead of `machines`: all types of the region that meet them. If a
    later version of the package knows another type that does, managed node groups are replaced."""
