"""What every group of nodes needs: an IAM role, and a KMS key for disks."""

from collections.abc import Mapping

import pulumi
import pulumi_aws as aws

from falaj.components.aws.identity.iam_policies import disks_use
from falaj.components.aws.identity.keys import customer_key
from falaj.components.aws.identity.roles import service_role

NODE_POLICIES = ("AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly")


def node_role(name: str, tags: Mapping[str, str], parent: pulumi.Resource) -> pulumi.Output[str]:
    """Creates the role of managed node groups; returns its ARN. EKS adds their access entry to the cluster."""
    role, _ = service_role(f"{name}-node", "ec2.amazonaws.com", NODE_POLICIES, tags, parent)
    return role.arn


def disk_key(
    name: str, region: str, tags: Mapping[str, str], parent: pulumi.Resource, protect: bool = False
) -> aws.kms.Key:
    """Creates the key that encrypts the disks of nodes and the volumes of pods."""
    return customer_key(
        f"{name}-disk-key",
        f"Encrypts the disks of nodes and volumes of {name}",
        lambda account: (disks_use(account, region),),
        tags,
        parent,
        protect,
    )
