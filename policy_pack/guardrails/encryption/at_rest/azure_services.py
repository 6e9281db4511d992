"""Encryption at rest on Azure, continued: further databases, clusters, file systems and scientific services.

Property names checked against pulumi-azure-native 3.29.0 on 2026-11-25 (a test repeats it). Left out on purpose: images
of machines, which hold programs, and services that belong to Microsoft 365, Dynamics or Azure Local.
"""

from ...engine.conditions import SET, TRUE, one_of
from ...engine.families import encryption_rule
from ...engine.rows import Check, Guardrail, Severity, azure

_FLEET = "computeProfile.baseVirtualMachineProfile"
_OPENSHIFT = azure("redhatopenshift:OpenShiftCluster")
_RESEARCH = azure("discovery:Workspace", "discovery:Bookshelf", "discovery:Supercomputer")

FURTHER_ROWS = (
    Check(azure("dbforpostgresql:ServerGroupCluster"), "dataEncryption.primaryKeyUri", SET),
    Check(azure("dbforpostgresql:ServerGroupCluster"), "dataEncryption.type", one_of("AzureKeyVault")),
    Check(azure("storagecache:AmlFilesystem", "storagecache:Cache"), "encryptionSettings.keyEncryptionKey.keyUrl", SET),
    Check(azure("netapp:Account"), "encryption.keyVaultProperties.keyVaultUri", SET),
    Check(azure("netapp:ElasticAccount"), "properties.encryption.keyVaultProperties.keyVaultUri", SET),
    Check(azure("automation:AutomationAccount"), "encryption.keyVaultProperties.keyvaultUri", SET),
    Check(azure("cognitiveservices:EncryptionScope", "healthbot:Bot"), "properties.keyVaultProperties.keyVaultUri",
          SET),
    Check(_RESEARCH, "properties.customerManagedKeys", one_of("Enabled")),
    Check(azure("maps:Account", "onlineexperimentation:OnlineExperimentationWorkspace"),
          "properties.encryption.customerManagedKeyEncryption.keyEncryptionKeyUrl", SET),
    Check(_OPENSHIFT, "masterProfile.diskEncryptionSetId", SET),
    Check(_OPENSHIFT, "workerProfiles[*].diskEncryptionSetId", SET),
    Check(azure("azurefleet:Fleet"), f"{_FLEET}.storageProfile.osDisk.managedDisk.diskEncryptionSet.id", SET),
)  # fmt: skip

FURTHER_HOST_ROWS = (
    Check(_OPENSHIFT, "masterProfile.encryptionAtHost", one_of("Enabled")),
    Check(_OPENSHIFT, "workerProfiles[*].encryptionAtHost", one_of("Enabled")),
    Check(azure("azurefleet:Fleet"), f"{_FLEET}.securityProfile.encryptionAtHost", TRUE),
    Check(azure("hdinsight:Cluster"), "properties.diskEncryptionProperties.encryptionAtHost", TRUE),
    Check(azure("servicefabric:NodeType"), "enableEncryptionAtHost", TRUE),
    Check(azure("batch:Pool"),
          "deploymentConfiguration?.virtualMachineConfiguration?.securityProfile.encryptionAtHost", TRUE),
)  # fmt: skip


_WHY = "whoever holds the key decides who reads the data; a key of one's own can be audited, denied and destroyed"


AZURE_SERVICE_ENCRYPTION: tuple[Guardrail, ...] = (
    encryption_rule(212, Severity.HIGH,
                    "Further databases, file systems and clusters on Azure are encrypted with a customer-managed key",
                    _WHY,
                    "Create an azure_native.keyvault.Key in a vault with purge protection and refer to it",
                    checks=FURTHER_ROWS),
    encryption_rule(213, Severity.MEDIUM,
                    "Machines of further Azure services encrypt temporary disks and caches on the host",
                    _WHY,
                    "Set encryption_at_host as said",
                    checks=FURTHER_HOST_ROWS),
)  # fmt: skip
