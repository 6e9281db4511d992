"""A network on Azure with a key store and vaults, for programs that test what uses them."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi_azure_native as native

from falaj.components import azure
from falaj.components.azure.common.args import StoredResourceArgs
from falaj.components.core.validation.enums import Egress, Purpose

REGION = "uaenorth"


@dataclass(frozen=True)
class OnAzure:
    """A resource group with a network, a log and a key store."""

    group: native.resources.ResourceGroup
    network: azure.Network
    log: azure.AuditLog
    keys: azure.KeyStore
    tags: Mapping[str, str]

    def vault(self, name: str, purpose: Purpose) -> azure.Vault:
        """Creates a vault."""
        shared = StoredResourceArgs(
            region=REGION,
            resource_group_name=self.group.name,
            resource_group_id=self.group.id,
            endpoint_subnet_id=self.network.endpoint_subnet_id,
            dns_zone_id=self.network.blob_zone_id,
            workspace_id=self.log.workspace_id,
            key_vault_name=self.keys.key_vault_name,
            key_vault_uri=self.keys.key_vault_uri,
            tags=self.tags,
        )
        return azure.Vault(name, azure.VaultArgs(purpose=purpose, **dict(shared)))


def stores_on_azure(cidr: str, tags: Mapping[str, str]) -> OnAzure:
    """Creates a resource group, a network, a log and a key store."""
    group = native.resources.ResourceGroup("uae-group", location=REGION, tags=tags)
    network = azure.Network(
        "uae-network",
        azure.NetworkArgs(
            region=REGION,
            resource_group_name=group.name,
            cidr=cidr,
            zones=3,
            egress=Egress.NAT_SINGLE,
            tags=tags,
        ),
    )
    log = azure.AuditLog("uae-log", azure.AuditLogArgs(region=REGION, resource_group_name=group.name, tags=tags))
    keys = azure.KeyStore(
        "uae-keys",
        azure.KeyStoreArgs(
            region=REGION,
            resource_group_name=group.name,
            resource_group_id=group.id,
            endpoint_subnet_id=network.endpoint_subnet_id,
            workspace_id=log.workspace_id,
            dns_zone_id=network.key_zone_id,
            tags=tags,
        ),
    )
    return OnAzure(group, network, log, keys, tags)
