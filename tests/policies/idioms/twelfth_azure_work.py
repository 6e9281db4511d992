"""Good idioms of platform teams on Azure: streams, stores, keys and what runs on a schedule (twelfth set, blind)."""

from ..blind import TAGS, az
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import HERE, ID, KEY_URL, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .ninth_azure import ASSIGNED, CLIENT, TENANT
from .sixth_azure import endpoint
from .twelfth_azure_platform import CLOSED, OWN, SYSTEM, audit, granted

LAKE = f"{OURS}.Storage/storageAccounts/stlake"
DENY = {"bypass": "None", "defaultAction": "Deny"}

IDIOMS: tuple[Idiom, ...] = (
    Idiom("events of apps run through a namespace with the bank's key and no shared keys", (
        AZURE_BUDGET,
        az("eventhub:Namespace", {
            **HERE, "namespaceName": "evhns-bank", "sku": {"name": "Premium", "tier": "Premium", "capacity": 1},
            **ASSIGNED, "disableLocalAuth": True, "minimumTlsVersion": "1.2", **CLOSED, "kafkaEnabled": True,
            "zoneRedundant": True, "encryption": {
                "keySource": "Microsoft.KeyVault", "requireInfrastructureEncryption": True, "keyVaultProperties": [{
                    "keyName": "cmk", "keyVaultUri": "https://kv-bank.vault.azure.net",
                    "identity": {"userAssignedIdentity": ID}}]}}, "namespace", protect=True),
        az("eventhub:EventHub", {
            **RG, "namespaceName": "evhns-bank", "eventHubName": "claims", "partitionCount": 4,
            "retentionDescription": {"cleanupPolicy": "Delete", "retentionTimeInHours": 72}}, "claims",
            links={"namespaceName": ("namespace",)}),
        az("eventhub:ConsumerGroup", {**RG, "namespaceName": "evhns-bank", "eventHubName": "claims",
                                      "consumerGroupName": "triage"}, "triage", links={"eventHubName": ("claims",)}),
        granted("reader", f"{OURS}.EventHub/namespaces/evhns-bank", "a638d3c7-ab3a-418d-83e6-5f17a39d4fde"),
        endpoint("evhns", f"{OURS}.EventHub/namespaces/evhns-bank", "namespace"),
        audit("namespace", f"{OURS}.EventHub/namespaces/evhns-bank"),
        lock(f"{OURS}.EventHub/namespaces/evhns-bank", "namespace")),
        f"{LEARN}/event-hubs/configure-customer-managed-key"),
    Idiom("sessions of a chat lie in Cosmos DB by roles of data, with the bank's key", (
        AZURE_BUDGET,
        az("cosmosdb:DatabaseAccount", {
            **HERE, "accountName": "cosmos-chat", "kind": "GlobalDocumentDB", "databaseAccountOfferType": "Standard",
            "identity": {"type": "UserAssigned", "userAssignedIdentities": [ID]}, "keyVaultKeyUri":
            "https://kv-bank.vault.azure.net/keys/cmk", "defaultIdentity": f"UserAssignedIdentity={ID}",
            "disableLocalAuth": True, "disableKeyBasedMetadataWriteAccess": True, **CLOSED,
            "minimalTlsVersion": "Tls12", "networkAclBypass": "None", "enableAutomaticFailover": False,
            "consistencyPolicy": {"defaultConsistencyLevel": "Session"}, "capabilities": [
                {"name": "EnableServerless"}],
            "backupPolicy": {"type": "Continuous", "continuousModeProperties": {"tier": "Continuous30Days"}},
            "locations": [{"locationName": "uaenorth", "failoverPriority": 0, "isZoneRedundant": True}]}, "account",
            protect=True),
        az("cosmosdb:SqlResourceSqlDatabase", {**HERE, "accountName": "cosmos-chat", "databaseName": "chat",
                                               "resource": {"id": "chat"}}, "chat",
            links={"accountName": ("account",)}),
        az("cosmosdb:SqlResourceSqlContainer", {
            **HERE, "accountName": "cosmos-chat", "databaseName": "chat", "containerName": "sessions", "resource": {
                "id": "sessions", "defaultTtl": 2592000, "partitionKey": {"kind": "Hash", "paths": ["/user"]}}},
            "sessions", links={"databaseName": ("chat",)}),
        endpoint("cosmos", f"{OURS}.DocumentDB/databaseAccounts/cosmos-chat", "Sql"),
        audit("account", f"{OURS}.DocumentDB/databaseAccounts/cosmos-chat"),
        lock(f"{OURS}.DocumentDB/databaseAccounts/cosmos-chat", "account")),
        f"{LEARN}/cosmos-db/security", unpriced("azure-native:cosmosdb:DatabaseAccount::account")),
    Idiom("the lake is an account in three zones with folders, the bank's key and no public way", (
        AZURE_BUDGET,
        az("storage:StorageAccount", {
            **HERE, "accountName": "stlake", "kind": "StorageV2", "sku": {"name": "Standard_ZRS"}, "isHnsEnabled": True,
            **ASSIGNED, "allowBlobPublicAccess": False, "allowSharedKeyAccess": False, "minimumTlsVersion": "TLS1_2",
            "defaultToOAuthAuthentication": True, "enableHttpsTrafficOnly": True, **CLOSED, "networkRuleSet": DENY,
            "allowCrossTenantReplication": False, "isLocalUserEnabled": False, "isSftpEnabled": False,
            "allowedCopyScope": "AAD", "encryption": {
                "keySource": "Microsoft.Keyvault", "requireInfrastructureEncryption": True,
                "encryptionIdentity": {"encryptionUserAssignedIdentity": ID}, "keyVaultProperties": {
                    "keyName": "cmk", "keyVaultUri": "https://kv-bank.vault.azure.net"},
                "services": {name: {"enabled": True, "keyType": "Account"} for name in ("blob", "file")}}}, "lake",
            protect=True),
        az("storage:BlobServiceProperties", {
            **RG, "accountName": "stlake", "blobServicesName": "default",
            "deleteRetentionPolicy": {"enabled": True, "days": 30},
            "containerDeleteRetentionPolicy": {"enabled": True, "days": 30}}, "blobs",
            links={"accountName": ("lake",)}),
        az("storage:BlobContainer", {**RG, "accountName": "stlake", "containerName": "bronze", "publicAccess": "None"},
            "bronze", links={"accountName": ("lake",)}),
        az("storage:ManagementPolicy", {**RG, "accountName": "stlake", "managementPolicyName": "default", "policy": {
            "rules": [{"name": "cool", "enabled": True, "type": "Lifecycle", "definition": {
                "actions": {"baseBlob": {"tierToCool": {"daysAfterModificationGreaterThan": 60}}},
                "filters": {"blobTypes": ["blockBlob"], "prefixMatch": ["bronze/"]}}}]}}, "ages",
            links={"accountName": ("lake",)}),
        endpoint("blob", LAKE, "blob"), endpoint("dfs", LAKE, "dfs"), lock(LAKE, "lake")),
        f"{LEARN}/storage/blobs/security-recommendations"),
    Idiom("keys of the platform lie in hardware, are changed every year and cannot be purged", (
        AZURE_BUDGET,
        az("keyvault:Vault", {**HERE, "vaultName": "kv-keys", "properties": {
            "tenantId": TENANT, "sku": {"family": "A", "name": "premium"}, "enableRbacAuthorization": True,
            "enablePurgeProtection": True, "enableSoftDelete": True, "softDeleteRetentionInDays": 90,
            "enabledForDeployment": False, "enabledForDiskEncryption": False, "enabledForTemplateDeployment": False,
            "publicNetworkAccess": "disabled", "networkAcls": DENY}}, "vault", protect=True),
        az("keyvault:Key", {**RG, "tags": TAGS, "vaultName": "kv-keys", "keyName": "lake", "properties": {
            "kty": "RSA-HSM", "keySize": 4096, "keyOps": ["wrapKey", "unwrapKey"], "rotationPolicy": {
                "attributes": {"expiryTime": "P2Y"}, "lifetimeActions": [
                    {"action": {"type": "rotate"}, "trigger": {"timeAfterCreate": "P1Y"}},
                    {"action": {"type": "notify"}, "trigger": {"timeBeforeExpiry": "P30D"}}]}}}, "lake", protect=True,
            links={"vaultName": ("vault",)}),
        granted("wrapper", f"{OURS}.KeyVault/vaults/kv-keys/keys/lake", "e147488a-f6f5-4113-8e2d-b22465e65bf6"),
        endpoint("keys", f"{OURS}.KeyVault/vaults/kv-keys", "vault"),
        audit("vault", f"{OURS}.KeyVault/vaults/kv-keys"),
        lock(f"{OURS}.KeyVault/vaults/kv-keys", "vault")),
        f"{LEARN}/key-vault/keys/how-to-configure-key-rotation"),
    Idiom("notebooks of Databricks run in the bank's network without public addresses", (
        AZURE_BUDGET,
        az("databricks:AccessConnector", {**HERE, "connectorName": "dbc-lake", **SYSTEM}, "connector"),
        az("databricks:Workspace", {
            **HERE, "workspaceName": "dbw-bank", "sku": {"name": "premium"}, "computeMode": "Hybrid", **CLOSED,
            "requiredNsgRules": "NoAzureDatabricksRules", "managedResourceGroupId":
            f"{OURS.partition('/resourceGroups/')[0]}/resourceGroups/rg-dbw-managed", "parameters": {
                "enableNoPublicIp": {"value": True}, "customVirtualNetworkId": {"value": VNET},
                "customPrivateSubnetName": {"value": "dbw-private"}, "customPublicSubnetName": {"value": "dbw-host"},
                "prepareEncryption": {"value": True}, "requireInfrastructureEncryption": {"value": True}},
            "encryption": {"entities": {name: {"keySource": "Microsoft.Keyvault", "keyVaultProperties": {
                "keyName": "cmk", "keyVaultUri": "https://kv-bank.vault.azure.net",
                "keyVersion": KEY_URL.rpartition("/")[2]}} for name in ("managedServices", "managedDisk")}}},
            "workspace", protect=True),
        endpoint("dbw", f"{OURS}.Databricks/workspaces/dbw-bank", "databricks_ui_api"),
        audit("workspace", f"{OURS}.Databricks/workspaces/dbw-bank"),
        lock(f"{OURS}.Databricks/workspaces/dbw-bank", "workspace")),
        f"{LEARN}/databricks/security/network/classic/private-link",
        unpriced("azure-native:databricks:Workspace::workspace")),
    Idiom("logs of the platform are kept for a year and asked through the network", (
        AZURE_BUDGET,
        az("operationalinsights:Workspace", {
            **HERE, "workspaceName": "log-platform", "sku": {"name": "PerGB2018"}, "retentionInDays": 365,
            "publicNetworkAccessForIngestion": "Disabled", "publicNetworkAccessForQuery": "Disabled",
            "workspaceCapping": {"dailyQuotaGb": 20}, "features": {
                "disableLocalAuth": True, "enableLogAccessUsingOnlyResourcePermissions": True}}, "workspace",
            protect=True),
        az("monitor:PrivateLinkScope", {**RG, "location": "global", "scopeName": "ampls", "tags": HERE["tags"],
                                        "accessModeSettings": {"ingestionAccessMode": "PrivateOnly",
                                                               "queryAccessMode": "PrivateOnly"}}, "scope"),
        az("monitor:PrivateLinkScopedResource", {
            **RG, "scopeName": "ampls", "name": "log-platform", "linkedResourceId": UNKNOWN}, "scoped",
            links={"scopeName": ("scope",), "linkedResourceId": ("workspace",)}),
        endpoint("ampls", f"{OURS}.Insights/privateLinkScopes/ampls", "azuremonitor"),
        lock(f"{OURS}.OperationalInsights/workspaces/log-platform", "workspace")),
        f"{LEARN}/azure-monitor/logs/private-link-security",
        unpriced("azure-native:operationalinsights:Workspace::workspace")),
    Idiom("a function of the newer plan is called from the network and keeps no keys", (
        AZURE_BUDGET,
        az("web:AppServicePlan", {**HERE, "name": "plan-score", "kind": "functionapp", "reserved": True,
                                  "sku": {"name": "FC1", "tier": "FlexConsumption"}}, "plan"),
        az("web:WebApp", {
            **HERE, "name": "func-score", "kind": "functionapp,linux", "serverFarmId": UNKNOWN, "httpsOnly": True,
            **ASSIGNED, **CLOSED, "clientCertEnabled": True, "clientCertMode": "Required", "virtualNetworkSubnetId":
            f"{VNET}/subnets/functions", "keyVaultReferenceIdentity": ID, "endToEndEncryptionEnabled": True,
            "functionAppConfig": {
                "deployment": {"storage": {
                    "type": "blobContainer", "value": "https://stbank.blob.core.windows.net/deploy", "authentication": {
                        "type": "UserAssignedIdentity", "userAssignedIdentityResourceId": ID}}},
                "runtime": {"name": "python", "version": "3.12"},
                "scaleAndConcurrency": {"instanceMemoryMB": 2048, "maximumInstanceCount": 40}},
            "siteConfig": {"minTlsVersion": "1.3", "scmMinTlsVersion": "1.3", "ftpsState": "Disabled",
                           "http20Enabled": True, "remoteDebuggingEnabled": False, "appSettings": [
                               {"name": "AzureWebJobsStorage__accountName", "value": "stbank"},
                               {"name": "AzureWebJobsStorage__credential", "value": "managedidentity"},
                               {"name": "AzureWebJobsStorage__clientId", "value": CLIENT}]}}, "function",
            links={"serverFarmId": ("plan",)}),
        *(az(f"web:WebApp{kind}Allowed", {**RG, "name": "func-score", "allow": False}, kind.lower(),
             links={"name": ("function",)}) for kind in ("Ftp", "Scm")),
        endpoint("func", f"{OURS}.Web/sites/func-score", "sites"),
        audit("function", f"{OURS}.Web/sites/func-score")),
        f"{LEARN}/azure-functions/security-concepts", {**OWN, **unpriced("azure-native:web:AppServicePlan::plan")}),
    Idiom("files of a day are copied into the lake through private endpoints with the factory's identity", (
        AZURE_BUDGET,
        az("datafactory:Factory", {
            **HERE, "factoryName": "adf-bank", **CLOSED, "identity": {
                "type": "UserAssigned", "userAssignedIdentities": [ID]}, "encryption": {
                    "keyName": "cmk", "vaultBaseUrl": "https://kv-bank.vault.azure.net", "identity": {
                        "userAssignedIdentity": ID}}}, "factory", protect=True),
        az("datafactory:ManagedPrivateEndpoint", {
            **RG, "factoryName": "adf-bank", "managedVirtualNetworkName": "default",
            "managedPrivateEndpointName": "lake", "properties": {
                "groupId": "dfs", "privateLinkResourceId": LAKE}}, "lake",
            links={"factoryName": ("factory",)}),
        endpoint("adf", f"{OURS}.DataFactory/factories/adf-bank", "dataFactory"),
        granted("writer", LAKE, "ba92f5b4-2d11-453d-a403-e96b0029c9fe"),
        audit("factory", f"{OURS}.DataFactory/factories/adf-bank"),
        lock(f"{OURS}.DataFactory/factories/adf-bank", "factory")),
        f"{LEARN}/data-factory/managed-virtual-network-private-endpoint", unpriced(
            "azure-native:datafactory:Factory::factory", "azure-native:datafactory:ManagedPrivateEndpoint::lake")),
)  # fmt: skip
