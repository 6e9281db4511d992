"""Good idioms of platform teams on Azure that come close to what the twenty-second set of attacks does (2026-12-01)."""

from ..blind import GROUP, SUB, TAGS, az
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .fourth import HERE, LEARN, OURS, RG
from .twelfth_azure_platform import OWN

ROLES = "/providers/Microsoft.Authorization/roleDefinitions"
SOMEBODY = "22222222-3333-4444-5555-666666666666"
TENANT = "00000000-1111-2222-3333-444444444444"
REST = "<backend><base /></backend><outbound>{}</outbound><on-error><base /></on-error></policies>"
WRITER = "a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb"
CLUSTER = f"{OURS}.ContainerService/managedClusters/aks-bank"
ASSIGNED = {"identity": {"type": "UserAssigned", "userAssignedIdentities": [f"{OURS}.ManagedIdentity/ids/score"]}}


def _assigned(role: str, name: str, scope: str, **more: object) -> Given:
    return az("authorization:RoleAssignment", {
        "scope": scope, "roleDefinitionId": f"{SUB}{ROLES}/{role}", "principalId": SOMEBODY, **more}, name)  # fmt: skip


def _policy(name: str, inbound: str, outbound: str = "<base />") -> Given:
    return az("apimanagement:ApiPolicy", {
        **RG, "serviceName": "apim-bank", "policyId": "policy", "format": "rawxml", "apiId": name,
        "value": f"<policies><inbound>{inbound}</inbound>{REST.format(outbound)}"}, name)  # fmt: skip


def _logs(name: str, resource: object, *categories: str, **more: object) -> Given:
    return az("monitor:DiagnosticSetting", {
        "resourceUri": resource, "name": name, "workspaceId": f"{OURS}.OperationalInsights/workspaces/log-bank",
        "logs": [{"category": item, "enabled": True} for item in categories]}, name, **more)  # fmt: skip


def _flows(name: str, stream: str, query: str, **sources: object) -> Given:
    return az("monitor:DataCollectionRule", {
        **HERE, "dataCollectionRuleName": name, "dataSources": sources, "destinations": {"logAnalytics": [{
            "name": "law", "workspaceResourceId": f"{OURS}.OperationalInsights/workspaces/log-bank"}]},
        "dataFlows": [{"streams": [stream], "destinations": ["law"], "transformKql": query}]}, name)  # fmt: skip


IDIOMS = (
    Idiom("developers work in their namespace, and a pipeline in the cluster", (
        _assigned(WRITER, "namespace", f"{CLUSTER}/namespaces/ledger", principalType="Group"),
        _assigned(WRITER, "cluster", CLUSTER, principalType="Group"),
        _assigned(WRITER, "pipeline", GROUP, principalType="ServicePrincipal"),
        _assigned("43d0d8ad-25c7-4714-9337-8ba259a9fe05", "watchers", GROUP)),
        f"{LEARN}/aks/manage-azure-rbac"),
    Idiom("those who buy reservations activate the role", (
        az("authorization:PimRoleEligibilitySchedule", {
            "scope": SUB, "roleDefinitionId": f"{SUB}{ROLES}/f7b75c60-3036-4b75-91c3-6b41c27c1689",
            "principalId": SOMEBODY, "justification": "finance approves each order",
            "scheduleInfo": {"startDateTime": "2026-12-01T00:00:00Z", "expiration": {
                "type": "AfterDuration", "duration": "P180D"}}}, "buyers"),),
        f"{LEARN}/cost-management-billing/reservations/manage-reserved-vm-instance"),
    Idiom("an agent reads the models' account and an endpoint its models", (
        az("cognitiveservices:Project", {
            **HERE, "accountName": "ai-bank", "projectName": "assistant", "identity": {"type": "SystemAssigned"},
            "properties": {"displayName": "Assistant"}}, "assistant"),
        az("authorization:RoleAssignment", {
            "scope": f"{OURS}.CognitiveServices/accounts/ai-bank", "principalId": UNKNOWN,
            "roleDefinitionId": f"{SUB}{ROLES}/5e0bd9bd-7b93-4f28-af87-19fc36ad61bd",
            "principalType": "ServicePrincipal"}, "user", links={"principalId": ("assistant",)})),
        f"{LEARN}/ai-foundry/concepts/rbac-azure-ai-foundry",
        unpriced("azure-native:cognitiveservices:Project::assistant")),
    Idiom("a role deploys accounts with their records, and another one watches", (
        az("authorization:RoleDefinition", {
            "scope": GROUP, "roleName": "Deployment of accounts", "roleType": "CustomRole", "assignableScopes": [GROUP],
            "permissions": [{"notActions": [], "actions": [
                "Microsoft.CognitiveServices/accounts/write", "Microsoft.CognitiveServices/accounts/read",
                "Microsoft.Insights/diagnosticSettings/write", "Microsoft.Insights/diagnosticSettings/read"]}]},
            "deployer"),
        az("authorization:RoleDefinition", {
            "scope": GROUP, "roleName": "Watchers", "roleType": "CustomRole", "assignableScopes": [GROUP],
            "permissions": [{"notActions": [], "actions": [
                "Microsoft.Insights/metricAlerts/*", "Microsoft.Insights/diagnosticSettings/read",
                "Microsoft.AlertsManagement/alerts/*", "Microsoft.Insights/metrics/read"]}]}, "watcher")),
        f"{LEARN}/role-based-access-control/custom-roles"),
    Idiom("a service account of its own is an identity", (az("managedidentity:FederatedIdentityCredential", {
        **RG, "resourceName": "id-ledger", "federatedIdentityCredentialResourceName": "ledger",
        "issuer": f"https://uaenorth.oic.prod-aks.azure.com/{TENANT}/11111111-7777-6666-5555-444444444444/",
        "subject": "system:serviceaccount:default:default-editor", "audiences": ["api://AzureADTokenExchange"]}),),
        f"{LEARN}/aks/workload-identity-overview", OWN),
    Idiom("a policy leaves out the sandbox, and a group of the stack's subscription", (
        az("authorization:PolicyAssignment", {
            "scope": "/providers/Microsoft.Management/managementGroups/bank", "policyAssignmentName": "baseline",
            "enforcementMode": "Default", "notScopes": [
                "/providers/Microsoft.Management/managementGroups/sandbox", f"{SUB}/resourceGroups/rg-lab"],
            "policyDefinitionId": "/providers/Microsoft.Authorization/policySetDefinitions/"
                                  "1f3afdf9-d0c9-4c3d-847f-89da613e70a8"}, "baseline",
            provider={"subscriptionId": SUB.rpartition("/")[2]}),),
        f"{LEARN}/governance/policy/concepts/assignment-structure"),
    Idiom("a gateway gets one secret, and calls models as itself", (
        _policy("cards", '<base /><send-request mode="new" response-variable-name="key" timeout="10" '
                'ignore-error="false"><set-url>https://kv-bank.vault.azure.net/secrets/cards?api-version=7.4</set-url>'
                '<set-method>GET</set-method><authentication-managed-identity resource="https://vault.azure.net" />'
                '</send-request><set-header name="x-partner-key" exists-action="override"><value>@((string)'
                '((IResponse)context.Variables["key"]).Body.As&lt;JObject&gt;()["value"])</value></set-header>'),
        _policy("models", '<base /><set-backend-service backend-id="models" /><authentication-managed-identity '
                'resource="https://cognitiveservices.azure.com" output-token-variable-name="token" /><set-header '
                'name="Authorization" exists-action="override"><value>@("Bearer " + (string)context.Variables["token"])'
                "</value></set-header>")),
        f"{LEARN}/api-management/authentication-managed-identity-policy",
        {"residency": {"known": {"kv-bank.vault.azure.net": "the vault of the platform in uaenorth"}}}),
    Idiom("records of calls have the number of a payment, its size and the tokens of a model", (
        _policy("payments", '<base /><log-to-eventhub logger-id="records">@{ var body = context.Request.Body.As&lt;'
                'JObject&gt;(preserveContent: true); return new JObject(new JProperty("id", body["paymentId"]), '
                'new JProperty("api", context.Api.Id)).ToString(); }</log-to-eventhub>',
                '<base /><trace source="models" severity="information"><message>@{ return (string)JObject.Parse('
                'context.Response.Body.As&lt;string&gt;(preserveContent: true))["usage"]["total_tokens"]; }</message>'
                "</trace>"),),
        f"{LEARN}/api-management/log-to-eventhub-policy", OWN),
    Idiom("a token of the tenant that is made out to the flow starts it, which also looks each half minute", (
        az("logic:Workflow", {
            **HERE, "workflowName": "pay", "state": "Enabled", "identity": {"type": "SystemAssigned"},
            "accessControl": {
                "triggers": {"allowedCallerIpAddresses": [{"addressRange": "10.20.0.0/16"}],
                             "openAuthenticationPolicies": {"policies": {"staff": {"type": "AAD", "claims": [
                                 {"name": "iss", "value": f"https://sts.windows.net/{TENANT}/"},
                                 {"name": "aud", "value": "https://management.core.windows.net/"}]}}}},
                "contents": {"allowedCallerIpAddresses": [{"addressRange": "10.20.0.0/16"}]}},
            "definition": {
                "$schema": "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/"
                           "workflowdefinition.json#",
                "contentVersion": "1.0.0.0", "triggers": {
                    "request": {"type": "Request", "kind": "Http", "inputs": {"schema": {}}},
                    "poll": {"type": "Recurrence", "recurrence": {"frequency": "Second", "interval": 30}}},
                "actions": {"note": {"type": "Compose", "runAfter": {}, "inputs": "@utcNow()"}}}}, "pay"),),
        f"{LEARN}/logic-apps/logic-apps-securing-a-logic-app",
        {"identity": {"trusted": {TENANT: "the tenant of the bank"}}}),
    Idiom("a flow signs in with a secret, and answers with what it was told", (
        az("logic:Workflow", {
            **HERE, "workflowName": "rates", "state": "Enabled", "identity": {"type": "SystemAssigned"},
            "accessControl": {
                "triggers": {"allowedCallerIpAddresses": [{"addressRange": "10.20.0.0/16"}]},
                "contents": {"allowedCallerIpAddresses": [{"addressRange": "10.20.0.0/16"}]}},
            "definition": {
                "$schema": "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/"
                           "workflowdefinition.json#",
                "contentVersion": "1.0.0.0",
                "triggers": {"request": {"type": "Request", "kind": "Http", "inputs": {"schema": {}}}},
                "actions": {
                    "key": {
                        "type": "ApiConnection", "runAfter": {}, "inputs": {
                            "host": {"connection": {"name": "@parameters('$connections')['keyvault']['connectionId']"}},
                            "method": "get", "path": "/secrets/@{encodeURIComponent('rates')}/value"},
                        "runtimeConfiguration": {"secureData": {"properties": ["outputs"]}}},
                    "ask": {
                        "type": "Http", "runAfter": {"key": ["Succeeded"]}, "inputs": {
                            "method": "GET", "uri": "https://rates.core.internal/today", "headers": {
                                "x-key": "@{body('key')?['value']}"}},
                        "runtimeConfiguration": {"secureData": {"properties": ["inputs"]}}},
                    "answer": {"type": "Response", "kind": "Http", "runAfter": {"ask": ["Succeeded"]}, "inputs": {
                        "statusCode": 200, "body": "@body('ask')"}}}}}, "rates"),),
        f"{LEARN}/logic-apps/logic-apps-securing-a-logic-app", OWN),
    Idiom("records of blobs, models and registries are collected by two settings", (
        _logs("reads", f"{OURS}.Storage/storageAccounts/stbank/blobServices/default", "StorageRead"),
        _logs("changes", f"{OURS}.Storage/storageAccounts/stbank/blobServices/default", "StorageWrite",
              "StorageDelete"),
        _logs("models", f"{OURS}.CognitiveServices/accounts/ai-bank", "Audit", "AzureOpenAIRequestUsage"),
        _logs("images", f"{OURS}.ContainerRegistry/registries/crbank", "ContainerRegistryLoginEvents"),
        _logs("search", f"{OURS}.Search/searchServices/srch-bank", "OperationLogs")),
        f"{LEARN}/storage/blobs/monitor-blob-storage"),
    Idiom("records of sign-ins lose what is large, and messages are taken apart", (
        _flows("windows", "Microsoft-SecurityEvent", "source | where EventID != 4658 | project-away EventData",
               windowsEventLogs=[{"name": "security", "streams": ["Microsoft-SecurityEvent"],
                                  "xPathQueries": ["Security!*[System[(EventID=4624 or EventID=4625)]]"]}]),
        _flows("linux", "Microsoft-Syslog", "source | parse SyslogMessage with 'session opened for user ' Who "
               "| project TimeGenerated, Computer, Who",
               syslog=[{"name": "auth", "streams": ["Microsoft-Syslog"], "facilityNames": ["auth", "authpriv"],
                        "logLevels": ["*"]}])),
        f"{LEARN}/azure-monitor/data-collection/data-collection-transformations", OWN),
    Idiom("a job trains on eight machines with GPUs, a sweep tries four at once", (
        az("machinelearningservices:Job", {
            **RG, "workspaceName": "ml-bank", "id": "train", "properties": {
                "jobType": "Command", "command": "python train.py", "displayName": "train", "tags": TAGS,
                "environmentId": f"{OURS}.MachineLearningServices/workspaces/ml-bank/environments/train/versions/3",
                "identity": {"identityType": "Managed"}, "limits": {"jobLimitsType": "Command", "timeout": "PT12H"},
                "resources": {"instanceType": "Standard_ND96isr_H100_v5", "instanceCount": 8}}}, "train"),
        az("machinelearningservices:Job", {
            **RG, "workspaceName": "ml-bank", "id": "sweep", "properties": {
                "jobType": "Sweep", "displayName": "sweep", "tags": TAGS, "identity": {"identityType": "Managed"},
                "objective": {"goal": "Maximize", "primaryMetric": "auc"}, "searchSpace": {"lr": [0.1]},
                "samplingAlgorithm": {"samplingAlgorithmType": "Random"},
                "limits": {"jobLimitsType": "Sweep", "maxConcurrentTrials": 4, "maxTotalTrials": 200,
                           "timeout": "PT12H"},
                "trial": {"command": "python train.py", "environmentId":
                          f"{OURS}.MachineLearningServices/workspaces/ml-bank/environments/train/versions/3",
                          "resources": {"instanceType": "Standard_D16s_v5", "instanceCount": 4}}}}, "sweep")),
        f"{LEARN}/machine-learning/how-to-use-serverless-compute",
        unpriced("azure-native:machinelearningservices:Job::train", "azure-native:machinelearningservices:Job::sweep")),
    Idiom("a model answers a million tokens a minute, and an alarm looks back an hour", (
        az("cognitiveservices:Deployment", {
            **RG, "accountName": "ai-bank", "deploymentName": "chat", "tags": TAGS,
            "sku": {"name": "Standard", "capacity": 1000},
            "properties": {"model": {"format": "OpenAI", "name": "gpt-4o", "version": "2024-11-20"},
                           "raiPolicyName": "Microsoft.DefaultV2",
                           "versionUpgradeOption": "OnceNewDefaultVersionAvailable"}},
            "chat"),
        az("securityinsights:ScheduledAlertRule", {
            **RG, "workspaceName": "log-bank", "ruleId": "55555555-4444-3333-2222-111111111111", "kind": "Scheduled",
            "displayName": "Owners", "enabled": True, "severity": "High", "queryFrequency": "PT1H",
            "queryPeriod": "PT1H", "query":
                "AzureActivity | where TimeGenerated > now(-1h) and OperationNameValue has 'roleAssignments'",
            "triggerOperator": "GreaterThan", "triggerThreshold": 0, "suppressionEnabled": False,
            "suppressionDuration": "PT1H"}, "owners")),
        f"{LEARN}/ai-services/openai/how-to/quota", unpriced("azure-native:cognitiveservices:Deployment::chat")),
)  # fmt: skip
"""Plans that must pass."""
