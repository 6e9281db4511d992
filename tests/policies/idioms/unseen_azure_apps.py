"""Good programs of platform teams on Azure: data, desks, health, messages, watching (2026-12-02, before any rule)."""

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
    alert,
    budget,
    granted,
    kept,
    private,
    records,
    with_prices,
)
from .twenty_third_azure_b import ACCOUNT
from .unseen_azure import aged

FACTORY = {**RG, "factoryName": "adf-bank-prod"}
SENTINEL = {**RG, "workspaceName": "log-ai-prod"}
COSMOS = {**RG, "accountName": "cosmos-events-prod"}
AUTOMATION = {**RG, "automationAccountName": "aa-platform-prod"}
SCRIPT = """source(allowSchemaDrift: false, validateSchema: true, format: 'parquet') ~> transfers
transfers filter(amount > 0) ~> booked
booked sink(format: 'parquet', umask: 0027) ~> curated"""

IDIOMS: tuple[Idiom, ...] = (
    Idiom("documents in MongoDB's protocol: two zones, and an administrator by its identity", (
        budget(20000),
        az("mongocluster:MongoCluster", {
            **AT, "mongoClusterName": "mongo-offers-prod", "properties": {
                "serverVersion": "8.0", "compute": {"tier": "M40"}, "storage": {"sizeGb": 128}, "sharding": {
                    "shardCount": 1}, "highAvailability": {"targetMode": "ZoneRedundantPreferred"},
                "publicNetworkAccess": "Disabled", "createMode": "Default", "administrator": {
                    "userName": "owner", "password": UNKNOWN}}}, "cluster", protect=True),
        az("mongocluster:User", {
            **RG, "mongoClusterName": "mongo-offers-prod", "userName": "11111111-2222-3333-4444-555555555555",
            "properties": {"identityProvider": {"type": "MicrosoftEntraID", "properties": {
                "principalType": "servicePrincipal"}}, "roles": [{"db": "admin", "role": "root"}]}}, "operator", links={
                    "mongoClusterName": ("cluster",)}),
        *private("cluster", "MongoCluster", "privatelink.mongocluster.cosmos.azure.com"), records("cluster"),
        kept("cluster")),
        f"{LEARN}/documentdb/how-to-connect-role-based-access-control, as known",
        merged(with_prices("mongocluster:MongoCluster::cluster"), {"escape": {"allowed_types": {
            "azure-native:mongocluster:User": "the operator's identity, which signs in by Entra"}}})),
    Idiom("events in Cassandra's tables with a bounded throughput and an end", (
        az("cosmosdb:DatabaseAccount", {
            **AT, "accountName": "cosmos-events-prod", "kind": "GlobalDocumentDB", "databaseAccountOfferType":
            "Standard", "capabilities": [{"name": "EnableCassandra"}], "locations": [{
                "locationName": "uaenorth", "failoverPriority": 0, "isZoneRedundant": True}], "consistencyPolicy": {
                    "defaultConsistencyLevel": "Session"}, "publicNetworkAccess": "Disabled",
            "disableKeyBasedMetadataWriteAccess": True, "disableLocalAuth": True, "minimalTlsVersion": "Tls12",
            "keyVaultKeyUri": CMK, "defaultIdentity": f"UserAssignedIdentity={IDENTITY}", **BY_IDENTITY,
            "backupPolicy": {"type": "Continuous", "continuousModeProperties": {"tier": "Continuous30Days"}}},
           "account", protect=True),
        az("cosmosdb:CassandraResourceCassandraKeyspace", {**COSMOS, "keyspaceName": "events", "resource": {
            "id": "events"}}, "events", links={"accountName": ("account",)}),
        az("cosmosdb:CassandraResourceCassandraTable", {
            **COSMOS, "keyspaceName": "events", "tableName": "logins", "resource": {
                "id": "logins", "defaultTtl": 7776000, "schema": {
                    "columns": [{"name": "customer", "type": "text"}, {"name": "at", "type": "timestamp"}],
                    "partitionKeys": [{"name": "customer"}], "clusterKeys": [{"name": "at", "orderBy": "desc"}]}},
            "options": {"autoscaleSettings": {"maxThroughput": 4000}}}, "logins", links={"keyspaceName": ("events",)}),
        *private("account", "Cassandra", "privatelink.cassandra.cosmos.azure.com"), records("account"),
        kept("account"), alert("account", "Microsoft.DocumentDB/databaseAccounts", "NormalizedRUConsumption",
                               "GreaterThan", 85)),
        f"{LEARN}/cosmos-db/cassandra/templates-samples; {AVM}/document-db/database-account, as known", OURS),
    Idiom("devices of clinics: their readings reach the record of patients by a connector, notes lose their names", (
        az("healthcareapis:IotConnector", {
            **AT, "workspaceName": "ahdsbankprod", "iotConnectorName": "devices", "identity": {
                "type": "SystemAssigned"}, "ingestionEndpointConfiguration": {
                    "consumerGroup": "fhir", "eventHubName": "readings", "fullyQualifiedEventHubNamespace":
                    "evhns-clinics-prod.servicebus.windows.net"}, "deviceMapping": {"content": {
                        "templateType": "CollectionContent", "template": []}}}, "devices"),
        az("healthcareapis:IotConnectorFhirDestination", {
            **RG, "location": "uaenorth", "workspaceName": "ahdsbankprod", "iotConnectorName": "devices",
            "fhirDestinationName": "patients", "resourceIdentityResolutionType": "Lookup",
            "fhirServiceResourceId": f"{ITS}.HealthcareApis/workspaces/ahdsbankprod/fhirservices/patients",
            "fhirMapping": {"content": {"templateType": "CollectionFhirTemplate", "template": []}}}, "to-patients",
           links={"iotConnectorName": ("devices",)}),
        az("healthdataaiservices:DeidService", {
            **AT, "deidServiceName": "deid-prod", "identity": {"type": "SystemAssigned"}, "properties": {
                "publicNetworkAccess": "Disabled"}}, "deid"),
        *private("deid", "deid", "privatelink.api.deid.azure.com"), records("deid"),
        granted("readings", "devices", "a638d3c7-ab3a-418d-83e6-5f17a39d4fde")),
        f"{LEARN}/healthcare-apis/iot/deploy-new-manual; {LEARN}/healthcare-apis/deidentification/overview, as known",
        merged(with_prices("healthdataaiservices:DeidService::deid", "healthcareapis:IotConnector::devices"), {
            "residency": {"known": {
                "evhns-clinics-prod.servicebus.windows.net": "our own hub of events, in uaenorth",
                f"{ITS}.HealthcareApis/workspaces/ahdsbankprod": "our own workspace, in uaenorth"}}})),
    Idiom("messages with a clearing house: what they look like, how they change, and a key of the vault that signs", (
        az("logic:IntegrationAccount", {**AT, "integrationAccountName": "ia-clearing", "sku": {"name": "Standard"}},
           "account"),
        az("logic:IntegrationAccountSchema", {
            **AT, "integrationAccountName": "ia-clearing", "schemaName": "pacs008", "schemaType": "Xml", "contentType":
            "application/xml", "content": "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>"
            "<xs:element name='Document' type='xs:string'/></xs:schema>"}, "schema", links={
                "integrationAccountName": ("account",)}),
        az("logic:IntegrationAccountMap", {
            **AT, "integrationAccountName": "ia-clearing", "mapName": "to-core", "mapType": "Liquid", "contentType":
            "text/plain", "content": '{ "amount": {{ content.Document.amount }} }'}, "map", links={
                "integrationAccountName": ("account",)}),
        az("logic:IntegrationAccountCertificate", {
            **AT, "integrationAccountName": "ia-clearing", "certificateName": "signing", "key": {
                "keyName": "signing", "keyVault": {"id": f"{ITS}.KeyVault/vaults/kv-cmk-prod"}}, "publicCertificate":
            UNKNOWN}, "signing", links={"integrationAccountName": ("account",)}),
        records("account"), kept("account")),
        f"{LEARN}/logic-apps/enterprise-integration/create-integration-account; .../logic-apps-enterprise-integration-"
        "certificates, as known", with_prices("logic:IntegrationAccount::account")),
    Idiom("a flow of data that keeps its schema, and parameters of the factory", (
        az("datafactory:GlobalParameter", {**FACTORY, "globalParameterName": "default", "properties": {
            "environment": {"type": "String", "value": "prod"}, "batch": {"type": "Int", "value": 5000}}},
           "parameters"),
        *(az("datafactory:Dataset", {**FACTORY, "datasetName": name, "properties": {
            "type": "Parquet", "linkedServiceName": {"referenceName": "lake", "type": "LinkedServiceReference"},
            "location": {"type": "AzureBlobFSLocation", "fileSystem": "bank", "folderPath": name}}}, name)
          for name in ("transfers", "curated")),
        az("datafactory:DataFlow", {**FACTORY, "dataFlowName": "booked", "properties": {
            "type": "MappingDataFlow", "scriptLines": SCRIPT.splitlines(), "sources": [{
                "name": "transfers", "dataset": {"referenceName": "transfers", "type": "DatasetReference"}}], "sinks": [
                    {"name": "curated", "dataset": {"referenceName": "curated", "type": "DatasetReference"}}],
            "transformations": [{"name": "booked"}]}}, "flow", links={"properties": ("transfers", "curated")}),
        az("datafactory:Pipeline", {**FACTORY, "pipelineName": "daily", "concurrency": 1, "activities": [{
            "type": "ExecuteDataFlow", "name": "book", "dataFlow": {"referenceName": "booked", "type":
                                                                    "DataFlowReference"}, "compute": {
                "computeType": "General", "coreCount": 8}, "policy": {"timeout": "0.02:00:00", "retry": 1}}]}, "daily",
           links={"activities": ("flow",)})),
        f"{LEARN}/data-factory/control-flow-execute-data-flow-activity; .../author-global-parameters, as known", OURS),
    Idiom("one application for tellers instead of a desk, packed and signed, on machines that sleep at night", (
        az("desktopvirtualization:Application", {
            **RG, "applicationGroupName": "vdag-tellers", "applicationName": "core", "applicationType": "InBuilt",
            "filePath": "C:\\Program Files\\Core\\core.exe", "commandLineSetting": "DoNotAllow", "friendlyName": "Core",
            "showInPortal": True}, "core"),
        az("desktopvirtualization:AppAttachPackage", {
            **AT, "appAttachPackageName": "reader", "properties": {
                "failHealthCheckOnStagingFailure": "DoNotFail", "hostPoolReferences": [
                    f"{ITS}.DesktopVirtualization/hostPools/vdpool-tellers"], "image": {
                        "imagePath": "\\\\stappsprod.file.core.windows.net\\packages\\reader.cim", "displayName":
                        "Reader", "isActive": True, "isPackageTimestamped": "Timestamped", "packageName": "Reader",
                        "version": "2.4.0.0"}}}, "reader"),
        az("desktopvirtualization:ScalingPlanPooledSchedule", {
            **RG, "scalingPlanName": "vdscaling-tellers", "scalingPlanScheduleName": "weekdays", "daysOfWeek": [
                "Monday", "Tuesday", "Wednesday", "Thursday", "Friday"], "rampUpStartTime": {"hour": 7, "minute": 0},
            "rampUpLoadBalancingAlgorithm": "BreadthFirst", "rampUpMinimumHostsPct": 20, "rampUpCapacityThresholdPct":
            60, "peakStartTime": {"hour": 8, "minute": 0}, "peakLoadBalancingAlgorithm": "DepthFirst",
            "rampDownStartTime": {"hour": 18, "minute": 0}, "rampDownLoadBalancingAlgorithm": "DepthFirst",
            "rampDownMinimumHostsPct": 0, "rampDownCapacityThresholdPct": 90, "rampDownForceLogoffUsers": False,
            "rampDownStopHostsWhen": "ZeroSessions", "rampDownWaitTimeMinutes": 30, "rampDownNotificationMessage":
            "Please sign out", "offPeakStartTime": {"hour": 20, "minute": 0}, "offPeakLoadBalancingAlgorithm":
            "DepthFirst"}, "weekdays")),
        f"{LEARN}/virtual-desktop/publish-applications-stream-remoteapp; .../app-attach-overview, as known",
        merged(with_prices("desktopvirtualization:AppAttachPackage::reader"), {"escape": {"allowed_types": {
            "azure-native:desktopvirtualization:AppAttachPackage": "packages of our own share, signed by the bank"}}})),
    Idiom("nightly work of the platform on its own workers, at Gulf time, with an encrypted variable", (
        az("automation:AutomationAccount", {
            **AT, **AUTOMATION, "publicNetworkAccess": False, "disableLocalAuth": True, "sku": {"name": "Basic"},
            **BY_IDENTITY, "encryption": {"keySource": "Microsoft.Keyvault", "identity": {
                "userAssignedIdentity": IDENTITY}, "keyVaultProperties": {
                    "keyName": "cmk-data", "keyvaultUri": "https://kv-cmk-prod.vault.azure.net/", "keyVersion":
                    "0123456789abcdef0123456789abcdef"}}}, "account"),
        az("automation:HybridRunbookWorkerGroup", {**AUTOMATION, "hybridRunbookWorkerGroupName": "inner"}, "workers",
           links={"automationAccountName": ("account",)}),
        az("automation:Schedule", {
            **AUTOMATION, "scheduleName": "nightly", "name": "nightly", "frequency": "Week", "interval": 1, "startTime":
            "2026-12-06T23:00:00+04:00", "expiryTime": "2028-12-01T00:00:00+04:00", "timeZone": "Asia/Dubai",
            "advancedSchedule": {"weekDays": ["Saturday"]}}, "nightly", links={"automationAccountName": ("account",)}),
        az("automation:Variable", {**AUTOMATION, "variableName": "limit", "name": "limit", "isEncrypted": True, "value":
                                   "20"}, "limit", links={"automationAccountName": ("account",)}),
        *private("account", "DSCAndHybridWorker", "privatelink.azure-automation.net"), records("account")),
        f"{LEARN}/automation/automation-hybrid-runbook-worker; {AVM}/automation/automation-account, as known",
        with_prices("automation:AutomationAccount::account")),
    Idiom("servers of the data centre under Arc: extended updates, a private scope and one way out", (
        az("hybridcompute:PrivateLinkScope", {**AT, "scopeName": "arc-pls", "properties": {
            "publicNetworkAccess": "Disabled"}}, "scope"),
        az("hybridcompute:License", {
            **AT, "licenseName": "esu-2016", "licenseType": "ESU", "tenantId": TENANT, "licenseDetails": {
                "state": "Activated", "target": "Windows Server 2016", "edition": "Standard", "type": "vCore",
                "processors": 16}}, "updates"),
        az("hybridcompute:Gateway", {**AT, "gatewayName": "arcgw-prod", "gatewayType": "Public", "allowedFeatures": [
            "*"]}, "gateway"),
        *private("scope", "hybridcompute", "privatelink.his.arc.azure.com"), kept("scope")),
        f"{LEARN}/azure-arc/servers/private-link-security; .../arc-gateway; .../prepare-extended-security-updates, "
        "as known", with_prices("hybridcompute:License::updates", "hybridcompute:Gateway::gateway")),
    Idiom("hunts of the team of security: anomalies, indicators of the national centre, a hunt with its owner", (
        az("securityinsights:Anomalies", {**SENTINEL, "kind": "Anomalies", "settingsName": "Anomalies"}, "anomalies"),
        az("securityinsights:ThreatIntelligenceIndicator", {
            **SENTINEL, "name": "22222222-2222-2222-2222-222222222222", "kind": "indicator", "displayName":
            "Command host", "pattern": "[domain-name:value = 'bad.example']", "patternType": "domain-name", "source":
            "National centre", "confidence": 90, "threatTypes": ["malicious-activity"], "validFrom":
            "2026-12-01T00:00:00Z", "validUntil": "2027-06-01T00:00:00Z", "revoked": False}, "indicator"),
        az("securityinsights:Hunt", {
            **SENTINEL, "huntId": "33333333-3333-3333-3333-333333333333", "displayName": "Tokens of services",
            "description": "Sign-ins of services from new addresses", "hypothesisStatus": "Unknown", "status": "Active",
            "attackTactics": ["CredentialAccess"], "attackTechniques": ["T1528"], "owner": {"objectId": STAFF}},
           "hunt"),
        az("securityinsights:Metadata", {
            **SENTINEL, "metadataName": "analyticsrule-tokens", "kind": "AnalyticsRule", "parentId":
            f"{LAW}/providers/Microsoft.SecurityInsights/alertRules/tokens", "source": {"kind": "LocalWorkspace"},
            "author": {"name": "Team of security", "email": "soc@bank.ae"}, "version": "1.0.0"}, "rule-of")),
        f"{LEARN}/sentinel/work-with-anomaly-rules; .../hunts; .../understand-threat-intelligence, as known", OURS),
    Idiom("figures of an app with profiles in a store of the bank, a daily bound, and events of machines", (
        az("applicationinsights:Component", {
            **AT, "resourceName": "appi-offers", "kind": "web", "applicationType": "web", "workspaceResourceId": LAW,
            "ingestionMode": "LogAnalytics", "disableLocalAuth": True, "disableIpMasking": False,
            "publicNetworkAccessForIngestion": "Disabled", "publicNetworkAccessForQuery": "Disabled",
            "forceCustomerStorageForProfiler": True, "retentionInDays": 90}, "app"),
        az("storage:StorageAccount", {**ACCOUNT, "accountName": "stprofilesprod"}, "profiles"),
        az("applicationinsights:ComponentLinkedStorageAccount", {
            **RG, "resourceName": "appi-offers", "storageType": "ServiceProfiler", "linkedStorageAccount": UNKNOWN},
           "store", links={"linkedStorageAccount": ("profiles",), "resourceName": ("app",)}),
        az("applicationinsights:ComponentCurrentBillingFeature", {
            **RG, "resourceName": "appi-offers", "currentBillingFeatures": ["Basic"], "dataVolumeCap": {
                "cap": 20, "warningThreshold": 90, "stopSendNotificationWhenHitCap": False,
                "stopSendNotificationWhenHitThreshold": False}}, "bound", links={"resourceName": ("app",)}),
        az("operationalinsights:DataSource", {
            **SENTINEL, "dataSourceName": "system-errors", "kind": "WindowsEvent", "properties": {
                "eventLogName": "System", "eventTypes": [{"eventType": "Error"}, {"eventType": "Warning"}]}}, "events"),
        az("monitor:ScheduledQueryRule", {
            **AT, "ruleName": "bound-near", "displayName": "Near the daily bound", "severity": 2, "enabled": True,
            "evaluationFrequency": "PT1H", "windowSize": "PT1H", "scopes": [LAW], "autoMitigate": False, "criteria": {
                "allOf": [{"query": "_LogOperation | where Operation == 'Data collection Status'", "timeAggregation":
                           "Count", "operator": "GreaterThan", "threshold": 0, "failingPeriods": {
                               "numberOfEvaluationPeriods": 1, "minFailingPeriodsToAlert": 1}}]}, "actions": {
                "actionGroups": [DUTY]}}, "near"), aged("profiles", "stprofilesprod"), kept("profiles")),
        f"{LEARN}/azure-monitor/profiler/profiler-bring-your-own-storage; .../logs/daily-cap, as known", OURS),
)  # fmt: skip
