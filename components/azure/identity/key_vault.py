"""The Key Vault that holds a site's encryption keys."""

import pulumi
from pulumi_azure_native import authorization, keyvault

from falaj.components.azure.common.args import PrivateServiceArgs
from falaj.components.azure.monitoring.audit_log import diagnostic_setting
from falaj.components.azure.network.private_endpoint import private_endpoint

NAME_LIMIT = 24
"""Maximum length of a Key Vault's name in characters; names are globally unique."""

SOFT_DELETE_DAYS = 90
"""Days for which a deleted key or Key Vault can be recovered and cannot be purged."""


class KeyStoreArgs(PrivateServiceArgs):
    """Arguments of `KeyStore`, a Key Vault for the encryption keys of a site."""

    hsm: bool = False
    """Whether the Key Vault is of the premium tier, which stores keys in hardware security modules (FIPS 140-3 level
    3). A 3072-bit key costs 5 USD a month there for each version in use (azure.microsoft.com/pricing/details/key-vault,
    2026-11-24). False, the default, is the standard tier. A change updates the Key Vault in place; existing keys stay
    as they are, and only new keys are created in hardware."""
    protect: bool = False
    """Whether Pulumi refuses to delete the Key Vault. Default false."""


class KeyStore(pulumi.ComponentResource):
    """A Key Vault with a private endpoint, role-based access control, soft delete and purge protection."""

    key_vault_id: pulumi.Output[str]
    """Id of the Key Vault."""
    key_vault_name: pulumi.Output[str]
    """Name of the Key Vault."""
    key_vault_uri: pulumi.Output[str]
    """URI of the Key Vault, `https://….vault.azure.net/`."""

    def __init__(self, name: str, args: KeyStoreArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = KeyStoreArgs.of(name, args)
        super().__init__("falaj:azure:KeyStore", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        vault = _key_vault(name, args, self)
        private_endpoint(f"{name}-endpoint", args, vault.id, "vault", child)
        diagnostic_setting(f"{name}-audit", vault.id, args.workspace_id, ["AuditEvent"], child)
        self.key_vault_id = vault.id
        self.key_vault_name = vault.name
        self.key_vault_uri = vault.properties.vault_uri
        self.register_outputs(
            {
                "key_vault_id": self.key_vault_id,
                "key_vault_name": self.key_vault_name,
                "key_vault_uri": self.key_vault_uri,
            }
        )


def _key_vault(name: str, args: KeyStoreArgs, parent: pulumi.Resource) -> keyvault.Vault:
    client = authorization.get_client_config_output(opts=pulumi.InvokeOutputOptions(parent=parent))
    return keyvault.Vault(
        f"{name}-vault",
        location=args.region,
        resource_group_name=args.resource_group_name,
        vault_name=args.unique_name(name, NAME_LIMIT),
        properties=keyvault.VaultPropertiesArgs(
            tenant_id=client.tenant_id,
            sku=keyvault.SkuArgs(
                family=keyvault.SkuFamily.A,
                name=keyvault.SkuName.PREMIUM if args.hsm else keyvault.SkuName.STANDARD,
            ),
            enable_rbac_authorization=True,
            enable_soft_delete=True,
            soft_delete_retention_in_days=SOFT_DELETE_DAYS,
            enable_purge_protection=True,
            public_network_access=keyvault.PublicNetworkAccess.DISABLED,
            # Disks and storage accounts fetch their keys as services of Azure, not from the network.
            network_acls=keyvault.NetworkRuleSetArgs(
                bypass=keyvault.NetworkRuleBypassOptions.AZURE_SERVICES,
                default_action=keyvault.NetworkRuleAction.DENY,
            ),
        ),
        tags=args.tags,
        opts=pulumi.ResourceOptions(parent=parent, protect=args.protect),
    )
