"""Permissions of pods by EKS Pod Identity: an inline policy on their role, and its association."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from falaj.components.aws.identity.assume_role_policies import pod_trust
from falaj.components.aws.identity.keys import account_id
from falaj.components.aws.identity.roles import service_role


@dataclass(frozen=True)
class ServiceAccountPods:
    """The pods of one service account of a cluster."""

    cluster: pulumi.Input[str]
    namespace: pulumi.Input[str]
    service_account: pulumi.Input[str]


def controller_role(name: str, tags: Mapping[str, str], parent: pulumi.Resource) -> aws.iam.Role:
    """Creates `<name>-role`, which EKS Pod Identity may give to pods of the account's clusters."""
    role, _ = service_role(f"{name}-role", "pods.eks.amazonaws.com", (), tags, parent, ("sts:TagSession",))
    return role


def confined_role(
    name: str, pods: ServiceAccountPods, tags: Mapping[str, str], parent: pulumi.Resource
) -> aws.iam.Role:
    """Creates `<name>-role`, which EKS Pod Identity may give to the pods of one service account only."""
    trust = pulumi.Output.all(account_id(parent), pods.cluster, pods.namespace, pods.service_account).apply(
        lambda resolved: pod_trust(*resolved)
    )
    child = pulumi.ResourceOptions(parent=parent)
    return aws.iam.Role(f"{name}-role", assume_role_policy=trust, tags=dict(tags), opts=child)


def grant_to_pods(
    name: str,
    role: aws.iam.Role,
    permissions: tuple[str, pulumi.Input[str]],
    pods: ServiceAccountPods,
    tags: Mapping[str, str],
    parent: pulumi.Resource,
) -> aws.eks.PodIdentityAssociation:
    """Adds an inline policy to a role and associates the role with pods. Returns the association.

    `permissions` are the suffix of the policy's name and the policy. A pod gets its identity when it starts: make its
    workload depend on the association, which depends on the policy.
    """
    suffix, document = permissions
    policy = aws.iam.RolePolicy(
        f"{name}-{suffix}", role=role.name, policy=document, opts=pulumi.ResourceOptions(parent=parent)
    )
    return aws.eks.PodIdentityAssociation(
        f"{name}-identity",
        cluster_name=pods.cluster,
        namespace=pods.namespace,
        service_account=pods.service_account,
        role_arn=role.arn,
        tags=dict(tags),
        opts=pulumi.ResourceOptions(parent=parent, depends_on=[policy]),
    )
