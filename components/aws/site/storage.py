"""Storage of a site on AWS: vaults, file systems, volumes, container images and backups."""

import pulumi

from falaj.components.aws.site.args import SiteBuild
from falaj.components.aws.site.compute import Compute
from falaj.components.aws.site.platform_images import PlatformPart, platform_images
from falaj.components.aws.storage.backup import Backup, BackupArgs
from falaj.components.aws.storage.backup_tag import backup_mark
from falaj.components.aws.storage.lustre import Scratch, ScratchArgs
from falaj.components.aws.storage.registry import Registry, RegistryArgs
from falaj.components.aws.storage.shared_files import SharedFiles, SharedFilesArgs
from falaj.components.aws.storage.storage_classes import StorageClasses, StorageClassesArgs
from falaj.components.aws.storage.vault import Vault, VaultArgs
from falaj.components.core.network.zones import site_zones
from falaj.components.core.training.datasets import DatasetFileSystem
from falaj.components.core.validation.enums import Egress, Purpose

BACKED_UP = (Purpose.MODELS,)
"""Purposes of the vaults that are backed up: data that cannot be recreated. Versioning protects the others."""


class Storage:
    """Creates a site's storage, in the order of its dependencies."""

    def __init__(self, build: SiteBuild, compute: Compute) -> None:
        self.build, self.args, self.compute = build, build.args, compute
        self.backup = self._backup() if self.args.options.backup else None
        self.vaults = {purpose.value: self._vault(purpose) for purpose in self.args.vaults}
        size_gib = self.args.options.scratch_gib
        self.datasets = self._datasets(size_gib) if size_gib is not None else None
        self.shared_files = self._shared_files() if self.args.storage.shared_files else None
        self.registry = self._registry() if self.args.storage.registry else None
        self.classes = self._classes()

    @property
    def _backup_name(self) -> str:
        return f"{self.build.name}-backup"

    def _backup(self) -> Backup:
        return Backup(
            self._backup_name,
            BackupArgs(
                region=self.args.region,
                opt_in=self.args.options.backup_opt_in,
                alarm_topic=self.args.alarm_topic,
                protect=self.args.protect,
                tags=self.build.tags,
            ),
            self.build.after(),
        )

    def _vault(self, purpose: Purpose) -> Vault:
        backup = self.backup if purpose in BACKED_UP else None
        readers = self.args.vault_readers.get(purpose.value, ())
        return Vault(
            f"{self.build.name}-{purpose.value}",
            VaultArgs(
                region=self.args.region,
                purpose=purpose,
                only_through=self.compute.network.s3_endpoint_id,
                trusted_roles=[backup.role_arn, backup.restore_role_arn] if backup else (),
                readers=readers,
                reader_addresses=self.args.reader_addresses if readers else (),
                reader_endpoints=self.args.reader_endpoints if readers else (),
                other_readers=[group for key, group in self.args.options.vault_access.items() if key is purpose],
                key=self.args.options.keys.vaults,
                scratch=purpose is Purpose.DATASETS and self.args.options.scratch_gib is not None,
                backed_up_by=backup.mark if backup else None,
                protect=self.args.protect,
                tags=self.build.tags,
            ),
            self.build.after(),
        )

    def _datasets(self, size_gib: int) -> DatasetFileSystem:
        scratch = self._scratch(size_gib)
        return DatasetFileSystem(
            driver="fsx.csi.aws.com",
            file_system_id=scratch.file_system_id,
            attributes={
                "dnsname": scratch.dns_name,
                # With a path, only that directory is mounted (FSx for Lustre User Guide, mounting filesets).
                "mountname": pulumi.Output.concat(scratch.mount_name, f"/{Purpose.DATASETS.value}"),
            },
            gib=size_gib,
            zone_id=site_zones(self.args.region, 1, self.args.network.zone_ids)[0],
        )

    def _scratch(self, size_gib: int) -> Scratch:
        datasets = self.vaults[Purpose.DATASETS.value]
        return Scratch(
            f"{self.build.name}-scratch",
            ScratchArgs(
                region=self.args.region,
                network_id=self.compute.network.network_id,
                subnet_id=self.compute.network.node_subnet_ids[0],
                client_group_id=self.compute.cluster.security_group_id,
                capacity_gib=size_gib,
                vaults={Purpose.DATASETS: datasets.uri},
                log_key=self.args.options.keys.logs,
                log_retention_days=self.args.log_retention_days,
                tags=self.build.tags,
            ),
            self.build.after(datasets),
        )

    def _shared_files(self) -> SharedFiles:
        return SharedFiles(
            f"{self.build.name}-files",
            SharedFilesArgs(
                region=self.args.region,
                network_id=self.compute.network.network_id,
                node_subnet_ids=self.compute.network.node_subnet_ids,
                zones=self.args.network.zones,
                zone_ids=self.args.network.zone_ids,
                client_group_id=self.compute.cluster.security_group_id,
                client_role_arns=self.compute.node_role_arns,
                backed_up_by=self.backup.mark if self.backup else None,
                protect=self.args.protect,
                tags=self.build.tags,
            ),
            self.build.after(),
        )

    def _registry(self) -> Registry:
        without_egress = self.args.network.egress is Egress.NONE
        cached = [registry.value for registry in self.args.storage.cached_registries]
        return Registry(
            f"{self.build.name}-registry",
            RegistryArgs(
                region=self.args.region,
                repositories=self.args.storage.repositories,
                mirrored_images=platform_images(list(PlatformPart)) if without_egress else (),
                cached_upstreams=cached,
                puller_role_names=self.compute.node_role_names if cached else {},
                protect=self.args.protect,
                tags=self.build.tags,
            ),
            self.build.after(),
        )

    def _classes(self) -> StorageClasses:
        return StorageClasses(
            f"{self.build.name}-volumes",
            StorageClassesArgs(
                disk_key=self.compute.cluster.disk_key,
                shared_file_system_id=self.shared_files.file_system_id if self.shared_files else None,
                # A storage class is immutable: it has the backup tag even before a backup exists that selects it.
                backed_up_by=backup_mark(self._backup_name),
                tags=self.build.tags,
            ),
            self.build.after(provider=self.compute.kubernetes),
        )
