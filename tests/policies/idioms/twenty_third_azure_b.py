"""Good programs of platform teams on Azure: stores and databases (2026-12-01, written before any rule ran)."""

from ..blind import az
from ..harness import UNKNOWN
from . import Idiom
from .twentieth_goodb_charts import merged
from .twenty_third_azure import (
    AT,
    AVM,
    BY_IDENTITY,
    CMK,
    DUTY,
    IDENTITY,
    ITS,
    LAW,
    LEARN,
    OURS,
    RG,
    STAFF,
    TENANT,
    VNET,
    alert,
    budget,
    granted,
    kept,
    private,
    records,
    with_prices,
)

ENCRYPTION = {"keySource": "Microsoft.Keyvault", "requireInfrastructureEncryption": True, "encryptionIdentity": {
    "encryptionUserAssignedIdentity": IDENTITY}, "keyVaultProperties": {
        "keyName": "cmk-storage", "keyVaultUri": "https://kv-cmk-prod.vault.azure.net/"}}  # fmt: skip
ACCOUNT = {
    **AT, "kind": "StorageV2", "sku": {"name": "Standard_ZRS"}, **BY_IDENTITY, "accessTier": "Hot",
    "allowBlobPublicAccess": False, "allowSharedKeyAccess": False, "allowCrossTenantReplication": False,
    "defaultToOAuthAuthentication": True, "enableHttpsTrafficOnly": True, "minimumTlsVersion": "TLS1_2",
    "publicNetworkAccess": "Disabled", "networkRuleSet": {"defaultAction": "Deny", "bypass": "AzureServices"},
    "encryption": {**ENCRYPTION, "services": {
        kind: {"enabled": True, "keyType": "Account"} for kind in ("blob", "file", "queue", "table")}},
    "sasPolicy": {"expirationAction": "Log", "sasExpirationPeriod": "0.01:00:00"}, "keyPolicy": {
        "keyExpirationPeriodInDays": 90}, "allowedCopyScope": "AAD"}  # fmt: skip
ENTRA = {"administratorType": "ActiveDirectory", "azureADOnlyAuthentication": True, "login": "sg-sql-admins",
         "principalType": "Group", "sid": STAFF, "tenantId": TENANT}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("AVM storage account: versions, soft delete, tiers, private endpoints and roles for documents", (
        az("storage:StorageAccount", {**ACCOUNT, "accountName": "stdocsprod"}, "store"),
        az("storage:BlobServiceProperties", {
            **RG, "accountName": "stdocsprod", "blobServicesName": "default", "isVersioningEnabled": True,
            "changeFeed": {"enabled": True, "retentionInDays": 30}, "deleteRetentionPolicy": {
                "enabled": True, "days": 30}, "containerDeleteRetentionPolicy": {"enabled": True, "days": 30},
            "restorePolicy": {"enabled": True, "days": 14}, "lastAccessTimeTrackingPolicy": {"enable": True}}, "blobs",
           links={"accountName": ("store",)}),
        az("storage:BlobContainer", {**RG, "accountName": "stdocsprod", "containerName": "contracts", "publicAccess":
                                     "None"}, "container", links={"accountName": ("store",)}),
        az("storage:ManagementPolicy", {
            **RG, "accountName": "stdocsprod", "managementPolicyName": "default", "policy": {"rules": [{
                "name": "tiering", "enabled": True, "type": "Lifecycle", "definition": {
                    "filters": {"blobTypes": ["blockBlob"], "prefixMatch": ["contracts/"]}, "actions": {
                        "baseBlob": {"tierToCool": {"daysAfterModificationGreaterThan": 30}, "tierToCold": {
                            "daysAfterModificationGreaterThan": 180}},
                        "version": {"delete": {"daysAfterCreationGreaterThan": 90}}, "snapshot": {
                            "delete": {"daysAfterCreationGreaterThan": 90}}}}}]}}, "tiers",
           links={"accountName": ("store",)}),
        *private("store", "blob", "privatelink.blob.core.windows.net"),
        *private("store", "dfs", "privatelink.dfs.core.windows.net"), kept("store"),
        granted("readers", "container", "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", "Group"),
        az("monitor:DiagnosticSetting", {
            "name": "to-log-analytics", "resourceUri": f"{ITS}.Storage/storageAccounts/stdocsprod/blobServices/default",
            "workspaceId": LAW, "logs": [{"category": kind, "enabled": True} for kind in (
                "StorageRead", "StorageWrite", "StorageDelete")], "metrics": [
                    {"category": "Transaction", "enabled": True}]}, "diag-blobs")),
        f"{AVM}/storage/storage-account/tests/e2e/waf-aligned, as known", OURS),
    Idiom("AVM key vault: a rotated key, a secret that ends, private endpoint and alarms of use", (
        az("keyvault:Vault", {
            **AT, "vaultName": "kv-pay-prod", "properties": {
                "tenantId": TENANT, "sku": {"family": "A", "name": "premium"}, "enableRbacAuthorization": True,
                "enablePurgeProtection": True, "enableSoftDelete": True, "softDeleteRetentionInDays": 90,
                "publicNetworkAccess": "disabled", "enabledForDeployment": False, "enabledForTemplateDeployment": False,
                "enabledForDiskEncryption": False, "networkAcls": {
                    "bypass": "AzureServices", "defaultAction": "Deny"}}}, "vault"),
        az("keyvault:Key", {
            **RG, "vaultName": "kv-pay-prod", "keyName": "cmk-payments", "properties": {
                "kty": "RSA-HSM", "keySize": 4096, "keyOps": ["wrapKey", "unwrapKey"], "attributes": {"enabled": True},
                "rotationPolicy": {"attributes": {"expiryTime": "P2Y"}, "lifetimeActions": [
                    {"action": {"type": "rotate"}, "trigger": {"timeAfterCreate": "P18M"}},
                    {"action": {"type": "notify"}, "trigger": {"timeBeforeExpiry": "P30D"}}]}}}, "key",
           links={"vaultName": ("vault",)}),
        az("keyvault:Secret", {
            **RG, "vaultName": "kv-pay-prod", "secretName": "partner-api-key", "properties": {
                "value": UNKNOWN, "contentType": "text/plain", "attributes": {"enabled": True, "expires": 1798675200}}},
           "secret", links={"vaultName": ("vault",)}),
        *private("vault", "vault", "privatelink.vaultcore.azure.net"), records("vault"), kept("vault"),
        granted("secrets-user", "vault", "4633458b-17de-408a-b874-0445c86b69e6"),
        granted("crypto-user", "key", "e147488a-f6f5-4113-8e2d-b22465e65bf6"),
        alert("vault", "Microsoft.KeyVault/vaults", "Availability", "LessThan", 99.9)),
        f"{AVM}/key-vault/vault/tests/e2e/waf-aligned; {LEARN}/key-vault/general/secure-key-vault, as known", OURS),
    Idiom("AVM SQL server: Entra only, a zone-redundant database, audit, long retention and its own key", (
        az("sql:Server", {
            **AT, "serverName": "sql-core-prod", "version": "12.0", "minimalTlsVersion": "1.2", "publicNetworkAccess":
            "Disabled", "restrictOutboundNetworkAccess": "Enabled", "administrators": ENTRA, **BY_IDENTITY,
            "primaryUserAssignedIdentityId": IDENTITY, "keyId": f"{CMK}/0123456789abcdef0123456789abcdef"}, "server"),
        az("sql:Database", {
            **AT, "serverName": "sql-core-prod", "databaseName": "ledger", "sku": {
                "name": "BC_Gen5", "tier": "BusinessCritical", "capacity": 4}, "zoneRedundant": True,
            "requestedBackupStorageRedundancy": "Zone", "collation": "SQL_Latin1_General_CP1_CI_AS",
            "isLedgerOn": False, "maintenanceConfigurationId": f"/subscriptions/{ITS.split('/')[2]}/providers/"
            "Microsoft.Maintenance/publicMaintenanceConfigurations/SQL_UAENorth_DB_1"}, "database",
           links={"serverName": ("server",)}),
        az("sql:ExtendedServerBlobAuditingPolicy", {
            **RG, "serverName": "sql-core-prod", "blobAuditingPolicyName": "default", "state": "Enabled",
            "isAzureMonitorTargetEnabled": True, "isDevopsAuditEnabled": True, "retentionDays": 0,
            "auditActionsAndGroups": ["BATCH_COMPLETED_GROUP", "SUCCESSFUL_DATABASE_AUTHENTICATION_GROUP",
                                      "FAILED_DATABASE_AUTHENTICATION_GROUP"]}, "audit",
           links={"serverName": ("server",)}),
        az("sql:BackupShortTermRetentionPolicy", {
            **RG, "serverName": "sql-core-prod", "databaseName": "ledger", "policyName": "default", "retentionDays": 35,
            "diffBackupIntervalInHours": 12}, "short", links={"databaseName": ("database",)}),
        az("sql:LongTermRetentionPolicy", {
            **RG, "serverName": "sql-core-prod", "databaseName": "ledger", "policyName": "default", "weeklyRetention":
            "P5W", "monthlyRetention": "P12M", "yearlyRetention": "P10Y", "weekOfYear": 1}, "long",
           links={"databaseName": ("database",)}),
        az("sql:ServerSecurityAlertPolicy", {**RG, "serverName": "sql-core-prod", "securityAlertPolicyName": "Default",
                                             "state": "Enabled", "emailAccountAdmins": True}, "threats",
           links={"serverName": ("server",)}),
        az("sql:SqlVulnerabilityAssessmentsSetting", {
            **RG, "serverName": "sql-core-prod", "vulnerabilityAssessmentName": "default", "state": "Enabled"},
           "assessment", links={"serverName": ("server",)}),
        *private("server", "sqlServer", "privatelink.database.windows.net"), records("database"), kept("server"),
        alert("database", "Microsoft.Sql/servers/databases", "cpu_percent", "GreaterThan", 85)),
        f"{AVM}/sql/server/tests/e2e/waf-aligned, as known", OURS),
    Idiom("PostgreSQL flexible server: standby in another zone, Entra, own key, logs, alerts and a pool", (
        budget(30000),
        az("dbforpostgresql:Server", {
            **AT, "serverName": "psql-loans-prod", "version": "17", "sku": {
                "name": "Standard_D4ds_v5", "tier": "GeneralPurpose"}, "createMode": "Default", "availabilityZone": "1",
            "storage": {"storageSizeGB": 256, "autoGrow": "Enabled", "type": "Premium_LRS"}, "highAvailability": {
                "mode": "ZoneRedundant", "standbyAvailabilityZone": "2"}, "backup": {
                    "backupRetentionDays": 35, "geoRedundantBackup": "Disabled"},
            "authConfig": {"activeDirectoryAuth": "Enabled", "passwordAuth": "Disabled", "tenantId": TENANT},
            "identity": {"type": "UserAssigned", "userAssignedIdentities": {IDENTITY: {}}}, "dataEncryption": {
                "type": "AzureKeyVault", "primaryKeyURI": CMK, "primaryUserAssignedIdentityId": IDENTITY},
            "network": {"delegatedSubnetResourceId": f"{VNET}/subnets/snet-psql", "privateDnsZoneArmResourceId":
                        f"{ITS}.Network/privateDnsZones/loans.private.postgres.database.azure.com",
                        "publicNetworkAccess": "Disabled"},
            "maintenanceWindow": {"customWindow": "Enabled", "dayOfWeek": 5, "startHour": 22, "startMinute": 0}},
           "server", protect=True),
        az("dbforpostgresql:Administrator", {
            **RG, "serverName": "psql-loans-prod", "objectId": STAFF, "principalName": "sg-psql-admins",
            "principalType": "Group", "tenantId": TENANT}, "admins", links={"serverName": ("server",)}),
        az("dbforpostgresql:Database", {**RG, "serverName": "psql-loans-prod", "databaseName": "loans", "charset":
                                        "UTF8", "collation": "en_US.utf8"}, "db", links={"serverName": ("server",)}),
        *(az("dbforpostgresql:Configuration", {
            **RG, "serverName": "psql-loans-prod", "configurationName": name, "value": value, "source":
            "user-override"}, name.replace(".", "-"), links={"serverName": ("server",)}) for name, value in (
                ("require_secure_transport", "on"), ("ssl_min_protocol_version", "TLSv1.2"), ("log_checkpoints", "on"),
                ("log_connections", "on"), ("log_disconnections", "on"), ("connection_throttle.enable", "on"),
                ("pgbouncer.enabled", "true"), ("azure.extensions", "PGAUDIT,VECTOR,PG_STAT_STATEMENTS"),
                ("shared_preload_libraries", "pgaudit,pg_stat_statements"), ("pgaudit.log", "ddl,role,write"),
                ("logfiles.retention_days", "7"))),
        records("server"), kept("server"),
        alert("server", "Microsoft.DBforPostgreSQL/flexibleServers", "storage_percent", "GreaterThan", 80)),
        f"{LEARN}/postgresql/flexible-server/concepts-security; {AVM}/db-for-postgre-sql/flexible-server, as known",
        with_prices("dbforpostgresql:Server::server")),
    Idiom("Cosmos DB for NoSQL: Entra only, continuous backup, own key and a data role on one container", (
        az("cosmosdb:DatabaseAccount", {
            **AT, "accountName": "cosmos-chat-prod", "kind": "GlobalDocumentDB", "databaseAccountOfferType": "Standard",
            "locations": [{"locationName": "uaenorth", "failoverPriority": 0, "isZoneRedundant": True}],
            "consistencyPolicy": {"defaultConsistencyLevel": "Session"}, "disableLocalAuth": True,
            "disableKeyBasedMetadataWriteAccess": True, "publicNetworkAccess": "Disabled", "minimalTlsVersion": "Tls12",
            "networkAclBypass": "None", "isVirtualNetworkFilterEnabled": False, "keyVaultKeyUri": CMK, **BY_IDENTITY,
            "defaultIdentity": f"UserAssignedIdentity={IDENTITY}", "backupPolicy": {
                "type": "Continuous", "continuousModeProperties": {"tier": "Continuous30Days"}}, "capacity": {
                    "totalThroughputLimit": 20000}}, "account"),
        az("cosmosdb:SqlResourceSqlDatabase", {
            **RG, "accountName": "cosmos-chat-prod", "databaseName": "chat", "resource": {"id": "chat"}}, "db",
           links={"accountName": ("account",)}),
        az("cosmosdb:SqlResourceSqlContainer", {
            **RG, "accountName": "cosmos-chat-prod", "databaseName": "chat", "containerName": "sessions", "resource": {
                "id": "sessions", "partitionKey": {"paths": ["/userId"], "kind": "Hash"}, "defaultTtl": 2592000},
            "options": {"autoscaleSettings": {"maxThroughput": 4000}}}, "container", links={"databaseName": ("db",)}),
        az("cosmosdb:SqlResourceSqlRoleAssignment", {
            **RG, "accountName": "cosmos-chat-prod", "roleAssignmentId": "aaaaaaaa-0000-1111-2222-333333333333",
            "principalId": "11111111-2222-3333-4444-555555555555", "roleDefinitionId":
            f"{ITS}.DocumentDB/databaseAccounts/cosmos-chat-prod/sqlRoleDefinitions/"
            "00000000-0000-0000-0000-000000000002", "scope":
            f"{ITS}.DocumentDB/databaseAccounts/cosmos-chat-prod/dbs/chat/colls/sessions"}, "data-role",
           links={"accountName": ("account",)}),
        *private("account", "Sql", "privatelink.documents.azure.com"), records("account"), kept("account")),
        f"{AVM}/document-db/database-account; {LEARN}/cosmos-db/security-considerations, as known",
        with_prices("cosmosdb:DatabaseAccount::account", "cosmosdb:SqlResourceSqlContainer::container")),
    Idiom("Azure Managed Redis: a clustered cache by TLS, Entra and a private endpoint for sessions", (
        az("redisenterprise:RedisEnterprise", {
            **AT, "clusterName": "redis-portal-prod", "sku": {"name": "Balanced_B10"}, "highAvailability": "Enabled",
            "minimumTlsVersion": "1.2", "publicNetworkAccess": "Disabled", **BY_IDENTITY, "encryption": {
                "customerManagedKeyEncryption": {"keyEncryptionKeyIdentity": {
                    "identityType": "userAssignedIdentity", "userAssignedIdentityResourceId": IDENTITY},
                    "keyEncryptionKeyUrl": f"{CMK}/0123456789abcdef0123456789abcdef"}}}, "cache"),
        az("redisenterprise:Database", {
            **RG, "clusterName": "redis-portal-prod", "databaseName": "default", "clientProtocol": "Encrypted", "port":
            10000, "clusteringPolicy": "OSSCluster", "evictionPolicy": "VolatileLRU", "accessKeysAuthentication":
            "Disabled", "deferUpgrade": "NotDeferred", "persistence": {"rdbEnabled": True, "rdbFrequency": "6h"}}, "db",
           links={"clusterName": ("cache",)}),
        az("redisenterprise:AccessPolicyAssignment", {
            **RG, "clusterName": "redis-portal-prod", "databaseName": "default", "accessPolicyAssignmentName": "portal",
            "accessPolicyName": "default", "user": {"objectId": "11111111-2222-3333-4444-555555555555"}}, "portal",
           links={"databaseName": ("db",)}),
        *private("cache", "redisEnterprise", "privatelink.redis.azure.net"), records("db"),
        alert("cache", "Microsoft.Cache/redisEnterprise", "usedmemorypercentage", "GreaterThan", 80)),
        f"{LEARN}/redis/secure-azure-managed-redis; {AVM}/cache/redis-enterprise, as known",
        with_prices("redisenterprise:RedisEnterprise::cache")),
    Idiom("Event Hubs Premium: a hub of card events with capture into the lake and two consumer groups", (
        az("eventhub:Namespace", {
            **AT, "namespaceName": "evhns-cards-prod", "sku": {"name": "Premium", "tier": "Premium", "capacity": 1},
            "zoneRedundant": True, "minimumTlsVersion": "1.2", "disableLocalAuth": True, "publicNetworkAccess":
            "Disabled", **BY_IDENTITY, "encryption": {
                "keySource": "Microsoft.KeyVault", "requireInfrastructureEncryption": True, "keyVaultProperties": [{
                    "keyName": "cmk-events", "keyVaultUri": "https://kv-cmk-prod.vault.azure.net/", "identity": {
                        "userAssignedIdentity": IDENTITY}}]}}, "namespace"),
        az("eventhub:EventHub", {
            **RG, "namespaceName": "evhns-cards-prod", "eventHubName": "authorisations", "partitionCount": 8,
            "retentionDescription": {"cleanupPolicy": "Delete", "retentionTimeInHours": 168}, "captureDescription": {
                "enabled": True, "encoding": "Avro", "intervalInSeconds": 300, "sizeLimitInBytes": 314572800,
                "skipEmptyArchives": True, "destination": {
                    "name": "EventHubArchive.AzureBlockBlob", "blobContainer": "capture", "archiveNameFormat":
                    "{Namespace}/{EventHub}/{PartitionId}/{Year}/{Month}/{Day}/{Hour}/{Minute}/{Second}",
                    "storageAccountResourceId": f"{ITS}.Storage/storageAccounts/stlakeprod", "identity": {
                        "type": "UserAssigned", "userAssignedIdentity": IDENTITY}}}}, "hub",
           links={"namespaceName": ("namespace",)}),
        *(az("eventhub:ConsumerGroup", {**RG, "namespaceName": "evhns-cards-prod", "eventHubName": "authorisations",
                                        "consumerGroupName": name}, name, links={"eventHubName": ("hub",)})
          for name in ("fraud", "warehouse")),
        granted("sender", "hub", "2b629674-e913-4c01-ae53-ef4638d8f975"),
        granted("receiver", "fraud", "a638d3c7-ab3a-418d-83e6-5f17a39d4fde"),
        *private("namespace", "namespace", "privatelink.servicebus.windows.net"), records("namespace"),
        kept("namespace")),
        f"{AVM}/event-hub/namespace; {LEARN}/event-hubs/event-hubs-capture-managed-identity, as known",
        merged(with_prices("eventhub:Namespace::namespace"), {"residency": {"known": {
            f"{ITS}.Storage/storageAccounts/stlakeprod": "our own lake, in uaenorth"}}})),
    Idiom("Backup vault: blobs, disks and PostgreSQL saved by policies, immutable and across zones", (
        budget(9000),
        az("dataprotection:BackupVault", {
            **AT, "vaultName": "bvault-prod", "identity": {"type": "SystemAssigned"}, "properties": {
                "storageSettings": [{"datastoreType": "VaultStore", "type": "ZoneRedundant"}], "securitySettings": {
                    "softDeleteSettings": {"state": "AlwaysOn", "retentionDurationInDays": 30},
                    "immutabilitySettings": {"state": "Unlocked"}, "encryptionSettings": {
                        "state": "Enabled", "infrastructureEncryption": "Enabled", "kekIdentity": {
                            "identityType": "SystemAssigned"}, "keyVaultProperties": {"keyUri": CMK}}},
                "monitoringSettings": {"azureMonitorAlertSettings": {"alertsForAllJobFailures": "Enabled"}},
                "featureSettings": {"crossSubscriptionRestoreSettings": {"state": "Disabled"}}}}, "vault"),
        az("dataprotection:BackupPolicy", {
            **RG, "vaultName": "bvault-prod", "backupPolicyName": "blobs-30d", "properties": {
                "objectType": "BackupPolicy", "datasourceTypes": ["Microsoft.Storage/storageAccounts/blobServices"],
                "policyRules": [{"objectType": "AzureRetentionRule", "name": "Default", "isDefault": True,
                                 "lifecycles": [{"deleteAfter": {"objectType": "AbsoluteDeleteOption", "duration":
                                                                 "P30D"}, "sourceDataStore": {
                                     "dataStoreType": "OperationalStore", "objectType": "DataStoreInfoBase"}}]}]}},
           "policy", links={"vaultName": ("vault",)}),
        az("dataprotection:BackupInstance", {
            **RG, "vaultName": "bvault-prod", "backupInstanceName": "stdocsprod", "tags": AT["tags"], "properties": {
                "objectType": "BackupInstance", "friendlyName": "stdocsprod", "dataSourceInfo": {
                    "objectType": "Datasource", "datasourceType": "Microsoft.Storage/storageAccounts/blobServices",
                    "resourceID": f"{ITS}.Storage/storageAccounts/stdocsprod", "resourceLocation": "uaenorth",
                    "resourceName": "stdocsprod", "resourceType": "Microsoft.Storage/storageAccounts", "resourceUri":
                    f"{ITS}.Storage/storageAccounts/stdocsprod"}, "policyInfo": {"policyId": UNKNOWN}}}, "instance",
           links={"vaultName": ("vault",), "properties": ("policy",)}),
        granted("backup", "vault", "e5e2a7ff-d759-4cd2-bb51-3152d37e2eb1"), records("vault"), kept("vault"),
        az("monitor:ActivityLogAlert", {
            **RG, "location": "global", "tags": AT["tags"], "activityLogAlertName": "backup-vault-changed", "enabled":
            True, "scopes": [ITS.removesuffix("/providers/Microsoft")], "condition": {"allOf": [
                {"field": "category", "equals": "Administrative"}, {"field": "operationName", "equals":
                 "Microsoft.DataProtection/backupVaults/write"}]},
            "actions": {"actionGroups": [{"actionGroupId": DUTY}]}}, "changed")),
        f"{LEARN}/backup/backup-vault-overview; {AVM}/data-protection/backup-vault, as known",
        with_prices("dataprotection:BackupInstance::instance")),
)  # fmt: skip
