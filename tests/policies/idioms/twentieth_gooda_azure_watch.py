"""Good idioms of platform teams on Azure: records, rights, copies and what watches them (set 20, blind)."""

from ..blind import GROUP, SUB, TAGS, az
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import HERE, ID, KEY_URL, LEARN, OURS, RG
from .fourth_kubernetes import AZURE_BUDGET
from .nineteenth_azure_data import DUTY
from .sixth_azure import endpoint
from .thirteenth_azure import ADMINS, USER
from .twelfth_azure_platform import CLOSED, OWN, ROLES, audit, granted

VAULT, GRAFANA = f"{OURS}.DataProtection/backupVaults/bv-bank", f"{OURS}.Dashboard/grafana/graf-bank"
PROMETHEUS, STORE = f"{OURS}.Monitor/accounts/amw-bank", f"{OURS}.Storage/storageAccounts/stbank"
POLICIES = "/providers/Microsoft.Authorization/policyDefinitions"
KQL = """AzureActivity
| where OperationNameValue has "Microsoft.Authorization/roleAssignments/write" and ActivityStatusValue == "Success"
| summarize count() by Caller, CallerIpAddress, bin(TimeGenerated, 5m)"""
KEPT = {"objectType": "AzureRetentionRule", "isDefault": True, "name": "Default", "lifecycles": [{
    "deleteAfter": {"objectType": "AbsoluteDeleteOption", "duration": "P35D"}, "sourceDataStore": {
        "dataStoreType": "OperationalStore", "objectType": "DataStoreInfoBase"}}]}  # fmt: skip
EVERY_NIGHT = {
    "objectType": "AzureBackupRule", "name": "BackupDaily", "backupParameters": {
        "objectType": "AzureBackupParams", "backupType": "Incremental"}, "dataStore": {
            "dataStoreType": "OperationalStore", "objectType": "DataStoreInfoBase"}, "trigger": {
                "objectType": "ScheduleBasedTriggerContext", "schedule": {
                    "repeatingTimeIntervals": ["R/2026-12-01T22:00:00+04:00/P1D"], "timeZone": "Arabian Standard Time"},
                "taggingCriteria": [{"isDefault": True, "taggingPriority": 99, "tagInfo": {
                    "tagName": "Default"}}]}}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("records lie under the bank's key for a year and older ones for seven, and new rights raise an alarm", (
        AZURE_BUDGET,
        az("operationalinsights:Cluster", {
            **HERE, "clusterName": "lac-bank", "sku": {"name": "CapacityReservation", "capacity": 100}, **USER,
            "billingType": "Cluster", "isDoubleEncryptionEnabled": True, "isAvailabilityZonesEnabled": True,
            "keyVaultProperties": {"keyName": "cmk", "keyVaultUri": "https://kv-bank.vault.azure.net", "keyVersion":
                                   "", "keyRsaSize": 4096}}, "cluster", protect=True),
        az("operationalinsights:Workspace", {
            **HERE, "workspaceName": "law-bank", "sku": {"name": "LACluster"}, "retentionInDays": 365,
            "publicNetworkAccessForIngestion": "Disabled", "publicNetworkAccessForQuery": "Disabled",
            "forceCmkForQuery": True, "workspaceCapping": {"dailyQuotaGb": 120}, "features": {
                "disableLocalAuth": True, "enableLogAccessUsingOnlyResourcePermissions": True, "enableDataExport":
                False, "immediatePurgeDataOn30Days": False}}, "workspace", protect=True),
        az("operationalinsights:LinkedService", {
            **RG, "workspaceName": "law-bank", "linkedServiceName": "cluster", "writeAccessResourceId": UNKNOWN},
            "linked", links={"workspaceName": ("workspace",), "writeAccessResourceId": ("cluster",)}),
        az("operationalinsights:Table", {
            **RG, "workspaceName": "law-bank", "tableName": "AzureDiagnostics", "plan": "Analytics", "retentionInDays":
            365, "totalRetentionInDays": 2556}, "years", links={"workspaceName": ("workspace",)}),
        az("securityinsights:SentinelOnboardingState", {
            **RG, "workspaceName": "law-bank", "sentinelOnboardingStateName": "default", "customerManagedKey": True},
            "sentinel", links={"workspaceName": ("workspace",)}),
        az("securityinsights:ScheduledAlertRule", {
            **RG, "workspaceName": "law-bank", "ruleId": "0f0f0f0f-1111-2222-3333-444444444444", "kind": "Scheduled",
            "displayName": "New rights", "enabled": True, "severity": "Medium", "query": KQL, "queryFrequency": "PT5M",
            "queryPeriod": "PT5M", "triggerOperator": "GreaterThan", "triggerThreshold": 0, "suppressionEnabled": False,
            "suppressionDuration": "PT5H", "tactics": ["PrivilegeEscalation", "Persistence"], "techniques": ["T1098"],
            "entityMappings": [{"entityType": "Account", "fieldMappings": [
                {"identifier": "FullName", "columnName": "Caller"}]}], "eventGroupingSettings": {
                    "aggregationKind": "AlertPerResult"}}, "rights", links={"workspaceName": ("sentinel",)}),
        az("monitor:ScheduledQueryRule", {
            **HERE, "ruleName": "quiet", "kind": "LogAlert", "displayName": "No records", "severity": 1, "enabled":
            True, "scopes": [UNKNOWN], "evaluationFrequency": "PT15M", "windowSize": "PT1H", "autoMitigate": True,
            "criteria": {"allOf": [{"query": "AzureActivity | summarize n = count()", "timeAggregation": "Total",
                        "metricMeasureColumn": "n", "operator": "LessThan", "threshold": 1, "failingPeriods": {
                            "numberOfEvaluationPeriods": 1, "minFailingPeriodsToAlert": 1}}]}, "actions": {
                                "actionGroups": [DUTY]}}, "quiet", links={"scopes": ("workspace",)}),
        lock(f"{OURS}.OperationalInsights/workspaces/law-bank", "workspace")),
        f"{LEARN}/azure-monitor/logs/customer-managed-keys; logs/logs-dedicated-clusters; sentinel/best-practices",
        unpriced("azure-native:operationalinsights:Cluster::cluster",
                 "azure-native:operationalinsights:Workspace::workspace",
                 "azure-native:securityinsights:SentinelOnboardingState::sentinel")),
    Idiom("figures of clusters go to the bank's workspace of Prometheus, rules tell of alarms, Grafana is private", (
        AZURE_BUDGET,
        az("monitor:AzureMonitorWorkspace", {**HERE, "azureMonitorWorkspaceName": "amw-bank", **CLOSED}, "figures"),
        az("alertsmanagement:PrometheusRuleGroup", {
            **HERE, "ruleGroupName": "nodes", "enabled": True, "interval": "PT1M", "scopes": [UNKNOWN], "clusterName":
            "aks-apps", "rules": [
                {"record": "instance:node_cpu_utilisation:rate5m", "enabled": True, "expression":
                 '1 - avg without (cpu) (rate(node_cpu_seconds_total{mode="idle"}[5m]))'},
                {"alert": "NodeNotReady", "enabled": True, "for": "PT15M", "severity": 2, "expression":
                 'kube_node_status_condition{condition="Ready",status="true"} == 0', "annotations": {
                     "description": "A node is not ready for 15 minutes"}, "labels": {"team": "platform"},
                 "resolveConfiguration": {"autoResolved": True, "timeToResolve": "PT10M"}, "actions": [
                     {"actionGroupId": DUTY}]}]}, "nodes", links={"scopes": ("figures",)}),
        az("dashboard:Grafana", {
            **HERE, "workspaceName": "graf-bank", "sku": {"name": "Standard"}, "identity": {
                "type": "UserAssigned", "userAssignedIdentities": [ID]}, "properties": {
                    **CLOSED, "zoneRedundancy": "Enabled", "apiKey": "Disabled", "deterministicOutboundIP": "Disabled",
                    "autoGeneratedDomainNameLabelScope": "TenantReuse", "grafanaMajorVersion": "11",
                    "grafanaIntegrations": {"azureMonitorWorkspaceIntegrations": [
                        {"azureMonitorWorkspaceResourceId": PROMETHEUS}]}, "grafanaConfigurations": {
                            "users": {"viewersCanEdit": False}, "security": {"csrfAlwaysCheck": True},
                            "snapshots": {"externalEnabled": False}}}}, "grafana"),
        granted("reads-figures", PROMETHEUS, "b0d8363b-8ddd-447d-831f-62ca05bff136"),
        endpoint("graf", GRAFANA, "grafana"), endpoint("amw", PROMETHEUS, "prometheusMetrics"),
        audit("grafana", GRAFANA)),
        f"{LEARN}/managed-grafana/how-to-set-up-private-access; azure-monitor/metrics/prometheus-rule-groups",
        OWN),
    Idiom("a subscription refuses what is abroad or public, asks for tags, and staff have rights for eight hours", (
        az("authorization:PolicyDefinition", {
            "policyDefinitionName": "no-public-ip", "policyType": "Custom", "mode": "All", "displayName":
            "No public addresses of network interfaces", "description": "Machines are private", "metadata": {
                "category": "Network", "version": "1.0.0"}, "policyRule": {
                    "if": {"allOf": [{"field": "type", "equals": "Microsoft.Network/networkInterfaces"}, {
                        "count": {"field": "Microsoft.Network/networkInterfaces/ipconfigurations[*]", "where": {
                            "field": "Microsoft.Network/networkInterfaces/ipconfigurations[*].publicIpAddress.id",
                            "exists": "true"}}, "greater": 0}]}, "then": {"effect": "deny"}}}, "definition"),
        *(az("authorization:PolicyAssignment", {
            "scope": SUB, "policyAssignmentName": name, "displayName": name, "policyDefinitionId": definition,
            "enforcementMode": "Default", "nonComplianceMessages": [{"message": f"See the platform's page: {name}"}],
            **more}, name) for name, definition, more in (
                ("locations", f"{POLICIES}/e56962a6-4747-49cd-b67b-bf8b01975c4c", {"parameters": {
                    "listOfAllowedLocations": {"value": ["uaenorth", "uaecentral"]}}}),
                ("owner-tag", f"{POLICIES}/871b6d14-10aa-478d-b590-94f262ecfa99", {"parameters": {
                    "tagName": {"value": "owner"}}}),
                ("public-ip", f"{SUB}/providers/Microsoft.Authorization/policyDefinitions/no-public-ip", {}))),
        az("authorization:RoleDefinition", {
            "scope": GROUP, "roleName": "Restarts apps", "roleType": "CustomRole", "assignableScopes": [GROUP],
            "description": "Reads apps and restarts them", "permissions": [{"actions": [
                "Microsoft.Web/sites/read", "Microsoft.Web/sites/restart/action",
                "Microsoft.Insights/metrics/read"], "notActions": [], "dataActions": [], "notDataActions": []}]},
            "restarts"),
        az("authorization:PimRoleEligibilitySchedule", {
            "scope": GROUP, "principalId": ADMINS, "roleDefinitionId": f"{ROLES}/b24988ac-6180-42a0-ab88-20f7382dd24c",
            "justification": "Operators of the platform", "scheduleInfo": {"expiration": {
                "type": "AfterDuration", "duration": "P180D"}}}, "eligible"),
        az("authorization:RoleManagementPolicy", {
            "scope": GROUP, "roleManagementPolicyName": "b24988ac-6180-42a0-ab88-20f7382dd24c", "rules": [
                {"id": "Expiration_EndUser_Assignment", "ruleType": "RoleManagementPolicyExpirationRule",
                 "isExpirationRequired": True, "maximumDuration": "PT8H", "target": {
                     "caller": "EndUser", "operations": ["All"], "level": "Assignment"}},
                {"id": "Enablement_EndUser_Assignment", "ruleType": "RoleManagementPolicyEnablementRule",
                 "enabledRules": ["MultiFactorAuthentication", "Justification", "Ticketing"], "target": {
                     "caller": "EndUser", "operations": ["All"], "level": "Assignment"}}]}, "activation"),
        az("security:Pricing", {"scopeId": SUB[1:], "pricingName": "KeyVaults", "pricingTier": "Standard", "enforce":
                                "True", "subPlan": "PerKeyVault"}, "defender"),
        az("security:SecurityContact", {
            "securityContactName": "default", "emails": "soc@bank.ae", "isEnabled": True, "notificationsSources": [
                {"sourceType": "Alert", "minimalSeverity": "Medium"}], "notificationsByRole": {
                    "state": "On", "roles": ["Owner"]}}, "contact")),
        f"{LEARN}/governance/policy/concepts/assignment-structure; role-based-access-control/best-practices",
        {"residency": {"known": {"@bank.ae": "our own mail"}},
         **unpriced("azure-native:security:Pricing::defender")}),
    Idiom("blobs and disks are saved every night in a vault of zones that nobody empties, by the vault's identity", (
        AZURE_BUDGET,
        az("dataprotection:BackupVault", {
            **HERE, "vaultName": "bv-bank", "identity": {"type": "SystemAssigned,UserAssigned",
                                                         "userAssignedIdentities": [ID]}, "properties": {
                "storageSettings": [{"datastoreType": "VaultStore", "type": "ZoneRedundant"}], "securitySettings": {
                    "immutabilitySettings": {"state": "Locked"}, "softDeleteSettings": {
                        "state": "AlwaysOn", "retentionDurationInDays": 30}, "encryptionSettings": {
                            "state": "Enabled", "infrastructureEncryption": "Enabled", "kekIdentity": {
                                "identityType": "UserAssigned", "identityId": ID}, "keyVaultProperties": {
                                    "keyUri": KEY_URL}}}, "featureSettings": {
                                        "crossSubscriptionRestoreSettings": {"state": "Disabled"}},
                "monitoringSettings": {"azureMonitorAlertSettings": {"alertsForAllJobFailures": "Enabled"}}}}, "vault",
            protect=True),
        az("dataprotection:BackupPolicy", {
            **RG, "vaultName": "bv-bank", "backupPolicyName": "disks", "properties": {
                "objectType": "BackupPolicy", "datasourceTypes": ["Microsoft.Compute/disks"], "policyRules": [
                    EVERY_NIGHT, KEPT]}}, "disks", links={"vaultName": ("vault",)}),
        az("dataprotection:BackupPolicy", {
            **RG, "vaultName": "bv-bank", "backupPolicyName": "blobs", "properties": {
                "objectType": "BackupPolicy", "datasourceTypes": ["Microsoft.Storage/storageAccounts/blobServices"],
                "policyRules": [KEPT]}}, "blobs", links={"vaultName": ("vault",)}),
        az("dataprotection:BackupInstance", {
            **RG, "vaultName": "bv-bank", "backupInstanceName": "stbank", "tags": TAGS, "properties": {
                "objectType": "BackupInstance", "friendlyName": "stbank", "dataSourceInfo": {
                    "objectType": "Datasource", "resourceID": STORE, "resourceName": "stbank", "resourceLocation":
                    "uaenorth", "resourceType": "Microsoft.Storage/storageAccounts", "resourceUri": STORE,
                    "datasourceType": "Microsoft.Storage/storageAccounts/blobServices"}, "policyInfo": {
                        "policyId": UNKNOWN}}}, "stbank", links={"properties": ("blobs",), "vaultName": ("vault",)}),
        granted("reads-disks", GROUP, "3e5e47e6-65f7-47ef-90b5-e5dd4d455f24"),
        audit("vault", VAULT), lock(VAULT, "vault")),
        f"{LEARN}/backup/backup-vault-overview; backup/blob-backup-support-matrix; backup/encryption-at-rest-with-cmk",
        {**OWN, **unpriced("azure-native:dataprotection:BackupInstance::stbank")}),
)  # fmt: skip
