"""Good idioms of platform teams on Azure: events, drift, findings, databases and streams (set 17, blind)."""

from ..blind import az
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import HERE, ID, KEY_URL, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .ninth_azure import TENANT
from .sixth_azure import endpoint
from .thirteenth_azure import ADMINS, BLUE, DISKS, GALLERY, USER
from .twelfth_azure_platform import CLOSED, NAMES, SYSTEM, VAULT, audit

EVENTS = f"{OURS}.EventHub/namespaces/evhns-bank"
HUB = {**RG, "namespaceName": "evhns-bank"}
WORK = {**RG, "workspaceName": "mlw-bank"}
SENTINEL = {**RG, "workspaceName": "logs"}
LIMITS, LEDGER = f"{OURS}.Sql/servers/sql-limits", f"{OURS}.Compute/virtualMachines/vm-ledger"
SEALED = {"createOption": "FromImage", "diskSizeGB": 128, "deleteOption": "Detach", "managedDisk": {
    "storageAccountType": "Premium_LRS", "diskEncryptionSet": {"id": DISKS}}}  # fmt: skip


def disk(lun: int, size: int) -> dict[str, object]:
    """Returns an empty disk of a machine under the bank's key."""
    return {**SEALED, "createOption": "Empty", "lun": lun, "diskSizeGB": size, "caching": "ReadOnly"}


def rate(metric: str, most: int) -> dict[str, object]:
    """Returns the limit of an application group."""
    return {"type": "ThrottlingPolicy", "name": metric.lower(), "metricId": metric, "rateLimitThreshold": most}


def data(context: str) -> dict[str, object]:
    """Returns the data that a monitor of drift reads."""
    trailing = {"inputDataType": "Trailing", "windowOffset": "P0D", "windowSize": "P7D"}
    window = trailing if context == "model_inputs" else {"inputDataType": "Fixed"}
    return {**window, "jobInputType": "mltable", "uri": f"azureml:claims-{context}:1", "dataContext": context}


IDIOMS: tuple[Idiom, ...] = (
    Idiom("an app that sends too much slows down alone, while others reach the events at their full rate", (
        AZURE_BUDGET,
        az("eventhub:Namespace", {
            **HERE, **CLOSED, **USER, "namespaceName": "evhns-bank", "sku": {
                "name": "Premium", "tier": "Premium", "capacity": 1}, "disableLocalAuth": True, "minimumTlsVersion":
            "1.2", "zoneRedundant": True, "kafkaEnabled": True, "encryption": {
                "keySource": "Microsoft.KeyVault", "requireInfrastructureEncryption": True, "keyVaultProperties": [{
                    "keyName": "cmk", "keyVaultUri": VAULT["keyVaultUri"], "identity": {
                        "userAssignedIdentity": ID}}]}}, "events", protect=True),
        az("eventhub:EventHub", {**HUB, "eventHubName": "orders", "partitionCount": 8, "retentionDescription": {
            "cleanupPolicy": "Delete", "retentionTimeInHours": 168}}, "orders", links={"namespaceName": ("events",)}),
        *(az("eventhub:ApplicationGroup", {
            **HUB, "applicationGroupName": name, "isEnabled": True, "clientAppGroupIdentifier":
            f"AADAppID={number * 8}-2222-3333-4444-555555555555", "policies": [
                rate("IncomingMessages", most), rate("IncomingBytes", most * 1000)]}, name, links={
                    "namespaceName": ("events",)})
          for name, number, most in (("web", "1", 2000), ("batch", "2", 5000))),
        endpoint("evhns", EVENTS, "namespace"), audit("events", EVENTS), lock(EVENTS, "events")),
        f"{LEARN}/event-hubs/resource-governance-with-app-groups", unpriced(
            "azure-native:eventhub:Namespace::events")),
    Idiom("what a model is asked is compared each morning with what it learned, and the team hears of a drift", (
        az("machinelearningservices:DataContainer", {**WORK, "name": "claims-training", "properties": {
            "dataType": "mltable", "description": "What the model learned"}}, "training"),
        az("machinelearningservices:DataVersion", {**WORK, "name": "claims-training", "version": "1", "properties": {
            "dataType": "mltable", "dataUri": "azureml://datastores/models/paths/claims/training", "isAnonymous": False,
            "isArchived": False}}, "first", links={"name": ("training",)}),
        az("machinelearningservices:Schedule", {**WORK, "name": "claims-drift", "properties": {
            "displayName": "Drift of claims", "isEnabled": True, "trigger": {
                "triggerType": "Recurrence", "frequency": "Day", "interval": 1, "timeZone": "Arabian Standard Time",
                "schedule": {"hours": [6], "minutes": [0]}},
            "action": {"actionType": "CreateMonitor", "monitorDefinition": {
                "computeConfiguration": {
                    "computeType": "ServerlessSpark", "instanceType": "standard_e4s_v3", "runtimeVersion": "3.4",
                    "computeIdentity": {"computeIdentityType": "ManagedIdentity"}},
                "monitoringTarget": {"taskType": "Classification", "deploymentId": BLUE},
                "alertNotificationSettings": {"emailNotificationSettings": {"emails": ["ml-platform@bank.ae"]}},
                "signals": {"drift": {
                    "signalType": "DataDrift", "notificationTypes": ["AmlNotification"], "productionData": data(
                        "model_inputs"), "referenceData": data("training"), "metricThresholds": [
                        {"dataType": "Numerical", "metric": "JensenShannonDistance", "threshold": {"value": 0.1}},
                        {"dataType": "Categorical", "metric": "PearsonsChiSquaredTest", "threshold": {"value": 0.1}}]}},
            }}}}, "drift", links={"properties": ("first",)})),
        f"{LEARN}/machine-learning/how-to-monitor-model-performance", {"residency": {"known": {
            **NAMES, "@bank.ae": "our own mail"}}, **unpriced(
                "azure-native:machinelearningservices:Schedule::drift")}),
    Idiom("attacks of several steps are found by Sentinel, with what staff usually do and a list of who may travel", (
        az("securityinsights:FusionAlertRule", {
            **SENTINEL, "ruleId": "fusion", "kind": "Fusion", "enabled": True, "alertRuleTemplateName":
            "f71aba3d-28fb-450b-b192-4e76a83015c8"}, "fusion"),
        az("securityinsights:EntityAnalytics", {**SENTINEL, "settingsName": "EntityAnalytics", "kind":
                                                "EntityAnalytics", "entityProviders": ["AzureActiveDirectory"]},
           "entities"),
        az("securityinsights:Ueba", {**SENTINEL, "settingsName": "Ueba", "kind": "Ueba", "dataSources": [
            "AuditLogs", "AzureActivity", "SigninLogs"]}, "habits", links={"workspaceName": ("entities",)}),
        az("securityinsights:Watchlist", {
            **SENTINEL, "watchlistAlias": "travellers", "displayName": "Staff who travel", "provider": "Bank",
            "itemsSearchKey": "account", "source": "travellers.csv", "sourceType": "Local", "defaultDuration": "P30D",
            "description": "Signing in from abroad is expected"}, "travellers"),
        az("securityinsights:WatchlistItem", {
            **SENTINEL, "watchlistAlias": "travellers", "watchlistItemId": "44444444-5555-6666-7777-888888888888",
            "itemsKeyValue": {"account": "s.ali@bank.ae", "until": "2026-12-20"}}, "ali", links={
                "watchlistAlias": ("travellers",)})),
        f"{LEARN}/sentinel/fusion; {LEARN}/sentinel/enable-entity-behavior-analytics; {LEARN}/sentinel/watchlists", {
            "residency": {"known": {**NAMES, "@bank.ae": "our own mail"}}}),
    Idiom("a database of limits knows staff of the bank alone, keeps copies for seven years and writes down reads", (
        AZURE_BUDGET,
        az("sql:Server", {
            **HERE, **CLOSED, **USER, "serverName": "sql-limits", "version": "12.0", "minimalTlsVersion": "1.2",
            "primaryUserAssignedIdentityId": ID, "keyId": KEY_URL, "restrictOutboundNetworkAccess": "Enabled",
            "administrators": {"administratorType": "ActiveDirectory", "azureADOnlyAuthentication": True, "login":
                               "sql-admins", "principalType": "Group", "sid": ADMINS, "tenantId": TENANT}}, "server",
            protect=True),
        az("sql:ServerAzureADOnlyAuthentication", {
            **RG, "serverName": "sql-limits", "authenticationName": "Default", "azureADOnlyAuthentication": True},
            "staff", links={"serverName": ("server",)}),
        az("sql:Database", {
            **HERE, "serverName": "sql-limits", "databaseName": "limits", "zoneRedundant": True, "sku": {
                "name": "GP_Gen5", "tier": "GeneralPurpose", "family": "Gen5", "capacity": 2}, "maxSizeBytes":
            34359738368, "requestedBackupStorageRedundancy": "Zone"}, "limits", protect=True, links={
                "serverName": ("server",)}),
        az("sql:BackupLongTermRetentionPolicy", {
            **RG, "serverName": "sql-limits", "databaseName": "limits", "policyName": "default", "weeklyRetention":
            "P12W", "monthlyRetention": "P12M", "yearlyRetention": "P7Y", "weekOfYear": 1}, "years", links={
                "databaseName": ("limits",)}),
        az("sql:DatabaseBlobAuditingPolicy", {
            **RG, "serverName": "sql-limits", "databaseName": "limits", "blobAuditingPolicyName": "default", "state":
            "Enabled", "isAzureMonitorTargetEnabled": True, "retentionDays": 0, "auditActionsAndGroups": [
                "SUCCESSFUL_DATABASE_AUTHENTICATION_GROUP", "FAILED_DATABASE_AUTHENTICATION_GROUP",
                "SELECT ON dbo.limits BY public"]}, "reads", links={"databaseName": ("limits",)}),
        audit("limits", f"{LIMITS}/databases/limits"), endpoint("sql", LIMITS, "sqlServer")),
        f"{LEARN}/azure-sql/database/long-term-retention-overview; {LEARN}/azure-sql/database/auditing-overview", {
            "resilience": {"kept_elsewhere": {
                "limits": "copies of seven years, and each night at the site in Dubai"}}}),
    Idiom("an old ledger runs SQL Server on a sealed machine whose agent has the least of rights", (
        AZURE_BUDGET,
        az("network:NetworkInterface", {
            **HERE, "networkInterfaceName": "nic-ledger", "enableAcceleratedNetworking": True, "enableIPForwarding":
            False, "ipConfigurations": [{"name": "main", "privateIPAllocationMethod": "Dynamic", "subnet": {
                "id": f"{VNET}/subnets/databases"}}]}, "nic"),
        az("compute:VirtualMachine", {
            **HERE, **USER, "vmName": "vm-ledger", "zones": ["1"], "hardwareProfile": {"vmSize": "Standard_E4s_v5"},
            "licenseType": "Windows_Server", "securityProfile": {
                "encryptionAtHost": True, "securityType": "TrustedLaunch", "uefiSettings": {
                    "secureBootEnabled": True, "vTpmEnabled": True}},
            "osProfile": {"computerName": "ledger", "adminUsername": "operator", "adminPassword": UNKNOWN,
                          "windowsConfiguration": {
                              "provisionVMAgent": True, "enableAutomaticUpdates": True, "timeZone":
                              "Arabian Standard Time", "patchSettings": {
                                  "patchMode": "AutomaticByPlatform", "assessmentMode": "AutomaticByPlatform"}}},
            "storageProfile": {"imageReference": {"id": GALLERY}, "osDisk": SEALED, "dataDisks": [
                disk(0, 512), disk(1, 256)]},
            "networkProfile": {"networkInterfaces": [{"id": UNKNOWN, "primary": True}]}, "diagnosticsProfile": {
                "bootDiagnostics": {"enabled": True}}}, "ledger", protect=True, links={"networkProfile": ("nic",)}),
        az("sqlvirtualmachine:SqlVirtualMachine", {
            **HERE, "sqlVirtualMachineName": "vm-ledger", "virtualMachineResourceId": UNKNOWN, "sqlServerLicenseType":
            "AHUB", "sqlImageSku": "Enterprise", "sqlManagement": "Full", "leastPrivilegeMode": "Enabled",
            "enableAutomaticUpgrade": True, "assessmentSettings": {
                "enable": True, "runImmediately": False, "schedule": {
                "enable": True, "dayOfWeek": "Friday", "weeklyInterval": 1, "startTime": "23:00"}},
            "autoPatchingSettings": {"enable": False}, "autoBackupSettings": {"enable": False},
            "serverConfigurationsManagementSettings": {
                "sqlConnectivityUpdateSettings": {"connectivityType": "PRIVATE", "port": 1433},
                "additionalFeaturesServerConfigurations": {"isRServicesEnabled": False}, "sqlInstanceSettings": {
                    "maxDop": 4, "isIfiEnabled": True, "isOptimizeForAdHocWorkloadsEnabled": True}},
            "storageConfigurationSettings": {"sqlSystemDbOnDataDisk": True, "sqlDataSettings": {
                "luns": [0], "defaultFilePath": "F:\\data"}, "sqlLogSettings": {
                    "luns": [1], "defaultFilePath": "G:\\log"}}}, "engine", links={
                        "virtualMachineResourceId": ("ledger",)}),
        lock(LEDGER, "ledger")),
        f"{LEARN}/azure-sql/virtual-machines/windows/sql-agent-extension-manually-register-single-vm", {
            **unpriced("azure-native:compute:VirtualMachine::ledger",
                       "azure-native:sqlvirtualmachine:SqlVirtualMachine::engine"), "resilience": {"kept_elsewhere": {
                           "ledger": "copied every night to the vault of backups",
                           "vm-ledger": "copied with its disks"}}}),
    Idiom("frauds are found in a stream on machines of its own, which reach events and tables by private ways", (
        AZURE_BUDGET,
        az("streamanalytics:Cluster", {**HERE, "clusterName": "asa-bank", "sku": {"name": "Default", "capacity": 36}},
           "cluster"),
        az("streamanalytics:PrivateEndpoint", {
            **RG, "clusterName": "asa-bank", "privateEndpointName": "events", "manualPrivateLinkServiceConnections": [
                {"privateLinkServiceId": EVENTS, "groupIds": ["namespace"]}]}, "events", links={
                    "clusterName": ("cluster",)}),
        az("streamanalytics:StreamingJob", {
            **HERE, **SYSTEM, "jobName": "frauds", "cluster": {"id": UNKNOWN}, "compatibilityLevel": "1.2", "sku": {
                "name": "StandardV2"}, "jobType": "Cloud", "contentStoragePolicy": "JobStorageAccount",
            "jobStorageAccount": {"accountName": "stbank", "authenticationMode": "Msi"}, "outputErrorPolicy": "Stop",
            "eventsOutOfOrderPolicy": "Adjust", "inputs": [{"name": "payments", "properties": {
                "type": "Stream", "datasource": {
                    "type": "Microsoft.EventHub/EventHub", "serviceBusNamespace": "evhns-bank", "eventHubName":
                    "payments", "consumerGroupName": "frauds", "authenticationMode": "Msi"},
                "serialization": {"type": "Json", "encoding": "UTF8"}}}],
            "outputs": [{"name": "alerts", "datasource": {
                "type": "Microsoft.EventHub/EventHub", "serviceBusNamespace": "evhns-bank", "eventHubName": "alerts",
                "authenticationMode": "Msi"}, "serialization": {
                    "type": "Json", "encoding": "UTF8", "format": "Array"}}],
            "transformation": {"name": "frauds", "streamingUnits": 12, "query":
                               "SELECT card, COUNT(*) AS n INTO alerts FROM payments TIMESTAMP BY at "
                               "GROUP BY card, TumblingWindow(minute, 1) HAVING COUNT(*) > 20"}}, "frauds", links={
                                   "cluster": ("cluster",)}),
        audit("frauds", f"{OURS}.StreamAnalytics/streamingjobs/frauds")),
        f"{LEARN}/stream-analytics/private-endpoints; {LEARN}/stream-analytics/cluster-overview", {
            "residency": {"known": {**NAMES, "evhns-bank": "our own namespace of events, in uaenorth",
                                    "evhns-bank.servicebus.windows.net": "our own namespace of events, in uaenorth"}},
            **unpriced("azure-native:streamanalytics:Cluster::cluster",
                       "azure-native:streamanalytics:PrivateEndpoint::events",
                       "azure-native:streamanalytics:StreamingJob::frauds")}),
)  # fmt: skip
