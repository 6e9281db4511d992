"""Good idioms that come close to what the attacks of `listed_azure_policies` do (2026-12-01)."""

from ..blind import az
from ..harness import Given
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import HERE, ID, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET

USER = {"type": "UserAssigned", "userAssignedIdentities": [ID]}
TEAM = "11111111-2222-3333-4444-555555555555"
VAULT = f"{OURS}.RecoveryServices/vaults/rsv-bank"


def _pool(name: str, kind: str, **properties: object) -> Given:
    return az("machinelearningservices:Compute", {
        **HERE, "workspaceName": "mlw-bank", "computeName": name, "properties": {
            "computeType": kind, "disableLocalAuth": True, **properties}}, name)  # fmt: skip


def _logs(name: str, *categories: str) -> Given:
    return az("monitor:DiagnosticSetting", {
        "name": name, "resourceUri": f"{OURS}.ContainerService/managedClusters/aks-bank",
        "workspaceId": f"{OURS}.OperationalInsights/workspaces/logs",
        "logs": [{"category": category, "enabled": True} for category in categories]}, name)  # fmt: skip


IDIOMS = (
    Idiom("blobs of cards have a key of their own in the bank's vault", (
        az("storage:EncryptionScope", {
            **RG, "accountName": "stbank", "encryptionScopeName": "cards", "source": "Microsoft.KeyVault",
            "keyVaultProperties": {"keyUri": "https://kv-bank.vault.azure.net/keys/cards"}}, "cards"),),
        f"{LEARN}/storage/blobs/encryption-scope-overview", unpriced("azure-native:storage:EncryptionScope::cards")),
    Idiom("packages of SSIS run in the spoke, and a server of the data centre copies what is there", (
        AZURE_BUDGET,
        az("datafactory:IntegrationRuntime", {
            **RG, "factoryName": "adf-bank", "integrationRuntimeName": "ssis", "properties": {
                "type": "Managed", "ssisProperties": {"edition": "Standard", "licenseType": "LicenseIncluded"},
                "customerVirtualNetwork": {"subnetId": f"{VNET}/subnets/ssis"},
                "computeProperties": {"location": "UAE North", "nodeSize": "Standard_D2_v3", "numberOfNodes": 1}}},
            "ssis"),
        az("datafactory:IntegrationRuntime", {
            **RG, "factoryName": "adf-bank", "integrationRuntimeName": "site", "properties": {
                "type": "SelfHosted", "description": "A machine of the data centre"}}, "site")),
        f"{LEARN}/data-factory/join-azure-ssis-integration-runtime-virtual-network",
        unpriced("azure-native:datafactory:IntegrationRuntime::ssis")),
    Idiom("a group watches a cluster of Data Explorer, and each team administers its database", (
        az("kusto:ClusterPrincipalAssignment", {
            **RG, "clusterName": "adxbank", "principalAssignmentName": "watchers", "principalId": TEAM,
            "principalType": "Group", "role": "AllDatabasesMonitor"}, "watchers"),
        az("kusto:DatabasePrincipalAssignment", {
            **RG, "clusterName": "adxbank", "databaseName": "cards", "principalAssignmentName": "team",
            "principalId": TEAM, "principalType": "Group", "role": "Admin"}, "team")),
        f"{LEARN}/kusto/access-control/role-based-access-control"),
    Idiom("a cluster records changes in one place, and what its parts do in another", (
        _logs("changes", "kube-audit-admin", "guard"), _logs("parts", "kube-apiserver", "kube-controller-manager")),
        f"{LEARN}/aks/monitor-aks-reference"),
    Idiom("a device brings what was scanned, under the bank's key", (
        AZURE_BUDGET,
        az("databox:Job", {
            **HERE, "jobName": "scans", "sku": {"name": "DataBox"}, "transferType": "ImportToAzure", "details": {
                "jobDetailsType": "DataBox", "contactDetails": {
                    "contactName": "Platform", "phone": "+97140000000", "emailList": []},
                "keyEncryptionKey": {"kekType": "CustomerManaged", "kekVaultResourceID":
                                     f"{OURS}.KeyVault/vaults/kv-bank", "kekUrl":
                                     "https://kv-bank.vault.azure.net/keys/boxes"},
                "shippingAddress": {"streetAddress1": "1 Bank Street", "city": "Dubai", "country": "AE"},
                "dataImportDetails": [{"accountDetails": {
                    "dataAccountType": "StorageAccount",
                    "storageAccountId": f"{OURS}.Storage/storageAccounts/stbank"}}]}}, "scans")),
        f"{LEARN}/databox/data-box-customer-managed-encryption-key-portal",
        unpriced("azure-native:databox:Job::scans")),
    Idiom("state of a count of payments lies in the bank's account of storage", (
        AZURE_BUDGET,
        az("streamanalytics:StreamingJob", {
            **HERE, "jobName": "counts", "sku": {"name": "StandardV2"}, "identity": {"type": "SystemAssigned"},
            "compatibilityLevel": "1.2", "contentStoragePolicy": "JobStorageAccount",
            "jobStorageAccount": {"accountName": "stbank", "authenticationMode": "Msi"}}, "counts")),
        f"{LEARN}/stream-analytics/data-protection", {
            "residency": {"known": {"stbank.blob.core.windows.net": "the bank's own account, in uaenorth"}},
            **unpriced("azure-native:streamanalytics:StreamingJob::counts")}),
    Idiom("backups of machines stay for their time in a vault that nobody opens", (
        az("recoveryservices:Vault", {
            **HERE, "vaultName": "rsv-bank", "sku": {"name": "Standard"}, "identity": USER, "properties": {
                "publicNetworkAccess": "Disabled", "encryption": {
                    "keyVaultProperties": {"keyUri": "https://kv-bank.vault.azure.net/keys/cmk"},
                    "kekIdentity": {"userAssignedIdentity": ID}},
                "securitySettings": {"immutabilitySettings": {"state": "Unlocked"}, "softDeleteSettings": {
                    "softDeleteState": "AlwaysON", "softDeleteRetentionPeriodInDays": 30}}}}, "rsv", protect=True),
        lock(VAULT, "rsv")), f"{LEARN}/backup/backup-azure-immutable-vault-concept"),
    Idiom("a machine for models has a driver without a signature, and says what it started", (
        AZURE_BUDGET,
        az("compute:VirtualMachine", {
            **HERE, "vmName": "vm-gpu", "hardwareProfile": {"vmSize": "Standard_NV36ads_A10_v5"}, "securityProfile": {
                "encryptionAtHost": True, "securityType": "TrustedLaunch",
                "uefiSettings": {"secureBootEnabled": False, "vTpmEnabled": True}},
            "networkProfile": {"networkInterfaces": [{"id": f"{OURS}.Network/networkInterfaces/vm-gpu"}]},
            "storageProfile": {
                "imageReference": {"publisher": "Canonical", "offer": "ubuntu-24_04-lts", "sku": "server",
                                   "version": "24.04.202510010"},
                "osDisk": {"createOption": "FromImage", "managedDisk": {"diskEncryptionSet": {
                    "id": f"{OURS}.Compute/diskEncryptionSets/des-bank"}}}},
            "osProfile": {"computerName": "vm-gpu", "adminUsername": "bank", "linuxConfiguration": {
                "disablePasswordAuthentication": True, "ssh": {"publicKeys": [{
                    "path": "/home/bank/.ssh/authorized_keys", "keyData":
                    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIexampleexampleexample"}]}}}}, "gpu")),
        f"{LEARN}/virtual-machines/linux/n-series-driver-setup"),
    Idiom("trainings run on nodes without public addresses, and on a cluster that the bank has attached", (
        AZURE_BUDGET,
        _pool("cpu", "AmlCompute", properties={
            "vmSize": "Standard_D4s_v3", "enableNodePublicIp": False, "remoteLoginPortPublicAccess": "Disabled",
            "scaleSettings": {"minNodeCount": 0, "maxNodeCount": 2, "nodeIdleTimeBeforeScaleDown": "PT10M"}}),
        _pool("site", "Kubernetes", resourceId=f"{OURS}.Kubernetes/connectedClusters/dc1", properties={
            "namespace": "trainings", "defaultInstanceType": "small"})),
        f"{LEARN}/machine-learning/how-to-secure-training-vnet", unpriced(
            "azure-native:machinelearningservices:Compute::cpu", "azure-native:machinelearningservices:Compute::site")),
)  # fmt: skip
