"""Good idioms of platform teams on Azure: functions, databases and standing roles (set 22, blind)."""

from ..blind import GROUP, SUB, az
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import HERE, ID, KEY_URL, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .nineteenth_azure_data import counted
from .ninth_azure import CLIENT, LOGS, ROLES, TENANT
from .sixth_azure import SECRETS, endpoint
from .thirteenth_azure import ADMINS, USER, settings
from .twelfth_azure_platform import CLOSED, OWN, audit, granted
from .twentieth_goodb_charts import merged
from .twenty_first_xazure import AVM, HUB, HUB_OF, KEYS, zone_link
from .twenty_second_xazure import APIM, COSMOS, FUNC, FUNC_STORE, INBOUND, PG, SQL

IDIOMS: tuple[Idiom, ...] = (
    Idiom(
        "APIs of the bank are behind API Management in the network, which asks for a token and limits each "
        "subscriber", (
        AZURE_BUDGET,
        az("apimanagement:ApiManagementService", {
            **HERE, "serviceName": "apim-bank", "sku": {"name": "Premium", "capacity": 2}, "zones": ["1", "2"],
                "identity": {
                "type": "SystemAssigned, UserAssigned", "userAssignedIdentities": {ID: {}}},
                    "publisherEmail": "apis@bank.ae",
            "publisherName": "Bank", "virtualNetworkType": "Internal", "virtualNetworkConfiguration": {
                "subnetResourceId": f"{VNET}/subnets/apim"}, "disableGateway": False, "apiVersionConstraint": {
                    "minApiVersion": "2021-08-01"}, "developerPortalStatus": "Disabled",
                        "legacyPortalStatus": "Disabled",
            "hostnameConfigurations": [{
                "type": "Proxy", "hostName": "apis.bank.ae", "keyVaultId": f"{SECRETS}/apis-tls",
                    "identityClientId": CLIENT,
                "defaultSslBinding": True, "negotiateClientCertificate": False, "certificateSource": "KeyVault"}],
            "customProperties": {f"Microsoft.WindowsAzure.ApiManagement.Gateway.{name}": "False" for name in (
                "Security.Protocols.Tls10", "Security.Protocols.Tls11", "Security.Protocols.Ssl30",
                "Security.Backend.Protocols.Tls10", "Security.Backend.Protocols.Tls11",
                    "Security.Backend.Protocols.Ssl30",
                "Security.Ciphers.TripleDes168")}}, "apim"),
        az("apimanagement:NamedValue", {
            **RG, "serviceName": "apim-bank", "namedValueId": "audience", "displayName": "audience", "secret": True,
            "keyVault": {"secretIdentifier": f"{SECRETS}/audience", "identityClientId": CLIENT}}, "audience", links={
                "serviceName": ("apim",)}),
        az("apimanagement:Backend", {
            **RG, "serviceName": "apim-bank", "backendId": "deposits", "protocol": "http",
                "url": "https://deposits.apps.bank.ae",
            "tls": {"validateCertificateChain": True, "validateCertificateName": True}, "circuitBreaker": {"rules": [{
                "name": "failures", "tripDuration": "PT1M", "acceptRetryAfter": True, "failureCondition": {
                    "count": 5, "interval": "PT1M", "statusCodeRanges": [{"min": 500, "max": 599}]}}]}}, "backend",
                        links={
                        "serviceName": ("apim",)}),
        az("apimanagement:Api", {
            **RG, "serviceName": "apim-bank", "apiId": "deposits", "displayName": "Deposits", "path": "deposits",
                "protocols": [
                "https"], "subscriptionRequired": True, "serviceUrl": "https://deposits.apps.bank.ae",
                    "apiVersion": "v1",
            "apiVersionSetId": f"{APIM}/apiVersionSets/deposits"}, "api", links={"serviceName": ("apim",)}),
        az("apimanagement:ApiPolicy", {**RG, "serviceName": "apim-bank", "apiId": "deposits", "policyId": "policy",
            "format":
                                       "rawxml", "value": INBOUND}, "policy", links={"apiId": ("api",)}),
        az("apimanagement:Product", {
            **RG, "serviceName": "apim-bank", "productId": "partners", "displayName": "Partners",
                "subscriptionRequired": True,
            "approvalRequired": True, "subscriptionsLimit": 2, "state": "published", "terms": "By contract alone"},
                "product",
            links={"serviceName": ("apim",)}),
        az("apimanagement:ProductApi", {**RG, "serviceName": "apim-bank", "productId": "partners", "apiId": "deposits"},
           "in-product", links={"productId": ("product",), "apiId": ("api",)}),
        az("apimanagement:Logger", {**RG, "serviceName": "apim-bank", "loggerId": "insights", "loggerType":
            "applicationInsights", "resourceId": f"{OURS}.Insights/components/appi-apis", "credentials": {
                "connectionString": "{{insights}}", "identityClientId": "SystemAssigned"}}, "logger",
                    links={"serviceName": ("apim",)}),
        az("apimanagement:Diagnostic", {
            **RG, "serviceName": "apim-bank", "diagnosticId": "applicationinsights", "loggerId": UNKNOWN, "alwaysLog":
            "allErrors", "logClientIp": True, "verbosity": "information", "httpCorrelationProtocol": "W3C",
                "sampling": {
                "samplingType": "fixed", "percentage": 20}}, "sampled", links={"loggerId": ("logger",)}),
        audit("apim", APIM), lock(APIM, "apim")),
        f"{AVM}/api-management/service; {LEARN}/api-management/virtual-network-concepts; "
        f".../mitigate-owasp-api-threats, as known",
        merged(OWN, unpriced("azure-native:apimanagement:ApiManagementService::apim"))),
    Idiom("notices are sent by a function of the flexible plan, which reads its code and its queue by an identity", (
        AZURE_BUDGET,
        az("storage:StorageAccount", {
            **HERE, "accountName": "stnotices", "kind": "StorageV2", "sku": {"name": "Standard_ZRS"}, **USER,
            "allowBlobPublicAccess": False, "allowSharedKeyAccess": False, "defaultToOAuthAuthentication": True,
            "minimumTlsVersion": "TLS1_2", "enableHttpsTrafficOnly": True, **CLOSED,
                "allowCrossTenantReplication": False,
            "isLocalUserEnabled": False, "networkRuleSet": {"bypass": "None", "defaultAction": "Deny"},
                "encryption": KEYS},
            "store", protect=True),
        az("storage:BlobServiceProperties", {**RG, "accountName": "stnotices", "blobServicesName": "default",
            "isVersioningEnabled": True, "deleteRetentionPolicy": {"enabled": True, "days": 14},
            "containerDeleteRetentionPolicy": {"enabled": True, "days": 14}}, "blobs", links={"accountName": ("store",
                )}),
        az("storage:BlobContainer", {**RG, "accountName": "stnotices", "containerName": "code",
            "publicAccess": "None"}, "code",
           links={"accountName": ("store",)}),
        az("storage:ManagementPolicy", {**RG, "accountName": "stnotices", "managementPolicyName": "default", "policy": {
            "rules": [{"name": "old-code", "type": "Lifecycle", "enabled": True, "definition": {
                "filters": {"blobTypes": ["blockBlob"]}, "actions": {
                    "version": {"delete": {"daysAfterCreationGreaterThan": 90}}}}}]}}, "old-code", links={
                        "accountName": ("store",)}),
        *(endpoint(f"stnotices-{kind}", FUNC_STORE, kind) for kind in ("blob", "queue")),
        az("web:AppServicePlan", {**HERE, "name": "asp-notices", "kind": "functionapp", "reserved": True,
            "zoneRedundant": True,
                                  "sku": {"name": "FC1", "tier": "FlexConsumption"}}, "plan"),
        az("web:WebApp", {
            **HERE, "name": "func-notices", "kind": "functionapp,linux", "serverFarmId": UNKNOWN, **USER,
                "httpsOnly": True,
            **CLOSED, "keyVaultReferenceIdentity": ID, "virtualNetworkSubnetId": f"{VNET}/subnets/functions",
            "clientCertEnabled": False, "functionAppConfig": {
                "runtime": {"name": "python", "version": "3.12"}, "scaleAndConcurrency": {
                    "maximumInstanceCount": 40, "instanceMemoryMB": 2048, "alwaysReady": [{"name": "http",
                        "instanceCount": 1}]},
                "deployment": {"storage": {"type": "blobContainer",
                    "value": "https://stnotices.blob.core.windows.net/code",
                    "authentication": {"type": "UserAssignedIdentity", "userAssignedIdentityResourceId": ID}}}},
            "siteConfig": {"minTlsVersion": "1.2", "scmMinTlsVersion": "1.2", "ftpsState": "Disabled",
                "http20Enabled": True,
                           "appSettings": [{"name": name, "value": value} for name, value in (
                               ("AzureWebJobsStorage__accountName", "stnotices"), ("AzureWebJobsStorage__credential",
                                   "managedidentity"), ("AzureWebJobsStorage__clientId", CLIENT),
                               ("SENDER",
                                   "@Microsoft.KeyVault(SecretUri=https://kv-bank.vault.azure.net/secrets/sender)"))]}},
           "site", protect=True, links={"serverFarmId": ("plan",)}),
        *(az(f"web:WebApp{part}Allowed", {**RG, "name": "func-notices", "allow": False}, part.lower(), links={
            "name": ("site",)}) for part in ("Scm", "Ftp")),
        endpoint("func-notices", FUNC, "sites"), *zone_link("sites", "privatelink.azurewebsites.net"),
        granted("owner-of-blobs", FUNC_STORE, "ba92f5b4-2d11-453d-a403-e96b0029c9fe"),
        granted("reader-of-queue", FUNC_STORE, "974c5e8b-45b9-4653-ba55-5f855dd0fb88"), audit("site", FUNC)),
        f"{AVM}/web/site; {LEARN}/azure-functions/flex-consumption-plan; "
        f".../functions-identity-based-connections, as known",
        merged(merged(OWN, unpriced("azure-native:web:AppServicePlan::plan")), {"residency": {"known": {
            "stnotices.blob.core.windows.net": "our own account of storage, in uaenorth"}}})),
    Idiom("deposits are in a database of SQL that Entra alone opens, with its audit in records and copies for years", (
        AZURE_BUDGET,
        az("sql:Server", {**HERE, "serverName": "sql-deposits", "version": "12.0", "minimalTlsVersion": "1.2", **CLOSED,
            "restrictOutboundNetworkAccess": "Enabled", **USER, "primaryUserAssignedIdentityId": ID, "keyId": KEY_URL,
            "administrators": {"administratorType": "ActiveDirectory", "azureADOnlyAuthentication": True,
                "login": "sql-admins",
                               "sid": ADMINS, "tenantId": TENANT, "principalType": "Group"}}, "server", protect=True),
        az("sql:EncryptionProtector", {**RG, "serverName": "sql-deposits", "encryptionProtectorName": "current",
            "serverKeyType":
            "AzureKeyVault", "serverKeyName": "kv-bank_cmk_0123456789abcdef0123456789abcdef",
                "autoRotationEnabled": True},
           "protector", links={"serverName": ("server",)}),
        az("sql:ElasticPool", {**HERE, "serverName": "sql-deposits", "elasticPoolName": "pool", "zoneRedundant": True,
            "sku": {
            "name": "GP_Gen5", "tier": "GeneralPurpose", "capacity": 4}, "perDatabaseSettings": {
                "minCapacity": 0, "maxCapacity": 2}, "maintenanceConfigurationId":
            f"{SUB}/providers/Microsoft.Maintenance/publicMaintenanceConfigurations/SQL_UAENorth_DB_1"}, "pool", links={
                "serverName": ("server",)}),
        az("sql:Database", {**HERE, "serverName": "sql-deposits", "databaseName": "deposits", "elasticPoolId": UNKNOWN,
            "zoneRedundant": True, "requestedBackupStorageRedundancy": "Zone", "isLedgerOn": False, "collation":
            "Arabic_CI_AS", "readScale": "Disabled"}, "database", protect=True, links={
                "serverName": ("server",), "elasticPoolId": ("pool",)}),
        az("sql:BackupShortTermRetentionPolicy", {**RG, "serverName": "sql-deposits", "databaseName": "deposits",
            "policyName":
            "default", "retentionDays": 35, "diffBackupIntervalInHours": 12}, "short",
                links={"databaseName": ("database",)}),
        az("sql:LongTermRetentionPolicy", {**RG, "serverName": "sql-deposits", "databaseName": "deposits", "policyName":
            "default", "weeklyRetention": "P12W", "monthlyRetention": "P24M", "yearlyRetention": "P7Y",
                "weekOfYear": 1},
           "long", links={"databaseName": ("database",)}),
        az("sql:ExtendedServerBlobAuditingPolicy", {
            **RG, "serverName": "sql-deposits", "blobAuditingPolicyName": "default", "state": "Enabled",
            "isAzureMonitorTargetEnabled": True, "isDevopsAuditEnabled": True, "auditActionsAndGroups": [
                "SUCCESSFUL_DATABASE_AUTHENTICATION_GROUP", "FAILED_DATABASE_AUTHENTICATION_GROUP",
                "BATCH_COMPLETED_GROUP"]}, "audit-policy", links={"serverName": ("server",)}),
        az("sql:ServerSecurityAlertPolicy", {**RG, "serverName": "sql-deposits", "securityAlertPolicyName": "Default",
            "state":
            "Enabled", "emailAccountAdmins": False, "emailAddresses": ["security@bank.ae"]}, "alerts", links={
                "serverName": ("server",)}),
        az("sql:SqlVulnerabilityAssessmentsSetting", {**RG, "serverName": "sql-deposits", "vulnerabilityAssessmentName":
            "default", "state": "Enabled"}, "assessment", links={"serverName": ("server",)}),
        endpoint("sql-deposits", SQL, "sqlServer"), *zone_link("sql", "privatelink.database.windows.net"),
        az("monitor:DiagnosticSetting", {"name": "audit", "resourceUri": f"{SQL}/databases/master",
            "workspaceId": LOGS, "logs": [
            {"category": "SQLSecurityAuditEvents", "enabled": True}]}, "audit-master",
                links={"resourceUri": ("server",)}),
        lock(SQL, "server")),
        f"{AVM}/sql/server; {LEARN}/azure-sql/database/security-best-practice; .../auditing-overview, as known",
        merged(OWN, {
            "residency": {"known": {"@bank.ae": "our own mail"}}})),
    Idiom(
        "loans are in PostgreSQL of two zones, opened by Entra in the network, which logs connections and slow "
        "questions", (
        AZURE_BUDGET,
        az("dbforpostgresql:Server", {
            **HERE, "serverName": "pg-loans", "version": "17", "createMode": "Default", "availabilityZone": "1",
                "sku": {
                "name": "Standard_D4ds_v5", "tier": "GeneralPurpose"}, "storage": {
                    "storageSizeGB": 256, "autoGrow": "Enabled", "tier": "P20"}, "highAvailability": {
                "mode": "ZoneRedundant", "standbyAvailabilityZone": "2"}, "backup": {
                    "backupRetentionDays": 35, "geoRedundantBackup": "Disabled"}, "authConfig": {
                "activeDirectoryAuth": "Enabled", "passwordAuth": "Disabled", "tenantId": TENANT}, "identity": {
                    "type": "UserAssigned", "userAssignedIdentities": {ID: {}}}, "dataEncryption": {
                "type": "AzureKeyVault", "primaryKeyURI": KEY_URL, "primaryUserAssignedIdentityId": ID}, "network": {
                    "publicNetworkAccess": "Disabled", "delegatedSubnetResourceId": f"{VNET}/subnets/postgres",
                    "privateDnsZoneArmResourceId": f"{HUB}/privateDnsZones/loans.private.postgres.database.azure.com"},
            "maintenanceWindow": {"customWindow": "Enabled", "dayOfWeek": 5, "startHour": 22, "startMinute": 0}},
                "server",
            protect=True),
        az("dbforpostgresql:Administrator", {**RG, "serverName": "pg-loans", "objectId": ADMINS,
            "principalName": "pg-admins",
            "principalType": "Group", "tenantId": TENANT}, "admins", links={"serverName": ("server",)}),
        az("dbforpostgresql:Database", {**RG, "serverName": "pg-loans", "databaseName": "loans", "charset": "UTF8",
            "collation":
            "en_US.utf8"}, "loans", protect=True, links={"serverName": ("server",)}),
        *settings("dbforpostgresql", "pg-loans", require_secure_transport="on", ssl_min_protocol_version="TLSv1.2",
                  log_connections="on", log_disconnections="on", **{"pgaudit.log": "ddl,role,write",
                      "shared_preload_libraries":
                                                                    "pgaudit,pg_stat_statements",
                                                                        "connection_throttle.enable": "on"},
                  log_min_duration_statement="5000", **{"azure.extensions": "PGAUDIT,PG_STAT_STATEMENTS,UUID-OSSP"}),
        audit("server", PG), lock(PG, "server"), counted("pg-cpu", PG, "Microsoft.DBforPostgreSQL/flexibleServers",
                                                         "cpu_percent", "GreaterThan", 80)),
        f"{AVM}/db-for-postgre-sql/flexible-server; {LEARN}/postgresql/flexible-server/security-overview, as known",
        merged(merged(OWN, HUB_OF), unpriced("azure-native:dbforpostgresql:Server::server"))),
    Idiom(
        "cards are in Cosmos DB of one region and its zones, whose apps sign in by roles of data, with copies of "
        "a month", (
        AZURE_BUDGET,
        az("cosmosdb:DatabaseAccount", {
            **HERE, "accountName": "cosmos-cards", "kind": "GlobalDocumentDB", "databaseAccountOfferType": "Standard",
                "locations": [
                {"locationName": "UAE North", "failoverPriority": 0, "isZoneRedundant": True}], "consistencyPolicy": {
                    "defaultConsistencyLevel": "Session"}, "disableLocalAuth": True,
                        "disableKeyBasedMetadataWriteAccess": True,
            "minimalTlsVersion": "Tls12", **CLOSED, "networkAclBypass": "None", "isVirtualNetworkFilterEnabled": True,
                "keyVaultKeyUri":
            "https://kv-bank.vault.azure.net/keys/cmk", "defaultIdentity": f"UserAssignedIdentity={ID}", **USER,
                "backupPolicy": {
                "type": "Continuous", "continuousModeProperties": {"tier": "Continuous30Days"}},
                    "enableAutomaticFailover": False,
            "capacity": {"totalThroughputLimit": 8000}}, "account", protect=True),
        az("cosmosdb:SqlResourceSqlDatabase", {**HERE, "accountName": "cosmos-cards", "databaseName": "cards",
            "resource": {
            "id": "cards"}}, "database", links={"accountName": ("account",)}),
        az("cosmosdb:SqlResourceSqlContainer", {
            **HERE, "accountName": "cosmos-cards", "databaseName": "cards", "containerName": "limits", "resource": {
                "id": "limits", "partitionKey": {"paths": ["/customer"], "kind": "Hash", "version": 2},
                    "indexingPolicy": {
                    "indexingMode": "Consistent", "automatic": True, "excludedPaths": [{"path": "/history/*"}]},
                        "defaultTtl": -1},
            "options": {"autoscaleSettings": {"maxThroughput": 4000}}}, "limits", links={"databaseName": ("database",
                )}),
        az("cosmosdb:SqlResourceSqlRoleAssignment", {
            **RG, "accountName": "cosmos-cards", "roleAssignmentId": "11111111-2222-3333-4444-555555555500",
                "principalId": CLIENT,
            "scope": f"{COSMOS}/dbs/cards/colls/limits", "roleDefinitionId":
            f"{COSMOS}/sqlRoleDefinitions/00000000-0000-0000-0000-000000000001"}, "reader",
                links={"accountName": ("account",)}),
        endpoint("cosmos-cards", COSMOS, "Sql"), *zone_link("documents", "privatelink.documents.azure.com"),
        audit("account", COSMOS), lock(COSMOS, "account"), counted(
            "cards-throttled", COSMOS, "Microsoft.DocumentDB/databaseAccounts", "NormalizedRUConsumption",
                "GreaterThan", 90)),
        f"{AVM}/document-db/database-account; {LEARN}/cosmos-db/security-considerations, as known",
        merged(OWN, unpriced("azure-native:cosmosdb:DatabaseAccount::account",
                             "azure-native:cosmosdb:SqlResourceSqlContainer::limits"))),
    Idiom("staff get roles for hours, by approval and a second factor, and read for good by a group and one scope", (
        az("authorization:RoleAssignment", {"scope": GROUP, "principalId": ADMINS, "principalType": "Group",
            "roleDefinitionId": f"{ROLES}/acdd72a7-3385-48ef-bd42-f606fba81ae7", "description": "Staff on duty read"},
                "readers"),
        az("authorization:PimRoleEligibilitySchedule", {
            "scope": GROUP, "principalId": ADMINS, "roleDefinitionId": f"{ROLES}/b24988ac-6180-42a0-ab88-20f7382dd24c",
            "justification": "Repairs of the platform's group", "scheduleInfo": {
                "startDateTime": "2026-12-01T00:00:00Z", "expiration": {
                    "type": "AfterDuration", "duration": "P180D"}}}, "eligible"),
        az("authorization:RoleDefinition", {
            "scope": GROUP, "roleName": "Restart of apps", "roleType": "CustomRole", "assignableScopes": [GROUP],
                "description":
            "Restarts apps of the group", "permissions": [{"actions": [
                "Microsoft.Web/sites/read", "Microsoft.Web/sites/restart/Action",
                    "Microsoft.Insights/metrics/read"]}]}, "restarts"),
        lock(GROUP)),
        "learn.microsoft.com/entra/id-governance/privileged-identity-management/pim-resource-roles-assign-roles, "
        "as known", OWN),
)  # fmt: skip
