"""Identities of an AKS cluster, the keys it encrypts with, and what it may do with them."""

from dataclasses import dataclass

import pulumi
from pulumi_azure_native import compute, keyvault
from pulumi_azure_native.managedidentity import UserAssignedIdentity

from falaj.components.azure.cluster.cluster_args import CheckedCluster
from falaj.components.azure.identity.keys import rotating_key
from falaj.components.azure.identity.roles import Role, grant


@dataclass(frozen=True)
class ClusterKeys:
    """Who a cluster is, and what it encrypts with."""

    control: UserAssignedIdentity
    """The control plane's identity."""
    kubelet: UserAssignedIdentity
    """The nodes' identity."""
    etcd_key: keyvault.Key
    """What Kubernetes secrets are encrypted with."""
    disks: compute.DiskEncryptionSet
    """What disks are encrypted through."""
    grants: list[pulumi.Resource]
    """What the control plane may do: must hold before the cluster is made."""


def cluster_keys(name: str, settings: CheckedCluster, child: pulumi.ResourceOptions) -> ClusterKeys:
    """All of it, protected as the cluster is."""
    kept = pulumi.ResourceOptions(parent=child.parent, protect=settings.protect)
    control, kubelet = (_identity(f"{name}-{who}", settings, child) for who in ("control-plane", "kubelet"))
    etcd_key = rotating_key(f"{name}-etcd-key", settings, f"{name}-etcd", settings.key_vault_name, kept)
    disks = _disk_encryption(name, settings, child, kept)
    wanted: tuple[tuple[str, Role, pulumi.Input[str]], ...] = (
        ("joins-nodes", Role.NETWORK_CONTRIBUTOR, settings.node_subnet_id),
        ("joins-api-server", Role.NETWORK_CONTRIBUTOR, settings.control_plane_subnet_id),
        ("hands-on-kubelet", Role.MANAGED_IDENTITY_OPERATOR, kubelet.id),
        ("uses-etcd-key", Role.KEY_VAULT_CRYPTO_USER, etcd_key.id),
        # AKS approves its own private connection to the vault; the role holds no right to keys.
        ("connects-vault", Role.KEY_VAULT_CONTRIBUTOR, settings.key_vault_id),
        ("reads-disk-encryption", Role.READER, disks.id),
    )
    grants = [grant(f"{name}-{what}", role, control.principal_id, scope, child) for what, role, scope in wanted]
    return ClusterKeys(control, kubelet, etcd_key, disks, [*grants])


def _identity(name: str, settings: CheckedCluster, opts: pulumi.ResourceOptions) -> UserAssignedIdentity:
    return UserAssignedIdentity(
        name,
        location=settings.region,
        resource_group_name=settings.resource_group_name,
        tags=settings.tags,
        opts=opts,
    )


def _disk_encryption(
    name: str, settings: CheckedCluster, child: pulumi.ResourceOptions, kept: pulumi.ResourceOptions
) -> compute.DiskEncryptionSet:
    """An identity that may use one key, and the newest version of that key."""
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
