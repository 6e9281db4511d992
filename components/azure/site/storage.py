"""Storage of a site on Azure: vaults, files, volumes, images, its flow logs and the subscription's bill."""

import pulumi

from falaj.components.azure.common.args import StoredResourceArgs
from falaj.components.azure.money.cost_export import CostExport, CostExportArgs
from falaj.components.azure.site.args import SiteBuild
from falaj.components.azure.site.compute import Compute
from falaj.components.azure.storage.flow_logs import WATCHER_GROUP, FlowLogs, FlowLogsArgs
from falaj.components.azure.storage.registry import Registry, RegistryArgs
from falaj.components.azure.storage.shared_files import SharedFiles, SharedFilesArgs
from falaj.components.azure.storage.storage_classes import SharedShare, StorageClasses, StorageClassesArgs
from falaj.components.azure.storage.vault import Vault, VaultArgs
from falaj.components.core.network.azure_flow_logs import LONGEST_DAYS
from falaj.components.core.network.azure_ids import group_of_id, name_of_id
from falaj.components.core.validation.enums import Purpose
from falaj.components.core.validation.inputs import map_inputs


class Storage:
    """Makes a site's storage."""

    def __init__(self, build: SiteBuild, compute: Compute) -> None:
        self.build, self.args, self.compute = build, build.args, compute
        if self.args.options.flow_logs.enabled:
            self._flow_logs()
        if self.args.bill_from is not None:
            self._cost_export(self.args.bill_from)
        self.vaults = {purpose.value: self._vault(purpose) for purpose in self.args.vaults}
        self.shared_files = self._shared_files() if self.args.storage.shared_files else None
        self.registry = self._registry() if self.args.storage.registry else None
        self.classes = self._classes()

    def _stored(self, dns_zone_id: pulumi.Output[str], key_id: pulumi.Input[str] | None) -> StoredResourceArgs:
        """Returns the arguments that every store of the site has, with the private DNS zone of its service, and its
        existing key, if any."""
        store = self.compute.keys if key_id is None else None
        return StoredResourceArgs(
            region=self.args.region,
            resource_group_name=self.build.group_name,
            resource_group_id=self.build.group_id,
            endpoint_subnet_id=self.compute.network.endpoint_subnet_id,
            dns_zone_id=dns_zone_id,
            workspace_id=self.compute.workspace_id,
            key_vault_name=store.key_vault_name if store else None,
            key_vault_uri=store.key_vault_uri if store else None,
            key_id=key_id,
            key_identity_id=self.args.options.keys.identity_id if key_id is not None else None,
            hsm=self.args.options.hsm,
            protect=self.args.protect,
            tags=self.build.tags,
        )

    def _flow_log_days(self) -> pulumi.Input[int]:
        stated = self.args.options.flow_logs.days
        if stated is not None:
            return stated
        return map_inputs(lambda days: min(days, LONGEST_DAYS), self.args.log_retention_days)

    def _flow_logs(self) -> FlowLogs:
        watcher = self.args.options.flow_logs.network_watcher_id
        return FlowLogs(
            f"{self.build.name}-flows",
            FlowLogsArgs(
                network_id=self.compute.network.network_id,
                flow_log_days=self._flow_log_days(),
                network_watcher=None if watcher is None else map_inputs(name_of_id, watcher),
                network_watcher_group=WATCHER_GROUP if watcher is None else map_inputs(group_of_id, watcher),
                **dict(self._stored(self.compute.network.blob_zone_id, self.args.options.keys.logs_key)),
            ),
            self.build.after(),
        )

    def _cost_export(self, start: pulumi.Input[str]) -> CostExport:
        """The subscription's bill, which one site stores for all."""
        return CostExport(
            f"{self.build.name}-bill",
            CostExportArgs(
                start=start,
                dataset=self.args.bill_dataset,
                **dict(self._stored(self.compute.network.blob_zone_id, self.args.options.keys.logs_key)),
            ),
            self.build.after(),
        )

    def _vault(self, purpose: Purpose) -> Vault:
        return Vault(
            f"{self.build.name}-{purpose.value}",
            VaultArgs(
                purpose=purpose,
                geo_redundant=self.args.options.geo_redundant,
                readers=self.args.options.vault_access.get(purpose),
                log_reads=purpose in self.args.options.logged_reads,
                **dict(self._stored(self.compute.network.blob_zone_id, self.args.options.keys.vaults_key)),
            ),
            self.build.after(),
        )

    def _shared_files(self) -> SharedFiles:
        return SharedFiles(
            f"{self.build.name}-files",
            SharedFilesArgs(
                # The control plane's driver gives the share to volume claims.
                manager_principal_ids={"cluster": self.compute.cluster.control_plane_principal_id},
                quota_gib=self.args.storage.shared_files_gib,
                # Otherwise nobody could write: root owns the directory of a new share. Pod security keeps tenants' pods
                # from running as root.
                root_squash=False,
                **dict(self._stored(self.compute.network.file_zone_id, self.args.options.keys.files_key)),
            ),
            self.build.after(),
        )

    def _registry(self) -> Registry:
        return Registry(
            f"{self.build.name}-registry",
            RegistryArgs(
                puller_principal_ids={"nodes": self.compute.cluster.kubelet_principal_id},
                cached_upstreams=[registry.value for registry in self.args.storage.cached_registries],
                replicated=self.args.options.registry_replica,
                trusted_services=self.args.options.defender,
                **dict(self._stored(self.compute.network.registry_zone_id, self.args.options.keys.registry_key)),
            ),
            self.build.after(),
        )

    def _classes(self) -> StorageClasses:
        return StorageClasses(
            f"{self.build.name}-volumes",
            StorageClassesArgs(
                region=self.args.region,
                disk_key=self.compute.cluster.disk_key,
                shared_files=self._shared_share(),
                regional_profiles=self.build.regional_profiles,
                tags=self.build.tags,
            ),
            self.build.after(provider=self.compute.kubernetes),
        )

    def _shared_share(self) -> SharedShare | None:
        if self.shared_files is None:
            return None
        return SharedShare(
            resource_group_name=self.build.group_name,
            account_name=self.shared_files.account_name,
            share_name=self.shared_files.share_name,
        )
