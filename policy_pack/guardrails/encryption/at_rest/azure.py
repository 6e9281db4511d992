"""Encryption at rest on Azure and in Kubernetes storage classes: which property must say so.

Property names checked against pulumi-azure-native 3.29.0 and pulumi-kubernetes 4.34.2 on 2026-11-24 (a test repeats
it). Left out on purpose: the key of a Log Analytics workspace, which exists only through a dedicated cluster with a
commitment of 100 GB a day, and infrastructure (double) encryption, which no control here asks for.
"""

from ...engine.conditions import CUSTOMER_KEY, NOT_FALSE, SET, TRUE, one_of
from ...engine.families import encryption_rule
from ...engine.rows import Check, Guardrail, Severity, azure

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
_SET_ON_DISKS = "managedDisk.diskEncryptionSet.id"

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
    Check(azure("compute:VirtualMachine"), f"{_OS_DISK}.diskEncryptionSet.id", SET),
    Check(azure("compute:VirtualMachine"), f"storageProfile.dataDisks[*].{_SET_ON_DISKS}", SET),
    Check(azure("compute:VirtualMachineScaleSet"), f"virtualMachineProfile.{_OS_DISK}.diskEncryptionSet.id", SET),
    Check(azure("compute:VirtualMachineScaleSet"),
          f"virtualMachineProfile.storageProfile.dataDisks[*].{_SET_ON_DISKS}", SET),
)  # fmt: skip

CLUSTER_ROWS = (
    Check(azure("containerservice:ManagedCluster"), "diskEncryptionSetID", SET),
    Check(azure("containerservice:ManagedCluster"), "securityProfile.azureKeyVaultKms.enabled", TRUE),
    Check(azure("containerservice:ManagedCluster"), "securityProfile.azureKeyVaultKms.keyId", SET),
    Check(azure("containerregistry:Registry"), "encryption.status", one_of("enabled")),
    Check(azure("containerregistry:Registry"), "encryption.keyVaultProperties.keyIdentifier", SET),
    Check(azure("containerinstance:ContainerGroup"), "encryptionProperties.vaultBaseUrl", SET),
    Check(azure("batch:BatchAccount"), "encryption.keySource", one_of("Microsoft.KeyVault")),
)

HOST_ROWS = (
    Check(azure("containerservice:ManagedCluster"), "agentPoolProfiles[*].enableEncryptionAtHost", TRUE),
    Check(azure("containerservice:AgentPool"), "enableEncryptionAtHost", TRUE),
    Check(azure("compute:VirtualMachine"), "securityProfile.encryptionAtHost", TRUE),
    Check(azure("compute:VirtualMachineScaleSet"), "virtualMachineProfile.securityProfile.encryptionAtHost", TRUE),
)

DATABASE_ROWS = (
    Check(azure("sql:ManagedInstance"), "keyId", SET),
    Check(azure("sql:EncryptionProtector"), "serverKeyType", one_of("AzureKeyVault")),
    Check(azure("sql:TransparentDataEncryption"), "state", one_of("Enabled")),
    Check(azure("dbforpostgresql:Server", "dbformysql:Server"), "dataEncryption.primaryKeyURI", SET),
    Check(azure("dbforpostgresql:Server", "dbformysql:Server"), "dataEncryption.type", one_of("AzureKeyVault")),
    Check(azure("cosmosdb:DatabaseAccount"), "keyVaultKeyUri", SET),
    Check(azure("redisenterprise:RedisEnterprise"), "encryption.customerManagedKeyEncryption.keyEncryptionKeyUrl", SET),
    Check(azure("kusto:Cluster"), "keyVaultProperties.keyVaultUri", SET),
    Check(azure("kusto:Cluster"), "enableDiskEncryption", TRUE),
)

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
    Check(azure("hdinsight:Cluster"), "properties.diskEncryptionProperties.vaultUri", SET),
    Check(azure("healthcareapis:FhirService", "healthcareapis:DicomService", "fluidrelay:FluidRelayServer",
                "devcenter:DevCenter"), "encryption.customerManagedKeyEncryption.keyEncryptionKeyUrl", SET),
    Check(azure("deviceupdate:Account"), "encryption.keyVaultKeyUri", SET),
    Check(azure("healthcareapis:Service"), "properties.cosmosDbConfiguration.keyVaultKeyUri", SET),
)  # fmt: skip

AI_ROWS = (
    Check(azure("cognitiveservices:Account"), "properties.encryption.keySource", _KEY_VAULT),
    Check(azure("cognitiveservices:Account"), "properties.encryption.keyVaultProperties.keyVaultUri", SET),
    Check(azure("machinelearningservices:Workspace"), "encryption.status", one_of("Enabled")),
    Check(azure("machinelearningservices:Workspace"), "encryption.keyVaultProperties.keyIdentifier", SET),
    Check(azure("search:Service"), "encryptionWithCmk.enforcement", one_of("Enabled")),
    Check(azure("databricks:Workspace"),
          "encryption.entities.managedServices.keyVaultProperties.keyVaultUri", SET),
    Check(azure("databricks:Workspace"), "encryption.entities.managedDisk.keyVaultProperties.keyVaultUri", SET),
    Check(azure("synapse:Workspace"), "encryption.cmk.key.keyVaultUrl", SET),
)  # fmt: skip

VAULT_ROWS = (
    Check(azure("keyvault:Vault"), "properties.enablePurgeProtection", TRUE),
    Check(azure("keyvault:Vault"), "properties.enableSoftDelete", NOT_FALSE),
    Check(azure("keyvault:ManagedHsm"), "properties.enablePurgeProtection", TRUE),
)

_STORAGE_CLASS = ("kubernetes:storage.k8s.io/v1:StorageClass",)
_EBS = ("provisioner", one_of("ebs.csi.aws.com", "kubernetes.io/aws-ebs"))
_AZURE_DISK = ("provisioner", one_of("disk.csi.azure.com", "kubernetes.io/azure-disk"))

_CEPH = ("provisioner", one_of("rbd.csi.ceph.com", "rook-ceph.rbd.csi.ceph.com", "cephfs.csi.ceph.com",
                               "rook-ceph.cephfs.csi.ceph.com"))  # fmt: skip

KUBERNETES_ROWS = (
    Check(_STORAGE_CLASS, "parameters.encrypted", TRUE, when=_EBS),
    Check(_STORAGE_CLASS, "parameters.kmsKeyId", CUSTOMER_KEY, when=_EBS),
    Check(_STORAGE_CLASS, "parameters.diskEncryptionSetID", SET, when=_AZURE_DISK),
    Check(_STORAGE_CLASS, "parameters.encrypted", TRUE, when=_CEPH),
    Check(_STORAGE_CLASS, "parameters.encryptionKMSID", SET, when=_CEPH),
)


_WHY = "whoever holds the key decides who reads the data; a key of one's own can be audited, denied and destroyed"


_VAULT_KEY = "Create an azure_native.keyvault.Key in a vault with purge protection and refer to it"
_DISK_SET = "Create an azure_native.compute.DiskEncryptionSet for your key and pass its id"

AZURE_ENCRYPTION: tuple[Guardrail, ...] = (
    encryption_rule(201, Severity.CRITICAL, "Azure storage is encrypted with a customer-managed key",
                    _WHY, _VAULT_KEY,
                    checks=STORAGE_ROWS),
    encryption_rule(202, Severity.HIGH, "Azure disks are encrypted through a disk encryption set",
                    _WHY, _DISK_SET,
                    checks=DISK_ROWS),
    encryption_rule(203, Severity.HIGH, "Azure clusters and registries are encrypted with a customer-managed key",
                    _WHY, _VAULT_KEY,
                    checks=CLUSTER_ROWS),
    encryption_rule(204, Severity.HIGH, "Azure databases are encrypted with a customer-managed key",
                    _WHY, _VAULT_KEY,
                    checks=DATABASE_ROWS),
    encryption_rule(205, Severity.HIGH,
                    "Azure messaging and platform services are encrypted with a customer-managed key",
                    _WHY,
                    _VAULT_KEY,
                    checks=SERVICE_ROWS),
    encryption_rule(206, Severity.HIGH, "Azure AI and analytics services are encrypted with a customer-managed key",
                    _WHY, _VAULT_KEY,
                    checks=AI_ROWS),
    encryption_rule(207, Severity.HIGH, "Key vaults cannot be purged before their retention ends",
                    _WHY,
                    "Set enable_purge_protection to true; without it a deleted key takes the data with it",
                    checks=VAULT_ROWS),
    encryption_rule(208, Severity.MEDIUM, "Azure machines encrypt their temporary disks and caches on the host",
                    _WHY, "Set enable_encryption_at_host (AKS) or encryption_at_host (machines) to true",
                    checks=HOST_ROWS),
    encryption_rule(301, Severity.HIGH, "Kubernetes storage classes encrypt volumes with a customer-managed key",
                    _WHY,
                    "Name the key in the parameters: kmsKeyId or encryptionKMSID with encrypted=true, or "
                    "diskEncryptionSetID",
                    checks=KUBERNETES_ROWS),
)  # fmt: skip
