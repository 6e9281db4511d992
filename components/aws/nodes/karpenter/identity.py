"""IAM roles of Karpenter's controller and of its nodes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from falaj.components.aws.identity.keys import account_id
from falaj.components.aws.identity.pod_identity import ServiceAccountPods, controller_role, grant_to_pods
from falaj.components.aws.identity.roles import service_role
from falaj.components.aws.nodes.karpenter.charts import NAME, NAMESPACE
from falaj.components.aws.nodes.karpenter.interruption_queue import InterruptionQueue
from falaj.components.aws.nodes.karpenter.policy import ControllerScope, controller_policy

NODE_POLICIES = ("AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly")
"""AWS-managed policies that the kubelet needs. The agents on a node have roles of their own."""


@dataclass(frozen=True)
class NodeIdentity:
    """IAM role and instance profile of the nodes. `ready` lists the resources that a node needs in order to join."""

    role_arn: pulumi.Output[str]
    role_name: pulumi.Output[str]
    profile: aws.iam.InstanceProfile
    ready: Sequence[pulumi.Resource]


def node_identity(
    name: str,
    cluster: pulumi.Input[str],
    existing: pulumi.Input[str] | None,
    tags: Mapping[str, str],
    parent: pulumi.Resource,
) -> NodeIdentity:
    """Creates the role of Karpenter's nodes, unless it exists, separate from that of managed node groups, whose access
    entry EKS creates and deletes itself."""
    child = pulumi.ResourceOptions(parent=parent)
    attachments: Sequence[pulumi.Resource] = ()
    if existing is None:
        role, attachments = service_role(f"{name}-node", "ec2.amazonaws.com", NODE_POLICIES, tags, parent)
        role_arn, role_name = role.arn, role.name
    else:
        role_arn = pulumi.Output.from_input(existing)
        role_name = role_arn.apply(lambda arn: arn.rsplit("/", 1)[-1])
    profile = aws.iam.InstanceProfile(f"{name}-node-profile", role=role_name, tags=dict(tags), opts=child)
    entry = aws.eks.AccessEntry(
        f"{name}-node-entry",
        cluster_name=cluster,
        principal_arn=role_arn,
        type="EC2_LINUX",
        tags=dict(tags),
        opts=child,
    )
    return NodeIdentity(role_arn, role_name, profile, [profile, entry, *attachments])


@dataclass(frozen=True)
class ControllerSettings:
    """Settings that the controller's policy depends on: see `controller_policy`."""

    region: str
    cluster: pulumi.Input[str]
    has_egress: bool
    spot: bool


def controller_identity(
    name: str,
    identity: ControllerSettings,
    node_role_arn: pulumi.Output[str],
    interruption_queue: InterruptionQueue,
    tags: Mapping[str, str],
    parent: pulumi.Resource,
) -> tuple[aws.iam.Role, pulumi.Resource]:
    """Creates the controller's role. Returns it with the resource that gives it to the pods with its permissions."""
    role = controller_role(name, tags, parent)
    resolved = pulumi.Output.all(
        account_id(parent),
        identity.region,
        identity.cluster,
        node_role_arn,
        interruption_queue.queue.arn,
        interruption_queue.key.arn,
    )
    policy = resolved.apply(
        lambda scope: controller_policy(ControllerScope(*scope), identity.has_egress, identity.spot)
    )
    pods = ServiceAccountPods(identity.cluster, NAMESPACE, NAME)
    return role, grant_to_pods(name, role, ("machines", policy), pods, tags, parent)
