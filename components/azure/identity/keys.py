"""Customer-managed keys: automatically rotated RSA keys in a site's Key Vault, and the identities that use them."""

from dataclasses import dataclass

import pulumi
from pulumi_azure_native import keyvault

from falaj.components.azure.common.args import KeyVaultArgs, ResourceGroupArgs
from falaj.components.azure.identity.existing_keys import KeyLookup, verified_key
from falaj.components.azure.identity.identities import Identity, identity_of
from falaj.components.azure.identity.propagation import effective
from falaj.components.azure.identity.roles import Role, grant
from falaj.components.core.network.azure_ids import key_of_id, vault_of_key
from falaj.components.core.validation.inputs import map_inputs

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
class EncryptionKey:
    """A customer-managed key, created here or existing."""

    id: pulumi.Output[str]
    """Id of the key, the scope of role assignments."""
    name: pulumi.Output[str]
    uri: pulumi.Output[str]
    """URI without a version, with which services follow its rotation."""
    uri_with_version: pulumi.Output[str]

    @property
    def store_uri(self) -> pulumi.Output[str]:
        """URI of its Key Vault or Managed HSM, `https://…/`."""
        return self.uri.apply(lambda uri: uri.partition("/keys/")[0] + "/")

    @property
    def store_id(self) -> pulumi.Output[str]:
        """Id of its Key Vault or Managed HSM."""
        return self.id.apply(vault_of_key)


def new_key(name: str, args: KeyVaultArgs, key_name: str, parent: pulumi.Resource | None) -> EncryptionKey:
    """Creates a key in the site's Key Vault."""
    key = rotating_key(name, args, key_name, parent)
    return EncryptionKey(key.id, key.name, key.key_uri, key.key_uri_with_version)


def existing_key(
    name: str, args: ResourceGroupArgs, lookup: KeyLookup, parent: pulumi.Resource | None
) -> EncryptionKey:
    """Returns an existing key, once a preview has looked it up and found that it fits."""
    found = verified_key(name, args, lookup, parent)
    key_id = map_inputs(lambda id_: id_.partition("/versions/")[0], lookup.key_id)
    return EncryptionKey(
        # Known after the checks, so that nothing uses a key that does not fit.
        pulumi.Output.all(key_id, found).apply(lambda known: str(known[0])),
        pulumi.Output.from_input(map_inputs(key_of_id, lookup.key_id)),
        found.apply(lambda key: key.uri),
        found.apply(lambda key: key.uri_with_version),
    )


@dataclass(frozen=True)
class KeyUser:
    """The identity with which a service uses its key, and the role assignments that must have taken effect first."""

    identity: Identity
    grants: list[pulumi.Input[pulumi.Resource]]


def key_user(
    name: str,
    args: ResourceGroupArgs,
    key: EncryptionKey,
    existing: pulumi.Input[str] | None,
    opts: pulumi.ResourceOptions,
) -> KeyUser:
    """Creates an identity that may wrap and unwrap with this key only, or returns an existing one that may already."""
    identity = identity_of(f"{name}-identity", existing, args, opts)
    if existing is not None:
        return KeyUser(identity, [])
    role = Role.KEY_VAULT_CRYPTO_SERVICE_ENCRYPTION_USER
    return KeyUser(identity, [effective(grant(f"{name}-uses-key", role, identity.principal_id, key.id, opts))])
