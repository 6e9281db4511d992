"""How a node starts: encrypted disk, metadata that pods cannot read, cost tags on all that is billed, and the place and
capacity that was reserved for it."""

import pulumi
import pulumi_aws as aws

from falaj.components.aws.nodes.efa import Interconnect
from falaj.components.aws.nodes.local_disks import user_data
from falaj.components.core.node_pools.regional_pool import RegionalPool
from falaj.components.core.validation.enums import Capacity
from falaj.components.core.validation.tags import named

ROOT_DEVICE = "/dev/xvda"
"""Root device of Amazon Linux 2023."""

BILLED = ("instance", "volume", "network-interface")
"""What a launch creates: a node group's own tags reach none of it."""


def launch_template(
    name: str,
    pool: RegionalPool,
    disk_key: pulumi.Input[str],
    together: Interconnect | None,
    parent: pulumi.Resource,
) -> aws.ec2.LaunchTemplate:
    """The launch template of a pool. `together` is the placement of interconnected machines.

    Machine types stay out of it, because only the node group can be told several; but for a capacity block, where the
    template must name the one that was bought.
    """
    block = pool.spec.capacity is Capacity.CAPACITY_BLOCK
    return aws.ec2.LaunchTemplate(
        f"{name}-template",
        update_default_version=True,
        block_device_mappings=[_root_disk(pool, disk_key)],
        # Version 2 with one hop: a request from a pod's own network never gets the node's credentials.
        metadata_options=aws.ec2.LaunchTemplateMetadataOptionsArgs(
            http_endpoint="enabled", http_tokens="required", http_put_response_hop_limit=1
        ),
        instance_type=pool.spec.machines[0] if block else None,
        instance_market_options=(
            aws.ec2.LaunchTemplateInstanceMarketOptionsArgs(market_type="capacity-block") if block else None
        ),
        capacity_reservation_specification=_reservation(pool),
        placement=together and together.placement,
        network_interfaces=together and together.interfaces,
        user_data=user_data(pool.offered),
        tag_specifications=[
            aws.ec2.LaunchTemplateTagSpecificationArgs(resource_type=kind, tags=named(pool.tags, name))
            for kind in BILLED
        ],
        tags=named(pool.tags, f"{name}-template"),
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _reservation(pool: RegionalPool) -> aws.ec2.LaunchTemplateCapacityReservationSpecificationArgs | None:
    """The reservation that the pool's machines are taken from: no machine starts outside it."""
    if pool.spec.aws.reservation is None:
        return None
    target = aws.ec2.LaunchTemplateCapacityReservationSpecificationCapacityReservationTargetArgs(
        capacity_reservation_id=pool.spec.aws.reservation
    )
    return aws.ec2.LaunchTemplateCapacityReservationSpecificationArgs(capacity_reservation_target=target)


def _root_disk(pool: RegionalPool, disk_key: pulumi.Input[str]) -> aws.ec2.LaunchTemplateBlockDeviceMappingArgs:
    return aws.ec2.LaunchTemplateBlockDeviceMappingArgs(
        device_name=ROOT_DEVICE,
        ebs=aws.ec2.LaunchTemplateBlockDeviceMappingEbsArgs(
            volume_type="gp3",
            volume_size=pool.root_disk_gib,
            throughput=pool.traits.disk_throughput_mbps,
            iops=pool.traits.disk_iops,
            encrypted="true",
            kms_key_id=disk_key,
            delete_on_termination="true",
        ),
    )
