"""Other spellings of what the twenty-second set does on Azure: APIs, flows and alarms (2026-12-01).

Properties by pulumi-azure-native 3.29.0. What a service does with them as the sources of the set say.
"""

from ..blind import GROUP, HERE, RG, az
from ..harness import Given
from . import Attack
from .twenty_second_azure_id import OUR_TENANT

API = ("FJ-EXP-207",)
CALLERS = ("FJ-EXP-120",)
SILENT = ("FJ-EXP-127",)
RUNS = ("FJ-COST-126",)
REST = "<backend><base /></backend><outbound>{}</outbound><on-error><base /></on-error></policies>"
ISSUER = {"name": "iss", "value": f"https://login.microsoftonline.com/{OUR_TENANT}/v2.0"}


def _policy(inbound: str, outbound: str = "<base />", kind: str = "ApiPolicy", **scope: object) -> Given:
    return az(f"apimanagement:{kind}", {
        **RG, "serviceName": "apim-bank", "policyId": "policy", "format": "rawxml", **scope,
        "value": f"<policies><inbound>{inbound}</inbound>{REST.format(outbound)}"})  # fmt: skip


NOTE = {"note": {"type": "Compose", "runAfter": {}, "inputs": "@utcNow()"}}


def _flow(triggers: object, actions: object = NOTE, **access: object) -> Given:
    return az("logic:Workflow", {
        **HERE, "workflowName": "pay", "state": "Enabled", "identity": {"type": "SystemAssigned"}, "accessControl": {
            "triggers": {"allowedCallerIpAddresses": [{"addressRange": "10.20.0.0/16"}], **access},
            "contents": {"allowedCallerIpAddresses": [{"addressRange": "10.20.0.0/16"}]}},
        "definition": {
            "$schema": "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/"
                       "workflowdefinition.json#",
            "contentVersion": "1.0.0.0", "triggers": triggers,
            "actions": actions}})  # fmt: skip


REQUEST = {"request": {"type": "Request", "kind": "Http", "inputs": {"schema": {}}}}

ATTACKS = (
    Attack("callers of the whole gateway use keys of the module of keys", API, (_policy(
        '<set-backend-service backend-id="hsm" /><authentication-managed-identity\n resource = '
        "'https://managedhsm.azure.net/' client-id=\"33333333-4444-5555-6666-777777777777\" />", kind="Policy"),),
        "critical", "each caller signs and decrypts as the gateway"),
    Attack("callers of an operation bring the gateway's token to the vault", API, (_policy(
        '<base /><authentication-managed-identity resource="https://vault.azure.net" '
        'output-token-variable-name="kv" /><set-backend-service backend-id="vault" /><set-header name="Authorization" '
        'exists-action="override"><value>@("Bearer " + (string)context.Variables["kv"])</value></set-header>',
        kind="ApiOperationPolicy", apiId="secrets", operationId="get"),),
        "critical", "each caller reads every secret that the gateway reads"),
    Attack("each answer is copied to the traces as it is", API, (_policy(
        "<base />", '<base /><trace source="api" severity="verbose"><message>@(context.Response.Body.As&lt;string&gt;'
        "(preserveContent: true))</message></trace>", kind="Policy"),),
        "major", "balances are where everybody who runs the platform reads them"),
    Attack("each payment is copied to the records as an object", API, (_policy(
        '<base /><log-to-eventhub logger-id="records">@{ var body = context.Request.Body?.As&lt;JObject&gt;(true); '
        "return body.ToString(); }</log-to-eventhub>", kind="ProductPolicy", productId="payments"),),
        "major", "account numbers are where everybody who runs the platform reads them"),
    Attack("a token of the tenant for anything starts a payment", CALLERS, (_flow(
        REQUEST, openAuthenticationPolicies={"policies": {
            "one": {"type": "AAD", "claims": [ISSUER, {"name": "aud", "value": f"api://{OUR_TENANT}"}]},
            "two": {"type": "AAD", "claims": [ISSUER, {"name": "tid", "value": OUR_TENANT}]}}}),),
        "major", "one of the policies is enough"),
    Attack("a flow looks for files every other second", RUNS, (_flow({"files": {
        "type": "ApiConnection", "recurrence": {"frequency": "second", "interval": 2}, "inputs": {
            "host": {"connection": {"name": "@parameters('$connections')['blob']['connectionId']"}},
            "method": "get", "path": "/triggers/batch/onupdatedfile"}}}),),
        "major", "each look is charged"),
    Attack("a flow answers with a secret that it hides from its own records", ("FJ-ESC-115",), (_flow(
        REQUEST, {
            "Get_secret": {
                "type": "ApiConnection", "runAfter": {}, "inputs": {
                    "host": {"connection": {"name": "@parameters('$connections')['keyvault']['connectionId']"}},
                    "method": "get", "path": "/secrets/@{encodeURIComponent('core')}/value"},
                "runtimeConfiguration": {"secureData": {"properties": ["outputs"]}}},
            "answer": {"type": "Response", "kind": "Http", "runAfter": {"Get_secret": ["Succeeded"]}, "inputs": {
                "statusCode": 200, "body": {"key": "@{outputs('Get_secret')?['body']?['value']}"}}}}),),
        "critical", "whoever has the link has the password"),
    Attack("a flow answers with a key that a call gets from the vault", ("FJ-ESC-115",), (_flow(
        REQUEST, {"ask": {"type": "Scope", "runAfter": {}, "actions": {
            "key": {
                "type": "Http", "runAfter": {}, "inputs": {
                    "method": "GET", "uri": "https://kv-bank.vault.azure.net/secrets/core?api-version=7.4",
                    "authentication": {"type": "ManagedServiceIdentity", "audience": "https://vault.azure.net"}},
                "runtimeConfiguration": {"secureData": {"properties": ["inputs", "outputs"]}}},
            "answer": {"type": "Response", "kind": "Http", "runAfter": {"key": ["Succeeded"]}, "inputs": {
                "statusCode": 200, "headers": {"x-key": "@{body('key')?['value']}"}}}}}}),),
        "critical", "whoever has the link has the password"),
    Attack("an alarm waits for records of tomorrow", SILENT, (
        az("monitor:ScheduledQueryRule", {
            **HERE, "ruleName": "owners", "displayName": "Owners", "enabled": True, "severity": 1,
            "scopes": [f"{GROUP}/providers/Microsoft.OperationalInsights/workspaces/log-bank"],
            "evaluationFrequency": "PT5M", "windowSize": "PT5M", "criteria": {"allOf": [{
                "query": "AzureActivity | where TimeGenerated >= now( 1d ) and OperationNameValue has 'write'",
                "timeAggregation": "Count", "operator": "GreaterThan", "threshold": 0}]},
            "actions": {"actionGroups": [f"{GROUP}/providers/Microsoft.Insights/actionGroups/ag"]}}),),
        "major", "no record is of a time to come"),
)  # fmt: skip
"""Attacks with the rules that should refuse them."""
