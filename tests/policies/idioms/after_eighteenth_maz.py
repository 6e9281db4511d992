"""Good idioms near the rules on conditions that nothing meets and on checks that are avoided (2026-11-30).

Written with the rules at hand. Properties by pulumi-azure-native 3.29.0. Policies of API Management after ten in public
repositories (check of a token before everything, answers to preflights, counts by subscription or address).
"""

import json

from ..blind import HERE, OURS, RG, SUB, TAGS, az
from ..harness import UNKNOWN, Given
from . import Idiom
from .fourth import LEARN

OWNER, ACCESS_ADMIN = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9"
RBAC_ADMIN = "f58310d9-a9f6-439a-9e8d-f62e7b41a168"
ASSIGNMENTS = "Microsoft.Authorization/roleAssignments"
READER = "7f951dda-4ed3-4680-a7ca-43fe172d538d"
APIM = {**RG, "serviceName": "apim-bank", "apiId": "payments", "policyId": "policy", "format": "rawxml"}
CHECK = (
    '<validate-azure-ad-token tenant-id="00000000-1111-2222-3333-444444444444"><audiences><audience>api://payments'
    "</audience></audiences></validate-azure-ad-token>"
)
REFUSED = '<return-response><set-status code="401" reason="Unauthorized" /></return-response>'


def _delegated(*conditions: str) -> tuple[Given, ...]:
    """Returns an assignment whose condition restricts what is assigned and what is taken away."""
    text = " AND ".join(
        f"(\n (\n  !(ActionMatches{{'{ASSIGNMENTS}/{verb}'}})\n )\n OR\n (\n  "
        + "\n  AND\n  ".join(item.replace("@Request", f"@{source}") for item in conditions)
        + "\n )\n)"
        for verb, source in (("write", "Request"), ("delete", "Resource"))
    )
    return (az("authorization:RoleAssignment", {
        "scope": f"{SUB}/resourceGroups/rg-platform", "principalId": "11111111-aaaa-bbbb-cccc-222222222222",
        "principalType": "ServicePrincipal", "conditionVersion": "2.0", "condition": text, "roleDefinitionId":
            f"{SUB}/providers/Microsoft.Authorization/roleDefinitions/{RBAC_ADMIN}"}),)  # fmt: skip


def _api(inbound: str) -> tuple[Given, ...]:
    return (az("apimanagement:ApiPolicy", {
        **APIM, "value": "<policies><inbound><base />"
                         f"{inbound}</inbound><backend><base /></backend></policies>"}),)  # fmt: skip


def _events(**given: object) -> tuple[Given, ...]:
    return (az("eventgrid:SystemTopicEventSubscription", {
        **RG, "systemTopicName": "subscription", "eventSubscriptionName": "soc",
        "eventDeliverySchema": "CloudEventSchemaV1_0", "filter": given,
        "deliveryWithResourceIdentity": {"identity": {"type": "SystemAssigned"}, "destination": {
            "endpointType": "ServiceBusQueue",
            "resourceId": f"{OURS}.ServiceBus/namespaces/sb-bank/queues/soc"}}}),)  # fmt: skip


def _alert(*conditions: dict[str, object]) -> tuple[Given, ...]:
    return (az("monitor:ActivityLogAlert", {
        **RG, "location": "global", "tags": TAGS, "activityLogAlertName": "events", "enabled": True, "scopes": [SUB],
        "condition": {"allOf": list(conditions)},
        "actions": {"actionGroups": [{"actionGroupId": f"{OURS}.Insights/actionGroups/soc"}]}}),)  # fmt: skip


def _policy(name: str, *conditions: dict[str, object]) -> tuple[Given, ...]:
    return (az("authorization:PolicyDefinition", {
        "policyDefinitionName": name, "policyType": "Custom", "mode": "Indexed", "displayName": name,
        "policyRule": {"if": {"allOf": list(conditions)}, "then": {"effect": "deny"}}}, name),)  # fmt: skip


def _flag(name: str, is_on: bool) -> Given:
    return az("appconfiguration:KeyValue", {
        **RG, "configStoreName": "appcs-bank", "keyValueName": f".appconfig.featureflag~2F{name}", "tags": TAGS,
        "contentType": "application/vnd.microsoft.appconfig.ff+json;charset=utf-8",
        "value": json.dumps({"id": name, "enabled": is_on, "conditions": {"client_filters": []}})}, name)  # fmt: skip


ACCESS = "Microsoft.Storage/storageAccounts/publicNetworkAccess"
TRIGGER = """function stampPayment() {
  var request = getContext().getRequest();
  var payment = request.getBody();
  if (!payment.created) { payment.created = new Date().toISOString(); }
  payment.iban = payment.iban.replace(/\\s/g, '').toUpperCase();
  payment.accountType = 'current';
  request.setBody(payment);
}"""
VIEW = """.create-merge table SignIns (TimeGenerated: datetime, Account: string, Address: string)
.create-or-alter function with (folder = 'audit', docstring = 'Sign-ins (of a day)') SignInsOfDay(day: datetime) {
    SignIns | where TimeGenerated between (day .. 1d) | summarize SignIns = count() by Account
}"""

IDIOMS: tuple[Idiom, ...] = (
    Idiom("the identity that deploys assigns every role but the administrators'", _delegated(
        f"@Request[{ASSIGNMENTS}:RoleDefinitionId] ForAnyOfAllValues:GuidNotEquals "
        f"{{{OWNER}, {ACCESS_ADMIN}, {RBAC_ADMIN}}}"), f"{LEARN}/role-based-access-control"),
    Idiom("the identity that deploys assigns one role to programs", _delegated(
        f"@Request[{ASSIGNMENTS}:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {{{READER}}}",
        f"@Request[{ASSIGNMENTS}:PrincipalType] StringEqualsIgnoreCase 'ServicePrincipal'"),
        f"{LEARN}/role-based-access-control"),
    Idiom("deletions and writes below one group are told, but those of deployments", _events(
        includedEventTypes=["Microsoft.Resources.ResourceDeleteSuccess", "Microsoft.Resources.ResourceWriteSuccess"],
        subjectBeginsWith=f"{SUB}/resourceGroups/rg-", advancedFilters=[
            {"operatorType": "StringBeginsWith", "key": "subject", "values": [f"{SUB}/resourceGroups/rg-platform"]},
            {"operatorType": "StringNotContains", "key": "subject", "values": ["Microsoft.Resources/deployments"]},
            {"operatorType": "StringIn", "key": "eventType", "values": [
                "Microsoft.Resources.ResourceDeleteSuccess"]},
            {"operatorType": "NumberGreaterThanOrEquals", "key": "data.amount", "value": 10},
            {"operatorType": "NumberLessThan", "key": "data.amount", "value": 100}]), f"{LEARN}/event-grid"),
    Idiom("an event has two labels in one list", _events(
        includedEventTypes=["Microsoft.Resources.ResourceDeleteSuccess"], enableAdvancedFilteringOnArrays=True,
        advancedFilters=[{"operatorType": "StringIn", "key": "data.labels", "values": ["payments"]},
                         {"operatorType": "StringIn", "key": "data.labels", "values": ["production"]}]),
        f"{LEARN}/event-grid"),
    Idiom("alerts on threats, on the health of services and on what the planner advises", (
        *_alert({"field": "category", "equals": "Security"},
                {"field": "operationName", "equals": "Microsoft.Security/locations/alerts/activate/action"}),
        ), f"{LEARN}/azure-monitor"),
    Idiom("an alert on the health of a service in one place", _alert(
        {"field": "category", "equals": "ServiceHealth"},
        {"anyOf": [{"field": "properties.incidentType", "equals": "Incident"},
                   {"field": "properties.incidentType", "equals": "Security"}]},
        {"field": "properties.impactedServices[*].ImpactedRegions[*].RegionName", "containsAny": ["UAE North"]}),
        f"{LEARN}/service-health"),
    Idiom("an alert on roles that are given or taken", _alert(
        {"field": "category", "equals": "Administrative"},
        {"anyOf": [{"field": "operationName", "equals": "Microsoft.Authorization/roleAssignments/write"},
                   {"field": "operationName", "equals": "Microsoft.Authorization/roleAssignments/delete"}]},
        {"field": "status", "equals": "Succeeded"}), f"{LEARN}/azure-monitor"),
    Idiom("a policy denies open accounts of two kinds, but in groups of tests", _policy(
        "closed-accounts",
        {"anyOf": [{"allOf": [{"field": "type", "equals": "Microsoft.Storage/storageAccounts"},
                              {"field": ACCESS, "notEquals": "Disabled"}]},
                   {"allOf": [{"field": "type", "equals": "Microsoft.KeyVault/vaults"},
                              {"field": "Microsoft.KeyVault/vaults/publicNetworkAccess", "notEquals": "Disabled"}]}]},
        {"field": "tags['environment']", "exists": "true"},
        {"not": {"field": "tags['environment']", "in": ["test", "sandbox"]}},
        {"field": "name", "notLike": "test-*"}), f"{LEARN}/governance/policy"),
    Idiom("a policy denies a setting that is missing or another one", _policy(
        "closed-vaults", {"field": "type", "equals": "Microsoft.KeyVault/vaults"},
        {"anyOf": [{"field": "Microsoft.KeyVault/vaults/enablePurgeProtection", "exists": "false"},
                   {"field": "Microsoft.KeyVault/vaults/enablePurgeProtection", "notEquals": "true"}]}),
        f"{LEARN}/governance/policy"),
    Idiom("an API checks the token of each caller, then chooses a service by a header", _api(
        f"{CHECK}<choose><when condition='@(context.Request.Headers.GetValueOrDefault(\"X-Version\", \"1\") == \"2\")'>"
        '<set-query-parameter name="v" exists-action="override"><value>2</value></set-query-parameter></when>'
        "<otherwise /></choose><rate-limit-by-key calls=\"20\" renewal-period=\"60\" "
        "counter-key='@(context.Subscription.Id)' increment-condition='@(context.Response.StatusCode &lt; 500)' />"),
        f"{LEARN}/api-management"),
    Idiom("an API answers preflights, refuses who has no token and checks the others", _api(
        "<choose><when condition='@(context.Request.Method == \"OPTIONS\")'><return-response><set-status code=\"204\" "
        "reason=\"No Content\" /></return-response></when>"
        f"<when condition='@(!context.Request.Headers.ContainsKey(\"Authorization\"))'>{REFUSED}</when>"
        f"<otherwise>{CHECK}</otherwise></choose>"
        "<set-header name=\"X-Request-Id\" exists-action=\"override\"><value>@(Guid.NewGuid().ToString())</value>"
        "</set-header><rate-limit-by-key calls=\"20\" renewal-period=\"60\" counter-key='@(context.Request.IpAddress)' "
        "/>"), f"{LEARN}/api-management"),
    Idiom("an API checks tokens of partners and of branches, each with their own rule", _api(
        "<choose><when condition='@(context.Request.Headers.GetValueOrDefault(\"X-Partner\", \"\") != \"\")'>"
        f"{CHECK.replace('api://payments', 'api://partners')}</when><otherwise>{CHECK}</otherwise></choose>"),
        f"{LEARN}/api-management"),
    Idiom("a trigger of the database stamps payments and writes their account in one form", (
        az("cosmosdb:SqlResourceSqlTrigger", {
            **RG, "accountName": "cosmos-bank", "databaseName": "core", "containerName": "payments",
            "triggerName": "stampPayment", "location": "uaenorth", "tags": TAGS, "resource": {
                "id": "stampPayment", "triggerType": "Pre", "triggerOperation": "All", "body": TRIGGER}}),),
        f"{LEARN}/cosmos-db"),
    Idiom("a function of the audit has a name of its own, and a search too", (
        az("kusto:Script", {
            **RG, "clusterName": "adx", "databaseName": "audit", "scriptName": "views", "scriptLevel": "Database",
            "principalPermissionsAction": "RemovePermissionOnScriptCompletion", "continueOnErrors": False,
            "scriptContent": VIEW}, "views"),
        az("operationalinsights:SavedSearch", {
            **RG, "workspaceName": "log-bank", "savedSearchId": "signins", "category": "Audit",
            "displayName": "Sign-ins that failed", "functionAlias": "FailedSignIns",
            "query": "SigninLogs | where ResultType != 0 | summarize FailedSignIns = count() by UserPrincipalName"},
            "signins")), "learn.microsoft.com/kusto"),
    Idiom("records of queries are kept without the text of the query", (az("monitor:DataCollectionRule", {
        **HERE, "dataCollectionRuleName": "dcr-workspace", "kind": "WorkspaceTransforms",
        "destinations": {"logAnalytics": [{
            "name": "bank", "workspaceResourceId": f"{OURS}.OperationalInsights/workspaces/log-bank"}]},
        "dataFlows": [{"streams": ["Microsoft-Table-LAQueryLogs"], "destinations": ["bank"],
                       "transformKql": "source | project-away QueryText, StatsCPUTimeMs | extend Team = 'soc'"},
                      {"streams": ["Microsoft-Table-SigninLogs"], "destinations": ["bank"],
                       "transformKql": "source | project TimeGenerated, UserPrincipalName, IPAddress, ResultType"}]}),),
        f"{LEARN}/azure-monitor"),
    Idiom("the scan of the database accepts the group of its administrators", (
        az("sql:DatabaseSqlVulnerabilityAssessmentRuleBaseline", {
            **RG, "serverName": "sql-bank", "databaseName": "core", "vulnerabilityAssessmentName": "default",
            "baselineName": "default", "ruleId": "VA2108", "latestScan": False,
            "results": [["dbo", "db_owner", "SQL_USER", "INSTANCE"],
                        ["grp-dba", "db_owner", "EXTERNAL_GROUP", "EXTERNAL"]]}),), f"{LEARN}/defender-for-cloud"),
    Idiom("the last state of each meter is kept, and quotes of prices expire", (
        az("eventhub:EventHub", {
            **RG, "namespaceName": "evh-plant", "eventHubName": "meter-state", "partitionCount": 4,
            "retentionDescription": {"cleanupPolicy": "Compact", "tombstoneRetentionTimeInHours": 24}}, "state"),
        az("servicebus:Queue", {
            **RG, "namespaceName": "sb-bank", "queueName": "quotes", "maxDeliveryCount": 10, "lockDuration": "PT10S",
            "defaultMessageTimeToLive": "PT30S"}, "quotes"),
        az("servicebus:Queue", {
            **RG, "namespaceName": "sb-bank", "queueName": "orders", "maxDeliveryCount": 10, "forwardTo": "all",
            "defaultMessageTimeToLive": "PT45S", "deadLetteringOnMessageExpiration": True}, "orders")),
        f"{LEARN}/event-hubs"),
    Idiom("switches of pages and of trials are off, and those of checks are on", (
        _flag("FraudCheck", True), _flag("NewFraudCheckPage", False), _flag("InstantPayments", False),
        _flag("SkipIntro", True), _flag("DarkMode", False), _flag("AccountSearch", False),
        _flag("DisableLegacyExport", True), _flag("FraudModelV2", False)), f"{LEARN}/azure-app-configuration"),
    Idiom("the hub learns routes from the firewall of the plan", (az("network:VirtualHubBgpConnection", {
        **RG, "virtualHubName": "hub", "connectionName": "firewall", "peerIp": UNKNOWN, "peerAsn": 64999,
        "hubVirtualNetworkConnection": {"id": f"{OURS}.Network/virtualHubs/hub/hubVirtualNetworkConnections/tools"}}),),
        f"{LEARN}/virtual-wan"),
    Idiom("people enter by their accounts, and machines by the authority that the plan makes", (
        az("network:VpnServerConfiguration", {
            **HERE, "vpnServerConfigurationName": "remote", "properties": {
                "vpnProtocols": ["OpenVPN"], "vpnAuthenticationTypes": ["AAD", "Certificate"],
                "aadAuthenticationParameters": {
                    "aadTenant": "https://login.microsoftonline.com/00000000-1111-2222-3333-444444444444",
                    "aadAudience": "c632b3df-fb67-4d84-bdcf-b95ad541b5c8",
                    "aadIssuer": "https://sts.windows.net/00000000-1111-2222-3333-444444444444/"},
                "vpnClientRootCertificates": [{"name": "machines", "publicCertData": UNKNOWN}]}}),),
        f"{LEARN}/virtual-wan"),
)  # fmt: skip
