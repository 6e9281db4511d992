"""An AKS cluster with a private API server, whose secrets and disks are under keys of the site."""

from collections.abc import Mapping, Sequence
from typing import Any, NotRequired, TypedDict

import pulumi
from pulumi_azure_native import compute, containerservice, keyvault
from pulumi_azure_native.managedidentity import UserAssignedIdentity
from pydantic import field_validator

from components.azure import cluster_profiles as profiles
from components.azure.audit_log import audited
from components.azure.keys import rotating_key
from components.azure.place import Placed
from components.azure.pool_shape import CheckedAzurePool, shape
from components.azure.roles import Role, grant
from components.core.administrators import EntraGroup
from components.core.blocks import OfficeBlock
from components.core.problems import refusal
from components.core.specs import PoolSpec, is_system
from components.core.validated import Passed
from components.core.versions import KubernetesVersion
from components.core.words import Egress


class SystemPoolSpec(PoolSpec):
    """The pool that a cluster is born with, of profile `system`."""

    name: str
    """Name of the pool in AKS: at most 12 lower-case letters and digits."""
    zones: int
    """Zones that its nodes are spread over, 1 to 3, where the region has zones."""


class ClusterArgs(TypedDict):
    """Arguments of a `Cluster`."""

    region: str
    """A region of Azure in the UAE."""
    resource_group_name: pulumi.Input[str]
    """Resource group that the cluster is in."""
    version: str
    """Kubernetes minor version, such as `1.34`."""
    node_subnet_id: pulumi.Input[str]
    """Subnet of the nodes."""
    control_plane_subnet_id: pulumi.Input[str]
    """Subnet delegated to the API server."""
    egress: NotRequired[Egress]
    """The network's way out; `nat-single` if absent."""
    key_vault_id: pulumi.Input[str]
    """Id of the Key Vault that takes the cluster's keys."""
    key_vault_name: pulumi.Input[str]
    """Its name."""
    workspace_id: pulumi.Input[str]
    """Workspace that the control plane's logs go to; its retention is theirs."""
    system_pool: SystemPoolSpec
    """The pool that the cluster is born with. Later changes of it are ignored, because AKS would scale all pools with
    it: add another pool of profile `system` instead."""
    public_access_cidrs: NotRequired[Sequence[str]]
    """Blocks from which the API server may be reached besides the network; private only if absent or empty."""
    administrators: NotRequired[Sequence[str]]
    """Ids of the Entra groups that administer the cluster. Who creates it is not one of them by that alone."""
    protect: NotRequired[bool]
    """Whether the cluster and its keys refuse to be deleted."""
    tags: Mapping[str, str]
    """The mandatory cost tags."""


class _Checked(Placed):
    version: KubernetesVersion
    node_subnet_id: Passed[str]
    control_plane_subnet_id: Passed[str]
    egress: Egress = Egress.NAT_SINGLE
    key_vault_id: Passed[str]
    key_vault_name: Passed[str]
    workspace_id: Passed[str]
    system_pool: Mapping[str, Any]
    public_access_cidrs: tuple[OfficeBlock, ...] = ()
    administrators: tuple[EntraGroup, ...] = ()
    protect: bool = False

    @field_validator("system_pool")
    @classmethod
    def _is_system(cls, pool: Mapping[str, Any]) -> Mapping[str, Any]:
        if not is_system(pool):
            raise refusal("profile system", "give the cluster a system pool", "profile", str(pool.get("profile")))
        return pool

    def pool(self, name: str) -> CheckedAzurePool:
        """The system pool, validated. Raises `BadArguments`."""
        placed = {"region": self.region, "resource_group_name": self.resource_group_name, "tags": self.tags}
        return CheckedAzurePool.of(f"{name}.system_pool", {**self.system_pool, **placed, "version": self.version})


class Cluster(pulumi.ComponentResource):
    """A Kubernetes cluster that is reached privately, with Entra identities and Azure's own access control only."""

    cluster_name: pulumi.Output[str]
    """Name of the cluster."""
    endpoint: pulumi.Output[str]
    """Address of the API server, `https://…:443`."""
    oidc_issuer_url: pulumi.Output[str]
    """Issuer of the pods' identity tokens."""
    disk_key: pulumi.Output[str]
    """Id of the disk encryption set that nodes and volumes use."""
    node_resource_group: pulumi.Output[str]
    """Resource group that AKS keeps the machines and disks in: most of the cost is there."""

    def __init__(self, name: str, args: ClusterArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        pool = settings.pool(name)
        super().__init__("falaj:azure:Cluster", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        kept = pulumi.ResourceOptions(parent=self, protect=settings.protect)
        control, kubelet = (_identity(f"{name}-{who}", settings, child) for who in ("control-plane", "kubelet"))
        etcd_key = rotating_key(f"{name}-etcd-key", settings, f"{name}-etcd", settings.key_vault_name, kept)
        disks = _disk_encryption(name, settings, child, kept)
        grants = _grants(name, settings, (control, kubelet), etcd_key, disks, child)
        cluster = containerservice.ManagedCluster(
            f"{name}-aks",
            _managed_cluster(name, settings, pool, (control, kubelet), etcd_key, disks),
            pulumi.ResourceOptions(
                parent=self, depends_on=grants, protect=settings.protect, ignore_changes=["agentPoolProfiles"]
            ),
        )
        audited(f"{name}-audit", cluster.id, settings.workspace_id, profiles.AUDIT_CATEGORIES, child)
        self.cluster_name = cluster.name
        self.endpoint = _endpoint(cluster, is_private=not settings.public_access_cidrs)
        self.oidc_issuer_url = cluster.oidc_issuer_profile.apply(lambda issuer: issuer.issuer_url if issuer else "")
        self.disk_key = disks.id
        self.node_resource_group = cluster.node_resource_group.apply(lambda group: group or "")
        self.register_outputs(
            {
                "cluster_name": self.cluster_name,
                "endpoint": self.endpoint,
                "oidc_issuer_url": self.oidc_issuer_url,
                "disk_key": self.disk_key,
                "node_resource_group": self.node_resource_group,
            }
        )


def _identity(name: str, settings: _Checked, opts: pulumi.ResourceOptions) -> UserAssignedIdentity:
    return UserAssignedIdentity(
        name,
        location=settings.region,
        resource_group_name=settings.resource_group_name,
        tags=settings.tags,
        opts=opts,
    )


def _disk_encryption(
    name: str, settings: _Checked, child: pulumi.ResourceOptions, kept: pulumi.ResourceOptions
) -> compute.DiskEncryptionSet:
    """What disks are encrypted through: an identity that may use one key, and the newest version of that key."""
    reader = _identity(f"{name}-disks", settings, child)
    key = rotating_key(f"{name}-disk-key", settings, f"{name}-disks", settings.key_vault_name, kept)
    may_use = grant(
        f"{name}-disks-use-key", Role.KEY_VAULT_CRYPTO_SERVICE_ENCRYPTION_USER, reader.principal_id, key.id, child
    )
    return compute.DiskEncryptionSet(
        f"{name}-disk-encryption",
        location=settings.region,
        resource_group_name=settings.resource_group_name,
        identity=compute.EncryptionSetIdentityArgs(
            type=compute.DiskEncryptionSetIdentityType.USER_ASSIGNED, user_assigned_identities=[reader.id]
        ),
        encryption_type=compute.DiskEncryptionSetType.ENCRYPTION_AT_REST_WITH_CUSTOMER_KEY,
        active_key=compute.KeyForDiskEncryptionSetArgs(
            key_url=key.key_uri_with_version, source_vault=compute.SourceVaultArgs(id=settings.key_vault_id)
        ),
        rotation_to_latest_key_version_enabled=True,
        tags=settings.tags,
        # Azure moves to each new version of the key by itself.
        opts=pulumi.ResourceOptions(
            parent=child.parent, depends_on=[may_use], protect=settings.protect, ignore_changes=["activeKey.keyUrl"]
        ),
    )


def _grants(
    name: str,
    settings: _Checked,
    identities: tuple[UserAssignedIdentity, UserAssignedIdentity],
    etcd_key: keyvault.Key,
    disks: compute.DiskEncryptionSet,
    opts: pulumi.ResourceOptions,
) -> list[pulumi.Resource]:
    """What the control plane may do, each on one resource; all of it must hold before the cluster is made."""
    control, kubelet = identities
    wanted: tuple[tuple[str, Role, pulumi.Input[str]], ...] = (
        ("joins-nodes", Role.NETWORK_CONTRIBUTOR, settings.node_subnet_id),
        ("joins-api-server", Role.NETWORK_CONTRIBUTOR, settings.control_plane_subnet_id),
        ("hands-on-kubelet", Role.MANAGED_IDENTITY_OPERATOR, kubelet.id),
        ("uses-etcd-key", Role.KEY_VAULT_CRYPTO_USER, etcd_key.id),
        # AKS approves its own private connection to the vault; the role holds no right to keys.
        ("connects-vault", Role.KEY_VAULT_CONTRIBUTOR, settings.key_vault_id),
        ("reads-disk-encryption", Role.READER, disks.id),
    )
    return [grant(f"{name}-{what}", role, control.principal_id, scope, opts) for what, role, scope in wanted]


def _managed_cluster(
    name: str,
    settings: _Checked,
    pool: CheckedAzurePool,
    identities: tuple[UserAssignedIdentity, UserAssignedIdentity],
    etcd_key: keyvault.Key,
    disks: compute.DiskEncryptionSet,
) -> containerservice.ManagedClusterArgs:
    control, kubelet = identities
    return containerservice.ManagedClusterArgs(
        location=settings.region,
        resource_group_name=settings.resource_group_name,
        dns_prefix=name,
        kubernetes_version=settings.version,
        sku=containerservice.ManagedClusterSKUArgs(
            name=containerservice.ManagedClusterSKUName.BASE, tier=containerservice.ManagedClusterSKUTier.STANDARD
        ),
        identity=containerservice.ManagedClusterIdentityArgs(
            type=containerservice.ResourceIdentityType.USER_ASSIGNED, user_assigned_identities=[control.id]
        ),
        identity_profile={
            "kubeletidentity": containerservice.UserAssignedIdentityArgs(
                resource_id=kubelet.id, client_id=kubelet.client_id, object_id=kubelet.principal_id
            )
        },
        aad_profile=containerservice.ManagedClusterAADProfileArgs(
            managed=True, enable_azure_rbac=True, admin_group_object_ids=list(settings.administrators)
        ),
        enable_rbac=True,
        disable_local_accounts=True,
        api_server_access_profile=profiles.api_server_profile(
            settings.control_plane_subnet_id, settings.public_access_cidrs
        ),
        network_profile=profiles.network_profile(settings.egress),
        bootstrap_profile=profiles.bootstrap_profile(settings.egress),
        security_profile=profiles.security_profile(etcd_key.key_uri_with_version, settings.key_vault_id),
        oidc_issuer_profile=containerservice.ManagedClusterOIDCIssuerProfileArgs(enabled=True),
        disk_encryption_set_id=disks.id,
        auto_scaler_profile=profiles.autoscaler_profile(),
        auto_upgrade_profile=profiles.upgrade_profile(),
        agent_pool_profiles=[
            containerservice.ManagedClusterAgentPoolProfileArgs(
                name=pool.name, vnet_subnet_id=settings.node_subnet_id, **shape(pool)
            )
        ],
        tags=settings.tags,
    )


def _endpoint(cluster: containerservice.ManagedCluster, is_private: bool) -> pulumi.Output[str]:
    host = cluster.private_fqdn if is_private else cluster.fqdn
    return pulumi.Output.concat("https://", host, ":443")
