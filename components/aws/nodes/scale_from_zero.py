"""What the cluster autoscaler must know of nodes that do not exist yet."""

from collections.abc import Mapping, Sequence

import pulumi
import pulumi_aws as aws

from falaj.components.core.node_pools.profiles import Taint

PREFIX = "k8s.io/cluster-autoscaler/node-template"


def hints(
    name: str,
    scaling_group: pulumi.Input[str],
    labels: Mapping[str, str],
    taints: Sequence[Taint],
    devices: Mapping[str, int],
    parent: pulumi.Resource,
) -> None:
    """Tags on the Auto Scaling group behind a node group. `devices` are what a pod can ask for beside CPU and memory.

    A node group's own tags do not reach it, and with no node to look at the autoscaler reads labels, taints and devices
    from there. The tags by which it finds the group are put there by EKS itself (EKS User Guide, managed node groups).
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
