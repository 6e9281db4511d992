"""Launch template of a node pool: encrypted root disk, instance metadata that pods cannot read, cost tags on all billed
resources, placement and capacity reservation."""

import pulumi
import pulumi_aws as aws

from falaj.components.aws.nodes.efa import Interconnect
from falaj.components.aws.nodes.proxy import template_user_data
from falaj.components.core.node_pools.regional_pool import RegionalPool
from falaj.components.core.site.aws_proxy import EksProxySpec
from falaj.components.core.validation.enums import Capacity
from falaj.components.core.validation.tags import with_name_tag

ROOT_DEVICE = "/dev/xvda"
"""Root device of Amazon Linux 2023."""

BILLED_RESOURCE_TYPES = ("instance", "volume", "network-interface")
"""Types of the billed resources that a launch creates. The tags of a node group do not propagate to them."""


def launch_template(
    name: str,
    pool: RegionalPool,
    disk_key: pulumi.Input[str],
    interconnect: Interconnect | None,
    parent: pulumi.Resource,
    proxy: EksProxySpec | None = None,
) -> aws.ec2.LaunchTemplate:
    """Creates the launch template of a pool. `interconnect` is given for a pool with EFA.

    The template names no instance type, because only the node group can name several. A capacity block is the
    exception: its template must name the type that was bought.
    """
    block = pool.spec.capacity is Capacity.CAPACITY_BLOCK
    return aws.ec2.LaunchTemplate(
        f"{name}-template",
        update_default_version=True,
        block_device_mappings=[_root_disk(pool, disk_key)],
        # IMDSv2 with a hop limit of 1: a pod outside the host network never gets the node's credentials.
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
        user_data=template_user_data(proxy, pool.region, pool.offered),
        tag_specifications=[
            aws.ec2.LaunchTemplateTagSpecificationArgs(resource_type=resource, tags=with_name_tag(pool.tags, name))
            for resource in BILLED_RESOURCE_TYPES
        ],
        tags=with_name_tag(pool.tags, f"{name}-template"),
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _reservation(pool: RegionalPool) -> aws.ec2.LaunchTemplateCapacityReservationSpecificationArgs | None:
    """Returns the capacity reservation of the pool, outside which no machine starts; None without one."""
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
            throughput=pool.disk_throughput_mbps,
            iops=pool.disk_iops,
            encrypted="true",
            kms_key_id=disk_key,
            delete_on_termination="true",
        ),
    )
