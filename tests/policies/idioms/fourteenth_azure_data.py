"""Good idioms of platform teams on Azure: stores, databases, events, learning and warehouses (set 14, blind)."""

from ..blind import TAGS, az
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import HERE, ID, KEY_URL, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .ninth_azure import CLIENT, TENANT
from .sixth_azure import endpoint
from .thirteenth_azure import ADMINS, USER, ZONE, settings
from .twelfth_azure_platform import CLOSED, OWN, VAULT, audit, granted

MODELS = f"{OURS}.Storage/storageAccounts/stmodels"
CHATS, EVENTS = f"{OURS}.DocumentDB/databaseAccounts/cosmos-chats", f"{OURS}.EventHub/namespaces/evhns-bank"
WORKSPACE = f"{OURS}.MachineLearningServices/workspaces/mlw-research"
BRICKS, FACTORY = f"{OURS}.Databricks/workspaces/dbw-bank", f"{OURS}.DataFactory/factories/adf-bank"
PARAMETERS = {
    "customVirtualNetworkId": {"value": VNET}, "customPublicSubnetName": {"value": "bricks-host"},
    "customPrivateSubnetName": {"value": "bricks-container"}, "enableNoPublicIp": {"value": True},
    "requireInfrastructureEncryption": {"value": True}, "prepareEncryption": {"value": True},
    "storageAccountSkuName": {"value": "Standard_ZRS"},
}  # fmt: skip
BRICKS_KEY = {"keySource": "Microsoft.Keyvault", "keyVaultProperties": VAULT}

IDIOMS: tuple[Idiom, ...] = (
    Idiom("models lie in an account of storage without keys, with versions that stay for a quarter", (
        AZURE_BUDGET,
        az("storage:StorageAccount", {
            **HERE, "accountName": "stmodels", "kind": "StorageV2", "sku": {"name": "Standard_ZRS"}, **USER,
            "accessTier": "Hot", "allowBlobPublicAccess": False, "allowSharedKeyAccess": False, **CLOSED,
            "allowCrossTenantReplication": False, "defaultToOAuthAuthentication": True, "minimumTlsVersion": "TLS1_2",
            "enableHttpsTrafficOnly": True, "isLocalUserEnabled": False, "isSftpEnabled": False, "allowedCopyScope":
            "AAD", "networkRuleSet": {"bypass": "None", "defaultAction": "Deny", "ipRules": [],
                                      "virtualNetworkRules": []},
            "encryption": {
                "keySource": "Microsoft.Keyvault", "requireInfrastructureEncryption": True, "keyVaultProperties": {
                    "keyName": "cmk", "keyVaultUri": "https://kv-bank.vault.azure.net"},
                "encryptionIdentity": {"encryptionUserAssignedIdentity": ID}, "services": {
                    "blob": {"enabled": True, "keyType": "Account"}, "file": {"enabled": True, "keyType": "Account"}}},
            "sasPolicy": {"sasExpirationPeriod": "00.01:00:00", "expirationAction": "Block"},
            "keyPolicy": {"keyExpirationPeriodInDays": 60}}, "account", protect=True),
        az("storage:BlobServiceProperties", {
            **RG, "accountName": "stmodels", "blobServicesName": "default", "isVersioningEnabled": True, "changeFeed": {
                "enabled": True, "retentionInDays": 90}, "deleteRetentionPolicy": {"enabled": True, "days": 90},
            "containerDeleteRetentionPolicy": {"enabled": True, "days": 90},
            "restorePolicy": {"enabled": True, "days": 60}}, "blobs", links={"accountName": ("account",)}),
        az("storage:BlobContainer", {
            **RG, "accountName": "stmodels", "containerName": "weights", "publicAccess": "None"}, "weights",
            links={"accountName": ("account",)}),
        granted("reader", f"{MODELS}/blobServices/default/containers/weights", "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"),
        endpoint("models", MODELS, "blob"), audit("account", f"{MODELS}/blobServices/default"), lock(MODELS,
            "account")),
        f"{LEARN}/storage/blobs/security-recommendations",
        doubt="nothing ends its former versions; the rule is advisory by default"),
    Idiom("chats lie in Cosmos DB that knows no keys, in one region of two zones, and scale within bounds", (
        AZURE_BUDGET,
        az("cosmosdb:DatabaseAccount", {
            **HERE, "accountName": "cosmos-chats", "kind": "GlobalDocumentDB", "databaseAccountOfferType": "Standard",
            "locations": [{"locationName": "uaenorth", "failoverPriority": 0, "isZoneRedundant": True}], **USER,
                **CLOSED,
            "disableLocalAuth": True, "disableKeyBasedMetadataWriteAccess": True, "minimalTlsVersion": "Tls12",
            "consistencyPolicy": {"defaultConsistencyLevel": "Session"}, "keyVaultKeyUri":
            "https://kv-bank.vault.azure.net/keys/cmk", "defaultIdentity": f"UserAssignedIdentity={ID}",
            "backupPolicy": {"type": "Continuous", "continuousModeProperties": {"tier": "Continuous30Days"}},
            "enableAutomaticFailover": False, "enableMultipleWriteLocations": False, "isVirtualNetworkFilterEnabled":
            False, "networkAclBypass": "None", "ipRules": [], "virtualNetworkRules": [], "cors": [],
            "capacity": {"totalThroughputLimit": 4000}}, "account", protect=True),
        az("cosmosdb:SqlResourceSqlDatabase", {
            **RG, "accountName": "cosmos-chats", "databaseName": "chats", "resource": {"id": "chats"}, "location":
            "uaenorth", "tags": TAGS}, "chats", links={"accountName": ("account",)}, protect=True),
        az("cosmosdb:SqlResourceSqlContainer", {
            **RG, "accountName": "cosmos-chats", "databaseName": "chats", "containerName": "turns",
                "location": "uaenorth",
            "tags": TAGS, "options": {"autoscaleSettings": {"maxThroughput": 4000}}, "resource": {
                "id": "turns", "partitionKey": {"paths": ["/user"], "kind": "Hash", "version": 2},
                    "defaultTtl": 7776000}},
            "turns", links={"databaseName": ("chats",)}, protect=True),
        az("cosmosdb:SqlResourceSqlRoleAssignment", {
            **RG, "accountName": "cosmos-chats", "roleAssignmentId": "33333333-4444-5555-6666-777777777777",
            "principalId": CLIENT, "scope": f"{CHATS}/dbs/chats/colls/turns", "roleDefinitionId":
            f"{CHATS}/sqlRoleDefinitions/00000000-0000-0000-0000-000000000002"}, "writer",
            links={"accountName": ("account",)}),
        endpoint("cosmos", CHATS, "Sql"), audit("account", CHATS), lock(CHATS, "account")),
        f"{LEARN}/cosmos-db/security-considerations", unpriced(
            "azure-native:cosmosdb:DatabaseAccount::account", "azure-native:cosmosdb:SqlResourceSqlContainer::turns")),
    Idiom("features lie in PostgreSQL of two zones in the spoke, with users of Entra alone", (
        AZURE_BUDGET,
        az("dbforpostgresql:Server", {
            **HERE, "serverName": "psql-features", "version": "17", "createMode": "Default", "availabilityZone": "1",
            "sku": {"name": "Standard_D2ds_v5", "tier": "GeneralPurpose"}, "storage": {
                "storageSizeGB": 128, "autoGrow": "Enabled", "type": "Premium_LRS"},
            "identity": {"type": "UserAssigned", "userAssignedIdentities": {ID: {}}}, "authConfig": {
                "activeDirectoryAuth": "Enabled", "passwordAuth": "Disabled", "tenantId": TENANT},
            "backup": {"backupRetentionDays": 35, "geoRedundantBackup": "Disabled"},
            "highAvailability": {"mode": "ZoneRedundant", "standbyAvailabilityZone": "2"},
            "dataEncryption": {"type": "AzureKeyVault", "primaryKeyURI": KEY_URL,
                               "primaryUserAssignedIdentityId": ID},
            "network": {**CLOSED, "delegatedSubnetResourceId": f"{VNET}/subnets/psql", "privateDnsZoneArmResourceId":
                        f"{ZONE}/features.private.postgres.database.azure.com"},
            "maintenanceWindow": {"customWindow": "Enabled", "dayOfWeek": 5, "startHour": 22, "startMinute": 0}},
            "server", protect=True),
        az("dbforpostgresql:AdministratorsMicrosoftEntra", {
            **RG, "serverName": "psql-features", "objectId": ADMINS, "principalName": "psql-admins", "principalType":
            "Group", "tenantId": TENANT}, "admins", links={"serverName": ("server",)}),
        *settings("dbforpostgresql", "psql-features", require_secure_transport="on", ssl_min_protocol_version="TLSv1.3",
                  log_connections="on", log_disconnections="on"),
        audit("server", f"{OURS}.DBforPostgreSQL/flexibleServers/psql-features"),
        lock(f"{OURS}.DBforPostgreSQL/flexibleServers/psql-features", "server")),
        f"{LEARN}/postgresql/flexible-server/security-overview"),
    Idiom("events of apps run through Event Hubs without keys, sealed twice, to one group of readers", (
        AZURE_BUDGET,
        az("eventhub:Namespace", {
            **HERE, "namespaceName": "evhns-bank", "sku": {"name": "Premium", "tier": "Premium", "capacity": 1},
            "identity": {"type": "UserAssigned", "userAssignedIdentities": [ID]}, "disableLocalAuth": True, **CLOSED,
            "minimumTlsVersion": "1.2", "zoneRedundant": True, "kafkaEnabled": True, "encryption": {
                "keySource": "Microsoft.KeyVault", "requireInfrastructureEncryption": True, "keyVaultProperties": [{
                    "keyName": "cmk", "keyVaultUri": "https://kv-bank.vault.azure.net", "identity": {
                        "userAssignedIdentity": ID}}]}}, "hubs", protect=True),
        az("eventhub:EventHub", {
            **RG, "namespaceName": "evhns-bank", "eventHubName": "claims", "partitionCount": 8,
                "retentionDescription": {
                "cleanupPolicy": "Delete", "retentionTimeInHours": 168}}, "claims", links={"namespaceName": ("hubs",)}),
        az("eventhub:ConsumerGroup", {
            **RG, "namespaceName": "evhns-bank", "eventHubName": "claims", "consumerGroupName": "triage",
                "userMetadata":
            "Triage of claims"}, "triage", links={"eventHubName": ("claims",)}),
        az("eventhub:NamespaceNetworkRuleSet", {
            **RG, "namespaceName": "evhns-bank", "defaultAction": "Deny", **CLOSED,
            "trustedServiceAccessEnabled": False, "ipRules": [], "virtualNetworkRules": []}, "network",
            links={"namespaceName": ("hubs",)}),
        granted("reader", f"{EVENTS}/eventhubs/claims", "a638d3c7-ab3a-418d-83e6-5f17a39d4fde"),
        endpoint("evh", EVENTS, "namespace"), audit("hubs", EVENTS), lock(EVENTS, "hubs")),
        f"{LEARN}/event-hubs/authenticate-managed-identity"),
    Idiom("scientists have a workspace of learning that lets approved ways out only, and machines that rest", (
        AZURE_BUDGET,
        az("machinelearningservices:Workspace", {
            **HERE, "workspaceName": "mlw-research", "kind": "Default", "sku": {"name": "Basic", "tier": "Basic"},
                **USER,
            **CLOSED, "primaryUserAssignedIdentity": ID, "friendlyName": "Research", "hbiWorkspace": True,
            "v1LegacyMode": False, "allowPublicAccessWhenBehindVnet": False, "systemDatastoresAuthMode": "identity",
            "storageAccount": f"{OURS}.Storage/storageAccounts/stbank", "keyVault": f"{OURS}.KeyVault/vaults/kv-bank",
            "containerRegistry": f"{OURS}.ContainerRegistry/registries/crbank",
            "applicationInsights": f"{OURS}.Insights/components/appi-bank", "managedNetwork": {
                "isolationMode": "AllowOnlyApprovedOutbound", "firewallSku": "Standard", "outboundRules": {}},
            "encryption": {"status": "Enabled", "identity": {"userAssignedIdentity": ID}, "keyVaultProperties": {
                "keyIdentifier": KEY_URL, "keyVaultArmId": f"{OURS}.KeyVault/vaults/kv-bank"}}}, "workspace",
            protect=True),
        az("machinelearningservices:Compute", {
            **HERE, "workspaceName": "mlw-research", "computeName": "train", **USER, "properties": {
                "computeType": "AmlCompute", "disableLocalAuth": True, "description": "Trainings", "properties": {
                    "vmSize": "Standard_D4s_v3", "vmPriority": "Dedicated", "osType": "Linux",
                        "enableNodePublicIp": False,
                    "isolatedNetwork": True, "remoteLoginPortPublicAccess": "Disabled", "scaleSettings": {
                        "minNodeCount": 0, "maxNodeCount": 2, "nodeIdleTimeBeforeScaleDown": "PT15M"}}}}, "train",
            links={"workspaceName": ("workspace",)}),
        endpoint("mlw", WORKSPACE, "amlworkspace"), audit("workspace", WORKSPACE), lock(WORKSPACE, "workspace")),
        f"{LEARN}/machine-learning/how-to-managed-network", unpriced(
            "azure-native:machinelearningservices:Workspace::workspace",
            "azure-native:machinelearningservices:Compute::train")),
    Idiom("a workspace of Databricks runs in the spoke without public addresses under the bank's keys", (
        AZURE_BUDGET,
        az("databricks:Workspace", {
            **HERE, "workspaceName": "dbw-bank", "sku": {"name": "premium"}, **CLOSED, "requiredNsgRules":
            "NoAzureDatabricksRules", "managedResourceGroupId": "/subscriptions/00000000-0000-0000-0000-000000000001/"
            "resourceGroups/rg-bricks-managed", "parameters": PARAMETERS, "defaultStorageFirewall": "Enabled",
            "accessConnector": {"id": f"{OURS}.Databricks/accessConnectors/dbac-bank", "identityType": "UserAssigned",
                                "userAssignedIdentityId": ID},
            "encryption": {"entities": {"managedServices": BRICKS_KEY, "managedDisk": {
                **BRICKS_KEY, "rotationToLatestKeyVersionEnabled": True}}}}, "workspace", protect=True),
        endpoint("dbw", BRICKS, "databricks_ui_api"), audit("workspace", BRICKS), lock(BRICKS, "workspace")),
        f"{LEARN}/azure/databricks/security/network/front-end/front-end-private-connect", unpriced(
            "azure-native:databricks:Workspace::workspace")),
    Idiom("data of the day is moved by a factory in a managed network, to the bank's storage by a private way", (
        AZURE_BUDGET,
        az("datafactory:Factory", {
            **HERE, "factoryName": "adf-bank", **CLOSED, "identity": {
                "type": "UserAssigned", "userAssignedIdentities": [ID]},
            "encryption": {"vaultBaseUrl": "https://kv-bank.vault.azure.net", "keyName": "cmk", "keyVersion":
                           "0123456789abcdef0123456789abcdef", "identity": {"userAssignedIdentity": ID}}}, "factory",
            protect=True),
        az("datafactory:IntegrationRuntime", {
            **RG, "factoryName": "adf-bank", "integrationRuntimeName": "inner", "properties": {
                "type": "Managed", "managedVirtualNetwork": {"referenceName": "default", "type":
                                                             "ManagedVirtualNetworkReference"},
                "computeProperties": {"location": "UAE North", "dataFlowProperties": {
                    "computeType": "General", "coreCount": 8, "timeToLive": 10, "cleanup": True}}}}, "inner",
            links={"factoryName": ("factory",)}),
        az("datafactory:ManagedPrivateEndpoint", {
            **RG, "factoryName": "adf-bank", "managedVirtualNetworkName": "default", "managedPrivateEndpointName":
            "lake", "properties": {"groupId": "dfs",
                "privateLinkResourceId": f"{OURS}.Storage/storageAccounts/stbank"}},
            "lake", links={"factoryName": ("factory",)}),
        endpoint("adf", FACTORY, "dataFactory"), audit("factory", FACTORY), lock(FACTORY, "factory")),
        f"{LEARN}/data-factory/managed-virtual-network-private-endpoint", {**OWN, **unpriced(
            "azure-native:datafactory:IntegrationRuntime::inner", "azure-native:datafactory:Factory::factory")}),
)  # fmt: skip
