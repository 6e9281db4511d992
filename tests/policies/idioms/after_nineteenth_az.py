"""Good idioms near the rules on tokens, certificates, credentials, statements and records of Azure (2026-11-30).

Written with the rules at hand. Properties by pulumi-azure-native 3.29.0. A clock-skew of 300 seconds and purges by
`--ago 1d --keep 1` and `--ago 30d` are those of public repositories (found as strings on 2026-11-30).
"""

import base64
import json
from dataclasses import replace

from ..blind import HERE, OURS, RG, TAGS, az, k8s, meta, workload
from ..harness import UNKNOWN, Given
from . import Idiom
from .after_eighteenth_maz import APIM
from .fourth import LEARN

KEYS = (
    '<openid-config url="https://login.microsoftonline.com/00000000-1111-2222-3333-444444444444/v2.0/.well-known/'
    'openid-configuration" /><audiences><audience>api://payments</audience></audiences>'
)
MSI = {"type": "MSI", "resource": "https://vault.azure.net"}


def _api(inbound: str) -> tuple[Given, ...]:
    return (az("apimanagement:ApiPolicy", {
        **APIM, "value": "<policies><inbound><base />"
                         f"{inbound}</inbound><backend><base /></backend></policies>"}),)  # fmt: skip


def _purge(command: str) -> tuple[Given, ...]:
    steps = base64.b64encode(f"version: v1.1.0\nsteps:\n- cmd: {command}\n".encode()).decode()
    return (az("containerregistry:Task", {
        **HERE, "registryName": "crbank", "taskName": "tidy", "status": "Enabled", "timeout": 3600, "identity": {
            "type": "SystemAssigned"}, "platform": {"os": "Linux", "architecture": "amd64"}, "agentConfiguration": {
                "cpu": 2}, "step": {"type": "EncodedTask", "encodedTaskContent": steps}, "trigger": {
                    "timerTriggers": [{"name": "night", "schedule": "0 1 * * *", "status": "Enabled"}]}}),)  # fmt: skip


def _hunt(query: str, period: str) -> tuple[Given, ...]:
    return (az("securityinsights:ScheduledAlertRule", {
        **RG, "workspaceName": "law", "ruleId": "0a1b2c3d-0000-0000-0000-000000000008", "kind": "Scheduled",
        "displayName": "New places", "enabled": True, "severity": "High", "query": query, "queryFrequency": "PT1H",
        "queryPeriod": period, "triggerOperator": "GreaterThan", "triggerThreshold": 0, "suppressionEnabled": False,
        "suppressionDuration": "PT1H", "tactics": ["InitialAccess"]}),)  # fmt: skip


def _pipeline(*activities: dict[str, object]) -> tuple[Given, ...]:
    return (az("datafactory:Pipeline", {
        **RG, "factoryName": "adf-bank", "pipelineName": "claims", "concurrency": 1,
        "activities": list(activities)}),)  # fmt: skip


def _database(name: str, **more: object) -> tuple[Given, ...]:
    return (az("kusto:ReadWriteDatabase", {
        **RG, "location": "uaenorth", "clusterName": "adx", "databaseName": name, "kind": "ReadWrite", **more},
        name, protect=True),)  # fmt: skip


def _of_developers() -> Given:
    """Returns a Deployment in the stack of developers, with its labels."""
    given = workload("apps/v1:Deployment", {"env": [{"name": "ASPNETCORE_ENVIRONMENT", "value": "Development"}]})
    text = json.dumps(given.props).replace(json.dumps(TAGS["environment"]), '"dev"')
    return replace(given, stack="dev-uae", props=json.loads(text))


BUDGET = k8s("policy/v1:PodDisruptionBudget", {"metadata": meta(), "spec": {
    "maxUnavailable": 1, "selector": {"matchLabels": {"app": "x"}}}}, "budget")  # fmt: skip

IDIOMS = (
    Idiom("an API checks tokens with five minutes for clocks that differ", _api(
        f'<validate-jwt header-name="Authorization" clock-skew="300" require-expiration-time="true">{KEYS}'
        "</validate-jwt>"), f"{LEARN}/api-management"),
    Idiom("an API checks certificates of partners of one authority", _api(
        '<validate-client-certificate validate-revocation="true" validate-trust="true" ignore-error="false">'
        '<identities><identity subject="CN=clearing" issuer-subject="CN=Bank CA" /></identities>'
        "</validate-client-certificate>"), f"{LEARN}/api-management/validate-client-certificate-policy"),
    Idiom("an API knows a partner's own certificate by its print", _api(
        '<validate-client-certificate validate-trust="false"><identities>'
        '<identity thumbprint="7c1f0b2d9e4a4c55b8a1d6f3e2907c4b7c1f0b2d" /></identities>'
        "</validate-client-certificate>"), f"{LEARN}/api-management/validate-client-certificate-policy"),
    Idiom("a backend gets its key from a named value, and a version beside it", (
        az("apimanagement:NamedValue", {
            **RG, "serviceName": "apim-bank", "namedValueId": "core-key", "displayName": "core-key", "secret": True,
            "keyVault": {"secretIdentifier": "https://kv-bank.vault.azure.net/secrets/core-key"}}, "key"),
        az("apimanagement:Backend", {
            **RG, "serviceName": "apim-bank", "backendId": "core", "protocol": "http", "title": "Core",
            "url": "https://core.bank.internal/api",
            "tls": {"validateCertificateChain": True, "validateCertificateName": True},
            "credentials": {"header": {"X-Api-Key": ["{{core-key}}"], "Accept-Language": ["ar-AE"]},
                            "query": {"api-version": ["2026-01-01"], "code": ["{{core-key}}"]},
                            "authorization": {"scheme": "Bearer", "parameter": "{{core-key}}"}}}, "core")),
        f"{LEARN}/api-management/backends"),
    Idiom("a copy empties the table of the day and reads what was granted", _pipeline({
        "name": "copy", "type": "Copy", "policy": {"timeout": "0.02:00:00", "retry": 1, "secureOutput": True},
        "inputs": [{"referenceName": "claims", "type": "DatasetReference"}],
        "outputs": [{"referenceName": "staging", "type": "DatasetReference"}],
        "source": {"type": "AzureSqlSource", "sqlReaderQuery":
                   "SELECT grant_id, granted_on, role FROM dbo.Grants WHERE granted_on >= '2026-11-01'"},
        "sink": {"type": "AzureSqlSink", "writeBehavior": "upsert", "preCopyScript":
                 "TRUNCATE TABLE staging.Claims; ALTER INDEX ALL ON staging.Claims REBUILD"}}, {
        "name": "merge", "type": "SqlServerStoredProcedure", "storedProcedureName": "[dbo].[MergeClaims]",
        "policy": {"timeout": "0.01:00:00", "retry": 0},
        "linkedServiceName": {"referenceName": "sql-bank", "type": "LinkedServiceReference"}}),
        f"{LEARN}/data-factory/connector-azure-sql-database"),
    Idiom("a pipeline gets a secret and keeps it out of its history", _pipeline({
        "name": "secret", "type": "WebActivity", "method": "GET", "authentication": MSI,
        "policy": {"timeout": "0.00:05:00", "retry": 1, "secureOutput": True},
        "url": "https://kv-bank.vault.azure.net/secrets/core?api-version=7.4"}),
        f"{LEARN}/data-factory/how-to-use-azure-key-vault-secrets-pipeline-activities",
        {"residency": {"known": {"kv-bank.vault.azure.net": "the bank's vault, in uaenorth"}}}),
    Idiom("a workflow gets a secret and keeps it out of its history", (az("logic:Workflow", {
        **HERE, "workflowName": "nightly", "state": "Enabled", "identity": {"type": "SystemAssigned"},
        "accessControl": {"triggers": {"allowedCallerIpAddresses": []},
                          "contents": {"allowedCallerIpAddresses": [{"addressRange": "10.20.0.0/16"}]}},
        "definition": {
            "$schema": "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/"
                       "workflowdefinition.json#", "contentVersion": "1.0.0.0",
            "parameters": {"$connections": {"type": "Object", "defaultValue": {}}},
            "triggers": {"daily": {"type": "Recurrence", "recurrence": {"frequency": "Day", "interval": 1}}},
            "actions": {
                "Names": {"type": "ApiConnection", "runAfter": {}, "inputs": {
                    "host": {"connection": {"name": "@parameters('$connections')['keyvault']['connectionId']"}},
                    "method": "get", "path": "/secrets"}},
                "Get_secret": {"type": "ApiConnection", "runAfter": {"Names": ["Succeeded"]}, "inputs": {
                    "host": {"connection": {"name": "@parameters('$connections')['keyvault']['connectionId']"}},
                    "method": "get", "path": "/secrets/@{encodeURIComponent('core')}/value"},
                    "runtimeConfiguration": {"secureData": {"properties": ["inputs", "outputs"]}}}}}}),),
        f"{LEARN}/logic-apps/logic-apps-securing-a-logic-app"),
    Idiom("images of builds are deleted after a day, but for the newest", _purge(
        "acr purge --filter '.*:.*' --ago 1d --keep 5 --untagged"), f"{LEARN}/container-registry"),
    Idiom("images of trials are deleted at once, by their repository", _purge(
        "acr purge --filter 'trials/.*:.*' --ago 0d --untagged"), f"{LEARN}/container-registry"),
    Idiom("every image is deleted after a month of hours", _purge(
        "acr purge --filter '.*:.*' --ago 720h --untagged"), "Azure/acr-cli 0119a615 cmd/acr/purge.go, parseDuration"),
    Idiom("every image is deleted after a quarter", _purge(
        "acr purge --filter '.*:.*' --ago 90d --untagged"), f"{LEARN}/container-registry"),
    Idiom("a rule of Sentinel compares the last day with the fortnight before", _hunt(
        "let before = SigninLogs | where TimeGenerated between (ago(14d) .. ago(1d)) | distinct Location;\n"
        "SigninLogs | where TimeGenerated > ago(1d) | join kind=leftanti before on Location", "P14D"),
        f"{LEARN}/sentinel"),
    Idiom("a rule of Sentinel finds accounts that are old and were used now", _hunt(
        "IdentityInfo | where AccountCreationTime < ago(90d) "
        "| where TimeGenerated >= ago(1h) or TimeGenerated < ago(2d)", "P1D"), f"{LEARN}/sentinel"),
    Idiom("an alert rings where a machine was silent for a quarter of an hour", (az("monitor:ScheduledQueryRule", {
        **HERE, "ruleName": "silent", "kind": "LogAlert", "severity": 2, "enabled": True, "displayName": "Silent",
        "description": "A machine is silent", "evaluationFrequency": "PT5M", "windowSize": "PT1H",
        "scopes": [f"{OURS}.OperationalInsights/workspaces/law"],
        "actions": {"actionGroups": [f"{OURS}.Insights/actionGroups/oncall"]}, "criteria": {"allOf": [{
            "query": "Heartbeat | summarize TimeGenerated = max(TimeGenerated) by Computer "
                     "| where TimeGenerated < ago(15m)",
            "timeAggregation": "Count", "operator": "GreaterThan", "threshold": 0}]}}),),
        f"{LEARN}/azure-monitor/alerts/alerts-create-log-alert-rule"),
    Idiom("figures of machines are kept for a day, and audits for two years", (
        *_database("metrics-raw", softDeletePeriod="P1D", hotCachePeriod="P1D"),
        *_database("audit", softDeletePeriod="P730D", hotCachePeriod="P31D")),
        f"{LEARN}/kusto/management/retention-policy"),
    Idiom("events of a topic reach their queue for good", (az("eventgrid:TopicEventSubscription", {
        **RG, "topicName": "orders", "eventSubscriptionName": "desk", "eventDeliverySchema": "CloudEventSchemaV1_0",
        "expirationTimeUtc": "2099-01-01T00:00:00Z", "retryPolicy": {
            "maxDeliveryAttempts": 30, "eventTimeToLiveInMinutes": 1440},
        "deliveryWithResourceIdentity": {"identity": {"type": "SystemAssigned"}, "destination": {
            "endpointType": "ServiceBusQueue",
            "resourceId": f"{OURS}.ServiceBus/namespaces/sb-bank/queues/desk"}}}),), f"{LEARN}/event-grid"),
    Idiom("the portal runs as in production", (workload("apps/v1:Deployment", {
        "env": [{"name": "ASPNETCORE_ENVIRONMENT", "value": "Production"},
                {"name": "ASPNETCORE_HTTP_PORTS", "value": "8080"}]}), BUDGET), f"{LEARN}/aspnet/core"),
    Idiom("developers see errors in the stack of development", (_of_developers(),), f"{LEARN}/aspnet/core"),
    Idiom("earlier versions of blobs are kept for a month", (az("storage:ManagementPolicy", {
        **RG, "accountName": "stbank", "managementPolicyName": "default", "policy": {"rules": [{
            "name": "versions", "enabled": True, "type": "Lifecycle", "definition": {
                "filters": {"blobTypes": ["blockBlob"]}, "actions": {
                    "version": {"tierToCool": {"daysAfterCreationGreaterThan": 0},
                                "delete": {"daysAfterCreationGreaterThan": 30}},
                    "snapshot": {"delete": {"daysAfterCreationGreaterThan": 30}}}}}]}}),),
        f"{LEARN}/storage/blobs/lifecycle-management-policy-structure"),
    Idiom("versions of what is made again are not kept", (az("storage:ManagementPolicy", {
        **RG, "accountName": "stbank", "managementPolicyName": "default", "policy": {"rules": [{
            "name": "scratch", "enabled": True, "type": "Lifecycle", "definition": {
                "filters": {"blobTypes": ["blockBlob"], "prefixMatch": ["spark/scratch/"]}, "actions": {
                    "version": {"delete": {"daysAfterCreationGreaterThan": 0}}}}}]}}),),
        f"{LEARN}/storage/blobs/lifecycle-management-policy-structure"),
    Idiom("questions are answered by a search of the same stack", (
        az("search:Service", {
            **HERE, "searchServiceName": "answers", "sku": {"name": "standard"}, "replicaCount": 3,
            "partitionCount": 1, "publicNetworkAccess": "Disabled", "disableLocalAuth": True,
            "identity": {"type": "SystemAssigned"},
            "encryptionWithCmk": {"enforcement": "Enabled"}}, "answers"),
        az("cognitiveservices:Account", {
            **HERE, "accountName": "lang-bank", "kind": "TextAnalytics", "sku": {"name": "S"},
            "identity": {"type": "UserAssigned", "userAssignedIdentities": [
                f"{OURS}.ManagedIdentity/userAssignedIdentities/app"]}, "properties": {
                "customSubDomainName": "lang-bank", "publicNetworkAccess": "Disabled", "disableLocalAuth": True,
                "restrictOutboundNetworkAccess": True, "allowedFqdnList": [],
                "apiProperties": {"qnaAzureSearchEndpointId": UNKNOWN},
                "encryption": {"keySource": "Microsoft.KeyVault", "keyVaultProperties": {
                    "keyName": "cmk", "keyVersion": "11111111111111111111111111111111",
                    "keyVaultUri": "https://kv-bank.vault.azure.net/",
                    "identityClientId": "11111111-2222-3333-4444-555555555555"}}}}, "lang",
            links={"properties": ("answers",)}, protect=True)),
        f"{LEARN}/ai-services/language-service/question-answering"),
    Idiom("policies send keys that are named values or computed, and names that are no secrets", _api(
        '<set-header name="X-Api-Key" exists-action="override"><value>{{core-key}}</value></set-header>'
        '<set-header name="Ocp-Apim-Subscription-Key" exists-action="delete" />'
        '<set-header name="x-partition-key" exists-action="override"><value>claims-2026</value></set-header>'
        '<authentication-basic username="apim" password="{{core-password}}" />'
        '<set-header name="Authorization" exists-action="override">'
        '<value>@("Bearer " + (string)context.Variables["token"])</value></set-header>'), f"{LEARN}/api-management"),
    Idiom("a workflow asks the database for what was granted today", (az("logic:Workflow", {
        **HERE, "workflowName": "grants", "state": "Enabled", "identity": {"type": "SystemAssigned"},
        "accessControl": {"triggers": {"allowedCallerIpAddresses": []},
                          "contents": {"allowedCallerIpAddresses": [{"addressRange": "10.20.0.0/16"}]}},
        "definition": {
            "$schema": "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/"
                       "workflowdefinition.json#", "contentVersion": "1.0.0.0",
            "parameters": {"$connections": {"type": "Object", "defaultValue": {}}},
            "triggers": {"daily": {"type": "Recurrence", "recurrence": {"frequency": "Day", "interval": 1}}},
            "actions": {"ask": {"type": "ApiConnection", "runAfter": {}, "inputs": {
                "host": {"connection": {"name": "@parameters('$connections')['sql']['connectionId']"}},
                "method": "post", "path": "/v2/datasets/@{encodeURIComponent('default,default')}/query/sql",
                "body": {"query": "SELECT role, granted_on FROM dbo.Grants WHERE granted_on > @day"}}}}}}),),
        f"{LEARN}/connectors/sql"),
    Idiom("rows on their way are not kept, those of audits are for two years", (az("kusto:Script", {
        **RG, "clusterName": "adx", "databaseName": "soc", "scriptName": "tables", "scriptLevel": "Database",
        "principalPermissionsAction": "RemovePermissionOnScriptCompletion", "continueOnErrors": False,
        "scriptContent": ".create-merge table AuditRaw (Row: dynamic)\n"
                         ".alter-merge table AuditRaw policy retention softdelete = 0d\n"
                         ".alter-merge table Metrics policy retention softdelete = 1d\n"
                         ".alter table AuditLogs policy retention '{\"SoftDeletePeriod\": \"730.00:00:00\"}'\n"
                         ".alter-merge table SignIns policy retention softdelete = 8760h\n"
                         ".clear table AuditStaging data"}),), f"{LEARN}/kusto/management/retention-policy"),
    *(Idiom(f"events are told once: {name}", (az("eventgrid:TopicEventSubscription", {
        **RG, "topicName": topic, "eventSubscriptionName": "desk", "eventDeliverySchema": "CloudEventSchemaV1_0",
        "retryPolicy": {"maxDeliveryAttempts": 1, "eventTimeToLiveInMinutes": 1},
        "deliveryWithResourceIdentity": {"identity": {"type": "SystemAssigned"}, "destination": {
            "endpointType": "ServiceBusQueue",
            "resourceId": f"{OURS}.ServiceBus/namespaces/sb-bank/queues/desk"}}, **more}),), f"{LEARN}/event-grid",
        {"residency": {"known": {f"{OURS}.Storage/storageAccounts/stbank": "the bank's, in uaenorth"}}})
      for name, topic, more in (
        ("prices, which are old a minute later", "prices", {}),
        ("payments, which are kept where they cannot be told", "payments", {"deadLetterWithResourceIdentity": {
            "identity": {"type": "SystemAssigned"}, "deadLetterDestination": {
                "endpointType": "StorageBlob", "blobContainerName": "dead",
                "resourceId": f"{OURS}.Storage/storageAccounts/stbank"}}}))),
)  # fmt: skip
