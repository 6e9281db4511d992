"""Customer-managed keys: RSA keys in a site's Key Vault that rotate by themselves, and the identities that use them."""

from dataclasses import dataclass

import pulumi
from pulumi_azure_native import authorization, keyvault
from pulumi_azure_native.managedidentity import UserAssignedIdentity

from falaj.components.azure.common.args import KeyVaultArgs
from falaj.components.azure.identity.identities import user_assigned_identity
from falaj.components.azure.identity.roles import Role, grant

KEY_BITS = 3072
"""Until 2030 and beyond in NIST SP 800-57 part 1 rev. 5, table 2; disks, storage and AKS all accept it."""

ROTATE_AFTER = "P365D"
"""A new version each year (ISO 8601). Old versions stay, so that what they wrapped stays readable."""


def rotating_key(name: str, args: KeyVaultArgs, key_name: str, parent: pulumi.Resource | None) -> keyvault.Key:
    """A key that wraps other keys and rotates yearly; with `args.hsm` it never leaves the hardware it is made in.

    A key that exists stays of the kind it was made as, whatever `hsm` says later: another kind would be another key,
    and what the first one wrapped would be lost with it.
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
        opts=pulumi.ResourceOptions(parent=parent, protect=args.protect, ignore_changes=["properties.kty"]),
    )


@dataclass(frozen=True)
class KeyUser:
    """The identity with which a service uses its key, and the role that lets it."""

    identity: UserAssignedIdentity
    role: authorization.RoleAssignment


def key_user(name: str, args: KeyVaultArgs, key: keyvault.Key, opts: pulumi.ResourceOptions) -> KeyUser:
    """An identity that may wrap and unwrap with this key, and nothing else."""
    identity = user_assigned_identity(f"{name}-identity", args, opts)
    role = Role.KEY_VAULT_CRYPTO_SERVICE_ENCRYPTION_USER
    return KeyUser(identity, grant(f"{name}-uses-key", role, identity.principal_id, key.id, opts))
