"""Good programs of Azure beside clusters: pools, images, copies and identities (2026-12-03, before any rule ran)."""

import base64

from ..blind import az
from ..harness import UNKNOWN
from . import Idiom
from .twentieth_goodb_charts import merged
from .twenty_fourth_good_azure_run import POOL, cluster
from .twenty_third_azure import (
    AT,
    AVM,
    CMK,
    DUTY,
    GROUP,
    IDENTITY,
    ITS,
    LEARN,
    RG,
    STAFF,
    TENANT,
    alert,
    budget,
    granted,
    kept,
    private,
    records,
    with_prices,
)

ISSUER = f"https://uaenorth.oic.prod-aks.azure.com/{TENANT}/22222222-2222-2222-2222-222222222222/"
AKS_ID = f"{ITS}.ContainerService/managedClusters/aks-apps-prod"
OWN = {"type": "UserAssigned", "userAssignedIdentities": {IDENTITY: {}}}
PURGE = base64.b64encode(b"""version: v1.1.0
steps:
- cmd: acr purge --filter 'apps/.*:.*' --ago 180d --untagged
  disableWorkingDirectoryOverride: true
""").decode()
PULL = "7f951dda-4ed3-4680-a7ca-43fe172d538d"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("AKS: spot and GPU pools that start at nought, sealed hosts, a scaler of narrow waits and a window of upkeep",
        (
        budget(),
        cluster(autoScalerProfile={
            "scaleDownUnneededTime": "5m", "expander": "priority", "scaleDownDelayAfterAdd": "10m"},
            workloadAutoScalerProfile={"keda": {"enabled": True}, "verticalPodAutoscaler": {"enabled": True}}),
        az("containerservice:AgentPool", {
            **RG, "resourceName": "aks-apps-prod", "agentPoolName": "spot", **POOL, "mode": "User", "vmSize":
            "Standard_D8ds_v5", "count": 0, "enableAutoScaling": True, "minCount": 0, "maxCount": 10,
            "scaleSetPriority": "Spot", "scaleSetEvictionPolicy": "Delete", "spotMaxPrice": -1, "nodeTaints": [
                "kubernetes.azure.com/scalesetpriority=spot:NoSchedule"], "upgradeSettings": {
                    "drainTimeoutInMinutes": 30}}, "spot", links={"resourceName": ("aks",)}),
        az("containerservice:AgentPool", {
            **RG, "resourceName": "aks-apps-prod", "agentPoolName": "gpu", **POOL, "mode": "User", "vmSize":
            "Standard_NV36ads_A10_v5", "count": 0, "enableAutoScaling": True, "minCount": 0, "maxCount": 2,
            "scaleDownMode": "Delete", "gpuProfile": {"driver": "Install"}, "nodeTaints": [
                "nvidia.com/gpu=present:NoSchedule"], "nodeLabels": {"falaj.io/workload-profile": "inference-gpu"}},
            "gpu", links={"resourceName": ("aks",)}),
        az("containerservice:MaintenanceConfiguration", {
            **RG, "resourceName": "aks-apps-prod", "configName": "aksManagedNodeOSUpgradeSchedule",
                "maintenanceWindow": {
                "schedule": {"weekly": {"intervalWeeks": 1, "dayOfWeek": "Saturday"}}, "durationHours": 6, "startTime":
                "00:00", "utcOffset": "+04:00"}}, "upkeep", links={"resourceName": ("aks",)}),
        records("aks"), kept("aks")),
        f"{LEARN}/aks/spot-node-pool; .../planned-maintenance; .../use-nvidia-gpu; {AVM}/container-service/"
        "managed-cluster, as known", with_prices("containerservice:AgentPool::gpu",
            "containerservice:ManagedCluster::aks")),
    Idiom("ACR: images stay in the country, are pulled by a private name, are sealed by our key and go after a month", (
        budget(20000),
        az("containerregistry:Registry", {
            **AT, "identity": OWN, "registryName": "crbankprod", "sku": {"name": "Premium"}, "adminUserEnabled": False,
            "anonymousPullEnabled": False, "dataEndpointEnabled": True, "publicNetworkAccess": "Disabled",
            "networkRuleBypassOptions": "None", "zoneRedundancy": "Enabled", "encryption": {
                "status": "enabled", "keyVaultProperties": {"identity": "11111111-2222-3333-4444-555555555555",
                                                            "keyIdentifier": CMK}}, "policies": {
                "exportPolicy": {"status": "disabled"}, "quarantinePolicy": {"status": "disabled"},
                "retentionPolicy": {"status": "enabled", "days": 30}, "trustPolicy": {"status": "disabled", "type":
                                                                                      "Notary"},
                "azureADAuthenticationAsArmPolicy": {"status": "disabled"}}}, "acr", protect=True),
        az("containerregistry:CacheRule", {
            **RG, "registryName": "crbankprod", "cacheRuleName": "k8s", "sourceRepository": "registry.k8s.io/*",
            "targetRepository": "mirror/k8s/*"}, "k8s", links={"registryName": ("acr",)}),
        az("containerregistry:ScopeMap", {
            **RG, "registryName": "crbankprod", "scopeMapName": "edge", "description": "The branch reads one image",
            "actions": ["repositories/edge/kiosk/content/read", "repositories/edge/kiosk/metadata/read"]}, "scope",
            links={"registryName": ("acr",)}),
        az("containerregistry:Task", {
            **AT, "identity": OWN, "registryName": "crbankprod", "taskName": "purge", "status": "Enabled", "platform": {
                "os": "Linux", "architecture": "amd64"}, "agentConfiguration": {"cpu": 2}, "timeout": 3600, "step": {
                "type": "EncodedTask", "encodedTaskContent":
                PURGE}, "trigger": {"timerTriggers": [
                    {"name": "weekly", "schedule": "0 20 * * Sat", "status": "Enabled"}]}}, "purge", links={
                        "registryName": ("acr",)}),
        *private("acr", "registry", "privatelink.azurecr.io"), granted("pull", "acr", PULL), records("acr"),
            kept("acr"),
        alert("acr", "Microsoft.ContainerRegistry/registries", "StorageUsed", "GreaterThan", 400e9)),
        f"{LEARN}/container-registry/data-loss-prevention; .../artifact-cache-overview; .../tasks-scheduled; "
        f"{AVM}/container-registry/registry, as known", with_prices("containerregistry:Registry::acr")),
    Idiom("figures: a closed workspace of Azure Monitor takes what pods measure, rules warn, boards are for one group",
        (
        budget(20000),
        az("monitor:AzureMonitorWorkspace", {
            **AT, "azureMonitorWorkspaceName": "amw-apps-prod", "publicNetworkAccess": "Disabled"}, "amw",
                protect=True),
        az("monitor:DataCollectionEndpoint", {
            **AT, "dataCollectionEndpointName": "dce-apps-prod", "kind": "Linux", "networkAcls": {
                "publicNetworkAccess": "Disabled"}}, "dce"),
        az("monitor:DataCollectionRule", {
            **AT, "dataCollectionRuleName": "dcr-prometheus", "kind": "Linux", "dataCollectionEndpointId": UNKNOWN,
            "dataSources": {"prometheusForwarder": [{"name": "prometheus", "streams": ["Microsoft-PrometheusMetrics"],
                                                     "labelIncludeFilter": {}}]}, "destinations": {
                "monitoringAccounts": [{"name": "amw", "accountResourceId": UNKNOWN}]}, "dataFlows": [{
                    "streams": ["Microsoft-PrometheusMetrics"], "destinations": ["amw"]}]}, "dcr", links={
                        "dataCollectionEndpointId": ("dce",), "destinations": ("amw",)}),
        az("monitor:DataCollectionRuleAssociation", {
            "resourceUri": AKS_ID, "associationName": "prometheus", "dataCollectionRuleId": UNKNOWN}, "association",
            links={"dataCollectionRuleId": ("dcr",)}),
        az("alertsmanagement:PrometheusRuleGroup", {
            **AT, "ruleGroupName": "slo", "enabled": True, "interval": "PT1M", "scopes": [UNKNOWN], "clusterName":
            "aks-apps-prod", "rules": [{
                "alert": "Errors", "enabled": True, "expression": "sum(rate(http_errors_total[5m])) > 5",
                    "for": "PT10M",
                "severity": 2, "actions": [{"actionGroupId": DUTY}], "resolveConfiguration": {
                    "autoResolved": True, "timeToResolve": "PT10M"}}]}, "rules", links={"scopes": ("amw",)}),
        az("dashboard:Grafana", {
            **AT, "workspaceName": "amg-apps-prod", "sku": {"name": "Standard"}, "identity": {"type": "SystemAssigned"},
            "properties": {"apiKey": "Disabled", "deterministicOutboundIP": "Disabled",
                "publicNetworkAccess": "Disabled",
                           "zoneRedundancy": "Enabled", "grafanaMajorVersion": "11", "grafanaIntegrations": {
                               "azureMonitorWorkspaceIntegrations": [{"azureMonitorWorkspaceResourceId": UNKNOWN}]},
                           "grafanaConfigurations": {"security": {"csrfAlwaysCheck": True}, "snapshots": {
                               "externalEnabled": False}, "users": {"viewersCanEdit": False}}}}, "grafana", links={
                                   "properties": ("amw",)}),
        *private("grafana", "grafana", "privatelink.grafana.azure.com"),
        granted("viewers", "grafana", "60921a7e-fef1-4a43-9b16-a26c52ad4769", "Group"), records("grafana"),
            kept("amw")),
        f"{LEARN}/azure-monitor/containers/kubernetes-monitoring-enable; .../managed-grafana"
        f"; {AVM}/dashboard/grafana, as known", with_prices("dashboard:Grafana::grafana",
                                                           "monitor:AzureMonitorWorkspace::amw")),
    Idiom("Backup for AKS: objects and disks of chosen namespaces are copied to a vault that cannot be emptied", (
        budget(20000),
        az("dataprotection:BackupVault", {
            **AT, "vaultName": "bvault-aks-prod", "identity": {"type": "SystemAssigned,UserAssigned",
                "userAssignedIdentities": [IDENTITY]}, "properties": {
                "storageSettings": [{"datastoreType": "VaultStore", "type": "ZoneRedundant"}], "securitySettings": {
                    "softDeleteSettings": {"state": "AlwaysOn", "retentionDurationInDays": 30},
                        "immutabilitySettings": {
                        "state": "Unlocked"}, "encryptionSettings": {
                        "state": "Enabled", "infrastructureEncryption": "Enabled", "kekIdentity": {
                            "identityType": "UserAssigned", "identityId": IDENTITY}, "keyVaultProperties": {
                                "keyUri": CMK}}}, "featureSettings": {"crossSubscriptionRestoreSettings": {
                            "state": "Disabled"}}, "monitoringSettings": {"azureMonitorAlertSettings": {
                                "alertsForAllJobFailures": "Enabled"}}}}, "vault", protect=True),
        az("dataprotection:BackupPolicy", {
            **RG, "vaultName": "bvault-aks-prod", "backupPolicyName": "aks-nightly", "properties": {
                "objectType": "BackupPolicy", "datasourceTypes": ["Microsoft.ContainerService/managedClusters"],
                "policyRules": [
                    {"name": "BackupDaily", "objectType": "AzureBackupRule", "backupParameters": {
                        "objectType": "AzureBackupParams", "backupType": "Incremental"}, "dataStore": {
                        "dataStoreType": "OperationalStore", "objectType": "DataStoreInfoBase"}, "trigger": {
                        "objectType": "ScheduleBasedTriggerContext", "schedule": {
                            "repeatingTimeIntervals": ["R/2026-12-01T22:00:00+00:00/P1D"], "timeZone":
                            "Arabian Standard Time"}, "taggingCriteria": [{
                                "isDefault": True, "tagInfo": {"tagName": "Default"}, "taggingPriority": 99}]}},
                    {"name": "Default", "objectType": "AzureRetentionRule", "isDefault": True, "lifecycles": [{
                        "deleteAfter": {"objectType": "AbsoluteDeleteOption", "duration": "P30D"}, "sourceDataStore": {
                            "dataStoreType": "OperationalStore", "objectType": "DataStoreInfoBase"}}]}]}}, "policy",
            links={"vaultName": ("vault",)}),
        az("kubernetesconfiguration:Extension", {
            **RG, "clusterRp": "Microsoft.ContainerService", "clusterResourceName": "managedClusters", "clusterName":
            "aks-apps-prod", "extensionName": "azure-aks-backup", "extensionType":
            "microsoft.dataprotection.kubernetes", "autoUpgradeMinorVersion": True, "releaseTrain": "stable", "scope": {
                "cluster": {"releaseNamespace": "dataprotection-microsoft"}}, "configurationSettings": {
                "configuration.backupStorageLocation.bucket": "aks-backups",
                "configuration.backupStorageLocation.config.storageAccount": "stbackupsprod",
                "configuration.backupStorageLocation.config.resourceGroup": RG["resourceGroupName"],
                "configuration.backupStorageLocation.config.subscriptionId": "00000000-0000-0000-0000-000000000001",
                "configuration.backupStorageLocation.config.useAAD": "true", "credentials.tenantId": TENANT}}, "agent"),
        az("containerservice:TrustedAccessRoleBinding", {
            **RG, "resourceName": "aks-apps-prod", "trustedAccessRoleBindingName": "backup", "roles": [
                "Microsoft.DataProtection/backupVaults/backup-operator"], "sourceResourceId": UNKNOWN}, "trusted",
                    links={
                    "sourceResourceId": ("vault",)}),
        az("dataprotection:BackupInstance", {
            **RG, "vaultName": "bvault-aks-prod", "backupInstanceName": "aks-apps-prod", "properties": {
                "objectType": "BackupInstance", "friendlyName": "aks-apps-prod", "dataSourceInfo": {
                    "objectType": "Datasource", "resourceID": AKS_ID, "datasourceType":
                    "Microsoft.ContainerService/managedClusters", "resourceType":
                    "Microsoft.ContainerService/managedClusters", "resourceName": "aks-apps-prod", "resourceLocation":
                    "uaenorth", "resourceUri": AKS_ID}, "dataSourceSetInfo": {
                    "objectType": "DatasourceSet", "resourceID": AKS_ID, "datasourceType":
                    "Microsoft.ContainerService/managedClusters"}, "policyInfo": {
                    "policyId": UNKNOWN, "policyParameters": {
                        "dataStoreParametersList": [{"objectType": "AzureOperationalStoreParameters", "dataStoreType":
                                                     "OperationalStore", "resourceGroupId": GROUP}],
                        "backupDatasourceParametersList": [{
                            "objectType": "KubernetesClusterBackupDatasourceParameters", "includedNamespaces": [
                                "claims", "shop"], "snapshotVolumes": True, "includeClusterScopeResources": False}]}}}},
            "instance", links={"vaultName": ("vault",), "properties": ("policy",)}),
        records("vault"), kept("vault")),
        f"{LEARN}/backup/azure-kubernetes-service-cluster-backup; {AVM}/data-protection/backup-vault, as known",
        merged(with_prices("dataprotection:BackupInstance::instance", "dataprotection:BackupVault::vault",
                           "kubernetesconfiguration:Extension::agent"), {
            "residency": {"known": {"stbackupsprod.blob.core.windows.net": "our own, in uaenorth"}}, "escape": {
                "allowed_types": {"azure-native:kubernetesconfiguration:Extension": "the agent of backups alone"}}})),
    Idiom("identities of pods: one for each app with a credential of one account of one namespace, and one narrow role",
        (
        budget(20000),
        *(given for app, kind in (("claims", "Blob"), ("quotes", "Queue")) for given in (
            az("managedidentity:UserAssignedIdentity", {**AT, "resourceName": f"id-{app}"},
               f"id-{app}"),
            az("managedidentity:FederatedIdentityCredential", {
                **RG, "resourceName": f"id-{app}", "federatedIdentityCredentialResourceName": "aks-apps-prod", "issuer":
                ISSUER, "subject": f"system:serviceaccount:{app}:{app}", "audiences": ["api://AzureADTokenExchange"]},
               f"{app}-credential", links={"resourceName": (f"id-{app}",)}))),
        az("keyvault:Vault", {
            **AT, "vaultName": "kv-apps-prod", "properties": {
                "tenantId": TENANT, "sku": {"family": "A", "name": "premium"}, "enableRbacAuthorization": True,
                "enablePurgeProtection": True, "enableSoftDelete": True, "softDeleteRetentionInDays": 90,
                "publicNetworkAccess": "Disabled", "networkAcls": {"bypass": "None", "defaultAction": "Deny"}}}, "kv",
            protect=True),
        az("authorization:RoleAssignment", {
            "scope": UNKNOWN, "principalId": UNKNOWN, "principalType": "ServicePrincipal", "roleDefinitionId":
            "/subscriptions/00000000-0000-0000-0000-000000000001/providers/Microsoft.Authorization/roleDefinitions/"
            "4633458b-17de-408a-b874-0445c86b69e6"}, "reads", links={"scope": ("kv",), "principalId": ("id-claims",)}),
        az("authorization:RoleAssignment", {
            "scope": UNKNOWN, "principalId": STAFF, "principalType": "Group", "roleDefinitionId":
            "/subscriptions/00000000-0000-0000-0000-000000000001/providers/Microsoft.Authorization/roleDefinitions/"
            "21090545-7ca7-4776-b22c-e363652d74d2"}, "readers", links={"scope": ("kv",)}),
        *private("kv", "vault", "privatelink.vaultcore.azure.net"), records("kv"), kept("kv")),
        f"{LEARN}/aks/workload-identity-deploy-cluster; {AVM}/managed-identity/user-assigned-identity, as known",
        with_prices()),
)  # fmt: skip
