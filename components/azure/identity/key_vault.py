"""The Key Vault that holds a site's encryption keys."""

from collections.abc import Mapping
from typing import NotRequired, TypedDict

import pulumi
from pulumi_azure_native import authorization, keyvault

from falaj.components.azure.common.location import Placed
from falaj.components.azure.monitoring.audit_log import audited
from falaj.components.azure.network.private_endpoint import private_endpoint
from falaj.components.core.validation.args import Passed
from falaj.components.core.validation.names import globally_unique_name

NAME_LIMIT = 24
"""Letters of a Key Vault's name at most; the whole of Azure shares these names."""

SOFT_DELETE_DAYS = 90


class KeyStoreArgs(TypedDict):
    """Arguments of a `KeyStore`."""

    region: str
    """A region of Azure in the UAE."""
    resource_group_name: pulumi.Input[str]
    """Resource group that the Key Vault is in."""
    resource_group_id: pulumi.Input[str]
    """Id of that group; it makes the Key Vault's name distinct."""
    endpoint_subnet_id: pulumi.Input[str]
    """Subnet of the private endpoint."""
    dns_zone_id: pulumi.Input[str]
    """Private DNS zone `privatelink.vaultcore.azure.net` of the network."""
    workspace_id: pulumi.Input[str]
    """Workspace that every use of a key is recorded in."""
    hsm: NotRequired[bool]
    """Whether it takes keys in hardware modules (FIPS 140-3 level 3): the premium tier, in which a key of
    our size costs five dollars a month for each version in use (azure.microsoft.com/pricing/details/key-vault,
    2026-11-24). Standard if absent. An existing Key Vault is changed in place, and its keys stay as
    they are: only new ones are made in hardware."""
    protect: NotRequired[bool]
    """Whether the Key Vault refuses to be deleted."""
    tags: Mapping[str, str]
    """The mandatory cost tags."""


class _Checked(Placed):
    resource_group_id: Passed[str]
    endpoint_subnet_id: Passed[str]
    dns_zone_id: Passed[str]
    workspace_id: Passed[str]
    hsm: bool = False
    protect: bool = False


class KeyStore(pulumi.ComponentResource):
    """A Key Vault without a public address, opened by roles only, whose keys nobody can purge before their time."""

    key_vault_id: pulumi.Output[str]
    """Id of the Key Vault."""
    key_vault_name: pulumi.Output[str]
    """Its name."""
    key_vault_uri: pulumi.Output[str]
    """Its address, `https://….vault.azure.net/`."""

    def __init__(self, name: str, args: KeyStoreArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:azure:KeyStore", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        vault = _key_vault(name, settings, pulumi.ResourceOptions(parent=self, protect=settings.protect))
        private_endpoint(
            f"{name}-endpoint",
            settings,
            (vault.id, "vault"),
            settings.endpoint_subnet_id,
            settings.dns_zone_id,
            child,
        )
        audited(f"{name}-audit", vault.id, settings.workspace_id, ["AuditEvent"], child)
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


def _key_vault(name: str, settings: _Checked, opts: pulumi.ResourceOptions) -> keyvault.Vault:
    client = authorization.get_client_config_output(opts=pulumi.InvokeOutputOptions(parent=opts.parent))
    group_id = pulumi.Output.from_input(settings.resource_group_id)
    return keyvault.Vault(
        f"{name}-vault",
        location=settings.region,
        resource_group_name=settings.resource_group_name,
        vault_name=group_id.apply(lambda found: globally_unique_name(name, found, NAME_LIMIT)),
        properties=keyvault.VaultPropertiesArgs(
            tenant_id=client.tenant_id,
            sku=keyvault.SkuArgs(
                family=keyvault.SkuFamily.A,
                name=keyvault.SkuName.PREMIUM if settings.hsm else keyvault.SkuName.STANDARD,
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
        tags=settings.tags,
        opts=opts,
    )
