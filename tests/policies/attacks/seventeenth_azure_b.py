"""Attacks on Azure: rights, messages and records (2026-11-30, seventeenth set, written blind).

Properties by pulumi-azure-native 3.29.0. Read in excerpts on 2026-11-30: Azure Service Bus ("Subscription rule SQL
action syntax"). Operations of roles by definitions of built-in roles and everything else as known.
"""

from ..blind import HERE, OURS, RG, SUB, az
from ..harness import Given
from . import Attack
from .fifteenth_azure import _role
from .tenth_azure import IDN

RSL = ("FJ-RSL-", "FJ-ESC-", "FJ-EXP-")
ITEMS = "Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/recoveryPoints"
BUS = {**RG, "namespaceName": "sb-bank", "topicName": "payments"}


def _data_role(name: str, *actions: str) -> tuple[Given, ...]:
    return (az("authorization:RoleDefinition", {
        "scope": SUB, "roleName": name, "roleType": "CustomRole", "assignableScopes": [SUB], "permissions": [
            {"notActions": [], "actions": [], "notDataActions": [], "dataActions": list(actions)}]}),)  # fmt: skip


ATTACKS = (
    Attack("the audit of payments gets none of them by its filter", RSL, (az("servicebus:Rule", {
        **BUS, "subscriptionName": "audit", "ruleName": "$Default", "filterType": "SqlFilter",
        "sqlFilter": {"sqlExpression": "1=0"}}),),
        "major", "no message meets it, and none is kept (Azure Service Bus, 'Topic filters')"),
    Attack("each payment is marked as approved on its way", IDN, (az("servicebus:Rule", {
        **BUS, "subscriptionName": "settlement", "ruleName": "all", "filterType": "SqlFilter",
        "sqlFilter": {"sqlExpression": "1=1"},
        "action": {"sqlExpression": "SET approved = 'true'; SET approvedBy = 'board'; REMOVE risk"}}),),
        "critical", "who settles believes the message (Azure Service Bus, 'Subscription rule SQL action')"),
    Attack("a queue of payments is deleted when it was quiet for five minutes", RSL, (az("servicebus:Queue", {
        **RG, "namespaceName": "sb-bank", "queueName": "payments", "autoDeleteOnIdle": "PT5M",
        "deadLetteringOnMessageExpiration": True, "maxDeliveryCount": 10, "lockDuration": "PT1M"}),),
        "major", "with its letters that nobody could deliver (Azure Service Bus, autoDeleteOnIdle)"),
    Attack("a rule of the guard looks at everybody but one", RSL, (az("securityinsights:ScheduledAlertRule", {
        **RG, "workspaceName": "soc", "ruleId": "owners", "kind": "Scheduled", "displayName": "New owners",
        "enabled": True, "severity": "High", "queryFrequency": "PT1H", "queryPeriod": "PT1H",
        "suppressionEnabled": False, "suppressionDuration": "PT5H", "triggerOperator": "GreaterThan",
        "triggerThreshold": 0, "incidentConfiguration": {"createIncident": True}, "query":
            "AzureActivity | where OperationNameValue endswith 'ROLEASSIGNMENTS/WRITE' "
            "| where Caller !in~ ('k.saeed@bank.ae')"}),),
        "major", "what he does raises no alert (Microsoft Sentinel, 'Scheduled analytics rules')"),
    Attack("of machines only their starts are recorded", RSL, (az("monitor:DataCollectionRule", {
        **HERE, "dataCollectionRuleName": "dcr-windows", "kind": "Windows", "dataSources": {"windowsEventLogs": [{
            "name": "security", "streams": ["Microsoft-Event"],
            "xPathQueries": ["Security!*[System[(EventID=4608)]]"]}]},
        "destinations": {"logAnalytics": [{
            "name": "bank", "workspaceResourceId": f"{OURS}.OperationalInsights/workspaces/log-bank"}]},
        "dataFlows": [{"streams": ["Microsoft-Event"], "destinations": ["bank"]}]}),),
        "major", "no sign-in and no change of rights is kept (Azure Monitor Agent, XPath queries)"),
    Attack("a custom role runs commands in every container and reads its secrets", IDN, _role(
        "Apps support", "Microsoft.App/containerApps/read", "Microsoft.App/containerApps/exec/action",
        "Microsoft.App/containerApps/listSecrets/action"),
        "critical", "it acts with the identity of each app (Azure Container Apps, 'Connect to a container console')"),
    Attack("a custom role mounts files of every machine from their backups", IDN, _role(
        "Backup support", "Microsoft.RecoveryServices/Vaults/read", f"{ITEMS}/read",
        f"{ITEMS}/provisionInstantItemRecovery/action", f"{ITEMS}/restore/action"),
        "critical", "it reads each disk and puts older states in their place (Azure Backup, 'Recover files')"),
    Attack("a custom role opens machines to whoever has a link", IDN, _role(
        "Bastion support", "Microsoft.Network/bastionHosts/read",
        "Microsoft.Network/bastionHosts/createShareableLinks/action",
        "Microsoft.Network/bastionHosts/getShareableLinks/action"),
        "major", "the link needs no account of the directory (Azure Bastion, 'Create a shareable link')"),
    Attack("a custom role signs in to the portal of APIs as anybody", IDN, _role(
        "Portal support", "Microsoft.ApiManagement/service/read", "Microsoft.ApiManagement/service/users/read",
        "Microsoft.ApiManagement/service/users/token/action"),
        "major", "it gets the tokens of each user, and their keys of APIs (API Management, 'Get shared access token')"),
    Attack("a custom role leads packets of every subnet elsewhere", IDN, _role(
        "Routing support", "Microsoft.Network/routeTables/read", "Microsoft.Network/routeTables/routes/read",
        "Microsoft.Network/routeTables/routes/write"),
        "critical", "past the firewall, and through a machine of its own (Azure, 'Virtual network traffic routing')"),
    Attack("a custom role changes settings and switches of every program", IDN, _data_role(
        "Settings support", "Microsoft.AppConfiguration/configurationStores/keyValues/read",
        "Microsoft.AppConfiguration/configurationStores/keyValues/write"),
        "critical", "programs load addresses and switches from there (Azure App Configuration)"),
)  # fmt: skip
