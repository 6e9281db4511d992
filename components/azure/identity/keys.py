"""Encryption keys of a site: RSA keys in its Key Vault that rotate by themselves."""

import pulumi
from pulumi_azure_native import keyvault

from falaj.components.azure.common.location import Placed

KEY_BITS = 3072
"""Until 2030 and beyond in NIST SP 800-57 part 1 rev. 5, table 2; disks, storage and AKS all accept it."""

ROTATE_AFTER = "P365D"
"""A new version each year (ISO 8601). Old versions stay, so that what they wrapped stays readable."""


class Keyed(Placed):
    """The validated arguments of every component that makes keys."""

    hsm: bool = False


def rotating_key(
    name: str,
    place: Keyed,
    key_name: str,
    key_vault_name: pulumi.Input[str],
    opts: pulumi.ResourceOptions,
) -> keyvault.Key:
    """A key that wraps other keys and rotates yearly; with `place.hsm` it never leaves the hardware it is made in.

    A key that exists stays where it was made, whatever is said later: another kind would be another key, and what
    the first one wrapped would be lost with it.
    """
    kinds = keyvault.JsonWebKeyType
    return keyvault.Key(
        name,
        resource_group_name=place.resource_group_name,
        vault_name=key_vault_name,
        key_name=key_name,
        properties=keyvault.KeyPropertiesArgs(
            kty=kinds.RS_A_HSM if place.hsm else kinds.RSA,
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
        tags=place.tags,
        opts=pulumi.ResourceOptions(parent=opts.parent, protect=opts.protect, ignore_changes=["properties.kty"]),
    )
