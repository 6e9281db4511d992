"""Access entries of an EKS cluster: who administers it, who reads it, and who uses some of its namespaces."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import pulumi
import pulumi_aws as aws

from falaj.components.core.site.administrators import RoleArn
from falaj.components.core.site.cluster_access import AccessOptions
from falaj.components.core.validation.args import Input

_POLICIES = "arn:aws:eks::aws:cluster-access-policy/"
ADMIN_POLICY, READ_POLICY, EDIT_POLICY, VIEW_POLICY = (
    f"{_POLICIES}AmazonEKS{name}Policy" for name in ("ClusterAdmin", "AdminView", "Edit", "View")
)
"""Access policies (EKS User Guide, review access policy permissions, 2026-11)."""


@dataclass(frozen=True)
class EntryContext:
    """The cluster of access entries; `name` is that of the component, `tags` are those of the entries."""

    name: str
    cluster: pulumi.Input[str]
    tags: Mapping[str, str]
    parent: pulumi.Resource


def access_entries(context: EntryContext, administrators: Sequence[Input[RoleArn]], options: AccessOptions) -> None:
    """Creates an access entry for each identity."""
    for index, arn in enumerate(administrators):
        _entry(context, f"admin-{_label(arn, index)}", arn, ADMIN_POLICY)
    if options.deployer is None:
        _entry(context, "deployer", _deploying_role(context, administrators), ADMIN_POLICY, fixed=True)
    elif options.deployer not in [arn for arn in administrators if isinstance(arn, str)]:
        _entry(context, "deployer", options.deployer, ADMIN_POLICY)
    for index, arn in enumerate(options.viewers):
        _entry(context, f"viewer-{_label(arn, index)}", arn, READ_POLICY)
    for index, access in enumerate(options.namespace_roles):
        policy = EDIT_POLICY if access.writes else VIEW_POLICY
        _entry(context, f"namespaces-{_label(access.role, index)}", access.role, policy, access.namespaces)


def group_entry(
    name: str,
    cluster: pulumi.Input[str],
    principal: pulumi.Input[str],
    group: str,
    tags: Mapping[str, str],
    opts: pulumi.ResourceOptions,
) -> aws.eks.AccessEntry:
    """Creates an access entry without access policy, whose principal has the rights of a Kubernetes group only."""
    label = _label(principal, 0)
    return aws.eks.AccessEntry(
        f"{name}-{label}",
        cluster_name=cluster,
        principal_arn=principal,
        kubernetes_groups=[group],
        tags=dict(tags),
        opts=opts,
    )


def _label(arn: pulumi.Input[str], index: int) -> str | int:
    # Role names are unique within an account, whatever their path.
    return arn.rsplit("/", 1)[-1] if isinstance(arn, str) else index


def _entry(
    context: EntryContext,
    label: str,
    principal: Input[str],
    policy: str,
    namespaces: Sequence[Input[str]] = (),
    fixed: bool = False,
) -> None:
    """Creates an access entry with one policy, for the whole cluster or for `namespaces`. The principal of a `fixed`
    entry stays what it was at its creation."""
    name = f"{context.name}-{label}"
    ignored = ["principal_arn"] if fixed else None
    entry = aws.eks.AccessEntry(
        name,
        cluster_name=context.cluster,
        principal_arn=principal,
        tags=dict(context.tags),
        opts=pulumi.ResourceOptions(parent=context.parent, ignore_changes=ignored),
    )
    scope = aws.eks.AccessPolicyAssociationAccessScopeArgs(
        type="namespace" if namespaces else "cluster", namespaces=list(namespaces) or None
    )
    aws.eks.AccessPolicyAssociation(
        f"{name}-policy",
        cluster_name=context.cluster,
        principal_arn=principal,
        policy_arn=policy,
        access_scope=scope,
        opts=pulumi.ResourceOptions(parent=context.parent, depends_on=[entry], ignore_changes=ignored),
    )


def _deploying_role(context: EntryContext, administrators: Sequence[Input[RoleArn]]) -> pulumi.Output[str]:
    """Returns the ARN of the role that runs the deployment: that of a session, with the role's path, or of a user.

    It is unknown in a preview, so that a plan by another identity fits the deployment. The deployment fails if the role
    is an administrator too, because a cluster has one entry for each principal.
    """
    if pulumi.runtime.is_dry_run():
        return pulumi.Output.from_input(cast(str, pulumi.UNKNOWN))
    options = pulumi.InvokeOptions(parent=context.parent)
    session = aws.get_caller_identity_output(opts=options).arn
    role = aws.iam.get_session_context_output(arn=session, opts=options).issuer_arn
    return pulumi.Output.all(role, *administrators).apply(lambda roles: _named_once(roles[0], roles[1:]))


def _named_once(role: str, administrators: Sequence[str]) -> str:
    if role in administrators:
        raise pulumi.RunError(
            f"{role} deploys this stack and is one of its administrators: a cluster has one access entry for each "
            "principal. Fix: name it as `deployer` too; its entry then stays that of the administrator."
        )
    return role
