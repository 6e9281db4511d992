"""Good idioms of platform teams on Azure: training, databases, functions, records and machines (set 19, blind)."""

from ..blind import SUB, TAGS, az
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import HERE, ID, KEY_URL, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .ninth_azure import CLIENT, LOGS, TENANT
from .sixth_azure import endpoint
from .thirteenth_azure import ADMINS, DISKS, GALLERY, USER
from .twelfth_azure_platform import CLOSED, OWN, audit

ML = f"{OURS}.MachineLearningServices/workspaces/mlw-science"
SQL = f"{OURS}.Sql/servers/sql-ledger"
SITE = f"{OURS}.Web/sites/func-letters"
DUTY = f"{OURS}.Insights/actionGroups/ag-duty"
VAULT_OF_COPIES = f"{OURS}.RecoveryServices/vaults/rsv-bank"
INIT = "I2Nsb3VkLWNvbmZpZwpwYWNrYWdlX3VwZ3JhZGU6IGZhbHNlCg=="


def counted(name: str, scope: str, namespace: str, metric: str, operator: str, threshold: float) -> Given:
    """Returns an alert on a figure of one resource that is told to those on duty."""
    return az("monitor:MetricAlert", {
        **RG, "location": "global", "tags": TAGS, "ruleName": name, "description": name, "severity": 2, "enabled": True,
        "scopes": [scope], "evaluationFrequency": "PT5M", "windowSize": "PT15M", "autoMitigate": True, "criteria": {
            "odataType": "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria", "allOf": [{
                "criterionType": "StaticThresholdCriterion", "name": metric, "metricName": metric, "metricNamespace":
                namespace, "operator": operator, "threshold": threshold, "timeAggregation": "Average"}]},
        "actions": [{"actionGroupId": DUTY}]}, name)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("scientists train on GPUs of Azure ML that go when idle, in a network that lets out what is approved alone", (
        AZURE_BUDGET,
        az("machinelearningservices:Workspace", {
            **HERE, "workspaceName": "mlw-science", "kind": "Default", "sku": {"name": "Basic",
                "tier": "Basic"}, **CLOSED,
            **USER, "primaryUserAssignedIdentity": ID, "friendlyName": "Science", "hbiWorkspace": True, "v1LegacyMode":
            False, "allowPublicAccessWhenBehindVnet": False, "systemDatastoresAuthMode": "Identity",
            "enableDataIsolation": True, "imageBuildCompute": "builds", "keyVault": f"{OURS}.KeyVault/vaults/kv-bank",
            "storageAccount": f"{OURS}.Storage/storageAccounts/stbank", "applicationInsights":
            f"{OURS}.Insights/components/science", "containerRegistry": f"{OURS}.ContainerRegistry/registries/crbank",
            "encryption": {"status": "Enabled", "identity": {"userAssignedIdentity": ID}, "keyVaultProperties": {
                "keyIdentifier": KEY_URL, "keyVaultArmId": f"{OURS}.KeyVault/vaults/kv-bank"}},
            "managedNetwork": {"isolationMode": "AllowOnlyApprovedOutbound", "firewallSku": "Standard",
                "outboundRules": {
                "lake": {"type": "PrivateEndpoint", "category": "UserDefined", "destination": {
                    "serviceResourceId": f"{OURS}.Storage/storageAccounts/stbank", "subresourceTarget": "blob",
                    "sparkEnabled": False}},
                "mirror": {"type": "FQDN", "category": "UserDefined", "destination": "registry.bank.ae"}}}}, "science",
            protect=True),
        az("machinelearningservices:Compute", {
            **RG, "location": "uaenorth", "tags": TAGS, "workspaceName": "mlw-science", "computeName": "gpus", **USER,
            "properties": {"computeType": "AmlCompute", "disableLocalAuth": True, "properties": {
                "vmSize": "Standard_NV36ads_A10_v5", "vmPriority": "LowPriority", "osType": "Linux",
                    "enableNodePublicIp":
                False, "isolatedNetwork": True, "remoteLoginPortPublicAccess": "Disabled", "scaleSettings": {
                    "minNodeCount": 0, "maxNodeCount": 2, "nodeIdleTimeBeforeScaleDown": "PT15M"}}}}, "gpus", links={
                        "workspaceName": ("science",)}),
        az("machinelearningservices:Compute", {
            **RG, "location": "uaenorth", "tags": TAGS, "workspaceName": "mlw-science",
                "computeName": "ci-analyst", **USER,
            "properties": {"computeType": "ComputeInstance", "disableLocalAuth": True, "properties": {
                "vmSize": "Standard_D4ds_v5", "enableNodePublicIp": False, "enableSSO": True,
                    "idleTimeBeforeShutdown": "PT60M", "applicationSharingPolicy": "Personal",
                "computeInstanceAuthorizationType": "personal", "sshSettings": {"sshPublicAccess": "Disabled"},
                "schedules": {"computeStartStop": [{"action": "Stop", "status": "Enabled", "triggerType": "Cron",
                    "cron": {
                    "expression": "0 18 * * *", "timeZone": "Arabian Standard Time"}}]},
                "personalComputeInstanceSettings": {"assignedUser": {"objectId": ADMINS, "tenantId": TENANT}}}}},
            "analyst", links={"workspaceName": ("science",)}),
        az("machinelearningservices:Datastore", {**RG, "workspaceName": "mlw-science", "name": "checkpoints",
            "properties": {
            "datastoreType": "AzureBlob", "accountName": "stbank", "containerName": "checkpoints", "protocol": "https",
            "endpoint": "core.windows.net", "credentials": {"credentialsType": "None"}, "resourceGroup": "rg-platform",
            "serviceDataAccessAuthIdentity": "WorkspaceUserAssignedIdentity",
                "subscriptionId": SUB.rpartition("/")[2]}},
            "checkpoints", links={"workspaceName": ("science",)}),
        endpoint("mlw", ML, "amlworkspace"), audit("science", ML), lock(ML, "science")),
        f"{LEARN}/machine-learning/how-to-managed-network; machine-learning/concept-enterprise-security",
        {**OWN, **unpriced("azure-native:machinelearningservices:Compute::gpus",
                           "azure-native:machinelearningservices:Compute::analyst")}),
    Idiom("the ledger is in SQL of zones for Entra alone, watched by Defender, with every statement in its records", (
        AZURE_BUDGET,
        az("sql:Server", {
            **HERE, "serverName": "sql-ledger", "version": "12.0", "minimalTlsVersion": "1.2", **CLOSED, **USER,
            "primaryUserAssignedIdentityId": ID, "keyId": KEY_URL, "restrictOutboundNetworkAccess": "Enabled",
            "isIPv6Enabled": "Disabled", "administrators": {
                "administratorType": "ActiveDirectory", "azureADOnlyAuthentication": True, "login": "dbas",
                "principalType": "Group", "sid": ADMINS, "tenantId": TENANT}}, "server", protect=True),
        az("sql:Database", {
            **HERE, "serverName": "sql-ledger", "databaseName": "ledger", "sku": {
                "name": "GP_Gen5", "tier": "GeneralPurpose", "family": "Gen5", "capacity": 4}, "zoneRedundant": True,
            "requestedBackupStorageRedundancy": "Zone", "isLedgerOn": True, "licenseType": "BasePrice", "maxSizeBytes":
            107374182400, "collation": "SQL_Latin1_General_CP1_CI_AS", "catalogCollation":
            "SQL_Latin1_General_CP1_CI_AS", "readScale": "Disabled", "preferredEnclaveType": "VBS",
            "encryptionProtectorAutoRotation": True, "maintenanceConfigurationId":
            "/subscriptions/00000000-0000-0000-0000-000000000001/providers/Microsoft.Maintenance/"
            "publicMaintenanceConfigurations/SQL_UAENorth_DB_1"}, "ledger", protect=True, links={
                "serverName": ("server",)}),
        az("sql:ServerBlobAuditingPolicy", {
            **RG, "serverName": "sql-ledger", "blobAuditingPolicyName": "default", "state": "Enabled",
            "isAzureMonitorTargetEnabled": True, "isDevopsAuditEnabled": True, "retentionDays": 90,
                "queueDelayMs": 1000,
            "auditActionsAndGroups": ["BATCH_COMPLETED_GROUP", "SUCCESSFUL_DATABASE_AUTHENTICATION_GROUP",
                                      "FAILED_DATABASE_AUTHENTICATION_GROUP"]}, "statements", links={
                                          "serverName": ("server",)}),
        az("sql:ServerSecurityAlertPolicy", {
            **RG, "serverName": "sql-ledger", "securityAlertPolicyName": "default", "state": "Enabled",
                "disabledAlerts": [],
            "emailAccountAdmins": False, "emailAddresses": ["dbas@bank.ae"], "retentionDays": 90}, "watched", links={
                "serverName": ("server",)}),
        az("sql:BackupShortTermRetentionPolicy", {
            **RG, "serverName": "sql-ledger", "databaseName": "ledger", "policyName": "default", "retentionDays": 35,
            "diffBackupIntervalInHours": 12}, "month", links={"databaseName": ("ledger",)}),
        az("sql:LongTermRetentionPolicy", {
            **RG, "serverName": "sql-ledger", "databaseName": "ledger", "policyName": "default",
                "weeklyRetention": "P8W",
            "monthlyRetention": "P24M", "yearlyRetention": "P10Y", "weekOfYear": 1}, "years", links={
                "databaseName": ("ledger",)}),
        endpoint("sql", SQL, "sqlServer"), audit("ledger", f"{SQL}/databases/ledger"), lock(SQL, "server")),
        f"{LEARN}/azure-sql/database/security-best-practice; azure-sql/database/auditing-setup",
        {"residency": {"known": {"@bank.ae": "our own mail"}}, **unpriced(
            "azure-native:sql:ServerSecurityAlertPolicy::watched")}),
    Idiom("letters are made by functions on a flexible plan in the network, from a package that the identity reads", (
        AZURE_BUDGET,
        az("web:AppServicePlan", {**HERE, "name": "asp-letters", "kind": "functionapp", "reserved": True,
            "zoneRedundant":
                                  True, "sku": {"name": "FC1", "tier": "FlexConsumption"}}, "plan"),
        az("web:WebApp", {
            **HERE, "name": "func-letters", "kind": "functionapp,linux", "serverFarmId": UNKNOWN, **USER, **CLOSED,
            "httpsOnly": True, "clientCertEnabled": True, "clientCertMode": "Required", "keyVaultReferenceIdentity": ID,
            "virtualNetworkSubnetId": f"{VNET}/subnets/functions", "outboundVnetRouting": {"allTraffic": True,
                "contentShareTraffic": True}, "endToEndEncryptionEnabled": True, "storageAccountRequired": False,
            "functionAppConfig": {
                "runtime": {"name": "python", "version": "3.12"}, "scaleAndConcurrency": {
                    "maximumInstanceCount": 40, "instanceMemoryMB": 2048, "alwaysReady": [
                        {"name": "http", "instanceCount": 1}], "triggers": {"http": {"perInstanceConcurrency": 16}}},
                "deployment": {"storage": {
                    "type": "blobContainer", "value": "https://stbank.blob.core.windows.net/releases",
                        "authentication": {
                        "type": "UserAssignedIdentity", "userAssignedIdentityResourceId": ID}}}},
            "siteConfig": {
                "minTlsVersion": "1.2", "scmMinTlsVersion": "1.2", "ftpsState": "Disabled", "http20Enabled": True,
                "healthCheckPath": "/api/ready", "remoteDebuggingEnabled": False, "detailedErrorLoggingEnabled": False,
                "ipSecurityRestrictionsDefaultAction": "Deny", "scmIpSecurityRestrictionsDefaultAction": "Deny",
                "scmIpSecurityRestrictionsUseMain": True, "webSocketsEnabled": False, "cors": {
                    "allowedOrigins": ["https://portal.bank.ae"], "supportCredentials": False}, "appSettings": [
                        {"name": "AzureWebJobsStorage__accountName", "value": "stbank"},
                        {"name": "AzureWebJobsStorage__credential", "value": "managedidentity"},
                        {"name": "AzureWebJobsStorage__clientId", "value": CLIENT},
                        {"name": "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
                            "value": f"Authorization=AAD;ClientId={CLIENT}"},
                        {"name": "DATABASE", "value":
                         "@Microsoft.KeyVault(SecretUri=https://kv-bank.vault.azure.net/secrets/letters)"}]}},
                             "letters",
            links={"serverFarmId": ("plan",)}),
        *(az(f"web:{kind}", {**RG, "name": "func-letters", "allow": False}, kind.lower(), links={"name": ("letters",)})
          for kind in ("WebAppFtpAllowed", "WebAppScmAllowed")),
        endpoint("func", SITE, "sites"), audit("letters", SITE)),
        f"{LEARN}/azure-functions/flex-consumption-how-to; azure-functions/security-concepts",
        {**OWN, "escape": {**OWN["escape"], "code_sources": {
            "https://stbank.blob.core.windows.net/releases": "our own releases, pushed by the pipeline"}},
         **unpriced("azure-native:web:AppServicePlan::plan")}),
    Idiom("records of machines come by rules and an endpoint of the network, and alerts go to those on duty", (
        AZURE_BUDGET,
        az("monitor:DataCollectionEndpoint", {
            **HERE, "dataCollectionEndpointName": "dce-bank", "kind": "Linux", "networkAcls": CLOSED, "description":
            "Records of machines"}, "entry"),
        az("monitor:DataCollectionRule", {
            **HERE, "dataCollectionRuleName": "dcr-linux", "kind": "Linux", "dataCollectionEndpointId": UNKNOWN,
            "dataSources": {
                "performanceCounters": [{"name": "figures", "streams": ["Microsoft-Perf"],
                    "samplingFrequencyInSeconds": 60,
                                         "counterSpecifiers": ["Processor(*)\\% Processor Time",
                                             "Memory(*)\\% Used Memory",
                                                               "Logical Disk(*)\\% Used Space"]}],
                "syslog": [{"name": "sign-in", "streams": ["Microsoft-Syslog"], "facilityNames": ["auth", "authpriv"],
                            "logLevels": ["Info", "Notice", "Warning", "Error", "Critical", "Alert", "Emergency"]}]},
            "destinations": {"logAnalytics": [{"name": "logs", "workspaceResourceId": LOGS}]}, "dataFlows": [
                {"streams": ["Microsoft-Perf"], "destinations": ["logs"]},
                {"streams": ["Microsoft-Syslog"], "destinations": ["logs"], "outputStream": "Microsoft-Syslog",
                 "transformKql": "source | where SeverityLevel != 'debug'"}]}, "linux", links={
                     "dataCollectionEndpointId": ("entry",)}),
        az("monitor:PrivateLinkScope", {
            **RG, "location": "global", "tags": TAGS, "scopeName": "ampls-bank", "accessModeSettings": {
                "ingestionAccessMode": "PrivateOnly", "queryAccessMode": "PrivateOnly"}}, "scope"),
        az("monitor:PrivateLinkScopedResource", {**RG, "scopeName": "ampls-bank", "name": "entry", "linkedResourceId":
                                                 UNKNOWN}, "in-scope", links={"linkedResourceId": ("entry",),
                                                                             "scopeName": ("scope",)}),
        endpoint("ampls", f"{OURS}.Insights/privateLinkScopes/ampls-bank", "azuremonitor"),
        az("monitor:ActionGroup", {
            **RG, "location": "global", "tags": TAGS, "actionGroupName": "ag-duty", "groupShortName": "duty", "enabled":
            True, "emailReceivers": [{"name": "duty", "emailAddress": "duty@bank.ae", "useCommonAlertSchema": True}],
            "eventHubReceivers": [{
                "name": "desk", "eventHubNameSpace": "evhns-trades", "eventHubName": "alerts", "subscriptionId":
                "00000000-0000-0000-0000-000000000001", "tenantId": TENANT, "useCommonAlertSchema": True}]}, "duty"),
        counted("cpu", f"{OURS}.Compute/virtualMachineScaleSets/vmss-batch",
            "microsoft.compute/virtualmachinescalesets",
                "Percentage CPU", "GreaterThan", 90),
        az("monitor:ScheduledQueryRule", {
            **HERE, "ruleName": "failed-sign-ins", "displayName": "Failed sign-ins", "kind": "LogAlert", "severity": 2,
            "enabled": True, "evaluationFrequency": "PT15M", "windowSize": "PT1H", "scopes": [LOGS],
                "autoMitigate": True,
            "skipQueryValidation": False, "criteria": {"allOf": [{
                "query": "Syslog | where Facility == 'authpriv' and SyslogMessage has 'Failed password'",
                    "threshold": 20,
                "timeAggregation": "Count", "operator": "GreaterThan", "dimensions": [
                    {"name": "Computer", "operator": "Include", "values": ["*"]}], "failingPeriods": {
                        "numberOfEvaluationPeriods": 1, "minFailingPeriodsToAlert": 1}}]},
            "actions": {"actionGroups": [DUTY]}}, "failed")),
        f"{LEARN}/azure-monitor/fundamentals/best-practices-security; azure-monitor/logs/private-link-configure",
        {**OWN, "residency": {"known": {**OWN["residency"]["known"], "@bank.ae": "our own mail"}}}),
    Idiom("batches run on a flexible set of machines over zones, from the bank's image, and are healed by it", (
        AZURE_BUDGET,
        az("compute:VirtualMachineScaleSet", {
            **HERE, "vmScaleSetName": "vmss-batch", "orchestrationMode": "Flexible", "platformFaultDomainCount": 1,
            "sku": {"name": "Standard_D8ds_v5", "tier": "Standard", "capacity": 2}, "zones": ["1", "2", "3"], **USER,
            "zoneBalance": True, "singlePlacementGroup": False, "automaticRepairsPolicy": {
                "enabled": True, "gracePeriod": "PT30M", "repairAction": "Replace"}, "upgradePolicy": {
                    "mode": "Rolling", "rollingUpgradePolicy": {
                        "maxBatchInstancePercent": 20, "maxUnhealthyInstancePercent": 20,
                            "pauseTimeBetweenBatches": "PT5M",
                        "maxSurge": True, "prioritizeUnhealthyInstances": True}},
            "virtualMachineProfile": {
                "securityProfile": {"securityType": "TrustedLaunch", "encryptionAtHost": True, "uefiSettings": {
                    "secureBootEnabled": True, "vTpmEnabled": True}},
                "storageProfile": {"imageReference": {"id": GALLERY}, "osDisk": {
                    "createOption": "FromImage", "caching": "ReadOnly", "deleteOption": "Delete", "diskSizeGB": 64,
                    "managedDisk": {"storageAccountType": "Premium_LRS", "diskEncryptionSet": {"id": DISKS}}}},
                "osProfile": {"computerNamePrefix": "batch", "adminUsername": "operator", "customData": INIT,
                              "linuxConfiguration": {
                                  "disablePasswordAuthentication": True, "provisionVMAgent": True, "patchSettings": {
                                      "patchMode": "AutomaticByPlatform", "assessmentMode": "AutomaticByPlatform",
                                      "automaticByPlatformSettings": {
                                          "rebootSetting": "IfRequired", "bypassPlatformSafetyChecksOnUserSchedule":
                                          True}}, "ssh": {"publicKeys": [{
                                              "path": "/home/operator/.ssh/authorized_keys", "keyData":
                                              "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExhbXBsZQ operators"}]}}},
                "networkProfile": {"networkApiVersion": "2020-11-01", "networkInterfaceConfigurations": [{
                    "name": "inside", "primary": True, "enableAcceleratedNetworking": True, "enableIPForwarding": False,
                    "networkSecurityGroup": {"id": f"{OURS}.Network/networkSecurityGroups/nsg-batch"}, "deleteOption":
                    "Delete", "ipConfigurations": [{"name": "inside", "primary": True, "subnet": {
                        "id": f"{VNET}/subnets/batch"}}]}]},
                "extensionProfile": {"extensionsTimeBudget": "PT30M", "extensions": [
                    {"name": "health", "publisher": "Microsoft.ManagedServices", "type": "ApplicationHealthLinux",
                     "typeHandlerVersion": "2.0", "autoUpgradeMinorVersion": True, "settings": {
                         "protocol": "https", "port": 8443, "requestPath": "/ready", "intervalInSeconds": 15}},
                    {"name": "monitor", "publisher": "Microsoft.Azure.Monitor", "type": "AzureMonitorLinuxAgent",
                     "typeHandlerVersion": "1.33", "autoUpgradeMinorVersion": True, "enableAutomaticUpgrade": True}]},
                "diagnosticsProfile": {"bootDiagnostics": {"enabled": True}}, "scheduledEventsProfile": {
                    "terminateNotificationProfile": {"enable": True, "notBeforeTimeout": "PT10M"}}}}, "batch"),
        az("monitor:AutoscaleSetting", {
            **HERE, "autoscaleSettingName": "batch", "name": "batch", "enabled": True, "targetResourceUri": UNKNOWN,
            "predictiveAutoscalePolicy": {"scaleMode": "Disabled"}, "profiles": [{
                "name": "load", "capacity": {"minimum": "2", "maximum": "6", "default": "2"}, "rules": [
                    {"metricTrigger": {
                        "metricName": "Percentage CPU", "metricResourceUri": UNKNOWN, "operator": operator, "statistic":
                        "Average", "threshold": threshold, "timeAggregation": "Average", "timeGrain": "PT1M",
                        "timeWindow": "PT10M"}, "scaleAction": {
                            "direction": direction, "type": "ChangeCount", "value": "1", "cooldown": "PT10M"}}
                    for operator, threshold, direction in (
                        ("GreaterThan", 70, "Increase"), ("LessThan", 30, "Decrease"))]}]}, "scaling", links={
                            "targetResourceUri": ("batch",), "profiles": ("batch",)}),
        audit("batch", f"{OURS}.Compute/virtualMachineScaleSets/vmss-batch")),
        f"{LEARN}/virtual-machine-scale-sets/virtual-machine-scale-sets-automatic-instance-repairs; trusted-launch",
            OWN),
    Idiom("machines and shares are saved every night for a year in a vault that is locked and asks two people", (
        AZURE_BUDGET,
        az("recoveryservices:Vault", {
            **HERE, "vaultName": "rsv-bank", "sku": {"name": "RS0", "tier": "Standard"}, "identity": {
                "type": "UserAssigned", "userAssignedIdentities": [ID]}, "properties": {
                    **CLOSED, "encryption": {"infrastructureEncryption": "Enabled", "kekIdentity": {
                        "userAssignedIdentity": ID, "useSystemAssignedIdentity": False}, "keyVaultProperties": {
                            "keyUri": KEY_URL}},
                    "securitySettings": {"immutabilitySettings": {"state": "Locked"}, "softDeleteSettings": {
                        "softDeleteState": "AlwaysON", "softDeleteRetentionPeriodInDays": 30, "enhancedSecurityState":
                        "AlwaysON"}},
                    "redundancySettings": {"standardTierStorageRedundancy": "ZoneRedundant", "crossRegionRestore":
                                           "Disabled"},
                    "monitoringSettings": {"azureMonitorAlertSettings": {
                        "alertsForAllJobFailures": "Enabled", "alertsForAllReplicationIssues": "Enabled"},
                        "classicAlertSettings": {"alertsForCriticalOperations": "Disabled"}}}}, "vault", protect=True),
        az("recoveryservices:ProtectionPolicy", {
            **RG, "vaultName": "rsv-bank", "policyName": "nightly", "properties": {
                "backupManagementType": "AzureIaasVM", "policyType": "V2", "instantRpRetentionRangeInDays": 5,
                "timeZone": "Arabian Standard Time", "schedulePolicy": {
                    "schedulePolicyType": "SimpleSchedulePolicyV2", "scheduleRunFrequency": "Daily", "dailySchedule": {
                        "scheduleRunTimes": ["2026-11-30T22:00:00Z"]}},
                "retentionPolicy": {"retentionPolicyType": "LongTermRetentionPolicy", "dailySchedule": {
                    "retentionTimes": ["2026-11-30T22:00:00Z"], "retentionDuration": {"count": 35, "durationType":
                                                                                     "Days"}}},
                "instantRPDetails": {"azureBackupRGNamePrefix": "rg-snapshots"}}}, "nightly", links={
                    "vaultName": ("vault",)}),
        endpoint("rsv", VAULT_OF_COPIES, "AzureBackup"), audit("vault", VAULT_OF_COPIES),
        lock(VAULT_OF_COPIES, "vault")),
        f"{LEARN}/backup/guidance-best-practices; backup/backup-azure-immutable-vault-concept", OWN),
)  # fmt: skip
