"""Good idioms of platform teams on Azure: databases, caches, messages, stores and keys (set 20, blind)."""

from ..blind import SUB, TAGS, az
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import HERE, ID, KEY_URL, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .nineteenth_azure_data import counted
from .ninth_azure import CLIENT, TENANT
from .sixth_azure import endpoint
from .thirteenth_azure import ADMINS, USER, settings
from .twelfth_azure_platform import CLOSED, OWN, audit, granted

MY, MI = f"{OURS}.DBforMySQL/flexibleServers/my-shop", f"{OURS}.Sql/managedInstances/mi-core"
PG = f"{OURS}.DBforPostgreSQL/flexibleServers/pg-claims"
CACHE, BUS = f"{OURS}.Cache/redisEnterprise/amr-sessions", f"{OURS}.ServiceBus/namespaces/sb-bank"
FILES, REGISTRY = f"{OURS}.Storage/storageAccounts/stshares", f"{OURS}.ContainerRegistry/registries/crplatform"
KV, COSMOS = f"{OURS}.KeyVault/vaults/kv-apps", f"{OURS}.DocumentDB/databaseAccounts/cosmos-offers"
MYSQL = {
    "require_secure_transport": "ON", "tls_version": "TLSv1.2,TLSv1.3", "audit_log_enabled": "ON", "audit_log_events":
    "CONNECTION,DCL,DDL", "slow_query_log": "ON", "long_query_time": "2", "log_output": "FILE", "local_infile": "OFF",
    "time_zone": "+04:00", "innodb_print_all_deadlocks": "ON", "aad_auth_only": "ON"}  # fmt: skip
CLAIMS = {
    "require_secure_transport": "on", "ssl_min_protocol_version": "TLSv1.3", "log_checkpoints": "on", "pgaudit.log":
    "ddl,role,write", "log_disconnections": "on", "azure.extensions": "pgcrypto,pg_partman", "wal_level": "replica",
    "log_autovacuum_min_duration": "5000", "statement_timeout": "300000", "metrics.collector_database_activity": "on",
    "max_wal_senders": "10", "autovacuum_naptime": "30"}  # fmt: skip
KEYS = {"keySource": "Microsoft.Keyvault", "keyVaultProperties": {
    "keyName": "cmk", "keyVaultUri": "https://kv-bank.vault.azure.net"}, "encryptionIdentity": {
        "encryptionUserAssignedIdentity": ID}, "requireInfrastructureEncryption": True, "services": {
            kind: {"enabled": True, "keyType": "Account"} for kind in ("blob", "file", "queue", "table")}}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("the shop's MySQL has a standby in another zone, staff of Entra alone and its audit in the workspace", (
        AZURE_BUDGET,
        az("dbformysql:Server", {
            **HERE, "serverName": "my-shop", "version": "8.0.21", "createMode": "Default", "sku": {
                "name": "Standard_D4ads_v5", "tier": "GeneralPurpose"}, "identity": {
                    "type": "UserAssigned", "userAssignedIdentities": [ID]}, "availabilityZone": "1",
            "storage": {"storageSizeGB": 256, "autoGrow": "Enabled", "autoIoScaling": "Enabled", "logOnDisk":
                        "Disabled"}, "backup": {"backupRetentionDays": 35, "geoRedundantBackup": "Disabled"},
            "highAvailability": {"mode": "ZoneRedundant", "standbyAvailabilityZone": "2"}, "network": {
                "delegatedSubnetResourceId": f"{VNET}/subnets/mysql", "publicNetworkAccess": "Disabled",
                "privateDnsZoneResourceId": f"{OURS}.Network/privateDnsZones/shop.private.mysql.database.azure.com"},
            "dataEncryption": {"type": "AzureKeyVault", "primaryKeyURI": KEY_URL, "primaryUserAssignedIdentityId": ID},
            "maintenanceWindow": {"customWindow": "Enabled", "dayOfWeek": 5, "startHour": 22, "startMinute": 30}},
            "server", protect=True),
        az("dbformysql:AzureADAdministrator", {
            **RG, "serverName": "my-shop", "administratorName": "ActiveDirectory", "administratorType":
            "ActiveDirectory", "identityResourceId": ID, "login": "dbas", "sid": ADMINS, "tenantId": TENANT}, "admins",
            links={"serverName": ("server",)}),
        *settings("dbformysql", "my-shop", **MYSQL),
        az("dbformysql:Database", {**RG, "serverName": "my-shop", "databaseName": "shop", "charset": "utf8mb4",
                                   "collation": "utf8mb4_0900_ai_ci"}, "shop", links={"serverName": ("server",)}),
        audit("server", MY), lock(MY, "server"),
        counted("my-disk", MY, "Microsoft.DBforMySQL/flexibleServers", "storage_percent", "GreaterThan", 85)),
        f"{LEARN}/mysql/flexible-server/security-how-to-manage-data-encryption-portal; concepts-audit-logs"),
    Idiom("claims are in PostgreSQL with a replica that readers reach by a name of its own, and staff of one group", (
        AZURE_BUDGET,
        *(az("dbforpostgresql:Server", {
            **HERE, "serverName": name, "version": "16", **more, "sku": {
                "name": "Standard_D4ds_v5", "tier": "GeneralPurpose"}, "identity": {
                    "type": "UserAssigned", "userAssignedIdentities": {ID: {}}}, "storage": {
                        "storageSizeGB": 256, "autoGrow": "Enabled", "type": "Premium_LRS"},
            "backup": {"backupRetentionDays": 35, "geoRedundantBackup": "Disabled"}, "availabilityZone": zone,
            "network": {"delegatedSubnetResourceId": f"{VNET}/subnets/pg", "publicNetworkAccess": "Disabled",
                        "privateDnsZoneArmResourceId":
                        f"{OURS}.Network/privateDnsZones/claims.private.postgres.database.azure.com"},
            "authConfig": {"activeDirectoryAuth": "Enabled", "passwordAuth": "Disabled", "tenantId": TENANT},
            "dataEncryption": {"type": "AzureKeyVault", "primaryKeyURI": KEY_URL, "primaryUserAssignedIdentityId": ID}},
            kind, protect=True) for name, kind, zone, more in (
                ("pg-claims", "server", "1", {"createMode": "Default", "highAvailability": {
                    "mode": "ZoneRedundant", "standbyAvailabilityZone": "2"}}),
                ("pg-claims-read", "replica", "3", {"createMode": "Replica", "sourceServerResourceId": PG,
                                                    "highAvailability": {"mode": "Disabled"}}))),
        az("dbforpostgresql:VirtualEndpoint", {
            **RG, "serverName": "pg-claims", "virtualEndpointName": "claims", "endpointType": "ReadWrite", "members":
            ["pg-claims-read"]}, "name", links={"serverName": ("server",), "members": ("replica",)}),
        az("dbforpostgresql:Administrator", {
            **RG, "serverName": "pg-claims", "objectId": ADMINS, "principalName": "dbas", "principalType": "Group",
            "tenantId": TENANT}, "admins", links={"serverName": ("server",)}),
        *settings("dbforpostgresql", "pg-claims", **CLAIMS),
        audit("server", PG), lock(PG, "server")),
        f"{LEARN}/postgresql/flexible-server/concepts-read-replicas-virtual-endpoints; concepts-security",
        unpriced("azure-native:dbforpostgresql:Server::server", "azure-native:dbforpostgresql:Server::replica")),
    Idiom("the core's databases run in a managed instance of the network for Entra alone, under the bank's key", (
        AZURE_BUDGET,
        az("sql:ManagedInstance", {
            **HERE, "managedInstanceName": "mi-core", "sku": {"name": "GP_Gen5", "tier": "GeneralPurpose", "family":
                                                              "Gen5", "capacity": 8}, **USER,
            "primaryUserAssignedIdentityId": ID, "keyId": KEY_URL, "subnetId": f"{VNET}/subnets/mi", "vCores": 8,
            "storageSizeInGB": 512, "licenseType": "BasePrice", "collation": "SQL_Latin1_General_CP1_CI_AS",
            "timezoneId": "Arabian Standard Time", "minimalTlsVersion": "1.2", "publicDataEndpointEnabled": False,
            "proxyOverride": "Redirect", "zoneRedundant": True, "requestedBackupStorageRedundancy": "Zone",
            "isGeneralPurposeV2": True, "databaseFormat": "SQLServer2022", "administrators": {
                "administratorType": "ActiveDirectory", "azureADOnlyAuthentication": True, "login": "dbas",
                "principalType": "Group", "sid": ADMINS, "tenantId": TENANT}, "maintenanceConfigurationId":
            f"{SUB}/providers/Microsoft.Maintenance/publicMaintenanceConfigurations/SQL_UAENorth_MI_1"}, "core",
            protect=True),
        az("sql:ManagedDatabase", {**HERE, "managedInstanceName": "mi-core", "databaseName": "core", "collation":
                                   "SQL_Latin1_General_CP1_CI_AS"}, "database", protect=True, links={
                                       "managedInstanceName": ("core",)}),
        az("sql:ManagedInstanceVulnerabilityAssessment", {
            **RG, "managedInstanceName": "mi-core", "vulnerabilityAssessmentName": "default", "storageContainerPath":
            "https://stbank.blob.core.windows.net/assessments", "recurringScans": {
                "isEnabled": True, "emailSubscriptionAdmins": False, "emails": ["dbas@bank.ae"]}}, "scans", links={
                    "managedInstanceName": ("core",)}),
        az("sql:ManagedInstanceLongTermRetentionPolicy", {
            **RG, "managedInstanceName": "mi-core", "databaseName": "core", "policyName": "default", "weeklyRetention":
            "P12W", "monthlyRetention": "P24M", "yearlyRetention": "P7Y", "weekOfYear": 2}, "years", links={
                "databaseName": ("database",)}),
        audit("core", MI), lock(MI, "core")),
        f"{LEARN}/azure-sql/managed-instance/connectivity-architecture-overview; auditing-configure",
        {"residency": {"known": {**OWN["residency"]["known"], "@bank.ae": "our own mail"}}, **unpriced(
            "azure-native:sql:ManagedInstance::core")}),
    Idiom("offers lie in Cosmos DB with a limit that follows load; the app reads one container by a role", (
        AZURE_BUDGET,
        az("cosmosdb:DatabaseAccount", {
            **HERE, "accountName": "cosmos-offers", "kind": "GlobalDocumentDB", "databaseAccountOfferType": "Standard",
            "consistencyPolicy": {"defaultConsistencyLevel": "BoundedStaleness", "maxIntervalInSeconds": 5,
                                  "maxStalenessPrefix": 100}, "locations": [
                {"locationName": "UAE North", "failoverPriority": 0, "isZoneRedundant": True}], **CLOSED,
            "disableLocalAuth": True, "disableKeyBasedMetadataWriteAccess": True, "minimalTlsVersion": "Tls12",
            "networkAclBypass": "None", "enableBurstCapacity": True, "enablePerRegionPerPartitionAutoscale": True,
            "enableMultipleWriteLocations": False, "identity": {"type": "UserAssigned", "userAssignedIdentities": [ID]},
            "keyVaultKeyUri": "https://kv-bank.vault.azure.net/keys/cmk", "defaultIdentity":
            f"UserAssignedIdentity={ID}", "backupPolicy": {"type": "Continuous", "continuousModeProperties": {
                "tier": "Continuous30Days"}}}, "offers", protect=True),
        az("cosmosdb:SqlResourceSqlDatabase", {
            **RG, "accountName": "cosmos-offers", "databaseName": "offers", "tags": TAGS, "options": {
                "autoscaleSettings": {"maxThroughput": 4000}}, "resource": {"id": "offers"}}, "database", links={
                    "accountName": ("offers",)}),
        az("cosmosdb:SqlResourceSqlContainer", {
            **RG, "accountName": "cosmos-offers", "databaseName": "offers", "containerName": "open", "tags": TAGS,
            "resource": {"id": "open", "partitionKey": {"kind": "Hash", "paths": ["/customer"], "version": 2},
                         "uniqueKeyPolicy": {"uniqueKeys": [{"paths": ["/product"]}]}, "defaultTtl": -1,
                         "indexingPolicy": {"indexingMode": "consistent", "includedPaths": [{"path": "/*"}],
                                            "excludedPaths": [{"path": "/text/?"}], "compositeIndexes": [[
                                                {"path": "/customer", "order": "ascending"},
                                                {"path": "/ends", "order": "descending"}]]}}}, "open", links={
                                                    "databaseName": ("database",)}),
        az("cosmosdb:SqlResourceSqlRoleDefinition", {
            **RG, "accountName": "cosmos-offers", "roleDefinitionId": "1f1f1f1f-1111-2222-3333-444444444444",
            "roleName": "Reads offers", "type": "CustomRole", "assignableScopes": [f"{COSMOS}/dbs/offers/colls/open"],
            "permissions": [{"dataActions": [
                "Microsoft.DocumentDB/databaseAccounts/readMetadata",
                "Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/read",
                "Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/executeQuery"]}]}, "reads", links={
                    "accountName": ("offers",)}),
        az("cosmosdb:SqlResourceSqlRoleAssignment", {
            **RG, "accountName": "cosmos-offers", "roleAssignmentId": "2f2f2f2f-1111-2222-3333-444444444444",
            "principalId": CLIENT, "roleDefinitionId": UNKNOWN, "scope": f"{COSMOS}/dbs/offers/colls/open"}, "app",
            links={"roleDefinitionId": ("reads",)}),
        endpoint("cosmos", COSMOS, "Sql"), audit("offers", COSMOS), lock(COSMOS, "offers")),
        f"{LEARN}/cosmos-db/how-to-connect-role-based-access-control; cosmos-db/security-considerations"),
    Idiom("sessions are in a managed Redis of zones that only an identity reads, saved every hour", (
        AZURE_BUDGET,
        az("redisenterprise:RedisEnterprise", {
            **HERE, "clusterName": "amr-sessions", "sku": {"name": "Balanced_B10"}, "minimumTlsVersion": "1.2",
            "highAvailability": "Enabled", **CLOSED, "identity": {"type": "UserAssigned", "userAssignedIdentities":
                                                                  [ID]}, "encryption": {
                "customerManagedKeyEncryption": {"keyEncryptionKeyUrl": KEY_URL, "keyEncryptionKeyIdentity": {
                    "identityType": "userAssignedIdentity", "userAssignedIdentityResourceId": ID}}}}, "sessions"),
        az("redisenterprise:Database", {
            **RG, "clusterName": "amr-sessions", "databaseName": "default", "clientProtocol": "Encrypted", "port":
            10000, "clusteringPolicy": "OSSCluster", "evictionPolicy": "VolatileLRU", "accessKeysAuthentication":
            "Disabled", "deferUpgrade": "NotDeferred", "persistence": {
                "aofEnabled": False, "rdbEnabled": True, "rdbFrequency": "1h"}}, "default", links={
                    "clusterName": ("sessions",)}),
        az("redisenterprise:AccessPolicyAssignment", {
            **RG, "clusterName": "amr-sessions", "databaseName": "default", "accessPolicyAssignmentName": "portal",
            "accessPolicyName": "default", "user": {"objectId": CLIENT}}, "portal", links={
                "databaseName": ("default",)}),
        endpoint("amr", CACHE, "redisEnterprise"), audit("sessions", CACHE)),
        f"{LEARN}/redis/entra-for-authentication; redis/how-to-encryption"),
    Idiom("orders pass a Service Bus of zones with topics, filters and a second queue for what nobody reads", (
        AZURE_BUDGET,
        az("servicebus:Namespace", {
            **HERE, "namespaceName": "sb-bank", "sku": {"name": "Premium", "tier": "Premium", "capacity": 1},
            "minimumTlsVersion": "1.2", "disableLocalAuth": True, **CLOSED, "zoneRedundant": True,
            "premiumMessagingPartitions": 1, "identity": {"type": "UserAssigned", "userAssignedIdentities": [ID]},
            "encryption": {"keySource": "Microsoft.KeyVault", "requireInfrastructureEncryption": True,
                           "keyVaultProperties": [{"keyName": "cmk", "keyVaultUri": "https://kv-bank.vault.azure.net",
                                                   "identity": {"userAssignedIdentity": ID}}]}}, "bus"),
        az("servicebus:NamespaceNetworkRuleSet", {
            **RG, "namespaceName": "sb-bank", "defaultAction": "Deny", "trustedServiceAccessEnabled": False,
            "ipRules": [], "virtualNetworkRules": [], **CLOSED}, "network", links={"namespaceName": ("bus",)}),
        az("servicebus:Queue", {
            **RG, "namespaceName": "sb-bank", "queueName": "unread", "defaultMessageTimeToLive": "P14D",
            "requiresSession": False, "maxSizeInMegabytes": 5120}, "unread", links={"namespaceName": ("bus",)}),
        az("servicebus:Topic", {
            **RG, "namespaceName": "sb-bank", "topicName": "orders", "requiresDuplicateDetection": True,
            "duplicateDetectionHistoryTimeWindow": "PT10M", "defaultMessageTimeToLive": "P7D", "supportOrdering": True,
            "maxMessageSizeInKilobytes": 1024, "enableBatchedOperations": True}, "orders", links={
                "namespaceName": ("bus",)}),
        az("servicebus:Subscription", {
            **RG, "namespaceName": "sb-bank", "topicName": "orders", "subscriptionName": "billing", "lockDuration":
            "PT1M", "maxDeliveryCount": 5, "deadLetteringOnMessageExpiration": True, "requiresSession": True,
            "deadLetteringOnFilterEvaluationExceptions": True, "forwardDeadLetteredMessagesTo": "unread"}, "billing",
            links={"topicName": ("orders",)}),
        az("servicebus:Rule", {
            **RG, "namespaceName": "sb-bank", "topicName": "orders", "subscriptionName": "billing", "ruleName": "paid",
            "filterType": "SqlFilter", "sqlFilter": {"sqlExpression": "kind = 'paid' AND amount > 0",
                                                     "compatibilityLevel": 20}}, "paid", links={
                                                         "subscriptionName": ("billing",)}),
        granted("sender", f"{BUS}/topics/orders", "69a216fc-b8fb-44d8-bc22-1f3c2cd27a39"),
        granted("receiver", f"{BUS}/topics/orders/subscriptions/billing", "4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0"),
        endpoint("sb", BUS, "namespace"), audit("bus", BUS),
        counted("sb-dead", BUS, "Microsoft.ServiceBus/namespaces", "DeadletteredMessages", "GreaterThan", 10)),
        f"{LEARN}/service-bus-messaging/service-bus-premium-messaging; security-baseline",
        OWN),
    Idiom("shares of the branches are in an account for files alone, with SMB 3.1.1 and copies of a month", (
        AZURE_BUDGET,
        az("storage:StorageAccount", {
            **HERE, "accountName": "stshares", "kind": "FileStorage", "sku": {"name": "PremiumV2_ZRS"}, **USER,
            **CLOSED, "minimumTlsVersion": "TLS1_2", "enableHttpsTrafficOnly": True, "allowBlobPublicAccess": False,
            "allowSharedKeyAccess": False, "allowCrossTenantReplication": False, "defaultToOAuthAuthentication": True,
            "isLocalUserEnabled": False, "largeFileSharesState": "Enabled", "publicNetworkAccess": "Disabled",
            "networkRuleSet": {"bypass": "None", "defaultAction": "Deny"}, "allowedCopyScope": "PrivateLink",
            "azureFilesIdentityBasedAuthentication": {
                "directoryServiceOptions": "AADKERB", "defaultSharePermission": "None", "activeDirectoryProperties": {
                    "domainName": "corp.bank.ae", "domainGuid": TENANT}}, "encryption": {
                        **KEYS, "services": {"file": {"enabled": True, "keyType": "Account"}}}}, "shares",
            protect=True),
        az("storage:FileServiceProperties", {
            **RG, "accountName": "stshares", "fileServicesName": "default", "shareDeleteRetentionPolicy": {
                "enabled": True, "days": 30}, "protocolSettings": {"smb": {
                    "versions": "SMB3.1.1", "authenticationMethods": "Kerberos", "channelEncryption": "AES-256-GCM",
                    "kerberosTicketEncryption": "AES-256", "multichannel": {"enabled": True}}}}, "smb", links={
                        "accountName": ("shares",)}),
        az("storage:FileShare", {
            **RG, "accountName": "stshares", "shareName": "branches", "enabledProtocols": "SMB", "shareQuota": 1024,
            "accessTier": "Premium"}, "branches", links={
                "accountName": ("shares",)}),
        granted("branch", f"{FILES}/fileServices/default/fileshares/branches",
                "0c867c2a-1d8c-454a-a3db-ab2ea1bdc8bb"),
        endpoint("shares", FILES, "file"), audit("shares", f"{FILES}/fileServices/default"), lock(FILES, "shares")),
        f"{LEARN}/storage/files/files-smb-protocol; storage-files-identity-auth-hybrid-identities-enable",
        {**OWN, **unpriced("azure-native:storage:FileShare::branches", "azure-native:storage:StorageAccount::shares")}),
    Idiom("images lie in a registry of zones that exports nothing, drops what has no tag and scans as they come", (
        AZURE_BUDGET,
        az("containerregistry:Registry", {
            **HERE, "registryName": "crplatform", "sku": {"name": "Premium"}, "adminUserEnabled": False,
            "anonymousPullEnabled": False, "dataEndpointEnabled": True, **CLOSED, "networkRuleBypassOptions": "None",
            "networkRuleSet": {"defaultAction": "Deny", "ipRules": []}, "zoneRedundancy": "Enabled", "identity": {
                "type": "UserAssigned", "userAssignedIdentities": {ID: {}}}, "encryption": {
                    "status": "enabled", "keyVaultProperties": {"identity": CLIENT, "keyIdentifier":
                                                                "https://kv-bank.vault.azure.net/keys/cmk"}},
            "policies": {"exportPolicy": {"status": "disabled"}, "azureADAuthenticationAsArmPolicy": {
                "status": "disabled"}, "quarantinePolicy": {"status": "disabled"}, "retentionPolicy": {
                    "status": "enabled", "days": 14}, "softDeletePolicy": {"status": "disabled"}}}, "images",
            protect=True),
        az("containerregistry:ScopeMap", {
            **RG, "registryName": "crplatform", "scopeMapName": "edge", "description": "Edge sites read one repository",
            "actions": ["repositories/edge/agent/content/read", "repositories/edge/agent/metadata/read"]}, "edge",
            links={"registryName": ("images",)}),
        granted("nodes", REGISTRY, "7f951dda-4ed3-4680-a7ca-43fe172d538d"),
        endpoint("cr", REGISTRY, "registry"), audit("images", REGISTRY), lock(REGISTRY, "images")),
        f"{LEARN}/container-registry/container-registry-best-practices; data-loss-prevention", OWN),
    Idiom("secrets of apps lie in a vault for roles alone; what is near its end is told by events to a queue", (
        AZURE_BUDGET,
        az("keyvault:Vault", {
            **HERE, "vaultName": "kv-apps", "properties": {
                "tenantId": TENANT, "sku": {"family": "A", "name": "premium"}, "enableRbacAuthorization": True,
                "enablePurgeProtection": True, "enableSoftDelete": True, "softDeleteRetentionInDays": 90,
                "enabledForDeployment": False, "enabledForDiskEncryption": False, "enabledForTemplateDeployment": False,
                **CLOSED, "networkAcls": {"bypass": "None", "defaultAction": "Deny", "ipRules": [],
                                          "virtualNetworkRules": []}}}, "vault", protect=True),
        az("eventgrid:SystemTopic", {
            **HERE, "systemTopicName": "egst-kv", "source": KV, "topicType": "Microsoft.KeyVault.vaults", "identity": {
                "type": "UserAssigned", "userAssignedIdentities": {ID: {}}}}, "news", links={"source": ("vault",)}),
        az("eventgrid:SystemTopicEventSubscription", {
            **RG, "systemTopicName": "egst-kv", "eventSubscriptionName": "ends", "eventDeliverySchema":
            "CloudEventSchemaV1_0", "filter": {"includedEventTypes": [
                "Microsoft.KeyVault.SecretNearExpiry", "Microsoft.KeyVault.CertificateNearExpiry",
                "Microsoft.KeyVault.KeyNearExpiry"], "isSubjectCaseSensitive": False},
            "deliveryWithResourceIdentity": {
                "identity": {"type": "UserAssigned", "userAssignedIdentity": ID}, "destination": {
                    "endpointType": "ServiceBusQueue", "resourceId": f"{BUS}/queues/rotation"}},
            "deadLetterWithResourceIdentity": {
                "identity": {"type": "UserAssigned", "userAssignedIdentity": ID}, "deadLetterDestination": {
                    "endpointType": "StorageBlob", "resourceId": f"{OURS}.Storage/storageAccounts/stbank",
                    "blobContainerName": "unsent"}}, "retryPolicy": {
                        "eventTimeToLiveInMinutes": 1440, "maxDeliveryAttempts": 30}}, "ends", links={
                            "systemTopicName": ("news",)}),
        granted("app", f"{KV}/secrets/claims-database", "4633458b-17de-408a-b874-0445c86b69e6"),
        endpoint("kv", KV, "vault"), audit("vault", KV), lock(KV, "vault")),
        f"{LEARN}/key-vault/general/secure-key-vault; key-vault/general/event-grid-overview", OWN),
)  # fmt: skip
