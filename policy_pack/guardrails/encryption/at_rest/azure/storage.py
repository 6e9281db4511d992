"""Encryption at rest of Azure storage accounts, file systems, backups and disks.

Property names checked against pulumi-azure-native 3.29.0 on 2026-11-24 (a test repeats it). Not checked: infrastructure
(double) encryption, which no control requires.
"""

from ....engine.conditions import SET, none_of, one_of
from ....engine.families import encryption_rule
from ....engine.rows import Check, Guardrail, Severity, azure
from ..reasons import AZURE_DISK_SET, AZURE_KEY, OWN_KEY

_KEY_VAULT = one_of("Microsoft.Keyvault")

_WITH_CUSTOMER_KEY = one_of("EncryptionAtRestWithCustomerKey", "EncryptionAtRestWithPlatformAndCustomerKeys")

STORAGE_ROWS = (
    Check(azure("storage:StorageAccount"), "encryption.keySource", _KEY_VAULT),
    Check(azure("storage:StorageAccount"), "encryption.keyVaultProperties.keyVaultUri", SET),
    Check(azure("storage:StorageAccount"), "encryption.keyVaultProperties.keyName", SET),
    Check(azure("storage:EncryptionScope"), "keyVaultProperties.keyUri", SET),
    Check(azure("netapp:Account"), "encryption.keySource", one_of("Microsoft.KeyVault")),
    Check(azure("netapp:CapacityPoolVolume"), "encryptionKeySource", one_of("Microsoft.KeyVault")),
    Check(azure("elasticsan:VolumeGroup"), "encryption", one_of("EncryptionAtRestWithCustomerManagedKey")),
    Check(azure("recoveryservices:Vault"), "properties.encryption.keyVaultProperties.keyUri", SET),
    Check(azure("dataprotection:BackupVault"),
          "properties.securitySettings.encryptionSettings.keyVaultProperties.keyUri", SET),
)  # fmt: skip

_OS_DISK = "storageProfile.osDisk.managedDisk"

_DISK_ENCRYPTION_SET = "managedDisk.diskEncryptionSet.id"

_MACHINE_DISKS = ("storageProfile.osDisk", "storageProfile.dataDisks[*]")

_ATTACHED = "Attach"
"""Such a disk exists before its machine and has its own encryption, which is evaluated where it is made; a file of an
account has no managed disk (pulumi-azure-native 3.29.0, compute, DataDisk.createOption and managedDisk)."""

DISK_ROWS = (
    Check(azure("compute:Disk"), "encryption.diskEncryptionSetId", SET),
    Check(azure("compute:Disk"), "encryption.type", _WITH_CUSTOMER_KEY),
    Check(azure("compute:Snapshot"), "encryption.diskEncryptionSetId", SET),
    Check(
        azure("compute:DiskEncryptionSet"),
        "encryptionType",
        one_of(
            "EncryptionAtRestWithCustomerKey",
            "EncryptionAtRestWithPlatformAndCustomerKeys",
            "ConfidentialVmEncryptedWithCustomerKey",
        ),
    ),
    Check(azure("compute:DiskEncryptionSet"), "activeKey.keyUrl", SET),
    # The image of a machine is encrypted as its disks are.
    *(Check(azure("compute:Image"), f"storageProfile.{disk}.diskEncryptionSet.id", SET,
            unless=("sourceVirtualMachine",))
      for disk in ("osDisk", "dataDisks[*]")),
    Check(azure("compute:GalleryImageVersion"),
          "publishingProfile?.targetRegions[*].encryption.osDiskImage.diskEncryptionSetId", SET),
    *(Check(azure("compute:VirtualMachine"), f"{disk}.{_DISK_ENCRYPTION_SET}", SET,
            when=(f"{disk}.createOption", none_of(_ATTACHED))) for disk in _MACHINE_DISKS),
    *(Check(azure("compute:VirtualMachine"), f"{disk}.managedDisk.id", SET,
            when=(f"{disk}.createOption", one_of(_ATTACHED))) for disk in _MACHINE_DISKS),
    Check(azure("compute:VirtualMachineScaleSet"), f"virtualMachineProfile.{_OS_DISK}.diskEncryptionSet.id", SET),
    Check(azure("compute:VirtualMachineScaleSet"),
          f"virtualMachineProfile.storageProfile.dataDisks[*].{_DISK_ENCRYPTION_SET}", SET),
)  # fmt: skip

AZURE_STORAGE: tuple[Guardrail, ...] = (
    encryption_rule(201, Severity.CRITICAL, "Azure storage is encrypted with a customer-managed key",
                    OWN_KEY, AZURE_KEY,
                    checks=STORAGE_ROWS),
    encryption_rule(202, Severity.HIGH, "Azure disks are encrypted through a disk encryption set",
                    OWN_KEY, AZURE_DISK_SET,
                    checks=DISK_ROWS),
)  # fmt: skip
