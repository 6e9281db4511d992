"""EKS cluster with a private API endpoint, secrets encrypted with a customer-managed key, and audit logs."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Self

import pulumi
import pulumi_aws as aws
from pydantic import model_validator

from falaj.components.aws.cluster.access_entries import EntryContext, access_entries
from falaj.components.aws.cluster.addons import Installation, install
from falaj.components.aws.cluster.kubeconfig import kubeconfig
from falaj.components.aws.identity.iam_policies import secrets_use
from falaj.components.aws.identity.keys import customer_key, encrypted_log_group, key_arn
from falaj.components.aws.identity.log_retention import RetentionDays
from falaj.components.aws.identity.nodes import disk_key, node_role
from falaj.components.aws.identity.roles import service_role
from falaj.components.aws.regional import RegionalComponent
from falaj.components.core.network.zones import site_zones
from falaj.components.core.site.administrators import RoleArn
from falaj.components.core.site.aws_keys import ExistingKeysSpec
from falaj.components.core.site.aws_roles import ExistingRolesSpec, role_problems
from falaj.components.core.site.cluster_access import access_problems
from falaj.components.core.site.cluster_options import EksOptions, PublicAccess
from falaj.components.core.site.eks_addons import BEFORE_NODES, custom_networking
from falaj.components.core.site.version_support import PaidSupport, version_problems
from falaj.components.core.site.versions import KubernetesVersion
from falaj.components.core.validation.args import Args, Input
from falaj.components.core.validation.enums import SupportType
from falaj.components.core.validation.problems import below, refuse_if
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags, with_name_tag
from falaj.facts.clouds import Cloud


class ClusterArgs(EksOptions, PublicAccess, Args):
    """EKS cluster of a site."""

    moved_keys: ClassVar[Mapping[str, str]] = {"version": "kubernetes_version"}

    region: AwsRegion = set_once("regions.aws")
    """AWS region in the UAE, such as `me-central-1`."""
    kubernetes_version: Input[KubernetesVersion]
    """Kubernetes minor version, such as `1.36`."""
    control_plane_subnet_ids: Input[Sequence[Input[str]]]
    """IDs of the control-plane subnets, in at least two availability zones: an output of `Network`."""
    pod_subnet_ids: Input[Sequence[Input[str]]] | None = None
    """IDs of the subnets that pods get their addresses from, one per zone: output `pod_subnet_ids` of
    `Network`. Default: pods are in the subnets of their nodes. A change reaches new nodes only."""
    zone_ids: Sequence[str] = ()
    """IDs of these subnets' zones, as in `Network`. Default: those that `Network` chooses."""
    log_retention_days: Input[RetentionDays] = 90
    """Retention of control-plane logs in days: 30 or more, as offered by CloudWatch Logs. Default: 90."""
    administrators: Sequence[Input[RoleArn]] = ()
    """ARNs of the IAM roles that administer the cluster, besides `deployer`. The access entry of an ARN of another
    resource is named by its position: add further roles at the end."""
    keys: ExistingKeysSpec = ExistingKeysSpec()
    """Existing KMS keys for disks, secrets and logs. Default: keys are created."""
    roles: ExistingRolesSpec = ExistingRolesSpec()
    """Existing IAM roles of control plane and managed node groups. Default: roles are created."""
    protect: bool = False
    """Whether the cluster and its keys are protected from deletion."""
    tags: CostTags = set_once("tags")
    """Mandatory cost tags, applied to every resource that supports tags."""

    @model_validator(mode="after")
    def _is_supported(self) -> Self:
        paid = PaidSupport("support_type: extended", self.support_type is SupportType.EXTENDED)
        refuse_if(version_problems(Cloud.AWS, self.kubernetes_version, paid))
        return self

    @model_validator(mode="after")
    def _check_access(self) -> Self:
        refuse_if((*access_problems(self.administrators, self), *below("roles", role_problems(self.roles))))
        return self


class Cluster(RegionalComponent):
    """EKS cluster without nodes, named `<name>-<stack>`."""

    cluster_name: pulumi.Output[str]
    """Name of the EKS cluster."""
    endpoint: pulumi.Output[str]
    """Address of the API server, `https://...`."""
    oidc_issuer_url: pulumi.Output[str]
    """Issuer URL of service account tokens."""
    certificate_authority: pulumi.Output[str]
    """Certificate of the API server's certificate authority, base64-encoded."""
    kubeconfig: pulumi.Output[str]
    """Kubeconfig without credentials: `aws eks get-token` obtains a token for the caller."""
    security_group_id: pulumi.Output[str]
    """ID of the cluster security group, which EKS creates so that the control plane and all nodes can reach each
    other."""
    disk_key: pulumi.Output[str]
    """ARN of the KMS key for node disks and volumes."""
    node_role_arn: pulumi.Output[str]
    """ARN of the IAM role of nodes."""

    def __init__(self, name: str, args: ClusterArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = ClusterArgs.of(name, args)
        super().__init__("falaj:aws:Cluster", name, args.region, opts)
        cluster = self._cluster(name, args)
        disks = key_arn(args.keys.disks, lambda: disk_key(name, args.region, args.tags, self, args.protect))
        node_role = self._node_role(name, args)
        self.security_group_id = cluster.vpc_config.apply(lambda config: config.cluster_security_group_id or "")
        installation = Installation(
            name,
            args.region,
            cluster.name,
            args.kubernetes_version,
            args.addon_versions,
            disks,
            args.tags,
            self,
            self._pods(args),
        )
        for addon in BEFORE_NODES:
            install(addon, installation)
        access_entries(EntryContext(name, cluster.name, args.tags, self), args.administrators, args)
        self._private_access(name, args)
        self.cluster_name = cluster.name
        self.endpoint = cluster.endpoint
        self.oidc_issuer_url = cluster.identities.apply(_issuer)
        self.certificate_authority = cluster.certificate_authority.apply(lambda ca: ca.data or "")
        self.kubeconfig = pulumi.Output.all(cluster.name, args.region, self.endpoint, self.certificate_authority).apply(
            lambda resolved: kubeconfig(*resolved)
        )
        self.disk_key = disks
        self.node_role_arn = node_role
        self.register_outputs(
            {
                "cluster_name": self.cluster_name,
                "endpoint": self.endpoint,
                "oidc_issuer_url": self.oidc_issuer_url,
                "certificate_authority": self.certificate_authority,
                "kubeconfig": self.kubeconfig,
                "security_group_id": self.security_group_id,
                "disk_key": self.disk_key,
                "node_role_arn": self.node_role_arn,
            }
        )

    def _cluster(self, name: str, args: ClusterArgs) -> aws.eks.Cluster:
        full_name = f"{name}-{pulumi.get_stack()}"
        # Created before the cluster, with the name that EKS writes to: EKS would create it without key and retention.
        logs = encrypted_log_group(
            f"{name}-logs",
            f"/aws/eks/{full_name}/cluster",
            args.region,
            args.log_retention_days,
            args.tags,
            self,
            args.keys.logs,
        )
        description = f"Encrypts the Kubernetes secrets of {full_name}"
        key = key_arn(
            args.keys.secrets,
            lambda: customer_key(f"{name}-secrets-key", description, lambda _: (), args.tags, self, args.protect),
        )
        role, permissions = self._role(name, args, key)
        return aws.eks.Cluster(
            f"{name}-eks",
            name=full_name,
            version=args.kubernetes_version,
            role_arn=role,
            bootstrap_self_managed_addons=False,
            enabled_cluster_log_types=[log_type.value for log_type in args.log_types],
            deletion_protection=args.protect,
            access_config=aws.eks.ClusterAccessConfigArgs(
                authentication_mode="API", bootstrap_cluster_creator_admin_permissions=False
            ),
            encryption_config=aws.eks.ClusterEncryptionConfigArgs(
                provider=aws.eks.ClusterEncryptionConfigProviderArgs(key_arn=key), resources=["secrets"]
            ),
            upgrade_policy=aws.eks.ClusterUpgradePolicyArgs(support_type=args.support_type.value.upper()),
            # AWS may shift traffic away from a zone that fails (Application Recovery Controller), free of charge.
            zonal_shift_config=aws.eks.ClusterZonalShiftConfigArgs(enabled=True),
            vpc_config=_vpc_config(args),
            kubernetes_network_config=None
            if args.service_cidr is None
            else aws.eks.ClusterKubernetesNetworkConfigArgs(service_ipv4_cidr=str(args.service_cidr)),
            tags=with_name_tag(args.tags, full_name),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[logs, *permissions], protect=args.protect),
        )

    def _role(
        self, name: str, args: ClusterArgs, key: pulumi.Output[str]
    ) -> tuple[pulumi.Input[str], list[pulumi.Resource]]:
        """Creates the control plane's role, unless one exists. Returns its ARN with the resources that must exist
        before the role is used."""
        if args.roles.cluster is not None:
            return args.roles.cluster, []
        role, attachments = service_role(
            f"{name}-role", "eks.amazonaws.com", ("AmazonEKSClusterPolicy",), args.tags, self
        )
        key_use = aws.iam.RolePolicy(
            f"{name}-secrets-use",
            role=role.name,
            policy=key.apply(secrets_use),
            opts=pulumi.ResourceOptions(parent=self),
        )
        return role.arn, [key_use, *attachments]

    def _node_role(self, name: str, args: ClusterArgs) -> pulumi.Output[str]:
        """Creates the role of managed node groups, unless one exists. Returns its ARN."""
        if args.roles.nodes is not None:
            return pulumi.Output.from_input(args.roles.nodes)
        return node_role(name, args.tags, self)

    def _pods(self, args: ClusterArgs) -> pulumi.Output[dict[str, dict[str, object]]] | None:
        """Returns the configuration of pods in subnets of their own, or None if they are in those of the nodes."""
        if args.pod_subnet_ids is None:
            return None
        return pulumi.Output.all(self.security_group_id, args.pod_subnet_ids).apply(
            lambda known: custom_networking(
                dict(zip(site_zones(args.region, len(known[1]), args.zone_ids), known[1], strict=True)), known[0]
            )
        )

    def _private_access(self, name: str, args: ClusterArgs) -> None:
        """Allows HTTPS to the private API endpoint from other networks. Nodes need no rule: they are in the cluster
        security group."""
        for block in args.private_access_cidrs:
            suffix = str(block).replace("/", "-")
            aws.vpc.SecurityGroupIngressRule(
                f"{name}-api-from-{suffix}",
                security_group_id=self.security_group_id,
                ip_protocol="tcp",
                from_port=443,
                to_port=443,
                cidr_ipv4=str(block),
                description="The private API, from another network of ours",
                tags=dict(args.tags),
                opts=pulumi.ResourceOptions(parent=self),
            )


def _vpc_config(args: ClusterArgs) -> aws.eks.ClusterVpcConfigArgs:
    public_cidrs = [pulumi.Output.from_input(block).apply(str) for block in args.public_access_cidrs]
    return aws.eks.ClusterVpcConfigArgs(
        subnet_ids=args.control_plane_subnet_ids,
        endpoint_private_access=True,
        endpoint_public_access=bool(public_cidrs),
        public_access_cidrs=public_cidrs or None,
    )


def _issuer(identities: Sequence[aws.eks.outputs.ClusterIdentity]) -> str:
    return next((oidc.issuer or "" for identity in identities for oidc in identity.oidcs or ()), "")
