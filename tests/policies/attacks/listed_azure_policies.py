"""What the built-in definitions of Azure Policy refuse and the guardrails did not (Azure/azure-policy f4a50bac,
built-in-policies/policyDefinitions, read 2026-12-01).

Each plan breaks one definition; its folder and file stand in `harm`. Properties by pulumi-azure-native 3.29.0.
"""

from ..blind import HERE, OURS, RG, az
from . import Attack

ENC, RES, EXP = ("FJ-ENC-",), ("FJ-RES-",), ("FJ-EXP-",)
RSL, ESC = ("FJ-RSL-",), ("FJ-ESC-",)
KEY = {"keyVaultUri": "https://kv-bank.vault.azure.net", "keyName": "cmk", "keyVersion": "0" * 32}
ID = f"{OURS}.ManagedIdentity/userAssignedIdentities/app"
USER = {"type": "UserAssigned", "userAssignedIdentities": [ID]}
USERS = {"type": "UserAssigned", "userAssignedIdentities": {ID: {}}}
CLOSED = {"publicNetworkAccess": "Disabled"}


def _vault(kind: str, **settings: object) -> dict[str, object]:
    """Returns a vault of backups that is closed and has the bank's key."""
    encryption = {
        "keyVaultProperties": {"keyUri": "https://kv-bank.vault.azure.net/keys/cmk"},
        "kekIdentity": {"userAssignedIdentity": ID},
    }
    if kind == "recoveryservices:Vault":
        return {**HERE, "vaultName": "rsv-bank", "sku": {"name": "Standard"}, "identity": USER, "properties": {
            **CLOSED, "encryption": encryption, "securitySettings": settings}}  # fmt: skip
    return {**HERE, "vaultName": "bv-bank", "identity": USER, "properties": {
        "storageSettings": [{"datastoreType": "VaultStore", "type": "ZoneRedundant"}], "securitySettings": {
            "encryptionSettings": {"state": "Enabled", "keyVaultProperties": encryption["keyVaultProperties"],
                                   "kekIdentity": {"identityType": "UserAssigned"}}, **settings}}}  # fmt: skip


def _compute(name: str, kind: str, **properties: object) -> Attack:
    return Attack(f"the {name} have public addresses by default", EXP, (
        az("machinelearningservices:Compute", {
            **HERE, "workspaceName": "mlw-bank", "computeName": "cpu", "properties": {
                "computeType": kind, "disableLocalAuth": True, "computeLocation": "uaenorth", "properties": {
                    "vmSize": "Standard_D4s_v3", **properties}}}),),
        "major", "nodes are in a network of the service and have public addresses (Machine Learning, "
        "Compute_Vnet_Audit.json; pulumi-azure-native 3.29.0, AmlComputePropertiesArgs sets enable_node_public_ip to "
        "True)")  # fmt: skip


ATTACKS = (
    Attack("a scope of keys names the bank's key, and Microsoft's counts", ENC, (
        az("storage:EncryptionScope", {
            **RG, "accountName": "stbank", "encryptionScopeName": "cards", "source": "Microsoft.Storage",
            "keyVaultProperties": {"keyUri": "https://kv-bank.vault.azure.net/keys/cmk"}}),),
        "major", "blobs of the scope have a key of Microsoft, which the bank cannot take away (Storage, "
        "Storage_EncryptionScopesShouldUseCMK_Audit.json)"),
    Attack("a scope of keys does not say whose key counts", ENC, (
        az("storage:EncryptionScope", {
            **RG, "accountName": "stbank", "encryptionScopeName": "loans",
            "keyVaultProperties": {"keyUri": "https://kv-bank.vault.azure.net/keys/cmk"}}),),
        "minor", "as above: what the service takes by itself is not stated"),
    Attack("the image of all machines is built on one with a public address", EXP, (
        az("virtualmachineimages:VirtualMachineImageTemplate", {
            **HERE, "imageTemplateName": "golden", "identity": USER, "buildTimeoutInMinutes": 90,
            "source": {"type": "PlatformImage", "publisher": "canonical", "offer": "ubuntu-24_04-lts",
                       "sku": "server", "version": "latest"}, "vmProfile": {"vmSize": "Standard_D2s_v5"},
            "customize": [{"type": "Shell", "name": "harden", "inline": ["sudo apt-get -y upgrade"]}],
            "distribute": [{"type": "SharedImage", "runOutputName": "golden",
                            "galleryImageId": f"{OURS}.Compute/galleries/g/images/golden",
                            "targetRegions": [{"name": "uaenorth"}]}]}),),
        "major", "without a network, the machine is in one that the service makes, with a public address (VM Image "
        "Builder, PrivateLinkEnabled_Audit.json)"),
    Attack("notebooks of Databricks run in a network of the service", RES, (
        az("databricks:Workspace", {
            **HERE, "workspaceName": "dbw-bank", "sku": {"name": "premium"}, **CLOSED,
            "requiredNsgRules": "NoAzureDatabricksRules", "managedResourceGroupId":
            "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-dbw",
            "parameters": {"enableNoPublicIp": {"value": True}, "prepareEncryption": {"value": True}},
            "encryption": {"entities": {
                "managedServices": {"keySource": "Microsoft.Keyvault", "keyVaultProperties": KEY},
                "managedDisk": {"keySource": "Microsoft.Keyvault", "keyVaultProperties": KEY,
                                "rotationToLatestKeyVersionEnabled": True}}}}, protect=True),),
        "major", "what a notebook sends passes no firewall of the bank (Azure Databricks, "
        "Databricks_VNETEnabled_Audit.json)"),
    Attack("nodes of HDInsight are in no network of the bank", RES, (
        az("hdinsight:Cluster", {
            **HERE, "clusterName": "hdi-risk", "identity": USERS, "properties": {
                "clusterVersion": "5.1", "osType": "Linux", "tier": "Standard", "minSupportedTlsVersion": "1.2",
                "clusterDefinition": {"kind": "Spark"},
                "diskEncryptionProperties": {
                    "encryptionAtHost": True, "keyName": "cmk", "keyVersion": "0" * 32,
                    "vaultUri": KEY["keyVaultUri"], "msiResourceId": ID},
                "encryptionInTransitProperties": {"isEncryptionInTransitEnabled": True},
                "computeProfile": {"roles": [{
                    "name": "headnode", "targetInstanceCount": 2,
                    "hardwareProfile": {"vmSize": "Standard_E8_v3"}}]}}}),),
        "major", "the cluster's gateway and nodes are on the internet (HDInsight, VNETInjection_Audit.json)"),
    Attack("packages of SSIS run on machines in no network", RES, (
        az("datafactory:IntegrationRuntime", {
            **RG, "factoryName": "adf-bank", "integrationRuntimeName": "ssis", "properties": {
                "type": "Managed", "ssisProperties": {"edition": "Standard", "licenseType": "LicenseIncluded"},
                "computeProperties": {"location": "UAE North", "nodeSize": "Standard_D2_v3", "numberOfNodes": 1}}}),),
        "major", "packages reach every address, and no firewall sees it (Data Factory, "
        "SSISIR_JoinVirtualNetwork_Audit.json)"),
    Attack("data of the day is copied by machines in no network", RES, (
        az("datafactory:IntegrationRuntime", {
            **RG, "factoryName": "adf-bank", "integrationRuntimeName": "open", "properties": {
                "type": "Managed", "computeProperties": {"location": "UAE North", "dataFlowProperties": {
                    "computeType": "General", "coreCount": 8, "timeToLive": 10}}}}),),
        "major", "as above, for copies and flows of data"),
    _compute("nodes of trainings", "AmlCompute", remoteLoginPortPublicAccess="Disabled",
             scaleSettings={"minNodeCount": 0, "maxNodeCount": 2, "nodeIdleTimeBeforeScaleDown": "PT10M"}),
    _compute("machines of data scientists", "ComputeInstance", idleTimeBeforeShutdown="PT1H",
             applicationSharingPolicy="Personal", sshSettings={"sshPublicAccess": "Disabled"}),
    Attack("payments of a job lie in an account of Microsoft between two events", ENC, (
        az("streamanalytics:StreamingJob", {
            **HERE, "jobName": "counts", "sku": {"name": "StandardV2"}, "identity": {"type": "SystemAssigned"},
            "contentStoragePolicy": "SystemAccount", "compatibilityLevel": "1.2",
            "outputErrorPolicy": "Stop", "eventsOutOfOrderPolicy": "Adjust"}),),
        "major", "its state is under a key of Microsoft (Stream Analytics, CMK_Audit.json)"),
    Attack("traces of payments lie in a store that nobody chose", ENC, (
        az("applicationinsights:Component", {
            **HERE, "resourceName": "appi-bank", "kind": "web", "applicationType": "web", "disableLocalAuth": True,
            "publicNetworkAccessForIngestion": "Disabled", "publicNetworkAccessForQuery": "Disabled"}),),
        "minor", "telemetry is outside the workspaces whose key and retention the bank sets (Monitoring, "
        "ApplicationInsightsComponent_WorkspaceAssociation_Deny.json)"),
    *(Attack(f"backups in a vault of {kind.partition(':')[0]} can be deleted by who stops them", RSL, (
        az(kind, _vault(kind), protect=True),),
        "major", f"without immutability, retention is shortened and copies are deleted (Backup, {file})")
      for kind, file in (("recoveryservices:Vault", "RecoveryServices_Immutability_Audit.json"),
                         ("dataprotection:BackupVault", "Vaults_Immutability_Audit.json"))),
    Attack("findings of Defender are forwarded to nobody", ESC, (
        az("security:Automation", {
            **HERE, "automationName": "to-soc", "isEnabled": False, "scopes": [{
                "scopePath": "/subscriptions/00000000-0000-0000-0000-000000000001"}],
            "sources": [{"eventSource": "Alerts"}], "actions": [{
                "actionType": "Workspace", "workspaceResourceId": f"{OURS}.OperationalInsights/workspaces/logs"}]}),),
        "major", "the team that answers hears of no attack (Security Center, "
        "ASC_WorkflowAutomationAzureSecurityCenterAlerts_DINE.json)"),
    *(Attack(f"one group reads and deletes every database of {name}", ESC, (
        az(f"{kind}PrincipalAssignment", {
            **RG, **cluster, "principalAssignmentName": "all", "principalId": "11111111-2222-3333-4444-555555555555",
            "principalType": "Group", "role": "AllDatabasesAdmin"}),),
        "major", "the role is of all databases, those to come too (Azure Data Explorer, "
        "ADX_AllDatabaseAdmins_Deny.json)")
      for name, kind, cluster in (
          ("Data Explorer", "kusto:Cluster", {"clusterName": "adxbank"}),
          ("a pool of Synapse", "synapse:KustoPool", {"workspaceName": "syn-bank", "kustoPoolName": "adx"}))),
    Attack("a device takes copies of cards away under a key of Microsoft", ENC, (
        az("databox:Job", {
            **HERE, "jobName": "cards", "sku": {"name": "DataBox"}, "transferType": "ImportToAzure", "details": {
                "jobDetailsType": "DataBox", "contactDetails": {
                    "contactName": "Platform", "phone": "+97140000000", "emailList": []},
                "shippingAddress": {"streetAddress1": "1 Bank Street", "city": "Dubai", "country": "AE"}}}),),
        "minor", "the device opens with a password under a key that the bank cannot take away (Data Box, "
        "CMK_Audit.json)"),
    Attack("the cluster records where pods are put, and not who reads its secrets", RSL, (
        az("monitor:DiagnosticSetting", {
            "name": "logs", "resourceUri": f"{OURS}.ContainerService/managedClusters/aks-bank",
            "workspaceId": f"{OURS}.OperationalInsights/workspaces/logs", "logs": [
                {"category": "kube-scheduler", "enabled": True}, {"category": "kube-audit", "enabled": False}]}),),
        "major", "requests to the cluster's API leave no trace (Kubernetes, AuditDiagnosticLog_Audit.json)"),
    Attack("nobody can tell what a machine of payments started", ESC, (
        az("compute:VirtualMachine", {
            **HERE, "vmName": "vm-payments", "hardwareProfile": {"vmSize": "Standard_D2s_v5"}, "securityProfile": {
                "encryptionAtHost": True, "securityType": "TrustedLaunch",
                "uefiSettings": {"secureBootEnabled": True, "vTpmEnabled": False}},
            "networkProfile": {"networkInterfaces": [{"id": f"{OURS}.Network/networkInterfaces/vm-payments"}]},
            "storageProfile": {"osDisk": {"createOption": "FromImage", "managedDisk": {"diskEncryptionSet": {
                "id": f"{OURS}.Compute/diskEncryptionSets/des-bank"}}}},
            "osProfile": {"computerName": "vm", "adminUsername": "bank", "linuxConfiguration": {
                "disablePasswordAuthentication": True}}}),),
        "minor", "a changed start is neither measured nor attested (Security Center, ASC_EnableVTPM_Audit.json)"),
)  # fmt: skip
