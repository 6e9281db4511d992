"""Good programs of platform teams on Azure: stores, graphs and jobs (set 25, before any rule ran)."""

from ..blind import az
from ..harness import UNKNOWN, Given
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
    RG,
    STAFF,
    TENANT,
    budget,
    granted,
    kept,
    private,
    records,
    with_prices,
)

CLIENT = "11111111-2222-3333-4444-555555555555"
SERVER = {**RG, "serverName": "sql-jobs-prod"}
AGENT = {**SERVER, "jobAgentName": "agent-prod"}
COSMOS = {**RG, "accountName": "cosmos-graph-prod"}
SYNAPSE = {**RG, "workspaceName": "syn-dw-prod"}


def cosmos(name: str, kind: str, *capabilities: str, **more: object) -> Given:
    """Returns a closed account of Cosmos DB under the bank's key, in three zones."""
    return az("cosmosdb:DatabaseAccount", {
        **AT, **BY_IDENTITY, "accountName": name, "kind": kind, "databaseAccountOfferType": "Standard",
        "locations": [{"locationName": "uaenorth", "failoverPriority": 0, "isZoneRedundant": True}],
        "consistencyPolicy": {"defaultConsistencyLevel": "Session"}, "publicNetworkAccess": "Disabled",
        "minimalTlsVersion": "Tls12", "disableKeyBasedMetadataWriteAccess": True, "keyVaultKeyUri": CMK,
        "defaultIdentity": f"UserAssignedIdentity={IDENTITY}", "backupPolicy": {"type": "Continuous",
            "continuousModeProperties": {"tier": "Continuous30Days"}}, "capacity": {"totalThroughputLimit": 20000},
        "capabilities": [{"name": capability} for capability in capabilities], **more}, name, protect=True)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("SQL jobs: indexes of each database are rebuilt at night by an identity, over a private endpoint", (
        budget(),
        az("sql:Server", {
            **AT, **BY_IDENTITY, "serverName": "sql-jobs-prod", "version": "12.0", "minimalTlsVersion": "1.2",
            "publicNetworkAccess": "Disabled", "restrictOutboundNetworkAccess": "Enabled",
                "primaryUserAssignedIdentityId":
            IDENTITY, "keyId": f"{CMK}/0123456789abcdef0123456789abcdef", "administrators": {
                "administratorType": "ActiveDirectory", "azureADOnlyAuthentication": True, "login": "dba", "sid": STAFF,
                "principalType": "Group", "tenantId": TENANT}}, "server", protect=True),
        az("sql:Database", {
            **AT, "serverName": UNKNOWN, "databaseName": "jobs", "sku": {"name": "S1", "tier": "Standard"},
            "zoneRedundant": False, "requestedBackupStorageRedundancy": "Geo", "maxSizeBytes": 268435456000}, "jobs",
           protect=True, links={"serverName": ("server",)}),
        az("sql:JobAgent", {
            **AT, **SERVER, "jobAgentName": "agent-prod", "databaseId": UNKNOWN, "sku": {"name": "JA100",
                "capacity": 100},
            "identity": {"type": "UserAssigned", "userAssignedIdentities": [IDENTITY]}}, "agent", links={
                "databaseId": ("jobs",)}),
        az("sql:JobPrivateEndpoint", {**AGENT, "privateEndpointName": "to-apps", "targetServerAzureResourceId":
            f"{ITS}.Sql/servers/sql-apps-prod"}, "to-apps", links={"jobAgentName": ("agent",)}),
        az("sql:JobTargetGroup", {**AGENT, "targetGroupName": "apps", "members": [
            {"type": "SqlServer", "membershipType": "Include", "serverName": "sql-apps-prod.database.windows.net"},
            {"type": "SqlDatabase", "membershipType": "Exclude", "serverName": "sql-apps-prod.database.windows.net",
             "databaseName": "archive"}]}, "apps", links={"jobAgentName": ("agent",)}),
        az("sql:Job", {**AGENT, "jobName": "indexes", "description": "Rebuilds indexes", "schedule": {
            "enabled": True, "type": "Recurring", "interval": "P1D", "startTime": "2026-12-05T20:00:00Z"}}, "indexes",
           links={"jobAgentName": ("agent",)}),
        *private("server", "sqlServer", "privatelink.database.windows.net"), records("jobs"), kept("server")),
        f"{LEARN}/azure-sql/database/job-automation-overview; .../elastic-jobs-private-endpoint; {AVM}/sql/server, as "
        "known", merged(with_prices(
            "sql:JobAgent::agent", "sql:JobPrivateEndpoint::to-apps"), {"residency": {"known": {
            "sql-apps-prod.database.windows.net": "our own server, in uaenorth"}}})),
    Idiom("Gremlin: who pays whom as a graph, with throughput that grows, under the bank's key and by endpoint", (
        budget(), cosmos("cosmos-graph-prod", "GlobalDocumentDB", "EnableGremlin", disableLocalAuth=True),
        az("cosmosdb:GremlinResourceGremlinDatabase", {**COSMOS, "databaseName": "payments", "resource": {
            "id": "payments"}, "options": {"autoscaleSettings": {"maxThroughput": 4000}}}, "payments", links={
                "accountName": ("cosmos-graph-prod",)}),
        az("cosmosdb:GremlinResourceGremlinGraph", {
            **COSMOS, "databaseName": "payments", "graphName": "transfers", "resource": {
                "id": "transfers", "partitionKey": {"kind": "Hash", "paths": ["/customer"], "version": 2}, "defaultTtl":
                31536000, "indexingPolicy": {"automatic": True, "indexingMode": "consistent", "includedPaths": [
                    {"path": "/*"}], "excludedPaths": [{"path": "/\"_etag\"/?"}]}}}, "transfers", links={
                        "databaseName": ("payments",)}),
        *private("cosmos-graph-prod", "Gremlin", "privatelink.gremlin.cosmos.azure.com"),
        records("cosmos-graph-prod"), kept("cosmos-graph-prod")),
        f"{LEARN}/cosmos-db/gremlin/quickstart-python; .../how-to-configure-private-endpoints; {AVM}/document-db/"
        "database-account, as known", with_prices()),
    Idiom("Mongo API: chats of the assistant are kept ninety days in shards, with no key of the account in any app", (
        budget(), cosmos("cosmos-chat-prod", "MongoDB", "EnableMongo", apiProperties={"serverVersion": "7.0"}),
        az("cosmosdb:MongoDBResourceMongoDBDatabase", {**RG, "accountName": "cosmos-chat-prod", "databaseName": "chat",
            "resource": {"id": "chat"}}, "chat", links={"accountName": ("cosmos-chat-prod",)}),
        az("cosmosdb:MongoDBResourceMongoDBCollection", {
            **RG, "accountName": "cosmos-chat-prod", "databaseName": "chat", "collectionName": "messages", "resource": {
                "id": "messages", "shardKey": {"conversation": "Hash"}, "indexes": [
                    {"key": {"keys": ["_id"]}}, {"key": {"keys": ["_ts"]},
                        "options": {"expireAfterSeconds": 7776000}}]},
            "options": {"autoscaleSettings": {"maxThroughput": 4000}}}, "messages", links={"databaseName": ("chat",)}),
        *private("cosmos-chat-prod", "MongoDB", "privatelink.mongo.cosmos.azure.com"), records("cosmos-chat-prod"),
        kept("cosmos-chat-prod")),
        f"{LEARN}/cosmos-db/mongodb/time-to-live; .../database-encryption-at-rest, as known", with_prices()),
    Idiom("Synapse: a warehouse in a managed network without exfiltration, with groups of work and sealed links", (
        budget(),
        az("synapse:Workspace", {
            **AT, "identity": {"type": "SystemAssigned,UserAssigned", "userAssignedIdentities": [IDENTITY]},
            "workspaceName": "syn-dw-prod", "azureADOnlyAuthentication": True,
            "publicNetworkAccess": "Disabled", "managedVirtualNetwork": "default", "managedResourceGroupName":
            "rg-syn-dw-managed", "managedVirtualNetworkSettings": {
                "preventDataExfiltration": True, "linkedAccessCheckOnTargetResource": True,
                "allowedAadTenantIdsForLinking": [TENANT]}, "defaultDataLakeStorage": {
                "accountUrl": "https://stdwprod.dfs.core.windows.net", "filesystem": "synapse", "resourceId":
                f"{ITS}.Storage/storageAccounts/stdwprod", "createManagedPrivateEndpoint": True},
            "encryption": {"cmk": {"key": {"name": "cmk-data", "keyVaultUrl": CMK}, "kekIdentity": {
                "userAssignedIdentity": IDENTITY, "useSystemAssignedIdentity": False}}}, "trustedServiceBypassEnabled":
            False}, "workspace", protect=True),
        az("synapse:WorkspaceSqlAadAdmin", {**SYNAPSE, "administratorType": "ActiveDirectory", "login": "dba", "sid":
            STAFF, "tenantId": TENANT}, "admins", links={"workspaceName": ("workspace",)}),
        az("synapse:SqlPool", {**AT, **SYNAPSE, "sqlPoolName": "dw", "sku": {"name": "DW300c"}, "createMode": "Default",
            "collation": "SQL_Latin1_General_CP1_CI_AS", "storageAccountType": "LRS"}, "dw", protect=True, links={
                "workspaceName": ("workspace",)}),
        az("synapse:SqlPoolTransparentDataEncryption", {**SYNAPSE, "sqlPoolName": "dw", "status": "Enabled",
            "transparentDataEncryptionName": "current"}, "sealed", links={"sqlPoolName": ("dw",)}),
        az("synapse:SqlPoolWorkloadGroup", {
            **SYNAPSE, "sqlPoolName": "dw", "workloadGroupName": "reports", "importance": "above_normal",
            "minResourcePercent": 25, "maxResourcePercent": 60, "minResourcePercentPerRequest": 5.0,
            "maxResourcePercentPerRequest": 10.0, "queryExecutionTimeout": 1800}, "reports", links={
                "sqlPoolName": ("dw",)}),
        az("synapse:SqlPoolWorkloadClassifier", {
            **SYNAPSE, "sqlPoolName": "dw", "workloadGroupName": "reports", "workloadClassifierName": "portal",
            "memberName": "reports-portal", "importance": "high", "label": "portal"}, "portal", links={
                "workloadGroupName": ("reports",)}),
        az("synapse:PrivateLinkHub", {**AT, "privateLinkHubName": "synhubprod"}, "hub"),
        *private("hub", "Web", "privatelink.azuresynapse.net"), *private("workspace", "Sql",
                                                                        "privatelink.sql.azuresynapse.net"),
        *private("workspace", "Dev", "privatelink.dev.azuresynapse.net"), records("workspace"), kept("workspace")),
        f"{LEARN}/synapse-analytics/security/workspace-data-exfiltration-protection; .../workspaces-encryption; {AVM}/"
        "synapse/workspace, as known", merged(with_prices("synapse:SqlPool::dw"), {"residency": {"known": {
            "stdwprod.dfs.core.windows.net": "our own account, in uaenorth"}}})),
    Idiom("Event Grid domain: each team has a topic, which sends to its own queue by identity, and keeps what failed", (
        az("eventgrid:Domain", {
            **AT, "identity": {"type": "UserAssigned", "userAssignedIdentities": {IDENTITY: {}}},
            "domainName": "evgd-ai-prod", "inputSchema": "CloudEventSchemaV1_0",
                "disableLocalAuth":
            True, "publicNetworkAccess": "Disabled", "minimumTlsVersionAllowed": "1.2", "dataResidencyBoundary":
            "WithinRegion", "autoCreateTopicWithFirstSubscription": False,
                "autoDeleteTopicWithLastSubscription": False},
           "domain"),
        *(given for team in ("lending", "cards") for given in (
            az("eventgrid:DomainTopic", {**RG, "domainName": "evgd-ai-prod", "domainTopicName": team}, team, links={
                "domainName": ("domain",)}),
            az("eventgrid:DomainTopicEventSubscription", {
                **RG, "domainName": "evgd-ai-prod", "topicName": team, "eventSubscriptionName": f"{team}-queue",
                "eventDeliverySchema": "CloudEventSchemaV1_0", "deliveryWithResourceIdentity": {
                    "identity": {"type": "UserAssigned", "userAssignedIdentity": IDENTITY}, "destination": {
                        "endpointType": "ServiceBusQueue", "resourceId":
                        f"{ITS}.ServiceBus/namespaces/sb-{team}-prod/queues/models"}},
                "deadLetterWithResourceIdentity": {
                    "identity": {"type": "UserAssigned", "userAssignedIdentity": IDENTITY}, "deadLetterDestination": {
                        "endpointType": "StorageBlob", "blobContainerName": "dead", "resourceId":
                        f"{ITS}.Storage/storageAccounts/stevents"}},
                "filter": {"includedEventTypes": ["ae.bank.model.released"], "enableAdvancedFilteringOnArrays": True},
                "retryPolicy": {"maxDeliveryAttempts": 10, "eventTimeToLiveInMinutes": 240}}, f"{team}-queue", links={
                    "topicName": (team,)}))),
        granted("publisher", "domain", "d5a91429-5739-47e2-a06b-3470a27159e7"),
        *private("domain", "domain", "privatelink.eventgrid.azure.net"), records("domain")),
        f"{LEARN}/event-grid/event-domains; .../deliver-events-using-managed-identity; {AVM}/event-grid/domain, as "
        "known", with_prices()),
)  # fmt: skip
