"""Attacks on Azure: AI, monitoring, Sentinel and Arc (2026-12-01, twenty-second set).

Properties by pulumi-azure-native 3.29.0. What a service does with them by its documentation, as known unless a source
is beside it.
"""

from ..blind import GROUP, HERE, RG, TAGS, THEIR_SUB, THEIR_TENANT, az
from ..harness import Given
from . import Attack
from .tenth_azure import IDN, RES

MONEY = ("FJ-COST-", "FJ-ESC-")
RECORDS = ("FJ-RSL-", "FJ-EXP-", "FJ-ESC-")
WORKSPACE = f"{GROUP}/providers/Microsoft.OperationalInsights/workspaces/log-bank"
THEIR_ACCOUNT = "77777777-6666-5555-4444-333333333333"


def _detection(query: str, **more: object) -> Given:
    """Returns a detection of Sentinel."""
    return az("securityinsights:ScheduledAlertRule", {
        **RG, "workspaceName": "log-bank", "ruleId": "55555555-4444-3333-2222-111111111111", "kind": "Scheduled",
        "displayName": "Owner assigned", "enabled": True, "severity": "High", "query": query,
        "queryFrequency": "PT1H", "queryPeriod": "PT1H", "triggerOperator": "GreaterThan", "triggerThreshold": 0,
        "suppressionEnabled": False, "suppressionDuration": "PT1H", **more})  # fmt: skip


OWNERS = "AzureActivity | where OperationNameValue == 'MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/WRITE'"

ATTACKS = (
    Attack("a job trains on sixty-four machines with GPUs and never has to end", MONEY, (
        az("machinelearningservices:Job", {**RG, "workspaceName": "mlw-bank", "id": "train", "properties": {
            "jobType": "Command", "command": "python train.py", "displayName": "train", "tags": TAGS,
            "environmentId": "azureml:curated:3", "identity": {"identityType": "Managed"},
            "resources": {"instanceType": "Standard_ND96isr_H100_v5", "instanceCount": 64}}}),),
        "major", "without a compute the workspace starts machines for the job, and without a timeout it runs on (Azure "
        "Machine Learning, 'Model training on serverless compute')"),
    Attack("a model answers thirty million tokens a minute at the price of each", MONEY, (
        az("cognitiveservices:Deployment", {
            **RG, "accountName": "ai-bank", "deploymentName": "chat", "tags": TAGS,
            "sku": {"name": "Standard", "capacity": 30000},
            "properties": {"model": {"format": "OpenAI", "name": "gpt-4o", "version": "2024-11-20"},
                           "raiPolicyName": "Microsoft.DefaultV2", "versionUpgradeOption": "NoAutoUpgrade"}}),),
        "major", "capacity is in thousands of tokens a minute, and is the only ceiling of what callers spend (Azure "
        "OpenAI quotas)"),
    Attack("alerts of the bank are sent to a stranger's hub", (*RES, *IDN), (
        az("monitor:ActionGroup", {
            **RG, "tags": TAGS, "location": "global", "actionGroupName": "ag-soc", "groupShortName": "soc",
            "enabled": True, "eventHubReceivers": [{
                "name": "soc", "eventHubNameSpace": "ehns-soc", "eventHubName": "alerts",
                "subscriptionId": THEIR_SUB.rpartition("/")[2], "tenantId": THEIR_TENANT,
                "useCommonAlertSchema": True}]}),),
        "major", "alerts quote what was found, of machines, users and queries (Azure Monitor action groups, event hub "
        "in another tenant)"),
    Attack("the alarm on new owners rings when there are fewer than none", RECORDS, (
        _detection(OWNERS, triggerOperator="LessThan"),),
        "major", "no query has fewer than nought results (Microsoft Sentinel, 'Create a scheduled analytics rule')"),
    Attack("the alarm on new owners looks at what happens later than now", RECORDS, (
        _detection(f"{OWNERS} and TimeGenerated > now(1h)"),),
        "major", "no record is of a time to come (Kusto, 'now()' with an offset)"),
    Attack("records of sign-ins say of each that there was one, and no more", RECORDS, (
        az("monitor:DataCollectionRule", {
            **HERE, "dataCollectionRuleName": "dcr-security", "kind": "Windows",
            "dataSources": {"windowsEventLogs": [{
                "name": "security", "streams": ["Microsoft-SecurityEvent"],
                "xPathQueries": ["Security!*[System[(EventID=4624 or EventID=4625 or EventID=4672)]]"]}]},
            "destinations": {"logAnalytics": [{"name": "logs", "workspaceResourceId": WORKSPACE}]},
            "dataFlows": [{"streams": ["Microsoft-SecurityEvent"], "destinations": ["logs"],
                           "transformKql": "source | project TimeGenerated, Computer, EventID"}]}),),
        "major", "neither who signed in nor from where is kept (Azure Monitor, 'Create a transformation')"),
    Attack("who reads the blobs of customers is not recorded", RECORDS, (
        az("monitor:DiagnosticSetting", {
            "resourceUri": f"{GROUP}/providers/Microsoft.Storage/storageAccounts/stbank/blobServices/default",
            "name": "blobs", "workspaceId": WORKSPACE, "logs": [
                {"category": "StorageWrite", "enabled": True}, {"category": "StorageRead", "enabled": False}]}),),
        "major", "whoever takes all blobs leaves no record (Azure Storage monitoring, StorageRead, StorageWrite and "
        "StorageDelete)"),
    Attack("no alarm can look into the records of the clusters", RECORDS, (
        az("operationalinsights:Table", {
            **RG, "workspaceName": "log-bank", "tableName": "AKSAudit", "plan": "Basic",
            "totalRetentionInDays": 365}),),
        "major", "rules and dashboards cannot query a table of this plan (Microsoft Learn, 'Query data in a Basic and "
        "Auxiliary table in Azure Monitor Logs', read 2026-12-01)"),
    Attack("an Arc machine runs what a stranger's account tells it", ("FJ-ESC-", *IDN, "FJ-RES-"), (
        az("hybridcompute:MachineExtension", {
            **HERE, "machineName": "core-1", "extensionName": "worker", "properties": {
                "publisher": "Microsoft.Azure.Automation.HybridWorker", "type": "HybridWorkerForLinux",
                "typeHandlerVersion": "1.1", "autoUpgradeMinorVersion": True, "enableAutomaticUpgrade": True,
                "settings": {"AutomationAccountURL":
                             f"https://{THEIR_ACCOUNT}.jrds.uaen.azure-automation.net/automationAccounts/"
                             f"{THEIR_ACCOUNT}"}}}),),
        "critical", "runbooks of that account run as root of the machine (Azure Automation, 'Deploy an extension-based "
        "Hybrid Runbook Worker')"),
)  # fmt: skip
"""Attacks with the rules that should refuse them."""
