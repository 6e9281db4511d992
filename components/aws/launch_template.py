"""How a node starts: encrypted disk, metadata that pods cannot read, and cost tags on all that is billed."""

import pulumi
import pulumi_aws as aws

from components.core.pools import CheckedPool
from components.core.profiles import TRAITS
from components.core.tags import named

ROOT_DEVICE = "/dev/xvda"
"""Root device of Amazon Linux 2023."""

BILLED = ("instance", "volume", "network-interface")
"""What a launch creates: a node group's own tags reach none of it."""


def launch_template(
    name: str, pool: CheckedPool, disk_key: pulumi.Input[str], parent: pulumi.Resource
) -> aws.ec2.LaunchTemplate:
    """The launch template of a pool. Machine types stay out of it: only the node group can be told several."""
    return aws.ec2.LaunchTemplate(
        f"{name}-template",
        update_default_version=True,
        block_device_mappings=[_root_disk(pool, disk_key)],
        # Version 2 with one hop: a request from a pod's own network never gets the node's credentials.
        metadata_options=aws.ec2.LaunchTemplateMetadataOptionsArgs(
            http_endpoint="enabled", http_tokens="required", http_put_response_hop_limit=1
        ),
        tag_specifications=[
            aws.ec2.LaunchTemplateTagSpecificationArgs(resource_type=kind, tags=named(pool.tags, name))
            for kind in BILLED
        ],
        tags=named(pool.tags, f"{name}-template"),
        opts=pulumi.ResourceOptions(parent=parent),
    )


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
