"""Good programs of platform teams on Azure: notebooks of models, records and copies of clusters (set 26)."""

from ..blind import az
from ..harness import UNKNOWN
from . import Idiom
from .twentieth_goodb_charts import merged
from .twenty_third_azure import (
    AT,
    BY_IDENTITY,
    CMK,
    DUTY,
    IDENTITY,
    ITS,
    LEARN,
    RG,
    STAFF,
    TENANT,
    budget,
    granted,
    kept,
    private,
    records,
    role,
    with_prices,
)

ML = {**RG, "workspaceName": "mlw-risk-prod"}
AKS, COPIES = f"{ITS}.ContainerService/managedClusters/aks-apps-prod", f"{ITS}.DataProtection/backupVaults/bvault-prod"
PARSE = "source | extend TimeGenerated = todatetime(at), Card = strcat('****', substring(card, 12)) | project-away card"


IDIOMS: tuple[Idiom, ...] = (
    Idiom("Azure ML: a notebook machine of one person that stops when idle, its environment, and nightly scores", (
        budget(),
        az("machinelearningservices:Workspace", {
            **AT, **BY_IDENTITY, "workspaceName": "mlw-risk-prod", "kind": "Default", "sku": {
                "name": "Basic", "tier": "Basic"}, "primaryUserAssignedIdentity": IDENTITY, "friendlyName": "Risk",
            "storageAccount": f"{ITS}.Storage/storageAccounts/stmlprod", "keyVault":
            f"{ITS}.KeyVault/vaults/kv-ml-prod", "containerRegistry":
            f"{ITS}.ContainerRegistry/registries/crbankprod", "applicationInsights":
            f"{ITS}.Insights/components/appi-ml", "publicNetworkAccess": "Disabled", "hbiWorkspace": True,
            "systemDatastoresAuthMode": "identity", "enableDataIsolation": True, "imageBuildCompute": "build",
            "encryption": {"status": "Enabled", "keyVaultProperties": {
                "keyIdentifier": f"{CMK}/0123456789abcdef0123456789abcdef", "keyVaultArmId":
                f"{ITS}.KeyVault/vaults/kv-cmk-prod"}, "identity": {"userAssignedIdentity": IDENTITY}},
            "managedNetwork": {"isolationMode": "AllowOnlyApprovedOutbound", "firewallSku": "Basic", "outboundRules": {
                "packages": {"type": "FQDN", "category": "UserDefined", "destination": "packages.bank.ae"},
                "azure-monitor": {"type": "ServiceTag", "category": "UserDefined", "destination": {
                    "serviceTag": "AzureMonitor", "protocol": "TCP", "portRanges": "443"}}}}}, "workspace"),
        az("machinelearningservices:Compute", {
            **AT, **ML, "computeName": "ci-analyst-1", "identity": {
                "type": "UserAssigned", "userAssignedIdentities": [IDENTITY]}, "properties": {
                "computeType": "ComputeInstance", "disableLocalAuth": True, "description": "Notebooks of one analyst",
                "properties": {
                    "vmSize": "Standard_D4s_v3", "enableNodePublicIp": False, "enableSSO": True,
                    "computeInstanceAuthorizationType": "personal", "applicationSharingPolicy": "Personal",
                    "idleTimeBeforeShutdown": "PT60M", "sshSettings": {"sshPublicAccess": "Disabled"},
                    "personalComputeInstanceSettings": {"assignedUser": {"objectId": STAFF, "tenantId": TENANT}},
                    "schedules": {"computeStartStop": [{
                        "action": "Stop", "status": "Enabled", "triggerType": "Cron", "cron": {
                            "expression": "0 19 * * *", "timeZone": "Arabian Standard Time"}}]}}}}, "notebook",
           links={"workspaceName": ("workspace",)}),
        az("machinelearningservices:Compute", {
            **AT, **ML, "computeName": "cpu", "identity": {
                "type": "UserAssigned", "userAssignedIdentities": [IDENTITY]}, "properties": {
                "computeType": "AmlCompute", "disableLocalAuth": True, "properties": {
                    "vmSize": "Standard_D8s_v3", "vmPriority": "Dedicated", "osType": "Linux", "enableNodePublicIp":
                    False, "remoteLoginPortPublicAccess": "Disabled", "scaleSettings": {
                        "minNodeCount": 0, "maxNodeCount": 4, "nodeIdleTimeBeforeScaleDown": "PT10M"}}}}, "cpu",
           links={"workspaceName": ("workspace",)}),
        az("machinelearningservices:EnvironmentVersion", {
            **ML, "name": "risk", "version": "5", "properties": {
                "image": "crbankprod.azurecr.io/risk@sha256:" + "b" * 64, "osType": "Linux", "isAnonymous": False,
                "description": "Libraries of the risk team", "tags": AT["tags"]}}, "environment", links={
                    "workspaceName": ("workspace",)}),
        az("machinelearningservices:BatchEndpoint", {
            **AT, **ML, **BY_IDENTITY, "endpointName": "risk-nightly", "properties": {
                "authMode": "AADToken", "description": "Scores of the night", "defaults": {
                    "deploymentName": "v5"}}}, "batch", links={"workspaceName": ("workspace",)}),
        az("machinelearningservices:BatchDeployment", {
            **AT, **ML, "endpointName": "risk-nightly", "deploymentName": "v5", "properties": {
                "compute": UNKNOWN, "environmentId": UNKNOWN, "miniBatchSize": 50, "maxConcurrencyPerInstance": 2,
                "errorThreshold": 0, "outputAction": "AppendRow", "outputFileName": "scores.csv", "loggingLevel":
                "Warning", "resources": {"instanceCount": 2}, "retrySettings": {"maxRetries": 2, "timeout": "PT5M"},
                "model": {"referenceType": "Id", "assetId":
                          f"{ITS}.MachineLearningServices/workspaces/mlw-risk-prod/models/risk/versions/5"},
                "codeConfiguration": {"codeId":
                                      f"{ITS}.MachineLearningServices/workspaces/mlw-risk-prod/codes/score/versions/3",
                                      "scoringScript": "score.py"}}}, "v5", links={
                "endpointName": ("batch",), "properties": ("cpu", "environment")}),
        granted("scientists", "workspace", "f6c7c914-8db3-469d-8ca1-694a8f32e121", "Group"),
        *private("workspace", "amlworkspace", "privatelink.api.azureml.ms"), records("workspace"), kept("workspace")),
        f"{LEARN}/machine-learning/how-to-create-compute-instance; .../how-to-use-batch-model-deployments, as known",
        merged(with_prices(*(f"machinelearningservices:{kind}" for kind in (
            "Workspace::workspace", "Compute::notebook", "Compute::cpu", "BatchEndpoint::batch",
            "BatchDeployment::v5"))), {"residency": {"known": {"packages.bank.ae": "our own mirror of packages"}}})),
    Idiom("Azure Monitor: own records come by a rule that hides cards, tables keep years, and duty hears of declines", (
        budget(15000),
        az("operationalinsights:Workspace", {
            **AT, **BY_IDENTITY, "workspaceName": "log-apps-prod", "sku": {"name": "PerGB2018"}, "retentionInDays": 180,
            "workspaceCapping": {"dailyQuotaGb": 40}, "publicNetworkAccessForIngestion": "Disabled",
            "publicNetworkAccessForQuery": "Disabled", "features": {
                "disableLocalAuth": True, "enableLogAccessUsingOnlyResourcePermissions": True,
                "clusterResourceId": f"{ITS}.OperationalInsights/clusters/logc-mgmt"}}, "workspace"),
        az("operationalinsights:Table", {
            **RG, "workspaceName": "log-apps-prod", "tableName": "Payments_CL", "plan": "Analytics", "retentionInDays":
            180, "totalRetentionInDays": 2556, "schema": {"name": "Payments_CL", "columns": [
                {"name": "TimeGenerated", "type": "datetime"}, {"name": "Card", "type": "string"},
                {"name": "Fils", "type": "long"}, {"name": "Outcome", "type": "string"}]}}, "table", links={
                    "workspaceName": ("workspace",)}),
        az("operationalinsights:Table", {
            **RG, "workspaceName": "log-apps-prod", "tableName": "ContainerLogV2", "plan": "Basic",
            "totalRetentionInDays": 365}, "pods", links={"workspaceName": ("workspace",)}),
        az("monitor:DataCollectionEndpoint", {
            **AT, "dataCollectionEndpointName": "dce-apps", "networkAcls": {"publicNetworkAccess": "Disabled"}},
           "endpoint"),
        az("monitor:DataCollectionRule", {
            **AT, **BY_IDENTITY, "dataCollectionRuleName": "dcr-payments", "dataCollectionEndpointId": UNKNOWN,
            "description": "Payments without numbers of cards", "streamDeclarations": {"Custom-Payments": {"columns": [
                {"name": "at", "type": "string"}, {"name": "card", "type": "string"}, {"name": "Fils", "type": "long"},
                {"name": "Outcome", "type": "string"}]}}, "destinations": {"logAnalytics": [
                    {"name": "workspace", "workspaceResourceId": UNKNOWN}]}, "dataFlows": [{
                        "streams": ["Custom-Payments"], "destinations": ["workspace"], "transformKql": PARSE,
                        "outputStream": "Custom-Payments_CL"}]}, "rule", links={
                            "dataCollectionEndpointId": ("endpoint",), "destinations": ("workspace",)}),
        az("monitor:ActionGroup", {
            **RG, "location": "uaenorth", "tags": AT["tags"], "actionGroupName": "ag-payments", "groupShortName":
            "payments", "enabled": True, "emailReceivers": [
                {"name": "duty", "emailAddress": "duty@bank.ae", "useCommonAlertSchema": True}], "armRoleReceivers": [
                    {"name": "operators", "roleId": "749f88d5-cbae-40b8-bcfc-e573ddc772fa", "useCommonAlertSchema":
                     True}], "eventHubReceivers": [{
                         "name": "siem", "subscriptionId": "00000000-0000-0000-0000-000000000001", "tenantId": TENANT,
                         "eventHubNameSpace": "evh-siem-prod", "eventHubName": "alerts", "useCommonAlertSchema": True,
                         "managedIdentity": "SystemAssigned"}]}, "duty"),
        az("monitor:ScheduledQueryRule", {
            **AT, **BY_IDENTITY, "ruleName": "declined", "displayName": "declined", "description": "Too many declines",
            "severity": 1, "enabled": True, "scopes": [UNKNOWN], "evaluationFrequency": "PT5M", "windowSize": "PT15M",
            "autoMitigate": True, "skipQueryValidation": False, "criteria": {"allOf": [{
                "query": "Payments_CL | where Outcome == 'declined' | summarize n = count() by bin(TimeGenerated, 5m)",
                "timeAggregation": "Total", "metricMeasureColumn": "n", "operator": "GreaterThan", "threshold": 200,
                "failingPeriods": {"numberOfEvaluationPeriods": 2, "minFailingPeriodsToAlert": 2}}]},
            "actions": {"actionGroups": [UNKNOWN], "customProperties": {"runbook": "https://wiki.bank.ae/declined"}}},
           "declined", links={"scopes": ("workspace",), "actions": ("duty",)}),
        az("alertsmanagement:AlertProcessingRuleByName", {
            **RG, "location": "Global", "tags": AT["tags"], "alertProcessingRuleName": "apr-maintenance",
            "properties": {"scopes": [ITS.removesuffix("/providers/Microsoft")], "enabled": True, "description":
                "No messages while machines of the night are renewed", "actions": [{
                    "actionType": "RemoveAllActionGroups"}], "conditions": [{
                        "field": "Severity", "operator": "Equals", "values": ["Sev3", "Sev4"]}], "schedule": {
                    "effectiveFrom": "2026-12-04T22:00:00", "effectiveUntil": "2027-12-04T22:00:00", "timeZone":
                    "Arabian Standard Time", "recurrences": [{
                        "recurrenceType": "Weekly", "daysOfWeek": ["Friday"], "startTime": "22:00:00", "endTime":
                        "23:59:00"}]}}}, "quiet"),
        records("workspace"), kept("workspace"), granted("writes", "rule", "3913510d-42f4-4e42-8a64-420c390055eb")),
        f"{LEARN}/azure-monitor/data-collection/data-collection-transformations; .../alerts/alerts-processing-rules, "
        "as known", merged(with_prices(), {"escape": {"allowed_switches": {
            "azure-native:alertsmanagement:AlertProcessingRuleByName:properties.actions.actionType":
                "small alerts rest for two hours on Fridays"}}, "residency": {"known": {
            "evh-siem-prod": "our own namespace, in uaenorth",
            "wiki.bank.ae": "our own wiki"}}})),
    Idiom("AKS: what runs in namespaces is copied each night with its disks, by the backup vault's own agent", (
        az("kubernetesconfiguration:Extension", {
            **RG, "clusterRp": "Microsoft.ContainerService", "clusterResourceName": "managedClusters", "clusterName":
            "aks-apps-prod", "extensionName": "azure-aks-backup", "extensionType":
            "microsoft.dataprotection.kubernetes", "autoUpgradeMinorVersion": True, "releaseTrain": "stable", "scope": {
                "cluster": {"releaseNamespace": "dataprotection-microsoft"}}, "configurationSettings": {
                "configuration.backupStorageLocation.bucket": "aks-apps-prod",
                "configuration.backupStorageLocation.config.storageAccount": "stakscopies",
                "configuration.backupStorageLocation.config.resourceGroup": "rg-ai-prod-uaen",
                "configuration.backupStorageLocation.config.subscriptionId": "00000000-0000-0000-0000-000000000001",
                "configuration.backupStorageLocation.config.useAAD": "true",
                "configuration.backupStorageLocation.config.storageAccountURI":
                "https://stakscopies.blob.core.windows.net/", "credentials.tenantId": TENANT}}, "agent"),
        az("containerservice:TrustedAccessRoleBinding", {
            **RG, "resourceName": "aks-apps-prod", "trustedAccessRoleBindingName": "backups", "roles": [
                "Microsoft.DataProtection/backupVaults/backup-operator"], "sourceResourceId": COPIES}, "trusted"),
        az("dataprotection:BackupPolicy", {
            **RG, "vaultName": "bvault-prod", "backupPolicyName": "aks-nightly", "properties": {
                "objectType": "BackupPolicy", "datasourceTypes": ["Microsoft.ContainerService/managedClusters"],
                "policyRules": [
                    {"objectType": "AzureBackupRule", "name": "BackupDaily", "backupParameters": {
                        "objectType": "AzureBackupParams", "backupType": "Incremental"}, "dataStore": {
                            "dataStoreType": "OperationalStore", "objectType": "DataStoreInfoBase"}, "trigger": {
                            "objectType": "ScheduleBasedTriggerContext", "schedule": {
                                "repeatingTimeIntervals": ["R/2026-12-04T21:00:00+04:00/P1D"], "timeZone":
                                "Arabian Standard Time"}, "taggingCriteria": [{
                                    "isDefault": True, "taggingPriority": 99, "tagInfo": {"tagName": "Default"}}]}},
                    *({"objectType": "AzureRetentionRule", "name": "Default", "isDefault": True, "lifecycles": [{
                        "deleteAfter": {"objectType": "AbsoluteDeleteOption", "duration": age}, "sourceDataStore": {
                            "dataStoreType": place, "objectType": "DataStoreInfoBase"}}]} for place, age in (
                                ("OperationalStore", "P30D"),))]}}, "nightly"),
        az("dataprotection:BackupInstance", {
            **RG, "vaultName": "bvault-prod", "backupInstanceName": "aks-apps-prod", "tags": AT["tags"], "properties": {
                "objectType": "BackupInstance", "friendlyName": "aks-apps-prod", "dataSourceInfo": {
                    "objectType": "Datasource", "datasourceType": "Microsoft.ContainerService/managedClusters",
                    "resourceID": AKS, "resourceLocation": "uaenorth", "resourceName": "aks-apps-prod", "resourceType":
                    "Microsoft.ContainerService/managedClusters", "resourceUri": AKS}, "policyInfo": {
                    "policyId": UNKNOWN, "policyParameters": {
                        "dataStoreParametersList": [{
                            "objectType": "AzureOperationalStoreParameters", "dataStoreType": "OperationalStore",
                            "resourceGroupId": ITS.removesuffix("/providers/Microsoft")}],
                        "backupDatasourceParametersList": [{
                            "objectType": "KubernetesClusterBackupDatasourceParameters", "includedNamespaces": [
                                "quotes", "payments"], "excludedResourceTypes": ["events"], "snapshotVolumes": True,
                            "includeClusterScopeResources": True}]}}}}, "instance", links={
                "properties": ("nightly",)}),
        az("authorization:RoleAssignment", {
            "scope": f"{ITS}.Storage/storageAccounts/stakscopies/blobServices/default/containers/aks-apps-prod",
            "principalId": UNKNOWN, "principalType": "ServicePrincipal", "roleDefinitionId": role(
                "ba92f5b4-2d11-453d-a403-e96b0029c9fe")}, "agent-writes", links={"principalId": ("agent",)}),
        az("monitor:ActivityLogAlert", {
            **RG, "location": "global", "tags": AT["tags"], "activityLogAlertName": "copies-changed", "enabled": True,
            "scopes": [ITS.removesuffix("/providers/Microsoft")], "condition": {"allOf": [
                {"field": "category", "equals": "Administrative"}, {"field": "operationName", "equals":
                 "Microsoft.DataProtection/backupVaults/backupInstances/delete"}]},
            "actions": {"actionGroups": [{"actionGroupId": DUTY}]}}, "changed")),
        f"{LEARN}/backup/azure-kubernetes-service-backup-overview; .../quick-backup-aks-terraform, as known",
        merged(with_prices("dataprotection:BackupInstance::instance", "kubernetesconfiguration:Extension::agent"), {
            "escape": {"allowed_types": {"azure-native:kubernetesconfiguration:Extension":
                "Microsoft's own agent of copies, read by us"}}, "residency": {"known": {
                    "stakscopies": "our own account, in uaenorth",
                    "stakscopies.blob.core.windows.net": "our own account, in uaenorth"}}})),
)  # fmt: skip
