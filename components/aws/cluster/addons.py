"""Installation of EKS add-ons, and the component for the add-ons that need nodes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import pulumi
import pulumi_aws as aws

from falaj.components.aws.identity.iam_policies import volume_key_use
from falaj.components.aws.identity.roles import service_role
from falaj.components.aws.regional import RegionalComponent
from falaj.components.core.node_pools.system_capacity import ControllerReplicas
from falaj.components.core.site.aws_addons import ExtraAddons, ExtraAddonSpec, addon_problems
from falaj.components.core.site.cluster_options import PinnedAddons
from falaj.components.core.site.eks_addons import ON_NODES, OPTIONAL, VPC_CNI, AddonSpec, OptionalAddon
from falaj.components.core.site.versions import KubernetesVersion
from falaj.components.core.validation.args import Accepts, Args, Input, default
from falaj.components.core.validation.problems import Problem, below
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags
from falaj.facts.system_pods import USUAL


@dataclass(frozen=True)
class Installation:
    """The cluster that add-ons are installed in. `versions` maps add-on names to pinned versions, and `disk_key` is the
    ARN of the KMS key for volumes. `pods` is the configuration of the VPC CNI for pods in subnets of their own.
    `replicas` are those of controllers."""

    name: str
    region: str
    cluster: pulumi.Input[str]
    kubernetes_version: pulumi.Input[str]
    versions: Mapping[str, pulumi.Input[str]]
    disk_key: pulumi.Input[str]
    tags: Mapping[str, str]
    parent: pulumi.Resource
    pods: pulumi.Output[dict[str, dict[str, object]]] | None = None
    replicas: int = USUAL


def install(addon: AddonSpec, installation: Installation) -> None:
    """Installs an add-on, with an IAM role if it calls AWS APIs."""
    identities: list[aws.eks.AddonPodIdentityAssociationArgs] = []
    permissions: Sequence[pulumi.Resource] = ()
    if addon.service_account:
        role, permissions = _role(addon, installation)
        identities.append(
            aws.eks.AddonPodIdentityAssociationArgs(role_arn=role.arn, service_account=addon.service_account)
        )
    aws.eks.Addon(
        f"{installation.name}-{addon.name}",
        cluster_name=installation.cluster,
        addon_name=addon.name,
        addon_version=_version(addon, installation),
        configuration_values=_configuration(addon, installation),
        pod_identity_associations=identities or None,
        resolve_conflicts_on_create="OVERWRITE",
        resolve_conflicts_on_update="OVERWRITE",
        tags=dict(installation.tags),
        opts=pulumi.ResourceOptions(parent=installation.parent, depends_on=list(permissions)),
    )


def install_extra(name: str, addon: ExtraAddonSpec, installation: Installation) -> None:
    """Installs an add-on, with an IAM role if it has policies."""
    child = pulumi.ResourceOptions(parent=installation.parent)
    identities: list[aws.eks.AddonPodIdentityAssociationArgs] = []
    attachments: list[pulumi.Resource] = []
    if addon.service_account is not None:
        role_name = f"{installation.name}-{name}-role"
        service, actions = "pods.eks.amazonaws.com", ("sts:TagSession",)
        role, _ = service_role(role_name, service, (), installation.tags, installation.parent, actions)
        attachments = [
            aws.iam.RolePolicyAttachment(f"{role_name}-{index + 1}", role=role.name, policy_arn=policy, opts=child)
            for index, policy in enumerate(addon.policies)
        ]
        identities = [aws.eks.AddonPodIdentityAssociationArgs(role_arn=role.arn, service_account=addon.service_account)]
    aws.eks.Addon(
        f"{installation.name}-{name}",
        cluster_name=installation.cluster,
        addon_name=name,
        addon_version=addon.version or _default_version(name, installation),
        configuration_values=addon.configuration,
        pod_identity_associations=identities or None,
        resolve_conflicts_on_create="OVERWRITE",
        resolve_conflicts_on_update="OVERWRITE",
        tags=dict(installation.tags),
        opts=pulumi.ResourceOptions(parent=installation.parent, depends_on=attachments),
    )


def _configuration(addon: AddonSpec, installation: Installation) -> pulumi.Input[str | None]:
    if installation.pods is None or addon.name != VPC_CNI:
        return addon.configuration_values(installation.tags, replicas=installation.replicas)
    return installation.pods.apply(lambda pods: addon.configuration_values(installation.tags, pods))


def _version(addon: AddonSpec, installation: Installation) -> pulumi.Input[str]:
    """Returns the pinned version, or EKS's default for the Kubernetes version.

    The default is looked up explicitly, so that a preview shows it, and shows a change when Kubernetes is upgraded or
    EKS has a new default. An add-on without a version would never be upgraded.
    """
    return installation.versions.get(addon.name) or _default_version(addon.name, installation)


def _default_version(name: str, installation: Installation) -> pulumi.Output[str]:
    return aws.eks.get_addon_version_output(
        addon_name=name,
        kubernetes_version=installation.kubernetes_version,
        region=installation.region,
        opts=pulumi.InvokeOptions(parent=installation.parent),
    ).version


def _role(addon: AddonSpec, installation: Installation) -> tuple[aws.iam.Role, Sequence[pulumi.Resource]]:
    """Creates the add-on's role. Returns it with the resources that must exist before the role is used."""
    name = f"{installation.name}-{addon.name}-role"
    policies = (addon.policy,) if addon.policy else ()
    role, attachments = service_role(
        name, "pods.eks.amazonaws.com", policies, installation.tags, installation.parent, ("sts:TagSession",)
    )
    if not addon.creates_volumes:
        return role, attachments
    policy = pulumi.Output.from_input(installation.disk_key).apply(volume_key_use)
    key_use = aws.iam.RolePolicy(
        f"{name}-disk-key", role=role.name, policy=policy, opts=pulumi.ResourceOptions(parent=installation.parent)
    )
    return role, [*attachments, key_use]


class AddonsArgs(PinnedAddons, ExtraAddons, Args):
    """Add-ons of a cluster that has nodes."""

    moved_keys: ClassVar[Mapping[str, str]] = {"version": "kubernetes_version"}

    region: AwsRegion = set_once("regions.aws")
    """AWS region in the UAE. Default: `me-central-1`, the only one."""
    cluster_name: Input[str]
    """Name of the EKS cluster."""
    kubernetes_version: Input[KubernetesVersion]
    """Kubernetes minor version, such as `1.36`. It decides EKS's default version of each add-on."""
    disk_key: Input[str]
    """ARN of the KMS key for volumes: output `disk_key` of `Cluster`."""
    optional: Accepts[Sequence[OptionalAddon], Sequence[OptionalAddon | str]] = default(())
    """Add-ons to install in addition to those that every cluster gets: `aws-efs-csi-driver`, `aws-fsx-csi-driver` or
    `snapshot-controller`. Default: none."""
    replicas: ControllerReplicas = USUAL
    """Number of replicas, 1 to 5, of CoreDNS, the metrics server and the EBS controller. Default: 2, as EKS's."""
    tags: CostTags = set_once("tags")
    """Mandatory cost tags, applied to every resource that supports tags."""

    def _problems(self) -> Iterable[Problem]:
        return below("addons", addon_problems(self.addons))


class Addons(RegionalComponent):
    """Add-ons that run on nodes. Make the component depend on a node pool of profile `system`."""

    names: pulumi.Output[Sequence[str]]
    """Names of the installed EKS add-ons."""

    def __init__(self, name: str, args: AddonsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = AddonsArgs.of(name, args)
        super().__init__("falaj:aws:Addons", name, args.region, opts)
        installation = Installation(
            name,
            args.region,
            args.cluster_name,
            args.kubernetes_version,
            args.addon_versions,
            args.disk_key,
            args.tags,
            self,
            replicas=args.replicas,
        )
        addons = (*ON_NODES, *(OPTIONAL[optional] for optional in dict.fromkeys(args.optional)))
        for addon in addons:
            install(addon, installation)
        for extra, spec in args.addons.items():
            install_extra(extra, spec, installation)
        self.names = pulumi.Output.from_input([*(addon.name for addon in addons), *args.addons])
        self.register_outputs({"names": self.names})
