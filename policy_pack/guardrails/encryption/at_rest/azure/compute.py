"""Encryption at rest of Azure clusters and registries, and of temporary disks on the host.

Property names checked against pulumi-azure-native 3.29.0 on 2026-11-24 and 25 (a test repeats it).
"""

from ....engine.conditions import SET, TRUE, one_of
from ....engine.families import encryption_rule
from ....engine.rows import CONTAINER_GROUPS, Check, Guardrail, Severity, azure
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

HOST_ROWS = (
    Check(azure("containerservice:ManagedCluster"), "agentPoolProfiles[*].enableEncryptionAtHost", TRUE),
    Check(azure("containerservice:AgentPool"), "enableEncryptionAtHost", TRUE),
    Check(azure("compute:VirtualMachine"), "securityProfile.encryptionAtHost", TRUE),
    Check(azure("compute:VirtualMachineScaleSet"), "virtualMachineProfile.securityProfile.encryptionAtHost", TRUE),
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
                    "Set enable_encryption_at_host (AKS) or encryption_at_host (machines) to true",
                    checks=HOST_ROWS),
    encryption_rule(213, Severity.MEDIUM,
                    "Machines of further Azure services encrypt their temporary disks and caches on the host",
                    OWN_KEY, "Set encryption_at_host",
                    checks=FURTHER_HOST_ROWS),
)  # fmt: skip
