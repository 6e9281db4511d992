"""Encryption at rest of Azure storage accounts, file systems, backups and disks.

Property names checked against pulumi-azure-native 3.29.0 on 2026-11-24 (a test repeats it). Not checked: infrastructure
(double) encryption, which no control requires.
"""

from collections.abc import Iterator
from dataclasses import replace

from ....engine.conditions import SET, Condition, none_of, one_of
from ....engine.families import encryption_rule
from ....engine.plan import Plan
from ....engine.reading import UNKNOWN, Plain, Resource, walk
from ....engine.rows import Check, Guardrail, Severity, azure
from ....engine.verdicts import Outcome, Verdict, failed
from ....readers.related_resources import related_to
from ..reasons import AZURE_DISK_SET, AZURE_KEY, OWN_KEY
from .compute import CONFIDENTIAL, CONFIDENTIAL_DISK
from .copies import COPIES, check_copies

_KEY_VAULT = one_of("Microsoft.Keyvault")

_WITH_CUSTOMER_KEY = one_of("EncryptionAtRestWithCustomerKey", "EncryptionAtRestWithPlatformAndCustomerKeys")

STORAGE_ROWS = (
    Check(azure("storage:StorageAccount"), "encryption.keySource", _KEY_VAULT),
    Check(azure("storage:StorageAccount"), "encryption.keyVaultProperties.keyVaultUri", SET),
    Check(azure("storage:StorageAccount"), "encryption.keyVaultProperties.keyName", SET),
    # Queues and tables of a service's key have none of the account's (Microsoft Learn, "Create an account that supports
    # customer-managed keys for tables and queues", read 2026-11-30).
    *(Check(azure("storage:StorageAccount"), f"encryption.services?.{service}?.keyType", none_of("Service"))
      for service in ("queue", "table")),
    Check(azure("storage:EncryptionScope"), "keyVaultProperties.keyUri", SET),
    # The source says whether the key counts (Azure/azure-policy f4a50bac built-in-policies/policyDefinitions/Storage/
    # Storage_EncryptionScopesShouldUseCMK_Audit.json, read 2026-12-01).
    Check(azure("storage:EncryptionScope"), "source", one_of("Microsoft.KeyVault")),
    Check(azure("netapp:Account"), "encryption.keySource", one_of("Microsoft.KeyVault")),
    Check(azure("netapp:CapacityPoolVolume"), "encryptionKeySource", one_of("Microsoft.KeyVault")),
    Check(azure("elasticsan:VolumeGroup"), "encryption", one_of("EncryptionAtRestWithCustomerManagedKey")),
    Check(azure("recoveryservices:Vault"), "properties.encryption.keyVaultProperties.keyUri", SET),
    Check(azure("dataprotection:BackupVault"),
          "properties.securitySettings.encryptionSettings.keyVaultProperties.keyUri", SET),
)  # fmt: skip

_ACCOUNT = azure("storage:StorageAccount")
_OF_SERVICES = (("queue", azure("storage:Queue")), ("table", azure("storage:Table")))


def _check_services(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure for each service of an account that the plan uses, and whose key is by default one of Microsoft:
    the scope of a key is chosen with the account, and stays."""
    if resource.type not in _ACCOUNT:
        return
    for service, types in _OF_SERVICES:
        path = f"encryption.services.{service}.keyType"
        kinds = [value for _, value in walk(resource.props, f"encryption?.services?.{service}?.keyType?")]
        is_own = any(kind is UNKNOWN or str(kind).lower() == "account" for kind in kinds)
        if not is_own and any(related_to(resource, plan, types, "accountName", ("accountName",))):
            yield failed(f"{path} must be Account, since the stack has a {service} in it", path)


_OS_DISK = "storageProfile.osDisk"

_DISK_ENCRYPTION_SET = "managedDisk.diskEncryptionSet.id"

_MACHINE_DISKS = (_OS_DISK, "storageProfile.dataDisks[*]")

_ATTACHED = "Attach"
"""Such a disk exists before its machine and has its own encryption, which is evaluated where it is made; a file of an
account has no managed disk (pulumi-azure-native 3.29.0, compute, DataDisk.createOption and managedDisk)."""

_MADE = replace(none_of(_ATTACHED), unknown=Verdict.PASS)


def _is_made_plain(disk: Plain) -> bool:
    if not isinstance(disk, dict):
        return True
    managed = disk.get("managedDisk")
    profile = managed.get("securityProfile") if isinstance(managed, dict) else None
    is_confidential = isinstance(profile, dict) and CONFIDENTIAL.test(profile.get("securityEncryptionType", ""))
    return not is_confidential and str(disk.get("createOption")).lower() != _ATTACHED.lower()


MADE_PLAIN = Condition("must be made with its machine, and not be confidential", _is_made_plain, missing=Verdict.PASS)
"""Limits a row to disks with a disk encryption set of their own: that of a confidential one is in its profile."""

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
    Check(azure("compute:GalleryImageVersion"),
          "publishingProfile?.targetRegions[*].encryption.dataDiskImages[*].diskEncryptionSetId", SET),
    Check(azure("compute:VirtualMachine"), f"{_OS_DISK}.{_DISK_ENCRYPTION_SET}", SET, when=(_OS_DISK, MADE_PLAIN)),
    Check(azure("compute:VirtualMachine"), f"storageProfile.dataDisks[*].{_DISK_ENCRYPTION_SET}", SET,
          when=("storageProfile.dataDisks[*].createOption", _MADE)),
    *(Check(azure("compute:VirtualMachine"), f"{disk}.managedDisk.id", SET,
            when=(f"{disk}.createOption", one_of(_ATTACHED))) for disk in _MACHINE_DISKS),
    Check(azure("compute:VirtualMachineScaleSet"), f"virtualMachineProfile.{_OS_DISK}.{_DISK_ENCRYPTION_SET}", SET,
          when=(f"virtualMachineProfile.{_OS_DISK}", MADE_PLAIN)),
    *(Check(tokens, f"{path}.diskEncryptionSet.id", SET, when=(f"{path}.securityEncryptionType", CONFIDENTIAL))
      for tokens, path in CONFIDENTIAL_DISK),
    Check(azure("compute:VirtualMachineScaleSet"),
          f"virtualMachineProfile.storageProfile.dataDisks[*].{_DISK_ENCRYPTION_SET}", SET),
)  # fmt: skip

AZURE_STORAGE: tuple[Guardrail, ...] = (
    encryption_rule(201, Severity.CRITICAL, "Azure storage is encrypted with a customer-managed key",
                    OWN_KEY, AZURE_KEY,
                    checks=STORAGE_ROWS, plan_predicate=_check_services, types=_ACCOUNT),
    encryption_rule(202, Severity.HIGH, "Azure disks are encrypted through a disk encryption set",
                    OWN_KEY, AZURE_DISK_SET,
                    checks=DISK_ROWS, predicate=check_copies, types=COPIES),
)  # fmt: skip
