"""Attacks by policies of API Management that spell what the twenty-first set had in another way (2026-12-01).

Properties by pulumi-azure-native 3.29.0; sources are those of the first spelling.
"""

from ..blind import RG, az
from ..harness import Given
from . import Attack
from .tenth_azure import IDN
from .twenty_first_azure_id_flow import BASE, CHECK, ERRORS, EXP, _flow

TOKEN = (
    '<authentication-managed-identity resource="api://ledger" output-token-variable-name="t" ignore-error="false" />'
)
AZURE_AD = (
    '<validate-azure-ad-token tenant-id="00000000-1111-2222-3333-444444444444"><client-application-ids><application-id>'
    "33333333-4444-5555-6666-777777777777</application-id></client-application-ids><audiences><audience>api://ledger"
    "</audience></audiences></validate-azure-ad-token>"
)


def _policy(kind: str, text: str, **more: object) -> tuple[Given, ...]:
    return (az(f"apimanagement:{kind}", {
        **RG, "serviceName": "apim-bank", "policyId": "policy", "format": "rawxml", "value": text, **more,
    }),)  # fmt: skip


def _api(inbound: str, outbound: str = "<base />", backend: str = BASE, errors: str = ERRORS) -> tuple[Given, ...]:
    text = f"<policies>{inbound}{backend}<outbound>{outbound}</outbound>{errors}</policies>"
    return _policy("ApiOperationPolicy", text, apiId="ledger", operationId="read")


KEPT = (
    '<cache-store-value key="{}" value="@(context.Response.Body.As&lt;string&gt;(preserveContent: true))" '
    'duration="60" />'
)

ATTACKS = (
    Attack("an answer that the gateway makes has its token", IDN, _api(
        f"<inbound><base />{TOKEN}<return-response><set-status code=\"200\" /><set-body>@(context.Variables."
        "GetValueOrDefault&lt;string&gt;(\"t\"))</set-body></return-response></inbound>"), "critical"),
    Attack("a copy of the gateway's token is sent to the caller when something fails", IDN, _api(
        f'<inbound><base />{TOKEN}<set-variable name="copy" value="@((string)context.Variables[&quot;t&quot;])" />'
        "</inbound>", errors='<on-error><base /><set-header name="x-debug" exists-action="override"><value>'
        '@((string)context.Variables["copy"])</value></set-header></on-error>'), "critical"),
    Attack("a product checks the program of the caller on the way back", EXP, _policy(
        "ProductPolicy", f"<policies><inbound><base /></inbound>{BASE}<outbound>{AZURE_AD}<base /></outbound>{ERRORS}"
        "</policies>", productId="ledger"), "critical"),
    Attack("callers are checked after the request was forwarded", EXP, _api(
        "<inbound><base /></inbound>", backend=f"<backend><forward-request timeout=\"20\" />{CHECK}</backend>"),
        "critical"),
    Attack("an operation has no policy for requests at all", EXP, _api("<inbound />"), "critical"),
    Attack("a product leaves out base, and names it in a comment", EXP, _policy(
        "ProductPolicy", f"<policies><inbound><!-- <base /> --><rate-limit calls=\"100\" renewal-period=\"60\" />"
        f"</inbound>{BASE}<outbound><base /></outbound>{ERRORS}</policies>", productId="ledger"), "critical"),
    Attack("answers are kept by the name of the operation", EXP, _api(
        "<inbound><base /></inbound>", "<base />" + KEPT.format("@(&quot;answer-&quot; + context.Operation.Id)")),
        "critical"),
    Attack("tokens of callers are written into traces", EXP, _api(
        '<inbound><base /><trace source="api" severity="information"><message>@(context.Request.Headers.'
        'GetValueOrDefault("Authorization", ""))</message></trace></inbound>'), "major"),
    Attack("keys of callers are sent to the hub of records", EXP, _api(
        '<inbound><base /><log-to-eventhub logger-id="records">@(context.Request.Headers["Ocp-Apim-Subscription-Key"]'
        "[0] + context.Request.Url.Path)</log-to-eventhub></inbound>"), "major"),
    Attack("tokens of callers stand in each run of a flow", EXP, (az("logic:Workflow", {
        **_flow({"note": {"type": "Compose", "runAfter": {}, "inputs": "@triggerBody()"}}).props, "definition": {
            "$schema": "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/"
                       "workflowdefinition.json#",
            "contentVersion": "1.0.0.0", "actions": {}, "triggers": {"request": {
                "type": "Request", "kind": "Http", "operationOptions": "IncludeAuthorizationHeadersInOutputs",
                "inputs": {"schema": {}}}}}}),), "major"),
    Attack("the token of a connection is sent to the caller", IDN, _api(
        '<inbound><base /><get-authorization-context provider-id="crm" authorization-id="sales" '
        'context-variable-name="crm" identity-type="managed" ignore-error="false" /></inbound>',
        '<base /><set-header name="x-crm" exists-action="override"><value>@(((Authorization)context.Variables["crm"])'
        ".AccessToken)</value></set-header>"), "critical"),
    Attack("an answer of the model to one caller is given to whoever asks alike", EXP, _api(
        '<inbound><base /><azure-openai-semantic-cache-lookup score-threshold="0.05" embeddings-backend-id="embeddings"'
        ' embeddings-backend-auth="system-assigned" /></inbound>',
        '<base /><azure-openai-semantic-cache-store duration="600" />'), "critical"),
    Attack("answers of models are kept by the API alone", EXP, _api(
        '<inbound><base /><llm-semantic-cache-lookup score-threshold="0.05" embeddings-backend-id="embeddings">'
        "<vary-by>@(context.Api.Id)</vary-by></llm-semantic-cache-lookup></inbound>",
        '<base /><llm-semantic-cache-store duration="600" />'), "critical"),
    Attack("answers are kept under one key, in other quotes", EXP, _api(
        "<inbound><base /></inbound>", "<base /><cache-store-value duration='600' key='balance' value='@(context."
        "Response.Body.As&lt;JObject&gt;(true).ToString())' />"), "critical"),
)  # fmt: skip
"""Attacks with the rules that should refuse them."""
