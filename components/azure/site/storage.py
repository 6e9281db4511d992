"""Where a site on Azure keeps what it works with: vaults, files, volumes, images, and the record of its network."""

from collections.abc import Mapping
from typing import TypedDict

import pulumi

from falaj.components.azure.money.cost_export import CostExport
from falaj.components.azure.site.args import Placed
from falaj.components.azure.site.compute import Compute
from falaj.components.azure.storage.flow_logs import FlowLogs
from falaj.components.azure.storage.registry import Registry
from falaj.components.azure.storage.shared_files import SharedFiles
from falaj.components.azure.storage.storage_classes import StorageClasses, StorageClassesArgs
from falaj.components.azure.storage.vault import Vault
from falaj.components.core.validation.enums import Purpose

# Azure fetches these itself, so they are there even where the network has no way out.
UPSTREAMS = ("mcr.microsoft.com", "registry.k8s.io", "quay.io")

LONGEST_FLOW_LOG_DAYS = 365
"""Days that Azure keeps records of flows at most."""


class Kept(TypedDict):
    """Arguments of every part that keeps data under a key of the site, reached privately."""

    region: str
    resource_group_name: pulumi.Input[str]
    resource_group_id: pulumi.Input[str]
    endpoint_subnet_id: pulumi.Input[str]
    key_vault_name: pulumi.Input[str]
    key_vault_uri: pulumi.Input[str]
    hsm: bool
    workspace_id: pulumi.Input[str]
    protect: bool
    tags: Mapping[str, str]


class Storage:
    """Makes a site's storage."""

    def __init__(self, place: Placed, compute: Compute) -> None:
        self.place, self.settings, self.compute = place, place.settings, compute
        self.kept: Kept = {
            **place.grouped_by_id,
            "endpoint_subnet_id": compute.network.endpoint_subnet_id,
            "key_vault_name": compute.keys.key_vault_name,
            "key_vault_uri": compute.keys.key_vault_uri,
            "hsm": place.settings.hsm,
            "workspace_id": compute.log.workspace_id,
            "protect": place.settings.protect,
        }
        self._flow_logs()
        if self.settings.bill_from is not None:
            self._bill(self.settings.bill_from)
        self.vaults = {purpose.value: self._vault(purpose) for purpose in self.settings.vaults}
        self.shared_files = self._shared_files() if self.settings.storage.shared_files else None
        self.registry = self._registry() if self.settings.storage.registry else None
        self.classes = self._classes()

    def _flow_logs(self) -> FlowLogs:
        return FlowLogs(
            f"{self.place.name}-flows",
            {
                **self.kept,
                "network_id": self.compute.network.network_id,
                "flow_log_days": min(self.settings.log_retention_days, LONGEST_FLOW_LOG_DAYS),
                "dns_zone_id": self.compute.network.blob_zone_id,
            },
            self.place.after(),
        )

    def _bill(self, start: str) -> CostExport:
        """The subscription's bill, which one site keeps for all."""
        return CostExport(
            f"{self.place.name}-bill",
            {**self.kept, "start": start, "dns_zone_id": self.compute.network.blob_zone_id},
            self.place.after(),
        )

    def _vault(self, purpose: Purpose) -> Vault:
        return Vault(
            f"{self.place.name}-{purpose.value}",
            {
                **self.kept,
                "purpose": purpose,
                "geo_redundant": self.settings.storage.geo_redundant,
                "dns_zone_id": self.compute.network.blob_zone_id,
            },
            self.place.after(),
        )

    def _shared_files(self) -> SharedFiles:
        return SharedFiles(
            f"{self.place.name}-files",
            {
                **self.kept,
                # The control plane's driver gives the share to volume claims.
                "manager_principal_ids": {"cluster": self.compute.cluster.control_plane_principal_id},
                "quota_gib": self.settings.storage.shared_files_gib,
                "dns_zone_id": self.compute.network.file_zone_id,
            },
            self.place.after(),
        )

    def _registry(self) -> Registry:
        return Registry(
            f"{self.place.name}-registry",
            {
                **self.kept,
                "puller_principal_ids": {"nodes": self.compute.cluster.kubelet_principal_id},
                "cached_upstreams": UPSTREAMS,
                "replicated": self.settings.storage.geo_redundant,
                "trusted_services": self.settings.defender,
                "dns_zone_id": self.compute.network.registry_zone_id,
            },
            self.place.after(),
        )

    def _classes(self) -> StorageClasses:
        classes: StorageClassesArgs = {
            "region": self.settings.region,
            "disk_key": self.compute.cluster.disk_key,
            "tags": self.place.tags,
        }
        if self.shared_files:
            classes["shared_files"] = {
                "resource_group_name": self.place.group_name,
                "account_name": self.shared_files.account_name,
                "share_name": self.shared_files.share_name,
            }
        return StorageClasses(f"{self.place.name}-volumes", classes, self.place.after(provider=self.compute.kubernetes))
