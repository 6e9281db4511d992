"""Attacks on Azure that spell what the twenty-first set had in another way: identities, policies, AI and monitoring
(2026-12-01).

Properties by pulumi-azure-native 3.29.0; sources are those of the first spelling.
"""

from ..blind import GROUP, HERE, OURS, RG, SUB, TAGS, az
from ..harness import Given
from . import Attack
from .tenth_azure import IDN
from .twenty_first_azure_id import POLICIES, POLICY, ROLES, SOMEBODY
from .twenty_first_azure_id_ai import COMPUTE, ENC, EXP, IMAGE, RSL

SOC = [{"actionGroupId": f"{OURS}.Insights/actionGroups/ag-soc"}]
JOB = {"jobType": "Command", "command": "python train.py", "environmentId": IMAGE, "computeId": COMPUTE}


def _assigned(role: str, name: str, scope: str = GROUP, **more: object) -> tuple[Given, ...]:
    return (az("authorization:RoleAssignment", {
        "scope": scope, "roleDefinitionId": f"{ROLES}/{role}", "principalId": SOMEBODY, "principalType": "Group",
        **more}, name),)  # fmt: skip


def _role(*actions: str) -> tuple[Given, ...]:
    return (az("authorization:RoleDefinition", {
        "scope": GROUP, "roleName": "Copies", "roleType": "CustomRole", "assignableScopes": [GROUP],
        "permissions": [{"actions": list(actions), "notActions": [], "dataActions": [], "notDataActions": []}],
    }),)  # fmt: skip


def _baseline(name: str) -> tuple[Given, ...]:
    return (az("authorization:PolicyAssignment", {
        "scope": SUB, "policyAssignmentName": "baseline", "enforcementMode": "Default",
        "policyDefinitionId": f"{POLICIES}/policySetDefinitions/1f3afdf9-d0c9-4c3d-847f-89da613e70a8/",
        "parameters": {name: {"value": "disabled"}}}),)  # fmt: skip


def _mutates(kind: str, effect: object, **info: object) -> tuple[Given, ...]:
    return (az(f"authorization:{kind}", {
        "policyDefinitionName": "defaults", "displayName": "Defaults", "policyType": "Custom",
        "mode": "Microsoft.Kubernetes.Data",
        **({"managementGroupId": "mg-platform"} if kind.endswith("Group") else {}),
        "parameters": {"effect": {"type": "String", "defaultValue": "Mutate"}},
        "policyRule": {"if": {"field": "type", "equals": "Microsoft.Kubernetes/connectedClusters"},
                       "then": {"effect": effect, "details": {"mutationInfo": info}}}}),)  # fmt: skip


def _unscanned(plan: str, extension: str, tags: str) -> tuple[Given, ...]:
    return (az("security:Pricing", {
        "scopeId": SUB[1:], "pricingName": plan, "pricingTier": "Standard", "subPlan": "P2", "extensions": [
            {"name": extension, "isEnabled": "True", "additionalExtensionProperties": {"ExclusionTags": tags}}],
    }),)  # fmt: skip


def _agents(**connections: object) -> tuple[Given, ...]:
    return (az("cognitiveservices:ProjectCapabilityHost", {
        **RG, "accountName": "ai-bank", "projectName": "cards", "capabilityHostName": "agents",
        "projectCapabilityHostProperties": connections}),)  # fmt: skip


def _scheduled(**more: object) -> tuple[Given, ...]:
    return (az("machinelearningservices:Schedule", {
        **RG, "workspaceName": "ml-bank", "name": "nightly", "properties": {
            "displayName": "nightly", "isEnabled": True,
            "trigger": {"triggerType": "Cron", "expression": "0 2 * * *", "timeZone": "UTC"},
            "action": {"actionType": "CreateJob", "jobDefinition": {**JOB, **more}}}}),)  # fmt: skip


def _job(**more: object) -> tuple[Given, ...]:
    return (az("machinelearningservices:Job", {
        **RG, "workspaceName": "ml-bank", "id": "once", "properties": {**JOB, **more}}),)  # fmt: skip


def _syslog(*levels: str, facilities: tuple[str, ...] = ("*",)) -> tuple[Given, ...]:
    return (az("monitor:DataCollectionRule", {
        **HERE, "dataCollectionRuleName": "dcr-all", "kind": "Linux", "dataSources": {"syslog": [
            {"name": "kernel", "streams": ["Microsoft-Syslog"], "facilityNames": ["kern"], "logLevels": ["Info"]},
            {"name": "rest", "streams": ["Microsoft-Syslog"], "facilityNames": list(facilities),
             "logLevels": list(levels)}]},
        "destinations": {"logAnalytics": [{
            "name": "law", "workspaceResourceId": f"{OURS}.OperationalInsights/workspaces/law-bank"}]},
        "dataFlows": [{"streams": ["Microsoft-Syslog"], "destinations": ["law"]}]}),)  # fmt: skip


def _alert(metric: str, operator: str, threshold: object, aggregation: str) -> tuple[Given, ...]:
    return (az("monitor:MetricAlert", {
        **RG, "tags": TAGS, "location": "global", "ruleName": "alert", "severity": 1, "enabled": True,
        "scopes": [f"{OURS}.KeyVault/vaults/kv-bank"], "windowSize": "PT5M", "evaluationFrequency": "PT1M",
        "criteria": {"odataType": "Microsoft.Azure.Monitor.MultipleResourceMultipleMetricCriteria", "allOf": [{
            "criterionType": "StaticThresholdCriterion", "name": "m", "metricName": metric, "operator": operator,
            "threshold": threshold, "timeAggregation": aggregation}]}, "actions": SOC}),)  # fmt: skip


def _receivers(kind: str, **more: object) -> tuple[Given, ...]:
    return (az(f"monitor:{kind}", {**more, "enabled": True}),)


ATTACKS = (
    Attack("keepers of vaults of a whole group of resources, in capitals", IDN, _assigned(
        "8B54135C-B56D-4D72-A534-26097CFDC8D8", "keepers", f"{GROUP}/"), "critical"),
    Attack("a group keeps the vaults, as its description says", IDN, _assigned(
        "8b54135c-b56d-4d72-a534-26097cfdc8d8", "guests", description="operations of vaults"), "critical"),
    Attack("a group makes and trusts each identity of the platform", IDN, _assigned(
        "e40ec5ca-96e0-45a2-b4ff-59039f2c2b59", "makers"), "major"),
    Attack("a group puts each identity on machines, by a scope in capitals", IDN, _assigned(
        "f1a07417-d97a-45cb-824c-7a7467783830", "operators", SUB.replace("subscriptions", "SUBSCRIPTIONS")
        + "/resourcegroups/rg-platform"), "major"),
    Attack("readers of everything are eligible for good, as no end is named", IDN, (
        az("authorization:PimRoleEligibilitySchedule", {
            "scope": SUB, "roleDefinitionId": f"{ROLES}/acdd72a7-3385-48ef-bd42-f606fba81ae7",
            "principalId": SOMEBODY, "scheduleInfo": {"startDateTime": "2026-12-01T00:00:00Z"}}),), "minor"),
    Attack("a role exports what caches and databases of others have", IDN, _role(
        "Microsoft.Cache/redis/read", "Microsoft.Cache/redis/export/*",
        "Microsoft.DBforMySQL/flexibleServers/backupAndExport/action"), "critical"),
    Attack("a role of readers replicates blobs by a pattern", IDN, _role(
        "*/read", "Microsoft.Storage/storageAccounts/objectReplicationPolicies/*"), "critical"),
    Attack("a role of a resource group ends copies of its machines", IDN, _role(
        "Microsoft.RecoveryServices/vaults/read",
        "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/*"), "critical"),
    Attack("a role of a resource group makes blobs that must stay deletable", IDN, _role(
        "Microsoft.Storage/storageAccounts/read",
        "Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies/*"), "critical"),
    Attack("a role of a resource group keeps copies of databases for a day", IDN, _role(
        "Microsoft.Sql/servers/databases/backupShortTermRetentionPolicies/*"), "major"),
    Attack("developers bring templates of their own into a project", POLICY, (az("devcenter:Project", {
        **HERE, "projectName": "cards", "devCenterId": f"{OURS}.DevCenter/devcenters/dc-bank",
        "catalogSettings": {"catalogItemSyncTypes": ["EnvironmentDefinition"]}}),), "major"),
    Attack("every client of the broker is in a group, but one", EXP, (az("eventgrid:ClientGroup", {
        **RG, "namespaceName": "eg-bank", "clientGroupName": "meters", "query": "attributes.type <> 'none'"}),),
        "major"),
    Attack("the alert on keys compares two numbers", RSL, (az("alertsmanagement:PrometheusRuleGroup", {
        **HERE, "ruleGroupName": "keys", "enabled": True, "interval": "PT1M",
        "scopes": [f"{OURS}.Monitor/accounts/amw-bank"], "rules": [{
            "alert": "KeyErrors", "enabled": True, "severity": 1, "expression": "vector(0) > 1", "actions": SOC}]}),),
        "major"),
    Attack("the baseline does not look for second factors, in small letters", POLICY, _baseline(
        "identityEnableMFAForWritePermissionsMonitoringEffect"), "major"),
    Attack("the baseline does not look for guests who own", POLICY, _baseline(
        "identityRemoveExternalAccountWithOwnerPermissionsMonitoringEffect"), "major"),
    Attack("a policy of a management group changes pods by a document of the Internet", POLICY, _mutates(
        "PolicyDefinitionAtManagementGroup", "Mutate", sourceType="PublicURL",
        url="https://store.policy.core.windows.net/kubernetes/defaults/v1/mutation.yaml"), "critical"),
    Attack("a policy changes pods by an effect that a parameter names", POLICY, _mutates(
        "PolicyDefinition", "[parameters('effect')]", sourceType="Base64Encoded", content="YXBpVmVyc2lvbjogdjE="),
        "critical"),
    Attack("Defender for servers looks at no machine with an owner", POLICY, _unscanned(
        "VirtualMachines", "AgentlessVmScanning", '[{"key": "Owner", "value": "payments"}]'), "major"),
    Attack("Defender for servers leaves out whatever is production", POLICY, _unscanned(
        "VirtualMachines", "AgentlessVmScanning", "[{'key':'environment','value':'prod'}]"), "major"),
    Attack("agents keep conversations elsewhere than files", ENC, _agents(
        aiServicesConnections=["models"], storageConnections=["files"], vectorStoreConnections=["search"]), "critical"),
    Attack("agents have an empty list of stores", ENC, _agents(
        aiServicesConnections=["models"], storageConnections=[], threadStorageConnections=[],
        vectorStoreConnections=[]), "critical"),
    Attack("a job that a schedule starts shares the processes of its host", EXP, _scheduled(resources={
        "instanceCount": 1, "dockerArgsList": ["--shm-size=8g", "--pid=host"]}), "critical"),
    Attack("a job mounts the socket of the engine that runs it", EXP, _job(resources={
        "instanceCount": 1, "dockerArgs": "--shm-size 8g -v /var/run/docker.sock:/var/run/docker.sock"}), "critical"),
    Attack("a scheduled job opens a shell for a key", EXP, _scheduled(services={
        "debug": {"jobServiceType": "ssh", "properties": {"sshPublicKeys": "ssh-ed25519 AAAA somebody"}}}), "major"),
    Attack("one trial of a search opens a shell for a key", EXP, (az("machinelearningservices:Job", {
        **RG, "workspaceName": "ml-bank", "id": "search", "properties": {
            "jobType": "Pipeline", "jobs": {"train": {**JOB, "services": {"shell": {"jobServiceType": "SSH"}}}}}}),),
        "major"),
    Attack("records of every facility begin at alerts", RSL, _syslog("Alert", "Emergency"), "major"),
    Attack("records of sign-ins are critical or none", RSL, _syslog("critical", facilities=("authpriv", "cron")),
           "major"),
    Attack("the alert on a vault that fills up waits for more than everything", RSL, _alert(
        "SaturationShoebox", "GreaterThan", 100, "Average"), "major"),
    Attack("the alert on calls of the vault waits for fewer than none", RSL, _alert(
        "ServiceApiHit", "LessThan", 0, "Count"), "major"),
    Attack("a group of the whole tenant that alerts are sent to has nobody in it", RSL, _receivers(
        "TenantActionGroup", managementGroupId="mg-platform", tenantActionGroupName="soc", groupShortName="soc",
        location="global", tags=TAGS), "major"),
    Attack("a group that alerts are sent to has empty lists of every kind", RSL, _receivers(
        "ActionGroup", **RG, tags=TAGS, location="global", actionGroupName="ag-soc", groupShortName="soc",
        armRoleReceivers=[], emailReceivers=[], eventHubReceivers=[], logicAppReceivers=[]), "major"),
)  # fmt: skip
"""Attacks with the rules that should refuse them."""
