"""Identities, encryption keys and role assignments of an AKS cluster."""

from collections.abc import Iterator
from dataclasses import dataclass

import pulumi
from pulumi_azure_native import compute

from falaj.components.azure.cluster.cluster_args import ClusterArgs
from falaj.components.azure.identity.existing_keys import KeyLookup
from falaj.components.azure.identity.identities import Identity, identity_of
from falaj.components.azure.identity.keys import EncryptionKey, existing_key, new_key
from falaj.components.azure.identity.propagation import DATA_PLANE_SECONDS, RESOURCE_MANAGER_SECONDS, effective
from falaj.components.azure.identity.roles import Role, grant


@dataclass(frozen=True)
class ClusterKeys:
    """Identities and encryption keys of a cluster."""

    control: Identity
    """The control plane's identity."""
    kubelet: Identity
    """The nodes' identity."""
    etcd_key: EncryptionKey
    """Key that encrypts Kubernetes secrets in etcd."""
    disks: compute.DiskEncryptionSet
    """Disk encryption set of nodes and volumes."""
    grants: list[pulumi.Input[pulumi.Resource]]
    """Role assignments of the control plane, which must have taken effect before the cluster is created."""


def cluster_keys(name: str, args: ClusterArgs, child: pulumi.ResourceOptions) -> ClusterKeys:
    """Creates the identities, keys and role assignments of a cluster; `args.protect` also protects the keys."""
    control = identity_of(f"{name}-control-plane", args.identities.control_plane, args, child)
    kubelet = identity_of(f"{name}-kubelet", args.identities.kubelet, args, child)
    etcd_key = _etcd_key(name, args, child)
    disks = _disk_encryption(name, args, child)
    role_grants: tuple[tuple[str, Role, pulumi.Input[str]], ...] = (
        ("joins-nodes", Role.NETWORK_CONTRIBUTOR, args.node_subnet_id),
        ("joins-api-server", Role.NETWORK_CONTRIBUTOR, args.control_plane_subnet_id),
        ("hands-on-kubelet", Role.MANAGED_IDENTITY_OPERATOR, kubelet.id),
        *_etcd_grants(args, etcd_key),
        ("reads-disk-encryption", Role.READER, disks.id),
        *_name_grants(args),
    )
    grants = [
        effective(
            grant(f"{name}-{suffix}", role, control.principal_id, scope, child),
            DATA_PLANE_SECONDS if role is Role.KEY_VAULT_CRYPTO_USER else RESOURCE_MANAGER_SECONDS,
        )
        for suffix, role, scope in role_grants
    ]
    return ClusterKeys(control, kubelet, etcd_key, disks, [*grants])


def _etcd_key(name: str, args: ClusterArgs, child: pulumi.ResourceOptions) -> EncryptionKey:
    if args.secrets_key_id is None:
        return new_key(f"{name}-etcd-key", args, f"{name}-etcd", child.parent)
    granted_here = args.key_identity_id is None
    lookup = KeyLookup("secrets_key_id", args.secrets_key_id, granted_here, for_secrets=True)
    return existing_key(f"{name}-etcd-key", args, lookup, child.parent)


def _etcd_grants(args: ClusterArgs, key: EncryptionKey) -> Iterator[tuple[str, Role, pulumi.Input[str]]]:
    """Yields the roles of the control plane on the key of Kubernetes secrets, unless the key's owner grants them."""
    if args.secrets_key_id is not None and args.key_identity_id is not None:
        return
    yield "uses-etcd-key", Role.KEY_VAULT_CRYPTO_USER, key.id
    # AKS requires it for its private connection to the Key Vault (azure-aks-docs use-kms-etcd-encryption.md, 2026-08).
    # It is Microsoft.KeyVault/*: settings of the vault and new keys. It does not use keys by itself.
    vault_id = args.key_vault_id if args.secrets_key_id is None else key.store_id
    yield "connects-vault", Role.KEY_VAULT_CONTRIBUTOR, vault_id or ""


def _name_grants(args: ClusterArgs) -> Iterator[tuple[str, Role, pulumi.Input[str]]]:
    """Yields the roles with which AKS writes the API server's name into a zone that it does not create, and links the
    zone to the network (azure-aks-docs private-clusters.md, 2026-08-05)."""
    if args.api_server_zone_id is not None:
        yield "writes-api-server-zone", Role.PRIVATE_DNS_ZONE_CONTRIBUTOR, args.api_server_zone_id
    if args.linked_network_id is not None:
        yield "links-network", Role.NETWORK_CONTRIBUTOR, args.linked_network_id


def _disk_encryption(name: str, args: ClusterArgs, child: pulumi.ResourceOptions) -> compute.DiskEncryptionSet:
    """Creates a disk encryption set that follows key rotation, with an identity that may use its key only."""
    key = _disk_key(name, args, child)
    existing = None if args.disk_key_id is None else args.key_identity_id
    identity = identity_of(f"{name}-disks", existing, args, child)
    role = Role.KEY_VAULT_CRYPTO_SERVICE_ENCRYPTION_USER
    grants = [] if existing else [effective(grant(f"{name}-disks-use-key", role, identity.principal_id, key.id, child))]
    return compute.DiskEncryptionSet(
        f"{name}-disk-encryption",
        location=args.region,
        resource_group_name=args.resource_group_name,
        identity=compute.EncryptionSetIdentityArgs(
            type=compute.DiskEncryptionSetIdentityType.USER_ASSIGNED, user_assigned_identities=[identity.id]
        ),
        encryption_type=compute.DiskEncryptionSetType.ENCRYPTION_AT_REST_WITH_CUSTOMER_KEY,
        active_key=compute.KeyForDiskEncryptionSetArgs(
            key_url=key.uri_with_version,
            # Refused for a Key Vault of another subscription, and optional.
            source_vault=None if args.disk_key_id else compute.SourceVaultArgs(id=args.key_vault_id),
        ),
        rotation_to_latest_key_version_enabled=True,
        tags=args.tags,
        # Azure updates the key version after each rotation.
        opts=pulumi.ResourceOptions(
            parent=child.parent,
            depends_on=grants,
            protect=args.protect,
            ignore_changes=["activeKey.keyUrl"],
        ),
    )


def _disk_key(name: str, args: ClusterArgs, child: pulumi.ResourceOptions) -> EncryptionKey:
    if args.disk_key_id is None:
        return new_key(f"{name}-disk-key", args, f"{name}-disks", child.parent)
    lookup = KeyLookup("disk_key_id", args.disk_key_id, granted_here=args.key_identity_id is None)
    return existing_key(f"{name}-disk-key", args, lookup, child.parent)
