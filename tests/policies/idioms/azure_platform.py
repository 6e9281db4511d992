"""Clusters, stores and operations of Azure in the shapes of Azure Verified Modules and of landing zones."""

from ..blind import GROUP, SUB, TAGS, az
from ..harness import UNKNOWN, Given
from . import Idiom
from .azure_network import AT, AVM, IN, NETWORK, rule

TENANT = "00000000-1111-2222-3333-444444444444"
KEY_ID = "https://kv-platform.vault.azure.net/keys/cmk/0123456789abcdef0123456789abcdef"
DISKS = f"{GROUP}/providers/Microsoft.Compute/diskEncryptionSets/des"
IDENTITY = f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-platform"
WORKSPACE = f"{GROUP}/providers/Microsoft.OperationalInsights/workspaces/law"
USER_ASSIGNED = {"type": "UserAssigned", "userAssignedIdentities": [IDENTITY]}
ASSIGNED = {"type": "UserAssigned", "userAssignedIdentities": {IDENTITY: {}}}
ROLES = f"{SUB}/providers/Microsoft.Authorization/roleDefinitions"
BLOB_READER = f"{ROLES}/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"
BUDGET = az("consumption:Budget", {
    "scope": SUB[1:], "budgetName": "platform", "amount": 90000, "category": "Cost", "timeGrain": "Monthly",
    "timePeriod": {"startDate": "2026-11-01T00:00:00Z"}, "notifications": {
        name: {"enabled": True, "operator": "GreaterThan", "threshold": 80, "thresholdType": name,
               "contactEmails": ["finops@example.ae"]} for name in ("Actual", "Forecasted")}}, "budget")  # fmt: skip


def lock(scope: str, *names: str) -> Given:
    """Returns a lock against deletion."""
    return az("authorization:ManagementLockByScope", {"scope": scope, "lockName": "keep", "level": "CanNotDelete"},
              "lock", links={"scope": names} if names else {})  # fmt: skip


POOL = {
    "mode": "System", "vmSize": "Standard_D4s_v5", "osType": "Linux", "osSKU": "AzureLinux", "count": 3,
    "enableAutoScaling": True, "minCount": 3, "maxCount": 6, "availabilityZones": ["1", "2", "3"],
    "enableEncryptionAtHost": True, "enableNodePublicIP": False, "type": "VirtualMachineScaleSets", "tags": TAGS,
    "vnetSubnetID": f"{NETWORK}/virtualNetworks/v/subnets/aks",
}  # fmt: skip
AKS = az("containerservice:ManagedCluster", {
    **AT, "resourceName": "aks", "dnsPrefix": "aks", "kubernetesVersion": "1.33", "enableRBAC": True,
    "sku": {"name": "Base", "tier": "Standard"}, "disableLocalAccounts": True, "diskEncryptionSetID": DISKS,
    "identity": USER_ASSIGNED, "oidcIssuerProfile": {"enabled": True},
    "aadProfile": {"managed": True, "enableAzureRBAC": True, "tenantID": TENANT},
    "apiServerAccessProfile": {"enablePrivateCluster": True, "privateDNSZone": "system",
                               "enablePrivateClusterPublicFQDN": False},
    "networkProfile": {"networkPlugin": "azure", "networkPluginMode": "overlay", "networkPolicy": "cilium",
                       "networkDataplane": "cilium", "outboundType": "userDefinedRouting",
                       "serviceCidr": "172.16.0.0/16", "dnsServiceIP": "172.16.0.10"},
    "securityProfile": {"workloadIdentity": {"enabled": True}, "imageCleaner": {"enabled": True, "intervalHours": 48},
                        "azureKeyVaultKms": {"enabled": True, "keyId": KEY_ID, "keyVaultNetworkAccess": "Private",
                                             "keyVaultResourceId":
                                                 f"{GROUP}/providers/Microsoft.KeyVault/vaults/kv-platform"}},
    "autoUpgradeProfile": {"upgradeChannel": "patch", "nodeOSUpgradeChannel": "NodeImage"},
    "addonProfiles": {"azurepolicy": {"enabled": True}, "omsagent": {"enabled": True, "config": {
        "logAnalyticsWorkspaceResourceID": WORKSPACE, "useAADAuth": "true"}}},
    "agentPoolProfiles": [{**POOL, "name": "system"}]}, "aks")  # fmt: skip
STORAGE = az("storage:StorageAccount", {
    **AT, "accountName": "stdata", "kind": "StorageV2", "sku": {"name": "Standard_ZRS"}, "identity": USER_ASSIGNED,
    "allowBlobPublicAccess": False, "allowSharedKeyAccess": False, "defaultToOAuthAuthentication": True,
    "minimumTlsVersion": "TLS1_2", "enableHttpsTrafficOnly": True, "publicNetworkAccess": "Disabled",
    "allowCrossTenantReplication": False, "isLocalUserEnabled": False, "isSftpEnabled": False,
    "networkRuleSet": {"bypass": "None", "defaultAction": "Deny"},
    "encryption": {"keySource": "Microsoft.Keyvault",
                   "encryptionIdentity": {"encryptionUserAssignedIdentity": IDENTITY},
                   "keyVaultProperties": {"keyVaultUri": "https://kv-platform.vault.azure.net", "keyName": "cmk"}}},
    "st")  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("private AKS with secrets encrypted by a vault", (BUDGET, AKS, lock(UNKNOWN, "aks")),
          f"{AVM}, avm-ptn-aks-production"),
    Idiom("pool of AKS for applications", (BUDGET, AKS, lock(UNKNOWN, "aks"), az("containerservice:AgentPool", {
        **IN, "resourceName": "aks", "agentPoolName": "apps", **POOL, "mode": "User"}, "apps",
        links={"resourceName": ("aks",)})),
        "learn.microsoft.com/azure/aks/create-node-pools"),
    Idiom("identity of a workload, with a role on one container", (
        az("managedidentity:UserAssignedIdentity", {**AT, "resourceName": "id-orders"}, "id"),
        az("managedidentity:FederatedIdentityCredential", {
            **IN, "resourceName": "id-orders", "federatedIdentityCredentialResourceName": "orders",
            "issuer": f"https://uaenorth.oic.prod-aks.azure.com/{TENANT}/22222222-2222-2222-2222-222222222222/",
            "subject": "system:serviceaccount:orders:orders", "audiences": ["api://AzureADTokenExchange"]}, "fic"),
        az("authorization:RoleAssignment", {
            "principalId": UNKNOWN, "principalType": "ServicePrincipal", "roleDefinitionId": BLOB_READER,
            "scope": f"{GROUP}/providers/Microsoft.Storage/storageAccounts/stdata/blobServices/default/containers/o"},
            "role", links={"principalId": ("id",)})), "learn.microsoft.com/azure/aks/workload-identity-overview"),
    Idiom("premium registry with a key, private", (az("containerregistry:Registry", {
        **AT, "registryName": "crplatform", "sku": {"name": "Premium"}, "adminUserEnabled": False,
        "publicNetworkAccess": "Disabled", "networkRuleBypassOptions": "None", "zoneRedundancy": "Enabled",
        "anonymousPullEnabled": False, "dataEndpointEnabled": True, "identity": ASSIGNED,
        "encryption": {"status": "enabled", "keyVaultProperties": {"keyIdentifier": KEY_ID, "identity": TENANT}},
        "policies": {"retentionPolicy": {"days": 30, "status": "enabled"}, "exportPolicy": {"status": "disabled"}}},
        "cr"), lock(UNKNOWN, "cr")), f"{AVM}, avm-res-containerregistry-registry"),
    Idiom("vault with roles, purge protection and a rotating key", (
        az("keyvault:Vault", {**AT, "vaultName": "kv-platform", "properties": {
            "tenantId": TENANT, "sku": {"family": "A", "name": "premium"}, "enableRbacAuthorization": True,
            "enablePurgeProtection": True, "enableSoftDelete": True, "softDeleteRetentionInDays": 90,
            "publicNetworkAccess": "Disabled", "networkAcls": {"bypass": "AzureServices", "defaultAction": "Deny"}}},
           "kv"),
        az("keyvault:Key", {**IN, "vaultName": "kv-platform", "keyName": "cmk", "tags": TAGS, "properties": {
            "kty": "RSA-HSM", "keySize": 3072, "attributes": {"enabled": True, "exportable": False},
            "rotationPolicy": {"attributes": {"expiryTime": "P1Y"}, "lifetimeActions": [
                {"trigger": {"timeBeforeExpiry": "P30D"}, "action": {"type": "rotate"}}]}}}, "key",
           links={"vaultName": ("kv",)}), lock(UNKNOWN, "kv")), f"{AVM}, avm-res-keyvault-vault"),
    Idiom("storage account with a key, a lifecycle and soft delete", (
        STORAGE, az("storage:BlobServiceProperties", {
            **IN, "accountName": "stdata", "blobServicesName": "default", "isVersioningEnabled": True,
            "deleteRetentionPolicy": {"enabled": True, "days": 30},
            "containerDeleteRetentionPolicy": {"enabled": True, "days": 30}}, "blob", links={"accountName": ("st",)}),
        az("storage:BlobContainer", {**IN, "accountName": "stdata", "containerName": "orders",
                                     "publicAccess": "None"}, "container", links={"accountName": ("st",)}),
        az("storage:ManagementPolicy", {**IN, "accountName": "stdata", "managementPolicyName": "default", "policy": {
            "rules": [{"name": "cool", "enabled": True, "type": "Lifecycle", "definition": {
                "filters": {"blobTypes": ["blockBlob"]}, "actions": {
                    "baseBlob": {"tierToCool": {"daysAfterModificationGreaterThan": 30}},
                    "version": {"delete": {"daysAfterCreationGreaterThan": 90}}}}}]}}, "life",
           links={"accountName": ("st",)}), lock(UNKNOWN, "st")), f"{AVM}, avm-res-storage-storageaccount"),
    Idiom("Log Analytics workspace with a cap, and diagnostics into it", (
        az("operationalinsights:Workspace", {
            **AT, "workspaceName": "law", "sku": {"name": "PerGB2018"}, "retentionInDays": 90,
            "workspaceCapping": {"dailyQuotaGb": 20}, "features": {"disableLocalAuth": True},
            "publicNetworkAccessForIngestion": "Disabled", "publicNetworkAccessForQuery": "Disabled"}, "law"),
        az("monitor:DiagnosticSetting", {
            "resourceUri": f"{GROUP}/providers/Microsoft.KeyVault/vaults/kv-platform", "name": "all",
            "workspaceId": UNKNOWN, "logs": [{"categoryGroup": "allLogs", "enabled": True}],
            "metrics": [{"category": "AllMetrics", "enabled": True}]}, "diag", links={"workspaceId": ("law",)}),
        lock(UNKNOWN, "law")), f"{AVM}, avm-res-operationalinsights-workspace"),
    Idiom("budget of a subscription, and the group that it tells", (
        az("monitor:ActionGroup", {**IN, "location": "global", "tags": TAGS, "actionGroupName": "finops",
                                   "groupShortName": "finops", "enabled": True, "emailReceivers": [
                                       {"name": "finops", "emailAddress": "finops@example.ae",
                                        "useCommonAlertSchema": True}]}, "ag"), BUDGET),
        "learn.microsoft.com/azure/cost-management-billing, tutorial on budgets"),
    Idiom("PostgreSQL across zones in a delegated subnet, Entra only", (BUDGET, az("dbforpostgresql:Server", {
        **AT, "serverName": "psql", "version": "16", "sku": {"name": "Standard_D2ds_v5", "tier": "GeneralPurpose"},
        "storage": {"storageSizeGB": 128, "autoGrow": "Enabled"}, "identity": ASSIGNED,
        "highAvailability": {"mode": "ZoneRedundant"},
        "backup": {"backupRetentionDays": 35, "geoRedundantBackup": "Enabled"},
        "authConfig": {"activeDirectoryAuth": "Enabled", "passwordAuth": "Disabled", "tenantId": TENANT},
        "network": {"delegatedSubnetResourceId": f"{NETWORK}/virtualNetworks/v/subnets/psql",
                    "privateDnsZoneArmResourceId": f"{NETWORK}/privateDnsZones/x.postgres.database.azure.com",
                    "publicNetworkAccess": "Disabled"},
        "dataEncryption": {"type": "AzureKeyVault", "primaryKeyURI": KEY_ID,
                           "primaryUserAssignedIdentityId": IDENTITY}}, "psql"),
        az("dbforpostgresql:Configuration", {**IN, "serverName": "psql", "configurationName":
                                             "require_secure_transport", "value": "on", "source": "user-override"},
           "tls", links={"serverName": ("psql",)}), lock(UNKNOWN, "psql")),
        f"{AVM}, avm-res-dbforpostgresql-flexibleserver"),
    Idiom("OpenAI account, private, with a regional deployment", (
        az("cognitiveservices:Account", {
            **AT, "accountName": "oai", "kind": "OpenAI", "sku": {"name": "S0"}, "identity": USER_ASSIGNED,
            "properties": {"customSubDomainName": "oai-platform", "disableLocalAuth": True,
                           "publicNetworkAccess": "Disabled", "restrictOutboundNetworkAccess": True,
                           "networkAcls": {"defaultAction": "Deny"}, "encryption": {
                               "keySource": "Microsoft.KeyVault", "keyVaultProperties": {
                                   "keyVaultUri": "https://kv-platform.vault.azure.net", "keyName": "cmk",
                                   "keyVersion": "1"}}}}, "oai"),
        az("cognitiveservices:Deployment", {
            **IN, "accountName": "oai", "deploymentName": "gpt", "tags": TAGS,
            "sku": {"name": "Standard", "capacity": 10},
            "properties": {"model": {"format": "OpenAI", "name": "gpt-4o", "version": "2024-11-20"},
                           "versionUpgradeOption": "NoAutoUpgrade"}}, "gpt", links={"accountName": ("oai",)})),
        f"{AVM}, avm-res-cognitiveservices-account"),
    Idiom("Event Hubs with a key, private", (az("eventhub:Namespace", {
        **AT, "namespaceName": "evh", "sku": {"name": "Premium", "tier": "Premium", "capacity": 1},
        "disableLocalAuth": True, "minimumTlsVersion": "1.2", "publicNetworkAccess": "Disabled",
        "zoneRedundant": True, "identity": USER_ASSIGNED, "encryption": {
            "keySource": "Microsoft.KeyVault", "requireInfrastructureEncryption": True, "keyVaultProperties": [{
                "keyName": "cmk", "keyVaultUri": "https://kv-platform.vault.azure.net"}]}}, "evh"),
        az("eventhub:EventHub", {**IN, "namespaceName": "evh", "eventHubName": "orders", "partitionCount": 4,
                                 "retentionDescription": {"cleanupPolicy": "Delete", "retentionTimeInHours": 72}},
           "orders", links={"namespaceName": ("evh",)}), lock(UNKNOWN, "evh")),
        f"{AVM}, avm-res-eventhub-namespace"),
    Idiom("landing zone: group, lock, allowed locations and a required tag", (
        az("resources:ResourceGroup", {"resourceGroupName": "rg-platform", "location": "uaenorth", "tags": TAGS},
           "rg"), lock(UNKNOWN, "rg"),
        az("authorization:PolicyAssignment", {
            "scope": SUB, "policyAssignmentName": "allowed-locations", "displayName": "Allowed locations",
            "policyDefinitionId": "/providers/Microsoft.Authorization/policyDefinitions/"
                                  "e56962a6-4747-49cd-b67b-bf8b01975c4c",
            "parameters": {"listOfAllowedLocations": {"value": ["uaenorth", "uaecentral"]}}}, "locations"),
        az("authorization:PolicyAssignment", {
            "scope": SUB, "policyAssignmentName": "tag-owner", "displayName": "Require the owner",
            "policyDefinitionId": "/providers/Microsoft.Authorization/policyDefinitions/"
                                  "871b6d14-10aa-478d-b590-94f262ecfa99",
            "parameters": {"tagName": {"value": "owner"}}}, "tag")),
        "Azure/Enterprise-Scale, and Azure Policy's built-in definitions"),
    Idiom("scale set of Linux machines with keys and a disk encryption set", (
        BUDGET, az("compute:DiskEncryptionSet", {
            **AT, "diskEncryptionSetName": "des", "identity": USER_ASSIGNED,
            "encryptionType": "EncryptionAtRestWithCustomerKey", "rotationToLatestKeyVersionEnabled": True,
            "activeKey": {"keyUrl": KEY_ID}}, "des"),
        az("network:NetworkSecurityGroup", {**AT, "networkSecurityGroupName": "nsg", "securityRules": [
            rule("ssh", 100, sourceAddressPrefix="10.0.2.0/26", destinationPortRange="22")]}, "nsg"),
        az("compute:VirtualMachineScaleSet", {
            **AT, "vmScaleSetName": "vmss", "sku": {"name": "Standard_D2s_v5", "capacity": 2, "tier": "Standard"},
            "zones": ["1", "2"], "orchestrationMode": "Uniform", "upgradePolicy": {"mode": "Rolling"},
            "identity": USER_ASSIGNED, "virtualMachineProfile": {
                "securityProfile": {"encryptionAtHost": True, "securityType": "TrustedLaunch"},
                "osProfile": {"computerNamePrefix": "app", "adminUsername": "ops", "linuxConfiguration": {
                    "disablePasswordAuthentication": True, "ssh": {"publicKeys": [
                        {"path": "/home/ops/.ssh/authorized_keys", "keyData": "ssh-ed25519 AAAAC3Nza ops"}]}}},
                "storageProfile": {
                    "imageReference": {"publisher": "Canonical", "offer": "ubuntu-24_04-lts", "sku": "server",
                                       "version": "24.04.202511010"},
                    "osDisk": {"createOption": "FromImage", "managedDisk": {
                        "storageAccountType": "Premium_LRS", "diskEncryptionSet": {"id": DISKS}}}},
                "networkProfile": {"networkInterfaceConfigurations": [{
                    "name": "nic", "primary": True, "ipConfigurations": [{
                        "name": "ip", "subnet": {"id": f"{NETWORK}/virtualNetworks/v/subnets/apps"}}]}]}}}, "vmss")),
        f"{AVM}, avm-res-compute-virtualmachinescaleset"),
)  # fmt: skip
