"""Customer-managed keys: automatically rotated RSA keys in a site's Key Vault, and the identities that use them."""

from dataclasses import dataclass

import pulumi
from pulumi_azure_native import authorization, keyvault
from pulumi_azure_native.managedidentity import UserAssignedIdentity

from falaj.components.azure.common.args import KeyVaultArgs
from falaj.components.azure.identity.identities import user_assigned_identity
from falaj.components.azure.identity.roles import Role, grant

KEY_BITS = 3072
"""RSA key size in bits. NIST SP 800-57 part 1 rev. 5, table 2, accepts it beyond 2030; Azure's disks, storage and AKS
support it."""

ROTATE_AFTER = "P365D"
"""Rotation interval of one year (ISO 8601 duration). Old versions remain, so that data keys wrapped with them stay
readable."""


def rotating_key(name: str, args: KeyVaultArgs, key_name: str, parent: pulumi.Resource | None) -> keyvault.Key:
    """Creates a key-encryption key that rotates yearly; with `args.hsm` it is generated in and never leaves an HSM.

    Later changes of `hsm` do not affect an existing key: a new key type would replace the key, and the data encrypted
    with the old one would be lost. It also keeps the cost tags of its creation, because Azure Resource Manager never
    updates a key (azure-mgmt-keyvault, KeysOperations.create_if_not_exist). Its operations are charged to the vault.
    """
    kinds = keyvault.JsonWebKeyType
    return keyvault.Key(
        name,
        resource_group_name=args.resource_group_name,
        vault_name=args.key_vault_name,
        key_name=key_name,
        properties=keyvault.KeyPropertiesArgs(
            kty=kinds.RS_A_HSM if args.hsm else kinds.RSA,
            key_size=KEY_BITS,
            key_ops=[
                keyvault.JsonWebKeyOperation.WRAP_KEY,
                keyvault.JsonWebKeyOperation.UNWRAP_KEY,
                keyvault.JsonWebKeyOperation.ENCRYPT,
                keyvault.JsonWebKeyOperation.DECRYPT,
            ],
            rotation_policy=keyvault.RotationPolicyArgs(
                lifetime_actions=[
                    keyvault.LifetimeActionArgs(
                        action=keyvault.ActionArgs(type=keyvault.KeyRotationPolicyActionType.ROTATE),
                        trigger=keyvault.TriggerArgs(time_after_create=ROTATE_AFTER),
                    )
                ]
            ),
        ),
        tags=args.tags,
        opts=pulumi.ResourceOptions(parent=parent, protect=args.protect, ignore_changes=["properties.kty", "tags"]),
    )


@dataclass(frozen=True)
class KeyUser:
    """The identity with which a service uses its key, and the role assignment that allows it."""

    identity: UserAssignedIdentity
    role: authorization.RoleAssignment


def key_user(name: str, args: KeyVaultArgs, key: keyvault.Key, opts: pulumi.ResourceOptions) -> KeyUser:
    """Creates an identity that may wrap and unwrap with this key only."""
    identity = user_assigned_identity(f"{name}-identity", args, opts)
    role = Role.KEY_VAULT_CRYPTO_SERVICE_ENCRYPTION_USER
    return KeyUser(identity, grant(f"{name}-uses-key", role, identity.principal_id, key.id, opts))
