"""EKS add-ons as data, and the component of those that need nodes to run on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

import pulumi
import pulumi_aws as aws

from components.aws.roles import service_role
from components.core.tags import CostTags
from components.core.validated import Checked, Passed


@dataclass(frozen=True)
class Kind:
    """An add-on by EKS's name. One that calls AWS has a service account of `kube-system`, and a role by Pod Identity
    with one AWS-managed policy."""

    name: str
    service_account: str | None = None
    policy: str | None = None


BEFORE_NODES = (
    Kind("eks-pod-identity-agent"),
    Kind("vpc-cni", "aws-node", "AmazonEKS_CNI_Policy"),
    Kind("kube-proxy"),
)
"""Agents that a node needs to become ready; they count as healthy where there is no node yet."""

ON_NODES = (
    Kind("coredns"),
    Kind("aws-ebs-csi-driver", "ebs-csi-controller-sa", "service-role/AmazonEBSCSIDriverPolicy"),
)
"""Deployments: without a node to run on their creation waits until it times out."""


def addon(name: str, kind: Kind, cluster: pulumi.Input[str], tags: Mapping[str, str], parent: pulumi.Resource) -> None:
    """Install an add-on at EKS's default version for the cluster's Kubernetes version."""
    waits: list[pulumi.Resource] = []
    identity: list[aws.eks.AddonPodIdentityAssociationArgs] = []
    if kind.service_account and kind.policy:
        role, attachments = service_role(
            f"{name}-{kind.name}-role", "pods.eks.amazonaws.com", (kind.policy,), tags, parent, ("sts:TagSession",)
        )
        waits += attachments
        identity.append(
            aws.eks.AddonPodIdentityAssociationArgs(role_arn=role.arn, service_account=kind.service_account)
        )
    aws.eks.Addon(
        f"{name}-{kind.name}",
        cluster_name=cluster,
        addon_name=kind.name,
        pod_identity_associations=identity or None,
        resolve_conflicts_on_create="OVERWRITE",
        resolve_conflicts_on_update="OVERWRITE",
        tags=dict(tags),
        opts=pulumi.ResourceOptions(parent=parent, depends_on=waits),
    )


class AddonsArgs(TypedDict):
    """The add-ons of a cluster that has nodes."""

    cluster_name: pulumi.Input[str]
    """Name of the cluster in EKS."""
    tags: Mapping[str, str]
    """The mandatory cost tags, put on everything that takes tags."""


class _Checked(Checked):
    cluster_name: Passed[str]
    tags: CostTags


class Addons(pulumi.ComponentResource):
    """Add-ons that run on nodes: make it depend on a node pool of profile `system`."""

    names: pulumi.Output[Sequence[str]]
    """Names of the add-ons in EKS."""

    def __init__(self, name: str, args: AddonsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:aws:Addons", name, {}, opts)
        for kind in ON_NODES:
            addon(name, kind, settings.cluster_name, settings.tags, self)
        self.names = pulumi.Output.from_input([kind.name for kind in ON_NODES])
        self.register_outputs({"names": self.names})
