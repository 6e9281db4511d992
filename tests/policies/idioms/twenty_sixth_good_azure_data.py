"""Good programs of platform teams on Azure: databases, messages and streams (set 26, before any rule ran)."""

from ..blind import az
from ..harness import UNKNOWN
from . import Idiom
from .twentieth_goodb_charts import merged
from .twenty_third_azure import (
    AT,
    AVM,
    BY_IDENTITY,
    CMK,
    IDENTITY,
    ITS,
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
from .twenty_third_azure_b import ENTRA

PSQL, POOL = {**RG, "serverName": "psql-ledger-prod"}, {**RG, "serverName": "sql-tenants-prod"}
BUS = {**RG, "namespaceName": "sb-payments-prod"}
VAULT = "https://kv-cmk-prod.vault.azure.net/"
BUS_KEY = {"keySource": "Microsoft.KeyVault", "requireInfrastructureEncryption": True, "keyVaultProperties": [{
    "keyName": "cmk-events", "keyVaultUri": VAULT, "identity": {"userAssignedIdentity": IDENTITY}}]}  # fmt: skip
ASA = """SELECT branch, COUNT(*) AS transfers, SUM(fils) AS fils, System.Timestamp() AS at
INTO lake FROM transfers TIMESTAMP BY at PARTITION BY branch GROUP BY branch, TumblingWindow(minute, 5)"""

IDIOMS: tuple[Idiom, ...] = (
    Idiom("PostgreSQL: readers ask a copy in another zone by a name that stays, slow queries are seen, backups go on", (
        budget(40000),
        az("dbforpostgresql:Server", {
            **AT, "serverName": "psql-ledger-prod", "version": "17", "createMode": "Default", "availabilityZone": "1",
            "sku": {"name": "Standard_E4ds_v5", "tier": "MemoryOptimized"}, "storage": {
                "storageSizeGB": 512, "autoGrow": "Enabled", "type": "Premium_LRS", "tier": "P30"},
            "highAvailability": {"mode": "ZoneRedundant", "standbyAvailabilityZone": "2"}, "backup": {
                "backupRetentionDays": 35, "geoRedundantBackup": "Disabled"}, "authConfig": {
                "activeDirectoryAuth": "Enabled", "passwordAuth": "Disabled", "tenantId": TENANT}, "identity": {
                    "type": "UserAssigned", "userAssignedIdentities": {IDENTITY: {}}}, "dataEncryption": {
                "type": "AzureKeyVault", "primaryKeyURI": CMK, "primaryUserAssignedIdentityId": IDENTITY},
            "network": {"publicNetworkAccess": "Disabled"}, "maintenanceWindow": {
                "customWindow": "Enabled", "dayOfWeek": 5, "startHour": 20, "startMinute": 0}}, "server", protect=True),
        az("dbforpostgresql:Server", {
            **AT, "serverName": "psql-ledger-read", "createMode": "Replica", "sourceServerResourceId": UNKNOWN,
            "availabilityZone": "3", "version": "17", "sku": {"name": "Standard_E4ds_v5", "tier": "MemoryOptimized"},
            "storage": {"storageSizeGB": 512, "autoGrow": "Enabled", "type": "Premium_LRS", "tier": "P30"},
            "authConfig": {"activeDirectoryAuth": "Enabled", "passwordAuth": "Disabled", "tenantId": TENANT},
            "identity": {"type": "UserAssigned", "userAssignedIdentities": {IDENTITY: {}}}, "dataEncryption": {
                "type": "AzureKeyVault", "primaryKeyURI": CMK, "primaryUserAssignedIdentityId": IDENTITY},
            "network": {"publicNetworkAccess": "Disabled"}}, "reader", links={"sourceServerResourceId": ("server",)}),
        az("dbforpostgresql:VirtualEndpoint", {
            **PSQL, "virtualEndpointName": "ledger", "endpointType": "ReadWrite", "members": ["psql-ledger-read"]},
            "endpoint", links={"serverName": ("server",), "members": ("reader",)}),
        az("dbforpostgresql:AdministratorsMicrosoftEntra", {
            **PSQL, "objectId": STAFF, "principalName": "sg-psql-admins", "principalType": "Group", "tenantId": TENANT},
            "admins", links={"serverName": ("server",)}),
        *(az("dbforpostgresql:Configuration", {**PSQL, "configurationName": name, "value": value, "source":
            "user-override"}, name.replace(".", "-"), links={"serverName": ("server",)}) for name, value in (
                ("require_secure_transport", "on"), ("ssl_min_protocol_version", "TLSv1.3"),
                ("pg_qs.query_capture_mode", "top"), ("pgms_wait_sampling.query_capture_mode", "all"),
                ("track_io_timing", "on"), ("log_min_duration_statement", "2000"), ("log_lock_waits", "on"),
                ("idle_in_transaction_session_timeout", "600000"), ("azure.extensions", "PGAUDIT,PG_CRON"),
                ("shared_preload_libraries", "pg_cron,pgaudit,pg_stat_statements"), ("pgaudit.log", "all,-misc"),
                ("password_encryption", "scram-sha-256"), ("timezone", "Asia/Dubai"))),
        *private("server", "postgresqlServer", "privatelink.postgres.database.azure.com"),
        az("dataprotection:BackupPolicy", {
            **RG, "vaultName": "bvault-prod", "backupPolicyName": "psql-weekly", "properties": {
                "objectType": "BackupPolicy", "datasourceTypes": ["Microsoft.DBforPostgreSQL/flexibleServers"],
                "policyRules": [
                    {"objectType": "AzureBackupRule", "name": "BackupWeekly", "backupParameters": {
                        "objectType": "AzureBackupParams", "backupType": "Full"}, "dataStore": {
                            "dataStoreType": "VaultStore", "objectType": "DataStoreInfoBase"}, "trigger": {
                            "objectType": "ScheduleBasedTriggerContext", "schedule": {
                                "repeatingTimeIntervals": ["R/2026-12-04T20:00:00+04:00/P1W"], "timeZone":
                                "Arabian Standard Time"}, "taggingCriteria": [{
                                    "isDefault": True, "taggingPriority": 99, "tagInfo": {"tagName": "Default"}}]}},
                    {"objectType": "AzureRetentionRule", "name": "Default", "isDefault": True, "lifecycles": [{
                        "deleteAfter": {"objectType": "AbsoluteDeleteOption", "duration": "P3Y"}, "sourceDataStore": {
                            "dataStoreType": "VaultStore", "objectType": "DataStoreInfoBase"}}]}]}}, "weekly"),
        records("server"), records("reader"), kept("server"),
        alert("server", "Microsoft.DBforPostgreSQL/flexibleServers", "cpu_percent", "GreaterThan", 85),
        alert("reader", "Microsoft.DBforPostgreSQL/flexibleServers", "physical_replication_delay_in_seconds",
              "GreaterThan", 60)),
        f"{LEARN}/postgresql/read-replica/concepts-read-replicas-virtual-endpoints; {AVM}/db-for-postgre-sql/"
        "flexible-server, as known", with_prices("dbforpostgresql:Server::server", "dbforpostgresql:Server::reader")),
    Idiom("SQL: databases of tenants share a pool over zones, one sleeps at night, and statements are recorded", (
        budget(30000),
        az("sql:Server", {
            **AT, "serverName": "sql-tenants-prod", "version": "12.0", "minimalTlsVersion": "1.2",
            "publicNetworkAccess": "Disabled", "restrictOutboundNetworkAccess": "Enabled", "administrators": ENTRA,
            **BY_IDENTITY, "primaryUserAssignedIdentityId": IDENTITY, "keyId":
            f"{CMK}/0123456789abcdef0123456789abcdef"}, "server", protect=True),
        az("sql:EncryptionProtector", {
            **POOL, "encryptionProtectorName": "current", "serverKeyType": "AzureKeyVault", "serverKeyName":
            "kv-cmk-prod_cmk-data_0123456789abcdef0123456789abcdef", "autoRotationEnabled": True}, "protector",
            links={"serverName": ("server",)}),
        az("sql:ElasticPool", {
            **AT, **POOL, "elasticPoolName": "tenants", "zoneRedundant": True, "maxSizeBytes": 549755813888, "sku": {
                "name": "GP_Gen5", "tier": "GeneralPurpose", "family": "Gen5", "capacity": 8}, "perDatabaseSettings": {
                    "minCapacity": 0, "maxCapacity": 4}, "licenseType": "LicenseIncluded",
            "maintenanceConfigurationId": "/subscriptions/00000000-0000-0000-0000-000000000001/providers/"
            "Microsoft.Maintenance/publicMaintenanceConfigurations/SQL_Default"}, "pool",
            links={"serverName": ("server",)}),
        *(az("sql:Database", {
            **AT, **POOL, "databaseName": name, "elasticPoolId": UNKNOWN, "collation": "Arabic_CI_AS", "isLedgerOn":
            False, "requestedBackupStorageRedundancy": "Zone", "zoneRedundant": True}, name, links={
                "serverName": ("server",), "elasticPoolId": ("pool",)}) for name in ("tenant-1", "tenant-2")),
        az("sql:Database", {
            **AT, **POOL, "databaseName": "reports", "sku": {
                "name": "GP_S_Gen5", "tier": "GeneralPurpose", "family": "Gen5", "capacity": 4}, "minCapacity": 0.5,
            "autoPauseDelay": 60, "maxSizeBytes": 107374182400, "requestedBackupStorageRedundancy": "Zone",
            "zoneRedundant": True}, "reports", links={"serverName": ("server",)}),
        *(az("sql:BackupShortTermRetentionPolicy", {
            **POOL, "databaseName": name, "policyName": "default", "retentionDays": 35, "diffBackupIntervalInHours":
            12}, f"{name}-copies", links={"serverName": ("server",), "databaseName": (name,)})
          for name in ("tenant-1", "tenant-2", "reports")),
        *(az("sql:LongTermRetentionPolicy", {
            **POOL, "databaseName": name, "policyName": "default", "weeklyRetention": "P12W", "monthlyRetention":
            "P12M", "yearlyRetention": "P7Y", "weekOfYear": 1}, f"{name}-years", links={
                "serverName": ("server",), "databaseName": (name,)}) for name in ("tenant-1", "tenant-2")),
        az("sql:ExtendedServerBlobAuditingPolicy", {
            **POOL, "blobAuditingPolicyName": "default", "state": "Enabled", "isAzureMonitorTargetEnabled": True,
            "auditActionsAndGroups": ["BATCH_COMPLETED_GROUP", "SUCCESSFUL_DATABASE_AUTHENTICATION_GROUP",
                                      "FAILED_DATABASE_AUTHENTICATION_GROUP"], "retentionDays": 0}, "audit",
            links={"serverName": ("server",)}),
        az("sql:ServerSecurityAlertPolicy", {
            **POOL, "securityAlertPolicyName": "Default", "state": "Enabled", "emailAccountAdmins": False,
            "emailAddresses": ["soc@bank.ae"], "retentionDays": 90}, "threats", links={"serverName": ("server",)}),
        az("sql:SqlVulnerabilityAssessmentsSetting", {
            **POOL, "vulnerabilityAssessmentName": "default", "state": "Enabled"}, "assessment",
            links={"serverName": ("server",)}),
        az("sql:OutboundFirewallRule", {**POOL, "outboundRuleFqdn": "stlakeprod.blob.core.windows.net"}, "way-out",
           links={"serverName": ("server",)}),
        *private("server", "sqlServer", "privatelink.database.windows.net"), records("reports"), kept("server"),
        alert("pool", "Microsoft.Sql/servers/elasticPools", "cpu_percent", "GreaterThan", 85)),
        f"{LEARN}/azure-sql/database/elastic-pool-overview; {AVM}/sql/server, as known",
        merged(OURS, {"residency": {"known": {
            "stlakeprod.blob.core.windows.net": "our own lake, in uaenorth"}}})),
    Idiom("Service Bus: payments of a customer stay in order, doubles are dropped, and failures gather in one queue", (
        az("servicebus:Namespace", {
            **AT, **BY_IDENTITY, "namespaceName": "sb-payments-prod", "sku": {
                "name": "Premium", "tier": "Premium", "capacity": 2}, "premiumMessagingPartitions": 1, "zoneRedundant":
            True, "minimumTlsVersion": "1.2", "disableLocalAuth": True, "publicNetworkAccess": "Disabled",
            "encryption": BUS_KEY}, "namespace"),
        az("servicebus:NamespaceNetworkRuleSet", {
            **BUS, "defaultAction": "Deny", "publicNetworkAccess": "Disabled", "trustedServiceAccessEnabled": True,
            "ipRules": [], "virtualNetworkRules": []}, "network", links={"namespaceName": ("namespace",)}),
        az("servicebus:Queue", {
            **BUS, "queueName": "failed", "defaultMessageTimeToLive": "P60D", "maxSizeInMegabytes": 5120}, "failed",
            links={"namespaceName": ("namespace",)}),
        az("servicebus:Queue", {
            **BUS, "queueName": "payments", "requiresSession": True, "requiresDuplicateDetection": True,
            "duplicateDetectionHistoryTimeWindow": "PT1H", "lockDuration": "PT2M", "maxDeliveryCount": 5,
            "deadLetteringOnMessageExpiration": True, "defaultMessageTimeToLive": "P2D", "maxSizeInMegabytes": 10240,
            "maxMessageSizeInKilobytes": 1024, "enableBatchedOperations": True}, "payments",
            links={"namespaceName": ("namespace",)}),
        az("servicebus:Queue", {
            **BUS, "queueName": "intake", "forwardTo": "payments", "forwardDeadLetteredMessagesTo": "failed",
            "maxDeliveryCount": 10}, "intake", links={
                "namespaceName": ("namespace",), "forwardTo": ("payments",), "forwardDeadLetteredMessagesTo": (
                    "failed",)}),
        *(granted(name, queue, definition) for name, queue, definition in (
            ("sender", "intake", "69a216fc-b8fb-44d8-bc22-1f3c2cd27a39"),
            ("receiver", "payments", "4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0"))),
        *private("namespace", "namespace", "privatelink.servicebus.windows.net"), records("namespace"),
        kept("namespace"),
        alert("namespace", "Microsoft.ServiceBus/Namespaces", "DeadletteredMessages", "GreaterThan", 0)),
        f"{LEARN}/service-bus-messaging/message-sessions; .../service-bus-auto-forwarding; {AVM}/service-bus/"
        "namespace, as known", with_prices("servicebus:Namespace::namespace")),
    Idiom("Event Hubs and Stream Analytics: transfers are counted by branch, by identity, into the lake", (
        az("eventhub:Namespace", {
            **AT, **BY_IDENTITY, "namespaceName": "evh-transfers-prod", "sku": {
                "name": "Premium", "tier": "Premium", "capacity": 1}, "zoneRedundant": True, "minimumTlsVersion": "1.2",
            "disableLocalAuth": True, "publicNetworkAccess": "Disabled", "kafkaEnabled": True, "encryption": BUS_KEY},
            "namespace"),
        az("eventhub:EventHub", {
            **RG, "namespaceName": "evh-transfers-prod", "eventHubName": "transfers", "partitionCount": 12,
            "retentionDescription": {"cleanupPolicy": "Delete", "retentionTimeInHours": 72}}, "hub", links={
                "namespaceName": ("namespace",)}),
        *(az("eventhub:ConsumerGroup", {
            **RG, "namespaceName": "evh-transfers-prod", "eventHubName": "transfers", "consumerGroupName": name}, name,
             links={"eventHubName": ("hub",)}) for name in ("asa", "fraud")),
        az("eventhub:ApplicationGroup", {
            **RG, "namespaceName": "evh-transfers-prod", "applicationGroupName": "core", "clientAppGroupIdentifier":
            "AADAppID=11111111-2222-3333-4444-555555555555", "isEnabled": True, "policies": [{
                "type": "ThrottlingPolicy", "name": "in", "metricId": "IncomingMessages", "rateLimitThreshold":
                20000}]}, "limit", links={"namespaceName": ("namespace",)}),
        az("streamanalytics:StreamingJob", {
            **AT, "jobName": "asa-transfers", "identity": {"type": "SystemAssigned"}, "sku": {
                "name": "StandardV2"}, "cluster": {"id": f"{ITS}.StreamAnalytics/clusters/asa-prod"}, "jobType":
            "Cloud", "compatibilityLevel": "1.2", "dataLocale": "en-US", "eventsLateArrivalMaxDelayInSeconds": 300,
            "eventsOutOfOrderMaxDelayInSeconds": 5, "eventsOutOfOrderPolicy": "Adjust", "outputErrorPolicy": "Stop",
            "contentStoragePolicy": "JobStorageAccount", "jobStorageAccount": {
                "accountName": "stasaprod", "authenticationMode": "Msi"},
            "inputs": [{"name": "transfers", "properties": {
                "type": "Stream", "serialization": {"type": "Json", "encoding": "UTF8"}, "datasource": {
                    "type": "Microsoft.EventHub/EventHub", "serviceBusNamespace": "evh-transfers-prod",
                    "eventHubName": "transfers", "consumerGroupName": "asa", "authenticationMode": "Msi"},
                "partitionKey": "branch"}}],
            "outputs": [{"name": "lake", "datasource": {
                "type": "Microsoft.Storage/Blob", "storageAccounts": [{"accountName": "stlakeprod"}], "container":
                "counts", "pathPattern": "transfers/{date}/{time}", "dateFormat": "yyyy/MM/dd", "timeFormat": "HH",
                "authenticationMode": "Msi"}, "serialization": {"type": "Parquet"},
                "timeWindow": "00:10:00", "sizeWindow": 5000}],
            "transformation": {"name": "count", "streamingUnits": 6, "query": ASA}}, "job", links={"inputs": ("hub",)}),
        az("streamanalytics:PrivateEndpoint", {
            **RG, "clusterName": "asa-prod", "privateEndpointName": "hubs",
            "manualPrivateLinkServiceConnections": [{"privateLinkServiceId": UNKNOWN, "groupIds": ["namespace"]}]},
            "hubs", links={"manualPrivateLinkServiceConnections": ("namespace",)}),
        granted("counter", "hub", "a638d3c7-ab3a-418d-83e6-5f17a39d4fde"), records("job"), records("namespace"),
        *private("namespace", "namespace", "privatelink.servicebus.windows.net"), kept("namespace"),
        alert("job", "Microsoft.StreamAnalytics/streamingjobs", "OutputWatermarkDelaySeconds", "GreaterThan", 300)),
        f"{LEARN}/stream-analytics/private-endpoints; .../event-hubs/resource-governance-overview, as known",
        merged(with_prices("eventhub:Namespace::namespace", "streamanalytics:StreamingJob::job",
                           "streamanalytics:PrivateEndpoint::hubs"), {"residency": {"known": {
            f"{name}.blob.core.windows.net": "our own account, in uaenorth" for name in (
                "stasaprod", "stlakeprod")}}})),
)  # fmt: skip
