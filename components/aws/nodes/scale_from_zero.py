"""Tags that describe the nodes of an empty node group to the Cluster Autoscaler."""

from collections.abc import Mapping, Sequence

import pulumi
import pulumi_aws as aws

from falaj.components.core.node_pools.profiles import Taint

PREFIX = "k8s.io/cluster-autoscaler/node-template"


def node_template_tags(
    name: str,
    scaling_group: pulumi.Input[str],
    labels: Mapping[str, str],
    taints: Sequence[Taint],
    devices: Mapping[str, int],
    parent: pulumi.Resource,
) -> None:
    """Tags the Auto Scaling group of a node group. `devices` maps the extended resources of a node, besides CPU and
    memory, to their number.

    The tags of a node group do not propagate to its Auto Scaling group. If there is no node to inspect, the autoscaler
    reads labels, taints and devices from these tags. EKS adds the tags by which the autoscaler discovers the group (EKS
    User Guide, managed node groups).
    """
    tags = {f"{PREFIX}/label/{key}": value for key, value in labels.items()}
    tags |= {f"{PREFIX}/taint/{taint.key}": f"{taint.value}:{taint.effect}" for taint in taints}
    tags |= {f"{PREFIX}/resources/{device}": str(count) for device, count in devices.items()}
    for key, value in tags.items():
        aws.autoscaling.Tag(
            f"{name}-{key.removeprefix(PREFIX + '/').replace('/', '-')}",
            autoscaling_group_name=scaling_group,
            tag=aws.autoscaling.TagTagArgs(key=key, value=value, propagate_at_launch=False),
            opts=pulumi.ResourceOptions(parent=parent),
        )
