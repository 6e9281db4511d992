"""Attacks on Azure: API Management, Logic Apps, configuration, messages and budgets (2026-12-01, twenty-second set).

Properties by pulumi-azure-native 3.29.0. What a service does with them by its documentation, as known unless a source
is beside it.
"""

from ..blind import HERE, RG, SUB, TAGS, THEIR_TENANT, az
from ..harness import UNKNOWN, Given
from . import Attack
from .tenth_azure import IDN, RES
from .twenty_second_azure_id import OUR_TENANT, OURS

EXP = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-")
MONEY = ("FJ-COST-", "FJ-ESC-")
VAULT = "@parameters('$connections')['keyvault']['connectionId']"
SECRET = {
    "type": "ApiConnection", "runAfter": {}, "inputs": {
        "host": {"connection": {"name": VAULT}}, "method": "get",
        "path": "/secrets/@{encodeURIComponent('core-banking')}/value"},
}  # fmt: skip


def _policy(inbound: str, outbound: str = "<base />") -> Given:
    """Returns the policy of one API."""
    return az("apimanagement:ApiPolicy", {
        **RG, "serviceName": "apim-bank", "apiId": "payments", "policyId": "policy", "format": "rawxml",
        "value": f"<policies><inbound>{inbound}</inbound><backend><base /></backend><outbound>{outbound}</outbound>"
                 "<on-error><base /></on-error></policies>"})  # fmt: skip


def _flow(triggers: object, actions: object, **access: object) -> Given:
    """Returns a flow that callers of the network start, if any."""
    return az("logic:Workflow", {
        **HERE, "workflowName": "answers", "state": "Enabled", "identity": {"type": "SystemAssigned"},
        "accessControl": {
            "triggers": {"allowedCallerIpAddresses": [{"addressRange": "10.20.0.0/16"}], **access},
            "contents": {"allowedCallerIpAddresses": [{"addressRange": "10.20.0.0/16"}]}},
        "definition": {
            "$schema": "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/"
                       "workflowdefinition.json#",
            "contentVersion": "1.0.0.0", "parameters": {"$connections": {"defaultValue": {}, "type": "Object"}},
            "triggers": triggers, "actions": actions}})  # fmt: skip


REQUEST = {"request": {"type": "Request", "kind": "Http", "inputs": {"schema": {}}}}

ATTACKS = (
    Attack("callers of an API read the vault as the gateway", EXP, (_policy(
        '<base /><set-backend-service backend-id="vault" /><rewrite-uri template="/secrets/{name}?api-version=7.4" />'
        '<authentication-managed-identity resource="https://vault.azure.net" />'),),
        "critical", "each holder of a key of the API reads every secret that the gateway reads (API Management, "
        "'Authenticate with managed identity')"),
    Attack("each payment is copied to the records as it is", ("FJ-EXP-", "FJ-ESC-", "FJ-RES-", "FJ-RSL-"), (_policy(
        '<base /><log-to-eventhub logger-id="records">@(context.Request.Body.As&lt;string&gt;(preserveContent: true))'
        "</log-to-eventhub>"),),
        "major", "account numbers and amounts are where everybody who runs the platform reads them (API Management, "
        "'Log to event hub')"),
    Attack("a group of a stranger's tenant calls payments", (*IDN, "FJ-EXP-"), (
        az("apimanagement:Group", {
            **RG, "serviceName": "apim-bank", "groupId": "partners", "displayName": "Partners", "type": "external",
            "externalId": f"aad://{THEIR_TENANT}/groups/12345678-0000-1111-2222-333333333333"}, "partners",
            provider=OURS),
        az("apimanagement:ProductGroup", {
            **RG, "serviceName": "apim-bank", "productId": "payments", "groupId": "partners"}, "offer",
            provider=OURS),),
        "critical", "who is in it, and gets a key, is decided elsewhere (API Management REST, 'Group - Create Or "
        "Update': externalId, aad://TENANT/groups/ID in public programs, found as a string, read 2026-12-01)"),
    Attack("a program of a stranger's tenant takes the tokens of the bank's account", IDN, (
        az("apimanagement:AuthorizationAccessPolicy", {
            **RG, "serviceName": "apim-bank", "authorizationProviderId": "registry", "authorizationId": "bank",
            "authorizationAccessPolicyId": "partner", "tenantId": THEIR_TENANT,
            "objectId": "44444444-5555-6666-7777-888888888888"}, provider=OURS),),
        "critical", "it asks the credential manager for the token and acts as the bank (API Management, 'About API "
        "credentials and credential manager')"),
    Attack("developers of a stranger's tenant sign in at the portal", IDN, (
        az("apimanagement:IdentityProvider", {
            **RG, "serviceName": "apim-bank", "identityProviderName": "aad", "type": "aad",
            "clientId": "33333333-4444-5555-6666-777777777777", "clientLibrary": "MSAL-2", "clientSecret": UNKNOWN,
            "signinTenant": "partner.onmicrosoft.com", "allowedTenants": ["partner.onmicrosoft.com"]},
            provider=OURS),),
        "major", "each account of that tenant signs up and subscribes (API Management, 'Authorize access to the "
        "developer portal by using Microsoft Entra ID')"),
    Attack("a flow answers callers with a secret of the vault", EXP, (_flow(REQUEST, {
        "get": SECRET,
        "answer": {"type": "Response", "kind": "Http", "runAfter": {"get": ["Succeeded"]}, "inputs": {
            "statusCode": 200, "body": "@body('get')?['value']"}}}),),
        "critical", "whoever has the link has the password of the core bank (Azure Logic Apps, 'Response action')"),
    Attack("a secret of the vault stands in the history of each run", EXP, (_flow(
        {"nightly": {"type": "Recurrence", "recurrence": {"frequency": "Day", "interval": 1}}},
        {"get": SECRET, "keep": {"type": "Compose", "runAfter": {"get": ["Succeeded"]}, "inputs": {
            "password": "@body('get')?['value']"}}}),),
        "major", "whoever may read runs reads it (Azure Logic Apps, 'Secure inputs and outputs')"),
    Attack("a flow runs each second of the year", MONEY, (_flow(
        {"poll": {"type": "Recurrence", "recurrence": {"frequency": "Second", "interval": 1}}},
        {"each": {"type": "Foreach", "runAfter": {}, "foreach": "@range(0, 1000)", "actions": {
            "note": {"type": "Compose", "runAfter": {}, "inputs": "@item()"}}}}),),
        "major", "each action is charged, here some 86 million a day (Azure Logic Apps pricing, actions)"),
    Attack("an app takes its signing key from a stranger's vault", (*RES, *IDN, "FJ-ESC-"), (
        az("appconfiguration:KeyValue", {
            **RG, "configStoreName": "appcs-bank", "keyValueName": "Jwt:SigningKey", "tags": TAGS,
            "contentType": "application/vnd.microsoft.appconfig.keyvaultref+json;charset=utf-8",
            "value": '{"uri":"https://kv-partner-shared.vault.azure.net/secrets/jwt"}'}),),
        "critical", "whoever has that vault signs tokens of each user (Azure App Configuration, 'Use Key Vault "
        "references')"),
    Attack("a token of each employee, for whatever it was made out, starts payments", EXP, (_flow(
        REQUEST, {"pay": {"type": "Compose", "runAfter": {}, "inputs": "@triggerBody()"}},
        openAuthenticationPolicies={"policies": {"staff": {"type": "AAD", "claims": [
            {"name": "iss", "value": f"https://login.microsoftonline.com/{OUR_TENANT}/v2.0"}]}}}),),
        "major", "a policy without an audience takes each token of the tenant (Azure Logic Apps, 'Enable OAuth "
        "authorization policies': the issuer is the only claim that a policy must have)"),
    Attack("the budget counts purchases, and not what is used", MONEY, (
        Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae"),
        az("compute:VirtualMachine", {
            **HERE, "vmName": "core", "hardwareProfile": {"vmSize": "Standard_D4s_v5"}}, "core"),
        az("consumption:Budget", {
        "scope": SUB[1:], "budgetName": "platform", "amount": 60000, "category": "Cost", "timeGrain": "Monthly",
        "timePeriod": {"startDate": "2026-12-01T00:00:00Z"},
        "filter": {"dimensions": {"name": "ChargeType", "operator": "In", "values": ["Purchase"]}},
        "notifications": {"early": {
            "enabled": True, "operator": "GreaterThan", "threshold": 80, "thresholdType": "Forecasted",
            "contactEmails": ["finops@example.ae"]}}}),),
        "major", "machines may run without anybody hearing of it (Azure Cost Management, 'Group and filter options': "
        "charge type)"),
)  # fmt: skip
"""Attacks with the rules that should refuse them."""
