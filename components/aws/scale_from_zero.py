"""What the cluster autoscaler must know of nodes that do not exist yet."""

from collections.abc import Mapping, Sequence

import pulumi
import pulumi_aws as aws

from components.core.profiles import Taint

PREFIX = "k8s.io/cluster-autoscaler/node-template"


def hints(
    name: str,
    group: aws.eks.NodeGroup,
    labels: Mapping[str, str],
    taints: Sequence[Taint],
    gpus: float,
    parent: pulumi.Resource,
) -> None:
    """Tags on the Auto Scaling group behind a node group.

    A node group's own tags do not reach it, and with no node to look at the autoscaler reads labels, taints and GPUs
    from there.
    """
    tags = {f"{PREFIX}/label/{key}": value for key, value in labels.items()}
    tags |= {f"{PREFIX}/taint/{taint.key}": f"{taint.value}:{taint.effect}" for taint in taints}
    if gpus >= 1:
        tags[f"{PREFIX}/resources/nvidia.com/gpu"] = str(int(gpus))
    scaling_group = group.resources.apply(_name)
    for key, value in tags.items():
        aws.autoscaling.Tag(
            f"{name}-{key.removeprefix(PREFIX + '/').replace('/', '-')}",
            autoscaling_group_name=scaling_group,
            tag=aws.autoscaling.TagTagArgs(key=key, value=value, propagate_at_launch=False),
            opts=pulumi.ResourceOptions(parent=parent),
        )


def _name(resources: Sequence[aws.eks.outputs.NodeGroupResource]) -> str:
    return next(group.name or "" for resource in resources for group in resource.autoscaling_groups or ())
