"""Good idioms of platform teams on Azure that come close to what the twenty-first set of attacks does (2026-12-01)."""

from ..blind import GROUP, SUB, az
from ..harness import Given
from . import Idiom, unpriced
from .fourth import HERE, LEARN, OURS, RG
from .twelfth_azure_platform import OWN

POLICIES = "/providers/Microsoft.Authorization"
ROLES = f"{POLICIES}/roleDefinitions"
SOMEBODY = "22222222-3333-4444-5555-666666666666"
IMAGE = f"{OURS}.MachineLearningServices/workspaces/ml-bank/environments/train/versions/3"
COMPUTE = f"{OURS}.MachineLearningServices/workspaces/ml-bank/computes/train"
SIGNED_IN = (
    '<validate-azure-ad-token tenant-id="00000000-1111-2222-3333-444444444444"><client-application-ids><application-id>'
    "33333333-4444-5555-6666-777777777777</application-id></client-application-ids><audiences><audience>api://ledger"
    "</audience></audiences></validate-azure-ad-token>"
)
REST = "<backend><base /></backend><outbound>{}</outbound><on-error><base /></on-error></policies>"


def _api(inbound: str, outbound: str = "<base />", kind: str = "ApiPolicy", **more: object) -> Given:
    scope = more or {"apiId": "ledger"}
    return az(f"apimanagement:{kind}", {
        **RG, "serviceName": "apim-bank", "policyId": "policy", "format": "rawxml", **scope,
        "value": f"<policies><inbound>{inbound}</inbound>{REST.format(outbound)}"},
        f"{kind}-{len(inbound)}")  # fmt: skip


def _assigned(role: str, name: str, kind: str, scope: str = GROUP, **more: object) -> Given:
    return az("authorization:RoleAssignment", {
        "scope": scope, "roleDefinitionId": f"{SUB}{ROLES}/{role}", "principalId": SOMEBODY, "principalType": kind,
        **more}, name)  # fmt: skip


IDIOMS = (
    Idiom("a team keeps its own vault, and puts one identity on its machines", (
        _assigned("8b54135c-b56d-4d72-a534-26097cfdc8d8", "vault", "Group", f"{OURS}.KeyVault/vaults/kv-ledger"),
        _assigned("f1a07417-d97a-45cb-824c-7a7467783830", "identity", "Group",
                  f"{OURS}.ManagedIdentity/userAssignedIdentities/id-ledger"),
        _assigned("f1a07417-d97a-45cb-824c-7a7467783830", "cluster", "ServicePrincipal"),
        _assigned("8b54135c-b56d-4d72-a534-26097cfdc8d8", "deployment", "ServicePrincipal", condition=(
            "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request["
            "Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals "
            "{4633458b-17de-408a-b874-0445c86b69e6}))"), conditionVersion="2.0")),
        f"{LEARN}/role-based-access-control/built-in-roles/identity"),
    Idiom("a pipeline deploys databases, and copies them before a change", (az("authorization:RoleDefinition", {
        "scope": GROUP, "roleName": "Deployment of databases", "roleType": "CustomRole", "assignableScopes": [GROUP],
        "permissions": [{"notActions": [], "actions": [
            "Microsoft.Sql/servers/read", "Microsoft.Sql/servers/databases/*",
            "Microsoft.Storage/storageAccounts/read"]}]}, "pipeline"),
        az("authorization:RoleDefinition", {
            "scope": GROUP, "roleName": "Backup operators", "roleType": "CustomRole", "assignableScopes": [GROUP],
            "permissions": [{"notActions": [], "actions": [
                "Microsoft.RecoveryServices/vaults/read", "Microsoft.RecoveryServices/vaults/backupJobs/*",
                "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/read",
                "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/write",
                "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/backup/action"]}]},
            "operators")),
        f"{LEARN}/azure-sql/database/database-export"),
    Idiom("the benchmark leaves out what the bank does not use", (az("authorization:PolicyAssignment", {
        "scope": SUB, "policyAssignmentName": "benchmark", "enforcementMode": "Default",
        "policyDefinitionId": f"{POLICIES}/policySetDefinitions/1f3afdf9-d0c9-4c3d-847f-89da613e70a8",
        "parameters": {"cosmosDbPublicNetworkAccessEffect": {"value": "Disabled"},
                       "identityEnableMFAForOwnerPermissionsMonitoringEffect": {"value": "AuditIfNotExists"},
                       "secureTransferToStorageAccountMonitoringEffect": {"value": "Deny"}}}, "benchmark"),),
        f"{LEARN}/governance/policy/samples/azure-security-benchmark"),
    Idiom("a policy of a management group refuses privileged pods", (
        az("authorization:PolicyDefinitionAtManagementGroup", {
            "managementGroupId": "mg-platform", "policyDefinitionName": "no-privilege", "policyType": "Custom",
            "displayName": "No privileged containers", "mode": "Microsoft.Kubernetes.Data", "policyRule": {
                "if": {"field": "type", "in": ["Microsoft.ContainerService/managedClusters"]},
                "then": {"effect": "deny", "details": {"templateInfo": {
                    "sourceType": "Base64Encoded", "content": "YXBpVmVyc2lvbjogdGVtcGxhdGVz"},
                    "apiGroups": [""], "kinds": ["Pod"], "excludedNamespaces": ["kube-system"]}}}}),),
        f"{LEARN}/governance/policy/concepts/policy-for-kubernetes"),
    Idiom("Defender leaves out machines that a vendor scans", (az("security:Pricing", {
        "scopeId": SUB[1:], "pricingName": "CloudPosture", "pricingTier": "Standard", "extensions": [
            {"name": "AgentlessVmScanning", "isEnabled": "True", "additionalExtensionProperties": {
                "ExclusionTags": '[{"key":"defender-agentless","value":"excluded"}]'}},
            {"name": "SensitiveDataDiscovery", "isEnabled": "True"}]}, "posture"),
        az("security:Pricing", {
            "scopeId": SUB[1:], "pricingName": "VirtualMachines", "pricingTier": "Standard", "subPlan": "P2",
            "extensions": [{"name": "AgentlessVmScanning", "isEnabled": "True", "additionalExtensionProperties": {
                "ExclusionTags": "[]"}}]}, "machines")),
        f"{LEARN}/defender-for-cloud/enable-agentless-scanning-vms"),
    Idiom("agents keep conversations, files and vectors in stores of the bank", (
        az("cognitiveservices:ProjectCapabilityHost", {
            **RG, "accountName": "ai-bank", "projectName": "claims", "capabilityHostName": "agents",
            "projectCapabilityHostProperties": {
                "aiServicesConnections": ["models"], "storageConnections": ["files"],
                "threadStorageConnections": ["conversations"], "vectorStoreConnections": ["search"]}}),),
        f"{LEARN}/ai-foundry/agents/concepts/standard-agent-setup", OWN),
    Idiom("a job of learning has much shared memory, and its notebook opens for who started it", (
        az("machinelearningservices:Job", {
            **RG, "workspaceName": "ml-bank", "id": "nightly", "properties": {
                "jobType": "Command", "command": "python train.py", "environmentId": IMAGE, "computeId": COMPUTE,
                "limits": {"jobLimitsType": "Command", "timeout": "PT4H"}, "identity": {"identityType": "Managed"},
                "resources": {"instanceCount": 2, "shmSize": "16g", "dockerArgs":
                              "--ipc=host --shm-size 16g --ulimit memlock=-1 --ulimit stack=67108864 --gpus all"},
                "services": {"notebook": {"jobServiceType": "JupyterLab"},
                             "board": {"jobServiceType": "TensorBoard", "properties": {"logDir": "./logs"}}}}}),),
        f"{LEARN}/machine-learning/how-to-interactive-jobs",
        unpriced("azure-native:machinelearningservices:Job::it")),
    Idiom("of cron and the kernel only errors are kept, of sign-ins everything", (az("monitor:DataCollectionRule", {
        **HERE, "dataCollectionRuleName": "dcr-linux", "kind": "Linux", "dataSources": {"syslog": [
            {"name": "sign-ins", "streams": ["Microsoft-Syslog"], "facilityNames": ["auth", "authpriv"],
             "logLevels": ["*"]},
            {"name": "rest", "streams": ["Microsoft-Syslog"], "facilityNames": ["kern", "cron", "daemon"],
             "logLevels": ["Critical", "Alert", "Emergency"]}]},
        "destinations": {"logAnalytics": [{
            "name": "law", "workspaceResourceId": f"{OURS}.OperationalInsights/workspaces/log-bank"}]},
        "dataFlows": [{"streams": ["Microsoft-Syslog"], "destinations": ["law"]}]}),),
        f"{LEARN}/azure-monitor/agents/data-collection-syslog", OWN),
    Idiom("somebody is called before the vault is full, and when much is read", (
        az("monitor:ActionGroup", {
            **HERE, "location": "global", "actionGroupName": "ag-owners", "groupShortName": "owners", "enabled": True,
            "emailReceivers": [], "armRoleReceivers": [{
                "name": "owners", "roleId": "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "useCommonAlertSchema": True}]},
            "owners"),
        az("monitor:MetricAlert", {
            **HERE, "location": "global", "ruleName": "full", "severity": 1, "enabled": True, "windowSize": "PT5M",
            "scopes": [f"{OURS}.KeyVault/vaults/kv-bank"], "evaluationFrequency": "PT1M", "criteria": {
                "odataType": "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria", "allOf": [
                    {"criterionType": "StaticThresholdCriterion", "name": "full", "metricName": "SaturationShoebox",
                     "operator": "GreaterThan", "threshold": 75, "timeAggregation": "Average"}]},
            "actions": [{"actionGroupId": f"{OURS}.Insights/actionGroups/ag-owners"}]}, "full"),
        az("monitor:MetricAlert", {
            **HERE, "location": "global", "ruleName": "egress", "severity": 2, "enabled": True, "windowSize": "PT1H",
            "scopes": [f"{OURS}.Storage/storageAccounts/stledger"], "evaluationFrequency": "PT15M", "criteria": {
                "odataType": "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria", "allOf": [
                    {"criterionType": "StaticThresholdCriterion", "name": "egress", "metricName": "Egress",
                     "operator": "GreaterThan", "threshold": 50000000000, "timeAggregation": "Total"},
                    {"criterionType": "StaticThresholdCriterion", "name": "up", "metricName": "Availability",
                     "operator": "LessThan", "threshold": 100, "timeAggregation": "Average"}]},
            "actions": [{"actionGroupId": f"{OURS}.Insights/actionGroups/ag-owners"}]}, "egress")),
        f"{LEARN}/key-vault/general/alert", OWN),
    Idiom("meters of one kind talk to the broker, and it is heard when no meter does", (
        az("eventgrid:ClientGroup", {
            **RG, "namespaceName": "eg-bank", "clientGroupName": "meters",
            "query": "attributes.type IN ['meter', 'gateway'] AND attributes.state <> 'lost'"}, "meters"),
        az("alertsmanagement:PrometheusRuleGroup", {
            **HERE, "ruleGroupName": "meters", "enabled": True, "interval": "PT1M",
            "scopes": [f"{OURS}.Monitor/accounts/amw-bank"], "rules": [
                {"record": "meters:seen", "enabled": True, "expression": "vector(1)"},
                {"alert": "NoMeter", "enabled": True, "severity": 1, "expression": "sum(meters_up) < 1", "for": "PT5M",
                 "actions": [{"actionGroupId": f"{OURS}.Insights/actionGroups/ag-owners"}]}]}, "alerts")),
        f"{LEARN}/event-grid/mqtt-client-groups", OWN),
    Idiom("an API checks tokens by itself, and keeps answers by user", (
        _api(SIGNED_IN + '<set-header name="x-channel" exists-action="override"><value>mobile</value></set-header>'),
        _api('<base /><authentication-managed-identity resource="api://ledger" output-token-variable-name="token" />'
             '<set-header name="Authorization" exists-action="override"><value>@("Bearer " + (string)context.Variables['
             '"token"])</value></set-header>',
             '<base /><send-one-way-request mode="new"><set-url>https://audit.bank.ae/calls</set-url><set-method>POST'
             '</set-method><set-header name="Authorization" exists-action="override"><value>@("Bearer " + (string)'
             'context.Variables["token"])</value></set-header></send-one-way-request>', apiId="audit"),
        _api('<base /><trace source="api"><message>@(context.Request.Headers.GetValueOrDefault("Authorization", "").'
             'AsJwt()?.Subject)</message><metadata name="key" value="@(context.Subscription.Id)" /></trace>',
             apiId="traced"),
        _api('<base /><llm-semantic-cache-lookup score-threshold="0.05" embeddings-backend-id="embeddings" embeddings-'
             'backend-auth="system-assigned"><vary-by>@(context.Subscription.Id)</vary-by></llm-semantic-cache-lookup>',
             '<llm-semantic-cache-store duration="60" /><base />', apiId="models"),
        _api('<base /><cache-lookup-value key="@(&quot;profile-&quot; + context.User.Id)" variable-name="profile" />',
             '<base /><cache-store-value key="@(&quot;profile-&quot; + context.User.Id)" value="@(context.Response.'
             'Body.As&lt;string&gt;(true))" duration="60" />', apiId="profile"),
        _api('<base /><send-request mode="new" response-variable-name="answer"><set-url>https://login.bank.ae/token'
             '</set-url><set-method>POST</set-method></send-request><cache-store-value key="ledger-token" value="@('
             '((IResponse)context.Variables["answer"]).Body.As&lt;string&gt;())" duration="600" />', apiId="token")),
        f"{LEARN}/api-management/set-edit-policies", {"residency": {"known": {"bank.ae": "our own domain"}}}),
)  # fmt: skip
"""Programs that must pass, with where they come from."""
