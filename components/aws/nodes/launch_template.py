"""Launch template of a node pool: encrypted root disk, instance metadata that pods cannot read, cost tags on everything
that is billed, placement and capacity reservation."""

from collections.abc import Mapping

import pulumi
import pulumi_aws as aws

from falaj.components.aws.nodes.efa import Interconnect
from falaj.components.aws.nodes.local_disks import user_data
from falaj.components.core.node_pools.pools import CheckedPool
from falaj.components.core.node_pools.profiles import TRAITS
from falaj.components.core.validation.enums import Capacity
from falaj.components.core.validation.tags import named

ROOT_DEVICE = "/dev/xvda"
"""Root device of Amazon Linux 2023."""

BILLED = ("instance", "volume", "network-interface")
"""Resource types that a launch creates. A node group's own tags do not reach them."""


def launch_template(
    name: str,
    pool: CheckedPool,
    disk_key: pulumi.Input[str],
    interconnect: Interconnect | None,
    tags: Mapping[str, str],
    parent: pulumi.Resource,
) -> aws.ec2.LaunchTemplate:
    """The launch template of a pool. `interconnect` is given for a pool with EFA.

    It names no machine type, because only the node group can name several. A capacity block is the exception: its
    template must name the type that was bought.
    """
    block = pool.capacity is Capacity.CAPACITY_BLOCK
    return aws.ec2.LaunchTemplate(
        f"{name}-template",
        update_default_version=True,
        block_device_mappings=[_root_disk(pool, disk_key)],
        # Version 2 with one hop: a request from a pod's own network never gets the node's credentials.
        metadata_options=aws.ec2.LaunchTemplateMetadataOptionsArgs(
            http_endpoint="enabled", http_tokens="required", http_put_response_hop_limit=1
        ),
        instance_type=pool.machines[0] if block else None,
        instance_market_options=(
            aws.ec2.LaunchTemplateInstanceMarketOptionsArgs(market_type="capacity-block") if block else None
        ),
        capacity_reservation_specification=_reservation(pool),
        placement=interconnect and interconnect.placement,
        network_interfaces=interconnect and interconnect.interfaces,
        user_data=user_data(pool.machines),
        tag_specifications=[
            aws.ec2.LaunchTemplateTagSpecificationArgs(resource_type=kind, tags=named(tags, name)) for kind in BILLED
        ],
        tags=named(tags, f"{name}-template"),
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _reservation(pool: CheckedPool) -> aws.ec2.LaunchTemplateCapacityReservationSpecificationArgs | None:
    """The capacity reservation of the pool: no machine starts outside it."""
    if pool.reservation is None:
        return None
    target = aws.ec2.LaunchTemplateCapacityReservationSpecificationCapacityReservationTargetArgs(
        capacity_reservation_id=pool.reservation
    )
    return aws.ec2.LaunchTemplateCapacityReservationSpecificationArgs(capacity_reservation_target=target)


def _root_disk(pool: CheckedPool, disk_key: pulumi.Input[str]) -> aws.ec2.LaunchTemplateBlockDeviceMappingArgs:
    traits = TRAITS[pool.profile]
    return aws.ec2.LaunchTemplateBlockDeviceMappingArgs(
        device_name=ROOT_DEVICE,
        ebs=aws.ec2.LaunchTemplateBlockDeviceMappingEbsArgs(
            volume_type="gp3",
            volume_size=pool.root_disk_gib,
            throughput=traits.disk_throughput_mbps,
            iops=traits.disk_iops,
            encrypted="true",
            kms_key_id=disk_key,
            delete_on_termination="true",
        ),
    )
