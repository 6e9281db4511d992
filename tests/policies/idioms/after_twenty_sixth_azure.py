"""Good programs near the attacks of the twenty-sixth set on Azure (2026-12-02)."""

from dataclasses import replace

from ..attacks.after_twenty_fifth_azure import WRITES, detection, rule_of_edge
from ..attacks.after_twenty_sixth_azure import ASKED, KEYS, SENT, STATE, awaited, checked, queried, respond_if
from ..attacks.twenty_fifth_azure_flow import alarm, gateway
from ..attacks.twenty_sixth_azure import CHECK, api, audit, connected, flow, procedure
from ..attacks.twenty_sixth_azure_b import activity, app_settings, copied, responded, started, watched
from . import Idiom, unpriced
from .twentieth_goodb_charts import merged

LEARN = "learn.microsoft.com/azure"
OWN = {"residency": {"known": {"bank.ae": "an internal domain of the bank", "example.ae": "of the bank itself"}}}
ANSWERED = {"equals": ["@body('ask')?['SelectedOption']", "Approve"]}
NOTED = {"type": "ApiConnection", "inputs": connected("teams", "/v3/beta/teams/conversation/message")}


def decided(*states: str) -> object:
    """Returns actions that pay if somebody approved."""
    return {"ask": ASKED, "decide": {"type": "If", "runAfter": {"ask": list(states)}, "expression": ANSWERED,
            "actions": {"pay": {**SENT, "runAfter": {}}}, "else": {"actions": {}}}}  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a payment is made if somebody chose to approve it", flow(decided("Succeeded")),
          f"{LEARN}/logic-apps/logic-apps-control-flow-conditional-statement"),
    Idiom("a condition also runs if nobody answered, and pays nothing then", flow(decided("Succeeded", "TimedOut")),
          f"{LEARN}/logic-apps/error-exception-handling"),
    Idiom("somebody hears of it if nobody answered", flow({
        "ask": ASKED, "read": {"type": "Compose", "inputs": "@body('ask')", "runAfter": {"ask": ["Succeeded"]}},
        "note": {**NOTED, "runAfter": {"ask": ["TimedOut", "Failed"]}}}),
        f"{LEARN}/logic-apps/error-exception-handling"),
    Idiom("the answer of somebody goes to the program that asked", flow({
        "ask": ASKED, "send": {"type": "ApiConnection", "runAfter": {"ask": ["Succeeded"]}, "inputs": connected(
            "servicebus", "/answers/messages", body={"ContentData": "@{base64(body('ask')?['SelectedOption'])}"})}}),
        f"{LEARN}/connectors/connectors-create-api-office365-outlook"),
    Idiom("a pipeline loads after somebody approved", awaited("Succeeded"),
          f"{LEARN}/data-factory/control-flow-webhook-activity"),
    Idiom("an API answers in its own words after an error", api(CHECK, (
        "<base /><return-response><set-status code='502' reason='Bad Gateway' /><set-body>@(context.LastError.Reason)"
        "</set-body></return-response>")), f"{LEARN}/api-management/api-management-error-handling-policies"),
    Idiom("an API asks a second service if the first one failed", api(CHECK, (
        "<choose><when condition='@(context.LastError.Source == \"forward-request\")'><send-request mode=\"new\" "
        'response-variable-name="r"><set-url>https://ledger.example.ae/accounts</set-url></send-request>'
        '<return-response response-variable-name="r" /></when></choose>')),
        f"{LEARN}/api-management/api-management-error-handling-policies", OWN),
    *(Idiom(f"an API checks the token of its caller: {name}", plan, f"{LEARN}/api-management/validate-jwt-policy")
      for name, plan in (
          ("in the request", checked(
              "@(context.Request.Headers.GetValueOrDefault(&quot;Authorization&quot;).Split(' ').Last())")),
          ("in a variable", checked(
              '@((string)context.Variables["t"])', '<set-variable name="t" value="@(context.Request.Headers.'
              'GetValueOrDefault(&quot;X-Token&quot;, &quot;&quot;))" />')),
          ("by its header", api(f'<validate-jwt header-name="Authorization">{KEYS}</validate-jwt>')))),
    Idiom("an API writes into a payment by whom it was ordered", api(CHECK + (
        "<set-body>@{ var order = context.Request.Body.As<JObject>(true); order[\"creditorAccount\"] = "
        'order["iban"]; order["channel"] = "portal"; return order.ToString(); }</set-body>')),
        f"{LEARN}/api-management/set-body-policy"),
    Idiom("a gateway passes the address of its caller on", gateway(
        {"headerName": "X-Forwarded-For", "headerValue": "{var_add_x_forwarded_for_proxy}"},
        {"headerName": "X-Real-IP", "headerValue": "{http_req_X-Azure-ClientIP}"},
        {"headerName": "X-Forwarded-Host", "headerValue": "{var_host}"}),
        f"{LEARN}/application-gateway/rewrite-http-headers-url", merged(
            OWN, unpriced("azure-native:network:ApplicationGateway::it"))),
    Idiom("the edge passes the address of its caller on", rule_of_edge("X-Client-IP", "{client_ip}"),
          f"{LEARN}/frontdoor/rule-set-server-variables"),
    Idiom("a stored procedure finds documents by a parameter", procedure(
        "function find(id) { var select = 'SELECT * FROM c ' + 'WHERE c.id = @id'; var text = 'selected ' + id; "
        "__.queryDocuments(__.getSelfLink(), {query: select, parameters: [{name: '@id', value: id}]}); }"),
        f"{LEARN}/cosmos-db/nosql/query/parameterized-queries"),
    Idiom("a workflow asks a database for the orders of the day", queried(
        "SELECT id FROM orders WHERE day = '@{formatDateTime(utcNow(), 'yyyy-MM-dd')}'"),
        f"{LEARN}/connectors/connectors-create-api-sqlazure"),
    *(Idiom(f"a policy finds servers without records: {name}", audit(condition),
            f"{LEARN}/governance/policy/concepts/effect-audit-if-not-exists") for name, condition in (
                ("by their state", {"field": STATE, "equals": "Enabled"}),
                ("by what they keep", {"allOf": [{"field": STATE, "equals": "Enabled"}, {
                    "field": "Microsoft.Sql/auditingSettings.retentionDays", "in": ["0", "90", "365"]}]}),
                ("by either destination", {"anyOf": [
                    {"field": "Microsoft.Sql/auditingSettings.storageEndpoint", "exists": "true"},
                    {"field": "Microsoft.Sql/auditingSettings.isAzureMonitorTargetEnabled", "equals": "true"}]}))),
    Idiom("an alarm rings for whoever becomes owner outside of the hours of the office", detection(
        f"{WRITES} | where hourofday(TimeGenerated) < 4 or hourofday(TimeGenerated) > 14"),
        "public rules of Sentinel, found as strings on 2026-12-02"),
    Idiom("an alarm rings for sign-ins in the night and at the weekend", alarm(
        "SigninLogs | extend Hour = hourofday(TimeGenerated) | where Hour !between (4 .. 14) | where "
        "dayofweek(TimeGenerated) in (0d, 6d)"), "public rules of Sentinel, found as strings on 2026-12-02"),
    Idiom("an alarm on slow orders rings by day", alarm(
        "AppRequests | where hourofday(TimeGenerated) between (4 .. 13) and DurationMs > 5000"),
        f"{LEARN}/azure-monitor/alerts/alerts-create-log-alert-rule"),
    *(Idiom(f"an alert on the activity log: {name}", activity(*terms),
            f"{LEARN}/azure-monitor/alerts/alerts-create-activity-log-alert-rule") for name, terms in (
                ("vaults were deleted", (("operationName", "Microsoft.KeyVault/vaults/delete"),
                                         ("status", "Succeeded"))),
                ("vaults are deleted", (("operationName", "Microsoft.KeyVault/vaults/delete"),)),
                ("deployments fail", (("operationName", "Microsoft.Resources/deployments/write"),
                                      ("status", "Failed"))))),
    Idiom("an alert on attempts stands beside one on what was done", (
        *activity(("operationName", "Microsoft.KeyVault/vaults/delete"), ("status", "Failed")), replace(activity(
            ("category", "Administrative"), ("operationName", "Microsoft.KeyVault/vaults/delete"),
            ("status", "Succeeded"))[0], name="done")),
        f"{LEARN}/azure-monitor/alerts/alerts-create-activity-log-alert-rule"),
    Idiom("a workflow on alerts calls for one person by another way", respond_if(
        {"and": [{"equals": ["@triggerBody()?['User']", "treasurer@example.ae"]}]}, actions={
            "call": {**NOTED, "runAfter": {}}}), f"{LEARN}/sentinel/automation/tutorial-respond-threats-playbook"),
    Idiom("a workflow on alerts ends for those that are closed", responded({"and": [{"equals": [
        "@triggerBody()?['object']?['properties']?['status']", "Closed"]}]}),
        f"{LEARN}/sentinel/automation/tutorial-respond-threats-playbook"),
    Idiom("records of the last day are kept, without those of the machine that copies", copied(
        "SELECT * FROM audit.AccessLog WHERE day >= DATEADD(day, -1, GETDATE()) AND actor <> 'adf-bank'"),
        f"{LEARN}/data-factory/connector-azure-sql-database"),
    Idiom("letters go to customers but the test one", copied(
        "SELECT * FROM crm.Customers WHERE mail <> 'test@example.ae'"),
        f"{LEARN}/data-factory/connector-azure-sql-database"),
    Idiom("a pipeline starts a program with the name of a file, without a shell", started(
        "@concat('python3 load.py --file ', pipeline().parameters.fileName)"),
        f"{LEARN}/data-factory/transform-data-using-custom-activity"),
    Idiom("a pipeline starts a shell with the day", started(
        "/bin/bash -c 'python3 load.py --day @{formatDateTime(utcNow(), 'yyyy-MM-dd')}'"),
        f"{LEARN}/data-factory/transform-data-using-custom-activity"),
    Idiom("functions are off that another app has, and the one that records is not", app_settings(
        **{"AzureWebJobs.WipeProcessor.Disabled": "true", "AzureWebJobs.WriteAudit.Disabled": "false"}),
        "five public programs, read 2026-12-02"),
    Idiom("an alarm leaves out programs that deploy, by a list of their numbers", watched(
        "account,reason\n22222222-3333-4444-5555-666666666666,pipeline\n"), f"{LEARN}/sentinel/watchlists-queries"),
)  # fmt: skip
