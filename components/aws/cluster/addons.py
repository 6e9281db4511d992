"""Installs EKS add-ons, and the component of those that need nodes to run on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from falaj.components.aws.cluster.addon_kinds import ON_NODES, OPTIONAL, AddonVersions, Kind, OptionalAddon
from falaj.components.aws.identity.iam_policies import disks_of_volumes
from falaj.components.aws.identity.roles import service_role
from falaj.components.core.site.versions import KubernetesVersion
from falaj.components.core.validation.args import Accepts, Args, Input, default
from falaj.components.core.validation.tags import CostTags


@dataclass(frozen=True)
class Installation:
    """Where add-ons are installed: `versions` are the pinned ones, `disk_key` the ARN of the key of volumes."""

    name: str
    cluster: pulumi.Input[str]
    kubernetes_version: pulumi.Input[str]
    versions: Mapping[str, pulumi.Input[str]]
    disk_key: pulumi.Input[str]
    tags: Mapping[str, str]
    parent: pulumi.Resource


def install(kind: Kind, at: Installation) -> None:
    """Install an add-on, with a role of its own where it calls AWS."""
    identities: list[aws.eks.AddonPodIdentityAssociationArgs] = []
    rights: Sequence[pulumi.Resource] = ()
    if kind.service_account:
        role, rights = _role(kind, at)
        identities.append(
            aws.eks.AddonPodIdentityAssociationArgs(role_arn=role.arn, service_account=kind.service_account)
        )
    aws.eks.Addon(
        f"{at.name}-{kind.name}",
        cluster_name=at.cluster,
        addon_name=kind.name,
        addon_version=_version(kind, at),
        configuration_values=kind.configuration_values(at.tags),
        pod_identity_associations=identities or None,
        resolve_conflicts_on_create="OVERWRITE",
        resolve_conflicts_on_update="OVERWRITE",
        tags=dict(at.tags),
        opts=pulumi.ResourceOptions(parent=at.parent, depends_on=list(rights)),
    )


def _version(kind: Kind, at: Installation) -> pulumi.Input[str]:
    """The pinned version, else EKS's default for the Kubernetes version.

    Looked up rather than left out, so that a plan shows it before it is installed, and so that an upgrade of
    Kubernetes, or a new default of EKS, is a change that somebody sees. Left out, it would never be upgraded.
    """
    if kind.name in at.versions:
        return at.versions[kind.name]
    return aws.eks.get_addon_version_output(
        addon_name=kind.name,
        kubernetes_version=at.kubernetes_version,
        opts=pulumi.InvokeOptions(parent=at.parent),
    ).version


def _role(kind: Kind, at: Installation) -> tuple[aws.iam.Role, Sequence[pulumi.Resource]]:
    """The add-on's role, and what its use must wait for."""
    name = f"{at.name}-{kind.name}-role"
    policies = (kind.policy,) if kind.policy else ()
    role, attachments = service_role(name, "pods.eks.amazonaws.com", policies, at.tags, at.parent, ("sts:TagSession",))
    if not kind.makes_disks:
        return role, attachments
    policy = pulumi.Output.from_input(at.disk_key).apply(disks_of_volumes)
    key_use = aws.iam.RolePolicy(
        f"{name}-disk-key", role=role.name, policy=policy, opts=pulumi.ResourceOptions(parent=at.parent)
    )
    return role, [*attachments, key_use]


class AddonsArgs(Args):
    """The add-ons of a cluster that has nodes."""

    cluster_name: Input[str]
    """Name of the cluster in EKS."""
    version: Input[KubernetesVersion]
    """Kubernetes minor version, such as `1.34`, which decides EKS's default version of each add-on."""
    disk_key: Input[str]
    """ARN of the KMS key for volumes: an output of `Cluster`."""
    optional: Accepts[Sequence[OptionalAddon], Sequence[OptionalAddon | str]] = default(())
    """Add-ons to install besides those that every cluster has."""
    addon_versions: AddonVersions = default({})
    """Name of an EKS add-on -> the version to install and keep; EKS's default for the Kubernetes version if absent."""
    tags: CostTags
    """The mandatory cost tags, put on everything that takes tags."""


class Addons(pulumi.ComponentResource):
    """Add-ons that run on nodes: make it depend on a node pool of profile `system`."""

    names: pulumi.Output[Sequence[str]]
    """Names of the add-ons in EKS."""

    def __init__(self, name: str, args: AddonsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = AddonsArgs.of(name, args)
        super().__init__("falaj:aws:Addons", name, {}, opts)
        at = Installation(
            name,
            args.cluster_name,
            args.version,
            args.addon_versions,
            args.disk_key,
            args.tags,
            self,
        )
        kinds = (*ON_NODES, *(OPTIONAL[asked] for asked in dict.fromkeys(args.optional)))
        for kind in kinds:
            install(kind, at)
        self.names = pulumi.Output.from_input([kind.name for kind in kinds])
        self.register_outputs({"names": self.names})
