"""IAM roles that exist, such as those of a security team, by their use. Pure."""

from collections.abc import Iterator

from falaj.components.core.accounts.aws_accounts import RoleArn
from falaj.components.core.validation.args import Input, Spec
from falaj.components.core.validation.problems import Problem


class ExistingRolesSpec(Spec):
    """IAM roles of the site's account that exist. Trust, policies and boundary are the owner's: docs/sites.md lists
    what each needs. A role is created for each use that is absent here."""

    cluster: Input[RoleArn] | None = None
    """ARN of the role of the control plane. It cannot be changed later: EKS would replace the cluster."""
    nodes: Input[RoleArn] | None = None
    """ARN of the role of managed node groups. A change replaces the groups."""
    karpenter_nodes: Input[RoleArn] | None = None
    """ARN of the role of nodes that Karpenter creates, another one than `nodes`. A change replaces these nodes."""


def role_problems(roles: ExistingRolesSpec) -> Iterator[Problem]:
    """Yields the problem of one role for two uses. EKS makes the access entry of a role of node groups by itself, so
    the entry of Karpenter's nodes would exist already (EKS User Guide, access entries; read 2026-11-26)."""
    if isinstance(roles.nodes, str) and roles.nodes == roles.karpenter_nodes:
        allowed = "another role than `nodes`: each has an access entry of its own"
        yield Problem("karpenter_nodes", roles.karpenter_nodes, allowed, "name a second role, or remove it")
    if isinstance(roles.cluster, str) and roles.cluster in (roles.nodes, roles.karpenter_nodes):
        yield Problem("cluster", roles.cluster, "a role that no node has", "name a role of its own")
