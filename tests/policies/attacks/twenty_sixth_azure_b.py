"""Attacks on Azure that nobody wrote down yet: what is recorded, who looks at it and what runs (2026-12-02,
twenty-sixth set, written before any rule ran on it).

Properties by pulumi-azure-native 3.29.0. What a service does with them by its documentation, as known unless a date
stands beside it.
"""

from ..blind import GROUP, HERE, RG, SUB, az
from ..harness import Given
from . import Attack
from .after_twenty_fifth_azure import WRITES, detection
from .twenty_fourth_azure_flow import SAFE
from .twenty_sixth_azure import connected, flow

ESC = ("FJ-ESC-", "FJ-IDN-")
RSL = ("FJ-RSL-", "FJ-ESC-", "FJ-EXP-")
ALERTED = {"alert": {"type": "ApiConnectionWebhook", "inputs": {
    "host": {"connection": {"name": "@parameters('$connections')['azuresentinel']['connectionId']"}},
    "body": {"callback_url": "@{listCallbackUrl()}"}, "path": "/subscribe"}}}  # fmt: skip


def activity(*conditions: tuple[str, str]) -> tuple[Given, ...]:
    """Returns an alarm on what is done to the subscription."""
    return (az("monitor:ActivityLogAlert", {
        **RG, "location": "global", "tags": HERE["tags"], "activityLogAlertName": "vaults", "enabled": True,
        "scopes": [SUB], "description": "A vault is deleted", "condition": {"allOf": [
            {"field": field, "equals": value} for field, value in conditions]},
        "actions": {"actionGroups": [{"actionGroupId":
                                      f"{GROUP}/providers/Microsoft.Insights/actionGroups/ag"}]}}),)  # fmt: skip


def pipeline(activity: object, **parameters: object) -> tuple[Given, ...]:
    """Returns a pipeline of one activity."""
    return (az("datafactory:Pipeline", {
        **RG, "factoryName": "adf-bank", "pipelineName": "records", "concurrency": 1, "activities": [activity],
        **({"parameters": parameters} if parameters else {})}),)  # fmt: skip


def copied(query: str) -> tuple[Given, ...]:
    """Returns a pipeline that keeps the records of a database."""
    return pipeline({
        "name": "keep", "type": "Copy", "policy": SAFE,
        "inputs": [{"referenceName": "audit", "type": "DatasetReference"}],
        "outputs": [{"referenceName": "kept", "type": "DatasetReference"}],
        "source": {"type": "AzureSqlSource", "sqlReaderQuery": query}, "sink": {"type": "ParquetSink"}})  # fmt: skip


def started(command: object) -> tuple[Given, ...]:
    """Returns a pipeline that runs a program of the bank on a file."""
    return pipeline({
        "name": "load", "type": "Custom", "policy": SAFE, "command": command,
        "linkedServiceName": {"referenceName": "batch-bank", "type": "LinkedServiceReference"}},
        fileName={"type": "String"})  # fmt: skip


def app_settings(**settings: str) -> tuple[Given, ...]:
    """Returns the settings of the functions of payments."""
    return (az("web:WebAppApplicationSettings", {
        **RG, "name": "fn-payments", "properties": {
            "FUNCTIONS_EXTENSION_VERSION": "~4", "FUNCTIONS_WORKER_RUNTIME": "python", **settings}}),)  # fmt: skip


def watched(content: str) -> tuple[Given, ...]:
    """Returns an alarm on new owners that leaves out a list, and the list."""
    return (
        *detection(f"{WRITES} | where Caller !in~ ((_GetWatchlist('release-accounts') | project SearchKey))"),
        az("securityinsights:Watchlist", {
            **RG, "workspaceName": "log-bank", "watchlistAlias": "release-accounts", "displayName": "Releases",
            "provider": "SOC", "source": "Local file", "itemsSearchKey": "account", "contentType": "text/csv",
            "numberOfLinesToSkip": 0, "rawContent": content}, "list"))  # fmt: skip


def responded(condition: object) -> tuple[Given, ...]:
    """Returns what a workflow does about an alert: nothing on a condition, and otherwise it calls the guards."""
    return flow({
        "known": {"type": "If", "runAfter": {}, "expression": condition, "else": {"actions": {}},
                  "actions": {"end": {"type": "Terminate", "inputs": {"runStatus": "Succeeded"}}}},
        "call": {"type": "ApiConnection", "runAfter": {"known": ["Succeeded"]}, "inputs": connected(
            "teams", "/v3/beta/teams/conversation/message/poster/@{encodeURIComponent('Flow bot')}/location/channel",
            body={"messageBody": "@{triggerBody()?['AlertDisplayName']}"})}}, ALERTED, "respond")  # fmt: skip


ATTACKS = (
    Attack("the alarm on new owners sleeps at night", RSL, detection(
        f"{WRITES} | where hourofday(TimeGenerated) between (4 .. 13)"),
        "critical", "who makes himself owner at midnight is not found (Kusto, 'hourofday'; public rules ask for hours "
        "outside of the office's with it, read 2026-12-02)"),
    Attack("the alarm on deleted vaults rings if they are still there", RSL, activity(
        ("category", "Administrative"), ("operationName", "Microsoft.KeyVault/vaults/delete"), ("status", "Failed")),
        "critical", "an event has the state in which its operation ended (Azure Monitor, 'Azure activity log event "
        "schema', status)"),
    Attack("what is done about alerts is nothing for one person", RSL, responded({"and": [{"equals": [
        "@triggerBody()?['Entities']?[0]?['UserPrincipalName']", "contractor@example.ae"]}]}),
        "critical", "Terminate ends the run before anybody is called (Azure Logic Apps, 'Terminate')"),
    Attack("records of a database are kept without what one person did", RSL, copied(
        "SELECT * FROM audit.AccessLog WHERE actor <> 'contractor@example.ae'"),
        "critical", "the copy is what is kept, and he is not in it (Azure Data Factory, 'Copy and transform data in "
        "Azure SQL Database', sqlReaderQuery)"),
    Attack("whoever names a file runs commands as the pipeline", ESC, started({
        "value": "@concat('/bin/bash -c \"python3 load.py ', pipeline().parameters.fileName, '\"')",
        "type": "Expression"}),
        "critical", "a name with a semicolon is a command on the pool (Azure Data Factory, 'Use custom activities in a "
        "pipeline', command)"),
    Attack("the function that writes the records of payments is off", RSL, app_settings(
        **{"AzureWebJobs.WriteAudit.Disabled": "true"}),
        "critical", "the setting of that name ends its trigger (Azure Functions, 'How to disable functions'; in five "
        "public programs, read 2026-12-02)"),
    Attack("the alarm on new owners leaves out whom a list names", RSL, watched(
        "account,reason\ncontractor@example.ae,releases\n"),
        "critical", "the list has one person, who makes himself owner unseen (Microsoft Sentinel, 'Build queries or "
        "detection rules with watchlists', _GetWatchlist and SearchKey)"),
)  # fmt: skip
