"""More good programs on Azure, of services that are less common (2026-12-01, written before any rule ran)."""

from ..blind import SUB, az
from ..harness import UNKNOWN
from . import Idiom
from .twentieth_goodb_charts import merged
from .twenty_third_azure import (
    AT,
    BY_IDENTITY,
    CMK,
    IDENTITY,
    ITS,
    LAW,
    LEARN,
    OURS,
    RG,
    STAFF,
    TENANT,
    VNET,
    alert,
    budget,
    granted,
    kept,
    nsg,
    private,
    records,
    with_prices,
)
from .twenty_third_azure_b import ACCOUNT

IDIOMS: tuple[Idiom, ...] = (
    Idiom("functions: a Flex Consumption app reads Service Bus by its identity and writes to its own account", (
        az("storage:StorageAccount", {**ACCOUNT, "accountName": "stfuncprod"}, "store"),
        az("storage:BlobServiceProperties", {
            **RG, "accountName": "stfuncprod", "blobServicesName": "default", "isVersioningEnabled": True,
            "deleteRetentionPolicy": {"enabled": True, "days": 14}, "containerDeleteRetentionPolicy": {
                "enabled": True, "days": 14}}, "blobs", links={"accountName": ("store",)}),
        az("storage:ManagementPolicy", {
            **RG, "accountName": "stfuncprod", "managementPolicyName": "default", "policy": {"rules": [{
                "name": "old", "enabled": True, "type": "Lifecycle", "definition": {
                    "filters": {"blobTypes": ["blockBlob"]}, "actions": {"version": {"delete": {
                        "daysAfterCreationGreaterThan": 90}}}}}]}}, "old", links={"accountName": ("store",)}),
        az("storage:BlobContainer", {**RG, "accountName": "stfuncprod", "containerName": "packages", "publicAccess":
                                     "None"}, "packages", links={"accountName": ("store",)}),
        az("web:AppServicePlan", {**AT, "name": "asp-func", "kind": "functionapp", "reserved": True, "sku": {
            "name": "FC1", "tier": "FlexConsumption"}, "zoneRedundant": True}, "plan"),
        az("web:WebApp", {
            **AT, "name": "func-notices-prod", "kind": "functionapp,linux", "serverFarmId": UNKNOWN, **BY_IDENTITY,
            "httpsOnly": True, "publicNetworkAccess": "Disabled", "virtualNetworkSubnetId":
            f"{VNET}/subnets/snet-func", "clientCertEnabled": True, "clientCertMode": "Required", "functionAppConfig": {
                "deployment": {"storage": {"type": "blobContainer", "value":
                                           "https://stfuncprod.blob.core.windows.net/packages", "authentication": {
                                               "type": "UserAssignedIdentity", "userAssignedIdentityResourceId":
                                               IDENTITY}}}, "runtime": {"name": "python", "version": "3.13"},
                "scaleAndConcurrency": {"maximumInstanceCount": 40, "instanceMemoryMB": 2048}}, "siteConfig": {
                "minTlsVersion": "1.3", "ftpsState": "Disabled", "http20Enabled": True, "appSettings": [
                    {"name": "AzureWebJobsStorage__accountName", "value": "stfuncprod"},
                    {"name": "AzureWebJobsStorage__credential", "value": "managedidentity"},
                    {"name": "ServiceBus__fullyQualifiedNamespace", "value": "sb-orders-prod.servicebus.windows.net"},
                    {"name": "ServiceBus__credential", "value": "managedidentity"}]}}, "app",
           links={"serverFarmId": ("plan",)}),
        *(az(f"web:WebApp{kind}", {**RG, "name": "func-notices-prod", "allow": False}, kind, links={"name": ("app",)})
          for kind in ("FtpAllowed", "ScmAllowed")),
        granted("owner-of-blobs", "store", "b7e6dc6d-f1e8-4753-8033-0f276bb0955b"),
        *private("store", "blob", "privatelink.blob.core.windows.net"),
        *private("app", "sites", "privatelink.azurewebsites.net"), records("app"), kept("store")),
        f"{LEARN}/azure-functions/flex-consumption-how-to, as known",
        merged(with_prices("web:AppServicePlan::plan"), {"residency": {"known": {
            "sb-orders-prod.servicebus.windows.net": "our own namespace, in uaenorth"}}})),
    Idiom("events: a system topic tells a storage queue of new documents by an identity, with dead letters", (
        az("eventgrid:SystemTopic", {
            **AT, "systemTopicName": "egst-docs", "source": f"{ITS}.Storage/storageAccounts/stdocsprod", "topicType":
            "Microsoft.Storage.StorageAccounts", "identity": {"type": "SystemAssigned"}}, "topic"),
        az("eventgrid:SystemTopicEventSubscription", {
            **RG, "systemTopicName": "egst-docs", "eventSubscriptionName": "indexer", "eventDeliverySchema":
            "CloudEventSchemaV1_0", "filter": {"includedEventTypes": ["Microsoft.Storage.BlobCreated"],
                                               "subjectBeginsWith": "/blobServices/default/containers/contracts/"},
            "retryPolicy": {"maxDeliveryAttempts": 30, "eventTimeToLiveInMinutes": 1440},
            "deliveryWithResourceIdentity": {"identity": {"type": "SystemAssigned"}, "destination": {
                "endpointType": "StorageQueue", "queueName": "documents", "resourceId":
                f"{ITS}.Storage/storageAccounts/stdocsprod"}}, "deadLetterWithResourceIdentity": {
                "identity": {"type": "SystemAssigned"}, "deadLetterDestination": {
                    "endpointType": "StorageBlob", "blobContainerName": "dead", "resourceId":
                    f"{ITS}.Storage/storageAccounts/stdocsprod"}}}, "subscription",
           links={"systemTopicName": ("topic",)}), records("topic")),
        f"{LEARN}/event-grid/managed-service-identity, as known",
        merged(with_prices("eventgrid:SystemTopic::topic"), {"residency": {"known": {
            f"{ITS}.Storage/storageAccounts/stdocsprod": "our own account, in uaenorth"}}})),
    Idiom("settings: App Configuration by Entra with soft delete, a feature flag and a key of the vault", (
        az("appconfiguration:ConfigurationStore", {
            **AT, "configStoreName": "appcs-bank-prod", "sku": {"name": "standard"}, "disableLocalAuth": True,
            "enablePurgeProtection": True, "softDeleteRetentionInDays": 7, "publicNetworkAccess": "Disabled",
            **BY_IDENTITY, "encryption": {"keyVaultProperties": {
                "keyIdentifier": CMK, "identityClientId": "11111111-2222-3333-4444-555555555555"}},
            "dataPlaneProxy": {"authenticationMode": "Pass-through", "privateLinkDelegation": "Enabled"}}, "store"),
        az("appconfiguration:KeyValue", {
            **RG, "configStoreName": "appcs-bank-prod", "keyValueName": ".appconfig.featureflag~2Fchat$prod",
            "contentType": "application/vnd.microsoft.appconfig.ff+json;charset=utf-8", "value":
            '{"id":"chat","enabled":true,"conditions":{"client_filters":[]}}'}, "flag",
           links={"configStoreName": ("store",)}),
        granted("reader", "store", "516239f1-63e1-4d78-a4de-a74fb236a071"),
        *private("store", "configurationStores", "privatelink.azconfig.io"), records("store"), kept("store")),
        f"{LEARN}/azure-app-configuration/concept-customer-managed-keys, as known",
        with_prices("appconfiguration:ConfigurationStore::store")),
    Idiom("Databricks: a workspace in the bank's network with no public address, own keys and private links", (
        budget(),
        nsg("nsg-dbx"),
        az("databricks:AccessConnector", {**AT, "connectorName": "dbac-bank", "identity": {
            "type": "UserAssigned", "userAssignedIdentities": [IDENTITY]}}, "connector"),
        az("databricks:Workspace", {
            **AT, "workspaceName": "dbw-bank-prod", "sku": {"name": "premium"}, "managedResourceGroupId":
            f"{SUB}/resourceGroups/rg-dbw-managed", "publicNetworkAccess": "Disabled", "requiredNsgRules":
            "NoAzureDatabricksRules", "computeMode": "Hybrid", "defaultStorageFirewall": "Enabled", "accessConnector": {
                "id": UNKNOWN, "identityType": "UserAssigned", "userAssignedIdentityId": IDENTITY},
            "parameters": {
                "enableNoPublicIp": {"value": True}, "customVirtualNetworkId": {"value": VNET},
                "customPublicSubnetName": {"value": "snet-dbx-host"},
                "customPrivateSubnetName": {"value": "snet-dbx-container"},
                "requireInfrastructureEncryption": {"value": True}, "prepareEncryption": {"value": True},
                "storageAccountSkuName": {"value": "Standard_ZRS"}}, "encryption": {"entities": {
                    kind: {"keySource": "Microsoft.Keyvault", **more, "keyVaultProperties": {
                        "keyName": "cmk-dbx", "keyVaultUri": "https://kv-cmk-prod.vault.azure.net/", "keyVersion":
                        "0123456789abcdef0123456789abcdef"}} for kind, more in (
                            ("managedServices", {}), ("managedDisk", {"rotationToLatestKeyVersionEnabled": True}))}},
            "enhancedSecurityCompliance": {"automaticClusterUpdate": {"value": "Enabled"}, "enhancedSecurityMonitoring":
                                           {"value": "Enabled"}}}, "workspace",
           links={"accessConnector": ("connector",)}),
        *private("workspace", "databricks_ui_api", "privatelink.azuredatabricks.net"), records("workspace"),
        kept("workspace")),
        "learn.microsoft.com/azure/databricks/security/network/classic/private-link, as known",
        with_prices("databricks:Workspace::workspace")),
    Idiom("Data Explorer: a cluster of zones without public address, a database of a year and a reader", (
        budget(60000),
        az("kusto:Cluster", {
            **AT, "clusterName": "dec-bank-prod", "sku": {"name": "Standard_E8ads_v5", "tier": "Standard", "capacity":
                                                          3}, "zones": ["1", "2", "3"], **BY_IDENTITY,
            "enableDiskEncryption": True, "enableDoubleEncryption": True, "enableStreamingIngest": True,
            "enablePurge": False, "enableAutoStop": False, "publicNetworkAccess": "Disabled",
            "restrictOutboundNetworkAccess": "Enabled", "allowedFqdnList": [], "trustedExternalTenants": [],
            "optimizedAutoscale": {"isEnabled": True, "minimum": 3, "maximum": 6, "version": 1}, "keyVaultProperties": {
                "keyName": "cmk-adx", "keyVaultUri": "https://kv-cmk-prod.vault.azure.net/", "keyVersion": "",
                "userIdentity": IDENTITY}}, "cluster"),
        az("kusto:ReadWriteDatabase", {
            **RG, "location": "uaenorth", "clusterName": "dec-bank-prod", "databaseName": "payments", "kind":
            "ReadWrite", "softDeletePeriod": "P365D", "hotCachePeriod": "P31D"}, "database",
           links={"clusterName": ("cluster",)}),
        az("kusto:DatabasePrincipalAssignment", {
            **RG, "clusterName": "dec-bank-prod", "databaseName": "payments", "principalAssignmentName": "analysts",
            "principalId": STAFF, "principalType": "Group", "role": "Viewer", "tenantId": TENANT}, "analysts",
           links={"databaseName": ("database",)}),
        *private("cluster", "cluster", "privatelink.uaenorth.kusto.windows.net"), records("cluster"), kept("cluster")),
        f"{LEARN}/data-explorer/security-network-private-endpoint, as known",
        with_prices("kusto:Cluster::cluster")),
    Idiom("SQL Managed Instance: Entra only, its own subnet and key, failover in the region's other zones", (
        budget(60000),
        az("sql:ManagedInstance", {
            **AT, "managedInstanceName": "sqlmi-core-prod", "sku": {"name": "BC_Gen5", "tier": "BusinessCritical"},
            "vCores": 8, "storageSizeInGB": 512, "licenseType": "BasePrice", "subnetId": f"{VNET}/subnets/snet-sqlmi",
            "publicDataEndpointEnabled": False, "minimalTlsVersion": "1.2", "proxyOverride": "Redirect",
            "zoneRedundant": True, "requestedBackupStorageRedundancy": "Zone", "timezoneId": "Arabian Standard Time",
            "collation": "Latin1_General_100_CI_AS_SC_UTF8", **BY_IDENTITY,
            "primaryUserAssignedIdentityId": IDENTITY, "keyId": f"{CMK}/0123456789abcdef0123456789abcdef",
            "administrators": {
                "administratorType": "ActiveDirectory", "azureADOnlyAuthentication": True, "login": "sg-sqlmi-admins",
                "principalType": "Group", "sid": STAFF, "tenantId": TENANT}}, "instance"),
        az("sql:ManagedDatabase", {**AT, "managedInstanceName": "sqlmi-core-prod", "databaseName": "core"}, "core",
           links={"managedInstanceName": ("instance",)}),
        records("instance"), kept("instance"),
        alert("instance", "Microsoft.Sql/managedInstances", "avg_cpu_percent", "GreaterThan", 85)),
        f"{LEARN}/azure-sql/managed-instance/security-best-practice, as known",
        with_prices("sql:ManagedInstance::instance")),
    Idiom("files: an NFS share of a premium account in the network with copies in a Recovery Services vault", (
        az("storage:StorageAccount", {
            **{key: value for key, value in ACCOUNT.items() if key not in ("accessTier", "allowedCopyScope")},
            "accountName": "stfilesprod", "kind": "FileStorage", "sku": {"name": "Premium_ZRS"}}, "store"),
        az("storage:FileServiceProperties", {
            **RG, "accountName": "stfilesprod", "fileServicesName": "default", "shareDeleteRetentionPolicy": {
                "enabled": True, "days": 14}, "protocolSettings": {"smb": {
                    "versions": "SMB3.1.1", "authenticationMethods": "Kerberos", "kerberosTicketEncryption": "AES-256",
                    "channelEncryption": "AES-256-GCM"}}}, "files", links={"accountName": ("store",)}),
        az("storage:FileShare", {**RG, "accountName": "stfilesprod", "shareName": "branches", "enabledProtocols": "SMB",
                                 "shareQuota": 1024}, "share", links={"accountName": ("store",)}),
        az("recoveryservices:Vault", {
            **AT, "vaultName": "rsv-prod", "sku": {"name": "RS0", "tier": "Standard"}, **BY_IDENTITY, "properties": {
                "publicNetworkAccess": "Disabled", "encryption": {
                    "infrastructureEncryption": "Enabled", "kekIdentity": {"useSystemAssignedIdentity": False,
                                                                           "userAssignedIdentity": IDENTITY},
                    "keyVaultProperties": {"keyUri": CMK}}, "securitySettings": {
                    "immutabilitySettings": {"state": "Unlocked"}, "softDeleteSettings": {
                        "softDeleteState": "AlwaysON", "softDeleteRetentionPeriodInDays": 30}},
                "redundancySettings": {"standardTierStorageRedundancy": "ZoneRedundant", "crossRegionRestore":
                                       "Disabled"}, "monitoringSettings": {"azureMonitorAlertSettings": {
                                           "alertsForAllJobFailures": "Enabled"}}}}, "vault"),
        az("recoveryservices:ProtectionPolicy", {
            **RG, "vaultName": "rsv-prod", "policyName": "files-daily", "properties": {
                "backupManagementType": "AzureStorage", "workLoadType": "AzureFileShare", "timeZone":
                "Arabian Standard Time", "schedulePolicy": {
                    "schedulePolicyType": "SimpleSchedulePolicy", "scheduleRunFrequency": "Daily", "scheduleRunTimes": [
                        "2026-12-01T22:00:00Z"]}, "retentionPolicy": {
                    "retentionPolicyType": "LongTermRetentionPolicy", "dailySchedule": {
                        "retentionTimes": ["2026-12-01T22:00:00Z"], "retentionDuration": {
                            "count": 30, "durationType": "Days"}}}}}, "policy", links={"vaultName": ("vault",)}),
        *private("store", "file", "privatelink.file.core.windows.net"), records("vault"), kept("store"),
        kept("vault")),
        f"{LEARN}/storage/files/storage-files-networking-overview, as known",
        with_prices("storage:FileShare::share", "storage:StorageAccount::store")),
    Idiom("Defender: plans of the subscription, contacts of security, and its activity log in the workspace", (
        *(az("security:Pricing", {"scopeId": SUB[1:], "pricingName": name, "pricingTier": "Standard", **more}, name)
          for name, more in (
              ("VirtualMachines", {"subPlan": "P2"}), ("StorageAccounts", {"subPlan": "DefenderForStorageV2",
               "extensions": [{"name": "OnUploadMalwareScanning", "isEnabled": "True",
                                "additionalExtensionProperties": {"CapGBPerMonthPerStorageAccount": "5000"}},
                   {"name": "SensitiveDataDiscovery", "isEnabled": "True"}]}),
              ("Containers", {}), ("KeyVaults", {"subPlan": "PerKeyVault"}), ("SqlServers", {}), ("Arm", {
                  "subPlan": "PerSubscription"}), ("AI", {}), ("CloudPosture", {}))),
        az("security:SecurityContact", {
            "securityContactName": "default", "emails": "soc@bank.ae", "isEnabled": True, "notificationsByRole": {
                "state": "On", "roles": ["Owner"]}, "notificationsSources": [
                {"sourceType": "Alert", "minimalSeverity": "Medium"}, {"sourceType": "AttackPath", "minimalRiskLevel":
                                                                       "High"}]}, "contact"),
        az("monitor:DiagnosticSetting", {
            "name": "activity", "resourceUri": SUB, "workspaceId": LAW, "logs": [
                {"category": category, "enabled": True} for category in (
                    "Administrative", "Security", "ServiceHealth", "Alert", "Recommendation", "Policy", "Autoscale",
                    "ResourceHealth")]}, "activity")),
        f"{LEARN}/defender-for-cloud/defender-for-cloud-introduction, as known", OURS),
)  # fmt: skip
