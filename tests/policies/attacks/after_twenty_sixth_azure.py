"""Attacks beside those of the twenty-sixth set on Azure: the same causes in other places and spellings.

Written on 2026-12-02 with the rules at hand. Properties by pulumi-azure-native 3.29.0.
"""

import json
from dataclasses import replace

from ..blind import RG, Given, az
from . import Attack
from .after_twenty_fifth_azure import WRITES, detection, rule_of_edge
from .twenty_fifth_azure_flow import alarm, gateway
from .twenty_fourth_azure_flow import SAFE
from .twenty_sixth_azure import CHECK, TENANT, api, audit, connected, flow, paid, procedure
from .twenty_sixth_azure_b import activity, app_settings, copied, pipeline, responded, started, watched

SWITCH, API, ALARM = ("FJ-ESC-115",), ("FJ-EXP-207",), ("FJ-EXP-127",)
STATE = "Microsoft.Sql/auditingSettings.state"
AUDIENCES = "<audiences><audience>api://ledger</audience></audiences>"
KEYS = (
    f'<openid-config url="https://login.microsoftonline.com/{TENANT}/v2.0/.well-known/openid-configuration" />'
    f"{AUDIENCES}"
)
SENT = {"type": "ApiConnection", "inputs": connected("servicebus", "/@{encodeURIComponent('payouts')}/messages")}
ASKED = {"type": "ApiConnectionWebhook", "runAfter": {}, "inputs": {
    **connected("office365", "/approvalmail/$subscriptions"),
    "body": {"NotificationUrl": "@{listCallbackUrl()}", "Message": {"Options": "Approve, Reject"}}}}  # fmt: skip
OPTIONS = {"NotificationUrl": "@{listCallbackUrl()}", "Message": {"Subject": "Payout", "Options": "Approve,Reject"}}
BUTTONS = [{"type": "Action.Submit", "title": "Approve"}, {"type": "Action.Submit", "title": "Reject"}]
CARD = {"notificationUrl": "@{listCallbackUrl()}", "body": {
    "messageBody": json.dumps({"type": "AdaptiveCard", "actions": BUTTONS})}}  # fmt: skip
NAMED = "contractor@example.ae"


def answered(name: str, path: str, body: object) -> tuple[Given, ...]:
    """Returns a workflow that waits for an answer to a mail or a card, which nothing reads, and then pays."""
    ask = {"type": "ApiConnectionWebhook", "runAfter": {}, "inputs": {**connected(name, path), "body": body}}
    return flow({"ask": ask, "pay": {**SENT, "runAfter": {"ask": ["Succeeded"]}}})


def checked(token: str, before: str = "") -> tuple[Given, ...]:
    """Returns the policy of an API that checks a token."""
    return api(f'{before}<validate-jwt token-value="{token}" failed-validation-httpcode="401">{KEYS}</validate-jwt>')


def queried(query: str) -> tuple[Given, ...]:
    """Returns a workflow that runs a statement for a caller."""
    trigger = {"order": {"type": "ServiceBus", "inputs": connected("servicebus", "/orders/messages/head", "get")}}
    return flow({"find": {"type": "ApiConnection", "runAfter": {}, "inputs": connected(
        "sql", "/v2/datasets/@{encodeURIComponent('default,default')}/query/sql", body={"query": query})}},
        trigger, "find")  # fmt: skip


def awaited(*conditions: str) -> tuple[Given, ...]:
    """Returns a pipeline that asks somebody, and then loads payments."""
    wait = {"name": "approval", "type": "WebHook", "method": "POST", "url": "https://prod-1.uaenorth.logic.azure.com/a",
            "timeout": "08:00:00", "policy": {"secureInput": True, "secureOutput": True}}  # fmt: skip
    load = {"name": "load", "type": "ExecutePipeline", "waitOnCompletion": True,
            "pipeline": {"referenceName": "payments", "type": "PipelineReference"},
            "dependsOn": [{"activity": "approval", "dependencyConditions": list(conditions)}]}  # fmt: skip
    return (az("datafactory:Pipeline", {**RG, "factoryName": "adf-bank", "pipelineName": "pay", "concurrency": 1,
                                        "activities": [wait, load]}),)  # fmt: skip


def respond_if(expression: object, **branches: object) -> tuple[Given, ...]:
    """Returns what a workflow does about an alert, by a condition."""
    (given,) = responded(expression)
    call = {"type": "ApiConnection", "runAfter": {}, "inputs": connected("teams", "/v3/beta/teams/conversation")}
    known = {"type": "If", "runAfter": {}, "expression": expression, "actions": {"call": call}, "else": {"actions": {}},
             **branches}  # fmt: skip
    stated = given.props["definition"]
    assert isinstance(stated, dict)
    return (az("logic:Workflow", {**given.props, "definition": {**stated, "actions": {"known": known}}}),)


ATTACKS: tuple[Attack, ...] = (
    *(Attack(f"payments do not wait for an approval: {name}", SWITCH, plan, "critical", "nobody has to approve")
      for name, plan in (
          ("the time is over", paid({"approve": ["Succeeded", "TimedOut"]})),
          ("in small letters", paid({"Approve": ["succeeded", "failed"]})),
          ("by a text between", flow({
              "ask": ASKED, "keep": {"type": "Compose", "inputs": "@body('ask')", "runAfter": {
                  "ask": ["Succeeded", "TimedOut"]}}, "pay": {**SENT, "runAfter": {"keep": ["Succeeded"]}}})),
          ("nobody reads the answer", flow({"ask": ASKED, "pay": {**SENT, "runAfter": {"ask": ["Succeeded"]}}})),
          ("by a mail with options", answered("office365", "/mailwithoptions/$subscriptions", OPTIONS)),
          ("by a message with options", answered(
              "teams", "/flowbot/actions/messagewithoptions/recipienttypes/user/$subscriptions", OPTIONS)),
          ("by a card for one", answered(
              "teams", "/flowbot/actions/flowcontinuation/recipienttypes/user/$subscriptions", CARD)),
          ("by a card for all", answered(
              "teams", "/v1.0/teams/conversation/gatherinput/poster/Flow bot/location/Channel/$subscriptions", CARD)),
          ("in a scope", flow({"ask": {"type": "Scope", "runAfter": {}, "actions": {"approval": {
              **ASKED, "type": "HttpWebhook"}}}, "pay": {**SENT, "runAfter": {"ask": ["Succeeded", "Failed"]}}})),
          ("in a pipeline", awaited("Completed")), ("in a pipeline, or failed", awaited("Succeeded", "Failed")))),
    *(Attack(f"callers are served after an error: {name}", API, api(CHECK, (
        '<send-request mode="new" response-variable-name="r"><set-url>https://ledger.example.ae/accounts</set-url>'
        f"</send-request>{answer}")), "critical", "those whose token was refused too") for name, answer in (
            ("by a body", '<set-body>@(((IResponse)context.Variables["r"]).Body.As&lt;string&gt;())</set-body>'),
            ("by a response", "<choose><when condition='@(true)'><return-response><set-body>@(((IResponse)context."
             'Variables["r"]).Body.As&lt;string&gt;())</set-body></return-response></when></choose>'))),
    *(Attack(f"an API checks a token that is not the caller's: {name}", API, plan, "critical", "each caller passes")
      for name, plan in (
          ("a text", checked("eyJhbGciOiJub25lIn0.e30.")),
          ("a variable of a named value", checked(
              '@((string)context.Variables["t"])', '<set-variable name="t" value="{{service-token}}" />')),
          ("the gateway's", checked(
              '@((string)context.Variables["t"])',
              '<authentication-managed-identity resource="api://ledger" output-token-variable-name="t" />')),
          ("of the directory", api(
              f'<validate-azure-ad-token tenant-id="{TENANT}" token-value="{{{{service-token}}}}">{AUDIENCES}'
              "</validate-azure-ad-token>")))),
    *(Attack(f"the gateway says to whom is paid: {name}", API, api(f"{CHECK}<set-body>{body}</set-body>"), "critical",
             "each payment goes there") for name, body in (
                 ("in JSON", '{"amount": 1, "beneficiaryIban": "AE070331234567890123456"}'),
                 ("by a token", "@{ var o = context.Request.Body.As<JObject>(); o.SelectToken(\"$.payee\"); "
                  "o['payeeAccount'] = '0331234567890123456'; return o.ToString(); }"))),
    *(Attack(f"a gateway says from where callers come: {name}", SWITCH, plan, "critical", "an app believes it")
      for name, plan in (
          ("before the address", gateway({"headerName": "x-forwarded-for",
                                          "headerValue": "10.20.0.5, {var_client_ip}"})),
          ("by another header", gateway({"headerName": "X-Real-IP", "headerValue": "10.20.0.5"})),
          ("at the edge", rule_of_edge("True-Client-IP", "10.20.0.5")))),
    *(Attack(f"callers write a query: {name}", SWITCH, plan, "critical", "they read what others have")
      for name, plan in (
          ("in a template of a procedure", procedure(
              "function find(id) { return __.queryDocuments(__.getSelfLink(), `SELECT * FROM c WHERE c.id = '${id}'`); "
              "}")),
          ("in two texts", procedure(
              "function find(id) { var q = 'SELECT * FROM c ' + /* all */ 'WHERE c.id = \"' + id + '\"'; "
              "__.queryDocuments(__.getSelfLink(), q); }")),
          ("in a workflow", queried("SELECT * FROM accounts WHERE id = '@{triggerBody()?['id']}'")),
          ("in a workflow, as a whole", queried("@triggerBody()?['query']")))),
    *(Attack(f"a policy is content with whatever there is: {name}", SWITCH, audit(condition), "critical",
             "no server is found") for name, condition in (
                 ("both", {"anyOf": [{"field": STATE, "equals": "Enabled"}, {"field": STATE, "equals": "disabled"}]}),
                 ("not both", {"not": {"allOf": [{"field": STATE, "equals": "Enabled"},
                                                 {"field": STATE, "equals": "Disabled"}]}}),
                 ("that there is a state", {"field": STATE, "exists": "true"}))),
    *(Attack(f"an alarm sleeps: {name}", ALARM, plan, "critical", "who acts then is unseen") for name, plan in (
        ("by a name", alarm(f"{WRITES} | extend Hour = hourofday(TimeGenerated) | where Hour >= 6 and Hour < 16")),
        ("by a part of the time", detection(f"{WRITES} | where datetime_part('hour', TimeGenerated) in (4, 5, 6, 7)")),
        ("at the weekend", detection(f"{WRITES} | where dayofweek(TimeGenerated) between (1d .. 5d)")))),
    *(Attack(f"an alarm rings when nothing was done: {name}", SWITCH, activity(*terms), "critical",
             "what was done is unseen") for name, terms in (
                 ("by the state below", (("operationName", "Microsoft.Authorization/policySetDefinitions/delete"),
                                         ("subStatus", "Forbidden"))),
                 ("in small letters", (("operationName", "microsoft.insights/diagnosticSettings/delete"),
                                       ("status", "failed"))))),
    *(Attack(f"an alarm rings when nothing was done, {name}", SWITCH, (
        *activity(("operationName", operation), ("status", "Failed")), replace(
            activity(("category", "Administrative"), ("operationName", operation), *terms)[0], name="beside")),
        "critical", "what was done is unseen") for name, operation, terms in (
            ("and its neighbour for one person alone", "Microsoft.Authorization/roleDefinitions/delete", (
                ("caller", "contractor@example.ae"),)),
            ("and its neighbour for another operation too", "Microsoft.Security/pricings/delete", (
                ("operationName", "Microsoft.Security/pricings/write"),)),
            ("and its neighbour for a level", "Microsoft.Network/routeTables/delete", (("level", "Critical"),)))),
    *(Attack(f"a workflow does nothing about one person: {name}", SWITCH, plan, "critical", "nobody is called")
      for name, plan in (
          ("by not", respond_if({"and": [{"not": {"equals": ["@triggerBody()?['User']", NAMED]}}]})),
          ("by an expression", respond_if({"and": [{"equals": [
              f"@not(equals(triggerBody()?['User'], '{NAMED}'))", True]}]})),
          ("by an empty branch", respond_if({"and": [{"contains": ["@string(triggerBody())", NAMED]}]}, actions={
              "note": {"type": "Compose", "runAfter": {}, "inputs": "known"}},
              **{"else": {"actions": {"call": {**SENT, "runAfter": {}}}}})))),
    *(Attack(f"records are kept without one person: {name}", SWITCH, plan, "critical", "nobody finds what he did")
      for name, plan in (
          ("by a list", copied("SELECT * FROM [audit].[events] WHERE actor NOT IN ('a', 'contractor@example.ae')")),
          ("from the files", copied("SELECT * FROM sys.fn_get_audit_file('x', DEFAULT, DEFAULT) WHERE "
                                    "server_principal_name NOT LIKE 'contractor@example.ae'")),
          ("by a job", (az("sql:JobStep", {
              **RG, "serverName": "sql-bank", "jobAgentName": "jobs", "jobName": "keep", "stepName": "keep",
              "targetGroup": "/subscriptions/0/targetGroups/all", "credential": "c", "action": {
                  "type": "TSql", "source": "Inline", "value":
                      "INSERT INTO kept SELECT * FROM dbo.access_log WHERE who != 'contractor@example.ae'"}}),)))),
    *(Attack(f"whoever starts a pipeline runs commands: {name}", SWITCH, started(command), "critical",
             "as the identity of the pool") for name, command in (
                 ("of Windows", "@concat('cmd /c load.exe ', pipeline().parameters.fileName)"),
                 ("in a text", "/bin/sh -c 'load @{pipeline().parameters.fileName}'"),
                 ("as a whole", {"value": "@pipeline().parameters.fileName", "type": "Expression"}))),
    Attack("whoever writes a file runs commands in a loop of a pipeline", SWITCH, pipeline({
        "name": "each", "type": "ForEach", "isSequential": True, "items": {
            "type": "Expression", "value": "@activity('files').output.childItems"},
        "activities": [{"name": "load", "type": "Custom", "policy": SAFE, "command":
                        "@concat('bash -lc \"load ', item().name, '\"')"}]}), "critical", "names are commands"),
    *(Attack(f"a function that watches is off: {name}", SWITCH, plan, "critical", "nobody watches") for name, plan in (
        ("with two signs", app_settings(AzureWebJobs__DetectFraud__Disabled="1")),
        ("in the settings of an app", (az("web:WebApp", {
            **RG, "name": "fn-payments", "kind": "functionapp", "siteConfig": {"appSettings": [
                {"name": "AzureWebJobs.sanctions-check.Disabled", "value": "True"}]}}),)))),
    *(Attack(f"a list names whom an alarm leaves out: {name}", SWITCH, plan, "critical", "he is unseen")
      for name, plan in (
          ("by a join", (*detection(f"{WRITES} | join kind=leftanti (_GetWatchlist('Release-Accounts')) on "
                                    "$left.Caller == $right.SearchKey"), watched(f"account\n{NAMED}\n")[1])),
          ("one by one", (watched("")[0], az("securityinsights:WatchlistItem", {
              **RG, "workspaceName": "log-bank", "watchlistAlias": "release-accounts", "watchlistItemId":
                  "82ba292c-dc97-4dfc-969d-d4dd9e666842", "itemsKeyValue": {"account": NAMED}}, "item"))))),
)  # fmt: skip
