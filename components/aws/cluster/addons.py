"""Installs EKS add-ons, and the component of those that need nodes to run on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from falaj.components.aws.cluster.addon_kinds import ON_NODES, OPTIONAL, AddonSpec, AddonVersions, OptionalAddon
from falaj.components.aws.identity.iam_policies import volume_key_use
from falaj.components.aws.identity.roles import service_role
from falaj.components.core.site.versions import KubernetesVersion
from falaj.components.core.validation.args import Accepts, Args, Input, default
from falaj.components.core.validation.tags import CostTags


@dataclass(frozen=True)
class Installation:
    """The cluster that add-ons are installed in. `versions` are pinned ones by add-on, `disk_key` is the ARN of the KMS
    key of volumes."""

    name: str
    cluster: pulumi.Input[str]
    kubernetes_version: pulumi.Input[str]
    versions: Mapping[str, pulumi.Input[str]]
    disk_key: pulumi.Input[str]
    tags: Mapping[str, str]
    parent: pulumi.Resource


def install(kind: AddonSpec, installation: Installation) -> None:
    """Install an add-on, with an IAM role if it calls AWS."""
    identities: list[aws.eks.AddonPodIdentityAssociationArgs] = []
    permissions: Sequence[pulumi.Resource] = ()
    if kind.service_account:
        role, permissions = _role(kind, installation)
        identities.append(
            aws.eks.AddonPodIdentityAssociationArgs(role_arn=role.arn, service_account=kind.service_account)
        )
    aws.eks.Addon(
        f"{installation.name}-{kind.name}",
        cluster_name=installation.cluster,
        addon_name=kind.name,
        addon_version=_version(kind, installation),
        configuration_values=kind.configuration_values(installation.tags),
        pod_identity_associations=identities or None,
        resolve_conflicts_on_create="OVERWRITE",
        resolve_conflicts_on_update="OVERWRITE",
        tags=dict(installation.tags),
        opts=pulumi.ResourceOptions(parent=installation.parent, depends_on=list(permissions)),
    )


def _version(kind: AddonSpec, installation: Installation) -> pulumi.Input[str]:
    """The pinned version, else EKS's default for the Kubernetes version.

    The default is looked up, so that a preview shows it and an upgrade of Kubernetes, or a new default of EKS, appears
    as a change. An add-on without a version would never be upgraded.
    """
    if kind.name in installation.versions:
        return installation.versions[kind.name]
    return aws.eks.get_addon_version_output(
        addon_name=kind.name,
        kubernetes_version=installation.kubernetes_version,
        opts=pulumi.InvokeOptions(parent=installation.parent),
    ).version


def _role(kind: AddonSpec, installation: Installation) -> tuple[aws.iam.Role, Sequence[pulumi.Resource]]:
    """The add-on's role, and the resources that it needs before it is used."""
    name = f"{installation.name}-{kind.name}-role"
    policies = (kind.policy,) if kind.policy else ()
    role, attachments = service_role(
        name, "pods.eks.amazonaws.com", policies, installation.tags, installation.parent, ("sts:TagSession",)
    )
    if not kind.makes_disks:
        return role, attachments
    policy = pulumi.Output.from_input(installation.disk_key).apply(volume_key_use)
    key_use = aws.iam.RolePolicy(
        f"{name}-disk-key", role=role.name, policy=policy, opts=pulumi.ResourceOptions(parent=installation.parent)
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
        installation = Installation(
            name,
            args.cluster_name,
            args.version,
            args.addon_versions,
            args.disk_key,
            args.tags,
            self,
        )
        kinds = (*ON_NODES, *(OPTIONAL[optional] for optional in dict.fromkeys(args.optional)))
        for kind in kinds:
            install(kind, installation)
        self.names = pulumi.Output.from_input([kind.name for kind in kinds])
        self.register_outputs({"names": self.names})
