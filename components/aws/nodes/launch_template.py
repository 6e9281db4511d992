"""Launch template of a node pool: encrypted root disk, instance metadata that pods cannot read, cost tags on everything
that is billed, placement and capacity reservation."""

import pulumi
import pulumi_aws as aws

from falaj.components.aws.nodes.efa import Interconnect
from falaj.components.aws.nodes.local_disks import user_data
from falaj.components.core.node_pools.regional_pool import RegionalPool
from falaj.components.core.validation.enums import Capacity
from falaj.components.core.validation.tags import with_name_tag

ROOT_DEVICE = "/dev/xvda"
"""Root device of Amazon Linux 2023."""

BILLED = ("instance", "volume", "network-interface")
"""Resource types that a launch creates. A node group's own tags do not reach them."""


def launch_template(
    name: str,
    pool: RegionalPool,
    disk_key: pulumi.Input[str],
    interconnect: Interconnect | None,
    parent: pulumi.Resource,
) -> aws.ec2.LaunchTemplate:
    """The launch template of a pool. `interconnect` is given for a pool with EFA.

    It names no machine type, because only the node group can name several. A capacity block is the exception: its
    template must name the type that was bought.
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
        placement=interconnect and interconnect.placement,
        network_interfaces=interconnect and interconnect.interfaces,
        user_data=user_data(pool.offered),
        tag_specifications=[
            aws.ec2.LaunchTemplateTagSpecificationArgs(resource_type=kind, tags=with_name_tag(pool.tags, name))
            for kind in BILLED
        ],
        tags=with_name_tag(pool.tags, f"{name}-template"),
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _reservation(pool: RegionalPool) -> aws.ec2.LaunchTemplateCapacityReservationSpecificationArgs | None:
    """The capacity reservation of the pool: no machine starts outside it."""
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
