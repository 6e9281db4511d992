"""Other spellings of what the twenty-second set does on Azure: identities, roles, records and money (2026-12-01).

Properties by pulumi-azure-native 3.29.0. What a service does with them as the sources of the set say.
"""

from ..blind import GROUP, HERE, ME, OURS, RG, SUB, TAGS, Props, az, role
from ..harness import UNKNOWN, Given
from . import Attack
from .twenty_second_azure_id import OUR_CLUSTER, ROLES, SOMEBODY
from .twenty_second_azure_id import OURS as OUR_PROVIDER

MONEY = ("FJ-COST-126",)
RECORDS = ("FJ-RSL-117",)
ROLE = ("FJ-IDN-201",)
EKS = "oidc.eks.me-central-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"
PARENT = {**RG, "workspaceName": "mlw-bank"}
CONTRIBUTOR = f"{SUB}{ROLES}/b24988ac-6180-42a0-ab88-20f7382dd24c"


def _assigned(role: str, name: str, **more: object) -> Given:
    """Returns the assignment of a role on a resource group, unless something else is stated."""
    return az("authorization:RoleAssignment", {
        "scope": GROUP, "roleDefinitionId": f"{SUB}{ROLES}/{role}", "principalId": SOMEBODY, **more},
        name)  # fmt: skip


def _holds(kind: str, props: Props) -> tuple[Given, ...]:
    """Returns a resource with an identity of its own, which is Contributor of the platform."""
    return (
        az(kind, {**HERE, "identity": {"type": "SystemAssigned"}, **props}, "holder"),
        az("authorization:RoleAssignment", {
            "scope": GROUP, "roleDefinitionId": CONTRIBUTOR, "principalId": UNKNOWN,
            "principalType": "ServicePrincipal"}, "role", links={"principalId": ("holder",)}),
    )  # fmt: skip


def _custom(*actions: str) -> Given:
    """Returns a role that somebody defines for a resource group."""
    return az("authorization:RoleDefinition", {
        "scope": GROUP, "roleName": "Observers", "roleType": "CustomRole", "assignableScopes": [GROUP],
        "permissions": [{"actions": list(actions), "notActions": [], "dataActions": [], "notDataActions": []}]},
    )  # fmt: skip


def _collects(resource: str, *categories: str) -> Given:
    """Returns a setting that collects some categories of logs."""
    return az("monitor:DiagnosticSetting", {
        "resourceUri": f"{OURS}.{resource}", "name": "logs",
        "workspaceId": f"{OURS}.OperationalInsights/workspaces/log-bank",
        "logs": [{"category": name, "enabled": True} for name in categories]})  # fmt: skip


def _flows(stream: str, query: str, **sources: object) -> Given:
    """Returns a collection rule that transforms what it collects."""
    return az("monitor:DataCollectionRule", {
        **HERE, "dataCollectionRuleName": "dcr", "dataSources": sources,
        "destinations": {"logAnalytics": [{
            "name": "logs", "workspaceResourceId": f"{OURS}.OperationalInsights/workspaces/log-bank"}]},
        "dataFlows": [{"streams": [stream], "destinations": ["logs"], "transformKql": query}]})  # fmt: skip


def _job(**properties: object) -> Given:
    """Returns a job of Machine Learning."""
    return az("machinelearningservices:Job", {**PARENT, "id": "train", "properties": {
        "displayName": "train", "tags": TAGS, "identity": {"identityType": "Managed"}, **properties}})  # fmt: skip


STEP = {"jobType": "Command", "command": "python train.py", "environmentId": "azureml:curated:3"}
SYSLOG = {"syslog": [{"name": "auth", "streams": ["Microsoft-Syslog"], "facilityNames": ["auth", "authpriv"],
                      "logLevels": ["*"]}]}  # fmt: skip

ATTACKS = (
    Attack("somebody of no stated kind reads and deletes each key of the vaults", ROLE, (
        _assigned("00482a5a-887f-4fb3-b363-3b7fe8e74483", "keys"),), "critical", "the SDK sends the type User"),
    Attack("somebody of no stated kind runs commands in each machine", ROLE, (
        _assigned("9980e02c-c2be-4d73-94e8-173b1dc7cf3c", "machines"),), "critical", "the SDK sends the type User"),
    Attack("a group is administrator of each namespace of each cluster", ROLE, (
        _assigned("3498e952-d568-435e-9b2c-8d77e338d7f7", "pods", principalType="Group"),), "major",
        "it reads the secrets of each namespace"),
    Attack("a pipeline buys savings plans without a ceiling", ROLE, (
        _assigned("3d24a3a0-c154-4f6f-a5ed-adc8e01ddb74", "plans", scope=SUB, principalType="ServicePrincipal"),),
        "major", "what it orders is charged for years"),
    Attack("a group buys reservations from a group of resources", ROLE, (
        _assigned("F7B75C60-3036-4B75-91C3-6B41C27C1689", "orders", principalType="Group"),), "major",
        "what it orders is charged for years"),
    Attack("a gateway of APIs changes all of the platform", ROLE, _holds("apimanagement:ApiManagementService", {
        "serviceName": "apim-bank", "publisherEmail": "api@example.ae", "publisherName": "Bank",
        "sku": {"name": "Premium", "capacity": 1}}), "critical", "who writes a policy has its rights"),
    Attack("an endpoint of models changes all of the platform", ROLE, _holds("machinelearningservices:OnlineEndpoint", {
        "workspaceName": "mlw-bank", "endpointName": "score", "properties": {
            "authMode": "AADToken", "publicNetworkAccess": "Disabled"}}), "critical",
        "whoever makes a model run something has its rights"),
    Attack("a role of a group sets which records are kept", ("FJ-IDN-214",), (
        _custom("Microsoft.Insights/diagnosticSettings/*", "*/read"),), "major", "an attacker first ends what records"),
    Attack("a role of a group replaces settings of records", ("FJ-IDN-214",), (
        _custom("Microsoft.Insights/diagnosticSettings/write", "Microsoft.Insights/alertRules/*"),), "major",
        "a setting without logs takes the place of the one with them"),
    Attack("each pod of a namespace of its own is the identity of payments", ("FJ-IDN-209",), (
        az("managedidentity:FederatedIdentityCredential", {
            **RG, "resourceName": "id-payments", "federatedIdentityCredentialResourceName": "payments",
            "issuer": OUR_CLUSTER, "subject": "system:serviceaccount:payments:default",
            "audiences": ["api://AzureADTokenExchange"]}),), "major", "a pod that names no account has this one"),
    Attack("each pod of a namespace has the role of payments on AWS too", ("FJ-IDN-105",), (role(
        {"Federated": f"arn:aws:iam::{ME}:oidc-provider/{EKS}"}, {"StringEquals": {
            f"{EKS}:aud": "sts.amazonaws.com", f"{EKS}:sub": "system:serviceaccount:payments:default"}},
        "sts:AssumeRoleWithWebIdentity"),), "major", "a pod that names no account has this one"),
    Attack("a policy of the bank leaves out where the stack is", ("FJ-EXP-127",), (
        az("authorization:PolicyAssignment", {
            "scope": "/providers/Microsoft.Management/managementGroups/bank", "policyAssignmentName": "baseline",
            "enforcementMode": "Default", "notScopes": [
                "/providers/Microsoft.Management/managementGroups/sandbox", SUB.upper().replace("/S", "/s")],
            "policyDefinitionId": "/providers/Microsoft.Authorization/policyDefinitions/"
                                  "e56962a6-4747-49cd-b67b-bf8b01975c4c"}, provider=OUR_PROVIDER),), "major",
        "no policy of the set holds there"),
    Attack("a standard of Defender leaves out where the stack is", ("FJ-EXP-127",), (
        az("security:StandardAssignment", {
            "resourceId": "providers/Microsoft.Management/managementGroups/bank", "standardAssignmentName": "mcsb",
            "assignedStandard": {"id": "/providers/Microsoft.Security/securityStandards/"
                                       "1f3afdf9-d0c9-4c3d-847f-89da613e70a8"},
            "excludedScopes": [f"{SUB}/"], "effect": "Audit"}, provider=OUR_PROVIDER),), "major",
        "nobody hears of what the standard finds there"),
    Attack("who takes files of a share is not recorded", RECORDS, (
        _collects("Storage/storageAccounts/stbank/fileServices/default", "StorageWrite", "StorageDelete"),), "major",
        "whoever takes all files leaves no record"),
    Attack("who deletes blobs of an account of the plan is not recorded", RECORDS, (
        az("storage:BlobServiceProperties", {
            **RG, "accountName": "stbank", "blobServicesName": "default",
            "deleteRetentionPolicy": {"enabled": True, "days": 30}}, "blobs"),
        az("monitor:DiagnosticSetting", {
            "resourceUri": UNKNOWN, "name": "logs", "workspaceId": f"{OURS}.OperationalInsights/workspaces/log-bank",
            "logs": [{"category": "StorageRead", "enabled": True}]}, links={"resourceUri": ("blobs",)}),), "major",
        "whoever deletes all blobs leaves no record"),
    Attack("who asks a model what is not recorded", RECORDS, (
        _collects("CognitiveServices/accounts/ai-bank", "Trace"),), "major", "calls and keys that were listed"),
    Attack("who changes settings of apps is not recorded", RECORDS, (
        _collects("AppConfiguration/configurationStores/appcs-bank", "Other"),), "major", "no request is recorded"),
    Attack("who reads rows of customers is not recorded", RECORDS, (
        _collects("DocumentDB/databaseAccounts/cosmos-bank", "PartitionKeyStatistics"),), "major",
        "no request is recorded"),
    Attack("who signs in to a database of accounts is not recorded", RECORDS, (
        _collects("DBforPostgreSQL/flexibleServers/psql-bank", "PostgreSQLFlexQueryStoreRuntime"),), "major",
        "no session is recorded"),
    Attack("who calls APIs is not recorded", RECORDS, (
        _collects("ApiManagement/service/apim-bank", "WebSocketConnectionLogs"),), "major", "no call is recorded"),
    Attack("commands of administrators are recorded without their text", RECORDS, (
        _flows("Microsoft-Syslog", "source | project-away SyslogMessage", **SYSLOG),), "major",
        "the message is all that says who did what"),
    Attack("the directory's records lose who did it", RECORDS, (
        _flows("Microsoft-Table-AuditLogs", "source\n| where Result == 'success'\n| project-keep TimeGenerated, "
               "OperationName"),), "major", "nobody sees who made himself administrator"),
    Attack("a sweep starts hundreds of trials at once", MONEY, (_job(
        jobType="Sweep", objective={"goal": "Maximize", "primaryMetric": "auc"}, searchSpace={"lr": [0.1]},
        samplingAlgorithm={"samplingAlgorithmType": "Random"},
        trial={key: value for key, value in STEP.items() if key != "jobType"},
        limits={"jobLimitsType": "Sweep", "maxConcurrentTrials": 400, "maxTotalTrials": 4000}),), "major",
        "each trial has machines of its own"),
    Attack("a step of a pipeline trains on hundreds of machines", MONEY, (_job(
        jobType="Pipeline", jobs={"train": {**STEP, "resources": {"instanceCount": 300}}}),), "major",
        "without a compute the workspace starts machines for it"),
    Attack("each night a job trains on thirty-two machines with GPUs", MONEY, (
        az("machinelearningservices:Schedule", {**PARENT, "name": "nightly", "properties": {
            "trigger": {"triggerType": "Recurrence", "frequency": "Day", "interval": 1},
            "action": {"actionType": "CreateJob", "jobDefinition": {**STEP, "resources": {
                "instanceType": "Standard_NC96ads_A100_v4", "instanceCount": 32}}}}}),), "major",
        "without a compute the workspace starts machines for it"),
    Attack("a model of anywhere answers a hundred million tokens a minute", MONEY, (
        az("cognitiveservices:Deployment", {
            **RG, "accountName": "ai-bank", "deploymentName": "chat", "tags": TAGS,
            "sku": {"name": "DataZoneStandard", "capacity": 100000},
            "properties": {"model": {"format": "OpenAI", "name": "gpt-4o", "version": "2024-11-20"}}}),), "major",
        "each token is charged"),
)  # fmt: skip
"""Attacks with the rules that should refuse them."""
