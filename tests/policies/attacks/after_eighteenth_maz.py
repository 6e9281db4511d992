"""Attacks beside those of the eighteenth set on Azure: conditions that nothing meets, and checks that are avoided.

Written on 2026-11-30 with the rules at hand. Properties by pulumi-azure-native 3.29.0 and pulumi-aws 7.51.1.
"""

import json

from ..blind import HERE, OURS, RG, SUB, TAGS, az
from ..harness import Given
from . import Attack
from .eighteenth_azure import OWNER, RBAC_ADMINISTRATOR, ROLE_ID, ROOT

SWITCH, API, ROLE = ("FJ-ESC-115",), ("FJ-EXP-207",), ("FJ-IDN-201",)
WRITE = "!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})"
APIM = {**RG, "serviceName": "apim-bank", "apiId": "payments", "policyId": "policy", "format": "rawxml"}
CHECK = (
    '<validate-jwt header-name="Authorization"><openid-config url="https://login.microsoftonline.com/'
    '00000000-1111-2222-3333-444444444444/v2.0/.well-known/openid-configuration" /><audiences><audience>api://payments'
    "</audience></audiences></validate-jwt>"
)
NOTHING = "nothing meets it, and who reads the plan sees a rule (Azure, allOf and filters are joined by AND)"


def _policy(*conditions: dict[str, object]) -> tuple[Given, ...]:
    return (az("authorization:PolicyDefinition", {
        "policyDefinitionName": "closed", "policyType": "Custom", "mode": "Indexed", "displayName": "Closed",
        "policyRule": {"if": {"allOf": list(conditions)}, "then": {"effect": "deny"}}}),)  # fmt: skip


def _events(*filters: dict[str, object], **more: object) -> tuple[Given, ...]:
    return (az("eventgrid:SystemTopicEventSubscription", {
        **RG, "systemTopicName": "subscription", "eventSubscriptionName": "soc",
        "eventDeliverySchema": "CloudEventSchemaV1_0", "filter": {"advancedFilters": list(filters), **more},
        "deliveryWithResourceIdentity": {"identity": {"type": "SystemAssigned"}, "destination": {
            "endpointType": "ServiceBusQueue",
            "resourceId": f"{OURS}.ServiceBus/namespaces/sb-bank/queues/soc"}}}),)  # fmt: skip


def _alert(*conditions: dict[str, object]) -> tuple[Given, ...]:
    return (az("monitor:ActivityLogAlert", {
        **RG, "location": "global", "tags": TAGS, "activityLogAlertName": "owners", "enabled": True, "scopes": [SUB],
        "condition": {"allOf": list(conditions)},
        "actions": {"actionGroups": [{"actionGroupId": f"{OURS}.Insights/actionGroups/soc"}]}}),)  # fmt: skip


def _delegated(condition: str) -> tuple[Given, ...]:
    return (az("authorization:RoleAssignment", {
        "scope": f"{SUB}/resourceGroups/rg-platform", "principalId": "11111111-aaaa-bbbb-cccc-222222222222",
        "principalType": "ServicePrincipal", "conditionVersion": "2.0", "condition": condition, "roleDefinitionId":
            f"{SUB}/providers/Microsoft.Authorization/roleDefinitions/{RBAC_ADMINISTRATOR}"}),)  # fmt: skip


def _api(inbound: str) -> tuple[Given, ...]:
    return (az("apimanagement:ApiPolicy", {
        **APIM, "value": f"<policies><inbound><base />{inbound}</inbound></policies>"}),)  # fmt: skip


def _flag(name: str, is_on: bool) -> tuple[Given, ...]:
    return (az("appconfiguration:KeyValue", {
        **RG, "configStoreName": "appcs-bank", "keyValueName": f".appconfig.featureflag~2F{name}", "tags": TAGS,
        "contentType": "application/vnd.microsoft.appconfig.ff+json;charset=utf-8",
        "value": json.dumps({"id": name, "enabled": is_on, "conditions": {"client_filters": []}})}),)  # fmt: skip


KIND: dict[str, object] = {"field": "type", "equals": "Microsoft.Storage/storageAccounts"}
ACCESS = "Microsoft.Storage/storageAccounts/publicNetworkAccess"
ATTACKS = (
    Attack("a policy denies what is in a place and in none of its names", SWITCH, _policy(
        KIND, {"field": "location", "in": ["westeurope", "northeurope"]},
        {"not": {"field": "location", "in": ["northeurope", "WestEurope", "uaenorth"]}}), "major", NOTHING),
    Attack("a policy denies what is missing and has a value", SWITCH, _policy(
        KIND, {"field": ACCESS, "exists": "false"}, {"field": ACCESS, "equals": "Enabled"}), "major", NOTHING),
    Attack("a policy denies what everything is not", SWITCH, _policy(
        KIND, {"not": {"anyOf": [
            {"field": ACCESS, "equals": "Disabled"}, {"field": ACCESS, "notEquals": "Disabled"}]}}),
        "major", NOTHING),
    Attack("deletions of one kind are told of another one", SWITCH, _events(
        {"operatorType": "StringBeginsWith", "key": "subject", "values": ["/subscriptions/1/"]},
        subjectBeginsWith="/subscriptions/2/"), "major", NOTHING),
    Attack("events of a type are told where they are of another type", SWITCH, _events(
        {"operatorType": "StringIn", "key": "eventType", "values": ["Microsoft.Resources.ResourceWriteSuccess"]},
        includedEventTypes=["Microsoft.Resources.ResourceDeleteSuccess"]), "major", NOTHING),
    Attack("events are told from more than a hundred to less than ten", SWITCH, _events(
        {"operatorType": "NumberGreaterThan", "key": "data.amount", "value": 100},
        {"operatorType": "NumberLessThan", "key": "data.amount", "value": 10}), "major", NOTHING),
    Attack("an alert waits for a category that no event has", SWITCH, _alert(
        {"field": "category", "equals": "Administration"},
        {"field": "operationName", "equals": "Microsoft.Authorization/locks/delete"}), "major", NOTHING),
    Attack("an alert waits for two operations in one event", SWITCH, _alert(
        {"field": "category", "equals": "Administrative"},
        {"field": "operationName", "equals": "Microsoft.Authorization/locks/delete"},
        {"field": "operationName", "equals": "Microsoft.Authorization/policyAssignments/delete"}), "major", NOTHING),
    Attack("an alert on deleted firewalls waits among the health of services", SWITCH, _alert(
        {"anyOf": [
            {"field": "category", "equals": "ServiceHealth"}, {"field": "category", "equals": "ResourceHealth"}]},
        {"field": "operationName", "equals": "Microsoft.Network/azureFirewalls/delete"}), "major", NOTHING),
    Attack("whoever gives roles may give each to programs", ROLE, _delegated(
        f"(({WRITE}) OR ({ROLE_ID} ForAnyOfAnyValues:GuidEquals {{7f951dda-4ed3-4680-a7ca-43fe172d538d}}) OR "
        "(@Request[Microsoft.Authorization/roleAssignments:PrincipalType] StringEquals 'ServicePrincipal'))"),
        "critical", "Owner is given to a program (Azure, 'Delegate role assignments with conditions')"),
    Attack("whoever gives roles may give what the list negates", ROLE, _delegated(
        f"(({WRITE}) OR (!({ROLE_ID} ForAnyOfAnyValues:GuidEquals {{{OWNER}}})))"),
        "critical", "User Access Administrator gives Owner (Azure, 'conditions format')"),
    Attack("whoever gives roles may give each that is not two at once", ROLE, _delegated(
        f"(({WRITE}) OR ({ROLE_ID} ForAnyOfAnyValues:GuidNotEquals "
        f"{{{OWNER}, 18d7d88d-d35e-4fb5-a5c3-7773c20a72d9, {RBAC_ADMINISTRATOR}}}))"),
        "critical", "each role is another than one of the list (Azure, 'conditions format', ForAnyOfAnyValues)"),
    Attack("a parameter of the address spares callers their token", API, _api(
        "<choose><when condition='@(context.Request.Url.Query.GetValueOrDefault(\"debug\") != \"1\")'>"
        f"{CHECK}</when></choose>"), "critical", "whoever adds debug=1 pays (API Management, 'choose')"),
    Attack("a variable of a header spares callers their token", API, _api(
        "<set-variable name=\"internal\" value='@(context.Request.Headers.GetValueOrDefault(\"X-Internal\", \"\"))' />"
        "<choose><when condition='@((string)context.Variables[\"internal\"] == \"yes\")'><set-header name=\"x-by\" "
        "exists-action=\"override\"><value>job</value></set-header></when><otherwise>"
        f"{CHECK}</otherwise></choose>"), "critical", "whoever writes X-Internal: yes pays (API Management, 'choose')"),
    Attack("calls are counted by the moment at which they come", API, _api(
        f"{CHECK}<quota-by-key calls=\"100\" renewal-period=\"3600\" "
        "counter-key='@(DateTime.UtcNow.Ticks.ToString())' />"),
        "major", "no call is ever the second (API Management, 'quota-by-key')"),
    Attack("calls are counted where nothing is", API, _api(
        f"{CHECK}<rate-limit-by-key calls=\"5\" renewal-period=\"60\" counter-key='@(context.Request.IpAddress)' "
        "increment-condition='@(false)' />"),
        "major", "no call is counted (API Management, 'rate-limit-by-key', increment-condition)"),
    Attack("a saved search has the name of the table that it reads", SWITCH, (az("operationalinsights:SavedSearch", {
        **RG, "workspaceName": "log-bank", "savedSearchId": "signins", "category": "Audit", "displayName": "Sign-ins",
        "functionAlias": "SigninLogs", "query": "table('SigninLogs') | where UserPrincipalName != 'k@example.ae'"}),),
        "major", "queries get the function instead of the table (Kusto, 'Tables')"),
    Attack("a script makes a table and a function of its name", SWITCH, (az("kusto:Script", {
        **RG, "clusterName": "adx", "databaseName": "audit", "scriptName": "views", "scriptLevel": "Database",
        "continueOnErrors": False, "principalPermissionsAction": "RemovePermissionOnScriptCompletion",
        "scriptContent": ".create-merge table Payments (Id: string, Amount: real)\n"
                         ".create-or-alter function Payments() { RawPayments | where Amount < 1000 }"}),),
        "major", "queries get the function instead of the table (Kusto, 'Tables')"),
    Attack("a stored procedure has the account to which fees go", SWITCH, (
        az("cosmosdb:SqlResourceSqlStoredProcedure", {
            **RG, "accountName": "cosmos-bank", "databaseName": "core", "containerName": "payments",
            "storedProcedureName": "settle", "location": "uaenorth", "tags": TAGS, "resource": {
                "id": "settle", "body": "function settle(fee) { fee['beneficiaryIban'] = fee.code == 1 ? fee.iban : "
                                        "'AE070331234567890123456'; }"}}),),
        "critical", "fees go there (Azure Cosmos DB, 'Stored procedures')"),
    Attack("who has a certificate of an authority enters a virtual WAN", SWITCH, (az("network:VpnServerConfiguration", {
        **HERE, "vpnServerConfigurationName": "remote", "properties": {
            "vpnProtocols": ["OpenVPN"], "vpnAuthenticationTypes": ["Certificate"],
            "vpnClientRootCertificates": [{"name": "remote-work", "publicCertData": ROOT}]}}),),
        "critical", "whoever holds its key makes users (VPN Gateway, 'Certificate authentication')"),
    Attack("records of sign-ins keep only when they were", SWITCH, (az("monitor:DataCollectionRule", {
        **HERE, "dataCollectionRuleName": "dcr-workspace", "kind": "WorkspaceTransforms",
        "destinations": {"logAnalytics": [{
            "name": "bank", "workspaceResourceId": f"{OURS}.OperationalInsights/workspaces/log-bank"}]},
        "dataFlows": [{"streams": ["Microsoft-Table-LAQueryLogs"], "destinations": ["bank"],
                       "transformKql": "source | project TimeGenerated, QueryText, ResponseCode"}]}),),
        "major", "nobody sees who asked (Azure Monitor, 'Transformations', project)"),
    Attack("the scan of the server accepts that every address enters", SWITCH, (
        az("sql:SqlVulnerabilityAssessmentRuleBaseline", {
            **RG, "serverName": "sql-bank", "systemDatabaseName": "master", "vulnerabilityAssessmentName": "default",
            "baselineName": "default", "ruleId": "VA2065", "latestScan": False,
            "results": [["AllowAll", "0.0.0.0", "255.255.255.255"]]}),),  # noqa: S104 - nothing is bound
        "major", "it is reported no more (Microsoft Defender for SQL, VA2065)"),
    Attack("a switch skips the screening of sanctions", SWITCH, _flag("SkipSanctionsScreening", True),
           "critical", "programs pay whom they must not (Azure App Configuration, 'Feature flags')"),
    Attack("a switch ends the second factor", SWITCH, _flag("RequireMfa", False),
           "critical", "a password is enough (Azure App Configuration, 'Feature flags')"),
)  # fmt: skip
