"""Who Karpenter is in AWS, and who its nodes are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from falaj.components.aws.identity.keys import account_id
from falaj.components.aws.identity.roles import service_role
from falaj.components.aws.nodes.karpenter.charts import NAME, NAMESPACE
from falaj.components.aws.nodes.karpenter.interruption_queue import Interruptions
from falaj.components.aws.nodes.karpenter.policy import Controller, controller_policy

NODE_POLICIES = ("AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly")
"""What kubelet needs; the agents on a node have identities of their own."""


@dataclass(frozen=True)
class NodeIdentity:
    """The role of the nodes, the profile in which EC2 takes it, and what must be there before a node can join."""

    role: aws.iam.Role
    profile: aws.iam.InstanceProfile
    ready: Sequence[pulumi.Resource]


def node_identity(
    name: str, cluster: pulumi.Input[str], tags: Mapping[str, str], parent: pulumi.Resource
) -> NodeIdentity:
    """A role apart from that of managed groups: EKS makes and deletes the access entry of theirs by itself."""
    child = pulumi.ResourceOptions(parent=parent)
    role, attachments = service_role(f"{name}-node", "ec2.amazonaws.com", NODE_POLICIES, tags, parent)
    profile = aws.iam.InstanceProfile(f"{name}-node-profile", role=role.name, tags=dict(tags), opts=child)
    entry = aws.eks.AccessEntry(
        f"{name}-node-entry",
        cluster_name=cluster,
        principal_arn=role.arn,
        type="EC2_LINUX",
        tags=dict(tags),
        opts=child,
    )
    return NodeIdentity(role, profile, [profile, entry, *attachments])


@dataclass(frozen=True)
class Identity:
    """What decides the controller's rights besides what it works on: see `controller_policy`."""

    region: str
    cluster: pulumi.Input[str]
    way_out: bool
    spot: bool


def controller_identity(
    name: str,
    who: Identity,
    node_role: aws.iam.Role,
    heard: Interruptions,
    tags: Mapping[str, str],
    parent: pulumi.Resource,
) -> tuple[aws.iam.Role, list[pulumi.Resource]]:
    """The controller's role, and what gives its pods the role and the role its rights."""
    child = pulumi.ResourceOptions(parent=parent)
    role, _ = service_role(f"{name}-role", "pods.eks.amazonaws.com", (), tags, parent, ("sts:TagSession",))
    known = pulumi.Output.all(
        account_id(parent), who.region, who.cluster, node_role.arn, heard.queue.arn, heard.key.arn
    )
    policy = aws.iam.RolePolicy(
        f"{name}-machines",
        role=role.name,
        policy=known.apply(lambda parts: controller_policy(Controller(*parts), who.way_out, who.spot)),
        opts=child,
    )
    association = aws.eks.PodIdentityAssociation(
        f"{name}-identity",
        cluster_name=who.cluster,
        namespace=NAMESPACE,
        service_account=NAME,
        role_arn=role.arn,
        tags=dict(tags),
        opts=child,
    )
    return role, [policy, association]
