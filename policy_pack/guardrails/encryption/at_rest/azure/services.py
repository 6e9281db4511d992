"""Encryption at rest of Azure messaging, platform, scientific and other services.

Property names checked against pulumi-azure-native 3.29.0 on 2026-11-24 and 25 (a test repeats it). Not checked: the key
of a Log Analytics workspace, which needs a dedicated cluster with a commitment of 100 GB a day; machine images, which
contain programs; services that belong to Microsoft 365, Dynamics or Azure Local.
"""

from ....engine.conditions import SET, TRUE, one_of
from ....engine.families import encryption_rule
from ....engine.rows import Check, Guardrail, Severity, azure
from ..reasons import AZURE_KEY, OWN_KEY

_KEY_VAULT = one_of("Microsoft.Keyvault")

SERVICE_ROWS = (
    Check(azure("eventhub:Namespace", "servicebus:Namespace"), "encryption.keySource", _KEY_VAULT),
    Check(azure("eventhub:Namespace", "servicebus:Namespace"), "encryption.keyVaultProperties[+].keyVaultUri", SET),
    Check(azure("operationalinsights:Cluster"), "keyVaultProperties.keyVaultUri", SET),
    Check(azure("appconfiguration:ConfigurationStore"), "encryption.keyVaultProperties.keyIdentifier", SET),
    Check(azure("automation:AutomationAccount"), "encryption.keySource", _KEY_VAULT),
    Check(azure("automation:Variable"), "isEncrypted", TRUE),
    Check(azure("loadtestservice:LoadTest"), "encryption.keyUrl", SET),
    Check(azure("avs:PrivateCloud"), "encryption.status", one_of("Enabled")),
    Check(azure("datafactory:Factory"), "encryption.vaultBaseUrl", SET),
    # What a job keeps between two events, and telemetry, are otherwise in a store of Microsoft (Azure/azure-policy
    # f4a50bac built-in-policies/policyDefinitions, Stream Analytics/CMK_Audit.json and Monitoring/
    # ApplicationInsightsComponent_WorkspaceAssociation_Deny.json, read 2026-12-01).
    Check(azure("streamanalytics:StreamingJob"), "contentStoragePolicy", one_of("JobStorageAccount")),
    Check(azure("applicationinsights:Component"), "workspaceResourceId", SET),
    Check(azure("hdinsight:Cluster"), "properties.diskEncryptionProperties.vaultUri", SET),
    Check(azure("healthcareapis:FhirService", "healthcareapis:DicomService", "fluidrelay:FluidRelayServer",
                "devcenter:DevCenter"), "encryption.customerManagedKeyEncryption.keyEncryptionKeyUrl", SET),
    Check(azure("deviceupdate:Account"), "encryption.keyVaultKeyUri", SET),
    Check(azure("healthcareapis:Service"), "properties.cosmosDbConfiguration.keyVaultKeyUri", SET),
)  # fmt: skip

_FLEET = "computeProfile.baseVirtualMachineProfile"
_BULK = "properties?.computeProfile?.virtualMachineProfile"

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
    # Keys of disks that are shipped; those of Microsoft by default (EncryptionKeyDetailsArgs of pulumi-azure-native
    # 3.29.0, read 2026-11-30).
    Check(azure("importexport:Job"), "properties.encryptionKey.kekType", one_of("CustomerManaged")),
    # That of a device, in the same way (KeyEncryptionKeyArgs, read 2026-12-01).
    Check(azure("databox:Job"), "details.keyEncryptionKey.kekType", one_of("CustomerManaged")),
    Check(_OPENSHIFT, "masterProfile.diskEncryptionSetId", SET),
    Check(_OPENSHIFT, "workerProfiles[*].diskEncryptionSetId", SET),
    *(Check(tokens, f"{machine}.storageProfile.{disk}.managedDisk.diskEncryptionSet.id", SET)
      for tokens, machine in ((azure("azurefleet:Fleet"), _FLEET), (azure("computebulkactions:BulkAction"), _BULK))
      for disk in ("osDisk", "dataDisks[*]")),
)  # fmt: skip

AZURE_SERVICES: tuple[Guardrail, ...] = (
    encryption_rule(205, Severity.HIGH,
                    "Azure messaging and platform services are encrypted with a customer-managed key",
                    OWN_KEY, AZURE_KEY,
                    checks=SERVICE_ROWS),
    encryption_rule(212, Severity.HIGH,
                    "Further Azure databases, file systems and clusters are encrypted with a customer-managed key",
                    OWN_KEY, AZURE_KEY,
                    checks=FURTHER_ROWS),
)  # fmt: skip
