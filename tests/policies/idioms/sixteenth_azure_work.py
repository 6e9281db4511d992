"""Good idioms of platform teams on Azure: features, images, copies, mail, apps and fleets (set 16, blind)."""

from ..blind import TAGS, az
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import HERE, ID, KEY_URL, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .sixth_azure import endpoint
from .thirteenth_azure import USER
from .twelfth_azure_platform import SYSTEM, audit, granted

STORE = f"{OURS}.Storage/storageAccounts/stbank"
FEATURES = f"{OURS}.MachineLearningServices/workspaces/fs-bank"
SCANS, COPIES = f"{OURS}.HealthcareApis/workspaces/hwbank", f"{OURS}.DataProtection/backupVaults/bv-bank"
MAIL, FLEET = f"{OURS}.Communication/communicationServices/acs-bank", f"{OURS}.ContainerService/fleets/fleet-bank"
MACHINE = f"{OURS}.Compute/virtualMachines/vm-ledger"
SECRETS = "https://kv-bank.vault.azure.net/secrets"
DAILY = ["R/2026-12-01T20:00:00+04:00/P1D"]
VAULT_STORE = {"dataStoreType": "VaultStore", "objectType": "DataStoreInfoBase"}
OPERATIONAL = {"dataStoreType": "OperationalStore", "objectType": "DataStoreInfoBase"}


def kept_for(days: int, store: dict[str, str]) -> dict[str, object]:
    """Returns the rule that keeps copies of a store for some days."""
    return {"objectType": "AzureRetentionRule", "name": "Default", "isDefault": True, "lifecycles": [{
        "deleteAfter": {"objectType": "AbsoluteDeleteOption", "duration": f"P{days}D"}, "sourceDataStore": store,
        "targetDataStoreCopySettings": []}]}  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("features of accounts are made each day from reviewed code, for the network alone", (
        AZURE_BUDGET,
        az("machinelearningservices:FeaturestoreEntityVersion", {
            **RG, "workspaceName": "fs-bank", "name": "account", "version": "1", "properties": {
                "description": "An account", "stage": "Production", "indexColumns": [
                    {"columnName": "accountId", "dataType": "String"}], "tags": TAGS}}, "account"),
        az("machinelearningservices:FeaturesetVersion", {
            **RG, "workspaceName": "fs-bank", "name": "transactions", "version": "1", "properties": {
                "description": "Sums of seven days", "stage": "Production", "entities": ["azureml:account:1"],
                "specification": {"path": "azureml://datastores/features/paths/transactions/spec"}, "tags": TAGS,
                "materializationSettings": {
                    "storeType": "Offline", "resource": {"instanceType": "Standard_E8s_v3"}, "sparkConfiguration": {
                        "spark.executor.cores": "4", "spark.executor.instances": "2"}, "schedule": {
                            "triggerType": "Recurrence", "frequency": "Day", "interval": 1, "timeZone":
                            "Arabian Standard Time", "startTime": "2026-12-01T22:00:00"}, "notification": {
                                "emailOn": ["JobFailed"], "emails": ["ml-platform@bank.ae"]}}}}, "transactions",
            links={"properties": ("account",)}),
        endpoint("fs", FEATURES, "amlworkspace")),
        f"{LEARN}/machine-learning/concept-what-is-managed-feature-store", {
            "residency": {"known": {"@bank.ae": "our own mail"}}, **unpriced(
                "azure-native:machinelearningservices:FeaturesetVersion::transactions")}),
    Idiom("images of Red Hat come through the bank's registry with a login of the vault, and are built inside", (
        AZURE_BUDGET,
        az("containerregistry:CredentialSet", {
            **RG, "registryName": "crbank", "credentialSetName": "redhat", "loginServer": "registry.redhat.io",
            **SYSTEM, "authCredentials": [{
                "name": "Credential1", "usernameSecretIdentifier": f"{SECRETS}/redhat-user", "passwordSecretIdentifier":
                f"{SECRETS}/redhat-password"}]}, "redhat"),
        az("containerregistry:CacheRule", {
            **RG, "registryName": "crbank", "cacheRuleName": "ubi9", "sourceRepository":
            "registry.redhat.io/ubi9/python-312", "targetRepository": "mirror/ubi9/python-312",
            "credentialSetResourceId": UNKNOWN}, "ubi9", links={"credentialSetResourceId": ("redhat",)}),
        az("containerregistry:AgentPool", {
            **HERE, "registryName": "crbank", "agentPoolName": "inner", "tier": "S2", "count": 1, "os": "Linux",
            "virtualNetworkSubnetResourceId": f"{VNET}/subnets/builds"}, "inner")),
        f"{LEARN}/container-registry/artifact-cache-credentials; {LEARN}/container-registry/tasks-agent-pools", {
            "escape": {"image_publishers": {"registry.redhat.io/ubi9": "base images of Red Hat, reviewed by us"}},
            **unpriced("azure-native:containerregistry:AgentPool::inner")}),
    Idiom("scans of patients of the bank's clinic lie in a DICOM service under the bank's key, inside the network", (
        AZURE_BUDGET,
        az("healthcareapis:Workspace", {**HERE, "workspaceName": "hwbank"}, "clinic"),
        az("healthcareapis:DicomService", {
            **HERE, "workspaceName": "hwbank", "dicomServiceName": "scans", **USER, "enableDataPartitions": False,
            "encryption": {"customerManagedKeyEncryption": {"keyEncryptionKeyUrl": KEY_URL}}}, "scans", protect=True,
            links={"workspaceName": ("clinic",)}),
        endpoint("hw", SCANS, "healthcareworkspace"), audit("scans", f"{SCANS}/dicomservices/scans"),
        granted("reader", f"{SCANS}/dicomservices/scans", "e89c7a3c-2f64-4fa1-a847-3e4c9ba4283a"),
        lock(SCANS, "clinic")),
        f"{LEARN}/healthcare-apis/dicom/configure-customer-managed-keys", {**unpriced(
            "azure-native:healthcareapis:DicomService::scans"), "resilience": {"kept_elsewhere": {
                "scans": "kept in the archive of the clinic too"}}}),
    Idiom("disks are copied each night for thirty days into a vault that nobody can shorten, by its own identity", (
        AZURE_BUDGET,
        az("dataprotection:BackupVault", {
            **HERE, "vaultName": "bv-bank", "identity": {"type": "UserAssigned", "userAssignedIdentities": [ID]},
            "properties": {
                "storageSettings": [{"datastoreType": "VaultStore", "type": "ZoneRedundant"}], "featureSettings": {
                    "crossSubscriptionRestoreSettings": {"state": "PermanentlyDisabled"}}, "monitoringSettings": {
                        "azureMonitorAlertSettings": {"alertsForAllJobFailures": "Enabled"}},
                "securitySettings": {
                    "immutabilitySettings": {"state": "Locked"}, "softDeleteSettings": {
                        "state": "AlwaysOn", "retentionDurationInDays": 30}, "encryptionSettings": {
                            "state": "Enabled", "infrastructureEncryption": "Enabled", "kekIdentity": {
                                "identityType": "UserAssigned", "identityId": ID}, "keyVaultProperties": {
                                    "keyUri": "https://kv-bank.vault.azure.net/keys/cmk"}}}}}, "vault", protect=True),
        az("dataprotection:BackupPolicy", {
            **RG, "vaultName": "bv-bank", "backupPolicyName": "disks", "properties": {
                "objectType": "BackupPolicy", "datasourceTypes": ["Microsoft.Compute/disks"], "policyRules": [{
                    "objectType": "AzureBackupRule", "name": "Night", "dataStore": OPERATIONAL, "backupParameters": {
                        "objectType": "AzureBackupParams", "backupType": "Incremental"}, "trigger": {
                            "objectType": "ScheduleBasedTriggerContext", "schedule": {
                                "repeatingTimeIntervals": DAILY, "timeZone": "Arabian Standard Time"},
                            "taggingCriteria": [{"isDefault": True, "taggingPriority": 99, "tagInfo": {
                                "tagName": "Default"}}]}}, kept_for(30, OPERATIONAL)]}}, "disks", links={
                                    "vaultName": ("vault",)}),
        lock(COPIES, "vault")),
        f"{LEARN}/backup/backup-managed-disks; {LEARN}/backup/backup-azure-immutable-vault-concept", unpriced(
            "azure-native:dataprotection:BackupVault::vault")),
    Idiom("before each release the ledger's machine is kept as it stands, but for its disk of scratch", (
        AZURE_BUDGET,
        az("compute:RestorePointCollection", {**HERE, "restorePointCollectionName": "rpc-ledger", "source": {
            "id": MACHINE}}, "collection"),
        az("compute:RestorePoint", {
            **RG, "restorePointCollectionName": "rpc-ledger", "restorePointName": "before-42", "consistencyMode":
            "ApplicationConsistent", "excludeDisks": [{"id": f"{OURS}.Compute/disks/disk-scratch"}]}, "before",
            links={"restorePointCollectionName": ("collection",)})),
        f"{LEARN}/virtual-machines/virtual-machines-create-restore-points", unpriced(
            "azure-native:compute:RestorePoint::before")),
    Idiom("mail to customers goes out from the UAE with names of roles alone, from the bank's own domain", (
        AZURE_BUDGET,
        az("communication:EmailService", {
            **RG, "emailServiceName": "mail-bank", "location": "global", "dataLocation": "UAE", "tags": TAGS}, "mail"),
        az("communication:Domain", {
            **RG, "emailServiceName": "mail-bank", "domainName": "notify.bank.ae", "location": "global",
            "domainManagement": "CustomerManaged", "userEngagementTracking": "Disabled", "tags": TAGS}, "domain",
            links={"emailServiceName": ("mail",)}),
        az("communication:CommunicationService", {
            **RG, "communicationServiceName": "acs-bank", "location": "global", "dataLocation": "UAE",
            "disableLocalAuth": True, "publicNetworkAccess": "Disabled", **SYSTEM, "linkedDomains": [UNKNOWN],
            "tags": TAGS}, "service", links={
                "linkedDomains": ("domain",)}),
        audit("service", MAIL)),
        f"{LEARN}/communication-services/concepts/privacy; {LEARN}/communication-services/concepts/data-residency", {
            "residency": {
                "known": {"bank.ae": "our own domain"},
                "global_services": {"azure-native:communication:": "data rests in the UAE (dataLocation); mail passes "
                                    "other countries on its way, as all mail may"}},
            **unpriced("azure-native:communication:CommunicationService::service",
                       "azure-native:communication:EmailService::mail",
                       "azure-native:communication:Domain::domain")}),
    Idiom("two apps of one environment share a name by paths, and read files of the network by NFS", (
        az("app:ManagedEnvironmentsStorage", {
            **RG, "environmentName": "cae-bank", "storageName": "models", "properties": {"nfsAzureFile": {
                "server": "stbankfiles.file.core.windows.net", "shareName": "/stbankfiles/models", "accessMode":
                "ReadOnly"}}}, "models"),
        az("app:HttpRouteConfig", {
            **RG, "environmentName": "cae-bank", "httpRouteName": "portal", "properties": {
                "customDomains": [{"name": "portal.bank.ae", "bindingType": "SniEnabled", "certificateId":
                                   f"{OURS}.App/managedEnvironments/cae-bank/certificates/portal"}],
                "rules": [{"description": name, "routes": [{"match": {"pathSeparatedPrefix": f"/{name}"}, "action": {
                    "prefixRewrite": "/"}}], "targets": [{"containerApp": f"ca-{name}"}]} for name in (
                        "limits", "rates")]}}, "portal")),
        f"{LEARN}/container-apps/rule-based-routing; {LEARN}/container-apps/storage-mounts-azure-files", {
            "residency": {"known": {"stbankfiles.file.core.windows.net": "our own account of files, in uaenorth",
                                    "bank.ae": "our own domain"}}},
        doubt="NFS of Azure Files has TLS only with the client of the machine; the environment is inside the network"),
    Idiom("clusters of a fleet get new versions by themselves, tests first and production a week later", (
        AZURE_BUDGET,
        az("containerservice:Fleet", {**HERE, "fleetName": "fleet-bank", **SYSTEM}, "fleet"),
        az("containerservice:FleetUpdateStrategy", {
            **RG, "fleetName": "fleet-bank", "updateStrategyName": "staged", "strategy": {"stages": [
                {"name": "tests", "groups": [{"name": "tests"}], "afterStageWaitInSeconds": 604800},
                {"name": "production", "groups": [{"name": "production"}]}]}}, "staged", links={
                    "fleetName": ("fleet",)}),
        az("containerservice:AutoUpgradeProfile", {
            **RG, "fleetName": "fleet-bank", "autoUpgradeProfileName": "stable", "channel": "Stable", "disabled": False,
            "updateStrategyId": UNKNOWN, "nodeImageSelection": {"type": "Consistent"}}, "stable", links={
                "updateStrategyId": ("staged",)}),
        lock(FLEET, "fleet")),
        f"{LEARN}/kubernetes-fleet/concepts-update-orchestration", unpriced(
            "azure-native:containerservice:Fleet::fleet")),
    Idiom("Spark of Synapse grows to six machines, sleeps when idle, and takes no package in a session", (
        AZURE_BUDGET,
        az("synapse:BigDataPool", {
            **HERE, "workspaceName": "syn-bank", "bigDataPoolName": "risk", "nodeSize": "Medium", "nodeSizeFamily":
            "MemoryOptimized", "sparkVersion": "3.5", "autoScale": {"enabled": True, "minNodeCount": 3, "maxNodeCount":
                                                                    6},
            "autoPause": {"enabled": True, "delayInMinutes": 15}, "sessionLevelPackagesEnabled": False,
            "isComputeIsolationEnabled": False, "dynamicExecutorAllocation": {
                "enabled": True, "minExecutors": 1, "maxExecutors": 5}, "sparkConfigProperties": {
                    "configurationType": "File", "filename": "spark.conf", "content":
                    "spark.authenticate true\nspark.network.crypto.enabled true\n"}}, "risk"),
        audit("risk", f"{OURS}.Synapse/workspaces/syn-bank/bigDataPools/risk")),
        f"{LEARN}/synapse-analytics/spark/apache-spark-pool-configurations", unpriced(
            "azure-native:synapse:BigDataPool::risk")),
    Idiom("patches of marked machines follow the window of the night, and a check asks if apps reach the ledger", (
        az("maintenance:ConfigurationAssignment", {
            **RG, "providerName": "Microsoft.Compute", "resourceType": "virtualMachines", "resourceName": "vm-ledger",
            "location": "uaenorth", "configurationAssignmentName": "night", "maintenanceConfigurationId":
            f"{OURS}.Maintenance/maintenanceConfigurations/night", "resourceId": MACHINE}, "night"),
        az("network:VerifierWorkspace", {
            **HERE, "networkManagerName": "nm-bank", "workspaceName": "checks", "properties": {
                "description": "Checks of ways"}}, "checks"),
        az("network:ReachabilityAnalysisIntent", {
            **RG, "networkManagerName": "nm-bank", "workspaceName": "checks",
            "reachabilityAnalysisIntentName": "ledger", "properties": {
                "sourceResourceId": f"{VNET}/subnets/apps", "destinationResourceId": MACHINE, "ipTraffic": {
                    "sourceIps": ["10.20.16.0/20"], "destinationIps": ["10.20.32.10"], "sourcePorts": ["*"],
                    "destinationPorts": ["5432"], "protocols": ["TCP"]}}}, "ledger", links={
                        "workspaceName": ("checks",)})),
        f"{LEARN}/virtual-network-manager/concept-virtual-network-verifier", unpriced(
            "azure-native:network:VerifierWorkspace::checks",
            "azure-native:network:ReachabilityAnalysisIntent::ledger")),
)  # fmt: skip
