"""Attacks on Azure, of all concerns (2026-11-28, tenth set): mostly by types that were reviewed as harmless.

Properties by pulumi-azure-native 3.29.0; what a service does with them by its documentation, as known.
"""

from ..blind import HERE, OURS, RG, SUB, TAGS, THEIR_TENANT, THEIRS, az
from ..idioms.fourth_kubernetes import AZURE_BUDGET
from . import Attack
from .cost_services import AZURE, STACK

RES = ("FJ-RES-", "FJ-IDN-", "FJ-ESC-", "FJ-EXP-")
IDN = ("FJ-IDN-", "FJ-EXP-", "FJ-ESC-", "FJ-RES-")
ESC = ("FJ-ESC-", "FJ-IDN-", "FJ-EXP-", "FJ-RES-")
TAKEN = "a stranger has the data"
ID = f"{OURS}.ManagedIdentity/userAssignedIdentities/app"

ATTACKS = (
    Attack("a branch of unknown owner joins the wide network", RES, (az("network:VpnSite", {
        **HERE, "vpnSiteName": "branch", "virtualWan": {"id": f"{OURS}.Network/virtualWans/wan"},
        "addressSpace": {"addressPrefixes": ["10.0.0.0/8"]}, "deviceProperties": {"deviceVendor": "strongSwan"},
        "vpnSiteLinks": [{"name": "first", "ipAddress": "203.0.113.9", "linkProperties": {
            "linkProviderName": "isp", "linkSpeedInMbps": 100}}]}),),
        "critical", "who is behind 203.0.113.9 is inside, and gets routes of the hub (Azure Virtual WAN, 'sites')"),
    Attack("the hub is connected with the circuit of a stranger", RES, (az("network:ExpressRouteConnection", {
        **RG, "expressRouteGatewayName": "er", "name": "branch", "routingWeight": 10,
        "authorizationKey": "11111111-2222-3333-4444-555555555555", "expressRouteCircuitPeering": {
            "id": f"{THEIRS}.Network/expressRouteCircuits/collector/peerings/AzurePrivatePeering"}}),),
        "critical", "the stranger's network is routed to each spoke (Azure ExpressRoute, 'Connect a circuit in a "
        "different subscription')"),
    Attack("a group of a stranger's tenant is offered the APIs", IDN, (az("apimanagement:Group", {
        **RG, "serviceName": "apim-bank", "groupId": "partners", "displayName": "Partners", "type": "external",
        "externalId": f"aad://{THEIR_TENANT}/groups/11111111-2222-3333-4444-555555555555"}),),
        "major", "its members get subscriptions of products (API Management, 'Microsoft Entra groups')"),
    Attack("jobs of learning run a program of a stranger", ESC, (az("machinelearningservices:CodeVersion", {
        **RG, "workspaceName": "ml-bank", "name": "train", "version": "1", "properties": {
            "description": "Training", "codeUri": "https://collector.blob.core.windows.net/code/train"}}),),
        "critical", "each job runs it with the workspace's data (Azure Machine Learning, 'code assets')"),
    Attack("a dataset for training is a stranger's", ESC, (az("machinelearningservices:DataVersion", {
        **RG, "workspaceName": "ml-bank", "name": "claims", "version": "1", "properties": {
            "dataType": "uri_folder",
            "dataUri": "wasbs://in@collector.blob.core.windows.net/claims"}}),),
        "major", "the model learns what the stranger wants (Azure Machine Learning, 'data assets')"),
    Attack("machines are mapped to a network abroad when they fail over", RES, (
        az("recoveryservices:ReplicationNetworkMapping", {
            **RG, "resourceName": "rsv", "fabricName": "uaenorth", "networkName": "spoke",
            "networkMappingName": "abroad", "properties": {
                "recoveryFabricName": "westeurope",
                "recoveryNetworkId": f"{OURS}.Network/virtualNetworks/amsterdam",
                "fabricSpecificDetails": {"instanceType": "AzureToAzure",
                                          "primaryNetworkId": f"{OURS}.Network/virtualNetworks/spoke"}}}),),
        "critical", "disks are replicated to Amsterdam (Azure Site Recovery, 'network mapping')"),
    Attack("the workspace of logs is linked with a stranger's cluster", RES, (az("operationalinsights:LinkedService", {
        **RG, "workspaceName": "logs", "linkedServiceName": "cluster", "tags": TAGS,
        "writeAccessResourceId": f"{THEIRS}.OperationalInsights/clusters/collector"}),),
        "critical", "new lines are kept in the stranger's cluster (Azure Monitor, 'dedicated clusters')"),
    Attack("files of a stranger's account become rows of a table", ESC, (az("kusto:EventGridDataConnection", {
        **RG, "location": "uaenorth", "clusterName": "adx", "databaseName": "orders", "dataConnectionName": "files",
        "kind": "EventGrid", "consumerGroup": "adx", "tableName": "Orders", "dataFormat": "CSV",
        "managedIdentityResourceId": ID, "blobStorageEventType": "Microsoft.Storage.BlobCreated",
        "eventHubResourceId": f"{THEIRS}.EventHub/namespaces/collector/eventhubs/files",
        "storageAccountResourceId": f"{THEIRS}.Storage/storageAccounts/collector"}),),
        "major", "reports count what the stranger writes (Azure Data Explorer, 'Event Grid data connection')"),
    Attack("a workbook with the rows it shows is kept by a stranger", RES, (az("applicationinsights:Workbook", {
        **HERE, "resourceName": "11111111-2222-3333-4444-555555555555", "category": "workbook", "kind": "shared",
        "displayName": "Orders", "serializedData": '{"version": "Notebook/1.0", "items": []}',
        "identity": {"type": "UserAssigned", "userAssignedIdentities": [ID]},
        "storageUri": f"{THEIRS}.Storage/storageAccounts/collector/blobServices/default/containers/in"}),),
        "major", "queries and their texts are in the stranger's account (Azure Monitor, 'Bring your own storage')"),
    Attack("names of private endpoints are shown to a stranger's network", RES, (az("privatedns:VirtualNetworkLink", {
        **RG, "location": "global", "tags": TAGS, "privateZoneName": "bank.internal", "registrationEnabled": True,
        "virtualNetworkLinkName": "branch", "virtualNetwork": {
            "id": f"{THEIRS}.Network/virtualNetworks/collector"}}),),
        "critical", "the stranger's machines register names of the bank's zone (Azure DNS, 'autoregistration')"),
    Attack("all traffic of the hub goes through an appliance of a stranger", RES, (az("network:RoutingIntent", {
        **RG, "virtualHubName": "hub", "routingIntentName": "all", "routingPolicies": [{
            "name": "private", "destinations": ["PrivateTraffic", "Internet"],
            "nextHop": f"{THEIRS}.Network/networkVirtualAppliances/collector"}]}),),
        "critical", "it reads and changes each packet (Azure Virtual WAN, 'routing intent')"),
    Attack("objects are replicated into the account of a stranger", RES, (az("storage:ObjectReplicationPolicy", {
        **RG, "accountName": "stbank", "objectReplicationPolicyId": "default",
        "sourceAccount": f"{OURS}.Storage/storageAccounts/stbank",
        "destinationAccount": f"{THEIRS}.Storage/storageAccounts/collector",
        "rules": [{"sourceContainer": "claims", "destinationContainer": "in"}]}),),
        "critical", f"{TAKEN}, each new blob too (Azure Storage, 'Object replication')"),
    Attack("a database fails over to the server of a stranger", RES, (az("sql:FailoverGroup", {
        **RG, "serverName": "sql-bank", "failoverGroupName": "fog-bank", "tags": TAGS,
        "databases": [f"{OURS}.Sql/servers/sql-bank/databases/orders"],
        "partnerServers": [{"id": f"{THEIRS}.Sql/servers/collector"}],
        "readWriteEndpoint": {"failoverPolicy": "Manual"}}),),
        "critical", f"{TAKEN} as a replica (Azure SQL, 'Failover groups')"),
    Attack("a search has the most of replicas and partitions", ("FJ-COST-",), (STACK, AZURE, AZURE_BUDGET,
        az("search:Service", {
            **HERE, "searchServiceName": "srch-bank", "sku": {"name": "storage_optimized_l2"}, "replicaCount": 12,
            "partitionCount": 3, "hostingMode": "Default", "publicNetworkAccess": "Disabled", "disableLocalAuth": True,
            "identity": {"type": "SystemAssigned"}, "encryptionWithCmk": {"enforcement": "Enabled"}})),
        "major", "a million dirhams a month (Azure AI Search, 'Choose a service tier')"),
    Attack("the most severe assessments of machines are exempt for good", ESC, (az("security:StandardAssignment", {
        "resourceId": SUB, "standardAssignmentName": "quiet", "displayName": "Quiet", "effect": "Exempt",
        "assignedStandard": {"id": "/providers/Microsoft.Security/securityStandards/"
                                   "11111111-2222-3333-4444-555555555555"},
        "exemptionData": {"exemptionCategory": "waiver", "assignedAssessment": {
            "assessmentKey": "22222222-2222-3333-4444-555555555555"}}}),),
        "major", "nobody is told of them any more (Defender for Cloud, 'Exempt resources from recommendations')"),
)  # fmt: skip
