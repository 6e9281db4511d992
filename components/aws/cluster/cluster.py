"""EKS cluster with a private API endpoint, secrets encrypted with a customer-managed key, and audit logs."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

import pulumi
import pulumi_aws as aws

from falaj.components.aws.cluster.addons import Installation, install
from falaj.components.aws.cluster.kubeconfig import kubeconfig
from falaj.components.aws.identity.iam_policies import disks_use, secrets_use
from falaj.components.aws.identity.keys import customer_key, encrypted_log_group
from falaj.components.aws.identity.log_retention import RetentionDays
from falaj.components.aws.identity.roles import service_role
from falaj.components.aws.regional import RegionalComponent
from falaj.components.core.site.administrators import RoleArn
from falaj.components.core.site.cluster_options import EksOptions, PublicAccess
from falaj.components.core.site.eks_addons import BEFORE_NODES
from falaj.components.core.site.versions import KubernetesVersion
from falaj.components.core.validation.args import Args, Input
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.tags import CostTags, with_name_tag

ADMIN_POLICY = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
NODE_POLICIES = ("AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly")


class ClusterArgs(EksOptions, PublicAccess, Args):
    """EKS cluster of a site."""

    moved_keys: ClassVar[Mapping[str, str]] = {"version": "kubernetes_version"}

    region: AwsRegion
    """AWS region in the UAE, such as `me-central-1`."""
    kubernetes_version: Input[KubernetesVersion]
    """Kubernetes minor version, such as `1.34`."""
    control_plane_subnet_ids: Input[Sequence[Input[str]]]
    """IDs of the control-plane subnets, in at least two availability zones: an output of `Network`."""
    log_retention_days: Input[RetentionDays] = 90
    """Retention of control-plane logs in days: 30 or more, as offered by CloudWatch Logs. Default: 90."""
    administrators: Sequence[Input[RoleArn]] = ()
    """ARNs of the IAM roles that administer the cluster. The role that creates the cluster is not added
    automatically. The access entry of an ARN of another resource is named by its position: add further roles at the
    end."""
    protect: bool = False
    """Whether the cluster and its keys are protected from deletion."""
    tags: CostTags
    """Mandatory cost tags, applied to every resource that supports tags."""


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
        disk_key = self._disk_key(name, args)
        node_role, _ = service_role(f"{name}-node", "ec2.amazonaws.com", NODE_POLICIES, args.tags, self)
        installation = Installation(
            name, args.region, cluster.name, args.kubernetes_version, args.addon_versions, disk_key.arn, args.tags, self
        )
        for addon in BEFORE_NODES:
            install(addon, installation)
        self.security_group_id = cluster.vpc_config.apply(lambda config: config.cluster_security_group_id or "")
        self._administrators(name, args, cluster)
        self._private_access(name, args)
        self.cluster_name = cluster.name
        self.endpoint = cluster.endpoint
        self.oidc_issuer_url = cluster.identities.apply(_issuer)
        self.certificate_authority = cluster.certificate_authority.apply(lambda ca: ca.data or "")
        self.kubeconfig = pulumi.Output.all(cluster.name, args.region, self.endpoint, self.certificate_authority).apply(
            lambda resolved: kubeconfig(*resolved)
        )
        self.disk_key = disk_key.arn
        self.node_role_arn = node_role.arn
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
        )
        key = customer_key(
            f"{name}-secrets-key",
            f"Encrypts the Kubernetes secrets of {full_name}",
            lambda account: (),
            args.tags,
            self,
            args.protect,
        )
        role, permissions = self._role(name, args, key)
        return aws.eks.Cluster(
            f"{name}-eks",
            name=full_name,
            version=args.kubernetes_version,
            role_arn=role.arn,
            bootstrap_self_managed_addons=False,
            enabled_cluster_log_types=[log_type.value for log_type in args.log_types],
            deletion_protection=args.protect,
            access_config=aws.eks.ClusterAccessConfigArgs(
                authentication_mode="API", bootstrap_cluster_creator_admin_permissions=False
            ),
            encryption_config=aws.eks.ClusterEncryptionConfigArgs(
                provider=aws.eks.ClusterEncryptionConfigProviderArgs(key_arn=key.arn), resources=["secrets"]
            ),
            # Extended support costs 0.60 dollars an hour instead of 0.10 (AWS Containers Blog, for bills since April
            # 2024); without it EKS upgrades the cluster when standard support ends.
            upgrade_policy=aws.eks.ClusterUpgradePolicyArgs(support_type="STANDARD"),
            # AWS may shift traffic away from a zone that fails (Application Recovery Controller), free of charge.
            zonal_shift_config=aws.eks.ClusterZonalShiftConfigArgs(enabled=True),
            vpc_config=_vpc_config(args),
            tags=with_name_tag(args.tags, full_name),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[logs, *permissions], protect=args.protect),
        )

    def _role(self, name: str, args: ClusterArgs, key: aws.kms.Key) -> tuple[aws.iam.Role, list[pulumi.Resource]]:
        """Creates the control plane's role. Returns it with the resources that must exist before the role is used."""
        role, attachments = service_role(
            f"{name}-role", "eks.amazonaws.com", ("AmazonEKSClusterPolicy",), args.tags, self
        )
        key_use = aws.iam.RolePolicy(
            f"{name}-secrets-use",
            role=role.name,
            policy=key.arn.apply(secrets_use),
            opts=pulumi.ResourceOptions(parent=self),
        )
        return role, [key_use, *attachments]

    def _disk_key(self, name: str, args: ClusterArgs) -> aws.kms.Key:
        return customer_key(
            f"{name}-disk-key",
            f"Encrypts the disks of nodes and volumes of {name}",
            lambda account: (disks_use(account, args.region),),
            args.tags,
            self,
            args.protect,
        )

    def _administrators(self, name: str, args: ClusterArgs, cluster: aws.eks.Cluster) -> None:
        for index, arn in enumerate(args.administrators):
            # Role names are unique within an account, whatever their path.
            role = arn.rsplit("/", 1)[-1] if isinstance(arn, str) else index
            entry_name = f"{name}-admin-{role}"
            entry = aws.eks.AccessEntry(
                entry_name,
                cluster_name=cluster.name,
                principal_arn=arn,
                tags=dict(args.tags),
                opts=pulumi.ResourceOptions(parent=self),
            )
            aws.eks.AccessPolicyAssociation(
                f"{entry_name}-policy",
                cluster_name=cluster.name,
                principal_arn=arn,
                policy_arn=ADMIN_POLICY,
                access_scope=aws.eks.AccessPolicyAssociationAccessScopeArgs(type="cluster"),
                opts=pulumi.ResourceOptions(parent=self, depends_on=[entry]),
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
