"""Attacks on Azure and in clusters that switch off what watches: logs, findings, backups and guards (2026-11-28)."""

from ..blind import GROUP, SUB, TAGS, az, crd, k8s, meta
from ..harness import Given
from . import Attack
from .sixth_evidence_aws import NOT_SEEN, WATCH

RG = {"resourceGroupName": "rg-platform"}
HERE = {**RG, "location": "uaenorth", "tags": TAGS}
OURS = f"{GROUP}/providers/Microsoft"
LOGS = f"{OURS}.OperationalInsights/workspaces/platform"
ACCOUNT = f"{OURS}.Storage/storageAccounts/staudit"


def _guard(kind: str, name: str, **props: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, **props})


DROPPED = """
[FILTER]
    Name     grep
    Match    kube.*
    Exclude  $kubernetes['namespace_name'] ^team-a$
[OUTPUT]
    Name     null
    Match    audit.*
"""

ATTACKS = (
    Attack("Defender does not watch storage any more", WATCH, (az("security:Pricing", {
        "scopeId": SUB.removeprefix("/"), "pricingName": "StorageAccounts", "pricingTier": "Free"}),),
        "critical", "malware and mass downloads are found by nobody"),
    Attack("Defender of one account of storage is off", WATCH, (az("security:AdvancedThreatProtection", {
        "resourceId": ACCOUNT, "settingName": "current", "isEnabled": False}),),
        "critical", "the account with the data is blind"),
    Attack("contacts of security get no alerts", WATCH, (az("security:SecurityContact", {
        "securityContactName": "default", "emails": "soc@example.ae", "isEnabled": False}),),
        "major", "alerts of high severity are sent to nobody"),
    Attack("the audit log of a vault is switched off in its setting", WATCH, (az("monitor:DiagnosticSetting", {
        "resourceUri": f"{OURS}.KeyVault/vaults/kv", "name": "audit", "workspaceId": LOGS,
        "logs": [{"categoryGroup": "audit", "enabled": False}],
        "metrics": [{"category": "AllMetrics", "enabled": True}]}),), "critical", NOT_SEEN),
    Attack("a rule of collection drops every line", WATCH, (az("monitor:DataCollectionRule", {
        **HERE, "kind": "Linux", "dataCollectionRuleName": "syslog",
        "dataSources": {"syslog": [{"name": "s", "streams": ["Microsoft-Syslog"], "facilityNames": ["auth"],
                                    "logLevels": ["Info"]}]},
        "destinations": {"logAnalytics": [{"name": "own", "workspaceResourceId": LOGS}]},
        "dataFlows": [{"streams": ["Microsoft-Syslog"], "destinations": ["own"],
                       "transformKql": "source | where false"}]}),), "critical", NOT_SEEN),
    Attack("the workspace of logs takes 25 MB a day", WATCH, (az("operationalinsights:Workspace", {
        **HERE, "workspaceName": "platform", "retentionInDays": 90, "sku": {"name": "PerGB2018"},
        "publicNetworkAccessForIngestion": "Disabled", "publicNetworkAccessForQuery": "Disabled",
        "features": {"disableLocalAuth": True}, "workspaceCapping": {"dailyQuotaGb": 0.025}}),),
        "critical", "an attacker fills the quota at midnight and works unrecorded until the next"),
    Attack("the alert on deleted locks is switched off", WATCH, (az("monitor:ActivityLogAlert", {
        **RG, "location": "global", "tags": TAGS, "activityLogAlertName": "locks", "enabled": False, "scopes": [SUB],
        "condition": {"allOf": [{"field": "category", "equals": "Administrative"}, {
            "field": "operationName", "equals": "Microsoft.Authorization/locks/delete"}]},
        "actions": {"actionGroups": [{"actionGroupId": f"{OURS}.Insights/actionGroups/soc"}]}}),),
        "major", "locks are removed in silence"),
    Attack("the audit of the SQL server is disabled", WATCH, (az("sql:ServerBlobAuditingPolicy", {
        **RG, "serverName": "sql", "blobAuditingPolicyName": "default", "state": "Disabled"}),), "critical", NOT_SEEN),
    Attack("an audit of PostgreSQL records no class of statements", WATCH, (az("dbforpostgresql:Configuration", {
        **RG, "serverName": "pg", "configurationName": "pgaudit.log", "source": "user-override", "value": "none"}),),
        "major", "who reads which table is not recorded"),
    Attack("the guard of the vault leaves out the deletion of backups", WATCH, (az("dataprotection:ResourceGuard", {
        **HERE, "resourceGuardsName": "guard", "properties": {"vaultCriticalOperationExclusionList": [
            "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/delete",
            "Microsoft.RecoveryServices/vaults/backupconfig/write"]}}),),
        "critical", "one administrator deletes the backups without the second person"),
    Attack("the backup of a machine is stopped", WATCH, (az("recoveryservices:ProtectedItem", {
        **RG, "vaultName": "rsv", "fabricName": "Azure", "containerName": "iaasvmcontainer;iaasvmcontainerv2;rg;vm",
        "protectedItemName": "vm;iaasvmcontainerv2;rg;vm", "properties": {
            "protectedItemType": "Microsoft.Compute/virtualMachines", "protectionState": "ProtectionStopped",
            "sourceResourceId": f"{OURS}.Compute/virtualMachines/vm"}}),), "major", "ransomware cannot be undone"),
    Attack("an assignment overrides the effects of its policies with Disabled", WATCH,
        (az("authorization:PolicyAssignment", {
        "scope": GROUP, "policyAssignmentName": "baseline", "enforcementMode": "Default",
        "policyDefinitionId": "/providers/Microsoft.Authorization/policySetDefinitions/x",
        "overrides": [{"kind": "policyEffect", "value": "Disabled", "selectors": [{
            "kind": "policyDefinitionReferenceId", "in": ["denyPublicAccess", "denyUnencrypted"]}]}]}),),
        "major", "the initiative looks assigned and denies nothing"),
    Attack("API diagnostics record tokens and bodies", (*WATCH, "FJ-RES-"), (az("apimanagement:ApiDiagnostic", {
        **RG, "serviceName": "apim", "apiId": "payments", "diagnosticId": "applicationinsights",
        "loggerId": f"{OURS}.ApiManagement/service/apim/loggers/ai", "logClientIp": True,
        "frontend": {"request": {"headers": ["Authorization", "Cookie"], "body": {"bytes": 8192}}}}),),
        "major", "whoever reads the logs acts as every customer"),
    Attack("Pod Security of the cluster's policy is only audited", WATCH, (_guard("kyverno.io/v1:ClusterPolicy", "psa",
        spec={"validationFailureAction": "Audit", "background": True, "rules": [{
            "name": "restricted", "match": {"any": [{"resources": {"kinds": ["Pod"]}}]},
            "validate": {"podSecurity": {"level": "restricted", "version": "latest"}}}]}),),
        "major", "privileged pods are noted and started"),
    Attack("a binding of admission only warns", WATCH, (_guard(
        "admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding", "images",
        spec={"policyName": "images", "validationActions": ["Warn"]}),),
        "major", "what the policy forbids is created with a remark"),
    Attack("Gatekeeper excludes every namespace", WATCH, (k8s("config.gatekeeper.sh/v1alpha1:Config", {
        "metadata": meta("config", "gatekeeper-system"), "spec": {"match": [{
            "excludedNamespaces": ["*"], "processes": ["*"]}]}}),),
        "critical", "no constraint holds anywhere in the cluster"),
    Attack("a denial of the mesh is a dry run", (*WATCH, "FJ-EXP-"), (k8s("security.istio.io/v1:AuthorizationPolicy", {
        "metadata": meta(annotations={"istio.io/dry-run": "true"}), "spec": {"action": "DENY", "rules": [{
            "to": [{"operation": {"paths": ["/admin*"]}}]}]}}),), "critical", "callers reach what looks forbidden"),
    Attack("the collector of logs drops the audit and a namespace", WATCH, (k8s("core/v1:ConfigMap", {
        "metadata": meta("fluent-bit", "logging"), "data": {"fluent-bit.conf": DROPPED}}),), "major", NOT_SEEN),
    Attack("backups of Velero are deleted by an object", WATCH, (crd("velero.io/v1:DeleteBackupRequest", {
        "backupName": "daily-20261127"}),), "critical", "the last copy is gone"),
    Attack("a tracing policy kills the watcher of the cluster", WATCH, (_guard("cilium.io/v1alpha1:TracingPolicy", "t",
        spec={"kprobes": [{"call": "sys_openat", "syscall": True, "selectors": [{
            "matchBinaries": [{"operator": "In", "values": ["/usr/bin/falco", "/usr/bin/fluent-bit"]}],
            "matchActions": [{"action": "Sigkill"}]}]}]}),), "critical", NOT_SEEN),
)  # fmt: skip
