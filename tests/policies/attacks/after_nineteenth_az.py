"""Attacks beside those of the nineteenth set on Azure: the same harm in other places and spellings.

Written on 2026-11-30 with the rules at hand. Properties by pulumi-azure-native 3.29.0.
"""

import base64

from ..blind import HERE, OURS, RG, THEIRS, az, workload
from ..harness import Given
from . import Attack
from .nineteenth_azure import API, READ_SECRET
from .tenth_azure import ID

SWITCH, CALLERS, PLAIN, SILENT = ("FJ-ESC-115",), ("FJ-EXP-207",), ("FJ-EXP-114",), ("FJ-EXP-127",)
KEY = "7c1f0b2d9e4a4c55b8a1d6f3e2907c4b"
KEYS = (
    '<openid-config url="https://login.microsoftonline.com/00000000-1111-2222-3333-444444444444/v2.0/.well-known/'
    'openid-configuration" /><audiences><audience>api://payments</audience></audiences>'
)
OWNS = "he reads and changes every row (Azure Data Factory, statements of a copy)"
SEEN = "readers of the run see it (Azure Logic Apps, secured outputs; Azure Data Factory, secureOutput)"
LEADS = "events are no more delivered, and nobody hears of it (Azure Event Grid, expiration)"


def _api(inbound: str) -> tuple[Given, ...]:
    return (az("apimanagement:ApiPolicy", {
        **API, "value": f"<policies><inbound><base />{inbound}</inbound></policies>"}),)  # fmt: skip


def _backend(**credentials: object) -> tuple[Given, ...]:
    return (az("apimanagement:Backend", {
        **RG, "serviceName": "apim-bank", "backendId": "core", "protocol": "http", "url":
            "https://core.bank.internal/api", "credentials": credentials}),)  # fmt: skip


def _pipeline(*activities: dict[str, object]) -> tuple[Given, ...]:
    return (az("datafactory:Pipeline", {
        **RG, "factoryName": "adf-bank", "pipelineName": "claims", "concurrency": 1,
        "activities": list(activities)}),)  # fmt: skip


def _copy(**sink: object) -> dict[str, object]:
    return {"name": "copy", "type": "Copy", "policy": {"secureInput": True, "secureOutput": True},
            "inputs": [{"referenceName": "files", "type": "DatasetReference"}],
            "outputs": [{"referenceName": "rows", "type": "DatasetReference"}],
            "source": {"type": "ParquetSource"}, "sink": {"type": "AzureSqlSink", **sink}}  # fmt: skip


def _workflow(actions: dict[str, object]) -> tuple[Given, ...]:
    return (az("logic:Workflow", {
        **HERE, "workflowName": "nightly", "state": "Enabled", "identity": {"type": "SystemAssigned"},
        "definition": {**READ_SECRET, "actions": actions}, "accessControl": {
            "triggers": {"allowedCallerIpAddresses": []},
            "contents": {"allowedCallerIpAddresses": [{"addressRange": "10.20.0.0/16"}]}}}),)  # fmt: skip


def _purge(kind: str, command: str) -> tuple[Given, ...]:
    steps = base64.b64encode(f"version: v1.1.0\nsteps:\n- cmd: {command}\n".encode()).decode()
    step = {"type": kind, "encodedTaskContent": steps}
    if kind == "EncodedTaskRunRequest":
        return (az("containerregistry:TaskRun", {
            **RG, "location": "uaenorth", "registryName": "crbank", "taskRunName": "tidy", "runRequest": {
                **step, "platform": {"os": "Linux"}}}),)  # fmt: skip
    return (az("containerregistry:Task", {
        **HERE, "registryName": "crbank", "taskName": "tidy", "status": "Enabled", "platform": {"os": "Linux"},
        "identity": {"type": "SystemAssigned"}, "step": step, "trigger": {"timerTriggers": [
            {"name": "night", "schedule": "0 1 * * *"}]}}),)  # fmt: skip


def _hunt(query: str, period: str = "PT1H") -> tuple[Given, ...]:
    return (az("securityinsights:ScheduledAlertRule", {
        **RG, "workspaceName": "log-bank", "ruleId": "0a1b2c3d-0000-0000-0000-000000000009", "kind": "Scheduled",
        "displayName": "New owners", "enabled": True, "severity": "High", "query": query, "queryFrequency": "PT1H",
        "queryPeriod": period, "triggerOperator": "GreaterThan", "triggerThreshold": 0, "suppressionEnabled": False,
        "suppressionDuration": "PT1H", "tactics": ["Persistence"]}),)  # fmt: skip


def _account(**more: object) -> tuple[Given, ...]:
    return (az("cognitiveservices:Account", {
        **HERE, "accountName": "lang-bank", "kind": "TextAnalytics", "sku": {"name": "S"}, "identity": {
            "type": "UserAssigned", "userAssignedIdentities": [ID]}, "properties": {
                "customSubDomainName": "lang-bank", "publicNetworkAccess": "Disabled", "disableLocalAuth": True,
                "restrictOutboundNetworkAccess": True, "allowedFqdnList": [], **more, "encryption": {
                    "keySource": "Microsoft.KeyVault", "keyVaultProperties": {
                        "keyName": "cmk", "keyVersion": "11111111111111111111111111111111",
                        "keyVaultUri": "https://kv-bank.vault.azure.net/",
                        "identityClientId": "11111111-2222-3333-4444-555555555555"}}}}),)  # fmt: skip


ATTACKS = (
    *(Attack(f"tokens are accepted long after they ended by clock-skew {skew}", CALLERS, _api(
        f'<validate-jwt header-name="Authorization" clock-skew="{skew}">{KEYS}</validate-jwt>'),
        "major", "old tokens pay (API Management, 'validate-jwt')") for skew in (
            "86400", "@(365 * 86400)", "{{skew}}", "003601")),
    *(Attack(f"certificates of callers prove nothing by {text}", CALLERS, _api(
        f'<validate-client-certificate {text}><identities><identity common-name="partner" /></identities>'
        "</validate-client-certificate>"), "critical", "whoever makes one with the name is let in (API Management, "
        "'validate-client-certificate')") for text in (
            "ignore-error=' True '", 'validate-trust="false"', "validate-trust='true' validate-not-after='false'")),
    Attack("a certificate of one partner is known by its print, and another one by its name", CALLERS, _api(
        '<validate-client-certificate validate-trust="false"><identities><identity thumbprint="AB12" />'
        '<identity subject="CN=partner" /></identities></validate-client-certificate>'),
        "critical", "one of the identities is enough (API Management, 'validate-client-certificate')"),
    Attack("the key of a function stands in the address of a backend", PLAIN, _backend(query={"code": [KEY]}),
           "major", "readers of the service call the function (Azure Functions, access keys)"),
    Attack("the password of a backend stands in its authorization", PLAIN, _backend(
        authorization={"scheme": "Basic", "parameter": "Y29yZTpXaW50ZXItMjAyNg=="}),
        "major", "readers of the service call the core system (API Management, 'Backends')"),
    Attack("a statement before a copy is an expression", SWITCH, _pipeline(_copy(preCopyScript={
        "type": "Expression", "value": "@concat('ALTER ROLE db_owner ADD MEMBER ', 'k_saeed')"})), "critical", OWNS),
    Attack("a look-up makes a colleague owner", SWITCH, _pipeline({
        "name": "look", "type": "Lookup", "policy": {"secureInput": True, "secureOutput": True},
        "dataset": {"referenceName": "rows", "type": "DatasetReference"}, "source": {
            "type": "AzureSqlSource", "sqlReaderQuery": "EXEC sp_addrolemember 'db_owner', 'k_saeed'; SELECT 1"}}),
        "critical", OWNS),
    Attack("a loop calls the procedure that makes owners", SWITCH, _pipeline({
        "name": "each", "type": "ForEach", "items": {"type": "Expression", "value": "@pipeline().parameters.names"},
        "activities": [{
            "name": "call", "type": "SqlServerStoredProcedure", "storedProcedureName": "sp_addrolemember",
            "policy": {"secureInput": True, "secureOutput": True},
            "linkedServiceName": {"referenceName": "sql-bank", "type": "LinkedServiceReference"},
            "storedProcedureParameters": {"rolename": {"value": "db_owner"}, "membername": {"value": "k_saeed"}}}]}),
        "critical", OWNS),
    Attack("a data flow ends the security of rows before it writes", SWITCH, (az("datafactory:DataFlow", {
        **RG, "factoryName": "adf-bank", "dataFlowName": "claims", "properties": {
            "type": "MappingDataFlow", "sources": [], "sinks": [], "transformations": [], "scriptLines": [
                "claims sink(allowSchemaDrift: true,",
                "     preSQLs:['ALTER SECURITY POLICY rls.Customers WITH (STATE = OFF)']) ~> rows"]}}),),
        "major", "every user sees every row (Azure Data Factory, preSQLs)"),
    Attack("a call of the vault keeps what it got, in a branch", SWITCH, _workflow({"branch": {
        "type": "If", "expression": {"equals": [1, 1]}, "actions": {}, "else": {"actions": {"read": {
            "type": "Http", "inputs": {"method": "GET", "authentication": {"type": "ManagedServiceIdentity"},
                                       "uri": "https://kv-bank.vault.azure.net/secrets/core?api-version=7.4"}}}}}}),
        "major", SEEN),
    Attack("a workflow hides what it asks the vault, and not what it gets", SWITCH, _workflow({"read": {
        **READ_SECRET["actions"]["Get_secret"], "runtimeConfiguration": {"secureData": {"properties": ["inputs"]}}}}),
        "major", SEEN),
    *(Attack(f"a pipeline keeps what it got from the vault with {policy}", SWITCH, _pipeline({
        "name": "secret", "type": "WebActivity", "method": "GET", "policy": policy, "authentication": {"type": "MSI"},
        "url": "https://kv-bank.vault.azure.net/secrets/core?api-version=7.4"}), "major", SEEN)
      for policy in ({}, {"secureInput": True}, {"secureOutput": False})),
    *(Attack(f"events of a day to come reach nobody: {kind}", SWITCH, (az(f"eventgrid:{kind}", {
        **RG, **given, "eventSubscriptionName": "soc", "expirationTimeUtc": "2027-01-01T00:00:00Z"}),), "major", LEADS)
      for kind, given in (
        ("TopicEventSubscription", {"topicName": "audit"}),
        ("NamespaceTopicEventSubscription", {"namespaceName": "evg", "topicName": "audit"}),
        ("DomainTopicEventSubscription", {"domainName": "evg", "topicName": "audit"}))),
    *(Attack(f"images are deleted by {command}", SWITCH, _purge(kind, command), "critical",
             "no pod starts on a new node (Azure Container Registry, 'acr purge')") for kind, command in (
        ("EncodedTask", "acr purge --filter '.+:.+' --ago 1h"),
        ("EncodedTask", "acr purge --filter '.+:.+' --ago 100h"),
        ("EncodedTask", 'acr purge --untagged --filter "^.*$:.*"'),
        ("EncodedTask", "acr purge --filter 'team-a:old.*' --filter '[^/]+:.*' --ago=0d --keep=0"),
        ("EncodedTaskRunRequest", "mcr.microsoft.com/acr/acr-cli:0.17 purge --filter .*:.* --ago 2d3h"))),
    *(Attack(f"the guard looks where nothing is: {condition}", SILENT, _hunt(
        f"AuditLogs | where OperationName has 'Add member to role' | where {condition} | project Identity"), "major",
        "the rule has an hour of records (Microsoft Sentinel, queryPeriod)") for condition in (
            "TimeGenerated <= ago(1h)", "TimeGenerated between (ago(30d) .. ago(7d)) and Result == 'success'",
            "TimeGenerated > now()", "TimeGenerated >= datetime(2099-01-01)", "ingestion_time() < ago(90m)")),
    Attack("records of payments in Data Explorer are gone after twelve hours", SWITCH, (
        az("kusto:ReadWriteDatabase", {
            **RG, "location": "uaenorth", "clusterName": "adx", "databaseName": "payments", "kind": "ReadWrite",
            "softDeletePeriod": "PT12H", "hotCachePeriod": "PT12H"}, "payments", protect=True),),
        "major", "nobody can say what was paid (Azure Data Explorer, 'Retention policy')"),
    Attack("a container shows its errors whole", SWITCH, (az("app:ContainerApp", {
        **HERE, "containerAppName": "portal", "managedEnvironmentId": f"{OURS}.App/managedEnvironments/apps",
        "template": {"containers": [{"name": "portal", "image": "crbank.azurecr.io/portal@sha256:" + "a" * 64, "env": [
            {"name": "ASPNETCORE_ENVIRONMENT", "value": "development"}]}]}}),), "major",
        "callers see code and headers (ASP.NET Core, developer exception page)"),
    Attack("settings of an app say that its errors are shown whole", SWITCH, (az("web:WebAppApplicationSettings", {
        **RG, "name": "portal", "properties": {"ASPNETCORE_DETAILEDERRORS": "true"}}),), "major",
        "callers see why the program did not start (ASP.NET Core, 'Detailed errors')"),
    Attack("pods of the portal show their errors whole", SWITCH, (workload("apps/v1:Deployment", {
        "env": [{"name": "DOTNET_ENVIRONMENT", "value": "Development"}]}),), "major",
        "callers see code and headers (ASP.NET Core, developer exception page)"),
    Attack("prompts that break rules are kept in a cluster of a stranger", ("FJ-RES-208",), _account(
        raiMonitorConfig={"adxStorageResourceId": f"{THEIRS}.Kusto/clusters/collector"}), "critical",
        "he reads what customers ask (pulumi-azure-native 3.29.0, RaiMonitorConfig)"),
    Attack("an account of AI belongs to a workspace of a stranger", ("FJ-RES-208",), _account(
        amlWorkspace={"resourceId": f"{THEIRS}.MachineLearningServices/workspaces/collector"}), "critical",
        "he has its data (pulumi-azure-native 3.29.0, UserOwnedAmlWorkspace)"),
    Attack("snapshots of blobs are deleted at once", ("FJ-RSL-117",), (az("storage:ManagementPolicy", {
        **RG, "accountName": "stbank", "managementPolicyName": "default", "policy": {"rules": [{
            "name": "tidy", "enabled": True, "type": "Lifecycle", "definition": {"actions": {"snapshot": {
                "delete": {"daysAfterCreationGreaterThan": 0}}}, "filters": {"blobTypes": ["blockBlob"]}}}]}}),),
        "major", "no copy is restored (Azure Blob Storage, 'Lifecycle management')"),
    Attack("a policy has the password of the core system", PLAIN, _api(
        '<authentication-basic username="apim" password="Winter-2026-core" />'),
        "major", "readers of the service call the core system (API Management, 'authentication-basic')"),
    *(Attack(f"a policy has the key of the core system in {name}", PLAIN, _api(
        f'<set-header name="{name}" exists-action="override"><value>{value}</value></set-header>'), "major",
        "readers of the service call the core system (API Management, 'set-header')") for name, value in (
            ("X-Api-Key", KEY), ("Authorization", "Basic Y29yZTpXaW50ZXItMjAyNg=="), ("Ocp-Apim-Subscription-Key", KEY),
            ("x-functions-key", KEY))),
    *(Attack(f"a workflow makes a colleague owner by {name}", SWITCH, _workflow({"prepare": {
        "type": "ApiConnection", "inputs": {"method": "post", "host": {
            "connection": {"name": "@parameters('$connections')['sql']['connectionId']"}}, **inputs}}}), "critical",
        "he reads and changes every row (SQL Server connector, 'Execute a SQL query (V2)')") for name, inputs in (
            ("a statement", {"path": "/v2/datasets/@{encodeURIComponent('default,default')}/query/sql",
                             "body": {"query": "ALTER ROLE db_owner ADD MEMBER [k_saeed]"}}),
            ("a procedure", {"path": "/v2/datasets/@{encodeURIComponent('default,default')}/procedures/"
                                     "@{encodeURIComponent('[sys].[sp_addrolemember]')}",
                             "body": {"rolename": "db_owner", "membername": "k_saeed"}}))),
    *(Attack(f"a script takes records away: {text}", SWITCH, (az("kusto:Script", {
        **RG, "clusterName": "adx", "databaseName": "soc", "scriptName": "tidy", "scriptLevel": "Database",
        "principalPermissionsAction": "RemovePermissionOnScriptCompletion", "continueOnErrors": False,
        "scriptContent": text}),), "critical", "nobody can say who came (Azure Data Explorer, retention policies and "
        "management commands)") for text in (
            ".alter-merge table SignIns policy retention softdelete = 1d recoverability = disabled",
            '.alter table AuditLogs policy retention "{\\"SoftDeletePeriod\\": \\"2.00:00:00\\"}"',
            ".clear table SignIns data", ".drop extents all from AuditLogs")),
    *(Attack(f"deletions are told once, and lost if the queue is busy: {kind}", SWITCH, (az(f"eventgrid:{kind}", {
        **RG, **given, "eventSubscriptionName": "soc", "retryPolicy": {
            "maxDeliveryAttempts": 1, "eventTimeToLiveInMinutes": 1}}),), "major",
        "an event that is not delivered is dropped (Azure Event Grid, 'Delivery and retry')") for kind, given in (
        ("SystemTopicEventSubscription", {"systemTopicName": "subscription", "filter": {
            "includedEventTypes": ["Microsoft.Resources.ResourceDeleteSuccess"]}}),
        ("TopicEventSubscription", {"topicName": "payments"}))),
)  # fmt: skip
