"""Attacks on Azure: API Management, Logic Apps, Automation and bots (2026-12-01, twenty-first set).

Properties by pulumi-azure-native 3.29.0. What a service does with them by its documentation, as known.
"""

from ..blind import HERE, RG, TAGS, THEIR_TENANT, az
from ..harness import UNKNOWN, Given
from . import Attack
from .tenth_azure import IDN, RES

EXP = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-")
TENANT = "00000000-1111-2222-3333-444444444444"
BASE = "<backend><base /></backend>"
ERRORS = "<on-error><base /></on-error>"
CHECK = (
    f'<validate-jwt header-name="Authorization" failed-validation-httpcode="401"><openid-config '
    f'url="https://login.microsoftonline.com/{TENANT}/v2.0/.well-known/openid-configuration" /><audiences><audience>'
    f"api://payments</audience></audiences><issuers><issuer>https://login.microsoftonline.com/{TENANT}/v2.0</issuer>"
    "</issuers></validate-jwt>"
)


def _policy(inbound: str, outbound: str = "<base />") -> Given:
    """Returns the policy of one API."""
    return az("apimanagement:ApiPolicy", {
        **RG, "serviceName": "apim-bank", "apiId": "payments", "policyId": "policy", "format": "rawxml",
        "value": f"<policies><inbound>{inbound}</inbound>{BASE}<outbound>{outbound}</outbound>{ERRORS}</policies>",
    })  # fmt: skip


def _flow(actions: object, **access: object) -> Given:
    """Returns a flow that a request starts."""
    return az("logic:Workflow", {
        **HERE, "workflowName": "answers", "state": "Enabled", "identity": {"type": "SystemAssigned"},
        "accessControl": {
            "triggers": {"allowedCallerIpAddresses": [{"addressRange": "10.20.0.0/16"}], **access},
            "contents": {"allowedCallerIpAddresses": [{"addressRange": "10.20.0.0/16"}]}},
        "definition": {
            "$schema": "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/"
                       "workflowdefinition.json#",
            "contentVersion": "1.0.0.0",
            "triggers": {"request": {"type": "Request", "kind": "Http", "inputs": {"schema": {}}}},
            "actions": actions}})  # fmt: skip


ATTACKS = (
    Attack("whoever calls the API gets the gateway's token for the vault", IDN, (_policy(
        '<base /><authentication-managed-identity resource="https://vault.azure.net" '
        'output-token-variable-name="token" />',
        '<base /><set-header name="x-session" exists-action="override"><value>@((string)context.Variables["token"])'
        "</value></set-header>"),),
        "critical", "with it a caller reads every secret that the gateway reads (API Management, 'Authenticate with "
        "managed identity')"),
    Attack("a payment is checked after it was made", EXP, (_policy("<base />", f"<base />{CHECK}"),),
        "critical", "the service has done what it was asked before the token is looked at (API Management, 'Policies': "
        "inbound and outbound sections)"),
    Attack("an API leaves out what the gateway checks for every API", EXP, (_policy(
        '<set-header name="x-channel" exists-action="override"><value>mobile</value></set-header>'),),
        "critical", "without base no policy of the service runs, such as the check of tokens (API Management, 'Set or "
        "edit policies': base element)"),
    Attack("the profile of one caller is answered to the next", EXP, (_policy(
        '<base /><cache-lookup-value key="profile" variable-name="profile" /><choose><when condition="@(context.'
        'Variables.ContainsKey(&quot;profile&quot;))"><return-response><set-status code="200" /><set-body>@((string)'
        'context.Variables["profile"])</set-body></return-response></when></choose>',
        '<base /><cache-store-value key="profile" value="@(context.Response.Body.As&lt;string&gt;(true))" '
        'duration="600" />'),),
        "critical", "data of a customer is shown to others for ten minutes (API Management, 'Store to cache by key')"),
    Attack("whoever signs up at the portal gets a key to payments", EXP, (
        az("apimanagement:Product", {
            **RG, "serviceName": "apim-bank", "productId": "payments", "displayName": "Payments", "state": "published",
            "subscriptionRequired": True, "approvalRequired": False}, "product"),
        az("apimanagement:ProductGroup", {
            **RG, "serviceName": "apim-bank", "productId": "payments", "groupId": "developers"}, "offer"),),
        "critical", "developers are all who made an account for themselves, and nobody approves (API Management, "
        "'Groups' and 'Add a product': requires approval)"),
    Attack("a flow brings its token to whatever address a request names", IDN, (_flow({
        "answer": {"type": "Http", "runAfter": {}, "inputs": {
            "method": "POST", "uri": "@triggerBody()?['callback']", "body": "@triggerBody()",
            "authentication": {"type": "ManagedServiceIdentity", "audience": "https://vault.azure.net"}}}}),),
        "critical", "a caller gets the token of the flow's identity, for the vault (Azure Logic Apps, 'Authenticate "
        "with managed identities')"),
    Attack("programs of a stranger's tenant start the flow", IDN, (_flow(
        {"note": {"type": "Compose", "runAfter": {}, "inputs": "@triggerBody()"}},
        openAuthenticationPolicies={"policies": {"partner": {"type": "AAD", "claims": [
            {"name": "iss", "value": f"https://sts.windows.net/{THEIR_TENANT}/"},
            {"name": "aud", "value": "https://management.core.windows.net/"}]}}}),),
        "major", "each token of that tenant opens it (Azure Logic Apps, 'Enable OAuth authorization policies')"),
    Attack("a configuration makes somebody administrator of each machine", IDN, (az("automation:DscConfiguration", {
        **HERE, "automationAccountName": "aa-bank", "configurationName": "Baseline", "source": {
            "type": "embeddedContent", "value":
                "Configuration Baseline { Node localhost { Script Support { GetScript = { @{} } TestScript = { $false "
                "} SetScript = { Add-LocalGroupMember -Group Administrators -Member BANK\\support } } } }"}}),),
        "critical", "a script runs as SYSTEM wherever the configuration is applied (Azure Automation State "
        "Configuration, and PowerShell DSC, 'Script resource')"),
    Attack("customers talk to a bot whose service has no region", RES, (az("botservice:Bot", {
        **RG, "tags": TAGS, "location": "global", "resourceName": "bot-bank", "kind": "azurebot",
        "sku": {"name": "S1"}, "properties": {
            "displayName": "Bank", "endpoint": UNKNOWN, "msaAppId": "33333333-4444-5555-6666-777777777777",
            "msaAppType": "UserAssignedMSI", "msaAppTenantId": TENANT, "msaAppMSIResourceId": UNKNOWN,
            "disableLocalAuth": True, "publicNetworkAccess": "Disabled", "isCmekEnabled": True,
            "cmekKeyVaultUrl": UNKNOWN}}),),
        "critical", "messages pass, and state is kept, outside of the country (Azure AI Bot Service, "
        "'Regionalization': global, Europe or India)"),
)  # fmt: skip
"""Attacks with the rules that should refuse them."""
