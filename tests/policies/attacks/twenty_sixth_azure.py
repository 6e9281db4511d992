"""Attacks on Azure that nobody wrote down yet: who approves and who may call (2026-12-02, twenty-sixth set, written
before any rule ran on it).

Properties by pulumi-azure-native 3.29.0. What a service does with them by its documentation, as known unless a date
stands beside it.
"""

from ..blind import HERE, RG, az
from ..harness import Given
from . import Attack
from .twenty_fifth_azure_flow import gateway
from .twenty_fourth_azure_flow import SCHEMA

ESC = ("FJ-ESC-", "FJ-IDN-")
NET = ("FJ-EXP-", "FJ-ESC-", "FJ-IDN-")
TENANT = "11111111-2222-3333-4444-555555555555"
CHECK = (
    f'<validate-azure-ad-token tenant-id="{TENANT}"><audiences><audience>api://ledger</audience></audiences>'
    "</validate-azure-ad-token>"
)
NIGHTLY = {"nightly": {"type": "Recurrence", "recurrence": {"frequency": "Day", "interval": 1}}}


def connected(connection: str, path: str, method: str = "post", **more: object) -> dict[str, object]:
    """Returns the call of an action by a connection of a workflow."""
    name = f"@parameters('$connections')['{connection}']['connectionId']"
    return {"host": {"connection": {"name": name}}, "method": method, "path": path, **more}


def flow(actions: object, triggers: object = None, name: str = "payout") -> tuple[Given, ...]:
    """Returns a workflow that nobody calls from outside."""
    return (az("logic:Workflow", {
        **HERE, "workflowName": name, "state": "Enabled", "identity": {"type": "SystemAssigned"},
        "accessControl": {"triggers": {"allowedCallerIpAddresses": []},
                          "contents": {"allowedCallerIpAddresses": [{"addressRange": "10.20.0.0/16"}]}},
        "definition": {"$schema": SCHEMA, "contentVersion": "1.0.0.0", "triggers": triggers or NIGHTLY,
                       "actions": actions}}),)  # fmt: skip


def paid(run_after: object) -> tuple[Given, ...]:
    """Returns a workflow that asks for an approval and pays after it."""
    return flow({
        "approve": {"type": "ApiConnectionWebhook", "runAfter": {}, "limit": {"timeout": "PT8H"}, "inputs": {
            **connected("office365", "/approvalmail/$subscriptions"), "body": {
                "NotificationUrl": "@{listCallbackUrl()}", "Message": {
                    "To": "treasury@example.ae", "Subject": "Payout", "Options": "Approve, Reject"}}}},
        "pay": {"type": "ApiConnection", "runAfter": run_after, "inputs": connected(
            "servicebus", "/@{encodeURIComponent('payouts')}/messages", body={
                "ContentData": "@{base64(string(body('approve')))}"})}})  # fmt: skip


def api(inbound: str, errors: str = "<base />") -> tuple[Given, ...]:
    """Returns the policy of the API of the ledger."""
    return (az("apimanagement:ApiPolicy", {
        **RG, "serviceName": "apim-bank", "apiId": "ledger", "policyId": "policy", "format": "rawxml", "value":
        f"<policies><inbound><base />{inbound}</inbound><backend><base /></backend><outbound><base /></outbound>"
        f"<on-error>{errors}</on-error></policies>"}),)  # fmt: skip


def procedure(body: str) -> tuple[Given, ...]:
    """Returns a stored procedure of the container of accounts."""
    return (az("cosmosdb:SqlResourceSqlStoredProcedure", {
        **HERE, "accountName": "cosmos-bank", "databaseName": "ledger", "containerName": "accounts",
        "storedProcedureName": "find", "resource": {"id": "find", "body": body}, "options": {}}),)  # fmt: skip


def audit(condition: object) -> tuple[Given, ...]:
    """Returns a policy of the bank that finds servers without records."""
    return (az("authorization:PolicyDefinition", {
        "policyDefinitionName": "records", "policyType": "Custom", "mode": "Indexed", "displayName": "Records",
        "metadata": {"category": "SQL"}, "policyRule": {
            "if": {"field": "type", "equals": "Microsoft.Sql/servers"},
            "then": {"effect": "auditIfNotExists", "details": {
                "type": "Microsoft.Sql/servers/auditingSettings", "name": "default",
                "existenceCondition": condition}}}}),)  # fmt: skip


ATTACKS = (
    Attack("payments are made whether or not the treasury approves", ESC, paid(
        {"approve": ["Succeeded", "Failed", "TimedOut", "Skipped"]}),
        "critical", "runAfter lists the states of the action before after which this one runs (Azure Logic Apps, "
        "'Handle errors and exceptions in Azure Logic Apps', run after)"),
    Attack("callers without a token are served by what handles errors", NET, api(CHECK, (
        '<send-request mode="new" response-variable-name="answer" timeout="20" ignore-error="false">'
        "<set-url>https://ledger.example.ae/accounts</set-url><set-method>GET</set-method>"
        '<authentication-managed-identity resource="api://ledger" /></send-request>'
        '<return-response response-variable-name="answer" />')),
        "critical", "after an error the section on-error runs, in which send-request and return-response are allowed "
        "(learn.microsoft.com/azure/api-management/api-management-error-handling-policies, read 2026-12-02)"),
    Attack("the token that an API checks is the gateway's own", NET, api(
        '<validate-jwt token-value="{{service-token}}" failed-validation-httpcode="401"><openid-config '
        f'url="https://login.microsoftonline.com/{TENANT}/v2.0/.well-known/openid-configuration" />'
        "<audiences><audience>api://ledger</audience></audiences></validate-jwt>"),
        "critical", "token-value is the expression that gives the token, instead of a header of the caller (API "
        "Management, 'Validate JWT'; in eight public programs it reads the request, read 2026-12-02)"),
    Attack("the gateway changes the account to which each payment goes", NET, api(CHECK + (
        "<set-body>@{ var order = context.Request.Body.As<JObject>(true); "
        'order["creditorAccount"] = "AE070331234567890123456"; return order.ToString(); }</set-body>')),
        "critical", "the core system gets the body that the gateway writes (API Management, 'Set body')"),
    Attack("each caller of the portal comes from within the bank", NET, gateway(
        {"headerName": "X-Forwarded-For", "headerValue": "10.20.0.5"}),
        "critical", "an app that lets in the addresses of the bank reads them in this header (Azure Application "
        "Gateway, 'Rewrite HTTP headers and URL', X-Forwarded-For)"),
    Attack("customers write the query by which a stored procedure reads accounts", NET, procedure(
        "function find(id) { var c = getContext().getCollection(); c.queryDocuments(c.getSelfLink(), "
        "\"SELECT * FROM c WHERE c.customerId = '\" + id + \"'\", {}, function (e, found) { if (e) throw e; "
        "getContext().getResponse().setBody(found); }); }"),
        "critical", "a quote in the argument ends the text, and every document of the partition is found (Azure Cosmos "
        "DB, 'Parameterized queries', which has parameters for values)"),
    Attack("the policy on records of databases is content with those that are off", ESC, audit(
        {"field": "Microsoft.Sql/auditingSettings.state", "in": ["Enabled", "Disabled"]}),
        "critical", "what meets existenceCondition is compliant, and the setting is there on every server (learn."
        "microsoft.com/azure/governance/policy/concepts/effect-deploy-if-not-exists, read 2026-12-02)"),
)  # fmt: skip
