"""Good programs of platform teams on Azure: databases, files and vectors (set 24, before any rule ran)."""

from ..blind import TAGS, az
from ..harness import UNKNOWN, Given
from . import Idiom
from .twenty_third_azure import (
    AT,
    AVM,
    BY_IDENTITY,
    CMK,
    IDENTITY,
    LEARN,
    OURS,
    RG,
    STAFF,
    TENANT,
    alert,
    budget,
    granted,
    kept,
    private,
    records,
    with_prices,
)

SEALED = {"keySource": "Microsoft.Keyvault", "requireInfrastructureEncryption": True, "encryptionIdentity": {
    "encryptionUserAssignedIdentity": IDENTITY}, "keyVaultProperties": {
    "keyName": "cmk-data", "keyVaultUri": "https://kv-cmk-prod.vault.azure.net"}}  # fmt: skip
CLOSED = {"allowBlobPublicAccess": False, "allowSharedKeyAccess": False, "enableHttpsTrafficOnly": True,
          "minimumTlsVersion": "TLS1_2", "publicNetworkAccess": "Disabled", "networkRuleSet": {
              "defaultAction": "Deny", "bypass": "AzureServices"}, **BY_IDENTITY, "encryption": SEALED}  # fmt: skip


def server(name: str, location: str) -> Given:
    """Returns a server of SQL for Entra alone in a region, under the bank's key."""
    return az("sql:Server", {
        **AT, "location": location, "serverName": name, "version": "12.0", "minimalTlsVersion": "1.2",
        "publicNetworkAccess": "Disabled", "restrictOutboundNetworkAccess": "Enabled", **BY_IDENTITY,
        "primaryUserAssignedIdentityId": IDENTITY, "keyId": f"{CMK}/0123456789abcdef0123456789abcdef",
        "administrators": {"administratorType": "ActiveDirectory", "azureADOnlyAuthentication": True, "login":
                           "sg-dba", "sid": STAFF, "tenantId": TENANT, "principalType": "Group"}}, name)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("SQL Hyperscale: a ledger of transfers in Abu Dhabi's region too, by a failover group that waits an hour", (
        budget(), server("sql-transfers-uaen", "uaenorth"), server("sql-transfers-uaec", "uaecentral"),
        az("sql:Database", {
            **AT, "serverName": "sql-transfers-uaen", "databaseName": "transfers", "sku": {
                "name": "HS_Gen5", "tier": "Hyperscale", "family": "Gen5", "capacity": 4},
            "highAvailabilityReplicaCount": 1, "zoneRedundant": True, "isLedgerOn": True, "readScale": "Enabled",
            "requestedBackupStorageRedundancy": "Zone", "preferredEnclaveType": "VBS", "maintenanceConfigurationId":
            "/subscriptions/00000000-0000-0000-0000-000000000001/providers/Microsoft.Maintenance/"
            "publicMaintenanceConfigurations/SQL_Default"}, "transfers", links={"serverName": (
                "sql-transfers-uaen",)}, protect=True),
        az("sql:FailoverGroup", {
            **RG, "serverName": "sql-transfers-uaen", "failoverGroupName": "fog-transfers", "partnerServers": [
                {"id": UNKNOWN}], "databases": [UNKNOWN], "readWriteEndpoint": {
                "failoverPolicy": "Manual"}, "readOnlyEndpoint": {"failoverPolicy": "Disabled"}, "tags": TAGS},
           "group", links={"serverName": ("sql-transfers-uaen",), "partnerServers": ("sql-transfers-uaec",),
                           "databases": ("transfers",)}),
        *(given for name in ("sql-transfers-uaen", "sql-transfers-uaec") for given in (
            az("sql:ExtendedServerBlobAuditingPolicy", {
                **RG, "serverName": name, "blobAuditingPolicyName": "default", "state": "Enabled",
                "isAzureMonitorTargetEnabled": True, "auditActionsAndGroups": [
                    "SUCCESSFUL_DATABASE_AUTHENTICATION_GROUP", "FAILED_DATABASE_AUTHENTICATION_GROUP",
                    "BATCH_COMPLETED_GROUP"]}, f"audit-{name}", links={"serverName": (name,)}),
            az("sql:ServerSecurityAlertPolicy", {**RG, "serverName": name, "securityAlertPolicyName": "Default",
                                                 "state": "Enabled", "emailAccountAdmins": False, "emailAddresses": [
                "security@bank.ae"]}, f"threats-{name}", links={"serverName": (name,)}),
            *private(name, "sqlServer", "privatelink.database.windows.net"))),
        az("sql:BackupShortTermRetentionPolicy", {**RG, "serverName": "sql-transfers-uaen", "databaseName": "transfers",
                                                  "policyName": "default", "retentionDays": 35}, "short", links={
            "databaseName": ("transfers",)}),
        az("sql:LongTermRetentionPolicy", {**RG, "serverName": "sql-transfers-uaen", "databaseName": "transfers",
                                           "policyName": "default", "weeklyRetention": "P12W", "monthlyRetention":
                                           "P12M", "yearlyRetention": "P10Y", "weekOfYear": 1}, "long", links={
            "databaseName": ("transfers",)}),
        records("transfers"), kept("sql-transfers-uaen"), kept("sql-transfers-uaec")),
        f"{AVM}/sql/server tests/e2e/waf-aligned; {LEARN}/azure-sql/database/failover-group-sql-db, as known",
        OURS),
    Idiom("PostgreSQL elastic cluster: visits of millions of customers spread over four nodes in the network", (
        budget(),
        az("dbforpostgresql:Server", {
            **AT, "serverName": "psql-visits", "version": "17", "createMode": "Create", "sku": {
                "name": "Standard_D4ds_v5", "tier": "GeneralPurpose"}, "cluster": {"clusterSize": 4,
                                                                                  "defaultDatabaseName": "visits"},
            "storage": {"storageSizeGB": 512, "autoGrow": "Enabled", "tier": "P20"}, "backup": {
                "backupRetentionDays": 35, "geoRedundantBackup": "Disabled"}, "highAvailability": {
                "mode": "ZoneRedundant"}, "network": {"publicNetworkAccess": "Disabled"}, "authConfig": {
                "activeDirectoryAuth": "Enabled", "passwordAuth": "Disabled", "tenantId": TENANT},
            "dataEncryption": {"type": "AzureKeyVault", "primaryKeyURI": f"{CMK}/0123456789abcdef0123456789abcdef",
                               "primaryUserAssignedIdentityId": IDENTITY}, "identity": {"type": "UserAssigned",
                                   "userAssignedIdentities": {IDENTITY: {}}}, "maintenanceWindow": {
                "customWindow": "Enabled", "dayOfWeek": 5, "startHour": 22, "startMinute": 0}}, "cluster",
           protect=True),
        az("dbforpostgresql:AdministratorsMicrosoftEntra", {
            **RG, "serverName": "psql-visits", "objectId": STAFF, "principalName": "sg-dba", "principalType": "Group",
            "tenantId": TENANT}, "owners", links={"serverName": ("cluster",)}),
        *(az("dbforpostgresql:Configuration", {**RG, "serverName": "psql-visits", "configurationName": name, "value":
                                               value, "source": "user-override"}, name.replace(".", "-"), links={
            "serverName": ("cluster",)}) for name, value in (
            ("require_secure_transport", "on"), ("ssl_min_protocol_version", "TLSv1.2"), ("log_connections", "on"),
            ("azure.extensions", "CITUS,PG_STAT_STATEMENTS,PGAUDIT"), ("pgaudit.log", "ddl,role"),
            ("citus.max_client_connections", "200"))),
        *private("cluster", "postgresqlServer", "privatelink.postgres.database.azure.com"), records("cluster"),
        alert("cluster", "Microsoft.DBforPostgreSQL/flexibleServers", "storage_percent", "GreaterThan", 85),
        kept("cluster")),
        f"{LEARN}/postgresql/flexible-server/concepts-elastic-clusters; {AVM}/db-for-postgre-sql/flexible-server, "
        "as known", with_prices()),
    Idiom("drop: partners leave files by their identities in the network, and each is looked through first", (
        budget(9000),
        az("storage:StorageAccount", {
            **AT, **CLOSED, "accountName": "stdropuaen", "kind": "StorageV2", "sku": {"name": "Standard_ZRS"},
            "isHnsEnabled": True, "isSftpEnabled": False, "isLocalUserEnabled": False, "accessTier": "Hot",
            "allowedCopyScope": "PrivateLink", "allowCrossTenantReplication": False, "sasPolicy": {
                "sasExpirationPeriod": "00.01:00:00", "expirationAction": "Block"}, "keyPolicy": {
                    "keyExpirationPeriodInDays": 90}}, "drop"),
        az("storage:BlobServiceProperties", {
            **RG, "accountName": "stdropuaen", "blobServicesName": "default", "deleteRetentionPolicy": {
                "enabled": True, "days": 14}, "containerDeleteRetentionPolicy": {"enabled": True, "days": 14}}, "undo",
           links={"accountName": ("drop",)}),
        az("storage:BlobContainer", {**RG, "accountName": "stdropuaen", "containerName": "in", "publicAccess": "None"},
           "inbox", links={"accountName": ("drop",)}),
        granted("writes", "drop", "ba92f5b4-2d11-453d-a403-e96b0029c9fe"),
        az("storage:ManagementPolicy", {**RG, "accountName": "stdropuaen", "managementPolicyName": "default", "policy":
            {"rules": [{"name": "age", "type": "Lifecycle", "enabled": True, "definition": {
                "filters": {"blobTypes": ["blockBlob"], "prefixMatch": ["in/"]}, "actions": {"baseBlob": {"delete": {
                    "daysAfterCreationGreaterThan": 30}}}}}]}}, "age", links={"accountName": ("drop",)}),
        az("security:DefenderForStorage", {"resourceId": UNKNOWN, "settingName": "current", "properties": {
            "isEnabled": True, "overrideSubscriptionLevelSettings": True, "sensitiveDataDiscovery": {"isEnabled": True},
            "malwareScanning": {"onUpload": {"isEnabled": True, "capGBPerMonth": 200}}}}, "scanned", links={
                "resourceId": ("drop",)}),
        *(given for group in ("blob", "dfs") for given in private(
            "drop", group, f"privatelink.{group}.core.windows.net")), records("drop"), kept("drop")),
        f"{LEARN}/storage/blobs/data-lake-storage-access-control; .../defender-for-cloud/defender-for-storage-"
        "malware-scan, as known",
        {**with_prices(), "resilience": {"kept_elsewhere": {"drop": "files are read within the hour into the lake"}}}),
    Idiom("desktops: staff work in sessions that come and go by the hour, with profiles on a sealed share by Entra", (
        budget(40000),
        az("storage:StorageAccount", {
            **AT, **CLOSED, "accountName": "stprofiles", "kind": "FileStorage", "sku": {"name": "Premium_ZRS"},
            "largeFileSharesState": "Enabled", "azureFilesIdentityBasedAuthentication": {
                "directoryServiceOptions": "AADKERB", "activeDirectoryProperties": {
                    "domainName": "corp.bank.ae", "domainGuid": "33333333-4444-5555-6666-777777777777"},
                "defaultSharePermission": "None"}}, "profiles"),
        az("storage:FileServiceProperties", {
            **RG, "accountName": "stprofiles", "fileServicesName": "default", "shareDeleteRetentionPolicy": {
                "enabled": True, "days": 14}, "protocolSettings": {"smb": {
                    "versions": "SMB3.1.1;", "authenticationMethods": "Kerberos;", "kerberosTicketEncryption":
                    "AES-256;", "channelEncryption": "AES-256-GCM;", "multichannel": {"enabled": True}}}}, "smb",
           links={"accountName": ("profiles",)}),
        az("storage:FileShare", {**RG, "accountName": "stprofiles", "shareName": "fslogix", "enabledProtocols": "SMB",
                                 "shareQuota": 1024}, "fslogix", links={"accountName": ("profiles",)}),
        granted("writes", "profiles", "0c867c2a-1d8c-454a-a3db-ab2ea1bdc8bb", "Group"),
        *private("profiles", "file", "privatelink.file.core.windows.net"), records("profiles"), kept("profiles"),
        az("desktopvirtualization:HostPool", {
            **AT, "hostPoolName": "vdpool-staff", "hostPoolType": "Pooled", "loadBalancerType": "BreadthFirst",
            "preferredAppGroupType": "Desktop", "maxSessionLimit": 8, "startVMOnConnect": True, "publicNetworkAccess":
            "Disabled", "validationEnvironment": False, "customRdpProperty":
            "drivestoredirect:s:;redirectclipboard:i:0;redirectprinters:i:0;usbdevicestoredirect:s:;targetisaadjoined:"
            "i:1;enablerdsaadauth:i:1;", "agentUpdate": {
                "type": "Scheduled", "useSessionHostLocalTime": False, "maintenanceWindowTimeZone":
                "Arabian Standard Time", "maintenanceWindows": [{"dayOfWeek": "Friday", "hour": 23}]}}, "pool"),
        az("desktopvirtualization:ScalingPlan", {
            **AT, "scalingPlanName": "vdscaling-staff", "timeZone": "Arabian Standard Time", "hostPoolType": "Pooled",
            "hostPoolReferences": [{"hostPoolArmPath": UNKNOWN, "scalingPlanEnabled": True}], "schedules": [{
                "name": "week", "daysOfWeek": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
                "rampUpStartTime": {"hour": 6, "minute": 30}, "rampUpLoadBalancingAlgorithm": "BreadthFirst",
                "rampUpMinimumHostsPct": 20, "rampUpCapacityThresholdPct": 60, "peakStartTime": {
                    "hour": 8, "minute": 0}, "peakLoadBalancingAlgorithm": "BreadthFirst", "rampDownStartTime": {
                    "hour": 16, "minute": 0}, "rampDownLoadBalancingAlgorithm": "DepthFirst",
                "rampDownMinimumHostsPct": 10, "rampDownCapacityThresholdPct": 90, "rampDownForceLogoffUsers": False,
                "rampDownStopHostsWhen": "ZeroSessions", "rampDownWaitTimeMinutes": 30, "rampDownNotificationMessage":
                "Please save your work", "offPeakStartTime": {"hour": 19, "minute": 0},
                "offPeakLoadBalancingAlgorithm": "DepthFirst"}]}, "hours", links={"hostPoolReferences": ("pool",)}),
        *private("pool", "connection", "privatelink.wvd.microsoft.com"), records("pool")),
        f"Azure/avdaccelerator; {LEARN}/virtual-desktop/autoscale-create-assign-scaling-plan, as known",
        with_prices()),
    Idiom("agents' memory: Cosmos DB keeps what assistants learnt by vectors and words, each tenant in its own part", (
        budget(20000),
        az("cosmosdb:DatabaseAccount", {
            **AT, "accountName": "cosmos-memory", "kind": "GlobalDocumentDB", "databaseAccountOfferType": "Standard",
            "locations": [{"locationName": "uaenorth", "failoverPriority": 0, "isZoneRedundant": True}],
            "consistencyPolicy": {"defaultConsistencyLevel": "Session"}, "capabilities": [
                {"name": "EnableNoSQLVectorSearch"}, {"name": "EnableNoSQLFullTextSearch"}], "disableLocalAuth": True,
            "disableKeyBasedMetadataWriteAccess": True, "publicNetworkAccess": "Disabled", "minimalTlsVersion": "Tls12",
            "networkAclBypass": "None", **BY_IDENTITY, "defaultIdentity": f"UserAssignedIdentity={IDENTITY}",
            "keyVaultKeyUri": CMK, "backupPolicy": {"type": "Continuous", "continuousModeProperties": {
                "tier": "Continuous30Days"}}, "capacity": {"totalThroughputLimit": 20000}, "enableBurstCapacity": True,
            "enablePartitionMerge": True}, "account"),
        az("cosmosdb:SqlResourceSqlDatabase", {**AT, "accountName": "cosmos-memory", "databaseName": "memory",
                                               "resource": {"id": "memory"}}, "database", links={"accountName": (
            "account",)}),
        az("cosmosdb:SqlResourceSqlContainer", {
            **AT, "accountName": "cosmos-memory", "databaseName": "memory", "containerName": "facts", "resource": {
                "id": "facts", "defaultTtl": 7776000, "partitionKey": {
                    "kind": "MultiHash", "version": 2, "paths": ["/tenant", "/agent", "/user"]},
                "vectorEmbeddingPolicy": {"vectorEmbeddings": [{"path": "/vector", "dataType": "Float32", "dimensions":
                                                                1536, "distanceFunction": "Cosine"}]},
                "fullTextPolicy": {"defaultLanguage": "en-US", "fullTextPaths": [{"path": "/text", "language":
                                                                                 "en-US"}]},
                "indexingPolicy": {"automatic": True, "indexingMode": "Consistent", "includedPaths": [{"path": "/*"}],
                                   "excludedPaths": [{"path": "/vector/*"}, {"path": '/"_etag"/?'}], "vectorIndexes": [
                    {"path": "/vector", "type": "diskANN", "vectorIndexShardKey": ["/tenant"]}], "fullTextIndexes": [
                        {"path": "/text"}]}}, "options": {"autoscaleSettings": {"maxThroughput": 10000}}}, "facts",
           links={"databaseName": ("database",)}),
        az("cosmosdb:SqlResourceSqlRoleAssignment", {
            **RG, "accountName": "cosmos-memory", "roleAssignmentId": "44444444-5555-6666-7777-888888888888",
            "principalId": "11111111-2222-3333-4444-555555555555", "roleDefinitionId": UNKNOWN, "scope": UNKNOWN},
           "agents", links={"accountName": ("account",), "roleDefinitionId": ("writer",), "scope": ("facts",)}),
        az("cosmosdb:SqlResourceSqlRoleDefinition", {
            **RG, "accountName": "cosmos-memory", "roleDefinitionId": "55555555-6666-7777-8888-999999999999",
            "roleName": "memory writer", "type": "CustomRole", "assignableScopes": [UNKNOWN], "permissions": [{
                "dataActions": ["Microsoft.DocumentDB/databaseAccounts/readMetadata",
                                "Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/executeQuery",
                                "Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/*"]}]}, "writer",
           links={"assignableScopes": ("account",)}),
        *private("account", "Sql", "privatelink.documents.azure.com"), records("account"), kept("account"),
        alert("account", "Microsoft.DocumentDB/databaseAccounts", "NormalizedRUConsumption", "GreaterThan", 90)),
        f"{LEARN}/cosmos-db/gen-ai/agentic-memories; .../nosql/vector-search, as known", with_prices()),
)  # fmt: skip
