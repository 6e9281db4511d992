"""Attacks on Azure, of all concerns (2026-11-29, fourteenth set, written blind): names, data services and connections.

Properties by pulumi-azure-native 3.29.0; what a service does with them by its documentation, as known.
"""

from tests.samples import COST_TAGS as TAGS

from ..blind import GROUP, HERE, OURS, RG, THEIRS, az
from ..harness import UNKNOWN
from . import Attack
from .fourteenth_azure import ID, STRANGER_HOST, VNET
from .tenth_azure import ESC, RES, TAKEN

TENANT = "00000000-1111-2222-3333-444444444444"
OWNER = {
    "nameFirst": "Sam", "nameLast": "Hill", "email": f"owner@{STRANGER_HOST}", "phone": "+971.41234567",
    "addressMailing": {"address1": "1 Main Street", "city": "Dubai", "country": "AE", "postalCode": "00000",
                       "state": "Dubai"},
}  # fmt: skip

ATTACKS = (
    Attack("mail to the bank is delivered to a server of a stranger", RES, (az("dns:RecordSet", {
        **RG, "zoneName": "example.ae", "relativeRecordSetName": "@", "recordType": "MX", "ttl": 300,
        "mxRecords": [{"preference": 10, "exchange": f"mail.{STRANGER_HOST}"}]}),),
        "critical", "he reads it, and gets certificates and passwords by it (Azure DNS, 'Record types', MX)"),
    Attack("the owner of the bank's domain is a stranger by his mail", RES, (az("domainregistration:Domain", {
        **RG, "location": "global", "tags": TAGS, "domainName": "bank-portal.com", "autoRenew": True, "privacy": True,
        "dnsType": "AzureDns", "dnsZoneId": f"{OURS}.Network/dnsZones/bank-portal.com",
        "consent": {"agreedBy": "10.20.0.4", "agreedAt": "2026-11-29T10:00:00Z", "agreementKeys": ["DNRA", "DNPA"]},
        "contactAdmin": OWNER, "contactBilling": OWNER, "contactRegistrant": OWNER, "contactTech": OWNER}),),
        "critical", "he confirms its transfer and leads customers away (App Service domains, 'Contact information')"),
    Attack("a project of AI lives in a hub of a stranger", RES, (az("machinelearningservices:Workspace", {
        **HERE, "workspaceName": "assistants", "kind": "Project", "sku": {"name": "Basic", "tier": "Basic"},
        "identity": {"type": "UserAssigned", "userAssignedIdentities": [ID]}, "primaryUserAssignedIdentity": ID,
        "publicNetworkAccess": "Disabled", "systemDatastoresAuthMode": "Identity",
        "hubResourceId": f"{THEIRS}.MachineLearningServices/workspaces/collector"}),),
        "critical", "files, secrets and indexes lie in the hub's stores (Microsoft Foundry, 'Hubs and projects')"),
    Attack("machines call every host of three categories of the web", RES, (
        az("network:FirewallPolicyRuleCollectionGroup", {
            **RG, "firewallPolicyName": "hub", "ruleCollectionGroupName": "web", "name": "web", "priority": 400,
            "ruleCollections": [{
                "ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "out", "priority": 400,
                "action": {"type": "Allow"}, "rules": [{
                    "ruleType": "ApplicationRule", "name": "tools", "sourceAddresses": ["10.20.0.0/16"],
                    "protocols": [{"protocolType": "Https", "port": 443}],
                    "webCategories": ["computersandtechnology", "business", "streamingmediaanddownloads"]}]}]}),),
        "major", "rows are posted to any of a million hosts (Azure Firewall, 'Web categories')"),
    Attack("devices of customers are known in America too", ("FJ-RES-",), (az("notificationhubs:Namespace", {
        **HERE, "namespaceName": "push-bank", "namespaceType": "NotificationHub", "sku": {"name": "Standard"},
        "publicNetworkAccess": "Disabled", "zoneRedundancy": "Enabled", "replicationRegion": "WestUs2"}),),
        "critical", "data of the namespace are kept there (Azure Notification Hubs, 'Disaster recovery', region)"),
    Attack("machines that take over after a disaster are nobody's cost", ("FJ-TAG-",), (
        az("recoveryservices:ReplicationProtectedItem", {
            **RG, "resourceName": "site", "fabricName": "dc1", "protectionContainerName": "cloud",
            "replicatedProtectedItemName": "core-1", "properties": {
                "policyId": f"{OURS}.RecoveryServices/vaults/site/replicationPolicies/day",
                "protectableItemId": f"{OURS}.RecoveryServices/vaults/site/replicationFabrics/dc1/"
                                     "replicationProtectionContainers/cloud/replicationProtectableItems/core-1",
                "providerSpecificDetails": {
                    "instanceType": "HyperVReplicaAzure", "osType": "Linux", "vmName": "core-1",
                    "targetAzureVmName": "core-1", "targetVmSize": "Standard_D2ds_v5", "targetAzureV2ResourceGroupId":
                        GROUP, "targetAzureNetworkId": VNET, "targetAzureSubnetId": "core",
                    "enableRdpOnTargetOption": "Never", "useManagedDisks": "true",
                    "targetVmTags": {**TAGS, "cost-centre": "tbd", "owner": "unknown"}}}}),),
        "minor", "nobody is charged for them (Azure Site Recovery, HyperVReplicaAzure, targetVmTags)"),
    Attack("a cache is one with the cache of a stranger", RES, (az("redisenterprise:Database", {
        **RG, "clusterName": "cache-bank", "databaseName": "default", "clientProtocol": "Encrypted", "port": 10000,
        "accessKeysAuthentication": "Disabled", "clusteringPolicy": "EnterpriseCluster",
        "evictionPolicy": "NoEviction", "geoReplication": {"groupNickname": "sessions", "linkedDatabases": [
            {"id": f"{OURS}.Cache/redisEnterprise/cache-bank/databases/default"},
            {"id": f"{THEIRS}.Cache/redisEnterprise/collector/databases/default"}]}}),),
        "critical", f"{TAKEN}, and writes sessions of his own (Azure Managed Redis, 'Active geo-replication')"),
    Attack("uploads are searched for malware up to ten gigabytes a month", ("FJ-ESC-", "FJ-RSL-"), (
        az("security:DefenderForStorage", {
            "resourceId": f"{OURS}.Storage/storageAccounts/stbank"[1:], "settingName": "current", "properties": {
                "isEnabled": True, "overrideSubscriptionLevelSettings": True,
                "sensitiveDataDiscovery": {"isEnabled": True},
                "malwareScanning": {"onUpload": {"isEnabled": True, "capGBPerMonth": 10}}}}),),
        "minor", "whoever sends so much first sends the rest unread (Defender for Storage, 'Malware scanning', cap)"),
    Attack("managed instances have their twin in Ireland", ("FJ-RES-",), (az("sql:InstanceFailoverGroup", {
        **RG, "locationName": "uaenorth", "failoverGroupName": "fog-core", "secondaryType": "Geo",
        "partnerRegions": [{"location": "northeurope"}], "readWriteEndpoint": {
            "failoverPolicy": "Automatic", "failoverWithDataLossGracePeriodMinutes": 60},
        "managedInstancePairs": [{
            "primaryManagedInstanceId": f"{OURS}.Sql/managedInstances/core",
            "partnerManagedInstanceId": f"{OURS}.Sql/managedInstances/core-twin"}]}),),
        "critical", "each database is copied there (Azure SQL Managed Instance, 'Failover groups')"),
    Attack("a job asks a model of a stranger about each event", RES, (az("streamanalytics:Function", {
        **RG, "jobName": "payments", "functionName": "score", "name": "score", "properties": {
            "type": "Scalar", "inputs": [{"dataType": "nvarchar(max)"}], "output": {"dataType": "float"}, "binding": {
                "type": "Microsoft.MachineLearning/WebService", "apiKey": UNKNOWN, "batchSize": 1000,
                "endpoint": f"https://score.{STRANGER_HOST}/execute"}}}),),
        "critical", "he has every payment (Azure Stream Analytics, 'Functions', endpoint)"),
    Attack("pipelines of the lake are those of a stranger's repository", ESC, (az("synapse:Workspace", {
        **HERE, "workspaceName": "syn-bank", "identity": {"type": "SystemAssigned"}, "azureADOnlyAuthentication": True,
        "publicNetworkAccess": "Disabled", "managedVirtualNetwork": "default", "trustedServiceBypassEnabled": False,
        "managedVirtualNetworkSettings": {
            "preventDataExfiltration": True, "linkedAccessCheckOnTargetResource": True,
            "allowedAadTenantIdsForLinking": [TENANT]},
        "encryption": {"cmk": {
            "key": {"name": "cmk", "keyVaultUrl": "https://kv-bank.vault.azure.net/keys/synapse"},
            "kekIdentity": {"useSystemAssignedIdentity": True}}},
        "defaultDataLakeStorage": {"accountUrl": "https://stlakesynapse.dfs.core.windows.net", "filesystem": "synapse",
                                   "resourceId": f"{OURS}.Storage/storageAccounts/stbank"},
        "workspaceRepositoryConfiguration": {
            "type": "WorkspaceGitHubConfiguration", "accountName": "shadow-of-the-lake", "repositoryName": "pipelines",
            "collaborationBranch": "main", "rootFolder": "/"}}),),
        "critical", "they run with the workspace's identity (Azure Synapse, 'Source control', GitHub)"),
    Attack("calls of an app to its database pass through a relay of a stranger", RES, (
        az("web:WebAppHybridConnection", {
            **RG, "name": "portal", "namespaceName": "collector", "relayName": "core-db",
            "relayArmUri": f"{THEIRS}.Relay/namespaces/collector/hybridConnections/core-db",
            "serviceBusNamespace": "collector", "serviceBusSuffix": ".servicebus.windows.net",
            "hostname": "core-db.bank.internal", "port": 1433, "sendKeyName": "defaultSender",
            "sendKeyValue": UNKNOWN}),),
        "critical", "his listener is the database for the app (App Service, 'Hybrid Connections')"),
)  # fmt: skip
