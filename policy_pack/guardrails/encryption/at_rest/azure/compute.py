"""Encryption at rest of Azure clusters and registries, and of temporary disks on the host.

Property names checked against pulumi-azure-native 3.29.0 on 2026-11-24 and 25 (a test repeats it).
"""

import re
from collections.abc import Iterator

from ....engine.conditions import SET, TRUE, none_of, one_of
from ....engine.families import encryption_rule
from ....engine.lazy_regex import lazy_regex
from ....engine.reading import Resource, walk
from ....engine.rows import CONTAINER_GROUPS, Check, Guardrail, Severity, azure
from ....engine.verdicts import Outcome, Verdict, failed
from ..reasons import AZURE_KEY, OWN_KEY

CLUSTER_ROWS = (
    Check(azure("containerservice:ManagedCluster"), "diskEncryptionSetID", SET),
    Check(azure("containerservice:ManagedCluster"), "securityProfile.azureKeyVaultKms.enabled", TRUE),
    Check(azure("containerservice:ManagedCluster"), "securityProfile.azureKeyVaultKms.keyId", SET),
    Check(azure("containerregistry:Registry"), "encryption.status", one_of("enabled")),
    Check(azure("containerregistry:Registry"), "encryption.keyVaultProperties.keyIdentifier", SET),
    Check(
        CONTAINER_GROUPS,
        "encryptionProperties.vaultBaseUrl",
        SET,
    ),
    Check(azure("batch:BatchAccount"), "encryption.keySource", one_of("Microsoft.KeyVault")),
)

CONFIDENTIAL = one_of("DiskWithVMGuestState")
CONFIDENTIAL_DISK = tuple(
    (azure(kind), f"{profile}storageProfile.osDisk.managedDisk.securityProfile")
    for kind, profile in (("compute:VirtualMachine", ""), ("compute:VirtualMachineScaleSet", "virtualMachineProfile."))
)
"""The disk of such a machine is encrypted with its state, under a disk encryption set of the profile, and Azure then
refuses encryption on the host (hashicorp/terraform-provider-azurerm, linux_virtual_machine, encryption_at_host_enabled;
pulumi-azure-native 3.29.0, compute, VMDiskSecurityProfile; found as strings on 2026-11-30)."""
_NOT_CONFIDENTIAL = none_of("DiskWithVMGuestState")
_LOCAL_DISK = lazy_regex(r"[a-z]+_[a-z]+\d[\d-]*[a-ce-z]*d[a-z]*(?:_.*)?", re.IGNORECASE)
"""A `d` after the number says that a size has one (MicrosoftDocs/azure-docs, "Azure virtual machine sizes naming
conventions", found as a string on 2026-11-30)."""


def _check_local_disks(resource: Resource) -> Iterator[Outcome]:
    """Checks that a confidential machine, whose host may not encrypt, has no local disk."""
    for tokens, profile in CONFIDENTIAL_DISK:
        if resource.type not in tokens:
            continue
        is_set = profile.startswith("virtual")
        sizes = ("sku.name", "skuProfile?.vmSizes[*].name") if is_set else ("hardwareProfile.vmSize",)
        kinds = [CONFIDENTIAL.judge(value) for _, value in walk(resource.props, f"{profile}.securityEncryptionType")]
        for path, value in (found for size in sizes for found in walk(resource.props, size)):
            if Verdict.FAIL not in kinds and isinstance(value, str) and _LOCAL_DISK.fullmatch(value):
                yield failed(f"{path} has a local disk, which nothing encrypts on a confidential machine", path)


HOST_ROWS = (
    Check(azure("containerservice:ManagedCluster"), "agentPoolProfiles[*].enableEncryptionAtHost", TRUE),
    Check(azure("containerservice:AgentPool"), "enableEncryptionAtHost", TRUE),
    *(
        Check(
            tokens,
            f"{path.partition('storageProfile')[0]}securityProfile.encryptionAtHost",
            TRUE,
            when=(f"{path}.securityEncryptionType", _NOT_CONFIDENTIAL),
        )
        for tokens, path in CONFIDENTIAL_DISK
    ),
)

_FLEET = "computeProfile.baseVirtualMachineProfile"

_OPENSHIFT = azure("redhatopenshift:OpenShiftCluster")

FURTHER_HOST_ROWS = (
    Check(_OPENSHIFT, "masterProfile.encryptionAtHost", one_of("Enabled")),
    Check(_OPENSHIFT, "workerProfiles[*].encryptionAtHost", one_of("Enabled")),
    Check(azure("azurefleet:Fleet"), f"{_FLEET}.securityProfile.encryptionAtHost", TRUE),
    Check(azure("hdinsight:Cluster"), "properties.diskEncryptionProperties.encryptionAtHost", TRUE),
    Check(azure("servicefabric:NodeType"), "enableEncryptionAtHost", TRUE),
    Check(azure("batch:Pool"),
          "deploymentConfiguration?.virtualMachineConfiguration?.securityProfile.encryptionAtHost", TRUE),
)  # fmt: skip

AZURE_COMPUTE: tuple[Guardrail, ...] = (
    encryption_rule(203, Severity.HIGH, "Azure clusters and registries are encrypted with a customer-managed key",
                    OWN_KEY, AZURE_KEY,
                    checks=CLUSTER_ROWS),
    encryption_rule(208, Severity.MEDIUM, "Azure machines encrypt their temporary disks and caches on the host",
                    OWN_KEY,
                    "Set enable_encryption_at_host (AKS) or encryption_at_host (machines) to true; where the disk of "
                    "a confidential machine excludes that, take a size without a local disk",
                    checks=HOST_ROWS, predicate=_check_local_disks,
                    types=tuple(token for tokens, _ in CONFIDENTIAL_DISK for token in tokens)),
    encryption_rule(213, Severity.MEDIUM,
                    "Machines of further Azure services encrypt their temporary disks and caches on the host",
                    OWN_KEY, "Set encryption_at_host",
                    checks=FURTHER_HOST_ROWS),
)  # fmt: skip
